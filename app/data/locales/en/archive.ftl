### Taking everything along: what stands in README.txt, and the few words in the other files of the archive.

archive-title = Your fortnight
archive-made = Made on { $date } at { $time } (UTC).
archive-days = Its days: { $from } to { $to }.
archive-days-counted = Its days are counted, as in the diary that you brought. They have no dates.
archive-days-none = It has no days.
archive-yours = This is yours. Outside of Fortnight it is no longer sealed. Whoever has this file can read it, so keep it where you would keep a diary.

## The files

archive-files = What is in it
archive-file-readme = this page
archive-file-json = all there is, for a computer to read. What you set up and what you wrote, each day with its earlier versions. The result is in it too, where there is one to show
archive-file-csv = your days as a table, one row for each day. It opens in a spreadsheet
archive-file-fhir = your doses, sleep and ratings, and with whom you shared, in the form that health records use (FHIR R4). It holds no name of yours. Your notes are not in it
archive-file-ics = one entry for a calendar, over all of its days. It says only “{ $title }”
archive-file-brief = a page that you made for a prescriber, as it was then
archive-file-briefs-most = Only the latest { $most } of these pages are here as a PDF. All of them are in fortnight.json.
archive-covered = You keep the result covered, so it is left out. Your own answers are all here. A page for a prescriber that you made before may still show it.
archive-unreadable = { $count ->
    [one] One day cannot be opened any more. Its row is empty and says “unreadable”.
   *[other] { $count } days cannot be opened any more. Their rows are empty and say “unreadable”.
  }
archive-plan-unreadable = What you had set up cannot be opened any more, so names are missing here.
archive-briefs-unreadable = A page that cannot be opened any more is not here as a PDF.
archive-no-secrets = No password is in it, no code of your account, and no link that opens a page.

## The columns of check-ins.csv

archive-columns = The columns of check-ins.csv
archive-columns-empty = An empty cell is a question that was not answered. A gap is never filled in.
archive-column-day = the day (year, month, day). Empty where days are only counted
archive-column-day-number = 1 is the first day. A diary that counts its days keeps its own numbers
archive-column-state = logged, not_logged, to_come, or unreadable where it cannot be opened any more
archive-column-dose = taken, different_amount, not_taken, not_due or rather_not_say
archive-column-dose-reason = why a dose was not taken, where you said so
archive-column-dose-time = the time of day at which you usually take it, as you set it up. The hour of a dose is never asked
archive-column-hard-day = yes, where you said that it was just a hard day
archive-column-mood = 0 to 10, or the scale of a diary that you brought
archive-column-sleep-hours = hours of sleep in the night before
archive-column-sleep-quality = 1 to 5
archive-column-like-myself = 0 to 10
archive-column-energy = 0 to 10
archive-column-own = 0 to 10, for each word of your own. Its name stands behind own1, own2 or own3
archive-column-side-effect = how much it bothered you, from 0 (not at all) to 3 (a lot). There is a column for each side effect
archive-column-side-effects-words = what you wrote about them
archive-column-worrying = signs that you marked, with a semicolon between them
archive-column-thoughts = yes, no or rather_not_say
archive-column-anything-else = what you wrote about alcohol or anything else
archive-column-note = your note
archive-column-note-starred = yes, where the note has a star
archive-column-written-at = when what stands in this row was written

archive-apostrophe = Where a text begins with a sign that a spreadsheet takes for a sum, an apostrophe (’) stands before it, in its straight form. The signs are = + - @, a tab and a new line. Numbers are left as they are.
archive-apostrophe-back = To have your words back just as you wrote them: where a cell begins with apostrophes and then such a sign, take one apostrophe away.
archive-comma = The cells are parted by commas. If your spreadsheet asks, choose the comma.

## Words in fhir.json

archive-ratings = Ratings of a fortnight
archive-day-number = Day of the fortnight
archive-day-date = Date
archive-day = Day { $number }
archive-scale = { $name }, { $least } to { $most }
archive-scale-named = { $name }: { $least } is “{ $low }”, { $most } is “{ $high }”
