"""Whatever comes in: the documented refusal, nothing stored, nothing echoed, and never a fault of ours."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import httpx
import pytest

from tests.support.shops import API, Shop, Shops, product

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
CANARY = "zq7canary"
MAX = 2**53 - 1


def body(**raw: str) -> bytes:
    """A product's JSON with some values written as they stand; the canary is in the name."""
    values = {name: json.dumps(value) for name, value in product(name=CANARY).items()}
    return ("{" + ", ".join(f'"{name}": {text}' for name, text in {**values, **raw}.items()) + "}").encode()


UNREADABLE: dict[str, bytes] = {
    "nothing": b"",
    "blank": b"  ",
    "lone surrogate": body(name='"zq7canary \\ud800"'),
    "lone low surrogate": body(name='"zq7canary \\udc00x"'),
    "surrogate in a key": body(**{"\\ud800zq7canary": "1"}),
    "raw surrogate": body().replace(CANARY.encode(), CANARY.encode() + b"\xed\xa0\x80"),
    "NaN": body(price="NaN"),
    "Infinity": body(price="Infinity"),
    "minus Infinity": body(price="-Infinity"),
    "1e999": body(price="1e999"),
    "minus 1e999": body(price="-1e999"),
    "5,000 digits": body(price="9" * 5000),
    "5,000 digits behind the point": body(price="1." + "9" * 5000),
    "100,000 deep lists": body(name="[" * 100_000 + "]" * 100_000),
    "100,000 deep objects": b'{"zq7canary":' * 70_000 + b"1" + b"}" * 70_000,
    "100,000 deep, unclosed": b"[" * 100_000,
    "65 deep": body(name="[" * 64 + "]" * 64),
    "UTF-16": body().decode().encode("utf-16"),
    "UTF-16 without BOM": body().decode().encode("utf-16-le"),
    "UTF-32": body().decode().encode("utf-32"),
    "BOM": b"\xef\xbb\xbf" + body(),
    "latin-1": body(name='"zq7canary \u00e4"').decode().encode("latin-1"),
    "binary": bytes(range(256)) * 4,
    "gzip magic": b"\x1f\x8b\x08\x00" + b"\x00" * 100,
    "duplicate keys": body()[:-1] + b', "name": "zq7canary"}',
    "duplicate nested keys": body(name='{"a": 1, "a": 2}'),
    "trailing data": body() + b"{}",
    "trailing comma": body()[:-1] + b",}",
    "comment": b"/* zq7canary */" + body(),
    "single quotes": body().replace(b'"', b"'"),
    "raw control character": body(name='"zq7canary\n"'),
    "raw NUL behind": body() + b"\x00",
    "leading zero": body(price="0450"),
    "hexadecimal": body(price="0x1"),
    "half": body()[:40],
    "form": b"name=zq7canary&price=1",
}
INVALID: dict[str, tuple[bytes, str]] = {
    "NUL": (body(name='"zq7canary \\u0000"'), "/name"),
    "NUL in a key": (body(**{"zq7\\u0000": "1"}), ""),
    "2^63": (body(price=str(2**63)), "/price"),
    "2^53": (body(price=str(2**53)), "/price"),
    "40 digits": (body(price="9" * 40), "/price"),
    "minus one": (body(price="-1"), "/price"),
    "true": (body(price="true"), "/price"),
    "1.0": (body(price="1.0"), "/price"),
    "1e2": (body(price="1e2"), "/price"),
    "minus 0.0": (body(price="-0.0"), "/price"),
    "text for a number": (body(price='"1"'), "/price"),
    "null for a number": (body(price="null"), "/price"),
    "list for a number": (body(price="[1]"), "/price"),
    "stock true": (body(stock="true"), "/stock"),
    "number for text": (body(name="1"), "/name"),
    "object for text": (body(name='{"zq7canary": 1}'), "/name"),
    "empty text": (body(name='""'), "/name"),
    "blank text": (body(name='"  "'), "/name"),
    "long text": (body(name=json.dumps(CANARY * 100)), "/name"),
    "long sku": (body(sku=json.dumps(CANARY * 100)), "/sku"),
    "lower-case currency": (body(currency='"eur"'), "/currency"),
    "currency with a line feed": (body(currency='"EU\\nR"'), "/currency"),
    "unknown field": (body(colour='"zq7canary"'), "/colour"),
    "read-only id": (body(id='"00000000-0000-7000-8000-000000000009"'), "/id"),
    "read-only tenant": (body(tenant_id='"00000000-0000-7000-8000-000000000009"'), "/tenant_id"),
    "read-only version": (body(version="7"), "/version"),
    "read-only times": (body(created_at='"2020-01-01T00:00:00Z"'), "/created_at"),
    "is_superuser": (body(is_superuser="true"), "/is_superuser"),
    "archived at birth": (body(status='"archived"'), "/status"),
    "a list": (b"[]", ""),
    "text alone": (b'"zq7canary"', ""),
    "a number alone": (b"1", ""),
    "null alone": (b"null", ""),
    "true alone": (b"true", ""),
    "escaped pointer": (body(**{"a/b~c": "1"}), "/a~1b~0c"),
}
LEGAL: dict[str, bytes] = {
    "2^53 - 1": body(price=str(MAX)),
    "pair of surrogates": body(name='"zq7canary \\ud83c\\udf75"'),
    "emoji": body(name='"zq7canary \U0001f375"'),
    "backslash u0001": body(name='"zq7canary \\u0001"'),
    "null description": body(description="null"),
    "zero": body(price="0"),
    "minus zero": body(price="-0"),
    "white space around": b" \r\n\t" + body() + b"\n",
    "SQL": body(name='"\'; DROP TABLE products; --"'),
    "longest name": body(name=json.dumps("\U0001f375" * 200)),
    "long description": body(description=json.dumps("x" * 10_000)),
}


