"""Measurements, as ratios within one run. `./fortnight bench NAME [--json]`; nothing here is a test."""
