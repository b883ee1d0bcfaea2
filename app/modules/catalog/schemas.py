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


LINK = "/api/v1/files/WyJ1cGxvYWQiLC.q1b2c3d4e5f6"
MAX_IMAGE_BYTES = 5 * 1024 * 1024
MediaType = Annotated[Literal["image/png", "image/jpeg", "image/webp"], Field(description="what the file is")]
AltText = Annotated[str, Field(max_length=300, description="what the picture shows, for those who do not see it")]


class ImageCreate(BaseSchema):
    """A new image, whose file is uploaded by the link that the answer holds."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"media_type": "image/png", "size": 48213, "alt": "A cup of green tea"}}
    )

    media_type: MediaType
    size: Annotated[
        int, Field(strict=True, ge=1, le=MAX_IMAGE_BYTES, description="how many bytes the file has at most")
    ]
    alt: AltText = ""


@dataclass(slots=True)
class ImageOut:
    """An image of a product, in lists and alone."""

    id: Annotated[UUID, Field(description="the image's id")]
    product_id: Annotated[UUID, Field(description="of which product")]
    state: Annotated[str, Field(description="pending until the upload was completed, then ready")]
    media_type: Annotated[str, Field(description="what the file is", examples=["image/png"])]
    alt: Annotated[str, Field(description="what the picture shows", examples=["A cup of green tea"])]
    size: Annotated[int | None, Field(description="bytes of the file; null while pending", examples=[48213])]
    width: Annotated[int | None, Field(description="in pixels; null while pending", examples=[800])]
    height: Annotated[int | None, Field(description="in pixels; null while pending", examples=[600])]
    created_at: Annotated[datetime, Field(description="when it was made")]
    href: Annotated[
        str | None, Field(description="where the file is had until `href_until`; null while pending", examples=[LINK])
    ]
    href_until: Annotated[datetime | None, Field(description="until when; null while pending")]


@dataclass(slots=True)
class UploadOut:
    """How the file is sent.

    With `fields`: as multipart/form-data of these and, last, of the file in a part called `file`. Without: as the body.
    """

    method: Annotated[str, Field(description="PUT or POST", examples=["PUT"])]
    href: Annotated[str, Field(description="where to; one that begins with / is on this host", examples=[LINK])]
    headers: Annotated[dict[str, str], Field(description="to be sent along", examples=[{"Content-Type": "image/png"}])]
    fields: Annotated[dict[str, str], Field(description="of the form; none: the body is the file", examples=[{}])]
    until: Annotated[datetime, Field(description="the link ends then, and with it a pending image")]


@dataclass(slots=True)
class ImageMade:
    """An image whose file is awaited."""

    id: Annotated[UUID, Field(description="the image's id")]
    product_id: Annotated[UUID, Field(description="of which product")]
    state: Annotated[str, Field(description="pending", examples=["pending"])]
    media_type: Annotated[str, Field(description="what the file has to be", examples=["image/png"])]
    alt: Annotated[str, Field(description="what the picture shows", examples=["A cup of green tea"])]
    created_at: Annotated[datetime, Field(description="when it was made")]
    upload: Annotated[UploadOut, Field(description="how the file is sent")]


@dataclass(slots=True)
class ProductFileOut:
    """A file of products: sent to be imported, the report of an import, or an export."""

    id: Annotated[UUID, Field(description="the file's id")]
    kind: Annotated[str, Field(description="import, report or export", examples=["import"])]
    format: Annotated[str, Field(description="csv or jsonl", examples=["csv"])]
    upload: Annotated[UploadOut | None, Field(description="how to send it; in the answer that made it, else null")]
    href: Annotated[
        str | None,
        Field(
            description="where it is had until `href_until`; null of an import, and before it is whole", examples=[LINK]
        ),
    ]
    href_until: Annotated[datetime | None, Field(description="until when")]
    created_at: Annotated[datetime, Field(description="when it was asked for")]
    expires_at: Annotated[datetime, Field(description="when it is removed")]


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
