# What a notification may say. Somebody else may read it: no word of a medicine, a dose, a mood, a fortnight.
reminder-words-minute = A quiet minute
reminder-words-hello = Hello
reminder-words-note = Something to jot down
reminder-words-name = Fortnight
reminder-action-later = In an hour
reminder-action-not-today = Not today
reminder-calendar-name = Quiet minutes
