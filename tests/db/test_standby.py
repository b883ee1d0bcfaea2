"""Pools after a failover: a server that is the primary no more takes no writes, and says so."""

from functools import partial
from uuid import UUID

import asyncpg
import pytest

from app.config import Settings
from app.db import pool_terms
from app.db.errors import CONNECT_ERRORS
from app.exceptions import Unavailable
from tests.db.units import Bench, bench
from tests.faults.processes import until

pytestmark = pytest.mark.anyio

WRITE = "UPDATE deliveries SET error = error WHERE tenant_id = $1"


async def became_read_only(made: Bench, tenant: UUID) -> None:
    """The server of the pool's one connection takes no writes from now on."""
    uow = made.unit()
    await uow.begin(tenant_id=tenant)
    await uow.connection.execute("SET SESSION default_transaction_read_only = on")
    await uow.commit()


async def write(made: Bench, tenant: UUID) -> None:
    """A unit of work that writes."""
    uow = made.unit()
    try:
        await uow.begin(tenant_id=tenant)
        await uow.connection.execute(WRITE, tenant)
        await uow.commit()
    finally:
        await uow.rollback()


async def written(made: Bench, tenant: UUID) -> bool:
    """Whether a unit of work could write."""
    try:
        await write(made, tenant)
    except Unavailable:
        return False
    return True


async def test_replaced(pooled: Settings, tenant: UUID) -> None:
    """The first write on it means: try again; the next has a connection of its own, and so a server that takes writes."""
    async with bench(pooled) as made:
        await became_read_only(made, tenant)
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError) as caught:
            await write(made, tenant)
        assert isinstance(made.unit().explain(caught.value), Unavailable)
        await write(made, tenant)


async def test_not_taken(pooled: Settings, tenant: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as no server takes writes there is no connection, as when none answers; then the pool is well again."""
    takes: list[bool] = []
    monkeypatch.setattr(pool_terms, "takes_writes", lambda _connection: bool(takes))
    with pytest.raises(CONNECT_ERRORS):
        async with bench(pooled):
            pass
    takes.append(True)
    async with bench(pooled) as made:
        await became_read_only(made, tenant)
        takes.clear()
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await write(made, tenant)
        with pytest.raises(Unavailable):
            await write(made, tenant)
        takes.append(True)
        await until(partial(written, made, tenant), "a server takes writes again")


async def test_fault_of_ours(one: Bench, tenant: UUID) -> None:
    """A write in a unit that was to read alone is no server's doing."""
    uow = one.unit(read_only=True)
    await uow.begin(tenant_id=tenant)
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError) as caught:
        await uow.connection.execute(WRITE, tenant)
    await uow.rollback()
    assert uow.explain(caught.value) is None
