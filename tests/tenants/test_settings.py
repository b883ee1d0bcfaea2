"""What a tenant decides for a module."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest

from app.extensions.module import Module
from app.manifests import ManifestError, check_manifests
from app.utils.schemas import BaseSchema
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

PATH = "/tenants/current/settings/tenants"


async def change(person: Person, body: Any, match: str | None = "*") -> httpx.Response:
    """PATCH of the settings."""
    return await person.patch(PATH, json=body, headers={"If-Match": match})


class TestSettings:
    """/tenants/current/settings/{module}"""

    async def test_others(self, shops: Shops) -> None:
        """Nobody without signing in or of another tenant; a viewer reads and does not write."""
        shop, other = await shops.shop(), await shops.shop()
        assert (await shop.owner.get(PATH, headers={"Authorization": None})).status_code == 401
        assert (await other.owner.get(PATH, headers={"X-Tenant-ID": str(shop.id)})).status_code == 404
        assert (await shop.viewer.get(PATH)).status_code == 200
        assert (await change(shop.member, {})).status_code == 403

    async def test_defaults(self, shops: Shops) -> None:
        """Before anything was set there are the defaults, with an ETag that a change needs."""
        shop = await shops.shop()
        answer = await shop.viewer.get(PATH)
        assert (answer.json()["values"], "ETag" in answer.headers) == ({"invited_domains": []}, True)
        assert (await shop.viewer.get("/tenants/current/settings/nothing")).status_code == 404
        assert (await shop.viewer.get("/tenants/current/settings/catalog")).status_code == 404

    async def test_changed(self, shops: Shops) -> None:
        """A change counts from the next request on, for this tenant alone; null brings the default back."""
        shop, other = await shops.shop(), await shops.shop()
        assert (await change(shop.admin, {"invited_domains": ["b.example", "a.example"]}, None)).status_code == 428
        first = (await shop.viewer.get(PATH)).headers["ETag"]
        answer = await change(shop.admin, {"invited_domains": ["b.example", "a.example"]}, first)
        second = answer.headers["ETag"]
        assert answer.json()["values"] == {"invited_domains": ["a.example", "b.example"]}
        for person, email, status in (
            (shop.admin, "x@a.example", 201),
            (shop.admin, "x@sub.a.example", 422),
            (shop.admin, "x@c.example", 422),
            (other.admin, "x@c.example", 201),
        ):
            sent = await person.post("/invitations", json={"email": email, "roles": ["viewer"]})
            assert sent.status_code == status, sent.text
        again = await change(shop.admin, {"invited_domains": None}, second)
        assert again.json()["values"] == {"invited_domains": []}
        assert len({first, second, again.headers["ETag"]}) == 3

    @pytest.mark.parametrize(
        "body",
        [
            {"invited_domains": ["no domain"]},
            {"invited_domains": "a.example"},
            {"other": 1},
            [],
            {"invited_domains": {}},
        ],
    )
    async def test_invalid(self, shops: Shops, body: Any) -> None:
        """What the module's schema does not allow is refused and changes nothing."""
        shop = await shops.shop()
        before = (await shop.viewer.get(PATH)).json()
        answer = await change(shop.admin, body)
        assert answer.status_code == 422
        assert answer.json()["details"]["errors"]
        assert (await shop.viewer.get(PATH)).json() == before

    async def test_two_at_once(self, shops: Shops) -> None:
        """Of two first changes one wins."""
        shop = await shops.shop()
        bodies = [{"invited_domains": [f"{name}.example"]} for name in "ab"]
        tag = (await shop.viewer.get(PATH)).headers["ETag"]
        answers = await asyncio.gather(*(change(shop.admin, body, tag) for body in bodies))
        assert sorted(answer.status_code for answer in answers) == [200, 412]

    async def test_outlived(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """What an older release has stored and today's schema does not know breaks nothing."""
        shop = await shops.shop()
        await owner.execute(
            "INSERT INTO tenant_settings (tenant_id, module, values, version) VALUES ($1, 'tenants', $2, 3)",
            shop.id,
            '{"invited_domains": ["a.example"], "dropped": true}',
        )
        assert (await shop.viewer.get(PATH)).json()["values"] == {"invited_domains": ["a.example"]}


def test_no_default() -> None:
    """A setting without a default is refused at start: nothing is stored before a tenant changes it."""

    class Hasty(BaseSchema):
        """Has none."""

        limit: int

    with pytest.raises(ManifestError, match="limit has no default"):
        check_manifests([Module("things", settings=Hasty)])
