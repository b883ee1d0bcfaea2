"""Errors of the catalog."""

from app.exceptions import Conflict


class ProductSkuTaken(Conflict):
    """Another product of the tenant has the sku; that of an archived one stays taken."""

    code, title = "product_sku_taken", "The sku is taken"


class ProductArchived(Conflict):
    """An archived product does not change any more."""

    code, title = "product_archived", "The product is archived"


class OutOfStock(Conflict):
    """Not all pieces that an order wants can be had; `errors` names its lines."""

    code, title = "out_of_stock", "Not enough in stock"


class StockReserved(Conflict):
    """Orders hold more pieces than the stock would have."""

    code, title = "stock_reserved", "Orders hold more pieces"


class ReservationOver(Conflict):
    """What an order held was released, has left the stock or came back: it cannot be done any more."""

    code, title = "reservation_over", "The reservation is over"


class VariantArchived(Conflict):
    """An archived variant does not change any more."""

    code, title = "variant_archived", "The variant is archived"
