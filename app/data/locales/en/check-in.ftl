### The check-in: one screen, every answer optional.

check-in-today = Today, { $day }
check-in-day-of = Day { $number } of { $length }.
check-in-written =
    { $count ->
        [0] Nothing written yet.
        [one] Written on 1 day.
       *[other] Written on { $count } days.
    }
check-in-gaps = Gaps are fine.
check-in-fill-in-yesterday = Fill in yesterday
check-in-all-days = See all days
check-in-paused = Paused: nothing reminds you. Check-ins stay open.
check-in-starts = Starts on { $day }. Until then there is nothing to do.
check-in-ended = Your fortnight ended on { $day }.
check-in-stopped = You stopped this one on { $day }.
check-in-see-result = See what it shows
check-in-result-when = What you wrote stays here. You can still fill in or correct any day.
check-in-none-title = Whenever you like
check-in-none = A fortnight begins with a question of your own. Two weeks, a few seconds a day.
check-in-none-new = Begin a fortnight
check-in-none-diary = Bring a diary you already keep
check-in-none-draft = Go on with your draft
check-in-opening = Your fortnight is on its way to this phone. It needs a signal the first time.

## Days

check-in-days-title = Your days
check-in-days-gaps = Fill in or correct any day. Gaps are fine.
check-in-day-today = today
check-in-day-something = something written
check-in-day-nothing = nothing written
check-in-day-to-come = to come
check-in-day-future = This day is still to come.
check-in-day-outside = This day is not part of your fortnight.
check-in-day-written-at = Written on { $when }.
check-in-day-waits = Only on this phone so far.

## Mood

check-in-mood = Mood today
check-in-mood-then = Mood that day
check-in-mood-0 = worst I know
check-in-mood-1 = very bad
check-in-mood-2 = bad
check-in-mood-3 = low
check-in-mood-4 = a bit low
check-in-mood-5 = in be{"\u00AD"}tween
check-in-mood-6 = all right
check-in-mood-7 = fairly good
check-in-mood-8 = good
check-in-mood-9 = very good
check-in-mood-10 = best I know

## The dose before today's rating

check-in-dose-today = { $label }, today
check-in-dose-last-night = { $label }, last night
check-in-dose-that-day = { $label }, on { $weekday }
check-in-dose-that-night = { $label }, on { $weekday } night
check-in-dose-unnamed = Your medicine
check-in-dose-taken = Taken
check-in-dose-different-amount = A different amount
check-in-dose-not-taken = Not taken
check-in-dose-not-due = Not due
check-in-dose-rather-not-say = Rather not say
check-in-reason = Why, if you like
check-in-reason-forgot = forgot
check-in-reason-felt-bad = felt bad
check-in-reason-felt-fine = felt fine
check-in-reason-side-effects = side effects
check-in-reason-ran-out = ran out
check-in-reason-chose-to = chose to
check-in-reason-other = other
check-in-after-not-taken = About a dose not taken

## Sleep

check-in-sleep = Sleep last night
check-in-sleep-then = Sleep, the night before
check-in-hours = hours
check-in-sleep-less = Half an hour less
check-in-sleep-more = Half an hour more
check-in-sleep-typed = Hours slept
check-in-sleep-reading = { $hours } hours
check-in-quality = How was your sleep?
check-in-quality-1 = very poor
check-in-quality-2 = poor
check-in-quality-3 = so-so
check-in-quality-4 = good
check-in-quality-5 = very good

check-in-hard-day = Just a hard day
check-in-hard-day-hint = One tap is enough.

## More, if you like

check-in-more = More, if you like
check-in-like-myself = Felt like myself
check-in-like-myself-0 = not at all
check-in-like-myself-5 = half and half
check-in-like-myself-10 = fully
check-in-energy = Energy
check-in-energy-0 = none
check-in-energy-5 = in be{"\u00AD"}tween
check-in-energy-10 = most I know
check-in-effects = Anything in the body?
check-in-effects-bother = { $effect }: does it bother you?
check-in-bother-0 = not at all
check-in-bother-1 = a little
check-in-bother-2 = quite a bit
check-in-bother-3 = a lot
check-in-effects-words = In your own words
check-in-worrying = Something new or worrying
check-in-worrying-which = Which of these did you notice?
check-in-anything-else = Alcohol or anything else today?
check-in-anything-else-hint = Never shared unless you choose it.
check-in-note = A note
check-in-note-hint = Only you see it, unless you choose to share it.
check-in-note-star = Mark with a star, to find it again
check-in-thoughts = Thoughts that you would be better off dead, or of hurting yourself?
check-in-thoughts-yes = Yes
check-in-thoughts-no = No
check-in-thoughts-rather-not-say = Rather not say
check-in-leave-out = Each tap is kept at once. Leave out whatever you like: one answer is a check-in.

## An entry that needs you

check-in-needs-title = This day is kept here, and not yet with your account
check-in-needs-future = The server says this day is still to come. This phone says { $now }. If the clock of this phone is right, try again later.
check-in-needs-before = The server says this day is before the start of your fortnight.
check-in-needs-after = The server says this day is after the end of your fortnight.
check-in-needs-too-large = What you wrote is too long to send. A shorter note will go out.
check-in-needs-gone = The server no longer has this fortnight.
check-in-needs-other = The server could not take it: { $detail }
check-in-needs-words = Your words are all still here.
check-in-needs-again = Try again
check-in-needs-copy = Copy the words
check-in-needs-copied = Copied
check-in-needs-remove = Remove it from this phone
check-in-needs-remove-sure = Remove it for good
check-in-needs-keep = Keep it
check-in-needs-elsewhere = One entry needs you: { $day }
check-in-two-title = You wrote this day on two devices
check-in-two-note = Two notes
check-in-two-words = Two texts
check-in-two-here = On this phone
check-in-two-there = With your account
check-in-two-keep-here = Keep this phone’s
check-in-two-keep-there = Keep the other
check-in-two-keep-both = Keep both
check-in-sign-in = You are signed out on the server. What you write is kept here.
check-in-sign-in-send = Sign in to send it
