### Setting up a fortnight, and looking after it.

common-screen-new-experiment = A new fortnight
common-screen-experiment = The fortnight
common-screen-experiments = Your fortnights

## A new one

experiment-new-title = A new fortnight
experiment-new-intro = Nothing begins until you say so.
experiment-first-what = For two weeks you note a few seconds a day. Then you look at what you noticed.
experiment-first-nobody = Nobody watches, and nobody tells you what to do.
experiment-one-open-title = One is open
experiment-one-open = One fortnight at a time. You can prepare this one as a draft, and start it when the other is over.
experiment-change-title = Change this fortnight
experiment-draft-before = This is the draft you began before.
experiment-draft-afresh = Begin afresh
experiment-draft-afresh-sure = This takes away what is written here.
experiment-draft-afresh-yes = Take it away
experiment-draft-afresh-no = Keep it

experiment-answered-change = change

## Where are you with it?

experiment-way-in = Where are you with it?
experiment-way-in-hint-wonder = With the medicine you wonder about.
experiment-way-in-hint = With the medicine your question is about.
experiment-way-in-every-day = I take it every day
experiment-way-in-some-days = I take it on some days
experiment-way-in-stopped = I stopped
experiment-way-in-never-started = I never started
experiment-way-in-rather-not-say = Rather not say
experiment-stopped-on = When did you stop?
experiment-stopped-on-hint = About is fine. You can leave it out.

experiment-plain-title = Before you go on
experiment-plain-compare = For many medicines, days with and without cannot be compared. Noticing is worth it all the same.
experiment-plain-why = Why, and what for
experiment-plain-why-words = Many medicines stay in the body too long to compare days, or a gap itself makes people unwell. Then Fortnight only helps you notice.
experiment-plain-worth = Two weeks of your own notes show you what is there, and are easy to bring to the person who prescribes.
experiment-plain-not-taking = You are not taking it, so no days are compared. You notice how you are, in your own words, and can bring that to the person who prescribes.
experiment-plain-never = Fortnight never asks you to leave out a dose.

## The question

experiment-question = What would you like to find out?
experiment-question-starters = In your own words. Or begin with one of these:
experiment-question-starter-1 = Am I foggier on the days I take it?
experiment-question-starter-2 = What is it like, two weeks in a row?
experiment-question-starter-off-1 = How am I since I stopped?
experiment-question-starter-off-2 = What do I want to tell my prescriber?
experiment-question-missing = Write your question here. A few words are enough.

## Do any of these fit you?

experiment-fits-hint = It decides whether days can be compared. Nobody else sees it.

## The medicine

experiment-medicine = Which medicine is it about?
experiment-medicine-hint = The name on the packet is best: the one in small print. You can leave it out: then days are only noticed.
experiment-medicine-suggestions =
    { $count ->
        [0] No name like this in our list. You can still use it.
        [one] One name like this
       *[other] { $count } names like this
    }
experiment-label = What do you call it?
experiment-label-hint = Only this name shows on your phone. For example: the white one.
experiment-usual-time = When do you usually take it?
experiment-usual-time-morning = Morning
experiment-usual-time-daytime = During the day
experiment-usual-time-evening = Evening
experiment-usual-time-bedtime = At bedtime

## The gate

experiment-gate-looking = Looking up what can be compared…
experiment-gate-away = What can be compared needs a signal to look up. Until then: Notice only. You can go on.
experiment-gate-compare = Days can be compared
experiment-gate-compare-words = At the end you see the days you took it beside the days you did not, if your days allow it. Days without it are never something to aim for.
experiment-gate-side = Days side by side
experiment-gate-fits-open = “Do any of these fit you?” is still open, so days are only noticed.
experiment-gate-prescriber = Prescriber first
experiment-gate-notice = Notice only
experiment-gate-notice-words = At the end you see what the fortnight was like: mood, sleep, what you wrote.
experiment-gate-notice-dose = You can still write down whether you took it. “Not taken” is only information here.
experiment-gate-facts = What is known, and where this is from
experiment-gate-from = Where this is from
experiment-gate-dose-not-taken = If a dose was not taken
experiment-gate-source-of-one = On { $about }: { $says }
experiment-gate-source-of-kind = On this kind of medicine ({ $about }): { $says }
experiment-gate-read = Read on { $date }.
experiment-gate-not-checked = Not checked against a public page yet.
experiment-gate-stays-not-checked = How long it stays in the body is not checked against a public page yet.
experiment-gate-not-reviewed = Not yet reviewed by a clinician.
experiment-gate-ways = Which is it for you?
experiment-gate-way-notice = Notice only
experiment-gate-way-told = My prescriber knows there are days I do not take it
experiment-gate-way-told-sub = Then days are shown side by side too.
experiment-told-on = Told on
experiment-told-on-hint = The day, or about.
experiment-told-on-missing = About which day was it?
experiment-told-name = Their name, if you like

