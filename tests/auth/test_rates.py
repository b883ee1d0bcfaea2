"""Requirement 17: rates over HTTP: per tenant, person, key and class of route, by plan; who is full touches nobody else."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from unittest.mock import AsyncMock
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from app.auth.rates import RateLimiter
from app.config import Settings
from app.extensions.access import RouteClass, rule_of
from app.extensions.rate_leases import Leases
from app.extensions.rates import Bucket
from app.extensions.routing import API, ModularApp
from app.main import build_app
from tests.api.test_refusals import ORDER, Attempt
from tests.auth.test_api_keys import call, make
from tests.operators.desk import operator
from tests.operators.test_impersonation import act
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shop, Shops, product
from tests.support.statements import SENT

Owner = asyncpg.Connection
MORE = 45
"""Beyond every window of the plan `tight`, credits included."""


@pytest.fixture
def rates(app: ModularApp) -> RateLimiter:
    """The limiter of the app."""
    limiter: RateLimiter = app.state.runtime.rates
    return limiter


@pytest.fixture
async def tight(shops: Shops) -> Shop:
    """A tenant of a small plan: 40 reads of the tenant, 30 of a person, 12 writes of a person."""
    return await shops.shop(plan="tight")


async def ask(person: Person, times: int, path: str = "/products") -> list[int]:
    """The statuses of so many requests."""
    return [answer.status_code for answer in await answers_of(person, times, path)]


async def answers_of(person: Person, times: int, path: str = "/products") -> list[httpx.Response]:
    """What so many requests are answered."""
    return [await person.get(path) for _ in range(times)]


def last_refusal(answers: Sequence[httpx.Response]) -> httpx.Response:
    """Of a flood; a request that comes after it might pass again."""
    return [answer for answer in answers if answer.status_code == 429][-1]


def violated(answers: Sequence[httpx.Response]) -> list[str]:
    """What the last refusal names."""
    return list(last_refusal(answers).json()["details"]["violated-policies"])


def close(rates: RateLimiter, tenant: Shop, weight: RouteClass) -> None:
    """As if a tenant of the small plan had used up a window, whatever the time that a test takes."""
    bucket = rates.buckets.of(rates._scale("tight", weight).tenant, tenant.id)
    bucket.tokens = 0
    bucket.close(bucket.rate.quota, time.monotonic() + 100)


def code(answer: httpx.Response) -> str:
    """The code of a problem."""
    return str(answer.json()["details"]["code"])


class TestTold:
    """What answers say"""

    async def test_headers(self, tight: Shop) -> None:
        """Both windows by name, and the one that is fuller; a refusal of another kind tells the same."""
        answers = [await tight.viewer.get("/products"), await tight.viewer.get(f"/products/{uuid4()}")]
        for answer in answers:
            assert answer.headers["RateLimit-Policy"] == '"person-read";q=30;w=60, "tenant-read";q=40;w=60'
            name, left, seconds = answer.headers["RateLimit"].split(";")
            assert name == '"person-read"'
            assert 20 <= int(left.removeprefix("r=")) < 30
            assert 1 <= int(seconds.removeprefix("t=")) <= 60

    async def test_429(self, tight: Shop) -> None:
        """The problem and the headers name the window, and say when to come again."""
        answer = last_refusal(await answers_of(tight.viewer, MORE))
        problem = answer.json()["details"]
        assert (answer.status_code, problem["code"], problem["retryable"]) == (429, "rate_limited", True)
        assert problem["violated-policies"] == ["person-read"]
        assert answer.headers["RateLimit-Policy"] == '"person-read";q=30;w=60'
        assert answer.headers["RateLimit"] == f'"person-read";r=0;t={answer.headers["Retry-After"]}'
        assert 1 <= int(answer.headers["Retry-After"]) <= 60

    async def test_without_a_tenant(self, app: ModularApp, shops: Shops) -> None:
        """Who has chosen no tenant is counted as a person alone."""
        answer = await (await shops.person()).get("/tenants")
        assert answer.headers["RateLimit-Policy"] == '"person-read";q=1000000;w=60'

    async def test_document(self, app: ModularApp) -> None:
        """Every operation that is not open has 429 and the headers of it in the document."""
        document = app.openapi()
        shared, seen = document["components"]["responses"], 0
        for context in app.contexts():
            rule = None if context.endpoint is None else rule_of(context.endpoint)
            for method in context.methods or () if rule is not None and rule.entry != "open" else ():
                answers = document["paths"][context.path_format][method.lower()]["responses"]
                limited = answers["429"]["$ref"].rpartition("/")[2]
                assert {"RateLimit", "RateLimit-Policy", "Retry-After"} <= shared[limited]["headers"].keys()
                told = [answer["headers"] for status, answer in answers.items() if status.startswith("2")]
                assert all({"RateLimit", "RateLimit-Policy"} <= headers.keys() for headers in told)
                seen += 1
        assert seen > 50


class TestClasses:
    """Each class of routes has windows of its own"""

    async def test_apart(self, tight: Shop) -> None:
        """Whose reads are used up still writes, and whose writes are used up still reads."""
        assert 429 in await ask(tight.member, MORE)
        answers = [await tight.member.post("/products", json=product()) for _ in range(MORE)]
        assert (answers[0].status_code, answers[-1].status_code) == (201, 429)
        assert answers[-1].json()["details"]["violated-policies"] == ["person-write"]

    async def test_heavy(self, tight: Shop) -> None:
        """An export weighs what it weighs once, however many parts it has; the parts are reads."""
        answer = await tight.admin.get("/audit-log/export")
        assert answer.headers["RateLimit"].startswith('"person-heavy";')
        statuses = await ask(tight.admin, 12, "/audit-log/export")
        assert (statuses[0], statuses[-1]) == (200, 429)

    async def test_own_hand(self, tight: Shop) -> None:
        """What a person does in their own hand has a window of its own."""
        answer = await tight.admin.post("/api-keys", json={"name": "x", "scopes": []})
        assert '"person-auth";q=8;w=60' in answer.headers["RateLimit-Policy"]

    def test_declared(self, app: ModularApp) -> None:
        """Reads are what reads; whoever declares another class says so at the route."""
        found = {
            (method, rule.weighs(method))
            for context in app.contexts()
            if context.endpoint is not None and (rule := rule_of(context.endpoint)) is not None and rule.rate is None
            for method in context.methods or ()
        }
        assert {method for method, weight in found if weight is RouteClass.READ} == {"GET", "HEAD"}
        assert {method for method, weight in found if weight is RouteClass.WRITE} == {"POST", "PUT", "PATCH", "DELETE"}


class TestWho:
    """Whose window is whose"""

    async def test_a_full_tenant(self, shops: Shops, tight: Shop) -> None:
        """While one tenant is refused, another of the same plan gets every answer."""
        quiet = await shops.shop(plan="tight")

        async def loud() -> list[httpx.Response]:
            people = (tight.owner, tight.admin, tight.member, tight.viewer)
            return [answer for person in people for answer in await answers_of(person, MORE)]

        flood, served = await asyncio.gather(loud(), ask(quiet.viewer, 20))
        passed = [answer.status_code for answer in flood].count(200)
        assert 10 <= passed <= 40 + 8 + 10
        assert served == [200] * 20
        assert violated(flood) in (["tenant-read"], ["person-read"])

    async def test_one_person_is_not_the_tenant(self, tight: Shop) -> None:
        """A person who has used up their window leaves the tenant's others something."""
        assert 429 in await ask(tight.viewer, MORE)
        assert (await tight.admin.get("/products")).status_code == 200

    async def test_elsewhere(self, shops: Shops, tight: Shop) -> None:
        """A person's window in one tenant is not that in another."""
        other = await shops.shop(plan="tight")
        await shops.join(tight.viewer.user_id, other.id, "viewer")
        assert 429 in await ask(tight.viewer, MORE)
        answer = await tight.viewer.get("/products", headers={"X-Tenant-ID": str(other.id)})
        assert answer.status_code == 200

    async def test_sessions_are_one_person(self, tight: Shop, app: ModularApp, owner: Owner) -> None:
        """A second session of a person opens no second window."""
        assert 429 in await ask(tight.viewer, MORE)
        session_id = uuid4()
        await owner.execute(
            "INSERT INTO sessions (id, user_id, transport, created_at, refreshed_at)"
            " VALUES ($1, $2, 'body', now(), now())",
            session_id,
            tight.viewer.user_id,
        )
        second = replace(tight.viewer, token=app.state.identity.tokens.access_token(tight.viewer.user_id, session_id))
        assert (await ask(second, 10)).count(200) <= 3  # what flows back meanwhile, of thirty

    async def test_keys(self, client: httpx.AsyncClient, tight: Shop) -> None:
        """Two keys have two windows and one tenant: together they get what the tenant has."""
        secrets = [(await make(tight.admin))["secret"] for _ in range(3)]
        answers = [await call(client, secret) for secret in secrets for _ in range(MORE)]
        assert sum(answer.status_code == 200 for answer in answers) <= 40 + 8 + 10
        assert violated(answers)[0] in {"tenant-read", "api-key-read"}

    async def test_impersonation(self, shops: Shops, owner: Owner, rates: RateLimiter) -> None:
        """An operator gets into a tenant that is full, and whom they act as is not full for it."""
        shop, staff = await shops.shop(plan="tight"), await operator(shops, owner)
        acting, _ = await act(staff, shop, shop.viewer)
        close(rates, shop, RouteClass.READ)
        assert (await shop.viewer.get("/products")).status_code == 429
        answer = await acting.get("/products")
        assert answer.status_code == 200
        assert answer.headers["RateLimit-Policy"].startswith('"person-read";q=1000000')

    async def test_owner(self, shops: Shops, owner: Owner, rates: RateLimiter) -> None:
        """Free tenants are no free shares: two tenants of one owner have one and a half windows together."""
        one, other = await shops.shop(plan="tight"), await shops.shop(plan="tight")
        await owner.execute(
            "UPDATE memberships SET joined_at = '2020-01-01' WHERE tenant_id = $1 AND user_id = $2",
            one.id,
            one.owner.user_id,
        )
        await owner.execute("DELETE FROM memberships WHERE tenant_id = $1 AND roles = '{owner}'", other.id)
        await shops.join(one.owner.user_id, other.id, "owner")
        for shop in (one, other):
            await known_owner(rates, shop.id)
        floods = [[*await answers_of(shop.admin, MORE), *await answers_of(shop.member, MORE)] for shop in (one, other)]
        counts = [[answer.status_code for answer in flood].count(200) for flood in floods]
        assert counts[0] >= 30
        assert sum(counts) <= 60 + 2 * 8 + 15
        assert counts[1] < counts[0]
        assert violated(floods[1]) == ["owner-read"]


