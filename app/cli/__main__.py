"""`python -m app.cli`: what the launcher calls."""

from app.cli import cli

cli(prog_name="./fortnight")
