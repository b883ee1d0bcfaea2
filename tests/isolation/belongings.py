"""What a tenant has, made for the matrix: each answers the id by which the API names it."""

from uuid import uuid4

from tests.support.pictures import image
from tests.support.shops import Shop, cart, goods, order, product, shipment


async def product_id(shop: Shop) -> str:
    """A product."""
    return str((await shop.member.post("/products", json=product())).json()["id"])


async def goods_id(shop: Shop) -> str:
    """What can be put into a cart."""
    return await goods(shop)


async def cart_id(shop: Shop) -> str:
    """A cart of the owner's, with something in it."""
    return await cart(shop.owner, (await goods(shop), 1))


async def line_id(shop: Shop, cart_id: str) -> str:
    """What is in it."""
    return str((await shop.owner.get(f"/carts/{cart_id}")).json()["lines"][0]["id"])


async def order_id(shop: Shop) -> str:
    """An order."""
    return await order(shop)


async def shipment_id(shop: Shop) -> str:
    """A shipment that no carrier has taken yet."""
    return await shipment(shop)


async def shipped_order_id(shop: Shop) -> str:
    """An order that is shipped."""
    return str((await shop.owner.get(f"/shipments/{await shipment(shop)}")).json()["order_id"])


async def file_id(shop: Shop) -> str:
    """A file that will be imported."""
    return str((await shop.member.post("/products/files", json={"format": "csv"})).json()["id"])


async def category_id(shop: Shop) -> str:
    """A category with a product in it."""
    key = str((await shop.member.post("/categories", json={"name": uuid4().hex})).json()["id"])
    assert (await shop.member.post("/products", json=product(category_id=key))).status_code == 201
    return key


async def parent_id(shop: Shop) -> str:
    """A category that another is below."""
    key = await category_id(shop)
    assert (await shop.member.post("/categories", json={"name": "Below", "parent_id": key})).status_code == 201
    return key


async def category_name(shop: Shop) -> str:
    """What a category is called."""
    return str((await shop.member.get(f"/categories/{await category_id(shop)}")).json()["name"])


async def variant_id(shop: Shop, product: str) -> str:
    """A further variant of a product."""
    body = {"sku": uuid4().hex, "name": "Large", "price": 900, "currency": "EUR"}
    return str((await shop.member.post(f"/products/{product}/variants", json=body)).json()["id"])


async def image_id(shop: Shop, product: str) -> str:
    """An image of a product."""
    return await image(shop, product)


async def changed_price(shop: Shop, product: str) -> str:
    """A change of a product's price."""
    path = f"/products/{product}"
    price = (await shop.member.get(path)).json()["price"]
    await shop.member.patch(path, json={"price": price + 1}, headers={"If-Match": "*"})
    return str((await shop.member.get(f"{path}/prices")).json()["data"][0]["id"])


async def entry(shop: Shop, field: str = "id") -> str:
    """An entry of the audit log: a member's change."""
    await shop.owner.patch(f"/members/{shop.viewer.user_id}", json={"roles": ["viewer"]}, headers={"If-Match": "*"})
    return str((await shop.admin.get("/audit-log")).json()["data"][0][field])


async def entry_request(shop: Shop) -> str:
    """The request that it came of."""
    return await entry(shop, "request_id")


async def delivery_id(shop: Shop, field: str = "id") -> str:
    """A delivery of an event."""
    await product_id(shop)
    return str((await shop.admin.get("/deliveries")).json()["data"][0][field])


async def delivery_request(shop: Shop) -> str:
    """The request that it came of."""
    return await delivery_id(shop, "request_id")


async def invitation_id(shop: Shop) -> str:
    """An invitation."""
    body = {"email": f"{uuid4().hex}@new.example", "roles": ["member"]}
    return str((await shop.admin.post("/invitations", json=body)).json()["id"])


async def key_id(shop: Shop) -> str:
    """An API key."""
    body = {"name": "k", "scopes": ["catalog.products:read"]}
    return str((await shop.admin.post("/api-keys", json=body)).json()["id"])


async def role_key(shop: Shop) -> str:
    """A role of the tenant's own."""
    body = {"key": f"r{uuid4().hex[:12]}", "name": "R", "permissions": ["catalog.products:read"]}
    return str((await shop.admin.post("/roles", json=body)).json()["key"])


async def member_id(shop: Shop) -> str:
    """A person."""
    return str(shop.viewer.user_id)


async def actor(shop: Shop) -> str:
    """Who acted, as the audit log names them."""
    return await entry(shop, "actor")


async def target(shop: Shop) -> str:
    """What an entry of the audit log is about."""
    return await entry(shop, "target")


async def sku(shop: Shop) -> str:
    """A product's, which the search finds."""
    body = product()
    await shop.member.post("/products", json=body)
    return str(body["sku"])


async def address(shop: Shop) -> str:
    """A member's."""
    return shop.viewer.email


async def invited(shop: Shop) -> str:
    """An address that was invited."""
    body = {"email": f"{uuid4().hex}@new.example", "roles": ["member"]}
    return str((await shop.admin.post("/invitations", json=body)).json()["email"])


async def key_name(shop: Shop) -> str:
    """An API key's name."""
    body = {"name": uuid4().hex, "scopes": ["catalog.products:read"]}
    return str((await shop.admin.post("/api-keys", json=body)).json()["name"])


async def held_role(shop: Shop) -> str:
    """A role that somebody holds."""
    key = await role_key(shop)
    answer = await shop.owner.patch(
        f"/members/{shop.viewer.user_id}", json={"roles": [key, "viewer"]}, headers={"If-Match": "*"}
    )
    assert answer.status_code == 200
    return key


async def slug(shop: Shop) -> str:
    """The tenant's name in addresses."""
    return shop.slug


async def session_id(shop: Shop) -> str:
    """A session."""
    return str(shop.owner.session_id)


async def task_id(shop: Shop) -> str:
    """A task."""
    return str((await shop.member.post("/products/reprice", json={"percent": 1})).json()["id"])


async def tenant_id(shop: Shop) -> str:
    """The tenant itself."""
    return str(shop.id)
