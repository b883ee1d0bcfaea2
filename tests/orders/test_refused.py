"""What payments refuse, each once."""

from typing import Any

import pytest

from app.db.uow import UnitOfWork
from app.modules.orders.services import payments as use_cases
from tests.orders.test_carts import code
from tests.orders.test_payments import pay
from tests.support.shops import Shops, order

pytestmark = pytest.mark.anyio


def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every plan allows no unfinished task."""
    start = UnitOfWork.start

    def refused(self: UnitOfWork, kind: str, payload: Any, *, after: Any = (), **_: Any) -> Any:
        return start(self, kind, payload, after=after, most=0)

    monkeypatch.setattr(UnitOfWork, "start", refused)


async def test_too_many(shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the tenant has as many unfinished tasks as it may, neither a charge nor a refund nor an invoice begins."""
    shop = await shops.shop()
    paid, placed = await order(shop), await order(shop)
    assert (await pay(shop, paid)).status_code == 202
    no_room(monkeypatch)
    assert code(await pay(shop, placed)) == (409, "too_many_tasks")
    assert code(await shop.admin.post(f"/orders/{paid}/refund")) == (409, "too_many_tasks")
    assert code(await shop.admin.post(f"/orders/{paid}/invoice", json={})) == (409, "too_many_tasks")


async def test_refund_off(shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a gateway no refund begins."""
    shop = await shops.shop()
    key = await order(shop)
    assert (await pay(shop, key)).status_code == 202
    monkeypatch.setattr(use_cases, "make_gateway", lambda _settings: None)
    assert code(await shop.admin.post(f"/orders/{key}/refund")) == (409, "payments_off")
