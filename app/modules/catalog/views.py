"""Lists of products, their variants and prices, and the summary."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    DateTime,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.auth.commons import Commons
from app.db.listing import Filter, Listing, among, at_least, at_most, below, contains, equals
from app.db.query import Query
from app.extensions.pages import Amount, PageQuery, SearchText, several, sorted_by
from app.modules.catalog.models import Category, PriceChange, Product, ProductImage, ProductSummary
from app.modules.catalog.schemas import (
    CategoryOut,
    PriceChangeOut,
    ProductOut,
    ProductSummaryOut,
    StatusCounts,
    StockOut,
    VariantOut,
)
from app.modules.catalog.words import Searched, has_words
from app.utils.schemas import Moment, Page

_tenant = bindparam("tenant_id", type_=Uuid)
_product = bindparam("product_id", type_=Uuid)


def _in_branch(category: BindParameter[Any]) -> ColumnElement[bool]:
    """Products of the category and of all below it."""
    top = select(Category.id).where(Category.tenant_id == _tenant, Category.id == category)
    branch = top.cte("branch", recursive=True)
    below = select(Category.id).where(Category.tenant_id == _tenant, Category.parent_id == branch.c.id)
    return Product.category_id.in_(select(branch.union(below).c.id))


class ProductQuery(PageQuery):
    """Filters and sorts of the product list."""

    status: Annotated[str | None, several("draft", "active", "archived")] = None
    q: Annotated[
        SearchText | None,
        Field(
            description="words in any order and letter case: each begins a word of the name or sku, of the product or of its variants"
        ),
    ] = None
    category: Annotated[UUID | None, Field(description="in this category or in one below it")] = None
    price_from: Annotated[Amount | None, Field(alias="price[gte]", description="at least")] = None
    price_to: Annotated[Amount | None, Field(alias="price[lte]", description="at most")] = None
    created_since: Annotated[Moment | None, Field(alias="created_at[gte]", description="made at or after")] = None
    created_before: Annotated[Moment | None, Field(alias="created_at[lt]", description="made before")] = None
    updated_since: Annotated[Moment | None, Field(alias="updated_at[gte]", description="changed at or after")] = None
    updated_before: Annotated[Moment | None, Field(alias="updated_at[lt]", description="changed before")] = None
    sort: Annotated[str, sorted_by("created_at", "name", "price")] = "-created_at"


PRODUCT_ROWS = select(
    Product.id,
    Product.sku,
    Product.name,
    Product.description,
    Product.price,
    Product.currency,
    Product.status,
    Product.stock,
    Product.category_id,
    Product.version,
    Product.created_at,
    Product.updated_at,
).where(Product.tenant_id == _tenant, Product.product_id.is_(None))


def _found(value: BindParameter[Any]) -> ColumnElement[bool]:
    """One of those that the search has found. The text itself is bound for the cursor's sake; it is never empty."""
    return and_(value != "", Product.id == any_(bindparam("found", type_=ARRAY(Uuid()))))


def _worded(value: BindParameter[Any]) -> ColumnElement[bool]:
    """It has all the words of the text."""
    has_all = text(has_words("products.id", ":words", ":tenant_id"))
    return and_(value != "", has_all.bindparams(_tenant, bindparam("words", type_=ARRAY(String()))))


def _products(search: Callable[[BindParameter[Any]], ColumnElement[bool]]) -> Listing[ProductOut]:
    """The list of products, `q` being judged in that way."""
    return Listing(
        "products",
        ProductOut,
        PRODUCT_ROWS,
        ProductQuery,
        key={"id": Product.id},
        sorts={"created_at": Product.created_at, "name": Product.name, "price": Product.price},
        order="-created_at",
        filters={
            "status": among(Product.status),
            "q": Filter(search, String()),
            "category": Filter(_in_branch, Uuid()),
            "price_from": at_least(Product.price),
            "price_to": at_most(Product.price),
            "created_since": at_least(Product.created_at),
            "created_before": below(Product.created_at),
            "updated_since": at_least(Product.updated_at),
            "updated_before": below(Product.updated_at),
        },
    )


PRODUCTS = _products(_worded)
FOUND = _products(_found)


class VariantQuery(PageQuery):
    """Filters and sorts of a product's further variants."""

    status: Annotated[str | None, several("draft", "active", "archived")] = None
    sort: Annotated[str, sorted_by("created_at", "name", "price")] = "created_at"


VARIANTS: Listing[VariantOut] = Listing(
    "variants",
    VariantOut,
    select(
        Product.id,
        _product.label("product_id"),
        Product.sku,
        Product.name,
        Product.price,
        Product.currency,
        Product.status,
        Product.stock,
        Product.version,
        Product.created_at,
        Product.updated_at,
    ).where(Product.tenant_id == _tenant, Product.product_id == _product),
    VariantQuery,
    key={"id": Product.id},
    sorts={"created_at": Product.created_at, "name": Product.name, "price": Product.price},
    order="created_at",
    filters={"status": among(Product.status)},
)


class StockQuery(PageQuery):
    """Which page of a product's stock."""


STOCK: Listing[StockOut] = Listing(
    "stock",
    StockOut,
    select(
        Product.id.label("variant_id"),
        Product.sku,
        Product.stock,
        Product.reserved,
        (Product.stock - Product.reserved).label("available"),
    ).where(
        Product.tenant_id == _tenant,
        or_(and_(Product.id == _product, Product.product_id.is_(None)), Product.product_id == _product),
    ),
    StockQuery,
    key={"variant_id": Product.id},
    order="variant_id",  # a product is older than its further variants
)


