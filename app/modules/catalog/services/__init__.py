"""Use cases of the catalog."""

from app.modules.catalog.services.products import ProductService
from app.modules.catalog.services.repricing import REPRICE, Repriced, Repricing, changed_price

__all__ = ["REPRICE", "ProductService", "Repriced", "Repricing", "changed_price"]
