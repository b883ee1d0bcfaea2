"""`GET /products?q=`: what is found before and after its words are written, and that nothing of it is another tenant's."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.extensions.routing import ModularApp
from app.modules.catalog.repository import ProductRepository, WordRepository
from app.modules.catalog.repository.words import FIND
from app.modules.catalog.services import products as product_services
from app.modules.catalog.services.altering import Alteration
from app.modules.catalog.tasks import WRITE_WORDS
from app.utils.ids import uuid7
from tests.catalog.test_imports import imported
from tests.support.shops import Shop, Shops, product

pytestmark = pytest.mark.anyio
RENAME = "UPDATE products SET name = 'Maté' WHERE tenant_id = $1"
"""As a process of the release before does it, which knows nothing of words."""
WORDS = "SELECT count(*) FROM product_words WHERE tenant_id = $1 AND word = $2"
NAMES = (
    "Green Tea",
    "Black tea, 1.5 kg",
    "Café crème",
    "ÄPFEL aus İzmir",
    "red/blue T-Shirt",
    "绿茶 杯",
    "\uff34\uff45\uff41pot",
    "100% it's a_b c\\d",
    "Maté, cru\u0302",
)
FOUND: dict[str, list[str]] = {
    "tea": ["Black tea, 1.5 kg", "Green Tea", "\uff34\uff45\uff41pot"],
    "TEA gr": ["Green Tea"],
    "tea black": ["Black tea, 1.5 kg"],
    "black black bla": ["Black tea, 1.5 kg"],
    "1.5": ["Black tea, 1.5 kg"],
    "ea": [],
    "green nothing": [],
    "cafe\u0301": ["Café crème"],
    "crû": ["Maté, cru\u0302"],
    "äpf": ["ÄPFEL aus İzmir"],
    "izmir": ["ÄPFEL aus İzmir"],
    "blue": ["red/blue T-Shirt"],
    "shirt": ["red/blue T-Shirt"],
    "绿": ["绿茶 杯"],
    "茶": [],
    "it's": ["100% it's a_b c\\d"],
    "100%": ["100% it's a_b c\\d"],
    "A_B": ["100% it's a_b c\\d"],
    "%": [],
    "\\": [],
    "'": [],
    "' OR 1=1 --": [],
    ":* & ! | <->": [],
    "🍵": [],
    "\U0010ffff": [],
    "x" * 100: [],
}
"""What is searched, and the names of what is found."""


async def filled(shops: Shops, *names: str) -> tuple[Shop, list[str]]:
    """A tenant with products of these names, and their ids. A number in an sku would be found too."""
    shop = await shops.shop()
    bodies = [product(sku=f"SKU-{letter}", name=name) for letter, name in zip("QWXYZVUON", names, strict=False)]
    made = [await shop.member.post("/products", json=body) for body in bodies]
    return shop, [answer.json()["id"] for answer in made]


async def names(shop: Shop, q: str, **more: Any) -> list[str]:
    """What is found, by name."""
    answer = await shop.viewer.get("/products", params={"q": q, **more})
    assert answer.status_code == 200, (q, answer.text)
    return sorted(item["name"] for item in answer.json()["data"])


async def write(app: ModularApp, shop: Shop) -> int:
    """Write the words that are due."""
    async with app.state.runtime.identity.tenant_unit(uuid7(), shop.id) as uow:
        return await WordRepository(uow).write(limit=1000)


async def check(app: ModularApp, shop: Shop) -> None:
    """Look for what was renamed unsaid."""
    async with app.state.runtime.identity.tenant_unit(uuid7(), shop.id) as uow:
        await WordRepository(uow).check()


async def test_words(app: ModularApp, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same is found of texts, of written words, and where so much is found that the list is walked; in no way another tenant's."""
    shop, _ = await filled(shops, *NAMES)
    other, _ = await filled(shops, *NAMES)

    async def found() -> dict[str, list[str]]:
        return {q: await names(shop, q) for q in FOUND}

    assert await found() == FOUND, "of texts"
    with monkeypatch.context() as patch:
        patch.setattr(product_services, "MANY", 0)
        assert await found() == FOUND, "of texts, by walking"
    assert (await write(app, other), await write(app, shop), await write(app, shop)) == (9, 9, 0)
    assert await found() == FOUND, "of words"
    monkeypatch.setattr(product_services, "MANY", 0)
    assert await found() == FOUND, "by walking"


async def test_changes(app: ModularApp, shops: Shops) -> None:
    """A new name is found at once, and the old one no more when the words are written anew; skus and variants count."""
    shop, (first, second) = await filled(shops, "Green tea", "Coffee")
    await write(app, shop)
    assert (await shop.member.patch(f"/products/{first}", json={"name": "Cocoa"}, headers={"If-Match": "*"})).is_success
    variant = product(sku="MUG-XL-7", name="Mug, extra large")
    assert (await shop.member.post(f"/products/{second}/variants", json=variant)).status_code == 201
    for when in ("before", "after"):
        assert await names(shop, "cocoa") == ["Cocoa"], when
        assert await names(shop, "coffee large") == ["Coffee"], when
        assert await names(shop, "mug-xl") == await names(shop, "7 xl") == ["Coffee"], when
        await write(app, shop)
    assert await names(shop, "green") == []


