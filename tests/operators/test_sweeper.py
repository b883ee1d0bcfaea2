"""What is over is removed on a schedule, not when its person comes again."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.auth.system import SystemUnits
from app.config import Settings
from app.extensions.routing import ModularApp
from app.operators.sweeper import BATCH, Sweeper
from app.utils.ids import uuid7
from tests.auth.test_refresh import outcome, refresh
from tests.auth.test_sign_in import signed_in
from tests.faults.processes import Children, environment, until
from tests.faults.slow_worker import run_main
from tests.operators.test_impersonation_races import BY_ROW, held, waits
from tests.support.clock import MovableClock
from tests.support.scratch import scratch_database
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
KEPT = timedelta(days=30)
HOUR = timedelta(hours=1)
SHORT_LIVED = {
    "registrations": "INSERT INTO registrations (id, email, name, password_hash, created_at, expires_at)"
    " VALUES ($1, $1::uuid::text, 'X', 'x', now(), now() + interval '1 day')",
    "one_time_tokens": "INSERT INTO one_time_tokens (token_hash, purpose, subject_id, created_at, expires_at)"
    " VALUES (uuid_send($1), 'mfa', $1, now(), now() + interval '1 day')",
    "email_changes": "INSERT INTO email_changes (id, user_id, email, old_email, created_at, expires_at)"
    " SELECT $1, id, 'x', 'x', now(), now() + interval '1 day' FROM users LIMIT 1",
}
LEFT = {
    "registrations": "SELECT count(*) FROM registrations WHERE id = ANY($1)",
    "one_time_tokens": "SELECT count(*) FROM one_time_tokens WHERE subject_id = ANY($1)",
    "email_changes": "SELECT count(*) FROM email_changes WHERE id = ANY($1)",
}


@pytest.fixture
def sweeper(app: ModularApp) -> Sweeper:
    """As the relay has it, with the clock of the tests."""
    return Sweeper(app.state.system, app.state.runtime.settings.auth)


async def add(owner: Owner, table: str, count: int = 1) -> list[UUID]:
    """Rows that expire tomorrow."""
    keys = [uuid7() for _ in range(count)]
    await owner.executemany(SHORT_LIVED[table], [(key,) for key in keys])
    return keys


class TestShortLived:
    """Registrations, tokens and wishes for another address"""

    @pytest.mark.parametrize("table", SHORT_LIVED)
    async def test_expired(self, sweeper: Sweeper, shops: Shops, owner: Owner, clock: MovableClock, table: str) -> None:
        """They go when they expire, by the injected clock, and not before."""
        await shops.person()
        keys = await add(owner, table)
        for hours, left in ((23, 1), (25, 0)):
            clock.reset()
            clock.advance(hours=hours)
            await sweeper.round()
            assert await owner.fetchval(LEFT[table], keys) == left

    async def test_batches(
        self, sweeper: Sweeper, owner: Owner, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However many there are, one round removes them, and no batch begins with a search through the whole table."""
        unit, writes = SystemUnits.unit, []

        def watched(units: SystemUnits, request_id: UUID, *, read_only: bool = False) -> Any:
            writes.append(not read_only)
            return unit(units, request_id, read_only=read_only)

        clock.advance(days=2)
        await sweeper.round()
        clock.reset()
        keys = await add(owner, "registrations", 2 * BATCH + 1)
        clock.advance(days=2)
        monkeypatch.setattr(SystemUnits, "unit", watched)
        assert (await sweeper.round())["registrations"] == len(keys)
        assert await owner.fetchval(LEFT["registrations"], keys) == 0
        assert (writes.count(True), writes.count(False)) == (3, 7)

    async def test_confirmed_change(self, sweeper: Sweeper, shops: Shops, owner: Owner, clock: MovableClock) -> None:
        """A confirmed change of address stays until the old address was told."""
        await shops.person()
        keys = await add(owner, "email_changes")
        await owner.execute("UPDATE email_changes SET confirmed_at = now() WHERE id = $1", keys[0])
        clock.advance(days=365)
        await sweeper.round()
        assert await owner.fetchval(LEFT["email_changes"], keys) == 1


