"""Errors of the catalog."""

from app.exceptions import Conflict


class ProductSkuTaken(Conflict):
    """Another product of the tenant has the sku; that of an archived one stays taken."""

    code, title = "product_sku_taken", "The sku is taken"


class ProductArchived(Conflict):
    """An archived product does not change any more."""

    code, title = "product_archived", "The product is archived"
