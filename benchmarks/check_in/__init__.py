"""The check-in PUT beside what its database and its framework could do at the most (PERFORMANCE.md)."""
