### The check-in: one screen, every answer optional. What opens later than the first screen is in check-in-more.ftl.

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
check-in-paused = Paused: nothing reminds you. Check-ins stay open.
check-in-none-title = Whenever you like
check-in-opening = Your fortnight is on its way to this phone. It needs a signal the first time.

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
check-in-leave-out = Each tap is kept at once. Leave out whatever you like: one answer is a check-in.

check-in-sign-in = You are signed out on the server. What you write is kept here.
check-in-sign-in-send = Sign in to send it
