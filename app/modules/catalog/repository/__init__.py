"""Statements of the catalog."""

from app.modules.catalog.repository.categories import CategoryRepository
from app.modules.catalog.repository.images import Due, ImageRepository, SweepRepository
from app.modules.catalog.repository.prices import PriceChanged, PriceRepository
from app.modules.catalog.repository.products import Priced, ProductRepository, VariantRepository
from app.modules.catalog.repository.stock import AtHand, Change, Offer, StockRepository, Wanted

__all__ = [
    "AtHand",
    "CategoryRepository",
    "Change",
    "Due",
    "ImageRepository",
    "Offer",
    "PriceChanged",
    "PriceRepository",
    "Priced",
    "ProductRepository",
    "StockRepository",
    "SweepRepository",
    "VariantRepository",
    "Wanted",
]
