"""Products and their variants, what orders hold of them, the files that they come and go in, and the summary."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    and_,
    func,
    or_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, app_owns, grant
from app.db.mixins import IdMixin, TenantMixin, TimesMixin, VersionMixin
from app.utils.schemas import SAFE_INTEGER

PENDING, READY, REMOVED = "pending", "ready", "removed"
"""The states of an image: its file is awaited; it is shown; it is not there any more, but for its files."""


class Category(TenantMixin, IdMixin, TimesMixin, VersionMixin, Base):
    """A place in the tenant's tree of categories. Below one parent, or at the top, a name comes once."""

    __tablename__ = "categories"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        # CASCADE for a purge, which deletes in batches; the service deletes what is empty alone.
        ForeignKeyConstraint(
            ["tenant_id", "parent_id"],
            ["categories.tenant_id", "categories.id"],
            name="fk_categories_parent_id",
            ondelete="CASCADE",
        ),
        UniqueConstraint(
            "tenant_id", "parent_id", "name", name="uq_categories_name", postgresql_nulls_not_distinct=True
        ),
        Index("ix_categories_names", "tenant_id", "name", "id"),
    )

    parent_id: Mapped[UUID | None] = mapped_column(Uuid)
    """None at the top."""
    name: Mapped[str] = mapped_column(String(120))


class Product(TenantMixin, IdMixin, TimesMixin, VersionMixin, Base):
    """Something that a tenant sells. `price` is in minor units of `currency`.

    A row is a product, which is its own first variant, or, with `product_id`, a further variant of one: in one table one
    constraint keeps a sku unique among both, and what orders hold points at either (ADR 0042).
    """

    __tablename__ = "products"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        UniqueConstraint("tenant_id", "sku", name="uq_products_sku"),
        CheckConstraint("status IN ('draft', 'active', 'archived')", name="status"),
        CheckConstraint("price >= 0 AND stock >= 0", name="amounts"),
        CheckConstraint("reserved >= 0 AND reserved <= stock", name="reserved"),
        CheckConstraint(f"stock <= {SAFE_INTEGER}", name="stock"),
        ForeignKeyConstraint(
            ["tenant_id", "product_id"],
            ["products.tenant_id", "products.id"],
            name="fk_products_product_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name="fk_products_category_id",
            ondelete="RESTRICT",
        ),
        Index("ix_products_created_at", "tenant_id", "created_at", "id"),
        Index("ix_products_name", "tenant_id", "name", "id"),
        Index("ix_products_price", "tenant_id", "price", "id"),
        Index("ix_products_category", "tenant_id", "category_id", postgresql_where=text("category_id IS NOT NULL")),
        Index("ix_products_variants", "tenant_id", "product_id", "id", postgresql_where=text("product_id IS NOT NULL")),
        Index("ix_products_unworded", "tenant_id", "id", postgresql_where=text("words_of IS NULL")),
    )

    sku: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    price: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(10), default="draft", server_default="draft")
    stock: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    reserved: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """Pieces of the stock that orders hold. Not shown, and no change of the version: buyers do not disturb who edits."""
    product_id: Mapped[UUID | None] = mapped_column(Uuid)
    """Of which product it is a further variant; None of a product itself."""
    category_id: Mapped[UUID | None] = mapped_column(Uuid)
    """Its one place in the tree; None: it has none. A further variant is where its product is."""
    import_id: Mapped[UUID | None] = mapped_column(Uuid)
    """Which file wrote it last, so that no second row of that file writes it again; None: none has."""
    words_of: Mapped[str | None] = mapped_column(Text)
    """The sku and the name whose words stand in `product_words`; None: the words are due. Whoever changes either says so."""


class ProductWord(TenantMixin, Base):
    """A word of a product's sku or name, or of those of its variants: what a search finds it by (ADR 0052)."""

    __tablename__ = "product_words"
    __grants__: ClassVar = (grant(Role.APP, "SELECT", "INSERT", "DELETE"),)
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "product_id"],
            ["products.tenant_id", "products.id"],
            name="fk_product_words_product_id",
            ondelete="CASCADE",
        ),
        # Compared byte by byte: a word that begins so is a range, under whatever collation the database has.
        Index("ix_product_words_word", "tenant_id", "word", "product_id", postgresql_ops={"word": "text_pattern_ops"}),
    )

    product_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    word: Mapped[str] = mapped_column(Text, primary_key=True)


