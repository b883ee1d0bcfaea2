"""Legal requests of payments."""

from dataclasses import replace
from uuid import uuid4

from tests.hostile.calls import Call
from tests.hostile.legal_shipping import signing
from tests.hostile.surface import Surface
from tests.hostile.world import World, call
from tests.support.shops import WEBHOOK_SECRET, listen, order


async def of_endpoint(world: World, surface: Surface) -> Call:
    """Where the gateway sends its messages."""
    await listen(world.shop)
    return call(surface, world.shop.owner, {"webhook_secret": WEBHOOK_SECRET} if surface.method == "PUT" else None)


async def bill(world: World, surface: Surface) -> Call:
    """An order that is paid."""
    key = await order(world.shop)
    await world.made(world.shop.owner, f"/orders/{key}/pay", {"source": "card_accept"})
    return call(surface, world.shop.owner, {"recipient": "Ada"}, order_id=key)


async def tell(world: World, surface: Surface) -> Call:
    """A message that is signed, and tells nothing that concerns us."""
    tenant_id, endpoint_id = (await listen(world.shop)).split("/")[-2:]
    body = {
        "payment_id": str(uuid4()), "kind": "dispute", "outcome": "opened", "amount": 1, "currency": "EUR",
        "reference": "ch_1", "reason": "none",
    }  # fmt: skip
    return replace(call(surface, None, body, tenant_id=tenant_id, endpoint_id=endpoint_id), signs=signing(world))


PAYMENTS = {
    "POST /orders/{order_id}/invoice": bill,
    "GET /payments/endpoint": of_endpoint,
    "PUT /payments/endpoint": of_endpoint,
    "POST /payments/webhooks/{tenant_id}/{endpoint_id}": tell,
}
"""By method and path without the prefix."""
