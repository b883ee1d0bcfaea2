"""Inserting without a flush: the same row, the same errors and the same refusals as the ORM's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.config import Settings
from app.db.errors import mapped
from app.db.insert import CompiledInsert, insert_row
from app.db.repository import Repository
from app.db.uow import UnitOfWork
from app.exceptions import Conflict
from app.modules.catalog.models import Product
from app.tenants.models import TenantSettings
from tests.db.units import Bench, bench
from tests.support.shops import Shops

SET: dict[str, Any] = {"name": "Tea", "price": 450, "currency": "EUR"}
Owner = asyncpg.Connection


class Products(Repository[Product]):
    """Any repository."""

    model = Product


@pytest.fixture
async def one(settings: Settings) -> AsyncIterator[Bench]:
    """A bench with a pool of one."""
    async with bench(settings, wait_seconds=2.0) as made:
        yield made


@pytest.fixture
async def tenant(shops: Shops) -> UUID:
    """A tenant's id."""
    return (await shops.shop()).id


@asynccontextmanager
async def begun(one: Bench, tenant_id: UUID | None = None) -> AsyncIterator[UnitOfWork]:
    """A unit of work that has begun; rolled back where the test did not commit it."""
    uow = one.unit()
    await uow.begin(tenant_id=tenant_id)
    try:
        yield uow
    finally:
        await uow.rollback()


async def stored(owner: Owner, product: Product) -> dict[str, Any]:
    """The row as the database has it."""
    (row,) = await owner.fetch("SELECT * FROM products WHERE id = $1", product.id)
    return dict(row)


def held(product: Product) -> dict[str, Any]:
    """The row as the aggregate has it."""
    return {column.key: getattr(product, column.key) for column in Product.__table__.columns}


@pytest.mark.anyio
class TestInsert:
    """Repository.insert"""

    async def test_as_the_orm(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """The row is the ORM's, defaults of class and database included, and the aggregate holds every value of it."""
        quick, slow = Product(sku="quick", **SET), Product(sku="slow", **SET)
        async with begun(one, tenant) as uow:
            await Products(uow).insert(quick)
            await Products(uow).add(slow)
            await uow.commit()
        assert held(quick) == await stored(owner, quick)
        own = {"id", "sku"}
        assert {k: v for k, v in held(quick).items() if k not in own} == {
            k: v for k, v in held(slow).items() if k not in own
        }

    async def test_set_values_stay(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """What is set wins over every default, the database's too."""
        key, then = uuid4(), datetime(2020, 1, 2, tzinfo=UTC)
        product = Product(id=key, sku="set", created_at=then, version=7, stock=3, **SET)
        async with begun(one, tenant) as uow:
            await Products(uow).insert(product)
            await uow.commit()
        row = await stored(owner, product)
        assert (row["id"], row["created_at"], row["version"], row["stock"]) == (key, then, 7, 3)

    async def test_changed_afterwards(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """In the same unit of work it is found by the ORM and changed under its lock."""
        product = Product(sku="first", **SET)
        async with begun(one, tenant) as uow:
            await Products(uow).insert(product)
            found = await Products(uow).get(product.id)
            assert found is not None
            found.sku = "second"
            await Products(uow).add(found)
            await uow.commit()
        row = await stored(owner, product)
        assert (row["sku"], row["version"]) == ("second", 2)

    async def test_constraint(self, one: Bench, tenant: UUID) -> None:
        """A broken constraint has its name, so that the module's own error is made of it."""
        async with begun(one, tenant) as uow:
            await Products(uow).insert(Product(sku="same", **SET))
            with pytest.raises(Conflict, match="taken"), mapped({"uq_products_sku": lambda: Conflict("taken")}):
                await Products(uow).insert(Product(sku="same", **SET))

    async def test_json(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """Objects are stored as JSON; what the database makes comes back."""
        made = TenantSettings(module="tests", values={"ä": [1], "b": None})
        async with begun(one, tenant) as uow:
            await insert_row(uow, made)
            await uow.commit()
        statement = "SELECT values->>'ä', values->>'b', created_at FROM tenant_settings WHERE tenant_id = $1"
        (row,) = await owner.fetch(statement, tenant)
        assert tuple(row) == ("[1]", None, made.created_at)

    async def test_tenant(self, one: Bench, tenant: UUID, shops: Shops) -> None:
        """A row of another tenant is refused before the database is asked, and so is one without a tenant."""
        foreign = (await shops.shop()).id
        async with begun(one, tenant) as uow:
            with pytest.raises(RuntimeError, match="another tenant"):
                await Products(uow).insert(Product(tenant_id=foreign, sku="x", **SET))
        async with begun(one) as uow:
            with pytest.raises(RuntimeError, match="bind one first"):
                await Products(uow).insert(Product(sku="x", **SET))


def test_flush_defaults() -> None:
    """A default that only a flush can compute is refused, not forgotten."""

    class Other(DeclarativeBase):
        """Apart from the platform's tables."""

    class Thing(Other):
        """With a default that is an expression."""

        __tablename__ = "things"
        id: Mapped[int] = mapped_column(primary_key=True)
        at: Mapped[datetime] = mapped_column(default=func.now())

    with pytest.raises(TypeError, match="use add"):
        CompiledInsert(Thing.__mapper__, frozenset())
