"""A legal request for every operation: what a hostile one spoils, and what must be served beside it.

Most operations need nothing but their caller. An operation that is added and needs more fails until it stands here.
"""

from collections.abc import Awaitable, Callable
from uuid import uuid4

from tests.core.letters import letter
from tests.hostile.calls import Call
from tests.hostile.legal_auth import AUTH
from tests.hostile.legal_files import FILES
from tests.hostile.legal_images import IMAGES
from tests.hostile.legal_operators import OPERATORS
from tests.hostile.legal_payments import PAYMENTS
from tests.hostile.legal_shipping import SHIPPING
from tests.hostile.surface import Surface
from tests.hostile.world import World, call, caller, fresh, short
from tests.support.shops import cart, goods, order, product

Maker = Callable[[World, Surface], Awaitable[Call]]
READ = "catalog.products:read"
WAITING = """
INSERT INTO tasks (tenant_id, id, kind, payload, actor, request_id, created_at) VALUES ($1, $2, 'k', '{}', 'x', $2, now())
"""


async def legal(world: World, surface: Surface) -> Call:
    """A fresh one, which nobody has sent yet; everything that it needs is there.

    Raises:
        AssertionError: the operation needs more than its caller, and nobody has said what.
    """
    maker = MAKERS.get(short(surface))
    if maker is not None:
        return await maker(world, surface)
    simple = not surface.of("path") and not surface.body_required
    assert simple, f"{surface.name}: what is a legal request? tests/hostile/legal.py says it"
    return call(surface, caller(world, surface))


async def _product_id(world: World) -> str:
    return str((await world.made(world.shop.member, "/products", product()))["id"])


async def _cart(world: World) -> str:
    return await cart(world.shop.owner, (await goods(world.shop), 1))


def _variant() -> dict[str, object]:
    return {"sku": uuid4().hex, "name": "Large", "price": 900, "currency": "EUR", "status": "draft", "stock": 3}


async def _invitation_id(world: World) -> str:
    body = {"email": fresh(), "roles": ["member"]}
    return str((await world.made(world.shop.owner, "/invitations", body))["id"])


async def _role_key(world: World) -> str:
    body = {"key": f"r{uuid4().hex[:12]}", "name": "R", "permissions": [READ]}
    return str((await world.made(world.shop.owner, "/roles", body))["key"])


async def _task_id(world: World) -> str:
    return str((await world.made(world.shop.member, "/products/reprice", {"percent": 1}))["id"])


async def _delivery(world: World, field: str) -> str:
    await _product_id(world)
    return str((await world.shop.owner.get("/deliveries")).json()["data"][0][field])


async def _entry(world: World) -> str:
    await _product_id(world)
    return str((await world.shop.owner.get("/audit-log")).json()["data"][0]["id"])


async def explain(world: World, surface: Surface) -> Call:
    """About oneself."""
    return call(surface, world.shop.owner, query=f"permission={READ}")


async def of_activity(world: World, surface: Surface) -> Call:
    """What one request caused."""
    return call(surface, world.shop.owner, request_id=await _delivery(world, "request_id"))


async def of_entry(world: World, surface: Surface) -> Call:
    """An entry of the audit log."""
    return call(surface, world.shop.owner, key=await _entry(world))


async def of_delivery(world: World, surface: Surface) -> Call:
    """A delivery."""
    return call(surface, world.shop.owner, key=await _delivery(world, "id"))


async def replay(world: World, surface: Surface) -> Call:
    """A dead letter, once more."""
    return call(surface, world.shop.owner, key=await letter(world.rows, world.shop.id))


async def replay_many(world: World, surface: Surface) -> Call:
    """Dead letters, once more."""
    await letter(world.rows, world.shop.id)
    return call(surface, world.shop.owner, {"limit": 1})


async def invite(world: World, surface: Surface) -> Call:
    """Somebody new."""
    return call(surface, world.shop.owner, {"email": fresh(), "roles": ["member"]})


async def of_invitation(world: World, surface: Surface) -> Call:
    """One that waits."""
    return call(surface, world.shop.owner, invitation_id=await _invitation_id(world))


async def accept(world: World, surface: Surface) -> Call:
    """By somebody new."""
    body = {"email": (email := fresh()), "roles": ["member"]}
    await world.made(world.shop.owner, "/invitations", body)
    return call(surface, None, {"token": world.mailbox.last(email).token, "name": "Nora", "password": "seven otters"})


async def of_member(world: World, surface: Surface) -> Call:
    """Another member, who has just come."""
    person = await world.shops.person(world.shop.id, "viewer")
    body = {"roles": ["member"]} if surface.method == "PATCH" else None
    return call(surface, world.shop.owner, body, user_id=person.user_id)


async def make_role(world: World, surface: Surface) -> Call:
    """A role of the tenant's own."""
    body = {"key": f"r{uuid4().hex[:12]}", "name": "R", "description": "reads", "permissions": [READ]}
    return call(surface, world.shop.owner, body)