async def known_owner(rates: RateLimiter, tenant_id: UUID) -> None:
    """Until the limiter knows whose the tenant is, which it finds out in the background."""
    rates._owners.of(tenant_id)
    assert rates._owners._finding is not None
    await rates._owners._finding
    assert rates._owners.of(tenant_id) is not None


class TestPlans:
    """What a plan allows"""

    async def test_takes_effect(self, tight: Shop, owner: Owner) -> None:
        """Another plan holds at the next request, and within a second for whoever was just refused; upward and downward."""
        assert 429 in await ask(tight.viewer, MORE)
        await owner.execute("UPDATE tenants SET plan = 'standard' WHERE id = $1", tight.id)
        assert (await tight.viewer.get("/products/summary")).status_code == 200
        answer, deadline = await tight.viewer.get("/products"), time.monotonic() + 10
        while answer.status_code == 429 and time.monotonic() < deadline:
            answer = await tight.viewer.get("/products")
        assert (answer.status_code, '"tenant-read";q=1000000' in answer.headers["RateLimit-Policy"]) == (200, True)
        await owner.execute("UPDATE tenants SET plan = 'tight' WHERE id = $1", tight.id)
        assert 429 in await ask(tight.viewer, MORE)

    async def test_unknown_plan(self, shops: Shops) -> None:
        """A plan that the settings do not know has what every plan has, never no limit."""
        shop = await shops.shop(plan="lost")
        answer = await shop.viewer.get("/me")
        assert '"tenant-read";q=1000000;w=60' in answer.headers["RateLimit-Policy"]


