### The result of a fortnight. `safety-*` texts are word for word those of the analysis plan and are pinned

common-screen-result = What the fortnight shows
### by a test; their numbers come in rounded (app/domain/rounding.py).

## The page

result-page-title = What your fortnight shows
result-you-asked = You asked: “{ $question }”
result-expected-heading = Beside what you expected
result-expected = { $direction ->
    [lower] You expected { result-less } on the days you take it.
    [higher] You expected { result-more } on the days you take it.
    [same] You expected about the same on both kinds of day.
   *[no_idea] You had no idea, and said so.
  }
result-expected-by = You expected about { $amount } { $direction ->
    [higher] { result-more }
   *[lower] { result-less }
  } on the days you take it.
result-you-expected-mark = you expected
result-hoped = You hoped: “{ $hope }”
result-range-note = The bar is the range that fits your days.
result-range-lower = lower on days taken
result-range-same = same
result-range-higher = higher on days taken
result-side-by-side-heading = Every day, side by side
result-in-order-heading = Every day, in order
result-daily-line-heading = Your daily line
result-others-heading = The other things you noticed
result-side-effects-heading = Side effects, day by day
result-log-heading = What you wrote
result-table-heading = The same as a table
result-could-have-shown-heading = What it could have shown
result-now-heading = What now?
result-look-together = Look at it together
result-to-prescriber = A page for my prescriber
result-invitation = You can take this to a talk, take everything along, or leave it here.
result-key-on = days you took it
result-key-off = days you did not
result-key-aside = set aside
result-not-logged = not logged
result-looked-back = Looked back, not planned.
result-brought-back = These days were brought back from a file.
result-empty-cells = On { $n ->
    [one] 1 day
   *[other] { $n } days
  } the diary says nothing about the dose. There it was read as “{ $dose ->
    [taken] taken
    [different_amount] a different amount
    [not_taken] not taken
    [not_due] not due
   *[rather_not_say] rather not say
  }”.
result-stopped-before-start = You stopped this before its first day, so there are no days to look at.
result-prescriber-told = For your prescriber: { safety-prescriber-told } on { $date }.
result-unreadable = What you wrote on { $n ->
    [one] 1 day
   *[other] { $n } days
  } cannot be opened any more. It is counted as not logged.
result-unreadable-aside = What you wrote on { $n ->
    [one] 1 day
   *[other] { $n } days
  } cannot be opened any more, so nobody knows whether things were hard then. Your days are not compared until you say so.
result-held = What stood in the way of comparing was changed after this fortnight had begun, so it stays “Notice only”. Once it is over, a new one can compare days.
result-stopped-early = You stopped after { $days ->
    [one] 1
   *[other] { $days }
  } of { $length } days.

## Titles, one for each result, all of the same weight

result-title-notice-only = Your fortnight
result-title-notice-only-so-far = Your fortnight so far
result-title-stopped-before-start = Stopped before it began
result-title-set-aside = Set aside for now
result-title-not-yet = Not yet
result-title-carry-over = On and off days cannot be compared
result-title-too-few-days = No comparison from these days
result-title-one-block = The days came in blocks
result-title-no-variation = The same answer every day
result-title-stands-out = A difference stands out
result-title-cannot-tell = Cannot tell from these days

## Measures: as a heading, inside a sentence, and at its start

result-own-words = { $words }
result-measure-mood = Mood
result-measure-sleep-hours = Hours of sleep
result-measure-sleep-quality = Sleep quality
result-measure-like-myself = Felt like myself
result-measure-energy = Energy
result-measure-inside = { $measure ->
    [mood] mood
    [sleep_hours] sleep
    [sleep_quality] sleep quality
    [like_myself] feeling like yourself
    [energy] energy
    [own] { $words }
   *[own_words] “{ $words }”
  }
result-measure-at-start = { $measure ->
    [mood] Mood
    [sleep_hours] Sleep
    [sleep_quality] Sleep quality
    [like_myself] Feeling like yourself
    [energy] Energy
    [own] { $words }
   *[own_words] “{ $words }”
  }

## Parts of sentences

result-amount = { $unit ->
    [hours] { $size ->
        [one] { $size } hour
       *[other] { $size } hours
      }
   *[points] { $size ->
        [one] { $size } point
       *[other] { $size } points
      }
  }
result-more = { $unit ->
    [hours] longer
   *[points] higher
  }
result-less = { $unit ->
    [hours] shorter
   *[points] lower
  }
result-bound = { $side ->
    [higher] { $size } { result-more }
    [lower] { $size } { result-less }
   *[same] no difference
  }
result-means = {" "}({ $on } against { $off })
result-mean = { NUMBER($mean, minimumFractionDigits: 1, maximumFractionDigits: 1) }
result-rating = { $unit ->
    [hours] { $rating ->
        [one] { $rating } hour
       *[other] { $rating } hours
      }
   *[points] { $rating }
  }
result-day-number = day { $number }
result-weekday = { $weekday ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
  }
result-weekday-initial = { $weekday ->
    [0] M
    [1] T
    [2] W
    [3] T
    [4] F
    [5] S
   *[6] S
  }
result-day = { result-weekday } { $day } { result-month }
result-date = { $day } { result-month } { $year }
result-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  }

## Rated days that stand beside no kind of day, and why

