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
diary-file-hint = Saved as CSV, from a spreadsheet or another app. The first row has the names of the columns. Up to 28 days are looked at together.
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
diary-dose-empty-cells = An empty cell is a day with nothing written. It is never guessed.
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
