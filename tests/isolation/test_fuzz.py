"""Two tenants and a model of each: whatever they do, each sees exactly its model's set, through the API and beneath it."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import httpx
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.db.uow import UnitOfWork
from app.extensions.routing import ModularApp
from app.modules.catalog.models import Product
from app.modules.catalog.repository import ProductRepository
from app.runtime import Runtime
from app.utils.ids import uuid7
from tests.isolation.amounts import DONE, EXAMPLES, IS_LONG
from tests.support.shops import Person, Shop, Shops

T = TypeVar("T")
STEPS = 15
SIDES = st.sampled_from([0, 1])
SKUS = st.sampled_from(["tea", "coffee", "cocoa", "mate"])
KEYS = st.sampled_from(["buyer", "seller", "auditor"])
NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
PICKS = st.integers(min_value=0, max_value=50)
MATCH = {"If-Match": "*"}
READS_SKUS = "SELECT sku FROM products WHERE tenant_id = $1 OR tenant_id = $2"
Goods = dict[str, Any]


@dataclass
class Model:
    """What one tenant has."""

    shop: Shop
    products: dict[str, Goods] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def pick(self, number: int) -> str | None:
        """One of its products."""
        keys = sorted(self.products)
        return keys[number % len(keys)] if keys else None


class World:
    """The app's loop, asked from the fuzzer's thread."""

    def __init__(self, app: ModularApp, shops: Shops) -> None:
        """Called within the loop."""
        self.loop = asyncio.get_running_loop()
        self.runtime: Runtime = app.state.runtime
        self.shops = shops

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    async def beneath(self, one: Model, other: Model) -> tuple[set[str], set[str], list[Product | None]]:
        """What a unit of work of the one sees: by SQL that asks for both, by the ORM without a filter, by the other's ids."""
        hub, clock = self.runtime.hub, self.runtime.clock
        uow = UnitOfWork(self.runtime.app_pool, clock=clock, request_id=uuid7(), hub=hub, read_only=True)
        await uow.begin(tenant_id=one.shop.id)
        try:
            by_hand = {row[0] for row in await uow.connection.fetch(READS_SKUS, one.shop.id, other.shop.id)}
            by_orm = set(await uow.session.scalars(select(Product.sku)))
            foreign = [await ProductRepository(uow).get(UUID(key)) for key in other.products]
        finally:
            await uow.rollback()
        return by_hand, by_orm, foreign


