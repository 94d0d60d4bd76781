### The therapist's session notes, their timeline, and what is taken along to supervision.

## Names of the screens, for the window title

common-screen-session-notes = Your notes
common-screen-supervision = For supervision

## The notes

notes-title = Your notes on { $called }
notes-private = Only you can read these, also when nothing is shared with you. They are sealed under your own key.
notes-deleted-with = If { $called } deletes their account, these notes go too. Save what is to stay.
notes-new = Write a note
notes-kept-here = A note you began is kept on this device. Go on with it below.
notes-none = Nothing written yet.
notes-unreadable = A note that was last changed on { $date } cannot be read. The others are whole.
notes-all = Sessions
notes-session = Session { $n }, { $date }
notes-edit = Change
notes-delete = Delete
notes-delete-sure = Delete this note? It cannot be brought back.
notes-delete-yes = Delete it
notes-delete-no = Keep it
notes-deleted = The note is deleted.
notes-saved = Saved.
notes-save-all = Save all as text
notes-to-supervision = Take to supervision
notes-sign-out = On a device that is not yours, sign out each time: it takes away what is half written.
notes-gone = There are no notes here.

## One note

notes-form-new = A new note
notes-form-change = Change this note
notes-date = Day of the session
notes-date-missing = Choose the day.
notes-moment = Moment { $n }
notes-words = Their exact words
notes-words-hint = As they said it.
notes-situation = When it comes up
notes-affect = What they felt
notes-theme = Theme
notes-theme-hint = A word or two, the same each time it comes up.
notes-intensity = How strong, 0 to 10
notes-intensity-none = not said
notes-more-moment = Add a moment
notes-take-moment = Take this moment out
notes-reflection = Your own thoughts
notes-save = Save the note
notes-saving = Saving…
notes-leave = Close
notes-discard = Throw away what is typed here
notes-discard-sure = Throw it away? It is nowhere else.
notes-discard-no = Keep it
notes-change-kept = A change of this one is kept on this device. “Change” goes on with it.
notes-kept = Kept on this device
notes-not-kept = This device does not keep it. Save before you leave.
notes-saved-before = Saved as it was a moment ago. What you typed since is not saved yet.
notes-empty = Write something first.
notes-changed-elsewhere = This note was changed on another device. What you typed is still here.
notes-theirs = On the other device, for the session of { $date }
notes-keep-mine = Keep what is here
notes-take-theirs = Take the other one
notes-was-deleted = This note was deleted on another device. What you typed is still here. Save it as a new note, or leave it.
notes-as-new = Save as a new note

## The timeline

notes-line-title = Themes over the sessions
notes-line-hint = What you wrote down, session by session. A higher dot is a larger number; an open ring came up without one. The order is when a theme first came up.
notes-line-chart =
    { $count ->
        [one] { $theme }: in { $count } session. { $values }
       *[other] { $theme }: in { $count } sessions. { $values }
    }
notes-line-in =
    { $all ->
        [one] in 1 session
       *[other] in { $count } of { $all } sessions
    }
notes-line-value = session { $n }: { $value }
notes-line-unsaid = came up
notes-line-table = The same as a table
notes-line-theme = Theme
notes-line-session = Session { $n }
notes-line-date = { $n }: { $date }
notes-line-empty = Give a moment a theme and it shows up here.

## What is taken along to supervision

notes-supervision-intro = The names Fortnight knows, dates, addresses and numbers are taken out. It cannot know the names of others. You see all of it here first.
notes-supervision-which = Which sessions?
notes-supervision-what = What of them?
notes-supervision-also = Remove these words too
notes-supervision-also-hint = One on each line: places, work, names of others, nicknames.
notes-supervision-look = Show what would leave
notes-supervision-looking = Making it…
notes-supervision-none = Choose a session, and something of it.
notes-supervision-left = What would leave
notes-supervision-read = Rules miss things. Read it through before it leaves: a nickname, a place of work or a story can say who it is.
notes-supervision-removed = What was removed
notes-supervision-removed-nothing = The rules found nothing to remove. Read it through yourself.
notes-supervision-was = Stood there
notes-supervision-why = Why
notes-supervision-times = How often
notes-supervision-checked = I have read it through
notes-supervision-pdf = Save as PDF
notes-supervision-text = Save as text
notes-supervision-saved = Saved on this device. It is in your hands now, and no longer sealed.
notes-supervision-letters = The PDF names what it has no sign for. The text has it as it was written.
notes-supervision-changed = You changed what goes into it. Look at it again.

## On the page that leaves

supervision-title = Notes for supervision
supervision-intro = What says who somebody is was taken out. A word in square brackets stands where something was.
supervision-foot = For supervision. Not for the record of anybody.
supervision-first = Session 1
supervision-session =
    { $days ->
        [0] Session { $n }, on the day of the first
        [one] Session { $n }, { $days } day after the first
       *[other] Session { $n }, { $days } days after the first
    }
supervision-part-words = Words
supervision-part-situation = When it comes up
supervision-part-affect = Felt
supervision-part-theme = Theme
supervision-part-intensity = How strong
supervision-part-reflection = Thoughts of the therapist
supervision-intensity = { $value } of 10
supervision-kind-removed = you asked for it
supervision-kind-e-mail = an e-mail address
supervision-kind-link = a web address
supervision-kind-account = a name on the web
supervision-kind-date = a date
supervision-kind-year-of-birth = a year of birth
supervision-kind-over-89 = an age over 89
supervision-kind-address = a street or a box
supervision-kind-postcode = a postcode
supervision-kind-name = a name you or the client go by
supervision-kind-phone = a phone number
supervision-kind-number = a long number