class TestOrder:
    """Where 429 stands among the refusals"""

    @pytest.fixture
    async def attempt(self, shops: Shops, owner: Owner, rates: RateLimiter) -> Attempt:
        """A good request of a tenant whose windows are used up."""
        shop = await shops.shop(plan="tight")
        created = await shop.owner.post("/products", json=product())
        close(rates, shop, RouteClass.WRITE)
        return Attempt(shop, owner, created.json()["id"])

    @pytest.mark.parametrize("row", ORDER)
    async def test_order(self, client: httpx.AsyncClient, attempt: Attempt, row: str) -> None:
        """After the static rule, before the body's JSON: what comes earlier is refused as ever, what comes later is 429."""
        status, expected, fault = ORDER[row]
        rows = list(ORDER)
        await fault(attempt)
        answer = await attempt.send(client)
        later = rows.index(row) > rows.index("rule")
        assert (answer.status_code, code(answer)) == ((429, "rate_limited") if later else (status, expected))


class TestCost:
    """What a limit costs, and what it does not wait for"""

    async def test_a_flood_asks_nobody(self, shops: Shops, rates: RateLimiter) -> None:
        """Who was just refused is refused again without a connection; another route, tenant or session is judged in full."""
        shop = await shops.shop(plan="tight")
        close(rates, shop, RouteClass.READ)
        assert await ask(shop.viewer, 1) == [429]
        SENT.clear()
        answer = await shop.viewer.get("/products")
        assert (answer.status_code, SENT) == (429, [])
        assert answer.json()["details"]["violated-policies"] == ["tenant-read"]
        assert (await shop.viewer.get("/members")).status_code == 429
        assert len(SENT) > 0
        assert (await shop.viewer.get("/products", headers={"X-Tenant-ID": str(uuid4())})).status_code == 404

    async def test_no_trip(self, shops: Shops, rates: RateLimiter, monkeypatch: pytest.MonkeyPatch) -> None:
        """A normal request makes no trip to Redis: hundreds of a tenant make none at all, of a busy one a few."""
        shop = await shops.shop()
        trip = AsyncMock(side_effect=rates.leases._trip)
        monkeypatch.setattr(rates.leases, "_trip", trip)
        assert await ask(shop.viewer, 100) == [200] * 100
        assert trip.await_count == 0

    async def test_many_at_once(
        self, settings: Settings, clock: MovableClock, shops: Shops, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Fifty writes at once, from cold and before Redis has said anything, find the window as empty as it is."""
        shop, trip, answered = await shops.shop(), Leases._trip, asyncio.Event()

        async def late(leases: Leases, batch: Sequence[Bucket]) -> list[int]:
            await answered.wait()
            return await trip(leases, batch)

        monkeypatch.setattr(Leases, "_trip", late)
        monkeypatch.setattr("app.auth.rates.Leases", partial(Leases, timeout_seconds=30))
        async with serving(rated(settings, write=900), clock) as client:
            asking = [client.post(f"{API}/products", json=product(), headers=shop.member.headers) for _ in range(50)]
            answers = await asyncio.gather(*asking)
            answered.set()
        assert [answer.status_code for answer in answers] == [201] * 50

    async def test_redis_away(self, settings: Settings, clock: MovableClock, shops: Shops) -> None:
        """Without Redis this process allows its share, a quarter; never everything, never an error."""
        shop = await shops.shop(plan="tight")
        lost = settings.model_copy(update={"redis": settings.redis.model_copy(update={"url": "redis://127.0.0.1:1/0"})})
        async with serving(lost, clock) as client:
            headers = shop.viewer.headers
            answers = [await client.get(f"{API}/products", headers=headers) for _ in range(MORE)]
        statuses = [answer.status_code for answer in answers]
        assert set(statuses) == {200, 429}
        assert 7 <= statuses.count(200) <= 30 // 4 + 8 + 5

    async def test_not_written_each(
        self, app: ModularApp, tight: Shop, owner: Owner, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A flood writes nothing of its own into the tenant's audit log; it is counted, by minute and in the metrics.

        The process's log says it at most once a minute beside the access log, whose lines are of all requests.
        """
        await app.state.runtime.refusals.flush()
        caplog.set_level("INFO", "app.auth.refusals")
        refused = (await ask(tight.viewer, 2 * MORE)).count(429)
        await app.state.runtime.refusals.flush()
        mine = await owner.fetchval("SELECT count(*) FROM audit_entries WHERE tenant_id = $1", tight.id)
        rows = await owner.fetch(
            "SELECT after FROM audit_entries WHERE action = 'auth.access.refused' AND after::text LIKE '%rate_limited%'"
        )
        assert (mine, len(rows) >= 1) == (0, True)
        assert refused > 1 >= len([line for line in caplog.records if line.message == "refused"])
        assert app.state.runtime.rates.refused["person", "read"] >= refused

    async def test_metrics(self, app: ModularApp, tight: Shop) -> None:
        """Counted by kind of window and class of route; no label is a tenant's."""
        await ask(tight.viewer, MORE)
        families = {family.name: family for family in app.state.runtime.metrics.collect()}
        samples = families["atrium_rate_refused"].samples
        assert {"person", "read"} in [set(sample.labels.values()) for sample in samples]
        assert "atrium_rate_trips" in families
        assert families["atrium_rate_windows"].samples[0].value > 0


def rated(settings: Settings, **rates: int) -> Settings:
    """With rates of a tenant and of a person as the test says."""
    table = settings.rates.person.model_copy(update=rates)
    return settings.model_copy(update={"rates": settings.rates.model_copy(update={"tenant": table, "person": table})})


@asynccontextmanager
async def serving(settings: Settings, clock: MovableClock) -> AsyncIterator[httpx.AsyncClient]:
    """Another app of the same database, and a client of it."""
    built = build_app(settings, clock=clock)
    transport = httpx.ASGITransport(built, raise_app_exceptions=False)
    async with (
        built.router.lifespan_context(built),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        yield client
