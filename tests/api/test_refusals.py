"""The order of refusals: of everything that is wrong, the earliest row of the table answers."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.auth.services import COOKIE
from tests.support.answers import comparable
from tests.support.shops import API, Person, Shop, Shops, product

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection


class Attempt:
    """A change of a product, right in every way until a fault is applied."""

    def __init__(self, shop: Shop, owner: Owner, product_id: str) -> None:
        self.shop = shop
        self.owner = owner
        self.person = shop.member
        self.product_id = product_id
        self.method, self.path = "PATCH", f"{API}/products/{product_id}"
        self.content = b'{"price": 500}'
        self.headers: dict[str, str | None] = {
            "Content-Type": "application/json",
            "X-Tenant-ID": str(shop.id),
            "If-Match": "*",
        }

    async def send(self, client: httpx.AsyncClient) -> httpx.Response:
        merged = {"Authorization": f"Bearer {self.person.token}", **self.headers}
        headers = {name: value for name, value in merged.items() if value is not None}
        return await client.request(self.method, self.path, content=self.content, headers=headers)


Fault = Callable[[Attempt], Awaitable[None]]


def setting(**values: Any) -> Fault:
    """A fault that sets attributes of the attempt."""

    async def apply(attempt: Attempt) -> None:
        for name, value in values.items():
            setattr(attempt, name, value)

    return apply


def header(name: str, value: str | None) -> Fault:
    """A fault that sets or removes a header."""

    async def apply(attempt: Attempt) -> None:
        attempt.headers[name] = value

    return apply


async def no_such_product(attempt: Attempt) -> None:
    attempt.path = f"{API}/products/{uuid4()}"


async def by_a_viewer(attempt: Attempt) -> None:
    attempt.person = attempt.shop.viewer


async def session_over(attempt: Attempt) -> None:
    await attempt.owner.execute("UPDATE sessions SET ended_at = now() WHERE id = $1", attempt.person.session_id)


async def suspended(attempt: Attempt) -> None:
    await attempt.owner.execute("UPDATE tenants SET state = 'suspended' WHERE id = $1", attempt.shop.id)


async def archived(attempt: Attempt) -> None:
    await attempt.owner.execute("UPDATE products SET status = 'archived' WHERE id = $1", attempt.product_id)


ORDER: dict[str, tuple[int, str, Fault]] = {
    "target": (414, "uri_too_long", setting(path=f"{API}/products/{'x' * 9000}")),
    "host": (400, "bad_host", header("Host", "evil.example")),
    "route": (404, "not_found", setting(path=f"{API}/nothing")),
    "method": (405, "method_not_allowed", setting(method="DELETE")),
    "token": (401, "unauthenticated", header("Authorization", None)),
    "size": (413, "body_too_large", setting(content=b'{"price": 1}' + b" " * 1_048_576)),
    "type": (415, "unsupported_media_type", header("Content-Type", "text/plain")),
    "session": (401, "session_ended", session_over),
    "no tenant": (400, "tenant_required", header("X-Tenant-ID", None)),
    "malformed tenant": (400, "tenant_invalid", header("X-Tenant-ID", "No Slug")),
    "unknown tenant": (404, "tenant_not_found", header("X-Tenant-ID", str(uuid4()))),
    "suspended": (403, "tenant_suspended", suspended),
    "rule": (403, "permission_denied", by_a_viewer),
    "json": (400, "malformed_json", setting(content=b'{"price": ')),
    "validation": (422, "validation_failed", setting(content=b'{"price": -1}')),
    "object": (404, "not_found", no_such_product),
    "no version": (428, "precondition_required", header("If-Match", None)),
    "old version": (412, "precondition_failed", header("If-Match", '"99"')),
    "conflict": (409, "product_archived", archived),
}
ROWS = list(ORDER)


MENDED = (
    "UPDATE sessions SET ended_at = NULL WHERE user_id = $1",
    "UPDATE tenants SET state = 'active' WHERE id = $1",
    "UPDATE products SET status = 'draft' WHERE tenant_id = $1",
)
"""What takes back the faults that are in the database: of the person, and of the tenant."""


@pytest.fixture
async def attempt(shops: Shops, owner: Owner) -> Callable[[], Awaitable[Attempt]]:
    """Makes attempts, one after another, each where nothing is wrong any more of what was wrong for the one before."""
    shop = await shops.shop()
    created = await shop.owner.post("/products", json=product())

    async def make() -> Attempt:
        for statement in MENDED:
            await owner.execute(statement, shop.member.user_id if "sessions" in statement else shop.id)
        return Attempt(shop, owner, created.json()["id"])

    return make


class TestOrder:
    """Every row of the table, alone and with every later one."""

    async def test_nothing_wrong(self, client: httpx.AsyncClient, attempt: Callable[[], Awaitable[Attempt]]) -> None:
        """The attempt that all the others spoil is a good one."""
        assert (await (await attempt()).send(client)).status_code == 200

    @pytest.mark.parametrize("row", ROWS)
    async def test_alone(self, client: httpx.AsyncClient, attempt: Callable[[], Awaitable[Attempt]], row: str) -> None:
        """Each fault alone has its own status and code."""
        status, code, fault = ORDER[row]
        made = await attempt()
        await fault(made)
        answer = await made.send(client)
        assert (answer.status_code, answer.json()["details"]["code"]) == (status, code)

    @pytest.mark.parametrize("row", ROWS[:-1])
    async def test_before_every_later(
        self, client: httpx.AsyncClient, attempt: Callable[[], Awaitable[Attempt]], row: str
    ) -> None:
        """A request that is wrong in two ways gets the earlier answer, whichever the second way is."""
        status, code, fault = ORDER[row]
        for later in ROWS[ROWS.index(row) + 1 :]:
            made = await attempt()
            await ORDER[later][2](made)
            await fault(made)
            answer = await made.send(client)
            assert (answer.status_code, answer.json()["details"]["code"]) == (status, code), later

    @pytest.mark.parametrize("row", ROWS)
    async def test_all_wrong_from_here(
        self, client: httpx.AsyncClient, attempt: Callable[[], Awaitable[Attempt]], row: str
    ) -> None:
        """A request that is wrong in every later way too still gets the earliest answer."""
        status, code, _ = ORDER[row]
        made = await attempt()
        for name in reversed(ROWS[ROWS.index(row) :]):
            await ORDER[name][2](made)
        answer = await made.send(client)
        assert (answer.status_code, answer.json()["details"]["code"]) == (status, code)

    async def test_refusals_change_nothing(
        self, client: httpx.AsyncClient, attempt: Callable[[], Awaitable[Attempt]], owner: Owner
    ) -> None:
        """What was refused, for whatever reason, has left the product as it was."""
        for _, _, fault in ORDER.values():
            made = await attempt()
            await fault(made)
            await made.send(client)
            price = await owner.fetchval("SELECT price FROM products WHERE id = $1", made.product_id)
            assert price == 450

    async def test_rate_limit_before_credentials(self, shops: Shops, client: httpx.AsyncClient) -> None:
        """An account whose window is full is told so, and not whether the password is right."""
        person = await shops.person()
        await shops.password(person, "right-password")
        for _ in range(11):
            await client.post(f"{API}/auth/login", json={"email": person.email, "password": "wrong"})
        answer = await client.post(f"{API}/auth/login", json={"email": person.email, "password": "right-password"})
        assert (answer.status_code, answer.json()["details"]["code"]) == (429, "rate_limited")
        assert COOKIE not in answer.cookies

    async def test_open_route_reads_no_token(self, client: httpx.AsyncClient) -> None:
        """On an open route a bad Authorization header is no reason to refuse."""
        answer = await client.get("/health/live", headers={"Authorization": "Bearer nonsense"})
        assert answer.status_code == 200


MALFORMED = (
    "", "ab", "a" * 41, "1abc", "-abc", "abc-", "a--b", "Abc", "a_b", "a b", "a,b", "abc,def", "ä-slug", "abc.def", "*",
    "%00", "{00000000-0000-7000-8000-000000000009}", "urn:uuid:00000000-0000-7000-8000-000000000009",
    "000000000000700080000000000000aa", "00000000-0000-7000-8000-00000000000", "admin", "atrium-platform", "current",
)  # fmt: skip


class TestTenantHeader:
    """Requirement 17: X-Tenant-ID selects; membership proves."""

    async def test_anonymous(self, shops: Shops) -> None:
        """The header alone opens nothing."""
        shop = await shops.shop()
        answer = await shop.owner.get("/tenants/current", headers={"Authorization": None})
        assert answer.status_code == 401

    @pytest.mark.parametrize("attribute", ["id", "slug"])
    async def test_id_and_slug(self, shops: Shops, attribute: str) -> None:
        """Id and slug choose the same tenant."""
        shop = await shops.shop()
        answer = await shop.viewer.get("/tenants/current", headers={"X-Tenant-ID": str(getattr(shop, attribute))})
        assert (answer.status_code, answer.json()["id"]) == (200, str(shop.id))

    async def test_slug_writes(self, shops: Shops, owner: Owner) -> None:
        """What is written by slug is written into that tenant."""
        shop = await shops.shop()
        answer = await shop.member.post("/products", json=product(), headers={"X-Tenant-ID": shop.slug})
        tenant_id = await owner.fetchval("SELECT tenant_id FROM products WHERE id = $1", answer.json()["id"])
        assert tenant_id == shop.id

    async def test_missing_lists_the_choices(self, shops: Shops) -> None:
        """Without the header the answer names all of the caller's tenants and no other."""
        shop, other, _foreign = await shops.shop(), await shops.shop(), await shops.shop()
        await shops.join(shop.owner.user_id, other.id, "viewer")
        answer = await shop.owner.get("/products", headers={"X-Tenant-ID": None})
        assert answer.status_code == 400
        problem = answer.json()["details"]
        assert problem["code"] == "tenant_required"
        assert {item["id"] for item in problem["tenants"]} == {str(shop.id), str(other.id)}
        assert {item["slug"] for item in problem["tenants"]} == {shop.slug, other.slug}

    async def test_missing_where_there_is_none(self, shops: Shops) -> None:
        """Who belongs nowhere gets an empty list of choices."""
        answer = await (await shops.person()).get("/products")
        assert answer.json()["details"]["tenants"] == []

    @pytest.mark.parametrize("value", MALFORMED)
    async def test_malformed(self, shops: Shops, value: str) -> None:
        """Whatever is neither one canonical UUID nor one slug is malformed, and is not echoed."""
        shop = await shops.shop()
        answer = await shop.viewer.get("/products", headers={"X-Tenant-ID": value.encode("latin-1")})
        assert (answer.status_code, answer.json()["details"]["code"]) == (400, "tenant_invalid")
        assert len(value) < 5 or value not in answer.text

    async def test_upper_case(self, shops: Shops) -> None:
        """An upper-case id or slug is malformed, though the tenant exists."""
        shop = await shops.shop()
        for value in (str(shop.id).upper(), shop.slug.upper()):
            answer = await shop.viewer.get("/products", headers={"X-Tenant-ID": value})
            assert (answer.status_code, answer.json()["details"]["code"]) == (400, "tenant_invalid")

    @pytest.mark.parametrize("second", ["same", "other"])
    async def test_twice(self, shops: Shops, client: httpx.AsyncClient, second: str) -> None:
        """Two headers are malformed, also where both say the same."""
        shop, other = await shops.shop(), await shops.shop()
        values = (str(shop.id), str(shop.id if second == "same" else other.id))
        headers = [("Authorization", f"Bearer {shop.viewer.token}"), *(("X-Tenant-ID", value) for value in values)]
        answer = await client.get(f"{API}/products", headers=headers)
        assert (answer.status_code, answer.json()["details"]["code"]) == (400, "tenant_invalid")

    async def test_list(self, shops: Shops) -> None:
        """A list of two of the caller's own tenants is malformed."""
        shop = await shops.shop()
        answer = await shop.viewer.get("/products", headers={"X-Tenant-ID": f"{shop.id}, {shop.id}"})
        assert (answer.status_code, answer.json()["details"]["code"]) == (400, "tenant_invalid")

    async def test_unknown_is_as_foreign(self, shops: Shops) -> None:
        """Requirement 16: unknown, foreign, the platform's own and a suspended foreign tenant: one answer, by id and by slug."""
        shop, other = await shops.shop(), await shops.shop()
        values = (
            str(uuid4()),
            str(other.id),
            f"s{uuid4().hex[:16]}",
            other.slug,
            "00000000-0000-7000-8000-000000000001",
        )
        answers = [await shop.owner.get("/products", headers={"X-Tenant-ID": value}) for value in values]
        assert answers[0].status_code == 404
        assert answers[0].json()["details"]["code"] == "tenant_not_found"
        for answer in answers[1:]:
            assert comparable(answer) == comparable(answers[0])

    async def test_suspended(self, shops: Shops, owner: Owner) -> None:
        """A member is told that the tenant is suspended; a stranger is not."""
        shop, other = await shops.shop(), await shops.shop()
        await owner.execute("UPDATE tenants SET state = 'suspended' WHERE id = $1", shop.id)
        answers: list[tuple[Person, int, str]] = [
            (shop.viewer, 403, "tenant_suspended"),
            (other.owner, 404, "tenant_not_found"),
        ]
        for person, status, code in answers:
            answer = await person.get("/products", headers={"X-Tenant-ID": str(shop.id)})
            assert (answer.status_code, answer.json()["details"]["code"]) == (status, code)

    async def test_optional(self, shops: Shops) -> None:
        """Where it is optional, it is judged if sent and not missed if not."""
        shop, other = await shops.shop(), await shops.shop()
        assert (await shop.viewer.get("/me", headers={"X-Tenant-ID": None})).json()["tenant"] is None
        assert (await shop.viewer.get("/me")).json()["tenant"]["id"] == str(shop.id)
        assert (await shop.viewer.get("/me", headers={"X-Tenant-ID": str(other.id)})).status_code == 404
        assert (await shop.viewer.get("/me", headers={"X-Tenant-ID": "No"})).status_code == 400