class TwoTenants(RuleBasedStateMachine):
    """Each rule is one request of one tenant; skus and keys of roles are few, so that both tenants have the same ones."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.models = [Model(world.run(world.shops.shop())) for _ in range(2)]

    def ask(self, person: Person, method: str, path: str, **options: Any) -> httpx.Response:
        """One request."""
        DONE["requests of the fuzzer"] += 1
        return self.world.run(person.call(method, path, **options))

    @initialize()
    def stock(self) -> None:
        """Both begin with the same two skus: from the first step on there is something to page through and to reach for."""
        for side in (0, 1):
            for sku in ("tea", "coffee"):
                self.create(side, sku, sku, 100)

    @rule(side=SIDES, sku=SKUS, name=NAMES, price=st.integers(0, 9999))
    def create(self, side: int, sku: str, name: str, price: int) -> None:
        """A product: refused only for a sku that the same tenant has."""
        model = self.models[side]
        body = {"sku": sku, "name": name, "price": price, "currency": "EUR"}
        answer = self.ask(model.shop.member, "POST", "/products", json=body)
        if any(goods["sku"] == sku for goods in model.products.values()):
            assert (answer.status_code, answer.json()["details"]["code"]) == (409, "product_sku_taken")
        else:
            assert answer.status_code == 201, answer.text
            model.products[answer.json()["id"]] = {**body, "status": "draft"}

    @rule(side=SIDES, pick=PICKS, price=st.integers(0, 9999))
    def change(self, side: int, pick: int, price: int) -> None:
        """One's own product: refused once it is archived."""
        model = self.models[side]
        key = model.pick(pick)
        if key is not None:
            answer = self.ask(model.shop.member, "PATCH", f"/products/{key}", json={"price": price}, headers=MATCH)
            archived = model.products[key]["status"] == "archived"
            assert answer.status_code == (409 if archived else 200), answer.text
            if not archived:
                model.products[key]["price"] = price

    @rule(side=SIDES, pick=PICKS)
    def archive(self, side: int, pick: int) -> None:
        """One's own product."""
        model = self.models[side]
        key = model.pick(pick)
        if key is not None and model.products[key]["status"] != "archived":
            assert self.ask(model.shop.member, "POST", f"/products/{key}/archive", headers=MATCH).status_code == 200
            model.products[key]["status"] = "archived"

    @rule(side=SIDES, percent=st.sampled_from([100, 0]))
    def reprice(self, side: int, percent: int) -> None:
        """Every product of the tenant that is not archived, by a task; none of the other's."""
        model = self.models[side]
        assert self.ask(model.shop.member, "POST", "/products/reprice", json={"percent": percent}).status_code == 202
        for goods in model.products.values():
            if goods["status"] != "archived":
                goods["price"] = goods["price"] * (100 + percent) // 100

    @rule(side=SIDES, pick=PICKS, verb=st.sampled_from(["GET", "PATCH", "archive"]))
    def reach(self, side: int, pick: int, verb: str) -> None:
        """The other's product: not there, in whatever way it is asked for."""
        key = self.models[1 - side].pick(pick)
        if key is not None:
            method, path = ("POST", f"/products/{key}/archive") if verb == "archive" else (verb, f"/products/{key}")
            options = {"json": {"price": 1}} if verb == "PATCH" else {}
            answer = self.ask(self.models[side].shop.owner, method, path, headers=MATCH, **options)
            assert answer.status_code == 404, answer.text
            DONE["products of the other reached for"] += 1

    @rule(side=SIDES)
    def intrude(self, side: int) -> None:
        """The other's tenant, chosen by header with one's own session: not there."""
        foreign = {"X-Tenant-ID": str(self.models[1 - side].shop.id)}
        answer = self.ask(self.models[side].shop.owner, "GET", "/products", headers=foreign)
        assert (answer.status_code, answer.json()["details"]["code"]) == (404, "tenant_not_found")

    @rule(side=SIDES, key=KEYS, name=NAMES)
    def add_role(self, side: int, key: str, name: str) -> None:
        """A role of the tenant's own: refused only where the same tenant has it."""
        model = self.models[side]
        body = {"key": key, "name": name, "permissions": ["catalog.products:read"]}
        answer = self.ask(model.shop.owner, "POST", "/roles", json=body)
        assert answer.status_code == (409 if key in model.roles else 201), answer.text
        model.roles.setdefault(key, name)

    @precondition(lambda self: any(model.roles for model in self.models))
    @rule(side=SIDES, key=KEYS)
    def drop_role(self, side: int, key: str) -> None:
        """The one tenant's role goes, the other's of the same key stays."""
        model = self.models[side]
        answer = self.ask(model.shop.owner, "DELETE", f"/roles/{key}", headers=MATCH)
        assert answer.status_code == (200 if model.roles.pop(key, None) else 404), answer.text

    @rule(side=SIDES, limit=st.integers(1, 3), sort=st.sampled_from(["name", "-price", "created_at"]))
    def page(self, side: int, limit: int, sort: str) -> None:
        """Page by page, in whatever order: each product once, and none of the other's; the other cannot use the cursor."""
        model, path, found = self.models[side], f"/products?limit={limit}&sort={sort}", list[str]()
        while path:
            page = self.ask(model.shop.viewer, "GET", path).json()
            found += [item["id"] for item in page["data"]]
            path = f"/products?limit={limit}&sort={sort}&cursor={page['next_cursor']}" if page["has_more"] else ""
            if path:
                assert self.ask(self.models[1 - side].shop.viewer, "GET", path).status_code == 400
                DONE["cursors tried in the other tenant"] += 1
        assert sorted(found) == sorted(model.products)

    @rule(side=SIDES, sku=SKUS)
    def search(self, side: int, sku: str) -> None:
        """What the search finds is the tenant's own, the product with that sku among it."""
        model = self.models[side]
        found = {item["id"] for item in self.ask(model.shop.viewer, "GET", f"/products?q={sku}").json()["data"]}
        assert found <= model.products.keys()
        assert {key for key, goods in model.products.items() if goods["sku"] == sku} <= found

    @invariant()
    def each_sees_its_own(self) -> None:
        """After every step."""
        for model, other in (self.models, reversed(self.models)):
            shown = self.ask(model.shop.viewer, "GET", "/products?limit=100").json()["data"]
            names = ("sku", "name", "price", "currency", "status")
            assert {item["id"]: {name: item[name] for name in names} for item in shown} == model.products
            roles = self.ask(model.shop.viewer, "GET", "/roles?limit=100").json()["data"]
            assert {item["key"]: item["name"] for item in roles if not item["system"]} == model.roles
            by_hand, by_orm, foreign = self.world.run(self.world.beneath(model, other))
            assert by_hand == by_orm == {goods["sku"] for goods in model.products.values()}
            assert not any(foreign)
        DONE["steps of the fuzzer"] += 1


async def test_two_tenants(app: ModularApp, shops: Shops) -> None:
    """Requirement 16: any order of creations, changes, tasks and intrusions leaves each tenant with its own and nothing else."""
    world = World(app, shops)
    budget = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        derandomize=not IS_LONG,
        database=None,
        deadline=None,
        print_blob=True,
        phases=[Phase.explicit, Phase.generate, Phase.shrink] if IS_LONG else [Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    machine: Any = lambda: TwoTenants(world)  # noqa: E731 - whatever makes a machine will do, though it is typed as a class
    await asyncio.to_thread(run_state_machine_as_test, machine, settings=budget)
    walked = ("steps of the fuzzer", "cursors tried in the other tenant", "products of the other reached for")
    assert all(DONE[name] for name in walked), "a walk that tries nothing proves nothing"
