"""A fortnight as its owner takes it along: the days as a table, what is in the archive, and the archive itself."""
