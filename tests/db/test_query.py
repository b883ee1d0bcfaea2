"""Query objects: what does not fit its record, or forgets the tenant, is refused when it is made."""

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass, make_dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Select, Uuid, any_, bindparam, column, or_, select, table, tablesample
from sqlalchemy.orm import aliased

import app
from app.db.listing import Listing
from app.db.query import Query, QueryError, QueryShapes
from app.modules.catalog.models import Product
from app.operators import views as operated
from app.tenants.models import Membership, Tenant
from app.tenants.repository import tenants
from app.users import directory
from app.users import repository as users
from app.users.models import User

BOUND = bindparam("tenant_id", type_=Uuid)
OTHER = aliased(Product)
MEMBERS = table("memberships", column("tenant_id", Uuid), column("user_id", Uuid))
UNMAPPED = table("things", column("id", Uuid))
SAMPLE = tablesample(Product.__table__, 1, name="sample")


@dataclass(slots=True)
class Row:
    """A product in short."""

    id: UUID
    sku: str
    description: str | None
    status: Literal["draft", "active", "archived"]


STATEMENT = select(Product.id, Product.sku, Product.description, Product.status).where(Product.tenant_id == BOUND)


@dataclass(slots=True)
class Key:
    """An id."""

    id: UUID


class TestRecord:
    """The statement and its record"""

    def test_fits(self) -> None:
        """Names, order, types and nullability agree: the query is made."""
        assert "products.tenant_id = $1" in Query(STATEMENT, Row).sql

    @pytest.mark.parametrize(
        "fields",
        [
            [("id", UUID), ("sku", str), ("description", str | None)],
            [("id", UUID), ("sku", str), ("description", str | None), ("state", str)],
            [("sku", str), ("id", UUID), ("description", str | None), ("status", str)],
            [("id", str), ("sku", str), ("description", str | None), ("status", str)],
            [("id", UUID), ("sku", int), ("description", str | None), ("status", str)],
            [("id", UUID), ("sku", str), ("description", str), ("status", str)],
            [("id", UUID), ("sku", str | None), ("description", str | None), ("status", str)],
            [("id", UUID), ("sku", str), ("description", datetime | None), ("status", str)],
        ],
        ids=["missing", "name", "order", "type", "other type", "null into str", "str into null", "type of null"],
    )
    def test_refused(self, fields: Sequence[tuple[str, Any]]) -> None:
        """Any difference is refused and named."""
        with pytest.raises(QueryError):
            Query(STATEMENT, make_dataclass("Wrong", fields))

    def test_no_dataclass(self) -> None:
        """Records are dataclasses."""
        with pytest.raises(QueryError, match="not a dataclass"):
            Query(STATEMENT, dict)

    def test_in(self) -> None:
        """IN, whose text depends on the number of values, is refused; = ANY is not."""
        with pytest.raises(QueryError, match="instead of IN"):
            Query(STATEMENT.where(Product.sku.in_(["a", "b"])), Row)
        assert Query(STATEMENT.where(Product.sku == any_(bindparam("skus"))), Row).arguments(
            SimpleNamespace(tenant_id=None, connection=None), {"skus": ["a"]}
        ) == [None, ["a"]]


