### Bringing a diary that was kept somewhere else.

common-screen-diary = Bring a diary

diary-title = Bring a diary
diary-intro = Days you wrote down somewhere else can be looked back on here. First your question, then the file: so that the numbers do not pick the question.

## First: the question

diary-way-in = Where were you with it in those days?
diary-way-in-hint = With the medicine your question is about.
diary-way-in-every-day = I took it every day
diary-way-in-some-days = I took it on some days
diary-way-in-stopped = I had stopped
diary-way-in-never-started = I had not started
diary-way-in-rather-not-say = Rather not say
diary-order = In a row of your diary, which comes first?
diary-order-dose = the dose, then the { $what ->
    [night] night
   *[rating] rating
  }
diary-order-rating = the { $what ->
    [night] night
   *[rating] rating
  }, then the dose
diary-order-why = So that each rating is looked at beside the dose before it, not the one after.
diary-to-file = Go on to the file
diary-back-to-question = Change the question
diary-question-set = Your question
diary-usual-time-missing = Choose one. It decides which rating a dose belongs to.

## The file

diary-file-title = Your file
diary-file = A table with one row for each day
diary-file-hint = Saved as CSV, from a spreadsheet or another app. An export from Daylio, eMoods or Bearable is read as it is. In any other file the first row has the names of the columns. Up to 28 days are looked at together.
diary-paste = Or paste the table here
diary-paste-go = Read what I pasted
diary-reading = Reading…
diary-not-kept = The file is read on this phone and looked at on the server. It is kept only once you bring its days in.
diary-file-unreadable = This file could not be opened on this phone. You could paste its text instead.
diary-file-too-large = This file is too long. Bring a part of it: up to 28 days are looked at together.
diary-another-file = Take another file
diary-rows =
    { $rows ->
        [one] { $name }: 1 row
       *[other] { $name }: { $rows } rows
    }
diary-pasted = What you pasted

## An export from another app

diary-app-daylio = Daylio
diary-app-emoods = eMoods
diary-app-bearable = Bearable
diary-app-how = How to get a file from another app
diary-app-how-daylio = In Daylio: More, then Export Entries, then CSV. Take that file, and not the backup, which ends in “.daylio”.
diary-app-how-emoods = In eMoods: Settings, then Manual Backup, then Generate Backup File. The file ends in “.emoods” and is a zip. Open it on a computer, and bring the file “entry.csv” that is in it.
diary-app-how-bearable = Bearable can save your data as CSV. Bring that file as it is.
diary-app-how-menus = Menus change from time to time. If one of these looks different on your phone, the help of that app knows.
diary-app-looks = This looks like an export from { $app }.
diary-app-read = It is read as one, with one row for each day.
diary-app-as-table = Read it as an ordinary table
diary-app-is-table = It is read as an ordinary table.
diary-app-as-export = Read it as an export from { $app }
diary-app-otherwise = It has the columns of an export from { $app }, but its rows turned out not to fit. So it is read as an ordinary table.
diary-app-last = Where a day has more than one entry, the last one counts. It is the one nearest to a check-in at the end of that day, and it comes after the dose of that day.
diary-app-date = Each entry keeps the date that { $app } gave it, also after midnight.
diary-app-absent = What is not there was not written down. It is never read as “not taken”.
diary-app-medicine-bearable = Each medicine has its own column. If it was noted more than once on a day, the amounts are added up.
diary-app-medicine-daylio = Each activity has its own column. You say whether one of them is the dose.
diary-app-medicine-emoods = If a column says whether you took it, you choose it below.
diary-app-more-emoods = In eMoods a higher number means more of it: more low, more high. For your question a word of your own may fit best, such as “low”.
diary-app-left-out =
    { $count ->
        [one] There was no room for one column.
       *[other] There was no room for { $count } columns. The ones you used most are here.
    }
diary-moods-title = Put your moods in order
diary-moods-hint = From 1, the lowest, to 5, the highest. Two moods can share a place. The five that { $app } brings along have its order, and you can change it. Only you know the order of your own. Once each has a place, the moods can be chosen as a column.
diary-mood-name = “{ $name }”, on { $count ->
    [one] 1 entry
   *[other] { $count } entries
  }
diary-mood-place = { $level ->
    [1] 1, the lowest
    [5] 5, the highest
   *[other] { $level }
  }
diary-mood-left-out = leave it out
diary-moods-missing = Choose a place for each mood, or leave it out.
diary-zero-title = What does a 0 mean in this file?
diary-zero-hint =
    { $count ->
        [one] One answer in it is 0. It seems to mean that nothing was entered, but only you can say. Then its column can be chosen.
       *[other] { $count } answers in it are 0. It seems to mean that nothing was entered, but only you can say. Then their columns can be chosen.
    }
