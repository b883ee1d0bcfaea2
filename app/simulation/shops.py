"""The day's shops: their people, written as the demo's are, and what the owners furnish through the API before the opening."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import asyncpg
import httpx2

from app.auth.passwords import PasswordVault
from app.config import Settings
from app.demo import write_people
from app.embedded.places import EmbeddedError
from app.simulation.caller import Caller, Reply
from app.simulation.journal import Journal

MEMBERS: Final = 2
"""People in each shop in whose names customers buy."""
GOODS: Final = ("Tea", "Coffee", "Cocoa", "Honey", "Olive oil", "Salt", "Rice", "Pasta")
FIRST_PRICE, STEP = 199, 350
CARRIERS: Final = ("carrier_accept", "carrier_lost")
"""Shop by shop: the answers of every second one's carrier get lost the first time."""
FEW, MANY = 3, 25
"""Pieces at the opening: some things run out soon."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A tenant, who works there, who buys there, and where carrier and gateway tell it what happens."""

    slug: str
    owner: Caller
    members: Sequence[Caller]
    opening: Mapping[str, int]
    """The pieces of each product at the opening."""
    carrier: str
    gateway: str
    secret: str
    """Of both: what their messages are signed with."""


async def found_shops(
    settings: Settings, url: str, count: int, client: httpx2.AsyncClient, journal: Journal, name: str = "shop"
) -> list[Shop]:
    """So many shops, ready to be opened. `url` is that of somebody who may write everything, slugs begin with `name`.

    Raises:
        EmbeddedError: the API refuses what an owner does.
    """
    password = secrets.token_urlsafe(24)
    slugs = [f"{name}-{number:03}" for number in range(1, count + 1)]
    people = {slug: _people(slug) for slug in slugs}
    vault = PasswordVault(settings.auth.argon2)
    connection = await asyncpg.connect(url)
    try:
        password_hash = await vault.hash(password)
        async with connection.transaction():
            await write_people(
                connection,
                [(slug, slug) for slug in slugs],
                [(email, email, ((slug, role),)) for slug, known in people.items() for email, role in known],
                dict.fromkeys((email for known in people.values() for email, _ in known), password_hash),
            )
    finally:
        vault.close()
        await connection.close()
    callers = {
        slug: [Caller(client, journal, email, password, slug) for email, _ in known] for slug, known in people.items()
    }
    return list(await asyncio.gather(*(_furnish(slug, known) for slug, known in callers.items())))


def _people(slug: str) -> list[tuple[str, str]]:
    members = [(f"member{number}@{slug}.example", "member") for number in range(1, MEMBERS + 1)]
    return [(f"owner@{slug}.example", "owner"), *members]


async def _furnish(slug: str, callers: Sequence[Caller]) -> Shop:
    owner, *members = callers
    items = [
        {
            "sku": f"{slug}-{number}".upper(),
            "name": f"{name} of {slug}",
            "price": FIRST_PRICE + STEP * number,
            "currency": "EUR",
            "status": "active",
            "stock": FEW if number % 2 else MANY,
        }
        for number, name in enumerate(GOODS)
    ]
    made = _well(await owner.write("POST", "/products/batch", {"items": items, "atomic": True}, once="furnish"))
    opening = {str(each["resource"]["id"]): int(each["resource"]["stock"]) for each in made.body["results"]}
    secret = "whsec_" + b64encode(secrets.token_bytes(24)).decode()
    credential = CARRIERS[int(slug.rpartition("-")[2]) % len(CARRIERS)]
    entrusted = {"credential": credential, "webhook_secret": secret, "is_chosen": True}
    carrier = _well(await owner.write("PUT", "/shipping/carriers/local", entrusted, version="*"))
    gateway = _well(await owner.write("PUT", "/payments/endpoint", {"webhook_secret": secret}, version="*"))
    return Shop(slug, owner, members, opening, carrier.body["webhook_path"], gateway.body["webhook_path"], secret)


def _well(reply: Reply) -> Reply:
    if reply.told != "ok":
        raise EmbeddedError(f"The shops cannot be furnished: {reply.status} {reply.body}")
    return reply
