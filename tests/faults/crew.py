"""The processes that `make faults` breaks: the real ones, which come to the points of `points.py` and know one handler more."""

import asyncio
import logging
import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import uvicorn

from app.api import DrainingServer
from app.auth.commons import Commons
from app.config import Settings, load_settings
from app.extensions.logs import configure_logs
from app.extensions.module import Handler, Module
from app.extensions.queue import DeliveryQueue
from app.extensions.tickets import Ticket
from app.installed import INSTALLED
from app.main import build_app
from app.modules.catalog.events import ProductCreated
from app.relay import relay_until_stopped
from app.worker import DeliveryWorker, work
from tests.faults.points import Strikes
from tests.faults.slow_worker import EFFECT, HANDLER_SECONDS, SLOW_SECONDS

HANDLER = "faults.note"
IDLE_SECONDS = 5.0
"""For how long a kept-alive connection is kept idle."""
logger = logging.getLogger("app.faults")


@dataclass
class Noting:
    """The handler of operations: writes the effect of each, then does what the product's number says."""

    strikes: Strikes
    repeats: int = 1
    sent: int = field(default=0, init=False)

    async def note(self, event: ProductCreated, commons: Commons) -> None:
        """`exit-1` ends the process, `raise-1` raises, `hang-1` never comes back, `slow-1` takes its time; others just work."""
        await commons.uow.connection.execute(EFFECT, commons.tenant_id, event.sku, commons.request_id)
        self.strikes.in_handler(commons.uow)
        mood = event.sku.partition("-")[0]
        if mood == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if mood == "exit":
            os._exit(9)
        if mood == "raise":
            raise RuntimeError("asked to raise")
        if mood == "hang":
            await asyncio.Event().wait()

    def modules(self) -> Sequence[Module]:
        """All of ours, and this handler's."""
        handler = Handler(ProductCreated, self.note, timeout_seconds=HANDLER_SECONDS, alias=HANDLER)
        return (*INSTALLED, Module(name="faults", needs=("catalog",), handlers=(handler,)))

    def repeat(self) -> None:
        """Make this process, a relay, send every delivery so often, shuffled."""
        push = DeliveryQueue.push_all

        async def pushed(queue: DeliveryQueue, tickets: Mapping[str, Sequence[Ticket]]) -> None:
            many = {name: [*part] * self.repeats for name, part in tickets.items()}
            for part in many.values():
                random.shuffle(part)
            await push(queue, many)
            logger.info("sent again", extra={"deliveries": (self.repeats - 1) * sum(map(len, tickets.values()))})

        patch.object(DeliveryQueue, "push_all", pushed).start()


def _noting(folder: str, role: str) -> Noting:
    noting = Noting(Strikes(Path(folder), role))
    noting.strikes.plant()
    return noting


def serve_api(environment: Mapping[str, str], folder: str, port: int) -> None:
    """An API, as `app.api` serves it."""
    os.environ.update(environment)
    settings = load_settings()
    configure_logs("INFO")
    app = build_app(settings, modules=_noting(folder, "api").modules())
    grace: Any = settings.web.grace_seconds
    idle: Any = settings.web.drain_seconds or IDLE_SECONDS
    config = uvicorn.Config(
        app,
        port=port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=grace,
        timeout_keep_alive=idle,  # no longer than the drain, as in earnest
    )
    DrainingServer(config, web=settings.web, on_drain=app.state.readiness.drain).run()


def serve_worker(settings: Settings, folder: str, is_kept: int) -> None:
    """A worker of the default queue, with its keeper where it is kept: without, its end is that of a whole pod."""
    configure_logs("INFO")
    modules = _noting(folder, "worker").modules()
    if is_kept:
        work(settings, "default", modules=modules)
    else:
        DeliveryWorker(settings, modules=modules).serve("default")


def serve_relay(settings: Settings, folder: str, repeats: int) -> None:
    """A relay."""
    configure_logs("INFO")
    noting = _noting(folder, "relay")
    noting.repeats = repeats
    if repeats > 1:
        noting.repeat()
    relay_until_stopped(settings)
