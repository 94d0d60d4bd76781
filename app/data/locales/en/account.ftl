### Making an account, a new password, invitations. Signing in is in sign-in.ftl.

common-screen-join = Make an account
common-screen-recover = A new password
common-screen-invite = Invite a client

## Making an account

account-join-title = Make an account
account-join-intro = Pick a name and a password. Nobody asks for your e-mail address or your real name.
account-join-invited = You were invited. The link only lets you make an account. Nothing of yours is shared by it.
account-join-invited-by = { $name } invited you. The link lets you make an account. Nothing is shared by it: once a fortnight has begun, you can choose what they see.
account-join-invited-close = { $name } would like to show you something of their days. With this account you can read what they choose, and nothing else.
account-join-elsewise = { $name } would like to show you something of their days. For that you need an account of its own: this one is for something else. Sign out in the menu, then open the link again.
account-join-first = This is the first account here.
account-code-hint = Eight letters and digits. A link is fine too.
account-code-look = Look at the invitation
account-join-looking = Looking at the link…
account-join-used = This link is no longer good. It may have been used before, or be too old. Ask for a new one.
account-join-without-link = An account begins with a link, from your therapist or from whoever runs this server.
account-join-without-link-first = There is no account here yet. Whoever started this server has the first link: it was shown when the server started.
account-have-one = I have an account
account-role = Who is it for?
account-role-client = For me
account-role-client-sub = I want to notice how a medicine and my days go together.
account-role-therapist = For my work
account-role-therapist-sub = I am a therapist and want to invite clients.
account-role-missing = Choose one of the two.
account-pick-name = A name to sign in with
account-pick-name-hint = Any name you like. Four digits are added, so it is never taken.
account-pick-password = A password
account-pick-password-hint = At least 8 characters. Any kind. A few words in a row are easy to keep in mind.
account-make = Make my account
account-making = Making your account…
account-password-short = At least 8 characters, please.
account-password-long = At most 128 characters, please.
account-password-common = Many people use this password, so it is easy to guess. Please pick another.
account-password-like-name = This is too close to your name. Please pick another.
account-pick-name-missing = Pick any name.
account-pick-name-unusable = This name cannot be used. Letters, digits, spaces and hyphens are fine, up to 40.

## Shown once: the name and the codes

account-made-title = Your account is ready
account-your-name = This is your sign-in name
account-your-name-hint = You sign in with this and your password.
account-copy-name = Copy the name
account-copied = Copied
account-copy-by-hand = Copying did not go through. Press and hold the text to copy it.
account-codes-title = Ten recovery codes
account-codes-why = If you forget your password, one of these and your name let you pick a new one. Each can be used once. Without one of them a forgotten password cannot be replaced.
account-codes-once = They are shown only now. You can make new ones in the settings at any time.
account-codes-copy = Copy all ten
account-codes-save = Save as a file
account-codes-print = Print
account-codes-file-head = Fortnight recovery codes for { $name }
account-codes-file-foot = Each can be used once.
account-codes-kept = I have kept them
account-phone-short = What you write is kept on this phone too. It is not locked there by us yet: whoever can unlock this phone can read it.

## A new password

account-recover-title = A new password
account-recover-intro = Your sign-in name and one of your ten recovery codes let you pick a new password. Every device that is signed in is then signed out.
account-recovery-code = One recovery code
account-recovery-code-hint = Small or capital letters, with or without hyphens: both are fine.
account-recovery-code-missing = Write one of your codes here.
account-new-password = New password
account-recover = Set the new password
account-recovering = Setting the new password…
account-recovered-title = Your password is new
account-recovered = You are signed in with it. Every other device is signed out.
account-codes-left =
    { $count ->
        [0] That was your last recovery code. You can make ten new ones in the settings.
        [one] One recovery code is left. You can make ten new ones in the settings.
       *[other] { $count } recovery codes are left.
    }
account-recovered-go-on = Go on
account-no-codes = No codes left? If you are still signed in somewhere, you can make new ones in the settings there. If not, there is no other way in. You can begin again with a new account.

## Invitations

account-invite-title = Invite a client
account-invite-intro = An invitation is for one person. With it they make an account, or choose what you may see. Nothing is shared until they say yes to each thing.
account-invite-name = Your name, as your client will see it
account-invite-name-hint = The name they know you by, so that they can be sure it is you.
account-invite-name-missing = Write the name your client knows.
account-invite-make = Make an invitation
account-invite-making = Making an invitation…
account-invite-ready-title = For one person
account-invite-scan = Let them scan this with their phone.
account-invite-square = The link as a square to scan
account-invite-code = Or they type this under “Sharing” in the menu:
account-invite-ready = Give it to your client yourself. It is shown only now, and can be used once, until { $date }.
account-invite-copy = Copy the link
account-invite-list-title = Invitations you made
account-invite-none = Invitations you make are listed here.
account-invite-made-on = Made on { $date }, { $time }
account-invite-open-until = open until { $date }
account-invite-used = used
account-invite-over = no longer open
account-invite-revoke = Take back
account-invite-revoke-named = Take back the invitation made on { $date }, { $time }
account-invite-revoked = The invitation was taken back. It opens nothing now.
account-invite-close-title = Invite somebody close to you
account-invite-close-intro = Family, a friend, somebody who has been there too. They can only read, and only what you choose. Inviting them shares nothing. Once they say yes, you choose what they see.
account-invite-close-name = Your name, as they will see it
account-invite-close-name-hint = What they call you, or a letter.
account-invite-close-name-missing = Write a name or a letter.
account-invite-close-code = Or they type this, where they make their account or under “A code you were given” in the menu:
account-invite-close-ready = Give it to them yourself. It is shown only now, and can be used once, until { $date }.
account-invite-close-nobody-watches = Nobody is told when you write something, and nobody watches live.
account-invite-nobody-watches = Fortnight is not watched live. Nobody is told when a client writes.
