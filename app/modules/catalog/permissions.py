"""Permissions of the catalog."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class CatalogPermission(StrEnum):
    """What may be done with products."""

    PRODUCTS_READ = "catalog.products:read"
    PRODUCTS_WRITE = "catalog.products:write"


PERMISSIONS = (
    Permission(CatalogPermission.PRODUCTS_READ, "see products", SystemRole.VIEWER),
    Permission(CatalogPermission.PRODUCTS_WRITE, "create, change and archive products", SystemRole.MEMBER),
)
