### Made for whoever looks at a shared fortnight with the person who kept it. domain/asking.py and domain/since.py
### choose. Open questions only: no direction, no why, nothing held against what was expected.

asking-worrying = Something new or worrying came up in these days. Who has looked at it so far?
asking-stands-out = The days with it and the days without it were not alike. How does that sit with how it felt?
asking-unsettled = These days could not settle it. What was it like to watch?
asking-note = A note has a star. What made that day one to keep?
asking-side-effect =
    “{ $name }” came up on { $n ->
        [one] one day
       *[other] { $n } days
    }. What was it like to have it?
asking-question = What made this the question to ask?
asking-both-kinds = Some days were with it and some without. What was going on in each?
asking-own-measure = “{ $name }”: what would a day full of it be like?
asking-nights = { $measure } went from { $low } to { $high }. What was different between those nights?
asking-hard-days = Some days were just hard. What helped to get through them?
asking-first = What would be good to look at first?
asking-watching = What is it like to watch these days?
asking-watching-over = What was it like to watch these days?
asking-worth = Is writing it down still worth the time? Stopping is as good an answer.
asking-worth-over = Was writing it down worth the time?
asking-else = What else was going on in these days?

since-rated = { $measure } was { $spread ->
        [one] { $high }
       *[range] between { $low } and { $high }
    } since you last met; before that { $before_spread ->
        [one] { $before_high }
       *[range] between { $before_low } and { $before_high }
    }.
since-rated-first = { $measure } was { $spread ->
        [one] { $high }
       *[range] between { $low } and { $high }
    } since you last met.
since-ended = The fortnight has come to its end since then.
since-side-effect = New since then: “{ $name }”.
since-notes =
    { $n ->
        [one] One note was starred since then.
       *[other] { $n } notes were starred since then.
    }

## One measure over all days, in a line

glance-none = { $measure }: nothing here yet.
glance-range = { $measure }: { $spread ->
        [one] { $high }
       *[range] { $low } to { $high }
    }, on { $n ->
        [one] one day
       *[other] { $n } days
    }.
