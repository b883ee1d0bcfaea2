"""The unit of work's ORM session: filled with the tenant, held to it, and gone with the unit."""

from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from app.exceptions import PreconditionFailed
from app.modules.catalog.models import Product
from tests.db.units import Bench, skus, tea

Owner = asyncpg.Connection


class TestSession:
    """The ORM within the unit"""

    async def test_fills(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """A new row gets the bound tenant, and leaves with the unit's commit."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        uow.session.add(tea(sku="filled"))
        await uow.commit()
        assert await skus(owner, tenant) == {"filled"}

    async def test_other_tenant(self, one: Bench, tenant: UUID) -> None:
        """A row of another tenant is refused before the database has to, and so is any row without a binding."""
        for bound, row in ((tenant, tea(tenant_id=uuid4())), (None, tea())):
            uow = one.unit()
            await uow.begin(tenant_id=bound)
            uow.session.add(row)
            with pytest.raises(RuntimeError, match="tenant"):
                await uow.session.flush()
            await uow.rollback()
        assert not [statement for statement in await one.heard() if "INSERT" in statement]

    async def test_second_lock(self, one: Bench, tenant: UUID) -> None:
        """Every ORM statement on a tenant table compares tenant_id with a parameter, aliases and bulk writes included."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        other = aliased(Product)
        await one.heard()
        await uow.session.scalars(select(Product))
        await uow.session.execute(select(Product.id).join(other, other.sku == Product.sku))
        await uow.session.execute(update(Product).values(name="Tea").execution_options(synchronize_session=False))
        await uow.session.execute(delete(Product).execution_options(synchronize_session=False))
        await uow.session.get(Product, (tenant, uuid4()))
        assert [statement.count("tenant_id = $") for statement in await one.heard()] == [1, 2, 1, 1, 2]
        await uow.rollback()

    async def test_lost_race(self, one: Bench, tenant: UUID, owner: Owner) -> None:
        """A row that was changed meanwhile is not overwritten: the caller is told to read it again."""
        uow = one.unit()
        await uow.begin(tenant_id=tenant)
        uow.session.add(product := tea())
        await uow.commit()
        await uow.begin(tenant_id=tenant)
        found = await uow.session.scalar(select(Product).where(Product.id == product.id))
        assert found is not None
        await owner.execute("UPDATE products SET version = 2 WHERE tenant_id = $1", tenant)
        found.name = "Coffee"
        with pytest.raises(Exception, match="expected to update") as caught:
            await uow.commit()
        await uow.rollback()
        assert isinstance(uow.explain(caught.value), PreconditionFailed)

    async def test_not_between_units(self, one: Bench, tenant: UUID) -> None:
        """A session ends with its unit: the next one on the same connection knows nothing of it."""
        first = one.unit()
        await first.begin(tenant_id=tenant)
        before = first.session
        before.add(tea())
        await first.rollback()
        second = one.unit()
        await second.begin(tenant_id=tenant)
        assert second.session is not before
        assert list(await second.session.scalars(select(Product))) == []
        await second.rollback()
