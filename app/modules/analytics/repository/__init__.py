"""Statements of analytics."""

from app.modules.analytics.repository.facts import FactRepository
from app.modules.analytics.repository.shipments import ShippingRepository
from app.modules.analytics.repository.sums import Best, Sum, SumRepository

__all__ = ["Best", "FactRepository", "ShippingRepository", "Sum", "SumRepository"]
