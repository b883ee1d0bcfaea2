"""Permissions of the catalog."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class CatalogPermission(StrEnum):
    """What may be done with products and their categories."""

    CATEGORIES_READ = "catalog.categories:read"
    CATEGORIES_WRITE = "catalog.categories:write"
    PRODUCTS_READ = "catalog.products:read"
    PRODUCTS_WRITE = "catalog.products:write"


PERMISSIONS = (
    Permission(CatalogPermission.CATEGORIES_READ, "see categories", SystemRole.VIEWER),
    Permission(CatalogPermission.CATEGORIES_WRITE, "create, rename, move and delete categories", SystemRole.MEMBER),
    Permission(CatalogPermission.PRODUCTS_READ, "see products", SystemRole.VIEWER),
    Permission(CatalogPermission.PRODUCTS_WRITE, "create, change and archive products", SystemRole.MEMBER),
)