result-aside = { $reason ->
    [different_amount] { $n ->
        [one] 1 day is set aside: a different amount.
       *[other] { $n } days are set aside: a different amount.
      }
    [not_due] { $n ->
        [one] 1 day is set aside: no dose was due.
       *[other] { $n } days are set aside: no dose was due.
      }
    [rather_not_say] { $n ->
        [one] 1 day is set aside: you did not say.
       *[other] { $n } days are set aside: you did not say.
      }
    [after_switch] { $n ->
        [one] 1 day is set aside: just after a change.
       *[other] { $n } days are set aside: just after a change.
      }
    [before_start] { $n ->
        [one] 1 day is set aside: the dose before it is not in this record.
       *[other] { $n } days are set aside: the dose before them is not in this record.
      }
   *[unlogged] { $n ->
        [one] 1 day is set aside: no answer about the dose.
       *[other] { $n } days are set aside: no answer about the dose.
      }
  }

## What holds the result at "cannot tell"

result-cap-prescriber-first = Because a difference here can be the effect of a gap, Fortnight cannot tell from these days.
safety-cap-mood-swayed = Because on some days you did not take it because of how you felt, Fortnight cannot tell from these days.
safety-cap-changed-after-start = Because what you had set up was changed after you began, Fortnight cannot tell from these days.
result-cap-late-answers = Because some answers were written after you first looked, Fortnight cannot tell from these days.
result-cap-unreadable = Because what you wrote on some days cannot be opened any more, Fortnight cannot tell from these days.
safety-cap-weekend = Because { $weekend } of your { $n } days { $kind ->
    [on] with it
   *[off] without
  } were at the weekend, Fortnight cannot tell from these days.

## The results

safety-stands-out = On the { $on } days you took it, { $measure } was about { $amount } { $side ->
    [higher] { result-more }
   *[lower] { result-less }
  }; the range that fits runs from { $near } to { $far }. That is more than your ordinary ups and downs usually produce. It does not say why, and small samples tend to overstate.
safety-cannot-tell = On the { $on } days you took it, { $measure } was about { $amount } { $side ->
    [higher] { result-more }
   *[lower] { result-less }
  }{ $means }. With this few days a difference this size can happen by chance: the range that fits your days runs from { $lower } to { $upper }. It neither shows a difference nor rules one out.
safety-cannot-tell-same = { $measure } was about the same on both kinds of day{ $means }. With this few days a difference this size can happen by chance: the range that fits your days runs from { $lower } to { $upper }. It neither shows a difference nor rules one out.
safety-checks-disagree = The range leaves out no difference at all, but another check does not agree, so Fortnight does not tell.
safety-no-comparison = These days do not make a comparison. Days without it are never something to aim for.
safety-daily-line = Your daily line is worth looking at together.
safety-one-block = The days came in blocks, and a change over time looks exactly the same as a change from the medicine.
safety-no-variation = You gave the same answer every day, so there is nothing to compare. That is worth talking about too.
safety-carry-over = This medicine stays in the body about { $days ->
    [one] 1 day
   *[other] { $days } days
  }. A day without a dose is not a day without the medicine, so on and off days cannot be compared.
safety-dilution = Because it wears off slowly, this comparison would show only about { $tenths } tenths of a real difference.
safety-could-have-shown = Even a real difference of { $amount } would more often be missed than seen in { $days ->
    [14] two weeks
    [one] 1 day
   *[other] { $days } days
  }.
safety-set-aside = You set the comparison aside while things were hard. Your days are kept.
safety-not-yet = The comparison comes when your fortnight ends, so that looking early does not sway it. Every day is here already.

## What every result says with it

safety-days-not-chosen = You rated { $rated } of { $length } days: { $on } with the medicine, { $off } without. These days were not chosen by chance, so anything that goes along with taking or not taking it (sleep, a bad day, the weekend, what you expected) can look like the medicine. If how you felt swayed whether you took it, days like these come out often with no effect at all.
safety-standing = What eases first without a medicine is often its side effects. What it protects against can return weeks or months later. { $days ->
    [0] A few days
    [14] Two weeks
    [one] 1 day
   *[other] { $days } days
  } cannot see that.
safety-gap-effect = Feeling worse after a gap can come from the gap; feeling better can be for a while. Neither answers whether it is right for you.
safety-onset = Medicines like this work over weeks. { $days ->
    [0] A few days
    [14] Two weeks of days
    [one] 1 day
   *[other] { $days } days
  } cannot show whether it helps.
safety-as-needed = You take it on the days that are harder, so harder days and days with it go together, whatever it does.

## Notice only: what the fortnight was like

safety-notice-ratings = { $length ->
    [14] Your fortnight
    [one] Your 1 day
   *[other] Your { $length } days
  }: { $measure } { $spread ->
    [range] mostly { $low } to { $high }
   *[one] mostly { $high }
  }, lowest on { $lowest }, highest on { $highest }.
safety-notice-same = { $length ->
    [14] Your fortnight
    [one] Your 1 day
   *[other] Your { $length } days
  }: { $measure } { $rating } on { $n ->
    [one] the 1 day you rated
   *[other] all { $n } days you rated
  }.
result-notice-unrated = { $length ->
    [14] Your fortnight
    [one] Your 1 day
   *[other] Your { $length } days
  }: written down without ratings.
safety-notice-side-effect = { $name } on { $n ->
    [one] 1 day
   *[other] { $n } days
  }.
safety-notice-note = You wrote: '{ $note }'{ $ends ->
    [closed] {""}
   *[open] .
  }
safety-notice-ask = What stands out to you?
result-notice-nothing = { $running ->
    [yes] Nothing is written down yet.
   *[no] Nothing was written down.
  }
result-two-days = { $first } and { $second }
result-some-days = { $n } days
