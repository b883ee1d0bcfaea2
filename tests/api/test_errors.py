"""Errors and headers as clients see them."""

from uuid import UUID, uuid4

import httpx
import pytest

from app.exceptions import catalogue
from tests.support.answers import comparable
from tests.support.contract import SECURITY
from tests.support.shops import API, Shop, Shops, product

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

MEMBERS = {"type", "title", "status", "detail", "instance", "code", "request_id", "retryable", "errors"}
ORIGIN = "http://localhost:5173"
PROBLEM = "application/problem+json"
NOBODY = "00000000-0000-7000-8000-000000000009"


async def made(shop: Shop) -> dict[str, str]:
    """A product of the shop."""
    created: dict[str, str] = (await shop.member.post("/products", json=product())).json()
    return created


class TestEnvelope:
    """One problem, two envelopes"""

    @pytest.mark.parametrize(
        ("accept", "plain"),
        [(None, False), ("*/*", False), ("application/json", False), (PROBLEM, True), ("application/*", False),
         (f"{PROBLEM}, application/json", False), (f"{PROBLEM}, application/json;q=0.9", True),
         (f"{PROBLEM};q=0.5, application/json;q=0.4", True), (f"{PROBLEM};q=0.5, application/json", False),
         (f"{PROBLEM};q=0", False), (f"{PROBLEM}; q=1, */*;q=0.1", True), ("APPLICATION/PROBLEM+JSON", True),
         (f"{PROBLEM};q=nonsense", False), (f"{PROBLEM};q=nan", False), (";;,,=", False), ("text/html", False)],
    )  # fmt: skip
    async def test_negotiation(self, client: httpx.AsyncClient, accept: str | None, plain: bool) -> None:
        """The bare problem only for who prefers it to JSON; the front end's envelope for everybody else."""
        answer = await client.get(f"{API}/me", headers={} if accept is None else {"Accept": accept})
        assert answer.headers["Content-Type"] == (PROBLEM if plain else "application/json")
        body = answer.json()
        problem = body if plain else body["details"]
        assert set(problem) == MEMBERS
        assert plain or (body["status"], body["msg"], set(body)) == (
            False,
            problem["detail"],
            {"status", "msg", "details"},
        )

    async def test_members(self, client: httpx.AsyncClient) -> None:
        """The problem names itself, its request and its page."""
        answer = await client.get(f"{API}/me", headers={"Accept": PROBLEM})
        problem = answer.json()
        request_id = answer.headers["X-Request-ID"]
        assert (problem["status"], problem["code"], problem["retryable"]) == (401, "unauthenticated", False)
        assert (problem["request_id"], problem["instance"]) == (request_id, f"urn:uuid:{request_id}")
        assert problem["type"] == "/problems/unauthenticated"
        assert (await client.get(problem["type"])).status_code == 200

    async def test_decision(self, shops: Shops) -> None:
        """A 403 by a rule says which one, and what is missing."""
        answer = await (await shops.shop()).viewer.post("/products", json=product())
        decision = answer.json()["details"]["decision"]
        assert decision["missing"] == ["catalog.products:write"]
        assert (decision["allowed"], decision["rule"]) == (False, "permission")

    @pytest.mark.parametrize("code", sorted(catalogue()))
    async def test_pages(self, client: httpx.AsyncClient, code: str) -> None:
        """Every code of the catalogue has its page."""
        page = await client.get(f"/problems/{code}")
        assert page.status_code == 200
        assert code in page.text

    async def test_unknown_page(self, client: httpx.AsyncClient) -> None:
        """An unknown code has none, and is not written into one."""
        page = await client.get("/problems/<script>alert(1)</script>")
        assert page.status_code == 404
        assert "script" not in page.text


class TestRequestId:
    """Requirement 17: X-Request-ID"""

    async def test_fresh_and_ours(self, client: httpx.AsyncClient) -> None:
        """Each answer has its own, a UUIDv7; what an unconfigured client sends is not taken over."""
        sent = str(uuid4())
        answers = [
            await client.get(path, headers={"X-Request-ID": sent}) for path in ("/health/live", f"{API}/me", "/x")
        ]
        found = {answer.headers["X-Request-ID"] for answer in answers}
        assert len(found) == 3
        assert sent not in found
        assert all(UUID(text).version == 7 for text in found)
        assert sent not in "".join(answer.text for answer in answers)


