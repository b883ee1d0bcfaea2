"""Bodies of the catalog."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from app.utils.schemas import UNCHANGED, BaseSchema, Natural

Sku = Annotated[
    str, Field(min_length=1, max_length=64, pattern=r"^\S(.*\S)?$", description="the tenant's own number, unique")
]
Name = Annotated[str, Field(min_length=1, max_length=200, description="what customers read")]
Description = Annotated[str | None, Field(max_length=10_000, description="long text")]
Price = Annotated[Natural, Field(description="in minor units of the currency")]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", description="ISO 4217")]
Stock = Annotated[Natural, Field(description="pieces at hand")]
CategoryId = Annotated[UUID | None, Field(description="the category that it is in; null: in none")]
OpenStatus = Annotated[Literal["draft", "active"], Field(description="whether customers see it")]

EXAMPLE: dict[str, JsonValue] = {
    "sku": "TEA-01",
    "name": "Green tea",
    "price": 450,
    "currency": "EUR",
    "status": "active",
    "stock": 12,
}


class ProductCreate(BaseSchema):
    """A new product."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    sku: Sku
    name: Name
    description: Description = None
    price: Price
    currency: Currency
    status: OpenStatus = "draft"
    stock: Stock = 0
    category_id: CategoryId = None


class ProductUpdate(BaseSchema):
    """A merge patch (RFC 7396): what is absent stays; null clears the description and the category alone."""

    model_config = ConfigDict(json_schema_extra={"example": {"price": 500}})

    sku: Sku = UNCHANGED
    name: Name = UNCHANGED
    description: Description = None
    price: Price = UNCHANGED
    currency: Currency = UNCHANGED
    status: OpenStatus = UNCHANGED
    stock: Stock = UNCHANGED
    category_id: CategoryId = None


VariantName = Annotated[str, Field(min_length=1, max_length=200, description="what it is beside the product's name")]


class VariantCreate(BaseSchema):
    """A further variant of a product: another size, colour or quantity."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"sku": "TEA-01-L", "name": "500 g", "price": 1900, "currency": "EUR", "stock": 4}
        }
    )

    sku: Sku
    name: VariantName
    price: Price
    currency: Currency
    status: OpenStatus = "active"
    stock: Stock = 0


class VariantUpdate(BaseSchema):
    """A merge patch (RFC 7396): what is absent stays; nothing can be cleared."""

    model_config = ConfigDict(json_schema_extra={"example": {"stock": 9}})

    sku: Sku = UNCHANGED
    name: VariantName = UNCHANGED
    price: Price = UNCHANGED
    currency: Currency = UNCHANGED
    status: OpenStatus = UNCHANGED
    stock: Stock = UNCHANGED


CategoryName = Annotated[str, Field(min_length=1, max_length=120, description="once below one parent")]
ParentId = Annotated[UUID | None, Field(description="the category that it is below; null: at the top")]


class CategoryCreate(BaseSchema):
    """A new category."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Drinks"}})

    name: CategoryName
    parent_id: ParentId = None


class CategoryUpdate(BaseSchema):
    """A merge patch (RFC 7396): what is absent stays; a parent of null moves it to the top."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Hot drinks"}})

    name: CategoryName = UNCHANGED
    parent_id: ParentId = None


Percent = Annotated[
    int, Field(strict=True, ge=-90, le=1000, description="by how much of itself a price changes, -90 to 1000")
]


class ProductsReprice(BaseSchema):
    """Other prices for many products and variants."""

    model_config = ConfigDict(json_schema_extra={"example": {"percent": 5, "status": "active"}})

    percent: Percent
    status: Annotated[
        Literal["draft", "active"] | None, Field(description="only what is in this state; archived ones never change")
    ] = None


FileFormat = Annotated[Literal["csv", "jsonl"], Field(description="CSV (RFC 4180), or JSON Lines: an object a line")]
ImportMode = Annotated[
    Literal["upsert", "create", "update"],
    Field(description="upsert: new skus are created, known ones changed; create, update: one of these alone"),
]


class ProductFileCreate(BaseSchema):
    """A file of products that is going to be sent."""

    model_config = ConfigDict(json_schema_extra={"example": {"format": "csv"}})

    format: FileFormat


class ProductsImport(BaseSchema):
    """Which file is to be imported, and how."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"file_id": "0193a2f0-7c1e-7d3a-8f10-2b6c5d4e3f21", "mode": "upsert"}}
    )

    file_id: Annotated[UUID, Field(description="the file, which was sent before")]
    mode: ImportMode = "upsert"


class ProductsExport(BaseSchema):
    """How all products are to be written."""

    model_config = ConfigDict(json_schema_extra={"example": {"format": "csv"}})

    format: FileFormat


class ImportRow(BaseSchema):
    """A row of an imported file. What is absent of a known product stays; of a new one it is as by default."""

    sku: Sku
    name: Name
    price: Price
    currency: Currency
    description: Description = None
    status: OpenStatus | None = None
    stock: Stock | None = None
    category_id: CategoryId = None


@dataclass(slots=True)
class FileUploadOut:
    """How to send a file: with `fields`, as a form (multipart/form-data) of these, and the part `file` at its end; else as the body."""

    method: Annotated[str, Field(description="PUT or POST", examples=["PUT"])]
    url: Annotated[str, Field(description="where to; it is a secret until then", examples=["/api/v1/files/..."])]
    headers: Annotated[dict[str, str], Field(description="to be sent along", examples=[{"Content-Type": "text/csv"}])]
    fields: Annotated[dict[str, str], Field(description="of the form; empty: there is none", examples=[{}])]
    expires_at: Annotated[datetime, Field(description="until when")]


