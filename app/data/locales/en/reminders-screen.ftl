### Reminders: when they come, on which device, and what can be read in them.

common-screen-reminders = Reminders

## When

reminders-intro = You pick the hours. A reminder comes on days that have no check-in yet, and it never says what it is about.
reminders-none = Reminders belong to a fortnight. There is none open, and no draft of one.
reminders-none-new = A new fortnight
reminders-away = Your reminders can be seen when there is a signal.
reminders-me = Remind me
reminders-off = Nothing comes while this is off.
reminders-draft = Nothing comes before the fortnight has begun.
reminders-paused = Nothing comes while the fortnight is paused.
reminders-until = Paused until { $day }.
reminders-over = Nothing more comes in this fortnight.
reminders-next-now = The next one: about now.
reminders-next-today = The next one: today at { $time }.
reminders-next-tomorrow = The next one: tomorrow at { $time }.
reminders-next-day = The next one: { $day } at { $time }.
reminders-no-more-today = No more reminders today.
reminders-pause-over = The pause is over.
reminders-no-device = No device gets it yet. See “This device” below.
reminders-not-here = Not on this device. See “This device” below.
reminders-here-on = They arrive on this device.
reminders-here-ready = They are set up on this device.
reminders-zone = These hours are by the clock of { $zone }.
reminders-not-today = Not today
reminders-today-again = Today after all

reminders-times = At what time?
reminders-time = Time { $n }
reminders-time-add = Add a time
reminders-time-remove = Take away
reminders-time-missing = Pick a time here, or take it away.
reminders-time-twice = The same time is there twice.
reminders-time-quiet = This lies in your quiet hours ({ $from } to { $until }). Move one of the two.

reminders-days = On which days?
reminders-days-every = Every day
reminders-days-other = Every other day
reminders-days-chosen = Days I choose
reminders-weekdays = Days of the week
reminders-weekdays-missing = Choose one day or more.

reminders-more = More
reminders-quiet = Quiet hours
reminders-quiet-hint = Nothing comes between these two times.
reminders-quiet-from = From
reminders-quiet-until = Until
reminders-quiet-time =
    { $count ->
        [one] Your reminder at { $times } lies in these hours. Move one of the two.
       *[other] Your reminders at { $times } lie in these hours. Move one or the other.
    }
reminders-quiet-missing = Pick a time here, or switch quiet hours off.
reminders-pause = Pause until
reminders-pause-hint = They come again from this day on. Leave it empty for no pause.
reminders-quiet-same = These two are the same time. Move one of them.
reminders-pause-wrong = Pick a day that is still to come.
reminders-pause-end = End the pause

reminders-words = What a reminder says
reminders-words-hint = Others may see it on your phone. So it never names a medicine, and never says how you are. The phone may add the name of this app.
reminders-words-blank = Nothing to read at all

## Saving

reminders-saving = Saving…
reminders-saved = Saved
reminders-not-yet = Not saved yet. What you set is still here.
reminders-look-above = Not saved yet. Look at the line that is marked.
reminders-no-signal = No signal, so this is not saved yet. What you set is still here.
reminders-conflict = Changed on another device
reminders-conflict-words = Your reminders were changed there meanwhile. What you set here is still here.
reminders-conflict-theirs = There
reminders-conflict-mine = Here
reminders-conflict-take = Take what is set there
reminders-conflict-keep = Save what is set here
reminders-said-on = On
reminders-said-off = Off
reminders-said-quiet = Quiet from { $from } until { $until }
reminders-said-until = Paused until { $day }
reminders-said-words = It says: { $words }

## This device

reminders-device = This device
reminders-device-loading = Looking…
reminders-device-away = Whether they arrive here can be seen when there is a signal.
reminders-device-unsupported = This browser cannot show reminders. Another browser on this device may, or use a calendar instead.
reminders-device-iphone = On an iPhone or iPad, reminders come only when Fortnight is on the home screen.
reminders-device-iphone-1 = Open this page in Safari.
reminders-device-iphone-2 = Tap the share button: a square with an arrow that points up.
reminders-device-iphone-3 = Choose “Add to Home Screen”.
reminders-device-iphone-4 = Open Fortnight from there, and come back to this page.
reminders-device-no-key = This server cannot send reminders. Whoever runs it can set that up. A calendar can be used instead.
reminders-device-not-sending = At the moment nothing is sent from this server. Whoever runs it can mend that.
reminders-device-denied = This browser does not let Fortnight show anything here. You can change that: open the settings of the browser for this site, find “Notifications”, and allow them. Then come back to this page.
reminders-device-off-first = Switch on “Remind me” first. Then you can allow it here.
reminders-device-ask-allowed = Reminders do not come to this device. They end when you sign out, and one tap sets them up.
reminders-device-set-up = Set up on this device
reminders-device-setting-up = Setting up…
reminders-device-ask = Reminders do not come to this device yet. When you tap the button, the browser asks you. You can take it back here at any time.
reminders-device-allow = Allow notifications on this device
reminders-device-allowing = Asking the browser…
reminders-device-dismissed = The browser was not given an answer. You can tap the button again.
reminders-device-no-service = The browser could not set this up. Try again later, or use a calendar instead.
reminders-device-on = Reminders arrive on this device.
reminders-device-ready = This device is set up for reminders.
reminders-device-sent = Last one sent: { $when }.
reminders-device-sent-none = None was sent to it so far.
reminders-device-shown = Last one shown: { $when }.
reminders-device-shown-none = It has not told us of one that was shown.
reminders-device-refused = The service that brings them to this browser refuses this server ({ $when }). Whoever runs the server can mend that.
reminders-device-try = Send one now
reminders-device-try-words = The one you send looks just as your reminders do. So you see what others would see.
reminders-device-trying = Sending one…
reminders-device-try-shown = It was shown on this device.
reminders-device-try-sent = It was sent, but this device has not shown it. Look whether the phone is set to quiet.
reminders-device-try-waits = It has not gone out yet.
reminders-device-stop = Stop on this device
reminders-device-stopped = Stopped on this device.
reminders-others = Other devices
reminders-others-since = since { $since }, last opened { $when }
reminders-others-sent = last one sent: { $when }
reminders-others-none = none sent so far
reminders-others-refused = cannot be reached now
reminders-others-remove = Take off the list
reminders-others-removed = Taken off the list.
reminders-others-back = A device that was taken off comes back when Fortnight is opened there. To end it for good, sign it out.
reminders-others-settings = Where you are signed in
reminders-when-today = today at { $time }
reminders-when-yesterday = yesterday at { $time }
reminders-when-day = { $day } at { $time }

## A calendar

reminders-calendar = A calendar instead
reminders-calendar-words = Your calendar app can show the same hours. It gets a secret address for that. Whoever has the address sees the hours, and nothing else. A calendar cannot know whether you have checked in.
reminders-calendar-says = An entry says what your reminders say. Where that is nothing, it says “{ $words }”.
reminders-calendar-make = Make an address
reminders-calendar-making = Making it…
reminders-calendar-made = This address is shown once. Copy it now.
reminders-calendar-address = Your address
reminders-calendar-copy = Copy the address
reminders-calendar-open = Open it in a calendar
reminders-calendar-since = There is an address since { $date }.
reminders-calendar-anew = Make a new one
reminders-calendar-anew-sure = The old address ends, also in your calendar.
reminders-calendar-end = Take it back
reminders-calendar-end-sure = The address ends, also in your calendar.
reminders-calendar-yes = Yes, go on
reminders-calendar-no = Leave it
reminders-calendar-ended = Taken back. The address leads nowhere now.
