"""Products and their summary."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, Integer, String, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, app_owns
from app.db.mixins import IdMixin, TenantMixin, TimesMixin, VersionMixin


class Product(TenantMixin, IdMixin, TimesMixin, VersionMixin, Base):
    """Something that a tenant sells. `price` is in minor units of `currency`."""

    __tablename__ = "products"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        UniqueConstraint("tenant_id", "sku", name="uq_products_sku"),
        CheckConstraint("status IN ('draft', 'active', 'archived')", name="status"),
        CheckConstraint("price >= 0 AND stock >= 0", name="amounts"),
        Index("ix_products_created_at", "tenant_id", "created_at", "id"),
        Index("ix_products_name", "tenant_id", "name", "id"),
        Index("ix_products_price", "tenant_id", "price", "id"),
    )

    sku: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    price: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(10), default="draft", server_default="draft")
    stock: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class ProductSummary(TenantMixin, Base):
    """How many products a tenant has, by status: a projection fed by events."""

    __tablename__ = "product_summaries"
    __grants__: ClassVar = app_owns()

    draft: Mapped[int] = mapped_column(Integer, server_default="0")
    active: Mapped[int] = mapped_column(Integer, server_default="0")
    archived: Mapped[int] = mapped_column(Integer, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
