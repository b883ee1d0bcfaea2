"""Requirement 16: another tenant's id is answered as a random one is, in every position of every operation.

The operations come from the app itself: one that is added is in here when it exists, and fails until its ids are explained below.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

import pytest

from app.extensions.access import AccessRule, Entry
from app.extensions.routing import API, ModularApp
from tests.auth.test_sign_in import signed_in
from tests.isolation.amounts import DONE
from tests.isolation.belongings import (
    actor,
    address,
    cart_id,
    category_id,
    category_name,
    changed_price,
    delivery_id,
    delivery_request,
    entry,
    entry_request,
    file_id,
    goods_id,
    held_role,
    image_id,
    invitation_id,
    invited,
    key_id,
    key_name,
    line_id,
    member_id,
    order_id,
    parent_id,
    product_id,
    role_key,
    session_id,
    shipment_id,
    shipped_order_id,
    sku,
    slug,
    target,
    task_id,
    tenant_id,
    variant_id,
)
from tests.support.answers import comparable
from tests.support.routes import Operation, rules
from tests.support.shops import Shop, Shops, product

Made = Callable[..., Awaitable[str]]
"""Of a tenant, and of what stands above it in the path; answers the id."""
PLACE = re.compile("{.*?}")
PATHS: dict[str, Made] = {
    "/activity/{request_id}": entry_request,
    "/analytics/products/{product_id}": product_id,
    "/api-keys/{key_id}": key_id,
    "/audit-log/{key}": entry,
    "/auth/sessions/{session_id}": session_id,
    "/carts/{cart_id}": cart_id,
    "/carts/{cart_id}/lines/{line_id}": line_id,
    "/categories/{category_id}": category_id,
    "/deliveries/{key}": delivery_id,
    "/invitations/{invitation_id}": invitation_id,
    "/members/{user_id}": member_id,
    "/orders/{order_id}": order_id,
    "/products/files/{file_id}": file_id,
    "/products/{product_id}": product_id,
    "/products/{product_id}/images/{image_id}": image_id,
    "/products/{product_id}/variants/{variant_id}": variant_id,
    "/roles/{key}": role_key,
    "/shipments/{shipment_id}": shipment_id,
    "/tasks/{task_id}": task_id,
    "/tenants/{tenant_id}": tenant_id,
}
"""What a path's id is, by the path up to it; one that stands below another is made below that."""
SEEN_BELOW = {"/analytics/products/{product_id}": "/analytics/products/{product_id}/orders"}
"""What nothing answers at itself, and where its own tenant sees it."""
NOBODYS = ("/mock/", "/operator/", "/shipping/carriers/{carrier}", "/tenants/current/settings/{module}")
"""Nobody's data, what is over all tenants, and the names of carriers and of modules, which all tenants share."""
BODIES: dict[Operation, dict[str, Any]] = {
    ("PATCH", "/carts/{cart_id}"): {"discount_percent": 5},
    ("PATCH", "/carts/{cart_id}/lines/{line_id}"): {"quantity": 2},
    ("PATCH", "/categories/{category_id}"): {"name": "Mine"},
    ("PATCH", "/members/{user_id}"): {"roles": ["viewer"]},
    ("PATCH", "/products/{product_id}"): {"price": 1},
    ("PATCH", "/products/{product_id}/variants/{variant_id}"): {"price": 1},
    ("POST", "/products/{product_id}/images"): {"media_type": "image/png", "size": 1},
    ("POST", "/products/{product_id}/variants"): {"sku": "x", "name": "x", "price": 1, "currency": "EUR"},
    ("PATCH", "/roles/{key}"): {"name": "Mine"},
    ("POST", "/api-keys/{key_id}/rotate"): {},
    ("POST", "/carts/{cart_id}/lines"): {"variant_id": str(uuid4()), "quantity": 1},
    ("POST", "/orders/{order_id}/invoice"): {"recipient": "x"},
    ("POST", "/orders/{order_id}/pay"): {"source": "card_accept"},
}
"""A body that is right, so that only the id is wrong."""
INSIDE: dict[tuple[str, str, str], tuple[Made, Callable[[str], dict[str, Any]]]] = {
    ("POST", "/deliveries/replay", "request_id"): (delivery_request, lambda key: {"request_id": key}),
    ("POST", "/carts/{cart_id}/lines", "variant_id"): (goods_id, lambda key: {"variant_id": key, "quantity": 1}),
    ("POST", "/tenants/current/ownership", "user_id"): (member_id, lambda key: {"user_id": key}),
    ("POST", "/products/imports", "file_id"): (file_id, lambda key: {"file_id": key}),
    ("PATCH", "/categories/{category_id}", "parent_id"): (category_id, lambda key: {"parent_id": key}),
    ("PATCH", "/products/{product_id}", "category_id"): (category_id, lambda key: {"category_id": key}),
    ("POST", "/categories", "parent_id"): (category_id, lambda key: {"name": uuid4().hex, "parent_id": key}),
    ("POST", "/products", "category_id"): (category_id, lambda key: product(category_id=key)),
    ("POST", "/products/batch", "category_id"): (
        category_id,
        lambda key: {"atomic": True, "items": [product(category_id=key)]},
    ),
    ("PATCH", "/members/{user_id}", "roles"): (role_key, lambda key: {"roles": [key]}),
    ("POST", "/invitations", "roles"): (role_key, lambda key: {"email": f"{uuid4().hex}@a.example", "roles": [key]}),
}
"""Bodies with an id inside, by the field that holds it."""
CHOOSING = {"/deliveries/replay": '{"replayed":0,"has_more":false}'}
"""Whose body chooses among what is the tenant's own, and what is answered where nothing is."""
FILTERS: dict[tuple[str, str], Made] = {
    ("/access/explain", "user_id"): member_id,
    ("/analytics/sales/export", "product_id"): product_id,
    ("/audit-log", "actor"): actor,
    ("/audit-log", "target"): target,
    ("/audit-log", "request_id"): entry_request,
    ("/audit-log/export", "actor"): actor,
    ("/audit-log/export", "target"): target,
    ("/audit-log/export", "request_id"): entry_request,
    ("/categories", "parent"): parent_id,
    ("/categories", "q"): category_name,
    ("/deliveries", "request_id"): delivery_request,
    ("/api-keys", "q"): key_name,
    ("/invitations", "q"): invited,
    ("/members", "q"): address,
    ("/members", "role"): held_role,
    ("/products", "category"): category_id,
    ("/products", "q"): sku,
    ("/roles", "q"): role_key,
    ("/shipments", "order_id"): shipped_order_id,
    ("/tenants", "q"): slug,
}
NEUTRAL = {
    "by",
    "currency",
    "first_day",
    "last_day",
    "limit",
    "cursor",
    "sort",
    "include",
    "expand",
    "format",
    "state",
    "status",
    "permission",
    "action",
    "event",
    "handler",
    "kind",
    "number",
}
"""Parameters that name nothing of anybody's; so do the bounds of times."""
NEEDED = {"/access/explain": {"permission": "catalog.products:read"}}
LISTS: dict[str, Made] = {
    "/api-keys": key_id,
    "/audit-log": entry,
    "/auth/sessions": session_id,
    "/carts": cart_id,
    "/categories": category_id,
    "/deliveries": product_id,
    "/invitations": invitation_id,
    "/members": member_id,
    "/orders": order_id,
    "/permissions": member_id,
    "/products": product_id,
    "/products/{product_id}/images": image_id,
    "/products/{product_id}/prices": changed_price,
    "/products/{product_id}/stock": variant_id,
    "/products/{product_id}/variants": variant_id,
    "/roles": role_key,
    "/shipments": shipment_id,
    "/tasks": task_id,
    "/tenants": tenant_id,
}
"""What to make twice, so that a list has a second page."""


