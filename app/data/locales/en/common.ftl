### Words that several screens share.

app-name = Fortnight

## The frame around every screen

common-menu = Menu
common-back = Back
common-help-now = I need help now
common-open = open
common-close = close
common-clear = clear
common-not-answered = not answered
common-try-again = Try again
common-copy = Copy it
common-copied = Copied
common-loading = Opening…
# A diary that counts its days has no dates.
common-day-number = Day { $n }
common-all-days = See all days
common-screen-away = This screen needs a signal the first time it opens.
common-no-such-screen = There is nothing at this address
common-to-today = Go to today
common-no-answer = No answer from the server. What you wrote is still here. Try again when there is a signal.

## Where an entry is: said truly, at all times

common-state-tap = Each tap is kept at once
common-state-keeping = Being kept on this phone…
common-state-phone = Saved on this phone
common-state-phone-more = { $time }, no signal needed
common-state-both = Saved here and with your account
common-state-waiting = Kept here; will go out when there is signal
common-state-sign-in = Kept here. Sign in to send it.
common-state-needs-you = Kept here. One entry needs you.
common-state-lost = Could not be kept on this phone. Copy it or try again
common-only-here =
    { $count ->
        [one] One check-in is only on this phone.
       *[other] { $count } check-ins are only on this phone.
    }

## A new version


## Names of the screens, for the window title

common-screen-today = Today
common-screen-sign-in = Sign in
