"""Use cases of the catalog."""

from app.modules.catalog.services.categories import CategoryService
from app.modules.catalog.services.images import ImageService
from app.modules.catalog.services.products import ProductService
from app.modules.catalog.services.repricing import REPRICE, Repriced, Repricing, changed_price
from app.modules.catalog.services.uploads import Sweep
from app.modules.catalog.services.variants import VariantService

__all__ = [
    "REPRICE",
    "CategoryService",
    "ImageService",
    "ProductService",
    "Repriced",
    "Repricing",
    "Sweep",
    "VariantService",
    "changed_price",
]
