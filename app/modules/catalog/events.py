"""Facts about products. Kept for ever: the summary is a sum over all of them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.extensions.events import FOR_EVER, Event


@dataclass(frozen=True, slots=True)
class ProductCreated(Event):
    """A product was created."""

    name: ClassVar[str] = "catalog.product_created"
    retention_days: ClassVar[int | None] = FOR_EVER
    product_id: UUID
    sku: str
    status: str


@dataclass(frozen=True, slots=True)
class ProductStatusChanged(Event):
    """A product went from one status to another; archiving is such a change."""

    name: ClassVar[str] = "catalog.product_status_changed"
    retention_days: ClassVar[int | None] = FOR_EVER
    product_id: UUID
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VariantCreated(Event):
    """A product got a further variant."""

    name: ClassVar[str] = "catalog.variant_created"
    product_id: UUID
    variant_id: UUID
    sku: str
    status: str


@dataclass(frozen=True, slots=True)
class VariantStatusChanged(Event):
    """A further variant went from one status to another; archiving is such a change."""

    name: ClassVar[str] = "catalog.variant_status_changed"
    product_id: UUID
    variant_id: UUID
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProductImageAdded(Event):
    """A product got an image, which was looked at and is shown from now on."""

    name: ClassVar[str] = "catalog.product_image_added"
    product_id: UUID
    image_id: UUID
    media_type: str


@dataclass(frozen=True, slots=True)
class ProductImageRemoved(Event):
    """An image of a product is not shown any more; its files are removed soon."""

    name: ClassVar[str] = "catalog.product_image_removed"
    product_id: UUID
    image_id: UUID


@dataclass(frozen=True, slots=True)
class ProductsImported(Event):
    """Rows of a file were written, up to some hundreds together: how many products were made and changed, by status."""

    name: ClassVar[str] = "catalog.products_imported"
    retention_days: ClassVar[int | None] = FOR_EVER
    file_id: UUID
    created_draft: int
    created_active: int
    changed: int
    """Known products of which anything is other than before, those that follow among them."""
    activated: int
    """Drafts that are active now."""
    withdrawn: int
    """Active ones that are drafts now."""
