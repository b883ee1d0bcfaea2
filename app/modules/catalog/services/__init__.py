"""Use cases of the catalog."""

from app.modules.catalog.services.categories import CategoryService
from app.modules.catalog.services.products import ProductService
from app.modules.catalog.services.repricing import REPRICE, Repriced, Repricing, changed_price
from app.modules.catalog.services.variants import VariantService

__all__ = ["REPRICE", "CategoryService", "ProductService", "Repriced", "Repricing", "VariantService", "changed_price"]
