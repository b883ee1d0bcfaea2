"""Shipments, and the tenant's accounts with carriers."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import SECRET, Base, app_owns
from app.db.mixins import IdMixin, TenantMixin, TimesMixin, VersionMixin
from app.modules.shipping.exceptions import ShipmentMoveRefused
from app.modules.shipping.limits import MAX_REASON, MAX_REFERENCE


class ShipmentStatus(StrEnum):
    """How far a shipment has come."""

    PENDING = "pending"
    IN_PROGRESS = "inProgress"
    DELIVERED = "delivered"
    FAILED = "failed"


STATUSES = tuple(str(status) for status in ShipmentStatus)
MOVES: Mapping[str, frozenset[str]] = {
    ShipmentStatus.PENDING: frozenset({ShipmentStatus.IN_PROGRESS, ShipmentStatus.DELIVERED, ShipmentStatus.FAILED}),
    ShipmentStatus.IN_PROGRESS: frozenset({ShipmentStatus.DELIVERED, ShipmentStatus.FAILED}),
    ShipmentStatus.FAILED: frozenset({ShipmentStatus.IN_PROGRESS, ShipmentStatus.DELIVERED}),
    ShipmentStatus.DELIVERED: frozenset(),
}
"""What a carrier may tell. A failed shipment may be found again; what is delivered stays so."""


class Shipment(TenantMixin, IdMixin, TimesMixin, VersionMixin, Base):
    """What leaves the tenant for one order. It knows the order's id and number, and nothing else of it."""

    __tablename__ = "shipments"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        UniqueConstraint("tenant_id", "order_id", name="uq_shipments_order_id"),
        UniqueConstraint("tenant_id", "carrier", "reference", name="uq_shipments_reference"),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("status <> 'failed' OR reason IS NOT NULL", name="reason"),
        Index("ix_shipments_created_at", "tenant_id", "created_at", "id"),
        Index(
            "ix_shipments_silent",
            "tenant_id",
            "heard_at",
            postgresql_where=text("status IN ('pending', 'inProgress')"),
        ),
    )

    order_id: Mapped[UUID] = mapped_column(Uuid)
    order_number: Mapped[int] = mapped_column(BigInteger)
    product_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    """Of the order's lines, each once: what events tell."""
    status: Mapped[str] = mapped_column(String(10), default=ShipmentStatus.PENDING)
    carrier: Mapped[str | None] = mapped_column(String(20))
    """Who takes it; None until somebody was asked."""
    reference: Mapped[str | None] = mapped_column(String(MAX_REFERENCE))
    """The carrier's name for it; None until it is booked."""
    tracking_number: Mapped[str | None] = mapped_column(String(MAX_REFERENCE))
    label_type: Mapped[str | None] = mapped_column(String(40))
    """The media type of its label, whose file is called as the shipment is; None while there is none."""
    reason: Mapped[str | None] = mapped_column(String(MAX_REASON))
    """Why it failed, the last time that it did."""
    tries: Mapped[int] = mapped_column(Integer, default=0)
    """How often its carrier was asked to take it, since it was last to be booked afresh."""
    told_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when it has its status, by the carrier's clock."""
    heard_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When the carrier was last heard of it, or asked, or was to be asked; None while there is none."""

    def hear(self, status: str, told_at: datetime, reason: str | None, now: datetime) -> bool:
        """What the carrier tells; returns whether it brings the shipment further.

        Messages come twice and in any order: what is older than what was told before changes nothing, nor does a move that
        there is not. Delivered is final, whenever that was. A carrier whose clock is ahead is taken to tell of now.
        """
        self.heard_at = now
        told_at = min(told_at, now)
        is_late = self._is_late(status, told_at)
        if status == self.status and not is_late:
            self.told_at = told_at
        if is_late or status not in MOVES[self.status]:
            return False
        self.told_at = told_at
        self._move(status, reason or "no reason was given", now)
        return True

    def fail(self, reason: str, now: datetime) -> None:
        """Nobody takes it, or nobody is to take it any more."""
        self._move(ShipmentStatus.FAILED, reason, now)

    def want(self, carrier: str, now: datetime) -> None:
        """It is to be booked at that carrier, afresh where that has failed.

        Raises:
            ShipmentMoveRefused: a carrier has it, or another than this may have it: it was asked, and nothing came of that yet.
        """
        is_asked = self.status == ShipmentStatus.PENDING and self.tries > 0
        if is_asked and self.carrier != carrier:
            raise ShipmentMoveRefused(
                f"The carrier {self.carrier} is asked already: wait until it has answered or failed."
            )
        if self.status not in {ShipmentStatus.PENDING, ShipmentStatus.FAILED} or self.reference is not None:
            raise ShipmentMoveRefused(f"The shipment is {self.status}: its carrier has it, or had it.")
        self.carrier, self.heard_at = carrier, now
        self.tries = self.tries if is_asked else 0
        self._move(ShipmentStatus.PENDING, None, now)

    def book(self, reference: str, tracking_number: str | None, now: datetime) -> None:
        """The carrier takes it."""
        self.reference, self.tracking_number = reference, tracking_number
        self.heard_at = self.updated_at = now

    def _is_late(self, status: str, told_at: datetime) -> bool:
        """Whether what was told before is newer. Of one moment, what has failed has failed; what is delivered is never late."""
        if self.told_at is None or status == ShipmentStatus.DELIVERED:
            return False
        return told_at < self.told_at or (told_at == self.told_at and status == ShipmentStatus.IN_PROGRESS)

    def _move(self, status: str, reason: str | None, now: datetime) -> None:
        self.status, self.updated_at = status, now
        self.reason = reason[:MAX_REASON] if reason and status == ShipmentStatus.FAILED else None


class CarrierAccount(TenantMixin, TimesMixin, VersionMixin, Base):
    """The tenant's account with a carrier: credentials, sealed, and the endpoint to which the carrier tells what happens."""

    __tablename__ = "carrier_accounts"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "endpoint_id"],
            ["incoming_endpoints.tenant_id", "incoming_endpoints.id"],
            name="fk_carrier_accounts_endpoint_id",
            ondelete="RESTRICT",
        ),
        UniqueConstraint("tenant_id", "endpoint_id", name="uq_carrier_accounts_endpoint_id"),
        Index("uq_carrier_accounts_chosen", "tenant_id", unique=True, postgresql_where=text("is_chosen")),
    )

    carrier: Mapped[str] = mapped_column(String(20), primary_key=True)
    credential: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    endpoint_id: Mapped[UUID] = mapped_column(Uuid)
    is_chosen: Mapped[bool] = mapped_column(Boolean)
    """Whether new shipments go to it: those of one account do."""
