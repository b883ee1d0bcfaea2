"""Real processes for the tests of faults, and what those tests look at.

Processes are forked from one that has imported the application, so that a start takes a moment and not seconds.
"""

import asyncio
import json
import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import asyncpg
from pydantic import BaseModel, SecretStr

from app.config import Settings
from app.db import claims
from app.db.claims import Claimed
from app.extensions.events import Event
from app.extensions.queue import DeliveryQueue
from app.extensions.tickets import Ticket
from app.manifests import task_queues
from app.relay import Relay
from app.runtime import Runtime
from app.utils.ids import uuid7
from app.utils.schemas import BaseSchema
from tests.faults.slow_worker import MODULES, serve_api, serve_deliveries
from tests.support.recording import record, unit

DEADLINE_SECONDS = 60.0
LEASE_SECONDS = 0.8
MAX_ATTEMPTS = 3
SECTIONS = ("database", "redis", "auth", "secrets", "events", "web", "metrics")
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.preload"])


async def until(check: Callable[[], Any], what: str, seconds: float = DEADLINE_SECONDS) -> Any:
    """Poll until the condition, a function or a coroutine function, holds; fail with what was awaited."""
    deadline = time.monotonic() + seconds
    while True:
        value = check()
        value = await value if asyncio.iscoroutine(value) else value
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        await asyncio.sleep(0.02)


