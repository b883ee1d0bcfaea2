"""Permissions of orders."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class OrderPermission(StrEnum):
    """What may be done with carts, orders and their payments."""

    CARTS_READ = "orders.carts:read"
    CARTS_WRITE = "orders.carts:write"
    DISCOUNTS_WRITE = "orders.discounts:write"
    ORDERS_READ = "orders.orders:read"
    ORDERS_WRITE = "orders.orders:write"
    PAYMENTS_WRITE = "orders.payments:write"
    REFUNDS_WRITE = "orders.refunds:write"
    ENDPOINT_READ = "orders.endpoint:read"
    ENDPOINT_WRITE = "orders.endpoint:write"


PERMISSIONS = (
    Permission(OrderPermission.CARTS_READ, "see one's own carts", SystemRole.VIEWER),
    Permission(OrderPermission.CARTS_WRITE, "fill one's own carts", SystemRole.MEMBER),
    Permission(OrderPermission.DISCOUNTS_WRITE, "give a discount on one's own carts", SystemRole.ADMIN),
    Permission(OrderPermission.ORDERS_READ, "see all orders", SystemRole.VIEWER),
    Permission(OrderPermission.ORDERS_WRITE, "place and cancel orders", SystemRole.MEMBER),
    Permission(OrderPermission.PAYMENTS_WRITE, "charge for orders", SystemRole.MEMBER),
    Permission(OrderPermission.REFUNDS_WRITE, "give money back", SystemRole.ADMIN),
    Permission(OrderPermission.ENDPOINT_READ, "see where the gateway sends its messages", SystemRole.ADMIN),
    Permission(OrderPermission.ENDPOINT_WRITE, "give the secret of the gateway's messages", SystemRole.ADMIN),
)
