"""Requirement 37: every act of a tenant's people and of operators is in the audit log; a route that is added is demanded here."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import httpx

from app.extensions.access import Entry
from app.extensions.routing import API, ModularApp
from tests.core.letters import letter
from tests.operators.desk import operator
from tests.support.pictures import PNG, sent
from tests.support.routes import Operation, rules
from tests.support.shops import WEBHOOK_SECRET, Person, Shop, Shops, cart, goods, order, product, shipment

Act = tuple[str, str, httpx.Response, str]
READ = "catalog.products:read"


async def act(person: Person, by: str, method: str, path: str, body: Any = None, **ids: object) -> Act:
    """One act, its template, and how the log should name who did it."""
    answer = await person.call(method, path.format(**ids), json=body, headers={"If-Match": "*"})
    assert answer.is_success, (method, path, answer.text)
    return method, path, answer, by


WAITING = """
INSERT INTO tasks (tenant_id, id, kind, payload, actor, request_id, created_at) VALUES ($1, $2, 'k', '{}', 'x', $2, now())
"""


async def of_members(shop: Shop, database: asyncpg.Connection) -> AsyncIterator[Act]:
    """Everything that needs a permission, once."""
    owner, me, leaver = shop.owner, f"user:{shop.owner.user_id}", f"user:{shop.admin.user_id}"
    body = {"name": "k", "scopes": [READ]}
    key = (made := await act(shop.admin, leaver, "POST", "/api-keys", body))[2].json()["id"]
    yield made
    yield await act(shop.admin, leaver, "POST", "/tenants/current/leave")
    yield await act(owner, me, "POST", "/api-keys/{key_id}/adopt", key_id=key)
    yield await act(owner, me, "POST", "/api-keys/{key_id}/rotate", {}, key_id=key)
    yield await act(owner, me, "DELETE", "/api-keys/{key_id}", key_id=key)
    body = {"email": f"{uuid4().hex}@new.example", "roles": ["member"]}
    key = (made := await act(owner, me, "POST", "/invitations", body))[2].json()["id"]
    yield made
    yield await act(owner, me, "POST", "/invitations/{invitation_id}/resend", invitation_id=key)
    yield await act(owner, me, "DELETE", "/invitations/{invitation_id}", invitation_id=key)
    yield await act(owner, me, "POST", "/roles", {"key": "buyer", "name": "Buyer", "permissions": [READ]})
    yield await act(owner, me, "PATCH", "/roles/{key}", {"name": "Purchaser"}, key="buyer")
    yield await act(owner, me, "DELETE", "/roles/{key}", key="buyer")
    key = (made := await act(owner, me, "POST", "/categories", {"name": "Drinks"}))[2].json()["id"]
    yield made
    yield await act(owner, me, "PATCH", "/categories/{category_id}", {"name": "Teas"}, category_id=key)
    yield await act(owner, me, "DELETE", "/categories/{category_id}", category_id=key)
    key = (made := await act(owner, me, "POST", "/products", product()))[2].json()["id"]
    yield made
    yield await act(owner, me, "PATCH", "/products/{product_id}", {"price": 1}, product_id=key)
    place, large = "/products/{product_id}/variants", {"sku": "L", "name": "Large", "price": 9, "currency": "EUR"}
    one = (made := await act(owner, me, "POST", place, large, product_id=key))[2].json()["id"]
    yield made
    yield await act(owner, me, "PATCH", f"{place}/{{variant_id}}", {"price": 1}, product_id=key, variant_id=one)
    yield await act(owner, me, "POST", f"{place}/{{variant_id}}/archive", product_id=key, variant_id=one)
    place = "/products/{product_id}/images"
    yield (made := await act(owner, me, "POST", place, {"media_type": PNG, "size": 100}, product_id=key))
    one = made[2].json()["id"]
    await sent(owner, made[2].json())
    yield await act(owner, me, "POST", f"{place}/{{image_id}}/complete", product_id=key, image_id=one)
    yield await act(owner, me, "DELETE", f"{place}/{{image_id}}", product_id=key, image_id=one)
    yield await act(owner, me, "POST", "/products/{product_id}/archive", product_id=key)
    yield await act(owner, me, "POST", "/products/batch", {"items": [product()]})
    yield await act(owner, me, "POST", "/products/reprice", {"percent": 1})
    await database.execute(WAITING, shop.id, key := uuid4())
    yield await act(owner, me, "POST", "/tasks/{task_id}/cancel", task_id=key)
    key = str(shop.viewer.user_id)
    yield await act(owner, me, "PATCH", "/members/{user_id}", {"roles": ["member"]}, user_id=key)
    yield await act(owner, me, "DELETE", "/members/{user_id}", user_id=key)
    yield await act(owner, me, "PATCH", "/tenants/current", {"name": "Another"})
    domains = {"invited_domains": ["a.example"]}
    yield await act(owner, me, "PATCH", "/tenants/current/settings/{module}", domains, module="tenants")
    yield await act(owner, me, "POST", "/tenants/current/deletion", {"confirm": shop.slug})
    yield await act(owner, me, "DELETE", "/tenants/current/deletion")
    yield await act(owner, me, "POST", "/tenants/current/ownership", {"user_id": str(shop.member.user_id)})


async def of_analytics(shop: Shop) -> AsyncIterator[Act]:
    """Everything that is done with figures."""
    yield await act(shop.owner, f"user:{shop.owner.user_id}", "POST", "/analytics/rebuilds")


async def of_files(shop: Shop) -> AsyncIterator[Act]:
    """Everything that is done with files of products, once."""
    owner, me = shop.owner, f"user:{shop.owner.user_id}"
    key = (made := await act(owner, me, "POST", "/products/files", {"format": "csv"}))[2].json()["id"]
    yield made
    yield await act(owner, me, "POST", "/products/imports", {"file_id": key})
    yield await act(owner, me, "POST", "/products/exports", {"format": "csv"})


async def of_orders(shop: Shop) -> AsyncIterator[Act]:
    """Everything that is done with carts and orders, once."""
    owner, me, lines = shop.owner, f"user:{shop.owner.user_id}", "/carts/{cart_id}/lines/{line_id}"
    body = {"variant_id": await goods(shop), "quantity": 2}
    key = (made := await act(owner, me, "POST", "/carts", {"currency": "EUR"}))[2].json()["id"]
    yield made
    yield await act(owner, me, "DELETE", "/carts/{cart_id}", cart_id=key)
    key = await cart(owner)
    yield (filled := await act(owner, me, "POST", "/carts/{cart_id}/lines", body, cart_id=key))
    line = filled[2].json()["lines"][0]["id"]
    yield await act(owner, me, "PATCH", lines, {"quantity": 3}, cart_id=key, line_id=line)
    yield await act(owner, me, "DELETE", lines, cart_id=key, line_id=line)
    await act(owner, me, "POST", "/carts/{cart_id}/lines", body, cart_id=key)
    yield await act(owner, me, "PATCH", "/carts/{cart_id}", {"discount_percent": 5}, cart_id=key)
    await owner.patch(f"/products/{body['variant_id']}", json={"price": 7}, headers={"If-Match": "*"})
    yield await act(owner, me, "POST", "/carts/{cart_id}/prices", cart_id=key)
    yield await act(owner, me, "POST", "/carts/{cart_id}/place", cart_id=key)
    yield await act(owner, me, "POST", "/orders/{order_id}/pay", {"source": "card_accept"}, order_id=key)
    yield await act(owner, me, "POST", "/orders/{order_id}/invoice", {}, order_id=key)
    yield await act(owner, me, "POST", "/orders/{order_id}/refund", order_id=key)
    yield await act(owner, me, "PUT", "/payments/endpoint", {"webhook_secret": WEBHOOK_SECRET})
    yield await act(owner, me, "POST", "/orders/{order_id}/cancel", order_id=await order(shop))


async def of_shipping(shop: Shop) -> AsyncIterator[Act]:
    """What is done with carriers and shipments, once."""
    owner, me = shop.owner, f"user:{shop.owner.user_id}"
    key = await shipment(shop)
    body = {"credential": "carrier_accept", "webhook_secret": WEBHOOK_SECRET, "is_chosen": True}
    yield await act(owner, me, "PUT", "/shipping/carriers/{carrier}", body, carrier="local")
    yield await act(owner, me, "POST", "/shipments/{shipment_id}/dispatch", shipment_id=key)


async def of_letters(shop: Shop, rows: asyncpg.Connection) -> AsyncIterator[Act]:
    """What is done about dead deliveries, once."""
    owner, me = shop.owner, f"user:{shop.owner.user_id}"
    key = await letter(rows, shop.id)
    yield await act(owner, me, "POST", "/deliveries/{key}/replay", key=key)
    await letter(rows, shop.id)
    yield await act(owner, me, "POST", "/deliveries/replay", {"limit": 1})


async def of_operated_letters(staff: Person, shop: Shop, rows: asyncpg.Connection) -> AsyncIterator[Act]:
    """The same by an operator."""
    by, tenant, path = f"operator:{staff.user_id}", str(shop.id), "/operator/deliveries/{tenant_id}/{key}/replay"
    yield await act(staff, by, "POST", path, tenant_id=tenant, key=await letter(rows, shop.id))
    await letter(rows, shop.id)
    yield await act(staff, by, "POST", "/operator/deliveries/replay", {"tenant_id": tenant})


async def of_operators(staff: Person, shop: Shop) -> AsyncIterator[Act]:
    """Everything that operators alone may do, once."""
    by, person, tenant = f"operator:{staff.user_id}", str(shop.viewer.user_id), str(shop.id)
    body = {"name": "Made", "slug": f"o{uuid4().hex[:12]}", "owner": shop.member.email}
    yield await act(staff, by, "POST", "/operator/tenants", body)
    yield await act(staff, by, "PUT", "/operator/tenants/{tenant_id}/plan", {"plan": "standard"}, tenant_id=tenant)
    yield await act(
        staff, by, "POST", "/operator/tenants/{tenant_id}/suspend", {"reason": "ticket 7"}, tenant_id=tenant
    )
    yield await act(staff, by, "POST", "/operator/tenants/{tenant_id}/resume", tenant_id=tenant)
    wish = {"tenant_id": tenant, "user_id": person, "reason": "ticket 7", "minutes": 5}
    made = await act(staff, by, "POST", "/operator/impersonations", wish)
    yield made
    key = made[2].json()["id"]
    yield await act(staff, by, "DELETE", "/operator/impersonations/{impersonation_id}", impersonation_id=key)
    yield await act(staff, by, "POST", "/operator/schedules/{name}/run", {}, name="core.heartbeat")
    yield await act(staff, by, "POST", "/operator/users/{user_id}/disable", user_id=person)
    yield await act(staff, by, "POST", "/operator/users/{user_id}/enable", user_id=person)


BY_TASKS = {
    "analytics.rebuild.finished",
    "catalog.export.finished",
    "catalog.import.refused",
    "catalog.repricing.finished",
    "orders.charge.accepted",
    "orders.refund.accepted",
    "shipping.shipment.booked",
    "shipping.shipment.labelled",
    "shipping.shipment.created",
    "shipping.shipment.moved",
}
"""What a task notes of its own, in the name of who started it: no request sent that, so that it has no address."""


async def logged(owner: asyncpg.Connection, acts: AsyncIterator[Act]) -> set[Operation]:
    """What was done; each act left an entry with its actor, its target, its address and its request."""
    seen = set()
    async for method, path, answer, by in acts:
        rows = await owner.fetch(
            "SELECT actor, action, target, address FROM audit_entries WHERE request_id = $1",
            answer.headers["X-Request-ID"],
        )
        assert rows, f"{method} {path} left nothing"
        assert {row["actor"] for row in rows} == {by}, (method, path)
        assert all(row["target"] for row in rows), (method, path)
        assert {row["address"] for row in rows if row["action"] not in BY_TASKS} == {"127.0.0.1"}, (method, path)
        seen.add((method, path))
    return seen


def writes(app: ModularApp, entry: Entry) -> set[Operation]:
    """The operations of that entry that change something, without the prefix."""
    found = rules(app).items()
    return {
        (method, path.removeprefix(API))
        for (method, path), rule in found
        if rule.entry is entry and method not in {"GET", "HEAD"}
    }


async def test_members(app: ModularApp, shops: Shops, owner: asyncpg.Connection) -> None:
    """Requirement 37: what members do stands in the log, with who, what, whereto, whence and by which request."""
    shop = await shops.shop()
    letters = await logged(owner, of_letters(shop, owner))
    written = [of_orders(shop), of_shipping(shop), of_files(shop), of_analytics(shop)]
    orders = set[tuple[str, str]]().union(*[await logged(owner, each) for each in written])
    assert letters | orders | await logged(owner, of_members(shop, owner)) == writes(app, Entry.PERMISSION)


async def test_operators(app: ModularApp, shops: Shops, owner: asyncpg.Connection) -> None:
    """Requirement 37: so does what operators do."""
    shop = await shops.shop()
    await owner.execute("UPDATE tenants SET plan = 'odd' WHERE id = $1", shop.id)  # the same plan again is no act
    staff = await operator(shops, owner)
    letters = await logged(owner, of_operated_letters(staff, shop, owner))
    assert letters | await logged(owner, of_operators(staff, shop)) == writes(app, Entry.SUPERUSER)
