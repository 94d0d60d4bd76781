### The page for a prescriber. Whoever reads it is not the person whom it is about: `safety-brief-*` and
### `brief-result-*` are the sentences of result.ftl with "taken" for "you took it" and nothing else changed.

common-screen-brief = A page for my prescriber

## The head

brief-title = { $days ->
    [0] The first day
    [14] Two weeks
    [one] 1 day
   *[other] { $days } days
  } { $kind ->
    [without] of notes, without { $medicine }
   *[with] with { $medicine }
  }
brief-nickname = “{ $label }”
brief-title-plain = { $days ->
    [0] Notes so far
    [14] Two weeks of notes
    [one] 1 day of notes
   *[other] { $days } days of notes
  }
brief-made = Made by the patient
brief-made-by = Made by { $who }
brief-for = for a visit with { $who }
brief-on = on { $date }
brief-period = { $day } { $within ->
    [month] {""}
    [year] { result-month }{" "}
   *[years] { result-month } { $year }{" "}
  }to { $last }
brief-days = { $n ->
    [one] 1 day
   *[other] { $n } days
  }
brief-medicine = Medicine
brief-medicine-state = Now
brief-never-started = never started it
brief-strength = Strength
brief-time = Usual time
brief-since = Since
brief-stopped = Stopped on
brief-changed-line = What else changed
brief-told = Prescriber
brief-told-on = { $words } on { $date }

## The words of whoever made it

brief-question = The question
brief-words = In my words
brief-not-told = What I have not told you before
brief-questions = My questions

## The days

brief-result-title = { $measure } on days taken and days not taken: { $title }
brief-chart = The days in order
brief-chart-doses = Doses
brief-table = The same as a table
brief-chart-scale = { $low } to { $high }
brief-chart-ends = { $low } { $lowest }, { $high } { $highest }
brief-chart-sentence = Something was written on { $logged } of { $length ->
    [one] 1 day
   *[other] { $length } days
  }. A short dash below: nothing was written.
brief-chart-day-before = { $measure } is marked by the dose of the day before. The row of doses has each day’s own.
brief-key-on = taken
brief-key-off = not taken
brief-key-aside = another answer about the dose, or none
brief-sides = On both kinds of day
brief-sides-note = The first row is the measure that answers the question, with its plain means. The others are from the lowest to the highest.
brief-measure = Measure
brief-on-days = Days taken
brief-off-days = Days not taken
brief-mean = { $mean } ({ $days })
brief-range = { $range } ({ $days })
brief-ranges = What was noticed
brief-mostly = Mostly
brief-lowest-highest = Lowest to highest
brief-rated = Rated on
brief-without-heading = Days without it
brief-without = { $n ->
    [one] 1 day without it
   *[other] { $n } days without it
  }: { $reasons }.
brief-without-on = { $n ->
    [one] 1 day without it
   *[other] { $n } days without it
  } ({ $days }){ $reasons ->
    [none] .
   *[given] : { $said }.
  }
brief-without-none = No day without it was written down.
brief-reason = { $reason ->
    [forgot] forgot
    [felt_bad] felt bad
    [felt_fine] felt fine
    [side_effects] side effects
    [ran_out] ran out
    [chose_to] chose to
    [other] another reason
   *[unsaid] no reason said
  } { $n }
brief-effects = Side effects
brief-effects-more = { $n ->
    [one] 1 more was noted later.
   *[other] { $n } more were noted later.
  }
brief-effects-none = None of those on the patient’s list was noted.
brief-effect = What
brief-noted = Noted on
brief-worst = At its worst
brief-bother = { $bother ->
    [0] no bother
    [1] a little
    [2] quite a bit
    [3] a lot
   *[unsaid] not said
  }
brief-first = First
brief-decided = What we decide today, in my words
brief-not-logged = Nothing of this was written on { $n } of { $length ->
    [one] 1 day
   *[other] { $length } days
  }.
brief-not-logged-doses = Such a day counts neither as taken nor as not taken.
brief-cap-of-these-days = With what was written about these days, Fortnight cannot tell from them.
brief-limits-heading = What this cannot show
brief-observed = Written down by the patient in daily life. It is not a medical device and gives no advice about a dose.
brief-foot = Fortnight { $version }, page { $page }, made on { $date }
brief-foot-draft = Fortnight { $version }, not yet made

