"""A transaction outside any unit of work, for what acts for no request and binds no tenant: relay, seals, checks of the start."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from app.db.commits import commit
from app.db.pool import Pool


@asynccontextmanager
async def lone_transaction(pool: Pool, begin: str = "BEGIN") -> AsyncIterator[Any]:
    """As `begun`, of whose beginning nothing need be known."""
    async with begun(pool, begin) as (connection, _):
        yield connection


@asynccontextmanager
async def begun(pool: Pool, begin: str) -> AsyncIterator[tuple[Any, str]]:
    """The driver's connection in a transaction, committed at the block's end; where anything is raised the pool undoes it.

    With the tag of the last command of `begin`, which says how many rows it found. Also for one statement. It is begun in
    words: the driver asks twice for a statement, to prepare and to run it, and between the two a pooler would hand the second
    to another backend, where it may mean another statement.

    Raises:
        OutcomeLost: as `commit`.
    """
    slot = await pool.acquire()
    clean = False
    try:
        status = await slot.raw.execute(begin)
        yield slot.raw, status
        await commit(slot.raw)
        clean = True
    finally:
        pool.release(slot, clean=clean)
