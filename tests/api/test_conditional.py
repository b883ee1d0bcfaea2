"""Conditional requests on every versioned resource, by the OpenAPI document: one that is added is judged when it exists."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.extensions.conditional import is_versioned
from app.extensions.routing import API, GuardedRoute, ModularApp
from tests.operators.desk import operator
from tests.support.routes import Operation
from tests.support.shops import WEBHOOK_SECRET, Person, Shop, Shops, cart, goods, product

TWINS = 20
READ = ["catalog.products:read"]


@dataclass(frozen=True)
class Resource:
    """A versioned resource: where it is made, who may change it, and bodies that change it, each another."""

    make: Callable[[Shop], Awaitable[str]]
    body: Callable[[int], dict[str, Any]]
    change: Operation
    by_operator: bool = False


async def made_product(shop: Shop) -> str:
    """A product."""
    return f"/products/{(await shop.owner.post('/products', json=product())).json()['id']}"


async def made_category(shop: Shop) -> str:
    """An empty category."""
    return f"/categories/{(await shop.owner.post('/categories', json={'name': uuid4().hex})).json()['id']}"


async def made_variant(shop: Shop) -> str:
    """A further variant of a product."""
    path = f"{await made_product(shop)}/variants"
    return f"{path}/{(await shop.owner.post(path, json=product())).json()['id']}"


async def made_role(shop: Shop) -> str:
    """A role."""
    key = f"r{uuid4().hex[:12]}"
    await shop.owner.post("/roles", json={"key": key, "name": "R", "permissions": READ})
    return f"/roles/{key}"


async def made_cart(shop: Shop) -> str:
    """A cart with something in it."""
    return f"/carts/{await cart(shop.owner, (await goods(shop), 1))}"


async def made_item(shop: Shop) -> str:
    """What a front end made up."""
    path = f"/mock/c{shop.slug}"
    return f"{path}/{(await shop.owner.post(path, json={'a': 0})).json()['id']}"


def always(path: str) -> Callable[[Shop], Awaitable[str]]:
    """Something that every tenant has."""

    async def make(shop: Shop) -> str:
        return path.format(user_id=shop.viewer.user_id, tenant_id=shop.id)

    return make


RESOURCES: dict[str, Resource] = {
    "/categories/{category_id}": Resource(
        made_category, lambda number: {"name": f"N{number}"}, ("PATCH", "/categories/{category_id}")
    ),
    "/members/{user_id}": Resource(
        always("/members/{user_id}"),
        lambda number: {"roles": ["viewer", "member"] if number % 2 else ["viewer"]},
        ("PATCH", "/members/{user_id}"),
    ),
    "/mock/{collection}/{item_id}": Resource(
        made_item, lambda number: {"a": number}, ("PATCH", "/mock/{collection}/{item_id}")
    ),
    "/operator/tenants/{tenant_id}": Resource(
        always("/operator/tenants/{tenant_id}"),
        lambda _number: {"plan": "standard"},
        ("PUT", "/operator/tenants/{tenant_id}/plan"),
        by_operator=True,
    ),
    "/carts/{cart_id}": Resource(made_cart, lambda number: {"discount_percent": number}, ("PATCH", "/carts/{cart_id}")),
    "/products/{product_id}": Resource(
        made_product, lambda number: {"price": 1000 + number}, ("PATCH", "/products/{product_id}")
    ),
    "/products/{product_id}/variants/{variant_id}": Resource(
        made_variant, lambda number: {"price": 1000 + number}, ("PATCH", "/products/{product_id}/variants/{variant_id}")
    ),
    "/roles/{key}": Resource(made_role, lambda number: {"name": f"N{number}"}, ("PATCH", "/roles/{key}")),
    "/payments/endpoint": Resource(
        always("/payments/endpoint"),
        lambda number: {"webhook_secret": f"whsec_{number:032}"},
        ("PUT", "/payments/endpoint"),
    ),
    "/shipping/carriers/{carrier}": Resource(
        always("/shipping/carriers/local"),
        lambda number: {
            "credential": f"carrier_{number}",
            "webhook_secret": WEBHOOK_SECRET,
            "is_chosen": True,
        },
        ("PUT", "/shipping/carriers/{carrier}"),
    ),
    "/tenants/current": Resource(
        always("/tenants/current"), lambda number: {"name": f"N{number}"}, ("PATCH", "/tenants/current")
    ),
    "/tenants/current/settings/{module}": Resource(
        always("/tenants/current/settings/tenants"),
        lambda number: {"invited_domains": [f"d{number}.example"]},
        ("PATCH", "/tenants/current/settings/{module}"),
    ),
}
"""What has a version, by the path of its GET."""
READ_ALONE = {"/orders/{order_id}", "/shipments/{shipment_id}", "/tenants/{tenant_id}"}
"""What is another way to read something of the above, which is changed there, and what no request changes twice."""
ALSO: dict[Operation, dict[str, Any] | None] = {
    ("DELETE", "/carts/{cart_id}"): None,
    ("POST", "/carts/{cart_id}/prices"): None,
    ("POST", "/carts/{cart_id}/place"): None,
    ("DELETE", "/categories/{category_id}"): None,
    ("DELETE", "/members/{user_id}"): None,
    ("DELETE", "/mock/{collection}/{item_id}"): None,
    ("DELETE", "/roles/{key}"): None,
    ("POST", "/products/{product_id}/archive"): None,
    ("POST", "/products/{product_id}/variants/{variant_id}/archive"): None,
}
"""The other operations that demand If-Match, with what they take."""
ELSEWHERE = {
    ("PATCH", "/carts/{cart_id}/lines/{line_id}"),
    ("DELETE", "/carts/{cart_id}/lines/{line_id}"),
    ("POST", "/orders/{order_id}/cancel"),
}
"""Tested with their module (`tests/orders/`): what needs a second id, and what happens once."""


def routes(app: ModularApp) -> dict[Operation, GuardedRoute]:
    """Every guarded operation, its path without the prefix."""
    return {
        (method, (context.path or "").removeprefix(API)): context.original_route
        for context in app.contexts()
        if isinstance(context.original_route, GuardedRoute)
        for method in context.methods or ()
    }


async def asker(shops: Shops, shop: Shop, owner: asyncpg.Connection, resource: Resource) -> Person:
    """Who may read and change it."""
    if not resource.by_operator:
        return shop.owner
    await owner.execute("UPDATE tenants SET plan = 'odd' WHERE id = $1", shop.id)  # so that there is another to give
    return await operator(shops, owner)


def stands_on(operation: Operation) -> str:
    """The resource that it changes: the longest that its path begins with."""
    return max((template for template in RESOURCES if operation[1].startswith(template)), key=len)


def target(path: str, template: str, operation: Operation) -> str:
    """The path of an operation on the resource that stands at `path`."""
    return path + operation[1].removeprefix(template)


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["details"]["code"]


async def test_every_resource_is_known(app: ModularApp) -> None:
    """What answers with a version is in the table, and every change of it demands If-Match, in the document too."""
    found = routes(app)
    versioned = {
        path for (method, path), route in found.items() if method == "GET" and is_versioned(route.response_model)
    }
    assert versioned == RESOURCES.keys() | READ_ALONE
    demanded = {each for each, route in found.items() if route.demands_if_match}
    assert demanded == {resource.change for resource in RESOURCES.values()} | ALSO.keys() | ELSEWHERE
    paths = app.openapi()["paths"]
    documented = {
        (method.upper(), path.removeprefix(API))
        for path, item in paths.items()
        for method, operation in item.items()
        if any(each["name"] == "If-Match" and each["required"] for each in operation.get("parameters", ()))
    }
    assert documented == demanded
    for path in versioned:
        operation = paths[API + path]["get"]
        assert "304" in operation["responses"]
        assert "ETag" in operation["responses"]["200"]["headers"]
        assert "If-None-Match" in {each["name"] for each in operation["parameters"]}


@pytest.mark.parametrize("template", sorted(RESOURCES))
async def test_read(shops: Shops, owner: asyncpg.Connection, template: str) -> None:
    """If-None-Match: 304 without a body, with ETag, Vary and Cache-Control as they were, where it names the tag in any list."""
    shop, resource = await shops.shop(), RESOURCES[template]
    path, person = await resource.make(shop), await asker(shops, shop, owner, resource)
    first = await person.get(path)
    tag = first.headers["ETag"]
    assert tag == f'"{first.json()["version"]}"'
    assert first.headers["Cache-Control"] == "private, no-cache"
    for known in (tag, f"W/{tag}", "*", f'"x", {tag}', f'"x",W/{tag} , "y"'):
        answer = await person.get(path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b""), known
        assert "Content-Type" not in answer.headers
        for name in ("ETag", "Vary", "Cache-Control", "X-Request-ID", "X-Content-Type-Options"):
            assert name in answer.headers, name
        assert {name: answer.headers[name] for name in ("ETag", "Vary", "Cache-Control")} == {
            name: first.headers[name] for name in ("ETag", "Vary", "Cache-Control")
        }
    for other in ('"x"', tag.strip('"'), f'"{tag.strip(chr(34))}0"', "", "W/", '"*"'):
        answer = await person.get(path, headers={"If-None-Match": other})
        assert (answer.status_code, answer.json()) == (200, first.json()), other


@pytest.mark.parametrize("template", sorted(RESOURCES))
async def test_change(shops: Shops, owner: asyncpg.Connection, template: str) -> None:
    """Every change: without If-Match 428, with a stale, weak, bare or listed tag 412, and nothing happens; the tag or `*` do."""
    shop, resource = await shops.shop(), RESOURCES[template]
    path, person = await resource.make(shop), await asker(shops, shop, owner, resource)
    before = await person.get(path)
    tag = before.headers["ETag"]
    operations: dict[Operation, Any] = {
        resource.change: resource.body(1),
        **{each: body for each, body in ALSO.items() if stands_on(each) == template},
    }
    for operation, body in operations.items():
        where = target(path, template, operation)
        assert code(await person.call(operation[0], where, json=body)) == (428, "precondition_required"), operation
        for wrong in ('"999"', f"W/{tag}", tag.strip('"'), f'{tag}, "999"', '"999", "998"', "", '"*"', f"{tag},*"):
            answer = await person.call(operation[0], where, json=body, headers={"If-Match": wrong})
            assert code(answer) == (412, "precondition_failed"), (operation, wrong)
    assert (await person.get(path)).json() == before.json()
    for number, match in enumerate((tag, "*"), 1):
        answer = await person.call(
            resource.change[0],
            target(path, template, resource.change),
            json=resource.body(number),
            headers={"If-Match": match},
        )
        assert answer.status_code == 200, answer.text
        assert answer.headers["ETag"] == f'"{answer.json()["version"]}"' != tag
        assert (await person.get(path)).headers["ETag"] == answer.headers["ETag"]


async def test_two_lines(shops: Shops) -> None:
    """Two lines of If-Match are refused, as those of every header that decides; two of If-None-Match are read as one list."""
    shop = await shops.shop()
    path = await made_product(shop)
    lines = [(b"If-Match", b'"1"'), (b"If-Match", b'"2"')]
    base = [(name.encode(), value.encode()) for name, value in shop.owner.headers.items()]
    answer = await shop.owner.client.request("PATCH", API + path, headers=base + lines, json={"price": 1})
    assert code(answer) == (400, "bad_header")
    lines = [(b"If-None-Match", b'"7"'), (b"If-None-Match", b'"1"')]
    assert (await shop.owner.client.get(API + path, headers=base + lines)).status_code == 304


@pytest.mark.parametrize("template", sorted(RESOURCES))
async def test_twins(shops: Shops, owner: asyncpg.Connection, template: str) -> None:
    """Of twenty changes at once with one ETag exactly one wins; the others are told."""
    shop, resource = await shops.shop(), RESOURCES[template]
    path, person = await resource.make(shop), await asker(shops, shop, owner, resource)
    tag = (await person.get(path)).headers["ETag"]
    where = target(path, template, resource.change)
    answers = await asyncio.gather(
        *(
            person.call(resource.change[0], where, json=resource.body(number), headers={"If-Match": tag})
            for number in range(1, TWINS + 1)
        )
    )
    counted = Counter(answer.status_code for answer in answers)
    assert counted == {200: 1, 412: TWINS - 1}, counted
    (won,) = (answer for answer in answers if answer.status_code == 200)
    assert (await person.get(path)).json() == won.json()
