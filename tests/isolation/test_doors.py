"""Every operation at its door: no token, another tenant's member and key, and whoever holds every right but the one that it takes.

The operations come from the app itself: one that is added is in here when it exists.
"""

import re
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.extensions.access import AccessRule, Entry
from app.extensions.routing import API, ModularApp
from tests.isolation.amounts import DONE
from tests.support.routes import Operation, rules
from tests.support.shops import Person, Shop, Shops

ANYTHING: dict[str, Any] = {"headers": {"If-Match": "*"}}


def behind_doors(app: ModularApp) -> dict[Operation, AccessRule]:
    """Every operation that is not open, its path without the prefix and with ids that nobody has."""
    found = rules(app).items()
    return {
        (method, re.sub("{.*?}", str(uuid4()), path.removeprefix(API))): rule
        for (method, path), rule in found
        if rule.entry is not Entry.OPEN
    }


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code; what was let in has none."""
    return answer.status_code, str(answer.json()["details"]["code"]) if answer.is_error else ""


async def holding(shops: Shops, owner: "asyncpg.Connection", shop: Shop, permissions: set[str]) -> Person:
    """Somebody in the tenant with exactly these permissions."""
    key = f"r{uuid4().hex[:12]}"
    await owner.execute(
        "INSERT INTO roles (tenant_id, key, name, permissions, version) VALUES ($1, $2, 'R', $3, 1)",
        shop.id,
        key,
        sorted(permissions),
    )
    return await shops.person(shop.id, key)


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """The tenant whose door it is."""
    return await shops.shop()


@pytest.mark.parametrize(
    "value", [None, "Bearer x.y.z", "Basic QWxhZGRpbg==", ""], ids=["none", "bad", "basic", "empty"]
)
async def test_no_token(app: ModularApp, shop: Shop, value: str | None) -> None:
    """Requirement 1: without a token, or with something that is none, every operation behind a door answers 401."""
    for method, path in (doors := behind_doors(app)):
        answer = await shop.owner.call(method, path, headers={"Authorization": value, "If-Match": "*"})
        assert answer.status_code == 401, (method, path)
        assert "WWW-Authenticate" in answer.headers
        DONE["operations without a token"] += 1
    assert len(doors) > 60


async def test_stranger(app: ModularApp, shop: Shop, shops: Shops) -> None:
    """Requirement 16: another tenant's owner, and its API key, meet a tenant that is not there."""
    other = await shops.shop()
    made = await other.owner.post("/api-keys", json={"name": "k", "scopes": ["catalog.products:read"]})
    key = {"Authorization": f"Bearer {made.json()['secret']}", "X-Tenant-ID": str(shop.id)}
    for (method, path), rule in behind_doors(app).items():
        if rule.entry is Entry.PERMISSION:
            for headers in ({"X-Tenant-ID": str(shop.id)}, key):
                answer = await other.owner.call(method, path, headers={**headers, "If-Match": "*"})
                assert code(answer) == (404, "tenant_not_found"), (method, path)
                DONE["operations as another tenant's member or key"] += 1


async def test_every_right_but_one(app: ModularApp, shop: Shop, shops: Shops, owner: "asyncpg.Connection") -> None:
    """Whoever holds every permission but the one that an operation takes is refused there, and told which; with that one alone they are let in."""
    doors = {each: rule for each, rule in behind_doors(app).items() if rule.entry is Entry.PERMISSION}
    needed = {str(rule.permission) for rule in doors.values()}
    assert len(needed) > 12
    for permission in sorted(needed):
        without = await holding(shops, owner, shop, needed - {permission})
        alone = await holding(shops, owner, shop, {permission})
        for (method, path), rule in doors.items():
            if rule.permission != permission:
                continue
            answer = await without.call(method, path, **ANYTHING)
            assert code(answer) == (403, "permission_denied"), (method, path)
            assert answer.json()["details"]["decision"]["missing"] == [permission]
            if not rule.fresh and not rule.stream:
                assert (await alone.call(method, path, **ANYTHING)).status_code != 403, (method, path)
            DONE["operations with every right but one"] += 1


async def test_operators(app: ModularApp, shop: Shop) -> None:
    """An owner of a tenant is no operator: what is over all tenants is refused."""
    doors = [each for each, rule in behind_doors(app).items() if rule.entry is Entry.SUPERUSER]
    assert len(doors) > 10
    for method, path in doors:
        assert code(await shop.owner.call(method, path, **ANYTHING)) == (403, "permission_denied"), (method, path)
        DONE["operators' operations as an owner"] += 1
