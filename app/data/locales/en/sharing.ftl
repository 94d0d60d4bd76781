### Sharing: what a client chooses, what somebody else sees of it, and the pages of a therapist and of a supporter.

## Names of the screens, for the window title

common-screen-sharing = Sharing
common-screen-share = Share with somebody
common-screen-clients = Your clients
common-screen-client = A client
common-screen-support = Somebody invites you
common-screen-shared-with-me = Shared with you
common-screen-shared-by-one = Somebody close to you

## The client: saying yes

sharing-title = Sharing
sharing-intro = Nothing of yours is shared until you choose it, one thing at a time. You can end it at any moment.
sharing-say-no = You can say no. If a court, an employer or anyone makes you use this, you can leave everything private.
sharing-code-hint = Eight letters and digits, from your therapist. A link is fine too.
sharing-link-none = This link is no longer good. It may have been used, or be too old. Ask for a new one.
sharing-look = See who it is from
sharing-from = { $name } invites you
sharing-from-hint = Is this your therapist? If you do not know the name, close this. Nothing has been shared.
sharing-no-fortnight = You can share a fortnight once you have started one.
sharing-no-fortnight-go = Start a fortnight
sharing-which = Which fortnight?
sharing-called = What { $name } calls you
sharing-called-hint = A first name or a letter is enough. It is the only name of yours they see.
sharing-called-missing = Write a name or a letter.
sharing-what = What may { $name } see?
sharing-what-hint = Everything is off until you turn it on. They see what you chose, and no list of the rest.
sharing-usual = Turn on what is often shared
sharing-usual-hint = Mood, sleep, doses, feeling like yourself, side effects and your question. Change it as you like.
sharing-none = Turn everything off
sharing-none-chosen = Nothing is on yet. Turn on what they may see.
sharing-change-title = What { $name } sees
sharing-change-hint = They see what you choose, and no list of the rest.
sharing-preview = See what they would see
sharing-preview-title = This is exactly what { $name } would see today
sharing-preview-nothing = So far there is nothing of this to see.
sharing-yes = Share this with { $name }
sharing-change-yes = Share this from now on
sharing-change-yes-paused = Keep this for when you go on
sharing-changed-paused = Kept. { $name } sees this once you go on sharing.
sharing-not-now = Not now
sharing-nobody-watches = Nobody is told when you write something, and nobody watches live.

sharing-field-mood = Mood
sharing-field-sleep = Sleep
sharing-field-doses = Doses
sharing-field-doses-hint = With the name you gave the medicine, and all that comes from the doses.
sharing-field-like_myself = Feeling like yourself
sharing-field-doses-hint-close = Only once the fortnight is over, with the medicine’s name and all that comes from them.
sharing-field-own_measures = Your own words to rate
sharing-field-side_effects = Side effects
sharing-field-starred_notes = Notes with a star
sharing-field-starred_notes-hint = The notes you starred, whole. No other note.
sharing-field-balance = Good and less good things
sharing-field-balance-hint = The pages that stand side by side.
sharing-field-question = Your question
sharing-field-prediction = What you expected
sharing-field-safety_cards = When the app showed you where to find help
sharing-field-safety_cards-hint = The days, and whether it was about mood, sleep or thoughts. Nobody is told when it happens.
sharing-field-conclusion = What you make of it in the end
sharing-field-conclusion-hint = Your conclusion and your next step, once you have written them.
sharing-field-visit = Your visit to the prescriber
sharing-field-visit-hint = What you want to say and ask, how you practise it, and what came of it. What you have not told stays yours.
sharing-field-prediction-hint = Only after the end. Until then it is sealed from everyone.

## The client: somebody close to them

sharing-invite-close = Invite somebody close to you
sharing-invite-close-hint = Family or a friend. They can only read what you choose, for 30 days at a time.
sharing-close = Somebody close to you
sharing-close-days = { $name } can see it for 30 days. After that it ends by itself, unless you renew it.
sharing-close-doses = Doses are never shown to somebody close to you while a fortnight runs.
sharing-close-later = Doses come with it once the fortnight is over.
sharing-accepted = { $name } said yes to your invitation. Nothing is shared yet: that begins when you choose it.
sharing-choose = Choose what they see
sharing-until = Until { $date }. Then it ends by itself.
sharing-renew = Renew for 30 days
sharing-renewed = Renewed. { $name } sees it for 30 days from now.
sharing-ran-out = The 30 days were over on { $date }. It was: { $fields }.
sharing-waiting = { $name } invited you
sharing-waiting-hint = Nothing is shared yet. You can choose what they see until { $date }, or leave it.
sharing-waiting-go = Choose what to share

