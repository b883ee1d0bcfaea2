"""Every list of the platform, by the OpenAPI document: pages, orders, totals, and statements that do not grow with the rows."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urlencode

import asyncpg
import pytest

from app.extensions.routing import API, ModularApp
from app.extensions.schedules import Schedule
from app.tenants.services import InvitationService
from tests.operators.desk import operator
from tests.support.crowds import CROWDS, ENDLESS
from tests.support.shops import Person, Shop, Shops
from tests.support.statements import counted

FEW, MANY = 2, 48
RUN = """
INSERT INTO schedule_runs (tenant_id, name, due_at, outcome, actor, at) VALUES ($1, $2, now(), 'skipped', 'system', now())
"""
OF_EVERY_LIST = {"limit", "cursor", "include"}


def lists(app: ModularApp) -> Iterator[tuple[str, dict[str, Any]]]:
    """The path without prefix and the parameters, by name, of every operation that answers a page."""
    document = app.openapi()
    for path, item in document["paths"].items():
        content = item.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        schema = document["components"]["schemas"].get(reference.rpartition("/")[2], {})
        if "next_cursor" in schema.get("properties", {}):
            yield path.removeprefix(API), {each["name"]: each["schema"] for each in item["get"].get("parameters", ())}


def named(parameters: dict[str, Any], name: str) -> list[str]:
    """The names that `sort` or `expand` may say."""
    schema = parameters.get(name, {})
    pattern = {**schema, **schema.get("anyOf", [{}])[0]}.get("pattern", "()")
    return [each for each in re.search(r"\(([^)]*)\)", pattern)[1].split("|") if each]  # type: ignore[index]  # it has one


@pytest.fixture
async def staff(shops: Shops, owner: asyncpg.Connection) -> AsyncIterator[Person]:
    """An operator."""
    person = await operator(shops, owner)
    yield person
    await owner.execute("DELETE FROM operators WHERE user_id = $1", person.user_id)


@pytest.fixture(autouse=True)
def _schedules_come(app: ModularApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Schedules live in code: so that there can be more of them, modules are installed for as long as the test lasts."""
    schedules = app.state.runtime.hub.schedules

    async def install(rows: asyncpg.Connection, shop: Shop, count: int) -> None:
        for number in range(count):
            item = Schedule(f"crowd.s{len(schedules)}", "0 0 1 1 *", react, per_tenant=number % 2 == 0)
            monkeypatch.setitem(schedules, item.name, item)
            await rows.execute(RUN, shop.id, item.name)

    path = "/operator/schedules"
    monkeypatch.setitem(CROWDS, path, replace(CROWDS[path], fill=install))


async def react(event: Any, commons: Any) -> None:
    """Does nothing."""