experiment-words-title = Words for my prescriber
experiment-words-intro = To read out, or to copy into a message. Change them as you like.
experiment-words-label = Your words
experiment-words-copy = Copy these words
experiment-words-stopped = I stopped taking { $medicine } on { $date }. I would like to talk with you about it.
experiment-words-stopped-undated = I stopped taking { $medicine }. I would like to talk with you about it.
experiment-words-never = I have not started { $medicine }. I would like to talk with you about why.
experiment-words-every-day = I take { $medicine } every day. I would like to talk with you about how it is for me, before anything changes.
experiment-words-some-days = There are days when I do not take { $medicine }. I would like to talk with you about it before anything changes.
experiment-words-no-name = my medicine

## Which measure

experiment-measure = Which one would answer your question?
experiment-measure-hint = You give it a number each day. The others can be filled in too.
experiment-measure-missing = Choose the one that would answer your question.
experiment-measure-mood = Mood
experiment-measure-mood-sub = 0 to 10
experiment-measure-sleep-hours = Hours of sleep
experiment-measure-sleep-hours-sub = in half hours
experiment-measure-sleep-quality = How well you slept
experiment-measure-sleep-quality-sub = 1 to 5
experiment-measure-like-myself = Felt like myself
experiment-measure-like-myself-sub = 0 to 10
experiment-measure-energy = Energy
experiment-measure-energy-sub = 0 to 10
experiment-measure-own = A word of your own
experiment-measure-own-sub = flat, fog, focus…
experiment-own-name = Your word
experiment-own-name-missing = Which word?
experiment-own-names = What do these numbers mean, if you like to say?
experiment-own-low = 0 is
experiment-own-middle = 5 is
experiment-own-high = 10 is
experiment-own-hint = They stand below the numbers on the check-in. Your own words are fine too: 10 as flat as can be, for example.
experiment-own-start-low = not at all
experiment-own-start-middle = half and half
experiment-own-start-high = very much

## What do you expect?

experiment-expect-and-hope = What you expect and hope, if you like
experiment-hope-only = What you hope, if you like
experiment-prediction = What do you expect?
experiment-prediction-about = On days I take it, { $measure } will be
experiment-prediction-about-any = On days I take it, it will be
experiment-prediction-lower = Lower
experiment-prediction-same = The same
experiment-prediction-higher = Higher
experiment-prediction-no-idea = No idea
experiment-prediction-points = By about how many points?
experiment-prediction-hours = By about how many hours?
experiment-prediction-points-hint = If you like.
experiment-prediction-points-wrong = A number from 0 to 24, please.
experiment-prediction-sealed = Sealed when you start. Nobody sees it until the end, then it stands beside the result. You can leave it out.
experiment-prediction-is-sealed = Sealed until the end.
experiment-hope = What do you hope?
experiment-hope-hint = In your own words, if you like.

## More

experiment-more = More, if you like
experiment-length = How many days?
experiment-length-hint = 14 is usual. 7 to 28 are possible. Under 10, days are not compared.
experiment-length-wrong = A number from 7 to 28, please.
experiment-start-on = First day
experiment-start-on-hint = Today, unless you pick a later day.
experiment-start-on-past = Today or a later day, please.
experiment-day-end = When does your day end?
experiment-day-end-hint = What you write before this time still belongs to the day before.
experiment-would-be-over = With this end of the day, your fortnight would be over at once.
experiment-zone = Time zone: { $zone }, from this phone.
experiment-offered = Also ask, behind “more, if you like”
experiment-own-more = More words of your own
experiment-own-add = Add a word
experiment-own-remove = Take away { $name }
experiment-effects = Side effects to tap
experiment-effects-hint = Up to six. Only these show on the check-in.
experiment-effects-full = Six are chosen. Take one away to choose another.
experiment-effects-own = Another one, in your words
experiment-effects-add = Add
experiment-effect-dry-mouth = dry mouth
experiment-effect-sick = feeling sick
experiment-effect-headache = headache
experiment-effect-tired = tired
experiment-effect-restless = restless
experiment-effect-dizzy = dizzy
experiment-effect-less-hungry = less hungry
experiment-effect-more-hungry = more hungry
experiment-effect-sweating = sweating
experiment-effect-shaky = shaky
experiment-effect-numb = feeling numb
experiment-effect-less-desire = less desire for sex
experiment-plan-title = Three lines for hard days
experiment-plan-words = What I notice first, what helps, who I call. Optional. You can write them now or at any time.
experiment-plan-open = Write my three lines
experiment-plan-change = Change my three lines