def concerned(app: ModularApp) -> dict[Operation, AccessRule]:
    """Every operation that may concern a tenant, its path without the prefix."""
    found = {(method, path.removeprefix(API)): rule for (method, path), rule in rules(app).items()}
    entries = {Entry.PERMISSION, Entry.SIGNED_IN}
    return {each: rule for each, rule in found.items() if rule.entry in entries and not each[1].startswith(NOBODYS)}


def document(app: ModularApp, operation: Operation) -> dict[str, Any]:
    """What OpenAPI says of the operation."""
    method, path = operation
    found: dict[str, Any] = app.openapi()["paths"][API + path][method.lower()]
    return found


def id_fields(schema: Any, schemas: dict[str, Any], field: str = "") -> Iterator[str]:
    """The fields that hold ids, however deep: UUIDs, what is called one, and the keys of roles."""
    if isinstance(schema, list):
        for part in schema:
            yield from id_fields(part, schemas, field)
    if not isinstance(schema, dict):
        return
    if schema.get("format") == "uuid":
        yield field
    if "$ref" in schema:
        yield from id_fields(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, field)
    for name, value in schema.items():
        if name == "properties":
            yield from (key for key in value if key == "roles" or key.endswith(("_id", "_ids")))
            for key, inner in value.items():
                yield from id_fields(inner, schemas, key)
        else:
            yield from id_fields(value, schemas, field)


