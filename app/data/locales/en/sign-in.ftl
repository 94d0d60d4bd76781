### Signing in: all that this first screen says, and what other forms of an account say with it.

account-sign-in-title = Sign in
account-name = Sign-in name
account-name-hint = It ends in four digits, like ana-4821.
account-password = Password
account-show = Show
account-hide = Hide
account-show-password = Show the password
account-sign-in = Sign in
account-signing-in = Signing in…
account-forgotten = I do not know my password any more
account-kept-waiting =
    { $count ->
        [one] One check-in is kept on this phone. It goes out once you have signed in.
       *[other] { $count } check-ins are kept on this phone. They go out once you have signed in.
    }
account-others-waiting =
    { $count ->
        [one] One check-in of somebody else waits on this phone. It goes out when the person who wrote it signs in here.
       *[other] { $count } check-ins of somebody else wait on this phone. They go out when the person who wrote them signs in here.
    }
account-unsent-here =
    { $count ->
        [one] One check-in waits on this phone. It goes out when the person who wrote it signs in.
       *[other] { $count } check-ins wait on this phone. They go out when the person who wrote them signs in.
    }
account-signed-out-elsewhere = You were signed out on this phone. What you wrote here is kept.
account-phone-title = What is kept on this phone
account-phone-words = What you write is kept on this phone too, so that it opens without a signal. We do not lock it there yet (it is not encrypted by us): whoever can unlock this phone can read it. Signing out removes it from this phone.
account-no-account-title = No account yet?
account-have-code = I was given a code
account-no-account-closed = An account begins with a link, from your therapist or from whoever runs this server.
account-no-account-open = You can make one here. It takes under a minute.
account-make-one = Make an account
account-name-missing = Write your sign-in name here.
account-password-missing = Write your password here.
account-slow-down-seconds =
    { $seconds ->
        [one] That was tried often. You can try again in a second.
       *[other] That was tried often. You can try again in { $seconds } seconds.
    }
account-slow-down-minutes =
    { $minutes ->
        [one] That was tried often. You can try again in about a minute, at { $time }.
       *[other] That was tried often. You can try again in about { $minutes } minutes, at { $time }.
    }
