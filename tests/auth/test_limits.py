"""Requirement 14: limits hold when many come at once, when Redis is away, and in every spelling."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from limits import RateLimitItem
from limits.aio.storage import RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter

from app.auth.exceptions import InvalidCredentials
from app.auth.limits import LoginLimiter, MailLimiter, RefreshLimiter, Windows
from app.config import LoginLimit, MailLimit, RefreshLimit, Settings
from app.exceptions import RateLimited
from app.extensions.routing import ModularApp
from tests.auth.test_refresh import outcome, refresh
from tests.auth.test_sign_in import login, me, signed_in
from tests.support.shops import API, Person, Shops

LIMIT = LoginLimit(failures_per_account=10, failures_per_address=100, window_seconds=900)
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


async def wrong(person: Person, email: str) -> int:
    """The status of a sign-in with a wrong password."""
    answer = await person.client.post(f"{API}/auth/login", json={"email": email, "password": "wrong"})
    return answer.status_code


async def test_many_at_once(shops: Shops) -> None:
    """Requirement 14: sixty wrong passwords at the same moment are not sixty tries."""
    person = await shops.person()
    statuses = await asyncio.gather(*(wrong(person, person.email) for _ in range(60)))
    assert statuses.count(401) == 11, "ten, and one for the minute"
    assert statuses.count(429) == 49


async def test_letter_case_is_one_account(shops: Shops) -> None:
    """Requirement 14: no spelling of an address opens another window for it."""
    person = await shops.person()
    spellings = [person.email, person.email.upper(), person.email.title()]
    statuses = [await wrong(person, spellings[number % 3]) for number in range(12)]
    assert statuses.count(401) == 11


async def test_successes_are_not_counted(shops: Shops) -> None:
    """Who signs in often and rightly is never limited."""
    person = await shops.person()
    await shops.password(person, "a password of mine")
    body = {"email": person.email, "password": "a password of mine"}
    statuses = [(await person.client.post(f"{API}/auth/login", json=body)).status_code for _ in range(12)]
    assert statuses == [200] * 12


async def test_redis_away() -> None:
    """Requirement 14: without Redis this process counts alone; it is never unlimited."""
    windows = Windows(NOBODY_LISTENS)
    limiter = LoginLimiter(LIMIT, windows)
    account, refused = uuid4().hex, 0
    for _ in range(25):
        try:
            async with limiter.attempt(account, "192.0.2.1"):
                raise InvalidCredentials
        except InvalidCredentials:
            continue
        except RateLimited:
            refused += 1
    await windows.aclose()
    assert refused == 14


async def test_strangers_lock_nobody_out(app: ModularApp, shops: Shops) -> None:
    """Requirement 14: whoever signed in from an address before still can there, while strangers elsewhere use up the tries."""
    person = await shops.person()
    await shops.password(person, "a password of mine")
    body = {"email": person.email, "password": "a password of mine"}
    assert (await person.client.post(f"{API}/auth/login", json=body)).status_code == 200
    transport = httpx.ASGITransport(app, client=("198.51.100.7", 40000))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as stranger:
        wrong_body = {**body, "password": "wrong"}
        statuses = [(await stranger.post(f"{API}/auth/login", json=wrong_body)).status_code for _ in range(13)]
        assert statuses[-1] == 429
        assert (await stranger.post(f"{API}/auth/login", json=body)).status_code == 429
    assert (await person.client.post(f"{API}/auth/login", json=body)).status_code == 200


async def test_forged_forwarding(shops: Shops) -> None:
    """Requirement 14: a hundred sign-ins with a rotating X-Forwarded-For are counted as one client's."""
    person = await shops.person()
    statuses = []
    for number in range(100):
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        body = {"email": person.email, "password": "wrong"}
        statuses.append((await person.client.post(f"{API}/auth/login", json=body, headers=headers)).status_code)
    assert statuses.count(401) == 11


async def test_a_network_is_one_address() -> None:
    """Requirement 14: who has a /64 of IPv6 has one address here; its neighbour has another."""
    windows = Windows(NOBODY_LISTENS)
    limiter = LoginLimiter(LIMIT.model_copy(update={"failures_per_address": 3}), windows)
    mails = MailLimiter(MailLimit(per_target=100, per_asker=3, window_seconds=900), windows)
    home = f"2001:db8:{uuid4().hex[:4]}"
    statuses = []
    for number in range(5):
        try:
            async with limiter.attempt(uuid4().hex, f"{home}:1::{number:x}"):
                raise InvalidCredentials
        except (InvalidCredentials, RateLimited) as error:
            statuses.append(error.status)
    assert statuses == [401] * 3 + [429] * 2
    for number in range(3):
        await mails.take("forgot", uuid4().hex, f"{home}:1::{number:x}")
    with pytest.raises(RateLimited):
        await mails.take("forgot", uuid4().hex, f"{home}:1::4")
    await mails.take("forgot", uuid4().hex, f"{home}:2::4")
    await windows.aclose()


async def test_refused_askers_fill_no_target() -> None:
    """Requirement 14: who has asked too often uses up no more of other people's mails."""
    windows, target = Windows(NOBODY_LISTENS), uuid4().hex
    mails = MailLimiter(MailLimit(per_target=1, per_asker=1, window_seconds=900), windows)
    await mails.take("forgot", uuid4().hex, "192.0.2.1")
    with pytest.raises(RateLimited):
        await mails.take("forgot", target, "192.0.2.1")
    await mails.take("forgot", target, "192.0.2.2")
    await windows.aclose()


class TestRefresh:
    """Requirement 14: POST /auth/refresh"""

    async def test_session(self, shops: Shops, settings: Settings) -> None:
        """Requirement 14: a session that refreshes without end is told to wait; it lives, and others are not concerned."""
        person = await shops.person()
        tokens = await signed_in(shops, person)
        token, other = tokens["refresh_token"], (await login(person)).json()["refresh_token"]
        for _ in range(settings.auth.refresh_limit.per_session):
            tokens = (await refresh(person, token)).json()
            token = tokens["refresh_token"]
        refused = await refresh(person, token)
        assert outcome(refused) == (429, "rate_limited")
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert (await me(person, tokens["access_token"])).status_code == 200
        assert (await refresh(person, other)).status_code == 200

    async def test_address(self, app: ModularApp, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """Requirement 14: tokens that are tried out are counted by the real address, also without Redis."""
        windows = Windows(NOBODY_LISTENS)
        limiter = RefreshLimiter(RefreshLimit(per_session=1, per_address=5, window_seconds=60), windows)
        monkeypatch.setattr(app.state.identity.refresh_limiter, "arrive", limiter.arrive)
        person, answers = await shops.person(), []
        for number in range(8):
            headers = {"X-Forwarded-For": f"203.0.113.{number}"}
            body = {"refresh_token": uuid4().hex}
            answers.append(await person.client.post(f"{API}/auth/refresh", json=body, headers=headers))
        assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 3
        await windows.aclose()

    async def test_one_trip(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """A refresh waits for Redis once."""
        person, storages = await shops.person(), []
        token = (await signed_in(shops, person))["refresh_token"]
        hit = FixedWindowRateLimiter.hit

        async def watched(limiter: FixedWindowRateLimiter, limit: RateLimitItem, key: str) -> bool:
            storages.append(type(limiter.storage))
            return await hit(limiter, limit, key)

        monkeypatch.setattr(FixedWindowRateLimiter, "hit", watched)
        assert (await refresh(person, token)).status_code == 200
        assert storages.count(RedisStorage) == 1
