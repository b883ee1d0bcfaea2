"""COMMIT on its way: what is known of it where nobody answered."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from app.config import Settings
from app.exceptions import OutcomeUnknown, Unavailable
from tests.db.test_pool_faults import comes_back
from tests.db.units import Bench, add, bench, lease, skus
from tests.db.wire import Wire
from tests.faults.processes import until
from tests.support.scratch import run_sql, scratch_database

GATE = 20_260_201
DEFERRED = f"""
CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock({GATE}); RETURN NULL; END $$
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER gate AFTER INSERT ON bills DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION gate()
"""
WAITING = f"""
FROM pg_locks WHERE locktype = 'advisory' AND objid = {GATE} AND NOT granted
  AND database = (SELECT oid FROM pg_database WHERE datname = $1)
"""
AT_THE_GATE, TERMINATE = f"SELECT count(*) {WAITING}", f"SELECT pg_terminate_backend(pid) {WAITING}"


@pytest.fixture
async def gated(pooled: Settings) -> AsyncIterator[tuple[Bench, asyncpg.Connection]]:
    """A pool whose commits wait as long as the connection beside it stands."""
    async with scratch_database(pooled) as scratch, bench(scratch) as made:
        await run_sql(
            scratch.database.owner_url,
            "CREATE TABLE bills (number int)",
            "GRANT INSERT, SELECT ON bills TO atrium_app",
            DEFERRED,
            TRIGGER,
        )
        gate = await asyncpg.connect(scratch.database.owner_url)
        await gate.execute(f"SELECT pg_advisory_lock({GATE})")
        yield made, gate
        await gate.close()


class TestCommitting:
    """COMMIT on its way"""

    async def test_cancelled(self, gated: tuple[Bench, asyncpg.Connection], admin: asyncpg.Connection) -> None:
        """Cancelled while PostgreSQL commits, a unit has happened or not, and its connection comes back clean."""
        made, gate = gated
        uow = made.unit()
        await uow.begin()
        await uow.connection.execute("INSERT INTO bills VALUES (1)")

        async def end() -> None:
            try:
                await uow.commit()
            finally:
                await uow.rollback()

        task = asyncio.create_task(end())
        place = await gate.fetchval("SELECT current_database()")
        await until(lambda: admin.fetchval(AT_THE_GATE, place), "COMMIT runs")
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        assert await comes_back(made.pool)
        await gate.close()
        assert await lease(made.pool, "SELECT count(*) FROM bills") == 0

    async def test_unheard(self, held: tuple[Wire, Bench], tenant: UUID, owner: "asyncpg.Connection") -> None:
        """Committed, and the answer was lost: that is not told as a failure."""
        wire, made = held
        uow = made.unit()
        await uow.begin(tenant_id=tenant)
        await add(uow, "tea")
        wire.word = b"COMMIT"
        with pytest.raises(OutcomeUnknown):
            await uow.commit()
        await uow.rollback()
        assert await skus(owner, tenant) == {"tea"}
        assert await comes_back(made.pool)

    async def test_never_arrived(self, held: tuple[Wire, Bench], tenant: UUID, owner: "asyncpg.Connection") -> None:
        """Cut before COMMIT has reached the server nothing has happened, and nobody here can know."""
        wire, made = held
        uow = made.unit()
        await uow.begin(tenant_id=tenant)
        await add(uow, "tea")
        wire.hold()
        task = asyncio.create_task(uow.commit())
        await until(lambda: wire.held, "COMMIT is held up")
        wire.cut()
        await asyncio.wait([task])
        assert isinstance(task.exception(), OutcomeUnknown)
        await uow.rollback()
        wire.flow()
        assert await comes_back(made.pool)
        assert await skus(owner, tenant) == set()

    async def test_server_stops(self, gated: tuple[Bench, asyncpg.Connection], admin: asyncpg.Connection) -> None:
        """What a server says that is being stopped is no refusal: it says so after a COMMIT as well."""
        made, gate = gated
        uow = made.unit()
        await uow.begin()
        await uow.connection.execute("INSERT INTO bills VALUES (1)")
        task = asyncio.create_task(uow.commit())
        place = await gate.fetchval("SELECT current_database()")
        await until(lambda: admin.fetchval(AT_THE_GATE, place), "COMMIT runs")
        await admin.fetchval(TERMINATE, place)
        await asyncio.wait([task])
        error = task.exception()
        assert isinstance(error, OutcomeUnknown)
        assert "administrator command" in str(error.__cause__)
        await uow.rollback()
        assert await comes_back(made.pool)

    async def test_farewell(self, one: Bench, tenant: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the server had said farewell before, the driver sends no COMMIT: that is certain, and no riddle."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)

        async def unsent(*_: object, **__: object) -> str:
            raise asyncpg.InternalClientError("cannot switch to state 15; another operation (2) is in progress")

        with monkeypatch.context() as patched:
            patched.setattr(asyncpg.Connection, "execute", unsent)
            with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InternalClientError)) as caught:
                await uow.commit()
        assert type(uow.explain(caught.value)) is Unavailable
        await uow.rollback()

    async def test_nothing_written(self, held: tuple[Wire, Bench], tenant: UUID) -> None:
        """A unit that only reads has no outcome that anybody need know."""
        wire, made = held
        uow = made.unit(read_only=True)
        await uow.begin(tenant_id=tenant)
        wire.word = b"COMMIT"
        with pytest.raises(asyncpg.PostgresConnectionError) as caught:
            await uow.commit()
        assert type(uow.explain(caught.value)) is Unavailable
        await uow.rollback()