class PriceChange(TenantMixin, IdMixin, Base):
    """What a variant cost before and after somebody changed it. A history: the app adds to it and rewrites nothing."""

    __tablename__ = "price_changes"
    __grants__: ClassVar = (grant(Role.APP, "SELECT", "INSERT", "DELETE"),)  # only a purge deletes
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "variant_id"],
            ["products.tenant_id", "products.id"],
            name="fk_price_changes_variant_id",
            ondelete="CASCADE",
        ),
        Index("ix_price_changes_product", "tenant_id", "product_id", "id"),
    )

    product_id: Mapped[UUID] = mapped_column(Uuid)
    variant_id: Mapped[UUID] = mapped_column(Uuid)
    previous_price: Mapped[int] = mapped_column(BigInteger)
    previous_currency: Mapped[str] = mapped_column(String(3))
    price: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    changed_by: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ProductImage(TenantMixin, IdMixin, TimesMixin, Base):
    """A picture of a product. It is shown once what was uploaded has been looked at, and kept as it was then."""

    __tablename__ = "product_images"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'ready', 'removed')", name="state"),
        CheckConstraint("state <> 'ready' OR (size > 0 AND width > 0 AND height > 0)", name="ready"),
        ForeignKeyConstraint(
            ["tenant_id", "product_id"],
            ["products.tenant_id", "products.id"],
            name="fk_product_images_product_id",
            ondelete="CASCADE",
        ),
        Index("ix_product_images_product", "tenant_id", "product_id", "id"),
        Index("ix_product_images_sweep", "tenant_id", "sweep_at", postgresql_where=text("sweep_at IS NOT NULL")),
    )

    product_id: Mapped[UUID] = mapped_column(Uuid)
    state: Mapped[str] = mapped_column(String(8))
    alt: Mapped[str] = mapped_column(String(300))
    media_type: Mapped[str] = mapped_column(String(20))
    max_bytes: Mapped[int] = mapped_column(Integer)
    """How large the file may be that is uploaded."""
    upload_id: Mapped[UUID] = mapped_column(Uuid)
    """Under which key the client uploads; what was looked at is kept under the image's own id."""
    upload_until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sweep_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When files of it are to be removed: what was uploaded, and all of one that is not shown."""
    size: Mapped[int | None] = mapped_column(Integer)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)

    @classmethod
    def visible(cls, now: Any) -> ColumnElement[bool]:
        """Whether there is such an image at that moment: a removed one is not there, nor one whose upload comes too late."""
        return or_(cls.state == READY, and_(cls.state == PENDING, cls.upload_until > now))


class Reservation(TenantMixin, TimesMixin, Base):
    """What an order holds, or held: one row decides, so that nothing is held, given back or taken out twice."""

    __tablename__ = "reservations"
    __grants__: ClassVar = app_owns()
    __table_args__ = (CheckConstraint("state IN ('held', 'committed', 'released', 'returned')", name="state"),)

    order_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    state: Mapped[str] = mapped_column(String(10))


class ReservationLine(TenantMixin, Base):
    """The pieces of one variant in a reservation."""

    __tablename__ = "reservation_lines"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["reservations.tenant_id", "reservations.order_id"],
            name="fk_reservation_lines_order_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "variant_id"],
            ["products.tenant_id", "products.id"],
            name="fk_reservation_lines_variant_id",
            ondelete="CASCADE",
        ),
        Index("ix_reservation_lines_variant", "tenant_id", "variant_id"),
    )

    order_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    variant_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    quantity: Mapped[int] = mapped_column(BigInteger)


class ProductFile(TenantMixin, IdMixin, Base):
    """A file of products in the store of files: one that was sent to be imported, its report, or an export."""

    __tablename__ = "product_files"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        CheckConstraint("kind IN ('import', 'report', 'export')", name="kind"),
        CheckConstraint("format IN ('csv', 'jsonl')", name="format"),
        Index("ix_product_files_expires", "tenant_id", "expires_at"),
    )

    kind: Mapped[str] = mapped_column(String(10))
    format: Mapped[str] = mapped_column(String(10))
    task_id: Mapped[UUID | None] = mapped_column(Uuid)
    """The task that reads it, or writes it; None: nobody has started one."""
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ready_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when a report or an export is whole and may be downloaded."""
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    """When the sweep removes it."""


class ImportRefusal(TenantMixin, Base):
    """A row of an imported file that was refused, kept until the report is written."""

    __tablename__ = "import_refusals"
    __grants__: ClassVar = app_owns()
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["product_files.tenant_id", "product_files.id"],
            name="fk_import_refusals_file_id",
            ondelete="CASCADE",
        ),
    )

    file_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    line: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    """In which it begins, from 1."""
    sku: Mapped[str] = mapped_column(String(64))
    """As it stands there; empty where that is none."""
    field: Mapped[str] = mapped_column(String(100))
    """Empty where it is the whole row."""
    code: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)


class ProductSummary(TenantMixin, Base):
    """How many products a tenant has, by status: a projection fed by events."""

    __tablename__ = "product_summaries"
    __grants__: ClassVar = app_owns()

    draft: Mapped[int] = mapped_column(Integer, server_default="0")
    active: Mapped[int] = mapped_column(Integer, server_default="0")
    archived: Mapped[int] = mapped_column(Integer, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
