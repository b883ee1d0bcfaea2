"""Whom the legal requests come from, and what is made for them."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import asyncpg

from app.extensions.access import Entry
from tests.auth.test_sign_in import PASSWORD
from tests.hostile.calls import Call
from tests.hostile.surface import Surface
from tests.operators.desk import operator
from tests.support.clock import MovableClock
from tests.support.mailbox import Mailbox
from tests.support.shops import API, Person, Shop, Shops

JSON = (b"content-type", b"application/json")
ANY_VERSION = (b"if-match", b"*")


@dataclass(frozen=True)
class World:
    """One tenant with its people and an operator, and what is needed to look behind the API."""

    shops: Shops
    rows: asyncpg.Connection
    mailbox: Mailbox
    clock: MovableClock
    shop: Shop
    staff: Person

    @classmethod
    async def make(cls, shops: Shops, rows: asyncpg.Connection, mailbox: Mailbox, clock: MovableClock) -> "World":
        """A fresh one."""
        return cls(shops, rows, mailbox, clock, await shops.shop(), await operator(shops, rows))

    async def somebody(self) -> Person:
        """A person without a tenant, with a password."""
        person = await self.shops.person()
        await self.shops.password(person, PASSWORD)
        return person

    async def made(self, person: Person, path: str, body: Any = None) -> dict[str, Any]:
        """What a POST answers, which must succeed."""
        answer = await person.post(path, json=body)
        assert answer.is_success, (path, answer.text)
        found: dict[str, Any] = answer.json()
        return found


def fresh(domain: str = "hostile.example") -> str:
    """An address that nobody has."""
    return f"{uuid4().hex[:12]}@{domain}"


def caller(world: World, surface: Surface) -> Person | None:
    """Who may call the operation; None where nobody need be known."""
    if surface.rule.entry is Entry.OPEN:
        return None
    return world.staff if surface.rule.entry is Entry.SUPERUSER else world.shop.owner


def call(surface: Surface, person: Person | None, body: Any = None, query: str = "", **values: object) -> Call:
    """A request with all headers that the operation asks for."""
    headers = [] if body is None else [JSON]
    if person is not None:
        headers.append((b"authorization", f"Bearer {person.token}".encode()))
        if surface.takes("X-Tenant-ID") and person.tenant_id is not None:
            headers.append((b"x-tenant-id", str(person.tenant_id).encode()))
    if surface.takes("If-Match"):
        headers.append(ANY_VERSION)
    places = {name: str(value) for name, value in values.items()}
    return Call(surface.method, surface.path, places, query, tuple(headers), body)


def short(surface: Surface) -> str:
    """Method and path without the prefix, as the tables name it."""
    return f"{surface.method} {surface.path.removeprefix(API)}"