async def of_role(world: World, surface: Surface) -> Call:
    """A role of the tenant's own."""
    body = {"name": "Purchaser", "permissions": [READ]} if surface.method == "PATCH" else None
    return call(surface, world.shop.owner, body, key=await _role_key(world))


async def make_product(world: World, surface: Surface) -> Call:
    """With everything that a product has."""
    return call(surface, world.shop.member, product(description="green", status="draft", stock=3))


async def make_products(world: World, surface: Surface) -> Call:
    """Two at once."""
    return call(surface, world.shop.member, {"atomic": True, "items": [product(), product()]})


async def of_product(world: World, surface: Surface) -> Call:
    """A product."""
    body = {"name": "Another", "price": 1, "stock": 2} if surface.method == "PATCH" else None
    return call(surface, world.shop.member, body, product_id=await _product_id(world))


async def make_cart(world: World, surface: Surface) -> Call:
    """An empty one."""
    return call(surface, world.shop.owner, {"currency": "EUR"})


async def of_cart(world: World, surface: Surface) -> Call:
    """A cart with something in it."""
    body = {"discount_percent": 5} if surface.method == "PATCH" else None
    return call(surface, world.shop.owner, body, cart_id=await _cart(world))


async def fill_cart(world: World, surface: Surface) -> Call:
    """Something more."""
    body = {"variant_id": await goods(world.shop), "quantity": 2}
    return call(surface, world.shop.owner, body, cart_id=await cart(world.shop.owner))


async def of_line(world: World, surface: Surface) -> Call:
    """What is in a cart."""
    key = await _cart(world)
    line = (await world.shop.owner.get(f"/carts/{key}")).json()["lines"][0]["id"]
    body = {"quantity": 2} if surface.method == "PATCH" else None
    return call(surface, world.shop.owner, body, cart_id=key, line_id=line)


async def of_order(world: World, surface: Surface) -> Call:
    """An order."""
    body = {"source": "card_accept"} if surface.body is not None else None
    return call(surface, world.shop.owner, body, order_id=await order(world.shop))


async def refund(world: World, surface: Surface) -> Call:
    """An order that is paid."""
    key = await order(world.shop)
    await world.made(world.shop.owner, f"/orders/{key}/pay", {"source": "card_accept"})
    return call(surface, world.shop.owner, order_id=key)


async def make_category(world: World, surface: Surface) -> Call:
    """Below another."""
    above = (await world.made(world.shop.member, "/categories", {"name": uuid4().hex}))["id"]
    return call(surface, world.shop.member, {"name": uuid4().hex, "parent_id": above})


async def of_category(world: World, surface: Surface) -> Call:
    """An empty one."""
    key = (await world.made(world.shop.member, "/categories", {"name": uuid4().hex}))["id"]
    body = {"name": uuid4().hex, "parent_id": None} if surface.method == "PATCH" else None
    return call(surface, world.shop.member, body, category_id=key)


async def of_variants(world: World, surface: Surface) -> Call:
    """What a product is sold as beside itself."""
    body = _variant() if surface.method == "POST" else None
    return call(surface, world.shop.member, body, product_id=await _product_id(world))


async def of_variant(world: World, surface: Surface) -> Call:
    """A further variant."""
    above = await _product_id(world)
    key = (await world.made(world.shop.member, f"/products/{above}/variants", _variant()))["id"]
    body = {"name": "Another", "price": 1, "stock": 2} if surface.method == "PATCH" else None
    return call(surface, world.shop.member, body, product_id=above, variant_id=key)


async def reprice(world: World, surface: Surface) -> Call:
    """A task over all products."""
    return call(surface, world.shop.member, {"percent": 1})


async def of_task(world: World, surface: Surface) -> Call:
    """A task that is over, so that its stream ends."""
    return call(surface, world.shop.owner, task_id=await _task_id(world))


async def cancel(world: World, surface: Surface) -> Call:
    """A task that waits."""
    key = uuid4()
    await world.rows.execute(WAITING, world.shop.id, key)
    return call(surface, world.shop.owner, task_id=key)


async def make_tenant(world: World, surface: Surface) -> Call:
    """By somebody who owns none."""
    return call(surface, await world.shops.person(), {"name": "Made", "slug": f"h{uuid4().hex[:12]}"})


async def change_tenant(world: World, surface: Surface) -> Call:
    """Another name."""
    return call(surface, world.shop.owner, {"name": "Another", "mfa_required": False})


async def delete_tenant(world: World, surface: Surface) -> Call:
    """Ask for the end, in a tenant that has not asked yet."""
    shop = await world.shops.shop()
    return call(surface, shop.owner, {"confirm": shop.slug})


async def keep_tenant(world: World, surface: Surface) -> Call:
    """Take it back."""
    shop = await world.shops.shop()
    await world.made(shop.owner, "/tenants/current/deletion", {"confirm": shop.slug})
    return call(surface, shop.owner)


async def leave(world: World, surface: Surface) -> Call:
    """By somebody who has just come."""
    return call(surface, await world.shops.person(world.shop.id, "viewer"))


