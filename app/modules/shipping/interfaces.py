"""What shipping needs of a carrier. Each has an adapter; the local twin carries nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.modules.shipping.labels import Label


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """So many pieces of one thing."""

    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a carrier is asked to take."""

    key: UUID
    """The shipment's id, under which the carrier takes it once."""
    order_number: int
    lines: Sequence[ParcelLine]


@dataclass(frozen=True, slots=True)
class Booked:
    """The carrier will take it, and calls it so."""

    reference: str
    tracking_number: str | None = None
    """What the buyer follows it by."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a shipment has come, as its carrier tells it."""

    status: str
    """"pending", "inProgress", "delivered" or "failed"; any other is none of ours."""
    at: datetime
    """Since when, by the carrier's clock, in UTC."""
    reason: str | None = None
    """Why it failed."""


class CarrierError(Exception):
    """The carrier did not answer, or not so that it could be understood: whether it was done is not known. The same key finds out."""


class CarrierRefusedError(Exception):
    """The carrier has understood and will not: asked again, it says the same. The message is the reason."""


class Carrier(Protocol):
    """Takes parcels. Never called while a transaction is open.

    What was asked under a key is done once: asked again it answers what it did then.
    """

    async def book(self, parcel: Parcel) -> Booked:
        """Have the parcel taken.

        Raises:
            CarrierError, CarrierRefusedError.
        """

    async def track(self, reference: str) -> Heard:
        """How far the shipment has come.

        Raises:
            CarrierError, CarrierRefusedError.
        """

    async def label(self, reference: str) -> Label:
        """What it wants on the parcel; the same at each time.

        Raises:
            CarrierError, CarrierRefusedError.
        """

    async def ping(self) -> None:
        """Whether it could be asked now.

        Raises:
            CarrierError: no.
        """