@dataclass(slots=True)
class FileLinkOut:
    """Where a file is downloaded."""

    url: Annotated[str, Field(description="from where; it is a secret until then", examples=["/api/v1/files/..."])]
    expires_at: Annotated[datetime, Field(description="until when")]


@dataclass(slots=True)
class ProductFileOut:
    """A file of products: sent to be imported, the report of an import, or an export."""

    id: Annotated[UUID, Field(description="the file's id")]
    kind: Annotated[Literal["import", "report", "export"], Field(description="what it is")]
    format: FileFormat
    upload: Annotated[FileUploadOut | None, Field(description="how to send it; null unless it is to be imported")]
    download: Annotated[FileLinkOut | None, Field(description="where it is; null before it is whole, and of an import")]
    created_at: Annotated[datetime, Field(description="when it was asked for")]
    expires_at: Annotated[datetime, Field(description="when it is removed")]


@dataclass(slots=True)
class ProductOut:
    """A product, in lists and alone."""

    id: Annotated[UUID, Field(description="the product's id")]
    sku: Annotated[str, Field(description="the tenant's own number, unique", examples=["TEA-01"])]
    name: Annotated[str, Field(description="what customers read", examples=["Green tea"])]
    description: Annotated[str | None, Field(description="long text", examples=["From the first harvest."])]
    price: Annotated[int, Field(description="in minor units of the currency", examples=[450])]
    currency: Annotated[str, Field(description="ISO 4217")]
    status: Annotated[str, Field(description="draft, active or archived")]
    stock: Annotated[int, Field(description="pieces at hand", examples=[12])]
    category_id: Annotated[UUID | None, Field(description="the category that it is in; null: in none")]
    version: Annotated[int, Field(description="counts every change; also the ETag")]
    created_at: Annotated[datetime, Field(description="when it was made")]
    updated_at: Annotated[datetime, Field(description="when it was last changed")]


@dataclass(slots=True)
class CategoryOut:
    """A category, in lists and alone."""

    id: Annotated[UUID, Field(description="the category's id")]
    name: Annotated[str, Field(description="once below one parent", examples=["Drinks"])]
    parent_id: Annotated[UUID | None, Field(description="the category that it is below; null: at the top")]
    version: Annotated[int, Field(description="counts every change; also the ETag")]
    created_at: Annotated[datetime, Field(description="when it was made")]
    updated_at: Annotated[datetime, Field(description="when it was last changed")]


@dataclass(slots=True)
class VariantOut:
    """A further variant of a product, in lists and alone."""

    id: Annotated[UUID, Field(description="the variant's id, by which orders name it")]
    product_id: Annotated[UUID, Field(description="of which product")]
    sku: Annotated[str, Field(description="the tenant's own number, unique", examples=["TEA-01-L"])]
    name: Annotated[str, Field(description="what it is beside the product's name", examples=["500 g"])]
    price: Annotated[int, Field(description="in minor units of the currency", examples=[1900])]
    currency: Annotated[str, Field(description="ISO 4217")]
    status: Annotated[str, Field(description="draft, active or archived; it is sold while its product is active too")]
    stock: Annotated[int, Field(description="pieces at hand", examples=[4])]
    version: Annotated[int, Field(description="counts every change; also the ETag")]
    created_at: Annotated[datetime, Field(description="when it was made")]
    updated_at: Annotated[datetime, Field(description="when it was last changed")]


@dataclass(slots=True)
class StockOut:
    """How many pieces there are of a variant, and of how many orders dispose."""

    variant_id: Annotated[UUID, Field(description="the product's own id, or that of a further variant")]
    sku: Annotated[str, Field(description="the tenant's own number, unique", examples=["TEA-01"])]
    stock: Annotated[int, Field(description="pieces at hand", examples=[12])]
    reserved: Annotated[int, Field(description="those of them that orders hold", examples=[3])]
    available: Annotated[int, Field(description="those that nobody holds", examples=[9])]


@dataclass(slots=True)
class PriceChangeOut:
    """A change of a price."""

    id: Annotated[UUID, Field(description="the change's id")]
    variant_id: Annotated[UUID, Field(description="whose price: the product's own id, or that of a further variant")]
    previous_price: Annotated[int, Field(description="before, in minor units", examples=[450])]
    previous_currency: Annotated[str, Field(description="before, ISO 4217", examples=["EUR"])]
    price: Annotated[int, Field(description="afterwards, in minor units", examples=[500])]
    currency: Annotated[str, Field(description="afterwards, ISO 4217")]
    changed_by: Annotated[str, Field(description="who did it", examples=["user:0193a2f0-7c1e-7d3a-8f10-2b6c5d4e3f21"])]
    changed_at: Annotated[datetime, Field(description="when")]


@dataclass(slots=True)
class StatusCounts:
    """Products by status."""

    draft: Annotated[int, Field(description="not shown to customers")]
    active: Annotated[int, Field(description="for sale")]
    archived: Annotated[int, Field(description="gone for good")]


@dataclass(slots=True)
class ProductSummaryOut:
    """How many products there are; a projection that follows the events within moments."""

    total: Annotated[int, Field(description="all products")]
    by_status: Annotated[StatusCounts, Field(description="by status")]
    updated_at: Annotated[datetime | None, Field(description="when the last event arrived; null before the first")]
