"""Permissions of shipping."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class ShippingPermission(StrEnum):
    """What may be done with shipments, and with the carriers that take them."""

    CARRIERS_READ = "shipping.carriers:read"
    CARRIERS_WRITE = "shipping.carriers:write"
    SHIPMENTS_READ = "shipping.shipments:read"
    SHIPMENTS_WRITE = "shipping.shipments:write"


PERMISSIONS = (
    Permission(ShippingPermission.CARRIERS_READ, "see which carriers the tenant has an account with", SystemRole.ADMIN),
    Permission(ShippingPermission.CARRIERS_WRITE, "entrust a carrier's credentials", SystemRole.ADMIN),
    Permission(ShippingPermission.SHIPMENTS_READ, "see shipments", SystemRole.VIEWER),
    Permission(ShippingPermission.SHIPMENTS_WRITE, "have shipments booked", SystemRole.MEMBER),
)