async def hand_over(world: World, surface: Surface) -> Call:
    """A tenant of its own, since its owner is another afterwards."""
    shop = await world.shops.shop()
    return call(surface, shop.owner, {"user_id": str(shop.member.user_id)})


async def of_tenant(world: World, surface: Surface) -> Call:
    """One's own."""
    return call(surface, world.shop.owner, tenant_id=world.shop.id)


async def of_settings(world: World, surface: Surface) -> Call:
    """Those of the tenants module."""
    body = {"invited_domains": ["a.example"]} if surface.method == "PATCH" else None
    return call(surface, world.shop.owner, body, module="tenants")


async def of_mock(world: World, surface: Surface) -> Call:
    """A collection, or what is in it."""
    noun = f"m{uuid4().hex[:12]}"
    body = {"number": "2026-0042", "total": 12900} if surface.body is not None else None
    if "{item_id}" not in surface.path:
        return call(surface, None, body, collection=noun)
    made = await world.shop.owner.post(f"/mock/{noun}", json={"number": "1"}, headers={"X-Tenant-ID": None})
    return call(surface, None, body, collection=noun, item_id=made.json()["id"])


MAKERS: dict[str, Maker] = {
    **AUTH,
    **FILES,
    **IMAGES,
    **OPERATORS,
    **PAYMENTS,
    **SHIPPING,
    "GET /analytics/products/{product_id}/orders": of_product,
    "GET /analytics/products/{product_id}/shipping": of_product,
    "GET /access/explain": explain,
    "GET /activity/{request_id}": of_activity,
    "GET /audit-log/{key}": of_entry,
    "GET /deliveries/{key}": of_delivery,
    "POST /deliveries/{key}/replay": replay,
    "POST /deliveries/replay": replay_many,
    "POST /invitations": invite,
    "GET /invitations/{invitation_id}": of_invitation,
    "DELETE /invitations/{invitation_id}": of_invitation,
    "POST /invitations/{invitation_id}/resend": of_invitation,
    "POST /invitations/accept": accept,
    "GET /members/{user_id}": of_member,
    "PATCH /members/{user_id}": of_member,
    "DELETE /members/{user_id}": of_member,
    "POST /roles": make_role,
    "GET /roles/{key}": of_role,
    "PATCH /roles/{key}": of_role,
    "DELETE /roles/{key}": of_role,
    "POST /categories": make_category,
    "GET /categories/{category_id}": of_category,
    "PATCH /categories/{category_id}": of_category,
    "DELETE /categories/{category_id}": of_category,
    "POST /products": make_product,
    "POST /products/batch": make_products,
    "GET /products/{product_id}": of_product,
    "PATCH /products/{product_id}": of_product,
    "POST /products/{product_id}/archive": of_product,
    "GET /products/{product_id}/prices": of_product,
    "GET /products/{product_id}/stock": of_variants,
    "GET /products/{product_id}/variants": of_variants,
    "POST /products/{product_id}/variants": of_variants,
    "GET /products/{product_id}/variants/{variant_id}": of_variant,
    "PATCH /products/{product_id}/variants/{variant_id}": of_variant,
    "POST /products/{product_id}/variants/{variant_id}/archive": of_variant,
    "POST /products/reprice": reprice,
    "POST /carts": make_cart,
    "GET /carts/{cart_id}": of_cart,
    "PATCH /carts/{cart_id}": of_cart,
    "DELETE /carts/{cart_id}": of_cart,
    "POST /carts/{cart_id}/lines": fill_cart,
    "PATCH /carts/{cart_id}/lines/{line_id}": of_line,
    "DELETE /carts/{cart_id}/lines/{line_id}": of_line,
    "POST /carts/{cart_id}/prices": of_cart,
    "POST /carts/{cart_id}/place": of_cart,
    "GET /orders/{order_id}": of_order,
    "POST /orders/{order_id}/cancel": of_order,
    "POST /orders/{order_id}/pay": of_order,
    "POST /orders/{order_id}/refund": refund,
    "GET /tasks/{task_id}": of_task,
    "GET /tasks/{task_id}/events": of_task,
    "POST /tasks/{task_id}/cancel": cancel,
    "POST /tenants": make_tenant,
    "PATCH /tenants/current": change_tenant,
    "POST /tenants/current/deletion": delete_tenant,
    "DELETE /tenants/current/deletion": keep_tenant,
    "POST /tenants/current/leave": leave,
    "POST /tenants/current/ownership": hand_over,
    "GET /tenants/{tenant_id}": of_tenant,
    "GET /tenants/current/settings/{module}": of_settings,
    "PATCH /tenants/current/settings/{module}": of_settings,
    "GET /mock/{collection}": of_mock,
    "POST /mock/{collection}": of_mock,
    "GET /mock/{collection}/{item_id}": of_mock,
    "PATCH /mock/{collection}/{item_id}": of_mock,
    "DELETE /mock/{collection}/{item_id}": of_mock,
}
"""By method and path without the prefix."""
