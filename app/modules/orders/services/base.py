"""What the use cases of orders share: their ports, and how an order is shown."""

from app.auth.commons import Commons, Service
from app.modules.orders.adapters import PlatformCatalog
from app.modules.orders.events import SoldLine
from app.modules.orders.interfaces import Catalog, Orders
from app.modules.orders.models import Order
from app.modules.orders.money import shares
from app.modules.orders.repository import SqlOrders
from app.modules.orders.schemas import CartOut, LineOut, OrderOut, PaymentOut


class OrderUseCases(Service):
    """Built per request with PostgreSQL and the platform's catalog behind its ports; tests put others in their place."""

    def __init__(self, commons: Commons, *, orders: Orders | None = None, catalog: Catalog | None = None) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.orders = orders or SqlOrders(self.uow)
        self.catalog = catalog or PlatformCatalog(commons)


def cart_out(order: Order) -> CartOut:
    """A cart as it is shown."""
    return CartOut(
        order.id, order.currency, order.discount_percent, order.subtotal, order.discount, order.total, order.version,
        order.created_at, order.updated_at, _lines(order),
    )  # fmt: skip


def order_out(order: Order) -> OrderOut:
    """An order as it is shown. A cart is none: it has no number."""
    payments = [
        PaymentOut(
            each.id,
            each.kind,
            each.state,
            each.amount.amount,
            each.reference,
            each.reason,
            each.created_at,
            each.settled_at,
        )
        for each in order.payments
    ]
    return OrderOut(
        order.id, order.number, order.state, order.buyer_id, order.currency, order.discount_percent,
        order.subtotal, order.discount, order.total, order.placed_at or order.created_at, order.version,
        order.created_at, order.updated_at, _lines(order), payments,
    )  # fmt: skip


def sold_lines(order: Order) -> list[SoldLine]:
    """The lines as events tell them: what each costs of the order's total, once the discount is taken off."""
    totals = shares(order.total, [line.total.amount for line in order.lines])
    return [
        {
            "product_id": str(line.product_id),
            "variant_id": str(line.variant_id),
            "sku": line.sku,
            "quantity": line.quantity,
            "total": total,
        }
        for line, total in zip(order.lines, totals, strict=True)
    ]


def _lines(order: Order) -> list[LineOut]:
    return [
        LineOut(
            line.id, line.variant_id, line.product_id, line.sku, line.name, line.price.amount, line.quantity,
            line.total.amount,
        )
        for line in order.lines
    ]  # fmt: skip
