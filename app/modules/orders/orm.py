"""Where orders are stored: tables, and how the plain classes of `models.py` are mapped on them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from app.db.base import Base, Role, app_owns, grant
from app.db.mixins import TenantMixin, TimesMixin, VersionMixin
from app.db.plain import tenant_table
from app.modules.orders.limits import MAX_REASON, MAX_RECIPIENT
from app.modules.orders.models import Order, OrderLine, OrderState, Payment
from app.modules.orders.money import Money

STATES = tuple(str(state) for state in OrderState)
_OF_AN_ORDER = ("tenant_id", "order_id"), ("orders.tenant_id", "orders.id")

orders = tenant_table(
    "orders",
    Column("number", BigInteger, nullable=False),  # of a cart 0, so that the list of orders is one walk along an index
    Column("buyer_id", Uuid, nullable=False),
    Column("state", String(10), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("discount_percent", Integer, nullable=False),
    Column("subtotal", BigInteger, nullable=False),
    Column("discount", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("placed_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint(f"state IN {STATES}", name="state"),
    CheckConstraint("(state = 'draft') = (number = 0) AND (number = 0) = (placed_at IS NULL)", name="placed"),
    CheckConstraint("discount_percent BETWEEN 0 AND 100", name="discount_percent"),
    CheckConstraint("discount BETWEEN 0 AND subtotal AND total = subtotal - discount", name="amounts"),
    Index("uq_orders_number", "tenant_id", "number", unique=True, postgresql_where=text("state <> 'draft'")),
    Index("ix_orders_total", "tenant_id", "total", "id", postgresql_where=text("state <> 'draft'")),
    Index("ix_orders_unpaid", "tenant_id", "placed_at", postgresql_where=text("state = 'placed'")),
    Index("ix_orders_carts", "tenant_id", "buyer_id", "created_at", "id", postgresql_where=text("state = 'draft'")),
)

order_lines = tenant_table(
    "order_lines",
    Column("order_id", Uuid, nullable=False),
    Column("position", Integer, nullable=False),
    Column("variant_id", Uuid, nullable=False),
    Column("product_id", Uuid, nullable=False),
    Column("sku", String(64), nullable=False),
    Column("name", String(500), nullable=False),  # of the product and of the variant
    Column("price", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    ForeignKeyConstraint(*_OF_AN_ORDER, name="fk_order_lines_order_id", ondelete="CASCADE"),
    UniqueConstraint("tenant_id", "order_id", "variant_id", name="uq_order_lines_variant"),
    CheckConstraint("price >= 0 AND quantity > 0", name="amounts"),
)

order_payments = tenant_table(
    "order_payments",
    Column("order_id", Uuid, nullable=False),
    Column("kind", String(6), nullable=False),
    Column("state", String(8), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("source", Text, nullable=False),  # of a refund the charge's reference
    Column("reference", Text),
    Column("reason", String(MAX_REASON)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("settled_at", DateTime(timezone=True)),
    ForeignKeyConstraint(*_OF_AN_ORDER, name="fk_order_payments_order_id", ondelete="CASCADE"),
    CheckConstraint("kind IN ('charge', 'refund')", name="kind"),
    CheckConstraint("state IN ('pending', 'accepted', 'declined')", name="state"),
    CheckConstraint("amount >= 0", name="amount"),
    CheckConstraint("(state = 'pending') = (settled_at IS NULL)", name="settled"),
    Index("ix_order_payments_order", "tenant_id", "order_id"),
    grants=(grant(Role.APP, "SELECT", "INSERT", "DELETE", update=("state", "reference", "reason", "settled_at")),),
)
# What the order itself guarantees, once more by the database: one payment under way, and one of each kind that was accepted.
Index(
    "uq_order_payments_pending",
    order_payments.c.tenant_id,
    order_payments.c.order_id,
    unique=True,
    postgresql_where=text("state = 'pending'"),
)
Index(
    "uq_order_payments_accepted",
    order_payments.c.tenant_id,
    order_payments.c.order_id,
    order_payments.c.kind,
    unique=True,
    postgresql_where=text("state = 'accepted'"),
)


class OrderCounter(TenantMixin, Base):
    """The last number that an order of the tenant was given. Its row is held until the commit, so that none is left out."""

    __tablename__ = "order_counters"
    __grants__ = (grant(Role.APP, "SELECT", "INSERT", "DELETE", update=("last",)),)
    __table_args__ = (CheckConstraint("last > 0", name="last"),)

    last: Mapped[int] = mapped_column(BigInteger)


class PaymentEndpoint(TenantMixin, TimesMixin, VersionMixin, Base):
    """Where the gateway tells the tenant what became of payments; the secret of its messages is the platform's to keep."""

    __tablename__ = "payment_endpoints"
    __grants__ = app_owns()
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "endpoint_id"],
            ["incoming_endpoints.tenant_id", "incoming_endpoints.id"],
            name="fk_payment_endpoints_endpoint_id",
            ondelete="RESTRICT",
        ),
        Index("ix_payment_endpoints_endpoint_id", "tenant_id", "endpoint_id"),
    )

    endpoint_id: Mapped[UUID] = mapped_column(Uuid)


class OrderInvoice(TenantMixin, Base):
    """That an order has an invoice, and what it says beside the order: it stays so, whatever the tenant is called later."""

    __tablename__ = "order_invoices"
    __grants__ = (grant(Role.APP, "SELECT", "INSERT", "DELETE"),)
    __table_args__ = (ForeignKeyConstraint(*_OF_AN_ORDER, name="fk_order_invoices_order_id", ondelete="CASCADE"),)

    order_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    file_id: Mapped[UUID] = mapped_column(Uuid)
    locale: Mapped[str] = mapped_column(String(5))
    seller: Mapped[str] = mapped_column(Text)
    recipient: Mapped[str] = mapped_column(String(MAX_RECIPIENT))
    issued_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


PAYMENTS = Base.registry.map_imperatively(
    Payment,
    order_payments,
    properties={
        "_amount": order_payments.c.amount,
        "_currency": order_payments.c.currency,
        "amount": composite(Money, "_amount", "_currency"),
    },
)
LINES = Base.registry.map_imperatively(
    OrderLine,
    order_lines,
    properties={
        "_price": order_lines.c.price,
        "_currency": order_lines.c.currency,
        "price": composite(Money, "_price", "_currency"),
    },
)
ORDERS = Base.registry.map_imperatively(
    Order,
    orders,
    properties={
        "lines": relationship(LINES, order_by=order_lines.c.position, cascade="all, delete-orphan", lazy="raise"),
        "payments": relationship(PAYMENTS, order_by=order_payments.c.created_at, cascade="all", lazy="raise"),
    },
    version_id_col=orders.c.version,
    version_id_generator=False,  # the order counts its changes itself: one of a line alone is one of it
)
