"""Shipments: whatever their carriers tell, however often and in whatever order, they end alike."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest

from app.modules.shipping.exceptions import ShipmentMoveRefused
from app.modules.shipping.limits import MAX_REASON
from app.modules.shipping.models import Shipment

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def at(minutes: int) -> datetime:
    """So long after noon."""
    return NOON + timedelta(minutes=minutes)


def shipment(status: str = "pending", reference: str | None = "P-1") -> Shipment:
    """One that a carrier has, unless it has no reference."""
    return Shipment(
        id=uuid4(), order_id=uuid4(), order_number=1, product_ids=[], status=status, reference=reference, tries=8
    )


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        ((("inProgress", 1), ("delivered", 2)), "delivered"),
        ((("inProgress", 1), ("failed", 2), ("inProgress", 3), ("delivered", 4)), "delivered"),
        ((("inProgress", 1), ("failed", 2), ("inProgress", 3)), "inProgress"),
        ((("inProgress", 1), ("failed", 2)), "failed"),
        ((("failed", 1), ("inProgress", 1)), "failed"),
        ((("delivered", 1), ("inProgress", 2), ("failed", 3)), "delivered"),
    ],
)
def test_any_order(told: tuple[tuple[str, int], ...], ends: str) -> None:
    """The latest by the carrier's own time counts, once told or twice; each change is news once."""
    for order in permutations(told):
        for messages in (order, order + order):
            found = shipment()
            for status, minutes in messages:
                found.hear(status, at(minutes), "lost", at(60))
            assert found.status == ends, messages
            assert (found.reason is None) == (ends != "failed")


def test_final() -> None:
    """What is delivered stays so, whatever comes later; nothing becomes pending again, and nothing what there is not."""
    found = shipment("delivered")
    assert not any(found.hear(status, at(9), None, at(60)) for status in ("failed", "inProgress", "delivered"))
    assert not shipment("inProgress").hear("pending", at(1), None, at(60))


def test_clock_ahead() -> None:
    """A carrier that tells of the year 9999 does not silence what follows."""
    found = shipment()
    assert found.hear("inProgress", datetime.max.replace(tzinfo=UTC), None, at(1))
    assert found.hear("delivered", at(2), None, at(2))


def test_wanted() -> None:
    """What nobody has may be booked, afresh where that has failed; what a carrier has may not."""
    found = shipment(reference=None)
    found.fail("x" * 1000, at(1))
    assert (found.status, len(found.reason or "")) == ("failed", MAX_REASON)
    found.want("http", at(2))
    assert (found.status, found.reason, found.carrier, found.tries) == ("pending", None, "http", 0)
    found.tries = 1
    found.want("http", at(3))
    found.tries = 1
    with pytest.raises(ShipmentMoveRefused):
        found.want("local", at(3))
    for status in ("pending", "failed", "inProgress", "delivered"):
        with pytest.raises(ShipmentMoveRefused):
            shipment(status).want("http", at(3))
