"""Legal requests of operators."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

from tests.core.letters import letter
from tests.hostile.calls import Call
from tests.hostile.surface import Surface
from tests.hostile.world import World, call

REASON = "ticket 7"


async def impersonate(world: World, surface: Surface) -> Call:
    """A member."""
    person = await world.shops.person(world.shop.id, "viewer")
    body = {"tenant_id": str(world.shop.id), "user_id": str(person.user_id), "reason": REASON, "minutes": 5}
    return call(surface, world.staff, body)


async def end_impersonation(world: World, surface: Surface) -> Call:
    """One that goes on."""
    person = await world.shops.person(world.shop.id, "viewer")
    body = {"tenant_id": str(world.shop.id), "user_id": str(person.user_id), "reason": REASON}
    key = (await world.made(world.staff, "/operator/impersonations", body))["id"]
    return call(surface, world.staff, impersonation_id=key)


async def replay_many(world: World, surface: Surface) -> Call:
    """A tenant's dead letters."""
    await letter(world.rows, world.shop.id)
    return call(surface, world.staff, {"tenant_id": str(world.shop.id), "limit": 1})


async def replay(world: World, surface: Surface) -> Call:
    """One of them."""
    return call(surface, world.staff, tenant_id=world.shop.id, key=await letter(world.rows, world.shop.id))


async def of_user(world: World, surface: Surface) -> Call:
    """Somebody whom nobody else in the test is."""
    person = await world.shops.person(world.shop.id, "viewer")
    if surface.path.endswith("/enable"):
        await world.made(world.staff, f"/operator/users/{person.user_id}/disable")
    return call(surface, world.staff, user_id=person.user_id)


async def run_schedule(world: World, surface: Surface) -> Call:
    """The heartbeat, which is nobody's."""
    return call(surface, world.staff, {"tenant_id": None}, name="core.heartbeat")


async def make_tenant(world: World, surface: Surface) -> Call:
    """For somebody who owns none."""
    owner = (await world.somebody()).email
    body = {"name": "Made", "slug": f"h{uuid4().hex[:12]}", "owner": owner, "plan": "standard"}
    return call(surface, world.staff, body)


async def of_tenant(world: World, surface: Surface) -> Call:
    """A tenant of its own."""
    shop = await world.shops.shop()
    if surface.path.endswith("/resume"):
        await world.made(world.staff, f"/operator/tenants/{shop.id}/suspend", {"reason": REASON})
    bodies = {"suspend": {"reason": REASON}, "plan": {"plan": "standard"}}
    return call(surface, world.staff, bodies.get(surface.path.rpartition("/")[2]), tenant_id=shop.id)


OPERATORS: dict[str, Callable[[World, Surface], Awaitable[Call]]] = {
    "POST /operator/impersonations": impersonate,
    "DELETE /operator/impersonations/{impersonation_id}": end_impersonation,
    "POST /operator/deliveries/replay": replay_many,
    "POST /operator/deliveries/{tenant_id}/{key}/replay": replay,
    "POST /operator/users/{user_id}/disable": of_user,
    "POST /operator/users/{user_id}/enable": of_user,
    "POST /operator/schedules/{name}/run": run_schedule,
    "POST /operator/tenants": make_tenant,
    "GET /operator/tenants/{tenant_id}": of_tenant,
    "POST /operator/tenants/{tenant_id}/suspend": of_tenant,
    "POST /operator/tenants/{tenant_id}/resume": of_tenant,
    "PUT /operator/tenants/{tenant_id}/plan": of_tenant,
}
"""By method and path without the prefix."""
