"""No version comes twice: a tag stands for what was read with it, whatever was deleted, made again or released since."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from pydantic import Field

from app.extensions.conditional import version_of
from app.extensions.module import AccessBook
from app.extensions.routing import ModularApp
from app.utils.schemas import SAFE_INTEGER, BaseSchema
from tests.support.mailbox import Mailbox
from tests.support.shops import Person, Shop, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

READ, WRITE = "catalog.products:read", "catalog.products:write"
SETTINGS = "/tenants/current/settings/tenants"


async def make(person: Person, *permissions: str) -> None:
    """POST /roles"""
    body = {"key": "buyer", "name": "Buyer", "permissions": list(permissions)}
    assert (await person.post("/roles", json=body)).status_code == 201


async def tag_of(person: Person, path: str) -> str:
    """The ETag, which the next GET knows."""
    tag = (await person.get(path)).headers["ETag"]
    assert (await person.get(path, headers={"If-None-Match": tag})).status_code == 304
    return str(tag)


async def is_another(person: Person, path: str, tag: str) -> httpx.Response:
    """The answer to who knows the old tag: there is something else by now."""
    answer = await person.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200, "the old tag is still known"
    assert answer.headers["ETag"] != tag
    assert 0 <= answer.json()["version"] <= SAFE_INTEGER
    return answer


async def test_role_made_again(shops: Shops) -> None:
    """A role that was deleted and made again with other permissions is not the one that was read: 200, and 412."""
    shop = await shops.shop()
    await make(shop.admin, READ)
    tag = await tag_of(shop.owner, "/roles/buyer")
    await shop.admin.delete("/roles/buyer", headers={"If-Match": "*"})
    await make(shop.admin, WRITE)
    assert (await is_another(shop.owner, "/roles/buyer", tag)).json()["permissions"] == [WRITE]
    answer = await shop.owner.patch("/roles/buyer", json={"name": "X"}, headers={"If-Match": tag})
    assert answer.status_code == 412
    await shop.admin.delete("/roles/buyer", headers={"If-Match": "*"})
    await make(shop.admin, READ)
    await is_another(shop.owner, "/roles/buyer", tag)


async def test_member_come_again(shops: Shops, mailbox: Mailbox) -> None:
    """Somebody who was removed and joined again is not the member who was read, whatever they were in between."""
    shop = await shops.shop()
    path, seen = f"/members/{shop.viewer.user_id}", set()
    for role in ("member", "viewer", "admin"):
        tag = await tag_of(shop.owner, path)
        seen.add(tag)
        changed = await shop.owner.patch(path, json={"roles": [role]}, headers={"If-Match": tag})
        assert changed.status_code == 200, changed.text
        seen.add(changed.headers["ETag"])
        assert (await shop.admin.delete(path, headers={"If-Match": "*"})).status_code == 200
        await shop.admin.post("/invitations", json={"email": shop.viewer.email, "roles": ["viewer"]})
        token = mailbox.last(shop.viewer.email).token
        assert (await shop.viewer.post("/invitations/accept", json={"token": token})).status_code == 200
        await is_another(shop.owner, path, tag)
        for old in seen:
            answer = await shop.owner.patch(path, json={"roles": ["admin"]}, headers={"If-Match": old})
            assert answer.status_code == 412, answer.text
    assert len(seen) == 6


class Longer(BaseSchema):
    """Settings of the next release: what was there before, and one more."""

    invited_domains: list[str] = Field(default_factory=list)
    most_members: int = 10


def without(book: AccessBook) -> AccessBook:
    """A release whose catalogue lacks a permission, which thus is in no role."""
    roles = {name: held - {READ} for name, held in book.roles.items()}
    return replace(book, permissions={key: item for key, item in book.permissions.items() if key != READ}, roles=roles)


def with_more(book: AccessBook) -> AccessBook:
    """A release whose module has another setting."""
    return replace(book, settings={**book.settings, "tenants": Longer})


@pytest.mark.parametrize(
    ("path", "release"), [("/roles/viewer", without), ("/roles/buyer", without), (SETTINGS, with_more)]
)
async def test_release(
    app: ModularApp,
    shops: Shops,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    release: Callable[[AccessBook], AccessBook],
) -> None:
    """What code contributes counts: the release that changes it changes the tag, and no change goes by what was not seen."""
    shop = await shops.shop()
    await make(shop.owner, READ, WRITE)
    tag, before = await tag_of(shop.owner, path), (await shop.owner.get(path)).json()
    authenticator = app.state.platform.authenticator
    monkeypatch.setattr(authenticator, "_book", release(authenticator._book))
    after = (await is_another(shop.owner, path, tag)).json()
    assert after != before
    if path != "/roles/viewer":
        assert (await _change(shop, path, tag)).status_code == 412
        assert (await _change(shop, path, f'"{after["version"]}"')).status_code == 200


async def _change(shop: Shop, path: str, tag: str) -> httpx.Response:
    body: dict[str, Any] = {"invited_domains": ["a.example"]} if path == SETTINGS else {"name": "X"}
    return await shop.owner.patch(path, json=body, headers={"If-Match": tag})


def test_version_of() -> None:
    """Equal parts are one version in any order of keys; another anywhere is another; all are integers that JSON readers keep."""
    assert version_of(1, {"a": 1, "b": 2}) == version_of(1, {"b": 2, "a": 1})
    found = [version_of(number, [number % 3]) for number in range(1000)]
    assert len({*found, version_of(0, [1]), version_of(0), version_of("0", [0])}) == 1003
    assert all(0 <= each <= SAFE_INTEGER for each in found)
