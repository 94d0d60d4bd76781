"""`fortnight worker`: fires and sends reminders, beside the server. For PostgreSQL; as many as wanted."""

import asyncio
import signal


def worker() -> None:
    """Send reminders until stopped. On SQLite `run` does it by itself, and this refuses."""
    from app.cli.serving import prepare, refuse, say  # noqa: PLC0415 - heavy
    from app.core.config import Settings, WrongSettings  # noqa: PLC0415
    from app.worker import Worker, run  # noqa: PLC0415

    def only_beside_a_server(settings: Settings) -> None:
        if settings.sqlalchemy_url.startswith("sqlite"):
            raise WrongSettings("On SQLite the server sends reminders by itself: ./fortnight run is all there is.")

    house = prepare({}, check=only_beside_a_server)
    if house.push.problem:
        refuse(house.push.problem)
    ours = Worker(house)

    async def until_told() -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, ours.stop)
        say("Sending reminders.")
        await ours.run()

    try:
        run(until_told())
    finally:
        house.close()
