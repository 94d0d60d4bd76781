### The check-in: what opens by a tap, or on another screen. Apart, so that the first screen does not wait for it.

common-screen-days = Your days

## Where today asks nothing

check-in-starts = Starts on { $day }. Until then there is nothing to do.
check-in-ended = Your fortnight ended on { $day }.
check-in-stopped = You stopped this one on { $day }.
check-in-see-result = See what it shows
check-in-result-when = What you wrote stays here. You can still fill in or correct any day.
check-in-none = A fortnight begins with a question of your own. Two weeks, a few seconds a day.
check-in-none-new = Begin a fortnight
check-in-none-diary = Bring a diary you already keep
check-in-none-draft = Go on with your draft
check-in-day-future = This day is still to come.
check-in-day-outside = This day is not part of your fortnight.

## Days

check-in-days-title = Your days
check-in-days-gaps = Fill in or correct any day. Gaps are fine.
check-in-day-today = today
check-in-day-something = something written
check-in-day-nothing = nothing written
check-in-day-closed-words = What you wrote on this day cannot be opened any more. You can write it again.
check-in-day-closed = cannot be opened
check-in-day-to-come = to come
check-in-day-waits = Only on this phone so far.

## After a dose not taken

check-in-reason = { $label }, not taken: why, if you like
check-in-reason-forgot = forgot
check-in-reason-felt-bad = felt bad
check-in-reason-felt-fine = felt fine
check-in-reason-side-effects = side effects
check-in-reason-ran-out = ran out
check-in-reason-chose-to = chose to
check-in-reason-other = other
check-in-after-not-taken = About a dose not taken

## Inside the fold

check-in-effects = Anything in the body?
check-in-effects-bother = { $effect }: does it bother you?
check-in-bother-0 = not at all
check-in-bother-1 = a little
check-in-bother-2 = quite a bit
check-in-bother-3 = a lot
check-in-effects-words = In your own words
check-in-anything-else = Alcohol or anything else today?
check-in-anything-else-hint = Never shared unless you choose it.
check-in-note = A note
check-in-note-hint = Only you see it, unless you choose to share it.
check-in-note-star = Mark with a star: the result quotes the last note you mark
check-in-thoughts = Thoughts that you would be better off dead, or of hurting yourself?
check-in-thoughts-yes = Yes
check-in-thoughts-no = No
check-in-thoughts-rather-not-say = Rather not say

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
check-in-two-title = You wrote this day on two devices
check-in-two-here = On this phone
check-in-two-there = With your account
check-in-two-keep-here = Keep this phone’s
check-in-two-keep-there = Keep the other
check-in-two-keep-both = Keep both

# After the first check-in of a fortnight without reminders, once.
check-in-reminder = Would a reminder help?
check-in-reminder-choose = Choose an hour
check-in-reminder-no = No, thank you
check-in-reminder-gone = It is not asked again. Reminders are in the menu.

# A link to a day that waits for a decision.
check-in-needs-elsewhere = One entry needs you: { $day }

## An account that was made by an invitation, once a fortnight has begun

check-in-invited = { $name } invited you.
check-in-invited-choose = Choose what to share
check-in-invited-no = Not now
check-in-invited-later = It waits under “Sharing” in the menu, for as long as the invitation is good.
