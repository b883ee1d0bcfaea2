"""Classes that know no storage: the session treats their rows as any other tenant's."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased, joinedload, object_mapper, selectinload

from app.db.plain import belongs_to_a_tenant, is_plain
from app.modules.orders.models import Order
from app.modules.orders.orm import orders
from app.users.models import User
from tests.db.units import Bench, tea
from tests.orders.goods import cart, offer


async def test_second_lock(one: Bench, tenant: UUID) -> None:
    """Every ORM statement compares tenant_id with a parameter: aliases, bulk writes and what is loaded beside included."""
    uow = one.unit()
    await uow.begin(tenant_id=tenant)
    uow.session.add(cart(offer()))
    await uow.session.flush()
    uow.session.expunge_all()
    other = aliased(Order)
    await one.heard()
    found = await uow.session.scalar(select(Order).options(selectinload(getattr(Order, "lines"))))  # noqa: B009 - mapped
    assert found is not None
    assert len(found.lines) == 1
    await uow.session.execute(select(orders.c.number, other).join_from(Order, other, other.total == orders.c.total))  # type: ignore[arg-type]  # mapped
    parts = (joinedload(getattr(Order, part)) for part in ("lines", "payments"))
    (await uow.session.scalars(select(Order).options(*parts))).unique().all()
    await uow.session.execute(update(Order).values(total=0, subtotal=0).execution_options(synchronize_session=False))
    await uow.session.execute(delete(Order).execution_options(synchronize_session=False))
    sent = await one.heard()
    assert [min(statement.count("tenant_id = $"), 3) for statement in sent] == [1, 2, 2, 3, 1, 1], sent
    await uow.rollback()


async def test_other_tenant(one: Bench, tenant: UUID) -> None:
    """A row of another tenant is refused before the database has to, and so is any row without a binding."""
    theirs = cart()
    theirs.tenant_id = uuid4()  # type: ignore[attr-defined]  # mapped
    for bound, row in ((tenant, theirs), (None, cart())):
        uow = one.unit()
        await uow.begin(tenant_id=bound)
        uow.session.add(row)
        with pytest.raises(RuntimeError, match="tenant"):
            await uow.session.flush()
        await uow.rollback()
    assert not [statement for statement in await one.heard() if "INSERT" in statement]


def test_whose() -> None:
    """What is told from what: a plain class and one with the mixin are tenants'; a person is nobody's."""
    assert (is_plain(object_mapper(cart())), is_plain(object_mapper(tea()))) == (True, False)
    assert [belongs_to_a_tenant(row) for row in (cart(), tea(), User())] == [True, True, False]
