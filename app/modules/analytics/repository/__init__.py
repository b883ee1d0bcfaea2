"""Statements of analytics."""

from app.modules.analytics.repository.facts import FactRepository
from app.modules.analytics.repository.sums import Best, Sum, SumRepository

__all__ = ["Best", "FactRepository", "Sum", "SumRepository"]
