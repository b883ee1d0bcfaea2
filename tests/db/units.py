"""Pools and units of work of a test's own, with a hub that does what the test says."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID, uuid4

import asyncpg

from app.config import Settings
from app.db.pool import Pool, Slot
from app.db.uow import UnitOfWork
from app.extensions.clock import SystemClock
from app.extensions.events import Event, Recorded
from app.extensions.interfaces import AuditEntry, Lane
from app.extensions.schedules import Schedule
from app.extensions.tasks import Task
from app.modules.catalog.models import Product
from app.runtime import Runtime
from tests.support.statements import is_the_drivers, look_at


@dataclass(frozen=True, slots=True)
class Happened(Event):
    """Something did."""

    name: ClassVar[str] = "tests.happened"
    what: str


@dataclass(frozen=True, slots=True)
class Undeclared(Event):
    """No manifest names it."""

    name: ClassVar[str] = "tests.undeclared"


ADD = (
    "INSERT INTO products (tenant_id, id, sku, name, price, currency, version) VALUES ($1, $2, $3, 'Tea', 1, 'EUR', 1)"
)
LANES: dict[type[Event], list[Lane]] = {Happened: [Lane("tests.first", "default"), Lane("tests.second", "slow")]}


class Hub:
    """Sends `Happened` to two handlers behind the outbox and to one inline."""

    def __init__(self) -> None:
        self.react: Callable[[Recorded, UnitOfWork], Awaitable[None]] | None = None
        self.schedules: dict[str, Schedule] = {}
        self.rung: list[UUID] = []

    def lanes(self, event: Event) -> Sequence[Lane]:
        """Two queues."""
        return LANES[type(event)]

    def task(self, kind: str) -> Task:
        """None."""
        raise LookupError(kind)

    async def run_inline(self, recorded: Recorded, uow: Any) -> None:
        """What the test says."""
        if self.react is not None:
            await self.react(recorded, uow)

    def ring(self, bell: UUID) -> None:
        """Note it."""
        self.rung.append(bell)


@dataclass
class Bench:
    """A pool, its statements, and units of work on it."""

    pool: Pool = field(init=False)
    hub: Hub = field(default_factory=Hub)
    sent: list[str] = field(default_factory=list)
    told: list[tuple[UUID, Sequence[int]]] = field(default_factory=list)

    def unit(self, **options: Any) -> UnitOfWork:
        """A new one."""
        options = {"request_id": uuid4(), "after_commit": self.tell, **options}
        return UnitOfWork(self.pool, clock=SystemClock(), hub=self.hub, **options)

    async def tell(self, tenant_id: UUID, deliveries: Sequence[int]) -> None:
        """What is done after a commit."""
        self.told.append((tenant_id, deliveries))

    def listen(self, record: Any) -> None:
        """Note a statement and judge it; the driver's own look at types does not count."""
        if not is_the_drivers(record.query):
            self.sent.append(record.query)
        look_at(record)

    async def heard(self) -> list[str]:
        """What was sent since this was last asked: the driver tells of a statement in the loop's next turn."""
        await asyncio.sleep(0)
        heard, self.sent = self.sent, []
        return heard


@asynccontextmanager
async def bench(
    settings: Settings, *, size: int = 1, at_start: int = 0, queue: int = 100, wait_seconds: float = 5.0
) -> AsyncIterator[Bench]:
    """A bench whose pool, of the kind that the settings name, is open, and closed afterwards."""
    made = Bench()
    changes = {"pool_at_start": at_start, "pool_queue": queue, "pool_wait_seconds": wait_seconds}
    database = settings.database.model_copy(update=changes)
    runtime = Runtime(settings.model_copy(update={"database": database}), on_query=made.listen)
    made.pool = pool = runtime.pool(database.url, size, role="app")
    await pool.open()
    await made.heard()
    try:
        yield made
    finally:
        await pool.close()


def audit(action: str, uow: UnitOfWork) -> AuditEntry:
    """An entry to track."""
    return AuditEntry(at=uow.clock.now(), actor="tests", action=action, request_id=uow.request_id)


async def lease(pool: Pool, statement: str = "SELECT 1") -> Any:
    """Take a slot, ask one value, give the slot back clean."""
    slot = await pool.acquire()
    try:
        return await slot.raw.fetchval(statement)
    finally:
        pool.release(slot, clean=True)


async def is_clean(slot: Slot) -> bool:
    """Whether the slot is in no transaction and bound to nothing."""
    bound = await slot.raw.fetchval(
        "SELECT concat(current_setting('app.tenant_id', true), current_setting('app.user_id', true))"
    )
    return bound == "" and not slot.raw.is_in_transaction() and slot.session is None


def tea(**values: Any) -> Product:
    """A product of the ORM."""
    return Product(**{"sku": uuid4().hex, "name": "Tea", "price": 1, "currency": "EUR", **values})


async def add(uow: UnitOfWork, sku: str) -> None:
    """Write a product by hand."""
    await uow.connection.execute(ADD, uow.tenant_id, uuid4(), sku)


async def skus(owner: asyncpg.Connection, tenant_id: UUID) -> set[str]:
    """What was committed."""
    return {row[0] for row in await owner.fetch("SELECT sku FROM products WHERE tenant_id = $1", tenant_id)}
