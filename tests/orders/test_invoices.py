"""Invoices: one for each order that is paid, the same bytes whenever it is asked for."""

from dataclasses import replace
from re import findall

import asyncpg
import pytest

from app.modules.orders.adapters.pdf import amount, printed
from app.modules.orders.invoices import Invoice, InvoiceLine
from tests.orders.goods import AT
from tests.orders.test_carts import code
from tests.orders.test_orders import ACTS
from tests.orders.test_payments import pay, task
from tests.support.shops import Shop, Shops, order

NAME = "Grüner Tee, Zażółć, Ελληνικά, Чай"
MINE = Invoice(
    17,
    "de",
    "Teehaus Łódź",
    "Ada\nWeg 1",
    AT,
    "EUR",
    [InvoiceLine("TEA", NAME, 1200, 450, 540000)],
    540000,
    10,
    54000,
    486000,
)


def letters(pdf: bytes) -> set[str]:
    """The letters that are drawn, by the map that the file has for whoever copies text from it."""
    return {
        bytes.fromhex(each.decode()).decode("utf-16-be") for each in findall(rb"\n<[0-9A-F]{4}> <([0-9A-F]+)>", pdf)
    }


def test_printed() -> None:
    """Every letter of the names is in it; of equal invoices equal bytes, and of one in another language others."""
    first = printed(MINE)
    assert first.startswith(b"%PDF-")
    assert printed(replace(MINE)) == first
    assert printed(replace(MINE, locale="en")) != first
    assert set(NAME + MINE.seller + "RechnungSummeDatumRabatt 29.November2026") - letters(first) == set()


def test_odd_words() -> None:
    """Whatever stands in names, there is a file: breaks without an end, no room, no sign for it, marks of markup."""
    odd = (
        "\n" * 500,
        "W" * 500,
        "\x01\t\r\x7f\uffff\u202e\u200b",
        "😀 日本 مرحبا",
        "**b** __u__ \\ ( ) <b>",
        "\u00ad" * 99,
    )
    lines = [InvoiceLine(each[:64], each, 10**6, 2**53 - 1, 2**53 - 1) for each in odd]
    assert printed(replace(MINE, seller=odd[1], recipient="\n".join(odd), lines=lines)).endswith(b"%%EOF\n")


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "shown"),
    [
        (123456, "EUR", "de", "1.234,56"),
        (123456, "EUR", "en", "1,234.56"),
        (1234, "JPY", "de", "1.234"),
        (1234, "KWD", "en", "1.234"),
        (1050, "ALL", "en", "10.50"),  # of which people write no hundredths, and an amount has them
        (-5, "EUR", "de", "-0,05"),
        (9007199254740991, "USD", "en", "90,071,992,547,409.91"),
    ],
)
def test_amount(minor: int, currency: str, locale: str, shown: str) -> None:
    """By the currency's minor unit, and as the language writes it."""
    assert amount(minor, currency, locale) == shown


class TestInvoice:
    """POST /orders/{order_id}/invoice"""

    pytestmark = pytest.mark.anyio

    @pytest.fixture
    async def shop(self, shops: Shops) -> Shop:
        """A tenant."""
        return await shops.shop()

    async def test_refused(self, shop: Shop, shops: Shops) -> None:
        """Not anonymous, not another tenant's, not by a viewer, and not before it is paid."""
        path = f"/orders/{await order(shop)}/invoice"
        assert (await shop.member.post(path, json={}, headers={"Authorization": None})).status_code == 401
        assert (await (await shops.shop()).member.post(path, json={})).status_code == 404
        assert (await shop.viewer.post(path, json={})).status_code == 403
        assert code(await shop.member.post(path, json={})) == (409, "order_move_refused")

    async def test_once(self, shop: Shop, owner: asyncpg.Connection) -> None:
        """A task whose result has the link; asked again, and after the tenant's language and name are others: the same file."""
        await pay(shop, key := await order(shop, name=NAME))
        path, told = f"/orders/{key}/invoice", {"recipient": "Ada\nWeg 1"}
        rules = {"invoice_locale": "de"}
        settings = "/tenants/current/settings/orders"
        assert (await shop.owner.patch(settings, json=rules, headers={"If-Match": "*"})).status_code == 200
        files = []
        for body in (told, told, {}):
            ended = await task(shop, await shop.member.post(path, json=body))
            assert (ended["state"], ended["result"]["number"]) == ("succeeded", 1)
            file = await shop.member.client.get(ended["result"]["href"])
            assert file.headers["content-disposition"].startswith('attachment; filename="invoice-1.pdf"')
            files.append(file.content)
            english = {"invoice_locale": "en"}
            assert (await shop.owner.patch(settings, json=english, headers={"If-Match": "*"})).status_code == 200
        assert len(set(files)) == 1
        assert files[0].startswith(b"%PDF-")
        assert code(await shop.member.post(path, json={"recipient": "Bob"})) == (409, "invoice_made")
        (kept,) = await owner.fetch("SELECT locale, recipient FROM order_invoices WHERE tenant_id = $1", shop.id)
        assert tuple(kept) == ("de", "Ada\nWeg 1")
        acts = [row["action"] for row in await owner.fetch(ACTS, shop.id, f"order:{key}")]
        assert acts[-3:] == ["orders.invoice.issued", "orders.invoice.asked", "orders.invoice.asked"]