## The sentences of the result, read by somebody else

brief-result-title-notice-only = The fortnight
brief-result-title-notice-only-so-far = The fortnight so far
brief-result-aside = { $reason ->
    [different_amount] { $n ->
        [one] 1 day is set aside: a different amount.
       *[other] { $n } days are set aside: a different amount.
      }
    [not_due] { $n ->
        [one] 1 day is set aside: no dose was due.
       *[other] { $n } days are set aside: no dose was due.
      }
    [rather_not_say] { $n ->
        [one] 1 day is set aside: not said.
       *[other] { $n } days are set aside: not said.
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
brief-result-stopped-before-start = This was stopped before its first day, so there are no days to look at.
brief-result-stopped-early = Stopped after { $days ->
    [one] 1
   *[other] { $days }
  } of { $length } days.
brief-result-unreadable = What was written on { $n ->
    [one] 1 day
   *[other] { $n } days
  } cannot be opened any more. It is counted as not logged.
brief-result-unreadable-aside = What was written on { $n ->
    [one] 1 day
   *[other] { $n } days
  } cannot be opened any more, so the days are not compared.
brief-result-cap-late-answers = Because some answers were written after the first look, Fortnight cannot tell from these days.
brief-result-cap-unreadable = Because what was written on some days cannot be opened any more, Fortnight cannot tell from these days.
brief-result-notice-unrated = { $length ->
    [14] The fortnight
    [one] The 1 day
   *[other] The { $length } days
  }: written down without ratings.
brief-result-measure-inside = { $measure ->
    [mood] mood
    [sleep_hours] sleep
    [sleep_quality] sleep quality
    [like_myself] feeling like myself
    [energy] energy
    [own] { $words }
   *[own_words] “{ $words }”
  }
brief-result-measure-at-start = { $measure ->
    [mood] Mood
    [sleep_hours] Sleep
    [sleep_quality] Sleep quality
    [like_myself] Feeling like myself
    [energy] Energy
    [own] { $words }
   *[own_words] “{ $words }”
  }
safety-brief-cap-mood-swayed = Because on some days it was not taken because of how the patient felt, Fortnight cannot tell from these days.
safety-brief-cap-changed-after-start = Because what had been set up was changed after it began, Fortnight cannot tell from these days.
safety-brief-cap-weekend = Because { $weekend } of the { $n } days { $kind ->
    [on] with it
   *[off] without
  } were at the weekend, Fortnight cannot tell from these days.
safety-brief-stands-out = On the { $on } days taken, { $measure } was about { $amount } { $side ->
    [higher] { result-more }
   *[lower] { result-less }
  }; the range that fits runs from { $near } to { $far }. That is more than ordinary ups and downs usually produce. It does not say why, and small samples tend to overstate.
safety-brief-cannot-tell = On the { $on } days taken, { $measure } was about { $amount } { $side ->
    [higher] { result-more }
   *[lower] { result-less }
  }{ $means }. With this few days a difference this size can happen by chance: the range that fits the days runs from { $lower } to { $upper }. It neither shows a difference nor rules one out.
safety-brief-cannot-tell-same = { $measure } was about the same on both kinds of day{ $means }. With this few days a difference this size can happen by chance: the range that fits the days runs from { $lower } to { $upper }. It neither shows a difference nor rules one out.
safety-brief-daily-line = The daily line is worth looking at together.
safety-brief-no-variation = The answer was the same every day, so there is nothing to compare. That is worth talking about too.
safety-brief-set-aside = The comparison was set aside while things were hard. The days are kept.
safety-brief-not-yet = The comparison comes when the fortnight ends, so that looking early does not sway it. Every day is here already.
safety-brief-days-not-chosen = Rated: { $rated } of { $length } days, { $on } with the medicine, { $off } without. These days were not chosen by chance, so anything that goes along with taking or not taking it (sleep, a bad day, the weekend, what was expected) can look like the medicine. If how the patient felt swayed whether it was taken, days like these come out often with no effect at all.
safety-brief-gap-effect = Feeling worse after a gap can come from the gap; feeling better can be for a while. Neither answers whether it is right for the patient.
safety-brief-as-needed = It is taken on the days that are harder, so harder days and days with it go together, whatever it does.
safety-brief-notice-ratings = { $length ->
    [14] The fortnight
    [one] The 1 day
   *[other] The { $length } days
  }: { $measure } { $spread ->
    [range] mostly { $low } to { $high }
   *[one] mostly { $high }
  }, lowest on { $lowest }, highest on { $highest }.
safety-brief-notice-same = { $length ->
    [14] The fortnight
    [one] The 1 day
   *[other] The { $length } days
  }: { $measure } { $rating } on { $n ->
    [one] the 1 day that was rated
   *[other] all { $n } days that were rated
  }.

## Preparing it

brief-intro = One page that your prescriber can read in a minute. You choose what is on it, and you see it before it goes anywhere.
brief-own-heading = What I want to say and ask
brief-own-hint = You can leave anything out.
brief-words-field = What do I want them to know?
brief-words-hint = Up to 400 letters, in your words.
brief-questions-field = My questions, most important first
brief-question-number = Question { $number }
brief-question-up = up
brief-question-moved = Now question { $number }.
brief-ideas = Questions others ask
brief-idea-added = On your list: { $question }
brief-ideas-hint = A tap puts one on your list. You can change it there.
brief-idea-staying = What might staying on it look like?
brief-idea-sudden = What happens if I stop suddenly, or already have?
brief-idea-slow = What would a slow, planned change look like?
brief-idea-time = What would another time of day change?
brief-idea-dose = What would another dose change?
brief-idea-other = What else is there for what I have?
brief-idea-feeling = Could what I noticed come from this medicine?
brief-idea-again = What might taking it again look like?
brief-idea-without = What might staying without it look like?
brief-idea-begin = What might starting it look like?
brief-idea-wait = What would we see if we waited, and for how long?
brief-visit-heading = The visit
brief-prescriber = Whom do I see?
brief-visit-on = When?
brief-called-field = My name or initials, as I like
brief-called-hint = Empty: “made by the patient”.
brief-more-heading = About the medicine
brief-more-said = Strength, since when, what else changed
brief-strength-field = Strength, as it says on the pack
brief-since-field = Since when?
brief-changed-field = What else changed in these weeks?
brief-changed-hint = Another medicine, another dose, other sleep, other work.
brief-parts-heading = What is on the page
brief-parts-hint = Nothing is on it until you turn it on.
brief-usual = Turn on what is often on it
brief-none = Turn all off
brief-part-medicine = The medicine
brief-part-medicine-hint = Its name, and what you wrote about it.
brief-part-question = Your question
brief-part-words = What you want to say
brief-part-not_told = What you have not told them
brief-part-not_told-hint = Nobody sees it until you turn this on.
brief-part-questions = Your questions for the visit
brief-part-mood = Mood
brief-part-sleep = Sleep
brief-part-doses = Doses
brief-part-doses-hint = On which days it was taken, and what follows from that. It can show what kind of medicine it is.
brief-part-reasons = Why not, on days without it
brief-part-reasons-hint = Only with doses. The reasons that you chose, counted.
brief-part-like_myself = Felt like myself
brief-part-own_measures = Your own words to rate
brief-part-side_effects = Side effects
brief-keep = Keep this
brief-look = See the page
brief-looking = One moment
brief-nothing-on = Turn something on first. An empty page says nothing.
brief-preview-heading = This is exactly what would be on it
brief-changed-since = You changed something. Look at the page again before you make it.
brief-make = Make this page
brief-made-now = Made: page { $page }. Save it, print it, or keep it here.
brief-save-pdf = Save as a PDF
brief-print = Print
brief-copies = Pages you made
brief-copies-hint = Each is kept as it was. Nobody else sees one unless you make a link to it.
brief-copy = Page { $page }, { $date }
brief-copy-links = { $n ->
    [one] 1 link opens it. You can close it here.
   *[other] { $n } links open it. You can close them here.
  }
brief-copy-open = Look at it
brief-copy-close = Put it away
brief-copy-unreadable = This page cannot be opened any more.
brief-copy-remove = Take it off this list
brief-copy-removed = Taken off the list. A link to it opens nothing any more. What somebody saved or printed is still where they keep it.
brief-unreadable = What you wrote for the visit cannot be opened any more. You can write it anew.
brief-gone = This fortnight is not here.
