"""Errors of the catalog."""

from app.exceptions import Conflict, ValidationFailed


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


class TooManyImages(Conflict):
    """The product has as many images as it may, those included that are being uploaded."""

    code, title = "too_many_images", "Too many images"


class ImageNotUploaded(Conflict):
    """No file has come by the image's link yet."""

    code, title = "image_not_uploaded", "Nothing was uploaded"


class ImageRefused(ValidationFailed):
    """What was uploaded is not the picture that was told of; it is gone, and another may be uploaded until the link ends."""

    code, title = "image_refused", "The file is not such a picture"


class CategoryNameTaken(Conflict):
    """Beside it there is a category of that name."""

    code, title = "category_name_taken", "The name is taken"


class CategoryNotEmpty(Conflict):
    """Categories or products are in it."""

    code, title = "category_not_empty", "The category is not empty"


class CategoryCircle(Conflict):
    """A category cannot be moved below itself."""

    code, title = "category_circle", "A category cannot be below itself"


class CategoryTooDeep(Conflict):
    """The tree would have more levels than it may."""

    code, title = "category_too_deep", "Too many levels"


class CategoryUnknown(ValidationFailed):
    """The body names a category that the tenant does not have."""

    code, title = "category_unknown", "There is no such category"


class FileUsed(Conflict):
    """A file is imported once; who wants to do it again sends it again."""

    code, title = "file_used", "The file was imported already"


class FileUnknown(ValidationFailed):
    """The body names a file that the tenant does not have, or that was not sent to be imported."""

    code, title = "file_unknown", "There is no such file"