def random_for(foreign: str) -> str:
    """An id of the same form that nobody has."""
    if foreign.isdigit():
        return "9" * 18
    prefix, mark, key = foreign.rpartition(":")
    return prefix + mark + (f"r{uuid4().hex[:12]}" if re.fullmatch("r[0-9a-f]{12}", key) else str(uuid4()))


@pytest.fixture
async def pair(shops: Shops) -> tuple[Shop, Shop]:
    """Who asks, and whose it is."""
    return await shops.shop(), await shops.shop()


def places(path: str) -> list[str]:
    """The path up to each of its ids."""
    return [path[: found.end()] for found in PLACE.finditer(path)]


def filled(path: str, keys: Sequence[str]) -> str:
    """The path with these ids in their order."""
    rest = iter(keys)
    return PLACE.sub(lambda _: next(rest), path)


async def belongings(shop: Shop) -> dict[str, str]:
    """An id for every place that PATHS explains, made below those that stand above it."""
    found: dict[str, str] = {}
    for place in sorted(PATHS):
        found[place] = await PATHS[place](shop, *(found[above] for above in places(place)[:-1]))
    return found


async def above(shop: Shop, path: str) -> list[str]:
    """An id of the shop's own for each place of the path."""
    found: list[str] = []
    for place in places(path):
        found.append(await PATHS[place](shop, *found))
    return found


