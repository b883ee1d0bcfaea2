"""Legal requests to /auth, /api-keys and /me."""

from collections.abc import Awaitable, Callable

import pyotp

from tests.auth.test_sign_in import PASSWORD, signed_in
from tests.hostile.calls import Call
from tests.hostile.surface import Surface
from tests.hostile.world import World, call, fresh
from tests.support.factors import enrol
from tests.support.shops import API, Person

NEW = "seven brave otters"
KEY = {"name": "k", "scopes": ["catalog.products:read"]}


async def sign_in(world: World, surface: Surface) -> Call:
    """With a password."""
    return call(surface, None, {"email": (await world.somebody()).email, "password": PASSWORD})


async def sign_in_code(world: World, surface: Surface) -> Call:
    """The second half."""
    made = await enrol(world.shops, world.clock)
    return call(surface, None, {"mfa_token": await made.half(), "code": made.code()})


async def add_factor(world: World, surface: Surface) -> Call:
    """By somebody without one."""
    return call(surface, await world.somebody())


async def confirm_factor(world: World, surface: Surface) -> Call:
    """With what the authenticator shows."""
    person = await world.somebody()
    secret = (await world.made(person, "/auth/mfa/totp"))["secret"]
    return call(surface, person, {"code": pyotp.TOTP(secret).at(world.clock.now())})


async def of_factor(world: World, surface: Surface) -> Call:
    """By somebody with one."""
    return call(surface, (await enrol(world.shops, world.clock)).person)


async def _register(world: World) -> str:
    email = fresh()
    body = {"email": email, "password": PASSWORD, "name": "Nora New"}
    answer = await world.shop.owner.client.post(f"{API}/auth/register", json=body)
    assert answer.status_code == 202, answer.text
    return email


async def register(world: World, surface: Surface) -> Call:
    """Somebody new."""
    return call(surface, None, {"email": fresh(), "password": PASSWORD, "name": "Nora New"})


async def verify(world: World, surface: Surface) -> Call:
    """With the link of the mail."""
    email = await _register(world)
    return call(surface, None, {"token": world.mailbox.last(email).token, "password": PASSWORD})


async def forgot(world: World, surface: Surface) -> Call:
    """Somebody known."""
    return call(surface, None, {"email": (await world.somebody()).email})


async def reset(world: World, surface: Surface) -> Call:
    """With the link of the mail."""
    person = await world.somebody()
    await world.made(person, "/auth/password/forgot", {"email": person.email})
    return call(surface, None, {"token": world.mailbox.last(person.email).token, "password": NEW})


async def change(world: World, surface: Surface) -> Call:
    """The password."""
    return call(surface, await world.somebody(), {"current_password": PASSWORD, "password": NEW})


async def step_up(world: World, surface: Surface) -> Call:
    """The password once more."""
    return call(surface, await world.somebody(), {"password": PASSWORD})


async def move(world: World, surface: Surface) -> Call:
    """To another address."""
    return call(surface, await world.somebody(), {"email": fresh()})


async def arrive(world: World, surface: Surface) -> Call:
    """There."""
    email = fresh()
    await world.made(await world.somebody(), "/auth/email/change", {"email": email})
    return call(surface, None, {"token": world.mailbox.last(email).token})


async def of_session(world: World, surface: Surface) -> Call:
    """One's own."""
    person = await world.somebody()
    return call(surface, person, session_id=person.session_id)


async def of_sessions(world: World, surface: Surface) -> Call:
    """All of somebody's."""
    return call(surface, await world.somebody())


async def refresh(world: World, surface: Surface) -> Call:
    """By a token in the body."""
    person: Person = await world.shops.person()
    return call(surface, None, {"refresh_token": (await signed_in(world.shops, person))["refresh_token"]})


async def sign_out(world: World, surface: Surface) -> Call:
    """With an access token, which the route takes and does not demand."""
    token = (await world.somebody()).token
    return call(surface, None).having("Authorization", f"Bearer {token}".encode())


async def make_key(world: World, surface: Surface) -> Call:
    """A key that reads products."""
    return call(surface, world.shop.owner, {**KEY, "expires_at": None})


async def of_key(world: World, surface: Surface) -> Call:
    """A key."""
    key = (await world.made(world.shop.admin, "/api-keys", KEY))["id"]
    return call(surface, world.shop.owner, {"overlap_seconds": 0} if surface.body else None, key_id=key)


async def adopt(world: World, surface: Surface) -> Call:
    """A key whose maker has left."""
    leaver = await world.shops.person(world.shop.id, "admin")
    key = (await world.made(leaver, "/api-keys", KEY))["id"]
    await world.made(leaver, "/tenants/current/leave")
    return call(surface, world.shop.owner, key_id=key)


async def change_profile(world: World, surface: Surface) -> Call:
    """Name, language and time zone."""
    return call(surface, await world.somebody(), {"name": "Nora", "locale": "de-AT", "time_zone": "Europe/Vienna"})


async def export_me(world: World, surface: Surface) -> Call:
    """All that is kept of somebody."""
    return call(surface, await world.somebody())


async def erase(world: World, surface: Surface) -> Call:
    """Somebody who goes."""
    person = await world.somebody()
    return call(surface, person, {"confirm": person.email})


AUTH: dict[str, Callable[[World, Surface], Awaitable[Call]]] = {
    "POST /auth/login": sign_in,
    "POST /auth/login/mfa": sign_in_code,
    "POST /auth/mfa/totp": add_factor,
    "DELETE /auth/mfa/totp": of_factor,
    "POST /auth/mfa/totp/confirm": confirm_factor,
    "POST /auth/mfa/recovery-codes": of_factor,
    "POST /auth/register": register,
    "POST /auth/verify-email": verify,
    "POST /auth/password/forgot": forgot,
    "POST /auth/password/reset": reset,
    "POST /auth/password/change": change,
    "POST /auth/step-up": step_up,
    "POST /auth/email/change": move,
    "POST /auth/email/confirm": arrive,
    "DELETE /auth/sessions": of_sessions,
    "GET /auth/sessions/{session_id}": of_session,
    "DELETE /auth/sessions/{session_id}": of_session,
    "POST /auth/refresh": refresh,
    "POST /auth/logout": sign_out,
    "POST /api-keys": make_key,
    "GET /api-keys/{key_id}": of_key,
    "DELETE /api-keys/{key_id}": of_key,
    "POST /api-keys/{key_id}/rotate": of_key,
    "POST /api-keys/{key_id}/adopt": adopt,
    "PATCH /me": change_profile,
    "GET /me/export": export_me,
    "DELETE /me": erase,
}
"""By method and path without the prefix."""
