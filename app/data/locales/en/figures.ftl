### The charts and their tables. Their headings and keys are in result.ftl.

## Sentences: one stands above each chart, and is what a screen reader says of it.

figures-in-order-sentence = { $measure }, day by day: you answered on { $rated } of { $length ->
    [one] 1 day
   *[other] { $length } days
  }.
figures-in-order-so-far = { $measure }, day by day: you answered on { $rated } of the { $length ->
    [one] 1 day
   *[other] { $length } days
  } so far.
figures-in-order-gaps = A short dash at the foot is a day without an answer.
figures-scale-ends = { $least } is “{ $low }”, { $most } is “{ $high }”.
figures-side-by-side-sentence = Each mark is one day you rated: { $on } you took it, on the left, and { $off } you did not, on the right. The short lines at the edges are the averages, { $mean-on } and { $mean-off }.
figures-range-heading = The range that fits
figures-range-sentence = { result-range-note } It runs from { $lower } to { $upper } on the days you took it; the line in it is the middle of your days, { $estimate }.
figures-others-sentence = Each dot is one day. These stand here to look at: only { $measure } was chosen to answer your question.
figures-others-sentence-ink = Each dot is one day.
figures-side-effects-sentence = Each square is a day you noted it, larger where it bothered you more.
figures-side-effects-open = An open square leaves open how much.

## In the charts

figures-took-it = took it
figures-did-not = did not
figures-days = { $n ->
    [one] 1 day
   *[other] { $n } days
  }
figures-your-days = your days
figures-from-to = { $low } to { $high }
figures-range-on-days = { $range } on { figures-days }
figures-both = { $first } · { $second }
figures-range-took-it = took it: { figures-range-on-days }
figures-range-did-not = did not: { figures-range-on-days }
figures-difference = { result-amount } { $side ->
    [higher] { result-more }
   *[lower] { result-less }
  }
figures-difference-same = about the same
figures-difference-none = no difference

## Days

figures-day = { $weekday } { $day } { $month }
figures-day-short = { $day } { $month }
figures-day-number = Day { $n }
figures-day-late = { $day }, written later
figures-weekday-0 = Mon
figures-weekday-1 = Tue
figures-weekday-2 = Wed
figures-weekday-3 = Thu
figures-weekday-4 = Fri
figures-weekday-5 = Sat
figures-weekday-6 = Sun
figures-month-short-1 = Jan
figures-month-short-2 = Feb
figures-month-short-3 = Mar
figures-month-short-4 = Apr
figures-month-short-5 = May
figures-month-short-6 = Jun
figures-month-short-7 = Jul
figures-month-short-8 = Aug
figures-month-short-9 = Sep
figures-month-short-10 = Oct
figures-month-short-11 = Nov
figures-month-short-12 = Dec

## Tables

figures-column-day = Day
figures-column-dose = Dose
figures-column-what = What
figures-column-effects = Side effects
figures-column-difference = On the days you took it
figures-column-on = Days you took it
figures-column-off = Days you did not
figures-row-days = Days
figures-row-average = Average
figures-row-middle = Middle answer
figures-row-answers = Answers, by date
figures-row-your-days = The middle of your days
figures-row-range = The range that fits
figures-row-expected = You expected
figures-row-lowest-highest = Lowest to highest
figures-mark-on = taken
figures-mark-off = not taken
figures-no-answer = no answer
figures-bother = { $bother ->
    [0] no bother
    [1] a little bother
    [2] quite a bit of bother
    [3] a lot of bother
   *[unsaid] noted
  }

## The page

figures-look-closer = Look closer
figures-look-closer-what = Look closer at { $title }
figures-touch = Touch a chart to look closer, and then a mark to read its day.
figures-is-closer = You can touch a mark to read its day.
figures-closer-away = The closer look needs a signal. The picture and its table are all here.
figures-no-signal = This page needs a signal to open. Your days are kept.
figures-not-answered = This page could not be opened just now. Your days are kept.
figures-good-to-know = Good to know
figures-usual = Most fortnights end this way. Days written down are a lot to talk about.
figures-expected-heading = What you expected
figures-your-words = Your words
figures-again = Look at it again
figures-again-hint = Only if you want to. You can also leave it as it is.
figures-column-written = What you wrote
figures-print = Print this for a talk
figures-picture-share = Share it as a picture
figures-picture-save = Save it as a picture
figures-picture-saved = Saved on this device.
figures-picture-failed = This browser could not make a picture of it. A screenshot shows the same.
figures-take-along = Take everything along
figures-begin-new = A new fortnight
figures-leave = Leave it here
figures-back = Back to today
figures-dose = { $dose ->
    [taken] taken
    [different_amount] a different amount
    [not_taken] not taken
    [not_due] not due
   *[rather_not_say] rather not say
  }
figures-dose-reason = { $dose }, { $reason ->
    [forgot] forgot
    [felt_bad] felt bad
    [felt_fine] felt fine
    [side_effects] side effects
    [ran_out] ran out
    [chose_to] chose to
   *[other] another reason
  }
figures-log-medicine = The medicine
figures-log-hard-day = Just a hard day
figures-log-effect = { $name }, { figures-bother }
figures-log-empty = Nothing written
figures-log-unreadable = Cannot be opened any more
figures-log-of = { $what }:
figures-log-effects-words = Side effects, in your words: { $words }
figures-log-worrying = New or worrying: { $signs }
figures-log-anything-else = Alcohol or anything else: { $words }

## On paper

figures-paper-by = Written by the person themselves. Not reviewed by anyone.
figures-paper-called = “{ $nickname }” ({ $medicine })
figures-paper-pattern = { $pattern ->
    [as_needed] taken now and then
   *[other] { $way ->
        [every_day] taken every day
        [some_days] taken on some days
        [stopped] stopped
        [never_started] never started
       *[other] {""}
      }
  }
figures-paper-dates = { $from } to { $to }
figures-paper-printed = Printed on { $day }
figures-paper-days = Day by day
figures-paper-doses = { $medicine }, by day
figures-print-words = Print my own words too
figures-print-words-hint = Your notes, and why a dose was not taken. Also “alcohol or anything else”, which is never shared unless you choose it.
