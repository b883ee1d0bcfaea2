"""Savepoints of the unit of work: a part that fails alone."""

from contextlib import suppress
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.db.test_uow import Owner, Stop, written
from tests.db.units import Bench, Happened, add, audit, skus, tea


class TestSavepoint:
    """savepoint"""

    async def test_dropped(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """A part that fails takes its rows, events, audit entries and bells with it, and nothing else."""
        uow, kept, dropped = one.unit(), uuid4(), uuid4()
        await uow.begin(tenant_id=tenant)
        await add(uow, "kept")
        uow.record(Happened("kept"))
        uow.bells.add(kept)
        with suppress(Stop):
            async with uow.savepoint():
                await add(uow, "dropped")
                uow.session.add(tea(sku="dropped too"))
                uow.record(Happened("dropped"))
                uow.track(audit("dropped", uow))
                uow.bells |= {kept, dropped}
                raise Stop
        await uow.commit()
        assert one.hub.rung == [kept]
        assert await skus(owner, tenant) == {"kept"}
        assert await written(owner, tenant) == (1, 2, 0)

    async def test_aggregate_lives_on(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """What was read before a part that failed is still written when it changes after it."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        product = tea(sku="old")
        uow.session.add(product)
        await uow.session.flush()
        with suppress(Stop):
            async with uow.savepoint():
                raise Stop
        product.sku = "new"
        await uow.commit()
        assert await skus(owner, tenant) == {"new"}

    async def test_kept(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """A part that succeeds stays, what the ORM had not yet written included."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        uow.session.add(tea(sku="before"))
        async with uow.savepoint():
            uow.session.add(tea(sku="inside"))
            uow.record(Happened("inside"))
        await uow.commit()
        assert await skus(owner, tenant) == {"before", "inside"}
        assert await written(owner, tenant) == (1, 2, 0)

    async def test_database_error(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """After an error of the database inside a savepoint the transaction goes on."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        await add(uow, "same")
        with pytest.raises(asyncpg.UniqueViolationError):
            async with uow.savepoint():
                await add(uow, "same")
        await add(uow, "other")
        await uow.commit()
        assert await skus(owner, tenant) == {"same", "other"}

    async def test_nested(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """An outer part that fails after an inner one has failed takes everything of its own with it."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        with suppress(Stop):
            async with uow.savepoint():
                await add(uow, "outer")
                with suppress(Stop):
                    async with uow.savepoint():
                        await add(uow, "inner")
                        raise Stop
                raise Stop
        await uow.commit()
        assert await skus(owner, tenant) == set()
