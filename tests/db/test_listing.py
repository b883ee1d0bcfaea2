"""What a list declares is judged when its module is imported."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import Field
from sqlalchemy import Uuid, bindparam, select

from app.db.listing import Listing, among, equals
from app.db.query import MOST_SHAPES, QueryError, QueryShapes
from app.extensions.pages import PageQuery, sorted_by
from app.modules.catalog.models import Product


@dataclass(slots=True)
class Row:
    """A product, in short."""

    id: UUID
    name: str


class Asked(PageQuery):
    """What may be asked."""

    status: Annotated[str | None, Field(max_length=10)] = None
    sort: Annotated[str, sorted_by("name")] = "name"


ROWS = select(Product.id, Product.name).where(Product.tenant_id == bindparam("tenant_id", type_=Uuid))


def listing(**other: Any) -> Listing[Row]:
    """A list that is right, but for what is given."""
    given: dict[str, Any] = {
        "rows": ROWS,
        "query": Asked,
        "key": {"id": Product.id},
        "sorts": {"name": Product.name},
        "order": "name",
        "filters": {"status": among(Product.status)},
        **other,
    }
    return Listing("rows", Row, **given)


def test_right() -> None:
    """One whose parts say the same is taken."""
    assert listing().name == "rows"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"filters": {}}, r"parameters \['status'\] but filters \[\]"),
        ({"filters": {"status": among(Product.status), "sku": equals(Product.sku)}}, r"filters \['sku', 'status'\]"),
        ({"sorts": {}}, r"give Asked\.sort as sorted_by\(\)"),
        ({"sorts": {"name": Product.name, "price": Product.price}}, "price"),
        ({"query": PageQuery, "filters": {}}, r"give PageQuery\.sort as sorted_by"),
        ({"order": "-name"}, "the default of sort is not -name"),
        ({"key": {"sku": Product.sku}}, r"\['sku'\] are no fields of Row"),
        ({"rows": select(Product.id, Product.name)}, "tenant_id"),
        ({"rows": ROWS.add_columns(Product.price)}, "columns"),
    ],
    ids=["a parameter without a meaning", "a meaning without a parameter", "no sort", "another sort", "no parameter sort",
         "another order", "a key that is no field", "the tenant is forgotten", "another record"],
)  # fmt: skip
def test_refused(other: dict[str, Any], told: str) -> None:
    """One whose parts contradict each other is not."""
    with pytest.raises(QueryError, match=told):
        listing(**other)


def test_most_shapes() -> None:
    """Clients cannot fill the memory with statements: the one that was built first makes room."""
    shapes, built = QueryShapes(Row), list[int]()

    def build(number: int) -> Any:
        built.append(number)
        return ROWS

    for number in range(MOST_SHAPES + 1):
        shapes.get(number, lambda number=number: build(number))  # type: ignore[misc]  # mypy knows no defaults of lambdas
    shapes.get(MOST_SHAPES, lambda: build(-1))
    shapes.get(0, lambda: build(0))
    assert built == [*range(MOST_SHAPES + 1), 0]
