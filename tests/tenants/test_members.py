"""Members over REST."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.support.shops import Person, Shop, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters


async def give(actor: Person, target: Person, *roles: str, match: str | None = "*") -> httpx.Response:
    """PATCH /members/{user_id}"""
    return await actor.patch(f"/members/{target.user_id}", json={"roles": list(roles)}, headers={"If-Match": match})


async def remove(actor: Person, target: Person, match: str | None = "*") -> httpx.Response:
    """DELETE /members/{user_id}"""
    return await actor.delete(f"/members/{target.user_id}", headers={"If-Match": match})


def outcome(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["details"]["code"]


async def tag(shop: Shop, target: Person) -> str:
    """The ETag of a member."""
    return str((await shop.viewer.get(f"/members/{target.user_id}")).headers["ETag"])


async def roles(shop: Shop) -> dict[str, list[str]]:
    """Everybody's roles."""
    return {item["user_id"]: item["roles"] for item in (await shop.viewer.get("/members")).json()["data"]}


class TestRead:
    """GET /members"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody sees members without signing in."""
        shop = await shops.shop()
        for path in ("/members", f"/members/{shop.owner.user_id}"):
            assert (await shop.owner.get(path, headers={"Authorization": None})).status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's members are not there."""
        shop, other = await shops.shop(), await shops.shop()
        assert (await shop.owner.get("/members", headers={"X-Tenant-ID": str(other.id)})).status_code == 404
        assert (await shop.owner.get(f"/members/{other.owner.user_id}")).status_code == 404

    async def test_list(self, shops: Shops) -> None:
        """A viewer sees everybody, page by page, each once."""
        shop = await shops.shop()
        first = (await shop.viewer.get("/members?limit=3")).json()
        second = (await shop.viewer.get(f"/members?limit=3&cursor={first['next_cursor']}")).json()
        assert (len(first["data"]), len(second["data"]), second["has_more"]) == (3, 1, False)
        people = (shop.owner, shop.admin, shop.member, shop.viewer)
        assert {item["user_id"] for item in first["data"] + second["data"]} == {str(one.user_id) for one in people}

    async def test_one(self, shops: Shops) -> None:
        """One member, with the ETag that a change needs."""
        shop = await shops.shop()
        answer = await shop.viewer.get(f"/members/{shop.admin.user_id}")
        assert (answer.json()["email"], answer.json()["roles"]) == (shop.admin.email, ["admin"])
        assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'


