"""Requirement 17: what is refused counts too: who is refused again and again soon costs no connection any more."""

import time
from contextlib import suppress
from unittest.mock import AsyncMock
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import httpx
import pytest

from app.auth.keys import make_key
from app.auth.rates import AGAIN_SECONDS, NO_PLAN, RateLimiter
from app.config import Settings
from app.exceptions import RateLimited
from app.extensions.access import RouteClass
from app.extensions.rates import Bucket
from app.extensions.routing import ModularApp
from app.tenants.entitlements import PlanEntitlements
from tests.auth.test_api_keys import call, make
from tests.auth.test_rates import MORE, code
from tests.support.shops import Person, Shops, product
from tests.support.statements import SENT

DEAD_KEYS, ENDED_SESSIONS = "10.9.8.7", "10.9.8.6"
"""Addresses of no other test: their windows are used up here."""


@pytest.fixture
def rates(app: ModularApp) -> RateLimiter:
    """The limiter of the app."""
    limiter: RateLimiter = app.state.runtime.rates
    return limiter


def close(bucket: Bucket) -> None:
    """As if it were used up."""
    bucket.tokens = 0
    bucket.close(bucket.rate.quota, time.monotonic() + 100)


async def until_429(person: Person, path: str) -> list[int]:
    """The statuses of POSTs up to the first 429."""
    statuses: list[int] = []
    while len(statuses) < 2 * MORE and 429 not in statuses:
        statuses.append((await person.post(path, json=product())).status_code)
    return statuses


async def ask_made_up(person: Person) -> httpx.Response:
    """A request to a tenant that there is not."""
    return await person.get("/products", headers={"X-Tenant-ID": str(uuid4())})


async def test_static_rule(shops: Shops) -> None:
    """Whoever may not, and tries until their window is full, is told 429 from memory; it is their own window, and no other's."""
    shop = await shops.shop(plan="tight")
    *before, last = await until_429(shop.viewer, "/products")
    assert (set(before), last) == ({403}, 429)
    SENT.clear()
    answer = await shop.viewer.post("/products", json=product())
    assert (answer.status_code, SENT) == (429, [])
    assert answer.json()["details"]["violated-policies"] == ["person-write"]
    assert (await shop.viewer.get("/products")).status_code == 200
    assert (await shop.member.post("/products", json=product())).status_code == 201


async def test_status_stays(shops: Shops) -> None:
    """A refusal that is judged says what it is, also where the window is full: 403 is never told as 429 by another route's flood."""
    shop = await shops.shop(plan="tight")
    await until_429(shop.viewer, "/products")
    answer = await shop.viewer.post("/invitations", json={"email": "a@b.example", "roles": ["viewer"]})
    assert (answer.status_code, code(answer)) == (403, "permission_denied")


async def test_made_up_tenants(shops: Shops, rates: RateLimiter) -> None:
    """A new tenant in each request is one flood: of the session, whatever it names."""
    shop = await shops.shop()
    close(rates.buckets.of(rates._scale(NO_PLAN, RouteClass.READ).person, shop.viewer.user_id))
    assert (await ask_made_up(shop.viewer)).status_code == 404
    SENT.clear()
    assert ((await ask_made_up(shop.viewer)).status_code, SENT) == (429, [])
    assert (await shop.admin.get("/products")).status_code == 200


async def test_one_at_a_time(settings: Settings) -> None:
    """When the window may have room again one of a flood is judged at a time, as often as a request flows back."""
    now, mark = [1000.0], "the same credentials, tenant and route"
    plans = PlanEntitlements(settings.plans, ())
    limiter = RateLimiter(settings.rates, plans, settings.redis.url, AsyncMock(), monotonic=lambda: now[0])

    def judged(tries: int) -> int:
        found = 0
        for _ in range(tries):
            with suppress(RateLimited):
                limiter.refuse_again(mark)
                found += 1
        return found

    limiter.take_of_stranger(DEAD_KEYS, RouteClass.READ, mark)
    assert judged(9) == 9, "nobody was refused yet"
    bucket = strangers(limiter, DEAD_KEYS)
    bucket.close(bucket.rate.quota, now[0] + 0.5)
    limiter.take_of_stranger(DEAD_KEYS, RouteClass.READ, mark)
    found = []
    for pause in (0.1, 0.41, bucket.rate.interval / 2, bucket.rate.interval, AGAIN_SECONDS):
        now[0] += pause
        found.append(judged(9))
    assert found == [0, 1, 0, 1, 9], "and a second later it is forgotten"
    await limiter.aclose()


class TestStrangers:
    """Credentials behind which nobody stands"""

    async def test_dead_key(self, app: ModularApp, shops: Shops, rates: RateLimiter) -> None:
        """A key that is none, sent on and on, is refused from memory; a good one from the same address is not."""
        shop = await shops.shop()
        good, (dead, _, _) = (await make(shop.admin))["secret"], make_key("test", shop.id, uuid4())
        async with at_address(app, DEAD_KEYS) as client:
            assert (await call(client, dead)).status_code == 401
            close(strangers(rates, DEAD_KEYS))
            assert (await call(client, dead)).status_code == 401
            SENT.clear()
            assert ((await call(client, dead)).status_code, SENT) == (429, [])
            assert (await call(client, good)).status_code == 200

    async def test_ended_session(self, app: ModularApp, shops: Shops, rates: RateLimiter) -> None:
        """So is the token of a session that has ended, and its person's other session is not."""
        person = await shops.person()
        token = app.state.identity.tokens.access_token(person.user_id, uuid4())
        async with at_address(app, ENDED_SESSIONS) as client:
            assert (await ask(client, token)).status_code == 401
            close(strangers(rates, ENDED_SESSIONS))
            assert (await ask(client, token)).status_code == 401
            SENT.clear()
            assert ((await ask(client, token)).status_code, SENT) == (429, [])
            assert (await ask(client, person.token)).status_code == 200


def at_address(app: ModularApp, address: str) -> httpx.AsyncClient:
    """A client from there."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://testserver")


def strangers(rates: RateLimiter, address: str) -> Bucket:
    """The window of those from there who are nobody."""
    whose: UUID = uuid5(NAMESPACE_URL, address)
    return rates.buckets.of(rates._strangers[RouteClass.READ], whose)


async def ask(client: httpx.AsyncClient, token: str) -> httpx.Response:
    """A request in a person's name."""
    return await call(client, token, path="/me")
