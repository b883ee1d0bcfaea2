"""What an invoice says. A plain value: all that its file is made of, so that the same invoice is the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

LOCALES = ("en", "de")


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """So many pieces; amounts are in minor units of the invoice's currency."""

    sku: str
    name: str
    quantity: int
    price: int
    total: int


@dataclass(frozen=True, slots=True)
class Invoice:
    """The invoice of one order; amounts are in minor units of `currency`."""

    number: int
    """The order's: no two invoices of a tenant have the same."""
    locale: str
    """One of `LOCALES`."""
    seller: str
    recipient: str
    """By lines; may be empty."""
    issued_at: datetime
    currency: str
    lines: Sequence[InvoiceLine]
    subtotal: int
    discount_percent: int
    discount: int
    total: int


class InvoicePrinter(Protocol):
    """Makes the file of an invoice."""

    def __call__(self, invoice: Invoice) -> bytes:
        """The PDF; of equal invoices equal bytes. It computes for long and waits for nobody: for a thread."""