class TestChange:
    """PATCH and DELETE /members/{user_id}"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody changes members without signing in."""
        shop = await shops.shop()
        answer = await shop.owner.delete(f"/members/{shop.viewer.user_id}", headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """The owner of another tenant changes nobody here."""
        shop, other = await shops.shop(), await shops.shop()
        for answer in (await give(other.owner, shop.viewer, "admin"), await remove(other.owner, shop.viewer)):
            assert answer.status_code == 404
        assert (await roles(shop))[str(shop.viewer.user_id)] == ["viewer"]

    @pytest.mark.parametrize("role", ["member", "viewer"])
    async def test_low_roles(self, shops: Shops, role: str) -> None:
        """Members and viewers change nobody, themselves included."""
        shop = await shops.shop()
        actor: Person = getattr(shop, role)
        before = await roles(shop)
        for answer in (await give(actor, actor, "admin"), await remove(actor, shop.viewer)):
            assert outcome(answer) == (403, "permission_denied")
        assert await roles(shop) == before

    async def test_changed(self, shops: Shops) -> None:
        """An admin gives roles, each once and sorted, and the version moves on."""
        shop = await shops.shop()
        first = await tag(shop, shop.viewer)
        answer = await give(shop.admin, shop.viewer, "member", "admin", "member", match=first)
        assert (answer.status_code, answer.json()["roles"]) == (200, ["admin", "member"])
        assert answer.headers["ETag"] == await tag(shop, shop.viewer) != first
        assert outcome(await give(shop.admin, shop.viewer, "viewer", match=first)) == (412, "precondition_failed")

    async def test_two_changes_at_once(self, shops: Shops) -> None:
        """Of two changes of the same version one wins: nothing is overwritten unseen."""
        shop = await shops.shop()
        first = await tag(shop, shop.viewer)
        answers = await asyncio.gather(
            *(give(shop.admin, shop.viewer, role, match=first) for role in ("member", "admin"))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412]

    async def test_if_match(self, shops: Shops) -> None:
        """Both need If-Match."""
        shop = await shops.shop()
        for answer in (
            await give(shop.admin, shop.viewer, "member", match=None),
            await remove(shop.admin, shop.viewer, None),
        ):
            assert outcome(answer) == (428, "precondition_required")

    @pytest.mark.parametrize("body", [{"roles": []}, {"roles": ["god"]}, {"roles": "owner"}, {"roles": [1]}, {"roles": None}, {},
                                      {"roles": ["viewer"], "user_id": "x"}, {"roles": ["viewer"] * 11}])  # fmt: skip
    async def test_invalid(self, shops: Shops, body: dict[str, Any]) -> None:
        """Only known roles, and nothing else, are given."""
        shop = await shops.shop()
        answer = await shop.owner.patch(f"/members/{shop.viewer.user_id}", json=body, headers={"If-Match": "*"})
        assert outcome(answer) == (422, "validation_failed")
        assert (await roles(shop))[str(shop.viewer.user_id)] == ["viewer"]


class TestOwners:
    """The role owner"""

    async def test_only_an_owner_gives_or_takes_it(self, shops: Shops) -> None:
        """Requirement 19: an admin makes nobody an owner, not even themselves, and touches no owner."""
        shop = await shops.shop()
        before = await roles(shop)
        answers = [await give(shop.admin, target, "owner") for target in (shop.admin, shop.viewer)]
        answers += [await give(shop.admin, shop.owner, "admin"), await remove(shop.admin, shop.owner)]
        for answer in answers:
            assert outcome(answer) == (403, "permission_denied")
            assert answer.json()["details"]["decision"]["missing"] == ["owner"]
        assert await roles(shop) == before

    async def test_handed_on(self, shops: Shops) -> None:
        """An owner makes another, who may then let the first one go."""
        shop = await shops.shop()
        assert (await give(shop.owner, shop.admin, "owner")).status_code == 200
        assert (await remove(shop.admin, shop.owner)).status_code == 200
        assert (await shop.owner.get("/products")).status_code == 404

    async def test_last_owner(self, shops: Shops) -> None:
        """Requirement 19: the last owner can neither leave nor be demoted."""
        shop = await shops.shop()
        for answer in (await give(shop.owner, shop.owner, "admin"), await remove(shop.owner, shop.owner)):
            assert outcome(answer) == (409, "last_owner")
        assert (await give(shop.owner, shop.owner, "owner", "admin")).status_code == 200

    @pytest.mark.parametrize("act", ["leave", "demote", "depose", "mixed"])
    async def test_last_owner_by_two_at_once(self, shops: Shops, act: str) -> None:
        """Requirement 19: two owners who go at the same moment leave one behind."""
        for _ in range(5):
            shop = await shops.shop()
            first, second = shop.owner, await shops.person(shop.id, "owner")
            calls = {
                "leave": (remove(first, first), remove(second, second)),
                "demote": (give(first, first, "viewer"), give(second, second, "viewer")),
                "depose": (remove(first, second), remove(second, first)),
                "mixed": (give(first, second, "viewer"), remove(second, second)),
            }
            answers = await asyncio.gather(*calls.pop(act))
            for unused in calls.values():
                for call in unused:
                    call.close()
            assert all(answer.status_code < 500 for answer in answers)
            assert sum("owner" in held for held in (await roles(shop)).values()) == 1
