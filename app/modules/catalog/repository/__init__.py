"""Statements of the catalog."""

from app.modules.catalog.repository.products import Priced, ProductRepository
from app.modules.catalog.repository.stock import AtHand, Change, Offer, StockRepository, Wanted

__all__ = ["AtHand", "Change", "Offer", "Priced", "ProductRepository", "StockRepository", "Wanted"]
