"""Legal requests of shipping."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from app.extensions.incoming import read_secret, signature
from tests.hostile.calls import Call
from tests.hostile.surface import Surface
from tests.hostile.world import World, call
from tests.support.shops import WEBHOOK_SECRET, entrust

WAITING = """
INSERT INTO shipments (tenant_id, id, order_id, order_number, product_ids, status, tries, version)
VALUES ($1, $2, gen_random_uuid(), 1, '{}', 'pending', 0, 1)
"""
LABELLED = "UPDATE shipments SET reference = id::text, carrier = 'local', label_type = 'application/pdf' WHERE id = $1::text::uuid"


def signing(world: World) -> Callable[[bytes], tuple[tuple[bytes, bytes], ...]]:
    """The headers of one signed message, by its body."""
    key, at = uuid4().hex, str(int(world.clock.now().timestamp()))

    def sign(raw: bytes) -> tuple[tuple[bytes, bytes], ...]:
        signed = {"id": key, "timestamp": at, "signature": signature(read_secret(WEBHOOK_SECRET), key, at, raw)}
        return tuple((f"webhook-{name}".encode(), value.encode()) for name, value in signed.items())

    return sign


async def of_shipment(world: World, surface: Surface) -> Call:
    """One that no carrier has taken, of an order that is none any more."""
    await entrust(world.shop)
    await world.rows.execute(WAITING, world.shop.id, key := uuid4())
    return call(surface, world.shop.owner, shipment_id=key)


async def of_label(world: World, surface: Surface) -> Call:
    """Of one that a carrier has taken."""
    found = await of_shipment(world, surface)
    await world.rows.execute(LABELLED, found.values["shipment_id"])
    return found


async def of_carrier(world: World, surface: Surface) -> Call:
    """The local one."""
    body = {"credential": "carrier_accept", "webhook_secret": WEBHOOK_SECRET, "is_chosen": True}
    return call(surface, world.shop.owner, body if surface.method == "PUT" else None, carrier="local")


async def tell(world: World, surface: Surface) -> Call:
    """A message that is signed, and tells nothing that concerns us."""
    tenant_id, endpoint_id = (await entrust(world.shop)).split("/")[-2:]
    body = {"reference": "P-1", "status": "sorted", "occurred_at": "2026-01-31T12:00:00Z", "reason": "none"}
    return replace(call(surface, None, body, tenant_id=tenant_id, endpoint_id=endpoint_id), signs=signing(world))


SHIPPING = {
    "GET /shipments/{shipment_id}": of_shipment,
    "GET /shipments/{shipment_id}/label": of_label,
    "POST /shipments/{shipment_id}/dispatch": of_shipment,
    "GET /shipping/carriers/{carrier}": of_carrier,
    "PUT /shipping/carriers/{carrier}": of_carrier,
    "POST /shipping/webhooks/{tenant_id}/{endpoint_id}": tell,
}
"""By method and path without the prefix."""