class PriceQuery(PageQuery):
    """Which page of a product's prices."""


PRICES: Listing[PriceChangeOut] = Listing(
    "prices",
    PriceChangeOut,
    select(
        PriceChange.id,
        PriceChange.variant_id,
        PriceChange.previous_price,
        PriceChange.previous_currency,
        PriceChange.price,
        PriceChange.currency,
        PriceChange.changed_by,
        PriceChange.changed_at,
    ).where(PriceChange.tenant_id == _tenant, PriceChange.product_id == _product),
    PriceQuery,
    key={"id": PriceChange.id},
    order="-id",  # ids are made in the order of time
)


@dataclass(slots=True)
class ImageRow:
    """An image as it stands, without a link to its file."""

    id: UUID
    product_id: UUID
    state: str
    media_type: str
    alt: str
    size: int | None
    width: int | None
    height: int | None
    created_at: datetime


class ImageQuery(PageQuery):
    """Which page of a product's images."""


IMAGES: Listing[ImageRow] = Listing(
    "images",
    ImageRow,
    select(
        ProductImage.id,
        ProductImage.product_id,
        ProductImage.state,
        ProductImage.media_type,
        ProductImage.alt,
        ProductImage.size,
        ProductImage.width,
        ProductImage.height,
        ProductImage.created_at,
    ).where(
        ProductImage.tenant_id == _tenant,
        ProductImage.product_id == _product,
        ProductImage.visible(bindparam("now", type_=DateTime(timezone=True))),
    ),
    ImageQuery,
    key={"id": ProductImage.id},
    order="id",  # ids are made in the order of time
)


class CategoryQuery(PageQuery):
    """Filters and sorts of categories."""

    q: Annotated[SearchText | None, Field(description="text in the name")] = None
    parent: Annotated[UUID | None, Field(description="right below this category")] = None
    sort: Annotated[str, sorted_by("name", "created_at")] = "name"


CATEGORIES: Listing[CategoryOut] = Listing(
    "categories",
    CategoryOut,
    select(
        Category.id,
        Category.name,
        Category.parent_id,
        Category.version,
        Category.created_at,
        Category.updated_at,
    ).where(Category.tenant_id == _tenant),
    CategoryQuery,
    key={"id": Category.id},
    sorts={"name": Category.name, "created_at": Category.created_at},
    order="name",
    filters={"q": contains(Category.name), "parent": equals(Category.parent_id)},
)


@dataclass(slots=True)
class _Counts:
    draft: int
    active: int
    archived: int
    updated_at: datetime


SUMMARY: Query[_Counts] = Query(
    select(ProductSummary.draft, ProductSummary.active, ProductSummary.archived, ProductSummary.updated_at).where(
        ProductSummary.tenant_id == _tenant
    ),
    _Counts,
)


async def product_summary(commons: Commons) -> ProductSummaryOut:
    """The projection as it stands; zeros before the first event."""
    row = await SUMMARY.first(commons.uow)
    if row is None:
        return ProductSummaryOut(0, StatusCounts(0, 0, 0), None)
    total = row.draft + row.active + row.archived
    return ProductSummaryOut(total, StatusCounts(row.draft, row.active, row.archived), row.updated_at)


async def product_page(commons: Commons, query: ProductQuery, searched: Searched | None = None) -> Page[ProductOut]:
    """One page of products; `searched` is what became of the text in `query`.

    Raises:
        InvalidCursor.
    """
    if searched is None:
        return await PRODUCTS.page(commons.uow, commons.cursors, query)
    if searched.found is None:
        return await PRODUCTS.page(commons.uow, commons.cursors, query, fixed={"words": searched.words})
    return await FOUND.page(commons.uow, commons.cursors, query, fixed={"found": searched.found})


async def variant_page(commons: Commons, product_id: UUID, query: VariantQuery) -> Page[VariantOut]:
    """One page of a product's further variants; empty where there is no such product.

    Raises:
        InvalidCursor.
    """
    fixed = {"product_id": product_id}
    return await VARIANTS.page(commons.uow, commons.cursors, query, scope=(str(product_id),), fixed=fixed)


async def stock_page(commons: Commons, product_id: UUID, query: StockQuery) -> Page[StockOut]:
    """One page of what there is of a product and its further variants; empty where there is no such product.

    Raises:
        InvalidCursor.
    """
    fixed = {"product_id": product_id}
    return await STOCK.page(commons.uow, commons.cursors, query, scope=(str(product_id),), fixed=fixed)


async def price_page(commons: Commons, product_id: UUID, query: PriceQuery) -> Page[PriceChangeOut]:
    """One page of what a product and its further variants have cost, the newest change first.

    Raises:
        InvalidCursor.
    """
    fixed = {"product_id": product_id}
    return await PRICES.page(commons.uow, commons.cursors, query, scope=(str(product_id),), fixed=fixed)


async def image_page(commons: Commons, product_id: UUID, query: ImageQuery) -> Page[ImageRow]:
    """One page of a product's images, the first one first; empty where there is no such product.

    Raises:
        InvalidCursor.
    """
    fixed = {"product_id": product_id, "now": commons.clock.now()}
    return await IMAGES.page(commons.uow, commons.cursors, query, scope=(str(product_id),), fixed=fixed)


async def category_page(commons: Commons, query: CategoryQuery) -> Page[CategoryOut]:
    """One page of categories; a client makes the tree of their parents.

    Raises:
        InvalidCursor.
    """
    return await CATEGORIES.page(commons.uow, commons.cursors, query)