class TestTenant:
    """The second lock"""

    @pytest.mark.parametrize(
        "statement",
        [
            select(Product.id),
            select(Product.id).where(Product.tenant_id == uuid4()),
            select(Product.id).where(Product.tenant_id == bindparam("tenant", type_=Uuid)),
            select(Product.id).where(Product.tenant_id != BOUND),
            select(Product.id).where(or_(Product.tenant_id == BOUND, Product.price > 0)),
            select(Product.id).where(~(Product.tenant_id == BOUND)),
            select(Product.id).where(Product.id == BOUND),
            select(User.id).join(Membership, Membership.user_id == User.id),
            select(Product.id).join(Membership, Membership.tenant_id == BOUND),
            select(Product.id).join(OTHER, OTHER.sku == Product.sku).where(Product.tenant_id == BOUND),
            select(OTHER.id).where(Product.tenant_id == BOUND),
            select(User.id).where(User.id == select(Membership.user_id).scalar_subquery()),
            select(Tenant.id).where(select(Product.id).where(Product.id == Tenant.id).exists()),
            select(Product.id).outerjoin(User, (Product.tenant_id == BOUND) & (User.id == Product.id)),
            select(Product.id).join(User, (Product.tenant_id == BOUND) & (User.id == Product.id), full=True),
            select(User.id).join(Membership, Membership.tenant_id == BOUND, full=True),
            select(MEMBERS.c.user_id.label("id")),
            select(MEMBERS.alias("m").c.user_id.label("id")),
            select(UNMAPPED.c.id),
            select(SAMPLE.c.id),
        ],
        ids=str,
    )
    def test_refused(self, statement: Select[*tuple[Any, ...]]) -> None:
        """A tenant table whose tenant_id is not compared with the parameter of that name is refused."""
        with pytest.raises(QueryError, match="compare tenant_id"):
            Query(statement, Key)

    @pytest.mark.parametrize(
        "statement",
        [
            select(User.id),
            select(OTHER.id).where(OTHER.tenant_id == BOUND),
            select(Product.id)
            .join(OTHER, OTHER.sku == Product.sku)
            .where(Product.tenant_id == BOUND, OTHER.tenant_id == BOUND),
            select(User.id).outerjoin(Membership, (Membership.tenant_id == BOUND) & (Membership.user_id == User.id)),
            select(User.id).where(
                User.id == select(Membership.user_id).where(Membership.tenant_id == BOUND).scalar_subquery()
            ),
            select(select(Product.id).where(Product.tenant_id == BOUND).cte("mine").c.id),
            select(Product.id).join(User, (Product.tenant_id == BOUND) & (User.id == Product.id)),
            select(MEMBERS.c.user_id.label("id")).where(MEMBERS.c.tenant_id == BOUND),
            select(SAMPLE.c.id).where(SAMPLE.c.tenant_id == BOUND),
            select(table("tenants", column("id", Uuid)).c.id),
        ],
        ids=str,
    )
    def test_bound(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Bound ones pass: plain, aliased, joined, nested, in a part of their own, by name alone."""
        assert Query(statement, Key).across_tenants == ""

    def test_argument(self) -> None:
        """The tenant comes from the unit of work alone, whatever the caller passes."""
        tenant_id = uuid4()
        uow = SimpleNamespace(tenant_id=tenant_id, connection=None)
        assert Query(STATEMENT, Row).arguments(uow, {"tenant_id": uuid4()}) == [tenant_id]

    def test_allowed_across(self) -> None:
        """Six queries, and no other in the whole application, read a tenant table across tenants."""
        names = [module.name for module in pkgutil.walk_packages(app.__path__, "app.")]
        values = [value for name in names for value in vars(importlib.import_module(name)).values()]
        found = {id(value) for value in values if type(value) in {Query, Listing} and value.across_tenants}
        known = {id(directory.CHOICES), id(tenants.MINE), id(tenants.MINE_ONE), id(users.MEMBERSHIPS)}
        assert found == known | {id(operated.DELIVERIES), id(operated.BACKLOG)}
        sources = [Path(source).read_text(encoding="utf-8") for source in Path(app.__path__[0]).rglob("*.py")]
        assert sum(source.count('across_tenants="') for source in sources) == len(found)


class TestShapes:
    """QueryShapes"""

    def test_once(self) -> None:
        """A shape is compiled when it is first asked for, and never again."""
        shapes, built = QueryShapes(Row), list[str]()

        def build() -> Select[*tuple[Any, ...]]:
            built.append("one")
            return STATEMENT

        assert shapes.get("one", build) is shapes.get("one", build)
        assert built == ["one"]

    def test_judged(self) -> None:
        """A shape that forgets the tenant is refused too."""
        with pytest.raises(QueryError):
            QueryShapes(Key).get("one", lambda: select(Product.id))