async def walk(person: Person, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All pages of a list, by their Link headers, which say what the body says."""
    found: list[dict[str, Any]] = []
    mark = "&" if "?" in path else "?"
    following: str | None = f"{path}{mark}{urlencode(asked)}"
    while following is not None:
        answer = await person.get(following)
        assert answer.status_code == 200, (following, answer.text)
        page = answer.json()
        assert len(page["data"]) == asked["limit"] if page["has_more"] else len(page["data"]) <= asked["limit"]
        found += page["data"]
        assert page["has_more"] == (page["next_cursor"] is not None) == ("Link" in answer.headers), path
        following = answer.headers["Link"][1:].split(">")[0].removeprefix(API) if page["has_more"] else None
        assert following is None or quote(page["next_cursor"], safe="") in following
    return found


def texts(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The rows as something that can be counted; ages of what waits are of the moment, and so are what comes next and links to files."""
    passing = {"oldest_due_seconds", "next_at", "href", "href_until"}
    return [str({name: value for name, value in row.items() if name not in passing}) for row in rows]


async def test_every_list_is_known(app: ModularApp) -> None:
    """A list that is added has the parameters of all lists, and can be filled by `tests/support/crowds.py`."""
    found = dict(lists(app))
    assert found.keys() == CROWDS.keys()
    assert {path for path, parameters in found.items() if not parameters.keys() >= OF_EVERY_LIST} == set()


async def test_typed(app: ModularApp) -> None:
    """Requirement 21: every parameter of every list is typed: an enumeration, a pattern, a length, a format or a bound."""
    for path, parameters in lists(app):
        for name, schema in parameters.items():
            choices = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
            limits = {"enum", "const", "pattern", "maxLength", "format", "maximum"}
            assert name == "X-Tenant-ID" or all(limits & each.keys() for each in choices), (path, name, schema)


@pytest.mark.parametrize("path", sorted(CROWDS))
async def test_walk(app: ModularApp, shops: Shops, owner: asyncpg.Connection, staff: Person, path: str) -> None:
    """Page by page, in every order that there is, each row comes exactly once; the total counts them."""
    shop, crowd = await shops.shop(), CROWDS[path]
    await crowd.fill(owner, shop, 7)
    person, concrete = crowd.reader(shop, staff), crowd.path(shop)
    orders = named(dict(lists(app))[path], "sort")
    whole = await walk(person, concrete, limit=100)
    assert len(whole) >= 1
    for sort in [
        "",
        *orders,
        *(f"-{name}" for name in orders),
        *([f"{orders[0]},-{orders[-1]}"] if orders[1:] else []),
    ]:
        asked: dict[str, Any] = {"sort": sort} if sort else {}
        rows = await walk(person, concrete, limit=20 if path in ENDLESS else 2, **asked)
        assert len(set(texts(rows))) == len(rows), (path, sort)
        if path not in ENDLESS:
            assert sorted(texts(rows)) == sorted(texts(whole)), (path, sort)
            key = (sort or "x").split(",", maxsplit=1)[0]
            in_order([row.get(key.removeprefix("-")) for row in rows], falls=key.startswith("-"))
    mark = "&" if "?" in concrete else "?"
    counted = (await person.get(f"{concrete}{mark}limit=1&include=total")).json()
    assert counted["total_capped"] is False
    assert path in ENDLESS or counted["total"] == len(whole)


def in_order(values: list[Any], *, falls: bool) -> None:
    """Whether they rise, or fall; null is the largest."""
    for one, other in pairwise(values):
        low, high = (other, one) if falls else (one, other)
        assert high is None or (low is not None and low <= high), (low, high)


async def cost(person: Person, url: str) -> int:
    """How many statements were sent meanwhile."""
    return await counted(person.get(url))


async def judge_statements(app: ModularApp, owner: asyncpg.Connection, shop: Shop, staff: Person, path: str) -> None:
    """Refuse a list that costs more statements for fifty rows than for two, with everything expanded and counted."""
    crowd = CROWDS[path]
    person, concrete = crowd.reader(shop, staff), crowd.path(shop)
    wide = {"limit": 100, "include": "total"}
    if names := named(dict(lists(app))[path], "expand"):
        wide["expand"] = ",".join(names)
    url = f"{concrete}{'&' if '?' in concrete else '?'}{urlencode(wide)}"
    costs = []
    for more in (FEW, MANY):
        await crowd.fill(owner, shop, more)
        costs.append(
            min([await cost(person, url) for _ in range(2)])
        )  # beside one of them something else may have asked
    assert costs[1] <= costs[0], f"{path}: {costs[0]} statements for {FEW} rows, {costs[1]} for {FEW + MANY}: N+1"


@pytest.mark.parametrize("path", sorted(CROWDS))
async def test_statements(app: ModularApp, shops: Shops, owner: asyncpg.Connection, staff: Person, path: str) -> None:
    """No list costs more statements for fifty rows than for two."""
    shop = await shops.shop()
    await CROWDS[path].fill(owner, shop, 0)  # what the list stands below, if it stands below something
    assert (await CROWDS[path].reader(shop, staff).get(CROWDS[path].path(shop))).is_success  # what is kept, is kept now
    await judge_statements(app, owner, shop, staff, path)


async def test_statements_go_red(
    app: ModularApp, shops: Shops, owner: asyncpg.Connection, staff: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that asks for each row anew is seen."""

    async def one_by_one(self: InvitationService, items: Sequence[Any]) -> None:
        for item in items:
            await self.uow.connection.fetchval("SELECT 1 FROM users WHERE id = $1", item.invited_by)

    monkeypatch.setattr(InvitationService, "_name_inviters", one_by_one)
    with pytest.raises(AssertionError, match=r"N\+1"):
        await judge_statements(app, owner, await shops.shop(), staff, "/invitations")
