"""The unit of work: one transaction, bound, that happens with everything recorded in it or not at all."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import select

from app.config import Settings
from app.db.seen import as_seen_by
from app.db.uow import MAX_INLINE_DEPTH, UnitOfWork, left
from app.exceptions import Unavailable
from app.extensions.events import Recorded
from app.extensions.outside import refuse_inside_transaction
from app.modules.catalog.models import Product
from tests.db.units import Bench, Happened, Undeclared, add, audit, bench, is_clean, lease, skus, tea
from tests.support.scratch import run_sql, scratch_database
from tests.support.statements import FAULTS

Owner = asyncpg.Connection


class Stop(Exception):
    """Raised to end a part."""


async def written(owner: Owner, tenant_id: UUID) -> tuple[int, int, int]:
    """How many events, deliveries and audit entries were committed."""
    query = "SELECT (SELECT count(*) FROM {0} WHERE tenant_id = $1)"
    counts = [await owner.fetchval(query.format(name), tenant_id) for name in ("events", "deliveries", "audit_entries")]
    return counts[0], counts[1], counts[2]


class TestBegin:
    """begin, bind_tenant and as_seen_by"""

    async def test_lazy(self, one: Bench) -> None:
        """Making, committing and rolling back a unit that never began takes no connection and sends nothing."""
        slot = await one.pool.acquire()
        uow = one.unit()
        await uow.commit()
        await uow.rollback()
        assert not uow.is_open
        for name in ("connection", "session"):
            with pytest.raises(RuntimeError, match="has not begun"):
                getattr(uow, name)
        assert await one.heard() == []
        one.pool.release(slot, clean=True)

    async def test_one_message(self, one: Bench, tenant: UUID) -> None:
        """BEGIN and the bindings are one message that holds nothing else."""
        uow, person = one.unit(read_only=True), uuid4()
        await uow.begin(tenant_id=tenant, user_id=person)
        begin = "BEGIN READ ONLY; SET LOCAL citus.propagate_set_commands = 'local'"
        bound = f"SET LOCAL app.tenant_id = '{tenant}'; SET LOCAL app.user_id = '{person}'"
        assert await one.heard() == [f"{begin}; {bound}"]
        await uow.rollback()

    @pytest.mark.parametrize("value", ["0190", "x'; RESET ROLE; --", 7, b"0" * 16, True])
    async def test_not_a_uuid(self, one: Bench, tenant: UUID, value: Any) -> None:
        """Nothing but a UUID object reaches the binding, and a refusal holds no connection."""
        for name in ("tenant_id", "user_id"):
            with pytest.raises(TypeError, match=f"{name} must be a UUID"):
                await one.unit().begin(**{name: value})
        uow = one.unit()
        await uow.begin()
        with pytest.raises(TypeError):
            await uow.bind_tenant(value)
        await uow.rollback()
        assert await lease(one.pool) == 1

    async def test_twice(self, one: Bench, tenant: UUID) -> None:
        """A unit begins once and serves one tenant."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        with pytest.raises(RuntimeError, match="begun already"):
            await uow.begin()
        await uow.bind_tenant(tenant)
        with pytest.raises(RuntimeError, match="one tenant"):
            await uow.bind_tenant(uuid4())
        await uow.rollback()

    async def test_unbound_after(self, one: Bench, tenant: UUID) -> None:
        """The binding ends with the transaction, committed or not."""
        for end in ("commit", "rollback"):
            uow = one.unit()
            await uow.begin(tenant_id=tenant, user_id=uuid4())
            await getattr(uow, end)()
            slot = await one.pool.acquire()
            assert await is_clean(slot)
            one.pool.release(slot, clean=True)

    async def test_bound_to_nobody(self, one: Bench, tenant: UUID) -> None:
        """What somebody has set on a connection for longer than their transaction binds no unit that comes after them."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant, user_id=uuid4())
        await uow.connection.execute(f"SET app.tenant_id = '{tenant}'; SET app.user_id = '{tenant}'")
        await uow.commit()
        FAULTS.clear()  # such a SET is an attacker's
        for ids in ({}, {"tenant_id": uuid4()}, {"user_id": uuid4()}):
            uow = one.unit()
            await uow.begin(**ids)
            row = await uow.connection.fetchrow(
                "SELECT current_setting('app.tenant_id'), current_setting('app.user_id')"
            )
            assert tuple(row) == (str(ids.get("tenant_id", "")), str(ids.get("user_id", "")))
            await uow.commit()

    async def test_cancelled(self, one: Bench, tenant: UUID) -> None:
        """A unit that is cancelled while it begins gives its connection back by itself."""
        for turns in range(4):
            uow = one.unit()
            task = asyncio.create_task(uow.begin(tenant_id=tenant))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert task.cancelled() is not uow.is_open
            if not task.cancelled():  # it was too late
                await uow.rollback()
        assert await lease(one.pool) == 1

    @pytest.mark.parametrize("caller", [None, uuid4()])
    async def test_seen_by(self, one: Bench, tenant: UUID, caller: UUID | None) -> None:
        """For a while the transaction is another person's to see; the tenant stays, and the caller, or nobody, comes back."""
        uow, other = one.unit(), uuid4()
        await uow.begin(tenant_id=tenant, user_id=caller)
        bound = "SELECT current_setting('app.tenant_id'), current_setting('app.user_id', true)"
        async with as_seen_by(uow, other):
            assert tuple(await uow.connection.fetchrow(bound)) == (str(tenant), str(other))
        assert tuple(await uow.connection.fetchrow(bound)) == (str(tenant), "" if caller is None else str(caller))
        with pytest.raises(TypeError, match="user_id must be a UUID"):
            await as_seen_by(uow, str(other)).__aenter__()  # type: ignore[arg-type]  # what a caller must not do
        await uow.rollback()

    async def test_late_tenant_in_the_orm(self, one: Bench, tenant: UUID) -> None:
        """A session that was opened before the tenant was bound carries the tenant from then on."""
        uow = one.unit()
        await uow.begin()
        session = uow.session
        await uow.bind_tenant(tenant)
        session.add(product := tea())
        await session.flush()
        await session.scalars(select(Product))
        assert product.tenant_id == tenant
        assert "tenant_id = $" in (await one.heard())[-1]
        await uow.rollback()


