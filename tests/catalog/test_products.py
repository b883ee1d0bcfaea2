"""Products over REST."""

import asyncio

from tests.support.shops import Shops, product


class TestCreate:
    """POST /products"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody creates a product without signing in."""
        shop = await shops.shop()
        answer = await shop.owner.post("/products", json=product(), headers={"Authorization": None})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    async def test_other_tenant(self, shops: Shops) -> None:
        """A member of another tenant gets the answer of a tenant that does not exist."""
        shop, other = await shops.shop(), await shops.shop()
        answer = await shop.owner.post("/products", json=product(), headers={"X-Tenant-ID": str(other.id)})
        assert answer.status_code == 404
        assert answer.json()["details"]["code"] == "tenant_not_found"

    async def test_viewer(self, shops: Shops) -> None:
        """A viewer is told which permission is missing."""
        shop = await shops.shop()
        answer = await shop.viewer.post("/products", json=product())
        assert answer.status_code == 403
        assert answer.json()["details"]["decision"]["missing"] == ["catalog.products:write"]

    async def test_created(self, shops: Shops) -> None:
        """201 with Location, ETag and the resource, which can be read back."""
        shop = await shops.shop()
        body = product(description="dry")
        answer = await shop.member.post("/products", json=body)
        assert answer.status_code == 201
        assert answer.headers["ETag"] == '"1"'
        created = answer.json()
        assert {name: created[name] for name in body} == body
        assert answer.headers["Location"] == f"/api/v1/products/{created['id']}"
        again = await shop.viewer.get(f"/products/{created['id']}")
        assert again.json() == created

    async def test_sku_race(self, shops: Shops) -> None:
        """Of two creations of one sku at once, one wins and one is told."""
        shop = await shops.shop()
        body = product()
        answers = await asyncio.gather(*(shop.owner.post("/products", json=body) for _ in range(2)))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        loser = next(answer for answer in answers if answer.status_code == 409)
        assert loser.json()["details"]["code"] == "product_sku_taken"

    async def test_summary_follows(self, shops: Shops) -> None:
        """The event leaves with the commit and the handler counts it, once."""
        shop = await shops.shop()
        assert (await shop.viewer.get("/products/summary")).json()["total"] == 0
        await shop.owner.post("/products", json=product(status="active"))
        summary = (await shop.viewer.get("/products/summary")).json()
        assert summary["by_status"] == {"draft": 0, "active": 1, "archived": 0}
