"""The life of a delivery, statement by statement."""

import asyncio
from collections.abc import AsyncIterator, Collection
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.exc import IntegrityError

from app.config import Settings
from app.db import claims, deliveries, leases
from app.db.errors import reason_of
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.extensions.routing import ModularApp
from app.extensions.tickets import Ticket
from app.runtime import Runtime
from app.utils.ids import uuid7
from tests.support.shops import Shops, product

MAX = 3


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    """Connections of the relay's role."""
    made = Runtime(settings).pool(settings.database.system_url, 1, role="system")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def tenant(shops: Shops, owner: asyncpg.Connection) -> UUID:
    """A tenant with one delivery, which is pending."""
    shop = await shops.shop()
    await shop.owner.post("/products", json=product())
    await owner.execute("UPDATE deliveries SET state = 'pending', attempt = 0 WHERE tenant_id = $1", shop.id)
    return shop.id


async def claim(pool: Pool, tenant_id: UUID, lease_seconds: float = 0.0) -> list[claims.Claimed]:
    """Lease what is due."""
    return await claims.claim(pool, tenant_id, cap=10, lease_seconds=lease_seconds)


async def state(owner: asyncpg.Connection, tenant_id: UUID) -> str:
    """The state of the tenant's one delivery."""
    return str(await owner.fetchval("SELECT state FROM deliveries WHERE tenant_id = $1", tenant_id))


async def test_leases_alone_never_kill(pool: Pool, tenant: UUID, owner: asyncpg.Connection) -> None:
    """However often a lease expires unused - no worker, a flushed queue - the delivery is not given up."""
    attempts = [(await claim(pool, tenant))[0].attempt for _ in range(MAX * 4)]
    assert attempts == list(range(1, MAX * 4 + 1))
    assert await state(owner, tenant) == "leased"


async def test_claims_never_kill(pool: Pool, tenant: UUID, owner: asyncpg.Connection) -> None:
    """However often it was started, a claim leases it: who knows how often its handler may be tried is the worker."""
    await owner.execute("UPDATE deliveries SET tries = $2 WHERE tenant_id = $1", tenant, 1000)
    assert len(await claim(pool, tenant)) == 1
    assert await state(owner, tenant) == "leased"


async def test_parked_is_tried_again(pool: Pool, tenant: UUID, owner: asyncpg.Connection) -> None:
    """What an older worker did not know is offered again later, when a newer one may know it."""
    await owner.execute(
        "UPDATE deliveries SET state = 'parked', due_at = now() + interval '1 h' WHERE tenant_id = $1", tenant
    )
    assert await claim(pool, tenant) == []
    await owner.execute("UPDATE deliveries SET due_at = now() WHERE tenant_id = $1", tenant)
    assert tenant in await claims.due_tenants(pool)
    assert len(await claim(pool, tenant, lease_seconds=60)) == 1


async def test_given_back_keeps_its_fence(pool: Pool, tenant: UUID) -> None:
    """A job whose arrival was not confirmed and the one sent after it carry different attempts."""
    first = await claim(pool, tenant, lease_seconds=60)
    await claims.give_back(pool, tenant, [Ticket(tenant, first[0].id, first[0].attempt)])
    second = await claim(pool, tenant, lease_seconds=60)
    assert (first[0].attempt, second[0].attempt) == (1, 2)


async def test_older_attempt(app: ModularApp, pool: Pool, tenant: UUID, owner: asyncpg.Connection) -> None:
    """The job of an earlier lease that arrives late finds nothing to do while a later lease stands; that one's job has the effect."""
    (first,) = await claim(pool, tenant, lease_seconds=60)
    await claims.give_back(pool, tenant, [Ticket(tenant, first.id, first.attempt)])
    (second,) = await claim(pool, tenant, lease_seconds=60)
    runner = app.state.runtime.runner
    for attempt, left in ((first.attempt, "leased"), (second.attempt, "done")):
        await runner.run(Ticket(tenant, first.id, attempt))
        assert await state(owner, tenant) == left


async def test_other_tenants_job(
    app: ModularApp, pool: Pool, tenant: UUID, shops: Shops, owner: asyncpg.Connection
) -> None:
    """Requirement 22: a job that names another tenant for a delivery finds nothing there; with its own the delivery is done."""
    (claimed,), other = await claim(pool, tenant, lease_seconds=60), await shops.shop()
    runner = app.state.runtime.runner
    for named, left in ((other.id, "leased"), (tenant, "done")):
        await runner.run(Ticket(named, claimed.id, claimed.attempt))
        assert await state(owner, tenant) == left
    assert await owner.fetchval("SELECT count(*) FROM product_summaries WHERE tenant_id = $1", other.id) == 0


def test_reason_shows_no_statement() -> None:
    """Requirement 35: what a tenant reads of a failure holds neither SQL nor values."""
    cause = asyncpg.UniqueViolationError('duplicate key value violates unique constraint "uq_products_sku"')
    error = IntegrityError("INSERT INTO products VALUES ('SECRET')", {}, cause)
    assert reason_of(error) == "UniqueViolationError uq_products_sku"
    assert reason_of(ValueError("no such thing")) == "ValueError: no such thing"


