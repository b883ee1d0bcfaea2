"""A worker that needs no database: it writes what it is given and told to a file."""

import asyncio
import logging
import os
import sys
import warnings
from pathlib import Path

from app.extensions.loops import Window
from app.extensions.tickets import Ticket
from app.extensions.workers import run_worker

NOT_ADMITTED = 666


def serve_tickets(url: str, queue: str, path: Path, pause: float) -> None:
    """The process, in the folder of the file and with that folder's modules in reach; what it is warned of ends it."""
    warnings.simplefilter("error")
    logging.basicConfig(level="INFO", format="%(name)s %(message)s")
    os.chdir(path.parent)
    sys.path.insert(0, str(path.parent))

    def say(line: str) -> None:
        with path.open("a") as file:
            file.write(line + "\n")

    async def deliver(ticket: Ticket) -> None:
        say(f"began {ticket.delivery_id}")
        await asyncio.sleep(pause)
        say(f"done {ticket.tenant_id} {ticket.delivery_id} {ticket.attempt}")

    window = Window(4, deliver)

    async def work(tickets: list[Ticket]) -> None:
        if any(ticket.delivery_id == NOT_ADMITTED for ticket in tickets):
            raise RuntimeError("no admission")
        await window.admit(tickets)

    async def startup() -> None:
        say("startup")

    async def shutdown(_seconds: float) -> None:
        say(f"left {len(window.close())}")
        await window.drain(5)
        say("shutdown")

    run_worker(
        url,
        queue,
        work,
        startup=startup,
        closing=window.stop,
        shutdown=shutdown,
        refused=lambda reason: say(f"refused {reason}"),
    )