## Starting

experiment-start-on-day = Start on { $day }
experiment-starting = Starting…
experiment-keep-draft = Keep as a draft
experiment-keeping = Keeping…
experiment-save-change = Keep the change
experiment-leave-unchanged = Leave it as it was
experiment-kept-here = Kept on this phone as you type.
experiment-not-kept-here = This phone cannot keep what you type just now. Do not close this page before it is sent.
experiment-no-signal = No signal. Everything is kept here on this phone. Try again when there is one.
experiment-see-marked = Please look again at what is marked above.
experiment-another-open = Another fortnight is still open. One at a time: you can stop that one, or keep this as a draft.
experiment-see-open-one = See the open one
experiment-conflict = This was changed on another device meanwhile. What you typed is still here.
experiment-conflict-mine = Keep what is here
experiment-conflict-theirs = Take the other one
experiment-field-wrong = This cannot be kept as it is. Please look again.
experiment-days-already-written = There are days written after that. Choose a longer fortnight.

experiment-change-well-title = What a change does
experiment-change-fixed = You can change anything. If you change one of these once day 1 has begun, the result will be “cannot tell”: the medicine and what you said about it, the measure that answers your question, a word of your own, the length, the usual time.
experiment-change-held = Days that were only to be noticed stay so. To compare days, begin a new fortnight.
experiment-change-free = The question, the name you call it, side effects and the rest can change without that.
experiment-change-prediction = What you expect is sealed and stays as it was.
experiment-change-caps = You changed something that was fixed. If you keep this, the result will be “cannot tell”.

## Looking after one

experiment-status-draft = A draft. Nothing has begun.
experiment-status-scheduled = Begins on { $day }
experiment-status-running = Day { $number } of { $length }
experiment-status-paused = Paused. Day { $number } of { $length }
experiment-status-finished = Ended on { $day }
experiment-status-stopped = You stopped it on { $day }
experiment-status-diary = A diary you brought: { $from } to { $to }
experiment-status-diary-counted = A diary you brought: { $counted }
experiment-days-counted = { $length } days, counted { $from } to { $to }
experiment-paused-words = Pausing quietens it. The end does not move, and check-ins stay open.
experiment-set-title = What was set
experiment-set-medicine = Medicine
experiment-set-measure = Answers the question
experiment-set-way-in = Where you were
experiment-set-mode = Kind
experiment-set-mode-compare = Compare days
experiment-set-mode-notice-only = Notice only
experiment-set-usual-time = Usual time
experiment-set-days = Days
experiment-set-days-value = { $from } to { $to }, { $length } days
experiment-set-length-value = { $length } days
experiment-set-prescriber = Prescriber
experiment-set-prescriber-value = knows, told on { $date }
experiment-set-prescriber-named = { $name } knows, told on { $date }
experiment-set-effects = Side effects to tap
experiment-set-prediction = What you expected
experiment-set-prediction-value = { $direction }, by about { $points }
experiment-set-hope = What you hoped
experiment-set-changed = Something fixed was changed after you began, so the result will be “cannot tell”.
experiment-set-set-aside = The comparison is set aside for now. Your days are kept.
experiment-set-pick-up = Pick the comparison up again

experiment-see-result = See what the fortnight shows
experiment-see-so-far = See your days so far
experiment-to-today = To today’s check-in
experiment-go-on-draft = Go on with it
experiment-pause = Pause
experiment-resume = Go on again
experiment-change = Change something
experiment-stop = Stop this fortnight
experiment-stop-words = Stopping needs no reason. It is final: this fortnight cannot go on afterwards. Every day you wrote stays, and you see what the days show.
experiment-stop-yes = Stop it now
experiment-stop-no = Let it go on
experiment-reminders = Reminders
experiment-take-along = Take it along as a file
experiment-to-prescriber = A page for my prescriber
experiment-delete = Delete this fortnight
experiment-delete-words = This removes the question and every day you wrote in it, for good. Nobody can bring it back.
experiment-delete-yes = Delete it
experiment-delete-no = Keep it
experiment-away = This one is not on this phone. It needs a signal the first time.
experiment-unreadable-name = A fortnight that cannot be opened
experiment-unreadable = What you had set up here cannot be opened any more. Your days are kept, and you can take them along. Please tell whoever runs this server, or delete it.
experiment-gone = There is no such fortnight here.
experiment-as-kept = No signal. This is how it was kept on this phone.
experiment-busy = One moment…

## All of them

experiment-list-title = Your fortnights
experiment-list-drafts = Drafts
experiment-list-now = Now
experiment-list-earlier = Earlier
experiment-list-none = Here is where your fortnights are kept once you have begun one.
experiment-list-new = A new fortnight
experiment-list-diary = Bring a diary
