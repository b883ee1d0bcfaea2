"""What was sold: a projection of the orders' events, fact by fact, and which copy of it counts."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKeyConstraint, Index, Integer, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, app_owns, grant
from app.db.mixins import TenantMixin

KIND = "kind IN ('placed', 'cancelled', 'paid', 'refunded')"
STATUS = "status IN ('pending', 'inProgress', 'delivered', 'failed')"
WRITTEN_ONCE = (grant(Role.APP, "SELECT", "INSERT", "DELETE"),)
"""A fact does not change: it is there or it is not."""


class SalesCopy(TenantMixin, Base):
    """Which copy of the tenant's facts is read, and which one is being made anew, if any; both are written."""

    __tablename__ = "sales_copies"
    __grants__: ClassVar = app_owns()
    __table_args__ = (CheckConstraint("live > 0 AND shadow > live", name="copies"),)

    live: Mapped[int] = mapped_column(Integer)
    shadow: Mapped[int | None] = mapped_column(Integer)


class Sale(TenantMixin, Base):
    """What happened to an order, once for each kind: so it does not matter how often or in which order it is told."""

    __tablename__ = "sales"
    __grants__: ClassVar = WRITTEN_ONCE
    __table_args__ = (CheckConstraint(KIND, name="kind"), Index("ix_sales_at", "tenant_id", "copy", "at"))

    copy: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    order_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    currency: Mapped[str] = mapped_column(String(3))
    pieces: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
    """In minor units of the currency."""


class SaleLine(TenantMixin, Base):
    """A product's part in it, all its variants together. Moment and currency are the sale's, to be read without it."""

    __tablename__ = "sale_lines"
    __grants__: ClassVar = WRITTEN_ONCE
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "copy", "order_id", "kind"],
            ["sales.tenant_id", "sales.copy", "sales.order_id", "sales.kind"],
            name="fk_sale_lines_sale",
            ondelete="CASCADE",
        ),
        Index("ix_sale_lines_at", "tenant_id", "copy", "at"),
        Index("ix_sale_lines_product", "tenant_id", "copy", "product_id", "at"),
    )

    copy: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    order_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    currency: Mapped[str] = mapped_column(String(3))
    pieces: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)


class ProductShipment(TenantMixin, Base):
    """How far a shipment with the product has come, by the latest that was told: what is older changes nothing."""

    __tablename__ = "product_shipments"
    __grants__: ClassVar = (grant(Role.APP, "SELECT", "INSERT", "DELETE", update=("status", "revision")),)
    __table_args__ = (CheckConstraint(STATUS, name="status"),)

    copy: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    product_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    shipment_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int] = mapped_column(Integer)