class TestSessions:
    """Sessions and their refresh tokens"""

    @pytest.mark.parametrize(
        ("over", "lived"),
        [
            ("ended_at = now()", timedelta()),
            ("operator_id = user_id, ends_at = now()", timedelta()),
            ("ended_at = NULL", timedelta(days=14)),
            ("refreshed_at = now() + interval '1 year'", timedelta(days=90)),
        ],
        ids=["ended", "impersonation", "idle", "absolute"],
    )
    async def test_kept(
        self, sweeper: Sweeper, shops: Shops, owner: Owner, clock: MovableClock, over: str, lived: timedelta
    ) -> None:
        """A session that is over is kept for thirty days more, then it goes with its tokens."""
        person = await shops.person()
        await signed_in(shops, person)
        await owner.execute(f"UPDATE sessions SET {over} WHERE user_id = $1", person.user_id)
        query = "SELECT count(*) FROM sessions LEFT JOIN refresh_tokens ON session_id = id WHERE user_id = $1"
        for after, left in ((lived + KEPT - HOUR, 2), (lived + KEPT + HOUR, 0)):
            clock.reset()
            clock.advance(seconds=after.total_seconds())
            await sweeper.round()
            assert await owner.fetchval(query, person.user_id) == left

    async def test_in_use(self, sweeper: Sweeper, shops: Shops, clock: MovableClock) -> None:
        """Requirement 4: a session in use keeps its used tokens, however old: the first one, used again, still ends it."""
        person = await shops.person()
        first = (await signed_in(shops, person))["refresh_token"]
        token = first
        for _ in range(5):
            clock.advance(days=13)
            token = (await refresh(person, token)).json()["refresh_token"]
            await sweeper.round()
        assert outcome(await refresh(person, first)) == (401, "session_ended")
        assert outcome(await refresh(person, token)) == (401, "session_ended")


class TestInvitations:
    """Invitations that came to nothing, and those that were answered"""

    @pytest.mark.parametrize("over", ["state = 'pending'", "state = 'accepted', ended_at = now()"])
    async def test_kept(self, sweeper: Sweeper, shops: Shops, owner: Owner, clock: MovableClock, over: str) -> None:
        """They stay in the tenant's list for thirty days, then the address is forgotten; others stay."""
        shop, other = await shops.shop(), await shops.shop()
        for place in (shop, other):
            body = {"email": f"{uuid4().hex}@new.example", "roles": ["viewer"]}
            assert (await place.owner.post("/invitations", json=body)).status_code == 201
        await owner.execute(f"UPDATE invitations SET expires_at = now(), {over} WHERE tenant_id = $1", shop.id)
        await owner.execute("UPDATE invitations SET expires_at = 'infinity' WHERE tenant_id = $1", other.id)
        query = "SELECT count(*) FROM invitations WHERE tenant_id = $1"
        for after, left in ((KEPT - HOUR, 1), (KEPT + HOUR, 0)):
            clock.reset()
            clock.advance(seconds=after.total_seconds())
            await sweeper.round()
            assert await owner.fetchval(query, shop.id) == left
            assert await owner.fetchval(query, other.id) == 1

    async def test_sent_again_meanwhile(
        self, sweeper: Sweeper, shops: Shops, owner: Owner, settings: Settings, clock: MovableClock
    ) -> None:
        """One that is sent again at the moment of its sweeping stays: its link is on its way."""
        shop = await shops.shop()
        body = {"email": f"{uuid4().hex}@new.example", "roles": ["viewer"]}
        key = UUID((await shop.owner.post("/invitations", json=body)).json()["id"])
        await owner.execute("UPDATE invitations SET expires_at = 'infinity' WHERE id = $1", key)
        clock.advance(days=60)
        await sweeper.round()  # of what other tests have left
        await owner.execute("UPDATE invitations SET expires_at = now() WHERE id = $1", key)
        async with held(settings, "UPDATE invitations SET expires_at = 'infinity' WHERE id = $1", key) as holder:
            sweeping = asyncio.create_task(sweeper.round())
            await waits(owner, sweeping, BY_ROW, holder)
            assert not sweeping.done()
        await sweeping
        assert await owner.fetchval("SELECT state FROM invitations WHERE id = $1", key) == "pending"


async def test_relay_sweeps(settings: Settings, tmp_path: Path) -> None:
    """Whoever runs a relay runs the sweeper."""
    async with scratch_database(settings) as scratch:
        owner = await asyncpg.connect(scratch.database.owner_url)
        keys = await add(owner, "registrations")
        await owner.execute("UPDATE registrations SET expires_at = now()")

        async def gone() -> bool:
            return not await owner.fetchval(LEFT["registrations"], keys)

        with Children(tmp_path) as children:
            child = children.start(run_main, environment(scratch), "relay")
            await until(gone, "the registration is gone", 60)
            assert child.exit_code is None
        await owner.close()
