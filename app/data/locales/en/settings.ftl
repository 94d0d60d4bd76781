### Menu, settings and the three-line plan.

common-screen-settings = Settings
common-screen-menu = Menu
common-screen-safety-plan = My plan

## Menu

settings-menu-title = Menu
settings-menu-sign-in = Sign in again
settings-menu-sign-in-sub = What you wrote here is kept, and goes out then
settings-menu-today = Today
settings-menu-experiment = The fortnight now
settings-menu-new = A new fortnight
settings-menu-new-draft = A new fortnight (draft kept here)
settings-menu-new-waits = one is open, so this one waits as a draft
settings-menu-experiments = Your fortnights
settings-menu-experiments-sub = drafts and earlier ones
settings-menu-diary = Bring a diary
settings-menu-diary-sub = days you wrote down somewhere else
settings-menu-reminders = Reminders
settings-menu-reminders-sub = at hours you pick
settings-menu-plan = My plan
settings-menu-plan-sub = three lines for hard days
settings-menu-settings = Settings
settings-menu-settings-sub = devices, password, what is asked, sign out
settings-menu-settings-sub-work = devices, password, sign out
settings-menu-invite = Invite a client
settings-menu-clients = Your clients
settings-menu-shared = Shared with you
settings-menu-support = A code you were given
settings-menu-sharing = Sharing
settings-menu-sharing-sub = Who sees what of yours
settings-menu-signed-in-as = Signed in as { $name }

## Settings

settings-title = Settings

settings-items-title = What is asked each day
settings-items-all = all { $count } asked
settings-items-some = { $asked } of { $count } asked
settings-items-intro = Switch off whatever you do not want to see. Nothing else changes, and you can switch it on again at any time. This is kept on this phone until you sign out.
settings-item-mood = Mood
settings-item-dose = The dose
settings-item-sleep-hours = Hours of sleep
settings-item-hard-day = “Just a hard day”
settings-item-thoughts = Thoughts of being better off dead or of hurting yourself
settings-item-sleep-quality = How you slept
settings-item-like-myself = Felt like myself
settings-item-energy = Energy
settings-item-own = My own measures
settings-item-side-effects = Side effects
settings-item-anything-else = Anything else today
settings-item-note = A note
settings-item-asked = asked
settings-item-not-asked = not asked
settings-items-not-kept = This could not be kept on this phone.

settings-phone-title = On this phone
settings-phone-all-sent = Everything you wrote is with your account.
settings-phone-waiting =
    { $count ->
        [one] One check-in is only on this phone.
       *[other] { $count } check-ins are only on this phone.
    }
settings-phone-send = Send now
settings-phone-sending = Sending…
settings-phone-sent = Sent. Everything you wrote is with your account.
settings-phone-not-sent = Not sent yet. It is kept here and goes out when there is a signal.
settings-phone-save = Save as a file
settings-phone-not-locked = What is on this phone is not locked by us yet (not encrypted): whoever can unlock the phone can read it.

settings-devices-title = Where you are signed in
settings-devices-intro = If you do not know one of these, end it and pick a new password.
settings-devices-away = This list needs a signal.
settings-device-this = this one
settings-device-seen = last used { $date }
settings-device-end = Sign out there
settings-device-end-named = Sign out there: { $device }
settings-device-ended = Signed out there.

settings-password-title = Change the password
settings-password-current = Password now
settings-password-new = New password
settings-password-others = All other devices are signed out.
settings-password-save = Change the password
settings-password-saving = Changing the password…
settings-password-changed = Changed. All other devices are signed out.
settings-password-wrong = This is not your password now.

settings-codes-title = New recovery codes
settings-codes-intro = Ten new codes take the place of the old ones, which then open nothing.
settings-codes-make = Make ten new codes
settings-codes-making = Making ten new codes…
settings-codes-done = Done

settings-reminders-title = Reminders
settings-reminders-intro = At hours you pick, with nothing in them for other eyes.
settings-reminders-open = Open reminders

settings-plan-title = My plan and my country
settings-plan-intro = Three lines for hard days, and the country whose help lines are shown.
settings-plan-open = Open my plan

settings-sign-out-title = Sign out
settings-sign-out-intro = Signing out removes what is on this phone. What is with your account stays there.
settings-sign-out = Sign out
settings-sign-out-waiting =
    { $count ->
        [one] One check-in is only on this phone. Signing out removes it here. Send it or save it as a file first, if you want to keep it.
       *[other] { $count } check-ins are only on this phone. Signing out removes them here. Send them or save them as a file first, if you want to keep them.
    }
settings-sign-out-draft = Something you began to write is only on this phone. Signing out removes it. You can open it and keep it first.
settings-sign-out-draft-open = Open it
settings-sign-out-anyway = Sign out and remove it
settings-sign-out-stay = Stay signed in
settings-signing-out = Signing out…

settings-delete-title = Delete my account
settings-delete-intro = This removes your account and everything in it, for good: every fortnight, every day, every word. Nobody can bring it back. You can save your fortnights as files first.
settings-delete-save-first = See my fortnights
settings-delete-password = Your password, to be sure it is you
settings-delete = Delete my account and everything in it
settings-deleting = Deleting…

## The three-line plan

settings-my-plan-title = My plan
settings-my-plan-intro = Three lines in your own words, for hard days. They come first when a day is hard, and behind “I need help now”, without a signal too. All of it is optional.
settings-my-plan-notice = What I notice first
settings-my-plan-notice-hint = For example: I stop answering messages.
settings-my-plan-helps = What helps
settings-my-plan-helps-hint = For example: put the kettle on, sit on the kitchen floor.
settings-my-plan-call = Who I call
settings-my-plan-call-hint = A name and a number, for example.
settings-my-plan-country = Country for help lines
settings-my-plan-country-hint = Its lines are shown behind “I need help now”.
settings-my-plan-country-none = Not chosen
settings-my-plan-country-guessed = Until you choose one, it shows { $country }: guessed from this phone.
settings-my-plan-save = Keep my plan
settings-my-plan-saving = Keeping…
settings-my-plan-kept = Kept. It is on this phone too, for when there is no signal.
settings-my-plan-kept-here = As you type it is kept on this phone. It is not with your account yet.
settings-my-plan-nobody = Nobody else sees it. Nobody is watching live.
settings-my-plan-changed-elsewhere = Your plan was changed on another device meanwhile. What you typed is still here.
settings-my-plan-keep-mine = Keep what I typed here
settings-my-plan-take-theirs = Take the other one

## The client's own line for low mood

settings-floor-title = Your own line for low mood
settings-floor-why = A card with your plan and help comes when you rate your mood { $low } or lower on two days within { $days }. If your mood is { $usual } or lower on most days, it would come all the time. So then it comes at { $floor } only. If you want it sooner, choose your own line here.
settings-floor = When my mood is low on most days, show the card at
settings-floor-none = { $floor } only
settings-floor-kept = Kept, for this fortnight. Your days stay as they are.
settings-floor-no-signal = No signal, so it is not kept yet. Choose it again when there is one.
