"""Tenants with people, made behind the API so that a test is about one thing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from app.extensions.routing import ModularApp
from app.utils.ids import uuid7

API = "/api/v1"
ROLES = ("owner", "admin", "member", "viewer")
"""The system roles, each of which somebody has in a shop."""
PEOPLE = """
WITH made AS (
  SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS made (user_id, session_id, email, roles)
), people AS (
  INSERT INTO users (id, email, name, version) SELECT user_id, email, 'Somebody', 1 FROM made
), opened AS (
  INSERT INTO sessions (id, user_id, transport, created_at, refreshed_at)
  SELECT session_id, user_id, 'body', now(), now() FROM made
)
INSERT INTO memberships (tenant_id, user_id, roles, email, name, version)
SELECT $1, user_id, string_to_array(roles, ' '), email, 'Somebody', 1 FROM made WHERE $1::uuid IS NOT NULL
"""
"""People with a session each, members of a tenant where one is given: one trip, since most tests begin with it."""


@dataclass(frozen=True)
class Person:
    """Somebody with a session, acting in one tenant."""

    client: httpx.AsyncClient
    user_id: UUID
    session_id: UUID
    email: str
    token: str
    tenant_id: UUID | None

    @property
    def headers(self) -> dict[str, str]:
        """Authorization and, with a tenant, X-Tenant-ID."""
        tenant = {} if self.tenant_id is None else {"X-Tenant-ID": str(self.tenant_id)}
        return {"Authorization": f"Bearer {self.token}", **tenant}

    async def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request under /api/v1; `headers` given are merged, None removes one."""
        merged: dict[str, str | None] = {**self.headers, **options.pop("headers", {})}
        headers = {name: value for name, value in merged.items() if value is not None}
        return await self.client.request(method, API + path, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> httpx.Response:
        """GET."""
        return await self.call("GET", path, **options)

    async def post(self, path: str, **options: Any) -> httpx.Response:
        """POST."""
        return await self.call("POST", path, **options)

    async def patch(self, path: str, **options: Any) -> httpx.Response:
        """PATCH."""
        return await self.call("PATCH", path, **options)

    async def delete(self, path: str, **options: Any) -> httpx.Response:
        """DELETE."""
        return await self.call("DELETE", path, **options)


@dataclass(frozen=True)
class Shop:
    """A tenant with one person of each system role."""

    id: UUID
    slug: str
    owner: Person
    admin: Person
    member: Person
    viewer: Person


class Shops:
    """The factory. Every tenant, slug and address is fresh, so that tests share a database without meeting."""

    def __init__(self, app: ModularApp, owner: "asyncpg.Connection", client: httpx.AsyncClient) -> None:
        self._app = app
        self._owner = owner
        self._client = client

    @property
    def files(self) -> Path:
        """The folder in which the local store keeps files."""
        return Path(self._app.state.runtime.settings.files.folder)

    async def shop(self, *, plan: str = "standard") -> Shop:
        """A new tenant."""
        tenant_id, slug = uuid7(), f"s{uuid4().hex[:16]}"
        await self._owner.execute(
            "INSERT INTO tenants (id, slug, name, version, plan) VALUES ($1, $2, $2, 1, $3)", tenant_id, slug, plan
        )
        people = await self._people(tenant_id, [(role,) for role in ROLES])
        return Shop(tenant_id, slug, *people)

    async def person(self, tenant_id: UUID | None = None, *roles: str) -> Person:
        """Somebody new with an open session, a member of the tenant with these roles."""
        return (await self._people(tenant_id, [roles]))[0]

    async def _people(self, tenant_id: UUID | None, roles: Sequence[Sequence[str]]) -> list[Person]:
        """So many people."""
        tokens = self._app.state.identity.tokens
        ids = [(uuid7(), uuid7(), f"{uuid4().hex[:12]}@shop.example") for _ in roles]
        users, sessions, emails = map(list, zip(*ids, strict=True))
        await self._owner.execute(PEOPLE, tenant_id, users, sessions, emails, [" ".join(held) for held in roles])
        return [
            Person(self._client, user, session, email, tokens.access_token(user, session), tenant_id)
            for user, session, email in ids
        ]

    def known(self, person: Person) -> Person:
        """Somebody whom another app's factory made, asking this one's."""
        return replace(person, client=self._client)

    async def join(self, user_id: UUID, tenant_id: UUID, *roles: str) -> None:
        """Make somebody a member."""
        await self._owner.execute(
            "INSERT INTO memberships (tenant_id, user_id, roles, email, name, version)"
            " SELECT $1, id, $3, email, name, 1 FROM users WHERE id = $2",
            tenant_id,
            user_id,
            list(roles),
        )

    async def password(self, person: Person, password: str) -> None:
        """Give somebody a password, so that they can sign in."""
        password_hash = await self._app.state.identity.vault.hash(password)
        await self._owner.execute(
            "INSERT INTO credentials (user_id, password_hash) VALUES ($1, $2)", person.user_id, password_hash
        )


_numbers = iter(range(1, 10**9))


def product(**changes: Any) -> dict[str, Any]:
    """A valid body for POST /products."""
    number = next(_numbers)
    return {"sku": f"SKU-{number}", "name": f"Tea no. {number}", "price": 450, "currency": "EUR", **changes}


async def cart(person: Person, *lines: tuple[str, int], currency: str = "EUR") -> str:
    """The id of a cart of that person's with so many pieces of these variants in it."""
    key = str((await person.post("/carts", json={"currency": currency})).json()["id"])
    for variant_id, quantity in lines:
        answer = await person.post(f"/carts/{key}/lines", json={"variant_id": variant_id, "quantity": quantity})
        assert answer.status_code == 200, answer.text
    return key


async def goods(shop: Shop, **values: Any) -> str:
    """The id of a product that is for sale, twenty pieces of it."""
    answer = await shop.member.post("/products", json=product(**{"status": "active", "stock": 20, **values}))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def order(shop: Shop, person: Person | None = None, *, quantity: int = 2, **values: Any) -> str:
    """The id of an order of goods with these values, by the owner where nobody else is named."""
    buyer = person or shop.owner
    key = await cart(buyer, (await goods(shop, **values), quantity))
    answer = await buyer.post(f"/carts/{key}/place", headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return key


async def shipment(shop: Shop) -> str:
    """The id of a shipment: that of an order which is paid."""
    key = await order(shop)
    assert (await shop.owner.post(f"/orders/{key}/pay", json={"source": "card_accept"})).status_code == 202
    return str((await shop.viewer.get("/shipments", params={"order_id": key})).json()["data"][0]["id"])


WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


async def listen(shop: Shop, *, secret: str = WEBHOOK_SECRET) -> str:
    """Give the shop an endpoint for the gateway's messages; answers its path."""
    body = {"webhook_secret": secret}
    answer = await shop.admin.call("PUT", "/payments/endpoint", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["webhook_path"])


async def entrust(shop: Shop, credential: str = "carrier_accept", *, secret: str = WEBHOOK_SECRET) -> str:
    """Give the shop an account with the local carrier, to which new shipments go; answers the path of its webhook."""
    body = {"credential": credential, "webhook_secret": secret, "is_chosen": True}
    answer = await shop.admin.call("PUT", "/shipping/carriers/local", json=body, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["webhook_path"])