async def test_overtaken(app: ModularApp, shops: Shops) -> None:
    """What is renamed by somebody who has read it while its words were due is due again, though they were written meanwhile."""
    shop, (key,) = await filled(shops, "Green tea")
    async with app.state.runtime.identity.tenant_unit(uuid7(), shop.id) as uow:
        commons = app.state.runtime.hub.commons(uow)
        read = await ProductRepository(uow).get(UUID(key))
        assert read is not None
        assert await write(app, shop) == 1
        await Alteration(commons).alter(read, {"name": "Cocoa"})
    assert await names(shop, "cocoa") == ["Cocoa"]


async def test_held(app: ModularApp, shops: Shops, owner: asyncpg.Connection) -> None:
    """Who writes words waits for nobody: neither a variant that is held is taken, nor one whose product is."""
    shop, (key,) = await filled(shops, "Green tea")
    await write(app, shop)
    variant = (await shop.member.post(f"/products/{key}/variants", json=product())).json()["id"]
    for held in (key, variant):
        async with owner.transaction(), asyncio.timeout(5):
            await owner.execute("SELECT FROM products WHERE tenant_id = $1 AND id = $2 FOR UPDATE", shop.id, UUID(held))
            assert await write(app, shop) == 0
    assert await write(app, shop) == 1
    await owner.execute(RENAME, shop.id)
    async with owner.transaction(), asyncio.timeout(5):
        await owner.execute("SELECT FROM products WHERE tenant_id = $1 AND id = $2 FOR UPDATE", shop.id, UUID(key))
        await check(app, shop)
    assert await write(app, shop) == 1


async def test_schedules(app: ModularApp, shops: Shops, owner: asyncpg.Connection) -> None:
    """What is due is written by the hour; what was renamed unsaid is found by the night after; an import says it."""
    shop, _ = await filled(shops, "Green tea")
    errand = app.state.runtime.errand(shop.id, 1, uuid7())
    await WRITE_WORDS.react(None, errand)
    await owner.execute(RENAME, shop.id)
    assert (await names(shop, "green"), await names(shop, "mat")) == (["Maté"], [])
    await check(app, shop)
    await WRITE_WORDS.react(None, errand)
    assert (await names(shop, "green"), await names(shop, "mat")) == ([], ["Maté"])
    for name in ("Red wine", "White wine"):
        assert (await imported(shop, f"sku,name,price,currency\nwine,{name},1,EUR\n".encode()))["state"] == "succeeded"
        await WRITE_WORDS.react(None, errand)
        assert await owner.fetchval(WORDS, shop.id, name.split()[0].lower()) == 1
    assert await owner.fetchval(WORDS, shop.id, "red") == 0


async def test_work(app: ModularApp, shops: Shops) -> None:
    """However many words are asked for, those of a text that is due are made once; and no more texts are judged than are wanted."""
    shop, _ = await filled(shops, *(f"Common tea of the house number {number}" for number in range(6)))
    words = ["common", "tea", "of", "the", "house", "number"]
    async with app.state.runtime.identity.tenant_unit(uuid7(), shop.id) as uow:
        plan = await uow.connection.fetch(f"EXPLAIN (ANALYZE, COSTS OFF) {FIND}", shop.id, words, 3)
    made = [int(line.split("loops=")[1].rstrip(")")) for (line,) in plan if "ProjectSet" in line]
    assert made == [3, 3], "of the product, and of its variants"


@pytest.mark.parametrize("most", [10_000, 2])
async def test_pages(app: ModularApp, shops: Shops, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Pages and totals of a search are those of a list, with other filters too, however much is found; a cursor is of its text."""
    monkeypatch.setattr(product_services, "MANY", most)
    shop, _ = await filled(shops, *(f"Tea {number}" for number in range(5)), "Coffee")
    await write(app, shop)
    asked: dict[str, Any] = {"q": "tea", "limit": 2, "sort": "-name", "include": "total"}
    seen: list[str] = []
    while True:
        page = (await shop.viewer.get("/products", params=asked)).json()
        seen += [item["name"] for item in page["data"]]
        assert (page["total"], page["total_capped"]) == (5, False)
        if not page["has_more"]:
            break
        asked["cursor"] = page["next_cursor"]
    assert seen == [f"Tea {number}" for number in (4, 3, 2, 1, 0)]
    assert await names(shop, "tea", status="active") == []
    assert (await shop.viewer.get("/products", params={**asked, "q": "coffee"})).status_code == 400
