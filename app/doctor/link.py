"""Looks at what lies between this machine and the database: a pooler, and the time of day."""

from datetime import UTC, datetime

import asyncpg

from app.config import Settings
from app.doctor.findings import Finding, judged, unknown
from app.doctor.reach import AWAY, Connection, connect, reading
from app.utils.ids import uuid7

MAX_CLOCK_SECONDS = 2.0
MOST_BACKENDS = 10
LOST = (asyncpg.InvalidSQLStatementNameError, asyncpg.DuplicatePreparedStatementError)


async def look_at_pooler(settings: Settings) -> list[Finding]:
    """Whether a pooler stands in between, and whether prepared statements survive it."""
    try:
        first = await connect(settings.database.url, statement_cache=True)
    except AWAY as error:
        return [unknown("pooler", str(error) or type(error).__name__)]
    try:
        # A pooler hands its clients keys of its own; the server's are its processes' numbers.
        if first.get_server_pid() == await first.fetchval("SELECT pg_backend_pid()"):
            return [Finding("pooler", True, "none in between")]
        survives = await _survives(settings, first)
    finally:
        first.terminate()
    if survives:
        return [Finding("pooler", True, "in between; prepared statements survive it")]
    faults = ["in between, and prepared statements do not survive it"] if settings.database.statement_cache else []
    well = "in between; prepared statements do not survive it, and database.statement_cache is off"
    return [
        judged(
            "pooler",
            faults,
            well,
            "export ATRIUM_DATABASE__STATEMENT_CACHE=false    # for every process, then restart them",
        )
    ]


async def _survives(settings: Settings, first: Connection) -> bool:
    """Prepare on one connection, let another take the backend away, and use what was prepared."""
    async with reading(first):
        backend = await first.fetchval("SELECT pg_backend_pid()")
        prepared = await first.prepare("SELECT 1", name=f"doctor_{uuid7().hex}")
    others: list[Connection] = []
    try:
        for _ in range(MOST_BACKENDS):
            others.append(await connect(settings.database.url))
            await others[-1].execute("BEGIN READ ONLY")
            if await others[-1].fetchval("SELECT pg_backend_pid()") == backend:
                break
        await prepared.fetchval()
    except LOST:
        return False
    finally:
        for other in others:
            other.terminate()
    return True


async def look_at_clock(connection: Connection) -> list[Finding]:
    """The time here and in the database: leases and tokens are judged by one and the other."""
    async with reading(connection):
        before = datetime.now(UTC)
        theirs = await connection.fetchval("SELECT clock_timestamp()")
        middle = before + (datetime.now(UTC) - before) / 2
    seconds = abs((theirs - middle).total_seconds())
    faults = [f"{seconds:.2f} s apart"] if seconds > MAX_CLOCK_SECONDS else []
    return [
        judged(
            "clock",
            faults,
            f"{seconds:.2f} s apart",
            "timedatectl set-ntp true    # here and on the database's machine",
        )
    ]
