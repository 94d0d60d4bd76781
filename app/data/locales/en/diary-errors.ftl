### What cannot be read in a diary that somebody brings. Rows and columns are named as a spreadsheet names them.

error-diary-unreadable = Something in this diary could not be read, so nothing was brought in.

## Where it is

diary-place-row = Row { $row }
diary-place-column = Column { $column }
diary-place-named = Row { $row }, “{ $name }”
diary-place-named-column = “{ $name }”
diary-place-cell = Row { $row }, column { $column }

## The file as a whole

diary-error-too-large = This file is too long. Bring a part of it: up to 28 days are looked at together.
diary-error-empty = There is nothing in this file.
diary-error-no-rows = There are no days below the names of the columns.
diary-error-too-many-rows = This file has too many rows. Bring a part of it: up to 28 days are looked at together.
diary-error-too-many-columns = This file has too many columns. Bring only the ones you want to look at.
diary-error-one-column = Only one column was found. A diary needs a column with the day and one with what you noted.
diary-error-no-header = The first row needs the names of the columns, such as day, dose and mood.
diary-error-name-too-long = The name of this column is too long.
diary-error-too-many-cells = This row has more cells than there are columns. A comma inside a number can do that.
diary-error-quotes-unclear = The quotation marks in this row do not add up, so it is not clear where a cell ends.

diary-error-not-that-app = This file turned out not to be an export from that app. Read it as an ordinary table.

## Columns

diary-error-column-unknown = This file has no column with the name that was chosen.
diary-error-column-twice = This column was chosen for two things. Choose it for one.
diary-error-column-empty = This column is empty.
diary-error-scale-impossible = The lowest answer, the highest answer and the step do not fit together.

## Days

diary-error-day-missing = There is no day in this row.
diary-error-day-unreadable = This is not a day that can be read. Days look like 2026-12-31, 31.12.2026 or 14.
diary-error-day-twice = This day is in the diary a second time. Keep one row for each day.
diary-error-day-order-unclear = Day and month could be swapped in this column. Choose which comes first.
diary-error-window-other-kind = The first day has to be written the way this column writes days.
diary-error-window-not-over = These days are not over yet. Choose days that all lie in the past.
diary-error-window-empty = There is nothing written in the days that were chosen.

## Cells

diary-error-dose-unclear = It is not said yet what this dose means.
diary-error-number-unreadable = This is not a number that can be read.
diary-error-number-outside = This number lies outside the lowest and highest answer of this column.
diary-error-number-off-step = This number lies between two steps of this column.
diary-error-mood-unplaced = This mood has no place yet between the lowest and the highest.
diary-error-zero-unclear = It is not said yet what a 0 means in this file.
diary-error-entries-unordered = This day has more than one entry, and the file does not say which came last.
diary-error-decimals-mixed = Some numbers in this column have a decimal comma and some a point. Use one of them.
