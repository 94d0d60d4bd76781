"""The command line: one file per command, each a function with its options as parameters.

A command imports what is heavy inside its function, so that `--help` answers at once.
"""

import typer

from app.cli import analyse, bench, demo, doctor, invite, run, worker

cli = typer.Typer(name="fortnight", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def fortnight() -> None:
    """Fortnight: two weeks of noticing, owned by the person who writes."""


cli.command("run")(run.run)
cli.command("demo")(demo.demo)
cli.command("worker")(worker.worker)
cli.command("doctor")(doctor.doctor)
cli.command("bench")(bench.bench)
cli.command("invite")(invite.invite)
cli.command("analyse")(analyse.analyse)