diary-zero-nothing = nothing was entered
diary-zero-number = none of it
diary-zero-missing = Choose what a 0 means.

## What was found

diary-found-title = What is in it
diary-found-column = Column
diary-found-examples = Looks like
diary-found-empty = (empty)
diary-remembered = The columns are chosen as the last time.

## What the columns are

diary-columns-title = What the columns are
diary-column-day = Which column has the day?
diary-column-day-format = How are the days written?
diary-format-iso = Year first, like 2026-12-31
diary-format-dmy = Day first, like 31.12.2026
diary-format-mdy = Month first, like 12/31/2026
diary-format-number = Just counted: 1, 2, 3
diary-column-dose = Which column says whether you took it?
diary-column-none = None of them
diary-column-choose = Choose a column
diary-column-choose-missing = Choose a column.
diary-dose-values = What does each value mean?
diary-dose-value = “{ $value }”, on { $count ->
    [one] 1 day
   *[other] { $count } days
  }
diary-dose-rest = All others
diary-dose-as-others = as all others
diary-dose-taken = taken
diary-dose-different-amount = a different amount
diary-dose-not-taken = not taken
diary-dose-not-due = not due
diary-dose-rather-not-say = rather not say
diary-dose-not-written = nothing written
diary-dose-choose = Choose
diary-dose-choose-missing = Say for each value what it means.
diary-dose-empty = an empty cell, on a day with a number
diary-dose-empty-cells = Nobody guesses what an empty cell means. If you noted it each time you took it, you can say that the other days are “not taken”. A day without any number stays a day with nothing written.
diary-measure-column = Which column is “{ $measure }”?
diary-scale = The numbers in it
diary-scale-found = Found: { $minimum } to { $maximum }.
diary-scale-read = { $step ->
    [any] The numbers in it: { $minimum } to { $maximum }, any step
   *[other] The numbers in it: { $minimum } to { $maximum }, step { $step }
  }
diary-scale-any = Leave the step empty if any number can be.
diary-scale-lowest = Lowest possible
diary-scale-highest = Highest possible
diary-scale-step = Step
diary-scale-wrong = The lowest number, a higher one, and a step above 0, please.
diary-others-title = Other columns to bring along
diary-others-hint = Up to three. They are shown as they are. Only “{ $measure }” answers your question.
diary-other-name = Its name here
diary-other-full = Three are chosen.

## Which days

diary-days-title = Which days?
diary-days-hint = Tap the first day. 7 to 28 days in a row are looked at together.
diary-days-none = Once the column with the day is chosen, the days are shown here.
diary-days-length = How many days?
diary-days-length-hint = Under 10, days are not compared.
diary-days-length-wrong = A number from 7 to 28, please.
diary-days-first = First day { $day }
diary-days-chosen = { $from } to { $to }, { $length } days
diary-days-chosen-counted = Days { $from } to { $to }, { $length } days

## Bringing it in

diary-bring = Bring these days
diary-bringing = Bringing…
diary-looked-back = The result will say: looked back, not planned.
diary-see-marked = Please look again at what is marked above.
diary-errors-file = What could not be read
diary-none-brought =
    { $count ->
        [one] One thing could not be read. Nothing was brought in.
       *[other] { $count } things could not be read. Nothing was brought in.
    }
diary-more-errors = There may be more below these.

## Correcting one of its days: what its rows mean

diary-row-dose-that-day = { $label }, that day
diary-row-dose-at-its-end = { $label }, at the end of that day
diary-row-dose-night-before = { $label }, the night before
diary-row-dose-then-night = { $label }, before that night
diary-row-night-after = Sleep, the night after that dose

## A fortnight that was taken along

diary-back-title = It is a fortnight I took along from Fortnight
diary-back-intro = With its file, or the archive it came in, it is here again: every day you wrote, and what you made of it.
diary-back-file = The file
diary-back-file-hint = fortnight.json, or the whole archive (.zip). It is looked at on this phone first.
diary-back-not-ours = This is not a fortnight that was taken along. It may be another file of the archive. A diary from elsewhere comes in further down, after its question.
diary-back-days = { $days ->
    [one] 1 day was written
   *[other] { $days } days were written
  } in the fortnight that began on { $from }.
diary-back-draft = { $days ->
    [0] It had not begun.
    [one] 1 day was written.
   *[other] { $days } days were written.
  }
diary-back-medicine = Medicine: { $medicine }.
diary-back-made = The file was made on { $date }.
diary-back-says = Its result will say that it came from a file. Who could read it, links and reminders do not come along.
diary-back-bring = Bring it back
diary-back-bringing = Bringing it back…
