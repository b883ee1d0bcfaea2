"""Lists of products and their summary: query objects, one compiled statement per shape of filters, sort and cursor."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from sqlalchemy import BigInteger, DateTime, Integer, Select, String, Uuid, any_, bindparam, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

from app.auth.commons import Commons
from app.db.query import Query, QueryShapes
from app.exceptions import InvalidCursor
from app.extensions.pages import PageQuery
from app.modules.catalog.models import Product, ProductSummary
from app.modules.catalog.schemas import ProductOut, ProductSummaryOut, StatusCounts
from app.utils.ids import parse_uuid
from app.utils.schemas import Moment, Page

STATUSES = frozenset({"draft", "active", "archived"})
Sort = Literal["created_at", "-created_at", "name", "-name", "price", "-price"]

_tenant = bindparam("tenant_id", type_=Uuid)
_SORTABLE: dict[str, Any] = {"created_at": Product.created_at, "name": Product.name, "price": Product.price}
_SORT_TYPES: dict[str, Any] = {"created_at": DateTime(timezone=True), "name": String(), "price": BigInteger()}


def _statuses(text: str) -> str:
    if unknown := set(text.split(",")) - STATUSES:
        raise ValueError(f"knows {', '.join(sorted(STATUSES))}; not {len(unknown)} of the given")
    return text


class ProductQuery(PageQuery):
    """Filters and sort of the product list."""

    status: Annotated[
        str | None, Field(max_length=60, description="one or more, by comma"), AfterValidator(_statuses)
    ] = None
    q: Annotated[str | None, Field(min_length=1, max_length=100, description="text in name or sku")] = None
    created_since: Annotated[Moment | None, Field(alias="created_at[gte]", description="made at or after")] = None
    created_before: Annotated[Moment | None, Field(alias="created_at[lt]", description="made before")] = None
    sort: Annotated[Sort, Field(description="a leading minus reverses")] = "-created_at"

    def values(self) -> dict[str, Any]:
        """The filters that were given, as the statement's parameters; their names are the shape."""
        given = {
            "statuses": self.status.split(",") if self.status else None,
            "text": f"%{_escaped(self.q)}%" if self.q else None,
            "since": self.created_since,
            "before": self.created_before,
        }
        return {name: value for name, value in given.items() if value is not None}


_shapes: QueryShapes[ProductOut] = QueryShapes(ProductOut)


def _statement(filters: frozenset[str], sort: str, after_cursor: bool) -> Select[*tuple[Any, ...]]:
    name = sort.removeprefix("-")
    column, descending = _SORTABLE[name], sort.startswith("-")
    statement = select(
        Product.id,
        Product.sku,
        Product.name,
        Product.description,
        Product.price,
        Product.currency,
        Product.status,
        Product.stock,
        Product.version,
        Product.created_at,
        Product.updated_at,
    ).where(Product.tenant_id == _tenant)
    if "statuses" in filters:
        statement = statement.where(Product.status == any_(bindparam("statuses", type_=ARRAY(String))))
    if "text" in filters:
        text = bindparam("text", type_=String)
        statement = statement.where(Product.name.ilike(text) | Product.sku.ilike(text))
    if "since" in filters:
        statement = statement.where(Product.created_at >= bindparam("since", type_=DateTime(timezone=True)))
    if "before" in filters:
        statement = statement.where(Product.created_at < bindparam("before", type_=DateTime(timezone=True)))
    if after_cursor:
        here = tuple_(column, Product.id)
        there = tuple_(bindparam("position", type_=_SORT_TYPES[name]), bindparam("position_id", type_=Uuid))
        statement = statement.where(here < there if descending else here > there)
    order = (column.desc(), Product.id.desc()) if descending else (column, Product.id)
    return statement.order_by(*order).limit(bindparam("limit", type_=Integer))


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


async def product_page(commons: Commons, query: ProductQuery) -> Page[ProductOut]:
    """One page of products by keyset, ending in the id.

    Raises:
        InvalidCursor.
    """
    values = query.values()
    shape = (frozenset(values), query.sort, query.cursor is not None)
    bound = ("products", str(commons.tenant_id), query.sort, sorted(values.items()))
    name = query.sort.removeprefix("-")
    if query.cursor is not None:
        position, key = _position(commons, query.cursor, bound, name)
        values.update(position=position, position_id=key)
    statement = _shapes.get(shape, lambda: _statement(*shape))
    rows = await statement.all(commons.uow, limit=query.limit + 1, **values)
    has_more = len(rows) > query.limit
    if not has_more:
        return Page(data=rows, has_more=False, next_cursor=None)
    rows.pop()
    last = rows[-1]
    following = commons.cursors.encode([getattr(last, name), str(last.id)], bound_to=bound)
    return Page(data=rows, has_more=True, next_cursor=following)


def _position(commons: Commons, cursor: str, bound: Any, name: str) -> tuple[Any, Any]:
    try:
        position, text = commons.cursors.decode(cursor, bound_to=bound)
        return (datetime.fromisoformat(position) if name == "created_at" else position), parse_uuid(text)
    except (ValueError, TypeError) as error:
        raise InvalidCursor from error


def _escaped(text: str) -> str:
    """LIKE takes %, _ and the backslash for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
