"""Statements of the catalog."""

from app.modules.catalog.repository.categories import CategoryRepository
from app.modules.catalog.repository.files import FileRepository, Refusal
from app.modules.catalog.repository.images import Due, ImageRepository, SweepRepository
from app.modules.catalog.repository.imports import ImportRepository, Known, Written
from app.modules.catalog.repository.prices import PriceChanged, PriceRepository
from app.modules.catalog.repository.products import Priced, ProductRepository, VariantRepository
from app.modules.catalog.repository.stock import AtHand, Change, Offer, StockRepository, Wanted
from app.modules.catalog.repository.words import WordRepository

__all__ = [
    "AtHand",
    "CategoryRepository",
    "Change",
    "Due",
    "FileRepository",
    "ImageRepository",
    "ImportRepository",
    "Known",
    "Offer",
    "PriceChanged",
    "PriceRepository",
    "Priced",
    "ProductRepository",
    "Refusal",
    "StockRepository",
    "SweepRepository",
    "VariantRepository",
    "Wanted",
    "WordRepository",
    "Written",
]
