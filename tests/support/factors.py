"""People with a second factor, enrolled as people do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import asyncpg
import httpx
import pyotp

from app.extensions.routing import API, ModularApp
from tests.auth.test_refresh import outcome
from tests.auth.test_sign_in import PASSWORD, login
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shops

Owner = asyncpg.Connection
STEP = 30
WRONG = "000000000000"
"""Of twelve characters, so that it is no code by chance."""


@asynccontextmanager
async def at_own_address(app: ModularApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client from a network address that no other has."""
    number = next(_addresses)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(f"10.1.{number // 250}.{number % 250}", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield http


_addresses = count(1)


@dataclass
class Enrolled:
    """Somebody with a second factor."""

    person: Person
    secret: str
    codes: list[str]
    clock: MovableClock

    def code(self, steps: int = 0) -> str:
        """What the authenticator shows, so many steps from now."""
        return pyotp.TOTP(self.secret).at(self.clock.now(), counter_offset=steps)

    async def half(self) -> str:
        """The token of a sign-in whose password was right."""
        answer = await login(self.person)
        assert outcome(answer) == (401, "mfa_required")
        return str(answer.json()["details"]["mfa_token"])

    async def sign_in(self, code: str, token: str | None = None, **more: Any) -> httpx.Response:
        """The second half."""
        body = {"mfa_token": token or await self.half(), "code": code, **more}
        return await self.person.client.post(f"{API}/auth/login/mfa", json=body)


async def enrol(shops: Shops, clock: MovableClock, person: Person | None = None) -> Enrolled:
    """Switch a second factor on as people do; the clock moves one step on, so that the next code is another.

    It stands in the middle of a step: no code that a test makes is another one step old when it is judged.
    """
    clock.advance(seconds=(1.5 * STEP - clock.now().timestamp() % STEP) % STEP)
    person = person or await shops.person()
    await shops.password(person, PASSWORD)
    asked = await person.post("/auth/mfa/totp")
    assert asked.status_code == 201, asked.text
    made = Enrolled(person, asked.json()["secret"], [], clock)
    confirmed = await person.post("/auth/mfa/totp/confirm", json={"code": made.code()})
    assert confirmed.status_code == 200, confirmed.text
    made.codes = confirmed.json()["recovery_codes"]
    clock.advance(seconds=STEP)
    return made


async def actions(owner: Owner, person: Person) -> list[str]:
    """What the audit log says of the person, in order."""
    rows = await owner.fetch("SELECT action FROM audit_entries WHERE target = $1 ORDER BY id", f"user:{person.user_id}")
    return [row["action"] for row in rows]
