"""The store of orders: in PostgreSQL, and in memory for what is tested without it; one contract suite runs over both."""

from app.modules.orders.repository.endpoints import EndpointRepository
from app.modules.orders.repository.invoices import InvoiceRepository
from app.modules.orders.repository.memory import MemoryOrders, MemoryStore
from app.modules.orders.repository.sql import SqlOrders

__all__ = ["EndpointRepository", "InvoiceRepository", "MemoryOrders", "MemoryStore", "SqlOrders"]