## The client: who sees what

sharing-people = Who can see something
sharing-people-none = Nobody can see anything of yours.
sharing-unreadable-name = Somebody (the name cannot be opened any more)
sharing-new = Share with somebody
sharing-sees = Sees now: { $fields }.
sharing-sees-nothing = Sees nothing now.
sharing-paused = Paused. Sees nothing until you go on.
sharing-paused-then = Going on shows again: { $fields }.
sharing-change = Change what they see
sharing-pause = Pause
sharing-resume = Go on sharing
sharing-stop = Stop sharing
sharing-stopped = Done. { $name } sees nothing of yours any more.
sharing-now-paused = Paused. { $name } sees nothing, and is not told.
sharing-now-resumed = { $name } sees again what you chose.
sharing-changed = Saved. { $name } sees this from now on.
sharing-begun = Done. { $name } can see what you chose.
sharing-read-title = When it was opened
sharing-read-never = Not opened yet.
sharing-history-title = What you chose, and when
sharing-session-pages = For your sessions
sharing-since = Since { $date }: { $fields }.
sharing-from-until = { $from } to { $until }: { $fields }.
sharing-away = This needs a signal. Nothing was changed.

## What somebody sees

sharing-shown-chose = { $called } chose what is here.
sharing-shown-you = Below, { $called } is “you”.
sharing-shown-day = Day { $day } of { $length }
sharing-shown-over = This fortnight is over.
sharing-shown-waits = This fortnight has not begun yet, or has just begun.
sharing-shown-question = The question
sharing-shown-expected = What was expected
sharing-look-together = Look at it together
sharing-shown-glance = The fortnight at a glance
sharing-shown-table = The same as a table
sharing-shown-asks = Worth asking
sharing-shown-since = Since { $date }
sharing-shown-since-nothing = Nothing new is here.
sharing-shown-before = Before that
sharing-earlier-dates = { $from } to { $until }
sharing-earlier-counted = { $n } days
sharing-earlier-hint = Each is read when you open it. { $called } sees that you did.
sharing-shown-notes = In their own words
sharing-shown-log = Day by day
sharing-shown-cards = When the app showed where to find help
sharing-shown-cards-hint = It does so by fixed rules. Nobody was told on that day.
sharing-shown-card-thoughts = Thoughts of being better off dead, or of hurting oneself
sharing-shown-card-mood = Low mood
sharing-shown-card-sleep = Little sleep and much energy

## The therapist

sharing-clients = Your clients
sharing-clients-none = Nobody shares anything with you yet. Invite a client, and they choose what you see.
sharing-client-hint = Nobody is watched live, and nobody is told when { $called } writes.
sharing-clients-hint = You see what each of them chose. Nobody is watched live, and you are not told when somebody writes.
sharing-invite = Invite a client
sharing-session = You meet next
sharing-session-hint = Only you see this. Your list is sorted by it.
sharing-session-on = You meet on { $date }
sharing-session-today = You meet today
sharing-session-saved = Saved
sharing-client-nothing = Nothing to show now
sharing-client-notes = Your notes
sharing-client-notes-on = on { $called }
sharing-client-gone = Nothing to show now.
sharing-client-gone-hint = What was here is no longer on this page.
sharing-client-day = Day { $day } of { $length }
sharing-client-over = Over, ready to look at
sharing-client-shared = Something to look at

## Somebody close to a client

sharing-support-intro = Somebody close to you may like to show you something of their days. They have given you a link or a code.
sharing-support-code-hint = Eight letters and digits, from the person who invites you. A link is fine too.
sharing-support-from = { $name } invites you
sharing-support-what = { $name } would like to show you something of their days. You say yes here, and { $name } chooses what you see. You can only read it. It ends after 30 days, unless { $name } renews it.
sharing-support-who = If you do not know who this is, close this. Nothing happens.
sharing-support-name = Your name, as { $name } will see it
sharing-support-name-hint = What they call you, so that they can be sure it is you.
sharing-support-name-missing = Write the name they know you by.
sharing-support-yes = Yes, I would like to see it
sharing-support-look = See what it is about
sharing-support-done = Done. { $name } sees that you said yes, and chooses what you can see.
sharing-support-none = Nothing is shared with you yet.
sharing-support-nothing = Nothing to see now
sharing-support-code = I was given a code
sharing-support-hint = What you can see here was chosen by the person it is about. Nobody is told when they write something, and nobody watches live.
sharing-support-listening = What often helps is somebody who listens. Nobody expects you to check on anything, or to find an answer.