def foreign_paths(path: str, own: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The path with another's ids, beside it with random ones: in all places, and in each alone among own ids."""
    mine, foreign = ([ids[place] for place in places(path)] for ids in (own, theirs))
    random = [random_for(key) for key in foreign]
    yield filled(path, foreign), filled(path, random)
    for number in range(len(mine)) if len(mine) > 1 else ():
        one, other = ([*mine[:number], keys[number], *mine[number + 1 :]] for keys in (foreign, random))
        yield filled(path, one), filled(path, other)


async def test_paths(app: ModularApp, pair: tuple[Shop, Shop]) -> None:
    """Requirement 16: in the path, for every verb, in each of its places: the same 404, and what is there stays as it is."""
    shop, other = pair
    concrete = [operation for operation in concerned(app) if "{" in operation[1]]
    for method, path in concrete:
        assert PATHS.keys() >= {*places(path)}, f"{method} {path}: whose id is this? PATHS says it"
    assert {place for _, path in concrete for place in places(path)} == PATHS.keys()
    own, theirs = await belongings(shop), await belongings(other)
    seen = {place: await seen_at(other, place, theirs) for place in PATHS}
    for method, path in concrete:
        sent = {"json": BODIES.get((method, path)), "headers": {"If-Match": "*"}}
        for foreign, random in foreign_paths(path, own, theirs):
            for mine in (shop.owner, shop.admin):
                answers = [await mine.call(method, each, **sent) for each in (foreign, random)]
                assert answers[0].status_code == 404, (method, path, foreign)
                assert comparable(answers[0]) == comparable(answers[1]), (method, path)
                DONE["another's id in a path"] += 1
    for place in PATHS:
        assert await seen_at(other, place, theirs) == seen[place], place


async def seen_at(shop: Shop, place: str, ids: Mapping[str, str]) -> Any:
    """What the tenant itself reads there, which shows that the ids are its own; links to files are new each time."""
    path = SEEN_BELOW.get(place, place)
    answer = await shop.owner.get(filled(path, [ids[each] for each in places(place)]))
    assert answer.status_code in {200, 405}, (place, answer.text)
    found = answer.json() if answer.status_code == 200 else {}
    return {name: value for name, value in found.items() if not name.startswith("href")}


async def test_bodies(app: ModularApp, pair: tuple[Shop, Shop]) -> None:
    """Requirement 16: in a body, nested or not."""
    shop, other = pair
    schemas, found = app.openapi()["components"]["schemas"], set()
    for operation in concerned(app):
        content = document(app, operation).get("requestBody", {}).get("content", {})
        found |= {(*operation, field) for field in id_fields(content, schemas)}
    assert found == INSIDE.keys(), "whose ids are these? INSIDE says it"
    for (method, path, _), (made, body) in INSIDE.items():
        foreign, own = await made(other), filled(path, await above(shop, path))
        answers = [
            await shop.owner.call(method, own, json=body(key), headers={"If-Match": "*"})
            for key in (foreign, random_for(foreign))
        ]
        assert answers[0].status_code in {404, 409, 422} or answers[0].text == CHOOSING.get(path), (method, path)
        assert comparable(answers[0]) == comparable(answers[1]), (method, path)
        DONE["another's id in a body"] += 1


async def test_filters(app: ModularApp, pair: tuple[Shop, Shop]) -> None:
    """Requirement 16: in a filter or another parameter of the query."""
    shop, other = pair
    found = {
        (path, parameter["name"])
        for method, path in concerned(app)
        for parameter in document(app, (method, path)).get("parameters", ())
        if parameter["in"] == "query" and "[" not in parameter["name"]
    }
    assert {(path, name) for path, name in found if name not in NEUTRAL} == FILTERS.keys(), (
        "FILTERS says what these are"
    )
    for (path, name), made in FILTERS.items():
        foreign = await made(other)
        answers = [
            await shop.owner.get(path, params={**NEEDED.get(path, {}), name: key})
            for key in (foreign, random_for(foreign))
        ]
        assert answers[0].status_code in {200, 404}, (path, name)
        assert answers[0].status_code == 404 or answers[0].text in {"", EMPTY}, (path, name)
        assert comparable(answers[0]) == comparable(answers[1]), (path, name)
        theirs = await other.owner.get(path, params={**NEEDED.get(path, {}), name: foreign})
        assert theirs.text not in {"", EMPTY}, (path, name)
        DONE["another's id in a query"] += 1


EMPTY = '{"data":[],"has_more":false,"next_cursor":null}'


async def test_cursors(app: ModularApp, shops: Shops, pair: tuple[Shop, Shop]) -> None:
    """Requirement 16: as a cursor: one of another tenant's list is as good as garbage, even for who is a member of both."""
    shop, other = pair
    third = await shops.shop()
    await shops.join(other.owner.user_id, third.id, "viewer")
    await shops.join(shop.owner.user_id, other.id, "owner")
    await signed_in(shops, other.owner)
    lists = {
        path
        for method, path in concerned(app)
        if method == "GET"
        and any(each["name"] == "cursor" for each in document(app, ("GET", path)).get("parameters", ()))
    }
    assert lists == LISTS.keys(), "LISTS says what is in these"
    for path, made in LISTS.items():
        own, theirs = [await above(each, path) for each in (shop, other)]
        _ = await made(other, *theirs), await made(other, *theirs)
        there = filled(path, theirs)
        cursor = (await other.owner.get(f"{there}?limit=1")).json()["next_cursor"]
        assert (await other.owner.get(f"{there}?limit=1&cursor={cursor}")).status_code == 200, path
        answers = [await shop.owner.get(f"{filled(path, own)}?limit=1&cursor={each}") for each in (cursor, "AAAA")]
        assert answers[0].status_code == 400, path
        assert comparable(answers[0]) == comparable(answers[1]), path
        DONE["another's cursor"] += 1


async def test_header(app: ModularApp, pair: tuple[Shop, Shop]) -> None:
    """Requirement 16: in X-Tenant-ID, by id and by slug, wherever a tenant is chosen, whatever else is wrong."""
    shop, other = pair
    chosen = [operation for operation, rule in concerned(app).items() if rule.needs_tenant or rule.optional_tenant]
    assert len(chosen) > 30
    for method, path in chosen:
        concrete = PLACE.sub(str(uuid4()), path)
        values = (str(other.id), other.slug, str(uuid4()), f"s{uuid4().hex[:16]}")
        answers = [await shop.owner.call(method, concrete, headers={"X-Tenant-ID": value}) for value in values]
        assert (answers[0].status_code, answers[0].json()["details"]["code"]) == (404, "tenant_not_found"), (
            method,
            path,
        )
        assert len({str(comparable(answer)) for answer in answers}) == 1, (method, path)
        DONE["another's tenant in the header"] += 1
