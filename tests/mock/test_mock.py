"""The mock for front ends: real envelopes over resources in memory, misbehaving on demand, and not in production."""

import re
import time
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.config import Settings
from app.exceptions import AppError, RateLimited, catalogue
from app.extensions.rates import Bucket, Rate
from app.extensions.routing import ModularApp
from app.main import build_app
from app.mock.schemas import MockItem
from app.mock.services import MAX_BYTES, MAX_ITEMS, MockStore
from app.utils.ids import uuid7

API = "/api/v1"
PLACEHOLDERS = {"id", "version", "created_at", "updated_at"}


@pytest.fixture
def url() -> str:
    """A collection that no other test knows."""
    return f"{API}/mock/t{uuid4().hex}"


async def made(client: httpx.AsyncClient, url: str, **fields: Any) -> dict[str, Any]:
    """A resource."""
    answer = await client.post(url, json=fields)
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    return created


class TestWrites:
    """POST, PATCH and DELETE"""

    async def test_create(self, client: httpx.AsyncClient, url: str) -> None:
        """Without a token: 201 with the fields, what the platform adds, ETag and Location, which leads to it."""
        answer = await client.post(url, json={"number": "42", "lines": [{"total": 1}], "note": None})
        body = answer.json()
        assert answer.status_code == 201
        assert answer.headers["ETag"] == '"1"'
        assert answer.headers["Location"] == f"{url}/{body['id']}"
        assert {name: body[name] for name in body.keys() - PLACEHOLDERS} == {
            "number": "42",
            "lines": [{"total": 1}],
            "note": None,
        }
        again = await client.get(answer.headers["Location"])
        assert (again.json(), again.headers["ETag"]) == (body, '"1"')
        unchanged = await client.get(answer.headers["Location"], headers={"If-None-Match": '"1"'})
        assert unchanged.status_code == 304

    async def test_change(self, client: httpx.AsyncClient, url: str) -> None:
        """A merge patch under If-Match: 428 without, 412 when stale, 404 once it is deleted."""
        item = await made(client, url, number="42", note="x")
        place, seen = f"{url}/{item['id']}", {"If-Match": '"1"'}
        assert (await client.patch(place, json={"note": None})).status_code == 428
        changed = await client.patch(place, json={"note": None}, headers=seen)
        assert changed.json() == {**item, "note": None, "version": 2, "updated_at": changed.json()["updated_at"]}
        assert (await client.patch(place, json={}, headers=seen)).status_code == 412
        assert (await client.delete(place, headers=seen)).status_code == 412
        assert (await client.delete(place, headers={"If-Match": "*"})).json()["status"] is True
        assert (await client.get(place)).status_code == 404

    @pytest.mark.parametrize("body", [b"[]", b"7", b"null", b'{"id": 1}', b'{"version": 9}'])
    async def test_refused(self, client: httpx.AsyncClient, url: str, body: bytes) -> None:
        """Only objects, and none that sets what the server sets."""
        answer = await client.post(url, content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["details"]["code"]) == (422, "validation_failed")

    async def test_too_large(self, client: httpx.AsyncClient, url: str) -> None:
        """A resource is small, also when patches add up."""
        half = "x" * (MAX_BYTES // 2)
        assert (await client.post(url, json={"a": half, "b": half})).status_code == 413
        item = await made(client, url, a=half)
        answer = await client.patch(f"{url}/{item['id']}", json={"b": half}, headers={"If-Match": "*"})
        assert answer.status_code == 413


class TestList:
    """GET of a collection"""

    async def test_pages(self, client: httpx.AsyncClient, url: str) -> None:
        """Oldest first, page by page, with the Link; the cursor is of this collection only."""
        items = [await made(client, url, number=number) for number in range(5)]
        first = await client.get(url, params={"limit": 3})
        assert first.json()["data"] == items[:3]
        assert first.json()["has_more"] is True
        following = first.headers["Link"].split(">")[0][1:]
        assert (await client.get(following)).json() == {"data": items[3:], "has_more": False, "next_cursor": None}
        stolen = {"cursor": first.json()["next_cursor"]}
        assert (await client.get(f"{API}/mock/others", params=stolen)).status_code == 400
        assert (await client.get(url, params={"colour": "red"})).status_code == 422

    async def test_tenants(self, client: httpx.AsyncClient, url: str) -> None:
        """X-Tenant-ID selects, with a token or without; each tenant has its own, and a malformed one is refused."""
        item = await made(client, url)
        headers = {"X-Tenant-ID": "acme", "Authorization": "Bearer nonsense"}
        assert (await client.get(url, headers=headers)).json()["data"] == []
        assert (await client.get(f"{url}/{item['id']}", headers=headers)).status_code == 404
        answer = await client.get(url, headers={"X-Tenant-ID": "Not A Tenant"})
        assert answer.json()["details"]["code"] == "tenant_invalid"

    def test_bounded(self) -> None:
        """The oldest makes room."""
        store, now = MockStore(), "2026-01-01T00:00:00Z"
        for _ in range(MAX_ITEMS + 10):
            item = MockItem.model_validate({"id": uuid7(), "version": 1, "created_at": now, "updated_at": now})
            store.put(("", "things", item.id), item)
        assert len(list(store.of("", "things"))) == MAX_ITEMS


class TestSimulate:
    """The switch"""

    @pytest.mark.parametrize("code", sorted(catalogue()))
    async def test_codes(self, client: httpx.AsyncClient, url: str, code: str) -> None:
        """Every code of the catalogue: its own status, problem and headers."""
        kind = catalogue()[code]
        answer = await client.get(url, params={"simulate": f"error:{code}"})
        problem = answer.json()["details"]
        assert (answer.status_code, problem["code"], problem["title"]) == (kind.status, code, kind.title)
        assert {name.lower() for name in kind("x").headers} <= answer.headers.keys()

    @pytest.mark.parametrize("switch", ["error:rate_limited", "error:429"])
    async def test_rate_limited(self, client: httpx.AsyncClient, url: str, switch: str) -> None:
        """A simulated 429 says what a real one says of the limit, and when to come again."""
        window = Bucket(Rate.of("person-read", 1, 60, 1), (uuid4(),))
        window.close(window.rate.quota, 30.0)
        real = RateLimited(retry_after=window.wait(1.0), quota=window.closed_by)
        answer = await client.get(url, params={"simulate": switch})
        assert {"Retry-After", "RateLimit", "RateLimit-Policy"} == real.headers.keys()
        told = {name: shape(answer.headers[name]) for name in real.headers}
        assert told == {name: shape(value) for name, value in real.headers.items()}
        assert 0 < int(answer.headers["Retry-After"]) <= 60

    async def test_method_not_allowed(self, client: httpx.AsyncClient, url: str) -> None:
        """A simulated 405 has the header that every 405 has (RFC 9110, 15.5.6)."""
        assert "Allow" in (await client.get(url, params={"simulate": "error:405"})).headers

    @pytest.mark.parametrize("status", sorted({kind.status for kind in AppError.__subclasses__()}))
    async def test_statuses(self, client: httpx.AsyncClient, url: str, status: int) -> None:
        """Every status that a code has."""
        assert (await client.get(url, params={"simulate": f"error:{status}"})).status_code == status

    async def test_form(self, client: httpx.AsyncClient, url: str) -> None:
        """A simulated validation error points at every field that was sent, and nothing is written."""
        answer = await client.post(f"{url}?simulate=error:validation_failed", json={"name": "", "total": 1})
        pointers = [fault["pointer"] for fault in answer.json()["details"]["errors"]]
        assert pointers == ["/name", "/total"]
        assert (await client.get(url)).json()["data"] == []

    async def test_delay(self, client: httpx.AsyncClient, url: str) -> None:
        """It waits, and holds no connection meanwhile; parts are done from left to right."""
        began = time.monotonic()
        assert (await client.get(url, params={"simulate": "delay:150,error:503"})).status_code == 503
        assert time.monotonic() - began >= 0.15

    async def test_flaky(self, client: httpx.AsyncClient, url: str) -> None:
        """A share of requests: none, all, or some of them."""
        seen = {share: await statuses(client, url, f"flaky:{share}") for share in ("0", "1", "0.5")}
        assert seen == {"0": {200}, "1": {503}, "0.5": {200, 503}}

    @pytest.mark.parametrize(
        "switch", ["slow", "delay:-1", "delay:30001", "delay:x", "error:799", "error:nonsense", "flaky:2", "flaky:nan"]
    )
    async def test_misunderstood(self, client: httpx.AsyncClient, url: str, switch: str) -> None:
        """A switch that is not understood is 422 and says how to write it."""
        answer = await client.get(url, params={"simulate": switch})
        (fault,) = answer.json()["details"]["errors"]
        assert (answer.status_code, fault["parameter"]) == (422, "simulate")

    async def test_real_routes(self, client: httpx.AsyncClient) -> None:
        """Real routes know no such switch."""
        answer = await client.get("/health/live", params={"simulate": "error:503"})
        assert answer.json()["details"]["errors"][0]["code"] == "unknown_parameter"


def shape(value: str) -> str:
    """A header without its numbers and its limit's name."""
    return re.sub(r'"[a-z-]+"', "name", re.sub(r"[0-9]+", "n", value))


async def statuses(client: httpx.AsyncClient, url: str, switch: str) -> set[int]:
    """What forty requests answer."""
    return {(await client.get(url, params={"simulate": switch})).status_code for _ in range(40)}


class TestProduction:
    """Nothing of it"""

    async def test_absent(self, app: ModularApp, settings: Settings) -> None:
        """No route, no operation and no store in production; in development the document has all five."""
        assert len([path for path in app.openapi()["paths"] if "/mock/" in path]) == 2
        built = build_app(settings.model_copy(update={"env": "production"}))
        assert not [context.path for context in built.contexts() if "mock" in (context.path or "")]
        assert "mock" not in str(built.openapi()).lower()
        assert not hasattr(built.state, "mock")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(built), base_url="http://testserver") as http:
            assert (await http.get(f"{API}/mock/things")).status_code == 404
