### Taking everything along: what stands in README.txt, and the few words in the other files of the archive.

## Words in fhir.json

archive-ratings = Ratings of a fortnight
archive-day-number = Day of the fortnight
archive-day-date = Date
archive-day = Day { $number }
archive-scale = { $name }, { $least } to { $most }
archive-scale-named = { $name }: { $least } is “{ $low }”, { $most } is “{ $high }”