class TestLeft:
    """left"""

    async def test_between(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """Meanwhile the connection is everybody's and adapters may be called; afterwards all is bound as before, and new."""
        uow, person = one.unit(), uuid4()
        await uow.begin(tenant_id=tenant, user_id=person)
        await uow.session.execute(select(Product))
        async with left(uow):
            assert not uow.is_open
            refuse_inside_transaction("anything")
            assert await lease(one.pool) == 1
        bound = "SELECT current_setting('app.tenant_id'), current_setting('app.user_id')"
        assert tuple(await uow.connection.fetchrow(bound)) == (str(tenant), str(person))
        uow.session.add(tea())
        await uow.commit()
        assert await owner.fetchval("SELECT count(*) FROM products WHERE tenant_id = $1", tenant) == 1

    async def test_refused(self, one: Bench, tenant: UUID) -> None:
        """What was recorded would be lost: it is refused. What is raised meanwhile leaves nothing open."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        uow.record(Happened("before"))
        with pytest.raises(RuntimeError, match="would be lost"):
            async with left(uow):
                pass
        await uow.rollback()
        await uow.begin(tenant_id=tenant)
        with pytest.raises(Stop):
            async with left(uow):
                raise Stop
        assert not uow.is_open


class TestCommit:
    """commit and rollback"""

    async def test_failed_before(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """A transaction that had failed is never called committed, though PostgreSQL answers its COMMIT without an error."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        await add(uow, "lost")
        with pytest.raises(asyncpg.UndefinedTableError):
            await uow.connection.execute("SELECT FROM nowhere")
        with pytest.raises(asyncpg.InFailedSQLTransactionError):
            await uow.commit()
        await uow.rollback()
        assert await skus(owner, tenant) == set()
        assert one.told == []

    async def test_deferred(self, pooled: Settings) -> None:
        """A constraint that fails at COMMIT raises there; nobody is told, and the connection comes back clean."""
        async with scratch_database(pooled) as scratch:
            await run_sql(
                scratch.database.owner_url,
                "CREATE TABLE bills (number int UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                "GRANT INSERT ON bills TO atrium_app",
            )
            async with bench(scratch) as made:
                uow = made.unit()
                await uow.begin()
                await uow.connection.execute("INSERT INTO bills VALUES (1), (1)")
                with pytest.raises(asyncpg.UniqueViolationError) as caught:
                    await uow.commit()
                await uow.rollback()
                assert uow.explain(caught.value) is not None
                slot = await made.pool.acquire()
                assert await is_clean(slot)

    async def test_read_only(self, one: Bench, tenant: UUID) -> None:
        """PostgreSQL itself refuses a write in a reading unit."""
        uow = one.unit(read_only=True)
        await uow.begin(tenant_id=tenant)
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await add(uow, "never")
        await uow.rollback()

    async def test_rolled_back(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """What was recorded before a rollback does not leave with a later commit."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        await add(uow, "lost")
        uow.record(Happened("lost"))
        uow.track(audit("lost", uow))
        await uow.rollback()
        assert not uow.is_open
        await uow.begin(tenant_id=tenant)
        await uow.commit()
        assert await written(owner, tenant) == (0, 0, 0)
        assert await skus(owner, tenant) == set()

    async def test_written_once(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """What left with one commit does not leave again with the next."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        uow.record(Happened("once"))
        uow.track(audit("once", uow))
        await uow.commit()
        await uow.begin(tenant_id=tenant)
        await uow.commit()
        assert await written(owner, tenant) == (1, 2, 1)

    async def test_told_in_vain(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """What fails after COMMIT is no failure of the commit: the caller must not believe that nothing has happened."""

        async def fail(_tenant_id: UUID, _deliveries: Any) -> None:
            raise Unavailable("nobody listens")

        uow = one.unit(after_commit=fail)
        await uow.begin(tenant_id=tenant)
        uow.record(Happened("told in vain"))
        await uow.commit()
        assert await written(owner, tenant) == (1, 2, 0)


class TestOutbox:
    """record and track"""

    async def test_one_statement(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """Events, deliveries and audit entries, however many, are one statement; who listens is told of the deliveries."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        await one.heard()
        for number in range(3):
            uow.record(Happened(str(number)))
            uow.track(audit(str(number), uow))
        await uow.commit()
        assert [statement.split()[0] for statement in await one.heard()] == ["WITH", "COMMIT"]
        assert await written(owner, tenant) == (3, 6, 3)
        ids = await owner.fetch("SELECT id FROM deliveries WHERE tenant_id = $1", tenant)
        assert [(who, sorted(told)) for who, told in one.told] == [(tenant, sorted(row[0] for row in ids))]

    async def test_masked(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """Whatever is tracked, a secret or personal value never reaches the table (ADR 0025)."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        values = {"email": "ada@canary.example", "nested": [{"reset_token": "canary"}], "price": 3}
        uow.track(replace(audit("masked", uow), before=values, after=values))
        await uow.commit()
        rows = await owner.fetch("SELECT before::text, after::text FROM audit_entries WHERE tenant_id = $1", tenant)
        assert [tuple(row) for row in rows] == [
            ('{"email": "***", "price": 3, "nested": [{"reset_token": "***"}]}',) * 2
        ]

    async def test_nothing_recorded(self, one: Bench, tenant: UUID) -> None:
        """Where nothing was recorded nothing is written, and nobody is told."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        await one.heard()
        await uow.commit()
        assert await one.heard() == ["COMMIT"]
        assert one.told == []

    async def test_undeclared(self, one: Bench, tenant: UUID) -> None:
        """An event that no manifest declares is refused where it is recorded."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        with pytest.raises(LookupError):
            uow.record(Undeclared())
        await uow.rollback()

    async def test_no_tenant(self, one: Bench) -> None:
        """Nothing is recorded without a tenant: an event is refused at once, an audit entry at the commit."""
        uow = one.unit()
        await uow.begin()
        with pytest.raises(RuntimeError, match="bind one first"):
            uow.record(Happened("nowhere"))
        uow.track(audit("nowhere", uow))
        with pytest.raises(RuntimeError, match="without a tenant"):
            await uow.commit()
        await uow.rollback()

    async def test_never_begun(self, one: Bench, tenant: UUID) -> None:
        """What was recorded without a transaction is an error at the commit, and does not vanish in silence."""
        uow = one.unit()
        uow.track(audit("nowhere", uow))
        with pytest.raises(RuntimeError, match="has not begun"):
            await uow.commit()
        await uow.rollback()
        await uow.begin(tenant_id=tenant)
        await uow.commit()
        with pytest.raises(RuntimeError, match="has not begun"):
            uow.record(Happened("too late"))

    async def test_inline_failure(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """What an inline handler raises undoes the change that caused it."""

        async def fail(_recorded: Recorded, uow: UnitOfWork) -> None:
            await add(uow, "by the handler")
            raise ValueError("no")

        one.hub.react = fail
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        await add(uow, "lost")
        uow.record(Happened("lost"))
        with pytest.raises(ValueError, match="no"):
            await uow.commit()
        await uow.rollback()
        assert await skus(owner, tenant) == set()
        assert await written(owner, tenant) == (0, 0, 0)

    async def test_inline_chain(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """An inline handler's own events leave with the same commit, each handled once; a circle is cut."""

        async def go_on(recorded: Recorded, uow: UnitOfWork) -> None:
            assert isinstance(recorded.event, Happened)
            if recorded.event.what != "1":
                uow.record(Happened(str(int(recorded.event.what) - 1)))

        one.hub.react = go_on
        for length, fine in ((MAX_INLINE_DEPTH, True), (MAX_INLINE_DEPTH + 1, False)):
            uow = one.unit()
            await uow.begin(tenant_id=tenant)
            uow.record(Happened(str(length)))
            if fine:
                await uow.commit()
                continue
            with pytest.raises(RuntimeError, match="levels deep"):
                await uow.commit()
            await uow.rollback()
        assert (await written(owner, tenant))[0] == MAX_INLINE_DEPTH
