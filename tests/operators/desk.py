"""Operators for tests."""

import asyncpg

from tests.support.shops import Person, Shops


async def operator(shops: Shops, owner: "asyncpg.Connection") -> Person:
    """Somebody of the platform's staff."""
    person = await shops.person()
    await owner.execute("INSERT INTO operators (user_id) VALUES ($1)", person.user_id)
    return person
