"""What becomes of rows when the schema goes forth and back."""

import asyncio

import asyncpg
import pytest

from app.config import Settings
from app.db import migrate
from app.installed import metadata
from app.utils.ids import PLATFORM_TENANT, uuid7
from tests.migrations.test_commands import current, undone
from tests.support.scratch import scratch_database

pytestmark = pytest.mark.own_schema
BEFORE_IDENTITY = "0002"
SESSION = (
    "INSERT INTO sessions (id, user_id, transport, created_at, refreshed_at) VALUES ($1, $2, 'body', now(), now())"
)


async def undone_to(settings: Settings, revision: str) -> None:
    """Undo, step by step."""
    while await current(settings) != revision:
        await undone(settings)


async def person(owner: "asyncpg.Connection") -> object:
    """Somebody."""
    return await owner.fetchval(
        "INSERT INTO users (id, email, name, version) VALUES ($1, $2, 'X', 1) RETURNING id",
        uuid7(),
        f"{uuid7()}@x.example",
    )


async def test_forth_and_back(settings: Settings) -> None:
    """Acts under impersonation do not stop the way back: they stay in the log; their sessions do not become the person's own.

    Requirement 8: forth again, a session that was open before anybody kept when its password was proved must step up.
    """
    async with scratch_database(settings) as scratch:
        owner = await asyncpg.connect(scratch.database.owner_url)
        actor, own = await acted(owner)
        await undone_to(scratch, BEFORE_IDENTITY)
        for table in ("audit_entries", "events"):
            assert [row[0] for row in await owner.fetch(f"SELECT actor FROM {table}")] == [actor]
        assert [row[0] for row in await owner.fetch("SELECT id FROM sessions")] == [own]
        earlier = uuid7()
        await owner.execute(SESSION, earlier, await person(owner))
        await asyncio.to_thread(migrate.upgrade, scratch.database.owner_url)
        assert await asyncio.to_thread(migrate.drift, scratch.database.owner_url, metadata()) == []
        seconds = await owner.fetchval(
            "SELECT extract(epoch FROM now() - authenticated_at) FROM sessions WHERE id = $1", earlier
        )
        assert seconds > settings.auth.session_absolute_seconds
        await owner.close()


async def acted(owner: "asyncpg.Connection") -> tuple[str, object]:
    """An operator has acted as somebody, who has a session too: how the log names that actor, and the own session."""
    staff, somebody, own, acting = await person(owner), await person(owner), uuid7(), uuid7()
    for key in (own, acting):
        await owner.execute(SESSION, key, somebody)
    await owner.execute(
        "UPDATE sessions SET operator_id = $2, bound_tenant_id = $3, ends_at = now() WHERE id = $1",
        acting,
        staff,
        PLATFORM_TENANT,
    )
    actor = f"operator:{staff} as user:{somebody}"
    await owner.execute(
        "INSERT INTO audit_entries (tenant_id, at, actor, action, request_id) VALUES ($1, now(), $2, 'x', $3)",
        PLATFORM_TENANT,
        actor,
        acting,
    )
    await owner.execute(
        "INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)"
        " VALUES ($1, $3, 'x', 1, '{}', $2, $3, now())",
        PLATFORM_TENANT,
        actor,
        acting,
    )
    return actor, own