class Child:
    """A process of its own, whose output goes to a file."""

    def __init__(self, log: Path, target: Callable[..., None], *arguments: Any) -> None:
        self._log = log
        self._process = FORKS.Process(target=_live, args=(log, target, arguments), daemon=True)
        self._process.start()

    @property
    def exit_code(self) -> int | None:
        """How it ended: minus the signal, or its own code; None while it runs."""
        return self._process.exitcode

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """kill -9, and wait for the end; a test that goes on has the proof that it fired."""
        self.send(signal.SIGKILL)
        assert self.wait() == -signal.SIGKILL

    def wait(self) -> int | None:
        """Wait for its end; the exit code, None where it still runs at the deadline."""
        self._process.join(DEADLINE_SECONDS)
        return self.exit_code

    def is_paused(self) -> bool:
        """Whether SIGSTOP holds it."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    @property
    def output(self) -> str:
        """All that it has printed."""
        return self._log.read_text() if self._log.exists() else ""

    def lines(self, message: str) -> list[dict[str, Any]]:
        """The log lines with this message."""
        text = self._log.read_text() if self._log.exists() else ""
        # Only those that hold the words are read as JSON: waits ask again and again.
        candidates = [
            line for line in text.splitlines() if line.startswith("{") and line.endswith("}") and message in line
        ]
        return [line for line in map(json.loads, candidates) if line["message"] == message]

    def lines_of(self, word: str) -> list[str]:
        """The lines of its output that hold the word."""
        return [line for line in self._log.read_text().splitlines() if word in line] if self._log.exists() else []

    async def says(self, message: str, times: int = 1) -> list[dict[str, Any]]:
        """Wait until it has logged the message so often."""
        await until(lambda: len(self.lines(message)) >= times or self.exit_code is not None, message)
        found = self.lines(message)
        assert len(found) >= times, self._log.read_text()
        return found

    def reap(self) -> None:
        """End it, however it is."""
        with suppress(ProcessLookupError):
            self.send(signal.SIGKILL)
        self._process.join(DEADLINE_SECONDS)
        self._process.close()


class Children:
    """Starts processes; none of them outlives it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._all: list[Child] = []

    def start(self, target: Callable[..., None], *arguments: Any) -> Child:
        """Start one."""
        child = Child(self._folder / f"{uuid4().hex}.log", target, *arguments)
        self._all.append(child)
        return child

    async def worker(self, settings: Settings, serve: Callable[[Settings], None] = serve_deliveries) -> Child:
        """A worker that is ready."""
        child = self.start(serve, settings)
        await child.says("worker ready")
        return child

    def api(self, settings: Settings, port: int) -> Child:
        """An API that will listen on the port."""
        return self.start(serve_api, environment(settings), port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._all:
            child.reap()


class Workshop:
    """An installation to break: events recorded and relayed in this process, handled in others."""

    def __init__(self, settings: Settings, owner: "asyncpg.Connection", children: Children) -> None:
        self.settings = settings
        self.owner = owner
        self.children = children
        self.runtime = Runtime(settings, modules=MODULES, connections=2)
        self.queue = DeliveryQueue(settings.redis.url, batch=settings.events.batch, slow=task_queues(MODULES))
        self.system = self.runtime.pool(settings.database.system_url, 4, role="system")
        self.relay = Relay(self.system, self.queue, settings.events)

    def change(self, **events: Any) -> None:
        """Other settings of events, for the relay and for workers that start from now on."""
        self.settings = with_events(self.settings, **events)
        self.relay = Relay(self.system, self.queue, self.settings.events)

    async def worker(self, serve: Callable[[Settings], None] = serve_deliveries) -> Child:
        """A worker that is ready."""
        return await self.children.worker(self.settings, serve)

    async def tenant(self) -> UUID:
        """A new tenant."""
        tenant_id = uuid7()
        await self.owner.execute(
            "INSERT INTO tenants (id, slug, name, version) VALUES ($1, $2, 'Faults', 1)",
            tenant_id,
            f"f{uuid4().hex[:16]}",
        )
        return tenant_id

    async def record(self, tenant_id: UUID, *events: Event) -> None:
        """Let events happen, in one transaction."""
        await record(self.runtime, tenant_id, *events)

    async def start(self, tenant_id: UUID, kind: str, payload: BaseSchema) -> UUID:
        """Start a task, as a request does; returns its id."""
        async with unit(self.runtime, tenant_id) as uow:
            return uow.start(kind, payload)

    async def claim(self, tenant_id: UUID) -> list[Claimed]:
        """What the relay does first, without what it does next."""
        events = self.settings.events
        return await claims.claim(
            self.system,
            tenant_id,
            cap=events.max_in_flight,
            lease_seconds=events.lease_seconds,
        )

    async def push(self, tenant_id: UUID, claimed: list[Claimed]) -> None:
        """What the relay does next."""
        await self.queue.push("default", [Ticket(tenant_id, item.id, item.attempt) for item in claimed])

    @asynccontextmanager
    async def relaying(self) -> AsyncIterator[None]:
        """The relay runs as long as the block."""
        running = asyncio.create_task(self.relay.run())
        try:
            yield
            assert not running.done()
        finally:
            running.cancel()
            await asyncio.wait([running])

    async def effects(self, tenant_id: UUID) -> Counter[str]:
        """How often each effect is in the database."""
        rows = await self.owner.fetch(
            "SELECT target FROM audit_entries WHERE tenant_id = $1 AND action = 'faults.effect'", tenant_id
        )
        return Counter(row[0] for row in rows)

    async def states(self, tenant_id: UUID) -> Counter[str]:
        """How many deliveries are in each state."""
        return Counter(row["state"] for row in await self.deliveries(tenant_id))

    async def deliveries(self, tenant_id: UUID) -> list[Any]:
        """All deliveries, with the label of their event."""
        found: list[Any] = await self.owner.fetch(
            "SELECT d.*, e.payload->>'label' AS label FROM deliveries AS d"
            " JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id WHERE d.tenant_id = $1 ORDER BY d.id",
            tenant_id,
        )
        return found

    async def settled(self, tenant_id: UUID, seconds: float = DEADLINE_SECONDS) -> dict[str, Any]:
        """Wait until no delivery is open any more; the deliveries by the label of their event."""

        async def over() -> bool:
            return not {"pending", "leased"} & (await self.states(tenant_id)).keys()

        await until(over, "every delivery comes to its end", seconds)
        return {row["label"]: row for row in await self.deliveries(tenant_id)}


@asynccontextmanager
async def workshop(settings: Settings, owner: "asyncpg.Connection", folder: Path) -> AsyncIterator[Workshop]:
    """A workshop that is open, and what it started is gone afterwards."""
    with Children(folder) as children:
        made = Workshop(settings, owner, children)
        await owner.execute(
            "UPDATE deliveries SET state = 'done' WHERE state IN ('pending', 'leased')"
        )  # of other tests
        await made.runtime.open()
        await made.system.open()
        try:
            yield made
        finally:
            await made.system.close()
            await made.queue.aclose()
            await made.runtime.close()


def with_events(settings: Settings, redis_url: str | None = None, **events: Any) -> Settings:
    """Settings of short leases and few attempts, carried by RQ."""
    quick = {
        "queue_mode": "rq",
        "lease_seconds": LEASE_SECONDS,
        "poll_seconds": 0.1,
        "backoff_seconds": 0.1,
        "max_attempts": MAX_ATTEMPTS,
    }
    changed = quick if redis_url is not None else {}
    update: dict[str, Any] = {"events": settings.events.model_copy(update={**changed, **events})}
    if redis_url is not None:
        update["redis"] = settings.redis.model_copy(update={"url": redis_url})
    return settings.model_copy(update=update)


def environment(settings: Settings) -> dict[str, str]:
    """The environment that makes another process load these settings."""
    found = {"ATRIUM_ENV": settings.env, "ATRIUM_LOGS__LEVEL": "INFO"}
    for section in SECTIONS:
        for name, value in _plain(getattr(settings, section)).items():
            found[f"ATRIUM_{section}__{name}".upper()] = f"@json {json.dumps(value)}"
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _live(log: Path, target: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    with log.open("ab") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    target(*arguments)
