"""Custom roles: made of the catalogue, given by whoever holds what they hold, effective on the next request."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest

from app.extensions.pages import MAX_TOTAL
from tests.support.shops import Person, Shop, Shops, product

BUYER = {"key": "buyer", "name": "Buyer", "permissions": ["catalog.products:read", "catalog.products:write"]}


async def make(actor: Person, **changes: Any) -> httpx.Response:
    """POST /roles"""
    return await actor.post("/roles", json={**BUYER, **changes})


async def give(actor: Person, target: Person, *roles: str) -> httpx.Response:
    """PATCH /members/{user_id}"""
    return await actor.patch(f"/members/{target.user_id}", json={"roles": list(roles)}, headers={"If-Match": "*"})


def code(answer: httpx.Response) -> str:
    """The code of a problem."""
    return str(answer.json()["details"]["code"])


class TestRoles:
    """/roles"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody sees roles without signing in."""
        shop = await shops.shop()
        assert (await shop.owner.get("/roles", headers={"Authorization": None})).status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's role is not there: to be read, changed, deleted or given."""
        shop, other = await shops.shop(), await shops.shop()
        await make(other.owner)
        headers = {"If-Match": "*"}
        answers = [
            await shop.owner.get("/roles/buyer"),
            await shop.owner.patch("/roles/buyer", json={"name": "x"}, headers=headers),
            await shop.owner.delete("/roles/buyer", headers=headers),
        ]
        assert [answer.status_code for answer in answers] == [404] * 3
        assert (await give(shop.owner, shop.viewer, "buyer")).status_code == 422

    async def test_list(self, shops: Shops) -> None:
        """The system roles come first, with what they hold; then the tenant's own."""
        shop = await shops.shop()
        for number in range(3):
            await make(shop.admin, key=f"role-{number}")
        rows = (await shop.viewer.get("/roles")).json()["data"]
        assert [item["key"] for item in rows] == ["owner", "admin", "member", "viewer", "role-0", "role-1", "role-2"]
        assert [item["system"] for item in rows] == [True] * 4 + [False] * 3
        assert "tenants.tenant:transfer" in rows[0]["permissions"]

    @pytest.mark.parametrize("own", [0, 1, 3])
    @pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 100])
    async def test_pages(self, shops: Shops, limit: int, own: int) -> None:
        """No page holds more than its limit, all but the last hold as many, and the total counts system roles as well."""
        shop = await shops.shop()
        for number in range(own):
            await make(shop.admin, key=f"role-{number}")
        pages, path = [], f"/roles?limit={limit}&include=total"
        while path:
            page = (await shop.viewer.get(path)).json()
            pages.append([item["key"] for item in page["data"]])
            assert (page["total"], page["total_capped"]) == (4 + own, False)
            path = f"/roles?limit={limit}&include=total&cursor={page['next_cursor']}" if page["has_more"] else ""
        keys = ["owner", "admin", "member", "viewer", *(f"role-{number}" for number in range(own))]
        assert pages == [keys[start : start + limit] for start in range(0, len(keys), limit)]

    async def test_capped(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """The total says no more than it may, system roles included; a cursor is good for its own search alone."""
        shop = await shops.shop()
        await owner.execute(
            "INSERT INTO roles (tenant_id, key, name, permissions, version)"
            " SELECT $1, 'role-' || i, 'N', '{catalog.products:read}', 1 FROM generate_series(1, $2) AS i",
            shop.id,
            MAX_TOTAL - 2,
        )
        page = (await shop.viewer.get("/roles?limit=1&include=total")).json()
        assert (page["total"], page["total_capped"]) == (MAX_TOTAL, True)
        assert (await shop.viewer.get(f"/roles?q=e&cursor={page['next_cursor']}")).status_code == 400

    async def test_whole_life(self, shops: Shops) -> None:
        """Made, given, changed, taken: each counts on the very next request."""
        shop = await shops.shop()
        made = await make(shop.admin)
        assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/roles/buyer")
        assert (await shop.viewer.post("/products", json=product())).status_code == 403
        assert (await give(shop.admin, shop.viewer, "viewer", "buyer")).status_code == 200
        assert (await shop.viewer.post("/products", json=product())).status_code == 201
        patch = {"permissions": ["catalog.products:read"]}
        changed = await shop.admin.patch("/roles/buyer", json=patch, headers={"If-Match": made.headers["ETag"]})
        assert (changed.status_code, changed.json()["name"]) == (200, "Buyer")
        assert changed.json()["version"] != made.json()["version"]
        assert (await shop.viewer.post("/products", json=product())).status_code == 403
        assert code(await shop.admin.delete("/roles/buyer", headers={"If-Match": "*"})) == "role_in_use"
        await give(shop.admin, shop.viewer, "viewer")
        assert (await shop.admin.delete("/roles/buyer", headers={"If-Match": "*"})).status_code == 200
        assert (await shop.admin.get("/roles/buyer")).status_code == 404

    async def test_stale(self, shops: Shops) -> None:
        """A change needs the version that was read; of many at once with one ETag exactly one wins."""
        shop = await shops.shop()
        tag = (await make(shop.admin)).headers["ETag"]
        assert (await shop.admin.patch("/roles/buyer", json={"name": "x"})).status_code == 428
        answers = await asyncio.gather(
            *(shop.admin.patch("/roles/buyer", json={"name": f"n{n}"}, headers={"If-Match": tag}) for n in range(10))
        )
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9

    @pytest.mark.parametrize("key", ["owner", "viewer", "X", "a", "has space", "ümlaut", "x" * 41])
    async def test_bad_keys(self, shops: Shops, key: str) -> None:
        """System keys and malformed ones are refused."""
        shop = await shops.shop()
        assert (await make(shop.owner, key=key)).status_code == 422

    async def test_unknown_permission(self, shops: Shops) -> None:
        """A permission that is not in the catalogue is named by its place."""
        shop = await shops.shop()
        answer = await make(shop.owner, permissions=["catalog.products:read", "catalog.products:fly"])
        assert answer.json()["details"]["errors"][0]["pointer"] == "/permissions/1"

    async def test_taken(self, shops: Shops) -> None:
        """Of two creations at once one wins and one is told."""
        shop = await shops.shop()
        both = await asyncio.gather(make(shop.admin), make(shop.admin))
        assert sorted(answer.status_code for answer in both) == [201, 409]

    async def test_system_roles_are_fixed(self, shops: Shops) -> None:
        """Nobody changes or deletes a system role."""
        shop = await shops.shop()
        headers = {"If-Match": "*"}
        assert code(await shop.owner.patch("/roles/viewer", json={"name": "x"}, headers=headers)) == "system_role_fixed"
        assert code(await shop.owner.delete("/roles/viewer", headers=headers)) == "system_role_fixed"


class TestEscalation:
    """Requirement 19: nobody grants what they lack"""

    async def test_in_a_role(self, shops: Shops) -> None:
        """An admin puts nothing into a role that only owners hold, neither when making nor when changing it."""
        shop = await shops.shop()
        more = [*BUYER["permissions"], "tenants.tenant:transfer"]
        answer = await make(shop.admin, permissions=more)
        assert (answer.status_code, answer.json()["details"]["decision"]["missing"]) == (
            403,
            ["tenants.tenant:transfer"],
        )
        await make(shop.admin)
        changed = await shop.admin.patch("/roles/buyer", json={"permissions": more}, headers={"If-Match": "*"})
        assert changed.status_code == 403

    async def test_by_giving(self, shops: Shops) -> None:
        """A role that holds more than its giver is not given, to oneself or to others; who holds it keeps it."""
        shop = await shops.shop()
        await make(shop.owner, key="heir", permissions=["tenants.tenant:transfer"])
        await make(shop.owner, key="clerk", permissions=["tenants.members:read", "tenants.members:write"])
        await give(shop.owner, shop.member, "clerk")
        assert (await give(shop.member, shop.member, "clerk", "heir")).status_code == 403
        assert (await give(shop.member, shop.viewer, "admin")).status_code == 403
        await give(shop.owner, shop.viewer, "viewer", "heir")
        assert (await give(shop.member, shop.viewer, "heir")).status_code == 200

    async def test_transfer_by_custom_role(self, shops: Shops) -> None:
        """Whoever holds the right to transfer, but is no owner, has nothing to hand over."""
        shop = await shops.shop()
        await make(shop.owner, key="heir", permissions=["tenants.tenant:transfer"])
        await give(shop.owner, shop.viewer, "viewer", "heir")
        body = {"user_id": str(shop.member.user_id)}
        assert (await shop.viewer.post("/tenants/current/ownership", json=body)).status_code == 403

    async def test_owner_by_custom_role(self, shops: Shops) -> None:
        """Whoever may change members, but is no owner, neither gives nor takes the owner's role."""
        shop = await shops.shop()
        assert (await give(shop.admin, shop.admin, "owner")).status_code == 403
        assert (await give(shop.admin, shop.owner, "viewer")).status_code == 403


class TestPermissions:
    """GET /permissions"""

    async def test_catalogue(self, shops: Shops) -> None:
        """Every permission of the installed modules, described."""
        shop = await shops.shop()
        rows = (await shop.viewer.get("/permissions")).json()["data"]
        assert {"catalog.products:read", "tenants.roles:write", "core.audit:read"} <= {row["id"] for row in rows}
        assert all(row["description"] and row["id"].startswith(row["module"] + ".") for row in rows)


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant."""
    return await shops.shop()


async def test_deleted_while_given(shop: Shop) -> None:
    """A role that is given and deleted at the same moment: one of the two is refused, and nobody holds what is not there."""
    for number in range(5):
        key = f"r{number}"
        await make(shop.owner, key=key)
        given, deleted = await asyncio.gather(
            give(shop.owner, shop.viewer, "viewer", key), shop.owner.delete(f"/roles/{key}", headers={"If-Match": "*"})
        )
        held = key in (await shop.owner.get(f"/members/{shop.viewer.user_id}")).json()["roles"]
        exists = (await shop.owner.get(f"/roles/{key}")).status_code == 200
        assert held == exists
        assert (given.status_code, deleted.status_code) in {(200, 409), (422, 200)}