async def send(shop: Shop, content: bytes, **headers: str | None) -> httpx.Response:
    """POST /products with these bytes."""
    return await shop.member.post("/products", content=content, headers={"Content-Type": "application/json", **headers})


@pytest.fixture
async def expect_refused(shops: Shops, owner: Owner) -> Callable[..., Awaitable[dict[str, Any]]]:
    """Sends bytes and checks all that holds of every refusal; answers the problem."""
    shop = await shops.shop()

    async def check(content: bytes, status: int, code: str, **headers: str | None) -> dict[str, Any]:
        answer = await send(shop, content, **headers)
        problem: dict[str, Any] = answer.json()["details"]
        assert (answer.status_code, problem["code"]) == (status, code)
        assert CANARY not in answer.text.replace("/zq7canary", "")
        for table in ("products", "events", "audit_entries"):
            assert await owner.fetchval(f"SELECT count(*) FROM {table} WHERE tenant_id = $1", shop.id) == 0
        assert (await send(shop, body())).status_code == 201
        return problem

    return check


Refused = Callable[..., Awaitable[dict[str, Any]]]


class TestBody:
    """Bodies of POST /products"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Who is not signed in is told that, whatever the body."""
        shop = await shops.shop()
        for content in (b"\xff", b"", UNREADABLE["100,000 deep lists"]):
            assert (await send(shop, content, Authorization=None)).status_code == 401

    @pytest.mark.parametrize("name", UNREADABLE)
    async def test_unreadable(self, expect_refused: Refused, name: str) -> None:
        """Requirement 24: what is not JSON is 400 malformed_json; a good request behind it succeeds."""
        await expect_refused(UNREADABLE[name], 400, "malformed_json")

    @pytest.mark.parametrize("name", INVALID)
    async def test_invalid(self, expect_refused: Refused, name: str) -> None:
        """Requirement 24: JSON that is no product is 422, with a pointer to the fault."""
        content, pointer = INVALID[name]
        problem = await expect_refused(content, 422, "validation_failed")
        assert [fault["pointer"] for fault in problem["errors"]] == [pointer]
        assert set(problem["errors"][0]) == {"pointer", "code", "message"}

    @pytest.mark.parametrize("name", LEGAL)
    async def test_legal(self, shops: Shops, name: str) -> None:
        """What is unusual and legal is kept as it came."""
        shop = await shops.shop()
        answer = await send(shop, LEGAL[name])
        assert answer.status_code == 201
        sent, stored = json.loads(LEGAL[name]), (await shop.viewer.get(f"/products/{answer.json()['id']}")).json()
        assert {key: stored[key] for key in sent} == sent

    async def test_all_faults_at_once(self, expect_refused: Refused) -> None:
        """Every wrong field is named, so that a form can show them all."""
        problem = await expect_refused(body(price="-1", stock="true", colour="1"), 422, "validation_failed")
        assert {fault["pointer"] for fault in problem["errors"]} == {"/price", "/stock", "/colour"}

    async def test_many_faults(self, expect_refused: Refused) -> None:
        """Requirement 25: ten thousand unknown fields do not make ten thousand messages."""
        content = body(**{f"f{number}": "1" for number in range(10_000)})
        problem = await expect_refused(content, 422, "validation_failed")
        assert len(problem["errors"]) <= 100

    async def test_long_key_over_many_values(self, expect_refused: Refused) -> None:
        """Requirement 25: the work grows with the body's size, not with its square."""
        content = b'{"' + b"k" * 400_000 + b'": [' + b",".join([b'"x"'] * 100_000) + b"]}"
        await expect_refused(content, 422, "validation_failed")

    @pytest.mark.parametrize(
        "media",
        [None, "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "*/*",
         "application/json; charset=utf-16", "application/json; charset=latin-1", "application/jsonx", "application/xml",
         "application/json, text/plain", "application/octet-stream", "application", ""],
    )  # fmt: skip
    async def test_media_type(self, expect_refused: Refused, media: str | None) -> None:
        """Requirement 26: only JSON in UTF-8 is read."""
        await expect_refused(body(), 415, "unsupported_media_type", **{"Content-Type": media})

    @pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip", "chunked"])
    async def test_encoded(self, expect_refused: Refused, coding: str) -> None:
        """Requirement 26: a compressed body is not opened."""
        await expect_refused(body(), 415, "unsupported_media_type", **{"Content-Encoding": coding})

    @pytest.mark.parametrize(
        "media", ["application/json", "APPLICATION/JSON", 'application/json; charset="UTF-8"', "application/merge-patch+json"]
    )  # fmt: skip
    async def test_good_media_type(self, shops: Shops, media: str) -> None:
        """JSON by any of its names is read."""
        assert (await send(await shops.shop(), body(), **{"Content-Type": media})).status_code == 201

    async def test_too_large(self, expect_refused: Refused) -> None:
        """Requirement 25: more than 1 MiB is refused."""
        await expect_refused(body() + b" " * 1_048_576, 413, "body_too_large")

    async def test_largest(self, shops: Shops) -> None:
        """A body of exactly 1 MiB is read."""
        content = body()
        assert (await send(await shops.shop(), content + b" " * (1_048_576 - len(content)))).status_code == 201

    async def test_patch(self, shops: Shops) -> None:
        """A merge patch is as strict, and a refused one changes nothing."""
        shop = await shops.shop()
        created = (await shop.member.post("/products", json=product())).json()
        path, headers = f"/products/{created['id']}", {"If-Match": "*"}
        for patch in (
            {"price": True},
            {"price": None},
            {"name": "a\x00"},
            {"id": created["id"]},
            {"status": "archived"},
        ):
            answer = await shop.member.patch(path, json=patch, headers=headers)
            assert (answer.status_code, answer.json()["details"]["code"]) == (422, "validation_failed")
        assert (await shop.viewer.get(path)).json() == created


PARAMETERS: dict[str, tuple[str, str]] = {
    "unknown": ("colour=zq7canary", "colour"),
    "unknown filter": ("price[gt]=1", "price[gt]"),
    "case": ("Limit=5", "Limit"),
    "tenant": ("tenant_id=00000000-0000-7000-8000-000000000009", "tenant_id"),
    "repeated": ("limit=5&limit=5", "limit"),
    "repeated list": ("status=draft&status=active", "status"),
    "limit 0": ("limit=0", "limit"),
    "limit 101": ("limit=101", "limit"),
    "limit huge": ("limit=" + "9" * 5000, "limit"),
    "limit minus": ("limit=-1", "limit"),
    "limit half": ("limit=1.5", "limit"),
    "limit empty": ("limit=", "limit"),
    "limit text": ("limit=zq7canary", "limit"),
    "limit NaN": ("limit=NaN", "limit"),
    "sort": ("sort=stock", "sort"),
    "sort by SQL": ("sort=name;DROP", "sort"),
    "sort twice": ("sort=name,name", "sort"),
    "status": ("status=zq7canary", "status"),
    "status half": ("status=draft,", "status"),
    "q empty": ("q=", "q"),
    "q long": ("q=" + "x" * 101, "q"),
    "q NUL": ("q=a%00b", "q"),
    "name NUL": ("a%00b=1", "query"),
    "date": ("created_at[gte]=zq7canary", "created_at[gte]"),
    "date without zone": ("created_at[gte]=2026-01-01T00:00:00", "created_at[gte]"),
    "date before time": ("created_at[gte]=0001-01-01T00:00:00%2B14:00", "created_at[gte]"),
    "date after time": ("created_at[lt]=9999-12-31T23:59:59-14:00", "created_at[lt]"),
    "date as a number": ("created_at[lt]=1e400", "created_at[lt]"),
    "cursor empty": ("cursor=", "cursor"),
    "cursor long": ("cursor=" + "A" * 2001, "cursor"),
    "cursor NUL": ("cursor=%00", "cursor"),
}
GARBAGE = (
    "x",
    "AAAA",
    "zq7canary",
    "%FF%FE",
    "%ED%A0%80",
    "=" * 10,
    "-_" * 30,
    "A" * 2000,
    "%C3%A4",
    "[]",
    "A B",
    "null",
)


class TestParameters:
    """The query of GET /products"""

    @pytest.mark.parametrize("name", PARAMETERS)
    async def test_invalid(self, shops: Shops, name: str) -> None:
        """Requirement 21: 422, naming the parameter; the same list without it is served."""
        shop = await shops.shop()
        query, parameter = PARAMETERS[name]
        answer = await shop.viewer.get(f"/products?{query}")
        assert (answer.status_code, answer.json()["details"]["code"]) == (422, "validation_failed")
        assert {fault["parameter"] for fault in answer.json()["details"]["errors"]} == {parameter}
        assert CANARY not in answer.text
        assert (await shop.viewer.get("/products?limit=100&status=draft,active&q=%FF&sort=name")).status_code == 200

    @pytest.mark.parametrize("route", ["/products", "/members", "/tenants", "/audit-log", "/deliveries"])
    async def test_every_list(self, shops: Shops, route: str) -> None:
        """Every list has the same limits and the same cursors."""
        owner = (await shops.shop()).owner
        for query, status in (
            ("limit=0", 422),
            ("limit=101", 422),
            ("x=1", 422),
            ("cursor=AAAA", 400),
            ("limit=1", 200),
        ):
            assert (await owner.get(f"{route}?{query}")).status_code == status

    @pytest.mark.parametrize("cursor", GARBAGE)
    async def test_garbage_cursor(self, shops: Shops, cursor: str) -> None:
        """What was never a cursor is 400 invalid_cursor."""
        answer = await (await shops.shop()).viewer.get(f"/products?cursor={cursor}")
        assert (answer.status_code, answer.json()["details"]["code"]) == (400, "invalid_cursor")
        assert CANARY not in answer.text

    @pytest.mark.parametrize(
        "query", ["sort=name", "sort=created_at", "status=draft", "q=Tea", "created_at[gte]=2020-01-01T00:00:00Z"]
    )
    async def test_cursor_of_another_list(self, shops: Shops, query: str) -> None:
        """Requirement 21: a cursor continues the filter and the sort that it was made for, and no other."""
        shop, cursor = await self._paged(shops)
        assert (await shop.viewer.get(f"/products?limit=1&cursor={cursor}")).status_code == 200
        answer = await shop.viewer.get(f"/products?limit=1&{query}&cursor={cursor}")
        assert (answer.status_code, answer.json()["details"]["code"]) == (400, "invalid_cursor")

    async def test_cursor_of_another_tenant(self, shops: Shops) -> None:
        """Requirements 16 and 21: a cursor is worthless in another tenant and on another route, even for a member of both."""
        shop, cursor = await self._paged(shops)
        other = await shops.shop()
        await shops.join(shop.owner.user_id, other.id, "owner")
        for path, tenant in (("/products", other.id), ("/members", shop.id), ("/audit-log", shop.id)):
            answer = await shop.owner.get(f"{path}?cursor={cursor}", headers={"X-Tenant-ID": str(tenant)})
            assert (answer.status_code, answer.json()["details"]["code"]) == (400, "invalid_cursor")

    async def test_tampered_cursor(self, shops: Shops) -> None:
        """Requirement 21: no single character of a cursor can be changed, added or left out."""
        shop, cursor = await self._paged(shops)
        spoilt = [cursor[:-1], cursor + "A", cursor[1:], cursor + "=", cursor.swapcase()]
        spoilt += [cursor[:n] + ("B" if cursor[n] == "A" else "A") + cursor[n + 1 :] for n in range(0, len(cursor), 5)]
        for text in spoilt:
            answer = await shop.viewer.get(f"/products?limit=1&cursor={text}")
            assert (answer.status_code, answer.json()["details"]["code"]) == (400, "invalid_cursor")

    async def _paged(self, shops: Shops) -> tuple[Shop, str]:
        shop = await shops.shop()
        for _ in range(2):
            await shop.member.post("/products", json=product())
        return shop, str((await shop.viewer.get("/products?limit=1")).json()["next_cursor"])


PATHS = (
    "a%00b", "%00", "%FF", "%ED%A0%80", "%zz", "%", "..%2F..", "1", "-1", "null", "%F0%9F%8D%B5", "x" * 4000, "'%20OR%201=1",
    "00000000-0000-7000-8000-00000000000g", "%0d%0aX-Evil:1",
)  # fmt: skip


class TestPath:
    """Ids in paths"""

    @pytest.mark.parametrize("text", PATHS)
    async def test_no_id(self, shops: Shops, text: str) -> None:
        """Requirements 24 and 31: what is no id is 404 or 422, on every kind of route, and reaches no header."""
        shop = await shops.shop()
        for method, path in (("GET", "/products/"), ("PATCH", "/products/"), ("GET", "/members/"), ("GET", "/")):
            options: dict[str, Any] = {"json": {}} if method == "PATCH" else {}
            answer = await shop.owner.call(method, path + text, **options)
            assert answer.status_code in {404, 405, 422}
            assert "X-Evil" not in answer.headers

    @pytest.mark.parametrize("text", ["%00", "%FF", "x" * 4000, "..%2f..%2fetc%2fpasswd", "%zz"])
    async def test_pages(self, client: httpx.AsyncClient, text: str) -> None:
        """The pages that the app serves about itself know nothing of such names either."""
        for path in ("/problems/", "/docs/assets/", "/health/"):
            assert (await client.get(path + text)).status_code == 404

    async def test_sign_in(self, client: httpx.AsyncClient) -> None:
        """Sign-in is as strict, and never says what it was given."""
        cases: list[tuple[Any, int]] = [
            ({"email": f"{CANARY}\x00", "password": CANARY}, 422),
            ({"email": CANARY, "password": CANARY * 80}, 422),
            ({"email": CANARY, "password": 1}, 422),
            ({"email": CANARY, "password": CANARY, "is_superuser": True}, 422),
            ({"email": CANARY, "password": CANARY, "session_transport": CANARY}, 422),
            ({"email": "\u0130" * 300, "password": "\U0001f375" * 200}, 401),
        ]
        for sent, status in cases:
            answer = await client.post(f"{API}/auth/login", json=sent)
            assert answer.status_code == status
            assert CANARY not in answer.text
