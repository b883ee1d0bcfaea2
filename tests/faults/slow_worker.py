"""A worker whose handler does what its event asks: work, wait at a gate, raise, hang, end the process."""

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import uvicorn  # noqa: F401 - imported before the fork, so that an API starts at once

from app.auth.commons import Commons
from app.config import Settings
from app.exceptions import Unavailable
from app.extensions.events import Event
from app.extensions.logs import configure_logs
from app.extensions.module import Handler, Module
from app.extensions.tasks import Task, TaskRun
from app.installed import INSTALLED
from app.manage import cli, processes
from app.utils.schemas import BaseSchema
from app.worker import DeliveryWorker, work

logger = logging.getLogger("app.faults")

HANDLER_SECONDS = 1.0
SLOW_SECONDS = 0.05
RAISED = {
    "raise": RuntimeError("asked to raise"),
    "refused": ConnectionRefusedError("a server of somebody else is away"),
    "unavailable": Unavailable("a service behind us is away"),
}
TOO_MUCH = 4 * 1024**3
MISDEEDS: dict[str, Callable[[], object]] = {
    "exit": lambda: os._exit(9),
    "block": lambda: time.sleep(3600),
    "eat": lambda: bytearray(TOO_MUCH),
}
"""What a handler should not do."""
EFFECT = """
INSERT INTO audit_entries (tenant_id, at, actor, action, target, request_id) VALUES ($1, now(), 'system', 'faults.effect', $2, $3)
"""


@dataclass(frozen=True, slots=True)
class Asked(Event):
    """A test asked for an effect, and for a mood to bring it about in; `gate` is a file to wait for, with "query" in a statement."""

    name: ClassVar[str] = "faults.asked"
    label: str
    mood: str = "work"
    gate: str = ""


@dataclass(frozen=True, slots=True)
class Ordered(Asked):
    """As asked, but one after another where the label begins alike."""

    name: ClassVar[str] = "faults.ordered"


@dataclass(frozen=True, slots=True)
class Hung(Event):
    """A test asked for a handler that never comes back."""

    name: ClassVar[str] = "faults.hung"
    label: str


class Waiting(BaseSchema):
    """What a task waits for: a file."""

    gate: str


WAIT = "faults.wait"


async def wait(run: TaskRun[Waiting]) -> None:
    """Say so in the log, then wait for the file."""
    logger.info("waits")
    while not Path(run.payload.gate).exists():  # noqa: ASYNC110, ASYNC240 - the event is in another process
        await asyncio.sleep(0.01)


async def act(event: Asked, commons: Commons) -> None:
    """Write the effect, say so in the log, then follow the mood."""
    await _effect(event.label, commons)
    while event.gate and not Path(event.gate).exists():  # noqa: ASYNC240 - the event is in another process
        if event.mood == "query":
            await commons.uow.connection.execute("SELECT pg_sleep(60)")
        await asyncio.sleep(0.01)
    if event.mood == "slow":
        await asyncio.sleep(SLOW_SECONDS)
    if event.mood in MISDEEDS:
        MISDEEDS[event.mood]()
    if event.mood in RAISED:
        raise RAISED[event.mood]


async def act_in_order(event: Ordered, commons: Commons) -> None:
    """As `act`."""
    await act(event, commons)


async def hang(event: Hung, commons: Commons) -> None:
    """Write the effect, then wait for ever."""
    await _effect(event.label, commons)
    await asyncio.Event().wait()


async def _effect(label: str, commons: Commons) -> None:
    await commons.uow.connection.execute(EFFECT, commons.tenant_id, label, commons.request_id)
    logger.info("began %s", label)


MODULES = (
    *INSTALLED,
    Module(
        name="faults",
        events=(Asked, Hung, Ordered),
        handlers=(
            Handler(Asked, act),
            Handler(Hung, hang, timeout_seconds=HANDLER_SECONDS),
            Handler(Ordered, act_in_order, ordering_key=lambda event: event.label[0]),
        ),
        tasks=(Task(WAIT, wait, Waiting),),
    ),
)


def serve_deliveries(settings: Settings) -> None:
    """The worker process: the real one, with one module more."""
    configure_logs("INFO")
    DeliveryWorker(settings, modules=MODULES).serve("default")


def serve_kept(settings: Settings) -> None:
    """The same with its keeper, as `manage worker` runs it."""
    configure_logs("INFO")
    work(settings, "default", modules=MODULES)


def serve_api(environment: dict[str, str], port: int) -> None:
    """The API process, as `manage api` starts it."""
    os.environ.update(environment)
    processes.api(port=port)


def run_main(environment: dict[str, str], *arguments: str) -> None:
    """A process as the supervisor or an operator starts it: settings from the environment, and nothing around it."""
    os.environ.update(environment)
    sys.argv = ["manage", *arguments]
    cli.main()
