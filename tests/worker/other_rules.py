"""A worker in a process of its own, under whatever rules of time zones are installed there: `python -m`, with what
it is to do as JSON. Says what it sent at which of the instants, and what is queued then."""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from app.core import config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain import schedule
from app.models.reminders import Reminder
from app.services.house import open_house
from app.services.queue_look import QueueLook
from app.worker import Worker
from sqlmodel import select

from tests.reminding import Recorder, waiting


def main() -> None:
    asked = json.loads(sys.argv[1])
    house = open_house(config.load({}, data=Path(asked["data"]), database_url=asked["database_url"], threads=4))
    clock = [datetime.fromisoformat(asked["instants"][0])]
    push, look, said = Recorder(), QueueLook(house.engine), []
    worker = Worker(house, push, now=lambda: clock[0])
    worker.start()
    for instant in asked["instants"]:
        clock[0] = datetime.fromisoformat(instant)
        before = len(push.got)
        while worker._behind is not None or look.any_due(clock[0]) or waiting(house):
            time.sleep(0.02)
        days = [json.loads(message.body)["reminder"]["day"] for _, message in push.got[before:]]
        with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
            rows = session.exec(select(Reminder).order_by(Reminder.at)).all()
            queued = [row.next_due_at.isoformat() if row.next_due_at else None for row in rows]
        said.append({"sent": days, "queued": queued})
    worker.stop()
    look.close()
    house.close()
    print(json.dumps({"edition": schedule.edition(), "at": said}))


if __name__ == "__main__":
    main()
