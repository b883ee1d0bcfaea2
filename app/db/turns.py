"""Turns: what rows cannot lock, since there is none yet or there are too many, is done by one transaction at a time."""

from typing import Any

TURN = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"


async def hold_turn(connection: Any, name: str) -> None:
    """Wait until no other transaction has the turn of that name, and have it until the end of this one.

    The name says what is done and of whom: "categories:<tenant>". Two names that hash alike only wait for one another.

    Raises:
        asyncpg.LockNotAvailableError: it took longer than `database.lock_timeout_ms`.
    """
    await connection.execute(TURN, name)