class TestNotFound:
    """404 and 405"""

    async def test_anonymous(self, client: httpx.AsyncClient) -> None:
        """An unknown path is 404 for everybody, a wrong method 405: routes are no secret."""
        assert (await client.get(f"{API}/nothing")).status_code == 404
        assert (await client.put(f"{API}/me")).status_code == 405

    async def test_foreign_is_as_random(self, shops: Shops) -> None:
        """Requirement 16: another tenant's object and one that does not exist: one answer, for every verb."""
        shop, other = await shops.shop(), await shops.shop()
        foreign, random = (await made(other))["id"], str(uuid4())
        calls = [
            ("GET", "/products/{}", None),
            ("PATCH", "/products/{}", {"price": 1}),
            ("POST", "/products/{}/archive", None),
        ]
        for method, path, sent in calls:
            answers = [await shop.owner.call(method, path.format(key), json=sent) for key in (foreign, random)]
            assert answers[0].status_code == 404
            assert comparable(answers[0]) == comparable(answers[1])

    async def test_foreign_member_is_as_random(self, shops: Shops) -> None:
        """Requirement 16: so are people of another tenant."""
        shop, other = await shops.shop(), await shops.shop()
        for method, sent in (("GET", None), ("PATCH", {"roles": ["viewer"]}), ("DELETE", None)):
            keys = (other.viewer.user_id, uuid4())
            answers = [await shop.owner.call(method, f"/members/{key}", json=sent) for key in keys]
            assert answers[0].status_code == 404
            assert comparable(answers[0]) == comparable(answers[1])

    @pytest.mark.parametrize(
        ("method", "path", "allowed"),
        [("DELETE", "/products", "GET, POST"), ("PUT", f"/products/{NOBODY}", "GET, PATCH"), ("GET", "/auth/login", "POST"),
         ("POST", f"/members/{NOBODY}", "DELETE, GET, PATCH"), ("PUT", "/tenants", "GET, POST"), ("POST", "/me", "DELETE, GET, PATCH"),
         ("TRACE", "/me", "DELETE, GET, PATCH"), ("GET", f"/products/{NOBODY}/archive", "POST")],
    )  # fmt: skip
    async def test_allow(self, client: httpx.AsyncClient, method: str, path: str, allowed: str) -> None:
        """405 names every method that the path answers."""
        answer = await client.request(method, API + path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
        assert answer.json()["details"]["code"] == "method_not_allowed"

    @pytest.mark.parametrize("path", ["/products/", "//products", "/Products", "/products/summary/", "/me/", "/auth"])
    async def test_no_redirect(self, shops: Shops, path: str) -> None:
        """A slash too many is no other name of a path, and redirects nowhere."""
        answer = await (await shops.shop()).viewer.get(path)
        assert answer.status_code in {404, 422}
        assert "Location" not in answer.headers


class TestHeaders:
    """Headers of every answer"""

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [("GET", "/health/live", 200), ("GET", "/docs", 200), ("GET", "/docs/assets/swagger-ui.css", 200), ("GET", "/x", 404),
         ("GET", f"{API}/openapi.json", 200), ("GET", f"{API}/me", 401), ("PUT", f"{API}/me", 405),
         ("GET", "/problems/not_found", 200), ("POST", f"{API}/auth/login", 400), ("GET", "/" + "x" * 9000, 414)],
    )  # fmt: skip
    async def test_security(self, client: httpx.AsyncClient, method: str, path: str, status: int) -> None:
        """Requirement 33: success, refusal, page and file: each carries the security headers once."""
        answer = await client.request(method, path)
        assert answer.status_code == status
        assert {name: answer.headers.get_list(name) for name in SECURITY} == {
            name: [text] for name, text in SECURITY.items()
        }
        assert "default-src" in answer.headers["Content-Security-Policy"]
        assert UUID(answer.headers["X-Request-ID"]).version == 7

    async def test_caching(self, shops: Shops, client: httpx.AsyncClient) -> None:
        """Requirement 17: resources are private, sign-in and errors are not stored, and all vary by who asks and from which site."""
        shop = await shops.shop()
        cases = [(await shop.viewer.get("/products"), "private, no-cache"), (await client.get(f"{API}/me"), "no-store")]
        cases += [(await client.post(f"{API}/auth/login", json={"email": "a@b.example", "password": "x"}), "no-store")]
        cases += [(await client.get(f"{API}/me", headers={"Origin": ORIGIN}), "no-store")]
        for answer, expected in cases:
            assert answer.headers["Cache-Control"] == expected
            assert answer.headers.get_list("Vary") == ["Authorization, X-Tenant-ID, Accept, Origin"]

    @pytest.mark.parametrize("origin", [ORIGIN, "http://127.0.0.1:3000"])
    async def test_preflight(self, client: httpx.AsyncClient, origin: str) -> None:
        """Requirement 34: a listed origin may ask with credentials and all our headers."""
        wanted = "authorization,content-type,x-tenant-id,if-match,idempotency-key,x-csrf-token,last-event-id"
        asked = {"Origin": origin, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": wanted}
        answer = await client.options(f"{API}/products", headers=asked)
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert answer.headers["Access-Control-Max-Age"] == "600"

    @pytest.mark.parametrize(
        "origin", ["null", "http://evil.example", "http://localhost:5174", "https://localhost:5173"]
    )
    async def test_unlisted_origin(self, client: httpx.AsyncClient, origin: str) -> None:
        """Requirement 34: any other origin is given nothing, in a preflight or in an answer."""
        asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        for answer in (
            await client.options(f"{API}/me", headers=asked),
            await client.get("/health/live", headers=asked),
        ):
            assert "Access-Control-Allow-Origin" not in answer.headers

    async def test_exposed(self, client: httpx.AsyncClient) -> None:
        """A listed origin's script reads our headers, on errors too."""
        answer = await client.get(f"{API}/me", headers={"Origin": ORIGIN})
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert {"ETag", "Retry-After", "X-Request-ID"} <= set(
            answer.headers["Access-Control-Expose-Headers"].split(", ")
        )


class TestConditional:
    """Requirement 17: ETag, If-None-Match, If-Match"""

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            ('"1"', 304),
            ('W/"1"', 304),
            ("*", 304),
            ('"7", "1"', 304),
            ('"2"', 200),
            ("1", 200),
            ('"01"', 200),
            ("", 200),
        ],
    )
    async def test_if_none_match(self, shops: Shops, sent: str, status: int) -> None:
        """Who has this version already is told so without a body."""
        shop = await shops.shop()
        answer = await shop.viewer.get(f"/products/{(await made(shop))['id']}", headers={"If-None-Match": sent})
        assert (answer.status_code, answer.headers["ETag"]) == (status, '"1"')
        assert (answer.content == b"") == (status == 304)

    @pytest.mark.parametrize(
        ("sent", "status", "code"),
        [(None, 428, "precondition_required"), ('"2"', 412, "precondition_failed"), ('W/"1"', 412, "precondition_failed"),
         ('"1", "2"', 412, "precondition_failed"), ("1", 412, "precondition_failed"), ('"01"', 412, "precondition_failed"),
         ("", 412, "precondition_failed"), ('"' + "9" * 5000 + '"', 412, "precondition_failed"),
         ('"0"', 412, "precondition_failed"), ("*, *", 412, "precondition_failed")],
    )  # fmt: skip
    async def test_if_match_refused(self, shops: Shops, sent: str | None, status: int, code: str) -> None:
        """A change by who has not seen this version is refused and changes nothing."""
        shop = await shops.shop()
        created = await made(shop)
        path = f"/products/{created['id']}"
        answer = await shop.member.patch(path, json={"price": 1}, headers={"If-Match": sent})
        assert (answer.status_code, answer.json()["details"]["code"]) == (status, code)
        assert (await shop.viewer.get(path)).json() == created

    @pytest.mark.parametrize("sent", ['"1"', "*", ' "1" '])
    async def test_if_match(self, shops: Shops, sent: str) -> None:
        """Who has seen it may change it, and gets the new ETag."""
        shop = await shops.shop()
        path = f"/products/{(await made(shop))['id']}"
        answer = await shop.member.patch(path, json={"price": 1}, headers={"If-Match": sent})
        assert (answer.status_code, answer.headers["ETag"], answer.json()["version"]) == (200, '"2"', 2)

    async def test_twice(self, shops: Shops, client: httpx.AsyncClient) -> None:
        """Two If-Match headers are refused before anything is looked at."""
        headers = [("If-Match", '"1"'), ("If-Match", '"2"')]
        answer = await client.patch(f"{API}/products/{uuid4()}", headers=headers)
        assert (answer.status_code, answer.json()["details"]["code"]) == (400, "bad_header")