async def test_handed_back_behind_a_rollback(
    settings: Settings, pool: Pool, tenant: UUID, owner: asyncpg.Connection
) -> None:
    """Handing back what was cancelled waits for its handler's transaction, which is undone behind the one who cancelled."""
    (claimed,) = await claim(pool, tenant, 60.0)
    runtime = Runtime(settings)
    await runtime.app_pool.open()
    uow = UnitOfWork(runtime.app_pool, clock=runtime.clock, request_id=uuid7(), hub=runtime.hub)
    await uow.begin(tenant_id=tenant)
    handler = owner.transaction()
    await handler.start()
    await owner.execute("SELECT FROM deliveries WHERE tenant_id = $1 FOR UPDATE", tenant)
    handing = asyncio.create_task(leases.hand_back(uow, [Ticket(tenant, claimed.id, claimed.attempt)], begun=True))
    await asyncio.wait([handing], timeout=0.2)
    await handler.rollback()
    assert await handing == 1
    await uow.commit()
    assert await state(owner, tenant) == "pending"
    await runtime.close()


async def test_ended_for_a_lost_worker(settings: Settings, pool: Pool, tenant: UUID, owner: asyncpg.Connection) -> None:
    """The lease of a worker that was lost ends as by itself: nothing else is written. What is locked is told, and left as it is;
    what is another's by now is neither told nor touched; what is known to have begun pauses as after a failure.
    """
    (claimed,) = await claim(pool, tenant, 60.0)
    runtime = Runtime(settings)
    await runtime.app_pool.open()
    ticket = Ticket(tenant, claimed.id, claimed.attempt)

    async def end(*tickets: Ticket, excused: Collection[Ticket] = ()) -> tuple[int, list[Ticket]]:
        uow = UnitOfWork(runtime.app_pool, clock=runtime.clock, request_id=uuid7(), hub=runtime.hub)
        await uow.begin(tenant_id=tenant)
        ended = await leases.end(uow, tickets, excused=excused, pause_seconds=4.0)
        await uow.commit()
        return ended

    async def row() -> dict[str, Any]:
        (found,) = await owner.fetch("SELECT * FROM deliveries WHERE tenant_id = $1", tenant)
        return dict(found)

    handler = owner.transaction()
    await handler.start()
    await owner.execute("SELECT FROM deliveries WHERE tenant_id = $1 FOR UPDATE", tenant)
    assert await end(ticket, ticket, Ticket(tenant, claimed.id, claimed.attempt + 1)) == (0, [ticket, ticket])
    await handler.rollback()
    assert await claim(pool, tenant) == []
    before = await row()
    assert await end(ticket, Ticket(tenant, claimed.id, claimed.attempt + 1)) == (1, [])
    after = await row()
    assert {key for key in before if before[key] != after[key]} == {"lease_until"}
    (again,) = await claim(pool, tenant, 60.0)
    assert again.attempt == claimed.attempt + 1
    assert await end(ticket) == (0, [])
    assert await claim(pool, tenant) == []
    await owner.execute(
        "UPDATE deliveries SET tries = 2, error = $2 WHERE tenant_id = $1", tenant, deliveries.lost(again.attempt)
    )
    assert await end(Ticket(tenant, again.id, again.attempt)) == (1, [])
    left = await owner.fetchval(
        "SELECT extract(epoch FROM lease_until - now())::float8 FROM deliveries WHERE tenant_id = $1", tenant
    )
    assert 4.0 < left <= 8.0, "the pause of a second failure"
    await runtime.close()


@pytest.mark.parametrize(
    ("uncounted", "excuses", "noted", "tries"),
    [
        (leases.MOST_UNCOUNTED - 1, True, True, 1),
        (leases.MOST_UNCOUNTED, True, True, 2),
        (1, False, True, 2),
        (1, True, False, 2),
    ],
)
async def test_excused(
    settings: Settings,
    pool: Pool,
    tenant: UUID,
    owner: asyncpg.Connection,
    uncounted: int,
    excuses: bool,
    noted: bool,
    tries: int,
) -> None:
    """The start of an excused one is taken back, where it was noted and not too many attempts are uncounted already."""
    (claimed,) = await claim(pool, tenant, 60.0)
    attempt = uncounted + 2
    await owner.execute(
        "UPDATE deliveries SET tries = 2, attempt = $2, error = $3 WHERE tenant_id = $1",
        tenant,
        attempt,
        deliveries.lost(attempt if noted else attempt - 1),
    )
    runtime, ticket = Runtime(settings), Ticket(tenant, claimed.id, attempt)
    await runtime.app_pool.open()
    uow = UnitOfWork(runtime.app_pool, clock=runtime.clock, request_id=uuid7(), hub=runtime.hub)
    await uow.begin(tenant_id=tenant)
    excused = {ticket} if excuses else set()
    ended = await leases.end(uow, [ticket, ticket], excused=excused, pause_seconds=4.0)
    await uow.commit()
    await runtime.close()
    assert ended == (1, [])
    assert await owner.fetchval("SELECT tries FROM deliveries WHERE tenant_id = $1", tenant) == tries
