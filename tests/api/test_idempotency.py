"""Idempotency-Key: a write that is sent again happens once (requirement 17)."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.extensions.access import rule_of
from app.extensions.routing import ModularApp
from app.operators.sweeper import Sweeper
from tests.auth.test_sign_in import PASSWORD
from tests.operators.desk import operator
from tests.operators.test_impersonation_races import BY_ROW, held, waits
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shop, Shops, product

TWINS = 50
IGNORING = {
    "/api/v1/invitations/accept",
    "/api/v1/mock/{collection}",
    "/api/v1/mock/{collection}/{item_id}",
    "/api/v1/payments/webhooks/{tenant_id}/{endpoint_id}",
    "/api/v1/shipping/webhooks/{tenant_id}/{endpoint_id}",
}
"""Open routes, which look at no key; signed messages count once by their own id."""


async def create(person: Person, key: str, body: dict[str, Any], **options: Any) -> httpx.Response:
    """POST /products with a key."""
    return await person.post("/products", json=body, headers={"Idempotency-Key": key}, **options)


async def count(owner: "asyncpg.Connection", shop: Shop, table: str = "products") -> int:
    """How many rows the tenant has."""
    found: int = await owner.fetchval(f"SELECT count(*) FROM {table} WHERE tenant_id = $1", shop.id)
    return found


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json()["details"]["code"]


class TestReplay:
    """The same request again"""

    async def test_same_answer(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """The first answer, byte by byte, with ETag and Location, and marked; one product, event and audit entry."""
        shop, body = await shops.shop(), product()
        first, second = [await create(shop.member, "a-1", body) for _ in range(2)]
        assert (first.status_code, second.status_code) == (201, 201)
        assert second.content == first.content
        for name in ("etag", "location", "content-type", "cache-control"):
            assert second.headers[name] == first.headers[name]
        assert "idempotent-replayed" not in first.headers
        assert second.headers["idempotent-replayed"] == "true"
        assert [await count(owner, shop, table) for table in ("products", "events", "audit_entries")] == [1, 1, 1]

    async def test_patch(self, shops: Shops) -> None:
        """A PATCH that is sent again is no second change: its If-Match, stale by now, is not asked for again."""
        shop = await shops.shop()
        made = (await shop.member.post("/products", json=product())).json()
        headers = {"Idempotency-Key": "p-1", "If-Match": '"1"'}
        answers = [
            await shop.member.patch(f"/products/{made['id']}", json={"price": 7}, headers=headers) for _ in range(2)
        ]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert answers[0].json()["version"] == made["version"] + 1

    async def test_other_body(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """The key with another body, or another query, is refused, and nothing happens."""
        shop, body = await shops.shop(), product()
        await create(shop.member, "b-1", body)
        assert problem(await create(shop.member, "b-1", product())) == (422, "idempotency_key_reused")
        assert await count(owner, shop) == 1

    @pytest.mark.parametrize("who", ["admin", "other"])
    async def test_scope(self, shops: Shops, owner: "asyncpg.Connection", who: str) -> None:
        """The key is the principal's and the tenant's own: somebody else's is another."""
        shop, other = await shops.shop(), await shops.shop()
        await create(shop.member, "c-1", product())
        person, where = (shop.admin, shop) if who == "admin" else (other.member, other)
        before = await count(owner, where)
        answer = await create(person, "c-1", product())
        assert answer.status_code == 201
        assert "idempotent-replayed" not in answer.headers
        assert await count(owner, where) == before + 1

    async def test_other_path(self, shops: Shops) -> None:
        """So it is for another resource."""
        shop = await shops.shop()
        keys = [(await shop.member.post("/products", json=product())).json()["id"] for _ in range(2)]
        for key in keys:
            headers = {"Idempotency-Key": "d-1", "If-Match": '"1"'}
            answer = await shop.member.post(f"/products/{key}/archive", headers=headers)
            assert (answer.status_code, answer.json()["id"]) == (200, key)

    async def test_access_first(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """Who may no more is given no old answer either."""
        shop, body = await shops.shop(), product()
        await create(shop.member, "e-1", body)
        await owner.execute(
            "UPDATE memberships SET roles = '{viewer}' WHERE tenant_id = $1 AND user_id = $2",
            shop.id,
            shop.member.user_id,
        )
        assert problem(await create(shop.member, "e-1", body)) == (403, "permission_denied")


class TestFree:
    """What leaves a key unused"""

    async def test_failure(self, shops: Shops) -> None:
        """An answer that is no success is not kept: the same key serves when the fault is mended."""
        shop = await shops.shop()
        body = product()
        await shop.member.post("/products", json=body)
        assert problem(await create(shop.member, "f-1", body)) == (409, "product_sku_taken")
        assert (await create(shop.member, "f-1", product())).status_code == 201

    async def test_expired(
        self, shops: Shops, app: ModularApp, owner: "asyncpg.Connection", clock: MovableClock
    ) -> None:
        """After 24 hours the key is another's to use, whether the sweep has come by or not; then it goes."""
        shop = await shops.shop()
        await create(shop.member, "g-1", product())
        clock.advance(hours=24, seconds=1)
        token = app.state.identity.tokens.access_token(shop.member.user_id, shop.member.session_id)
        answer = await create(replace(shop.member, token=token), "g-1", product())
        assert answer.status_code == 201
        assert "idempotent-replayed" not in answer.headers
        clock.advance(hours=25)
        runtime = app.state.runtime
        await Sweeper(runtime.system, runtime.settings.auth).round()
        assert await count(owner, shop, "idempotency_keys") == 0


class TestTwins:
    """The same request at the same time"""

    async def test_one_effect(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """Fifty at once: one effect; the others hear its answer, or that it is being made."""
        shop, body = await shops.shop(), product()
        answers = await asyncio.gather(*(create(shop.member, "h-1", body) for _ in range(TWINS)))
        codes = Counter(answer.status_code for answer in answers)
        assert codes.keys() <= {201, 409}
        assert codes[201] >= 1
        for answer in answers:
            if answer.status_code == 409:
                assert problem(answer) == (409, "idempotency_in_progress")
                assert answer.headers["retry-after"] == "1"
                assert answer.json()["details"]["retryable"] is True
        assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
        assert sum("idempotent-replayed" not in answer.headers for answer in answers if answer.status_code == 201) == 1
        assert await count(owner, shop) == 1
        assert (await create(shop.member, "h-1", body)).headers["idempotent-replayed"] == "true"

    async def test_other_tenant(self, shops: Shops, owner: "asyncpg.Connection", settings: Settings) -> None:
        """The same person's key in another tenant is another: it waits for nothing that goes on here."""
        shop, other, body = await shops.shop(), await shops.shop(), product()
        await shops.join(shop.member.user_id, other.id, "member")
        made = (await shop.member.post("/products", json=product())).json()
        rename = "UPDATE products SET sku = $1 WHERE id = '{id}'".format(**made)
        async with held(settings, rename, body["sku"]) as holder:
            here = asyncio.create_task(create(shop.member, "k-1", body))
            await waits(owner, here, BY_ROW, holder)  # it has its key, and its transaction goes on
            there = await create(replace(shop.member, tenant_id=other.id), "k-1", body)
            twin = await create(shop.member, "k-1", body)
            assert not here.done()
        assert there.status_code == 201, there.text
        assert problem(twin) == (409, "idempotency_in_progress")
        assert problem(await here) == (409, "product_sku_taken")


class TestSecret:
    """Answers that are shown once"""

    async def test_not_kept(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """A retry learns which key was made, and not its secret; the database does not hold it."""
        shop = await shops.shop()
        body = {"name": "k", "scopes": ["catalog.products:read"]}
        headers = {"Idempotency-Key": "i-1"}
        made = (await shop.owner.post("/api-keys", json=body, headers=headers)).json()
        again = await shop.owner.post("/api-keys", json=body, headers=headers)
        assert problem(again) == (409, "idempotency_key_used")
        assert again.json()["details"]["id"] == made["id"]
        assert made["secret"] not in again.text
        assert await owner.fetchval("SELECT body IS NULL FROM idempotency_keys WHERE tenant_id = $1", shop.id)
        assert await count(owner, shop, "api_keys") == 1

    async def test_every_secret_is_marked(self, app: ModularApp) -> None:
        """Of an operation that takes a key, an answer with a member that is called a secret or a token is never kept."""
        document = app.openapi()
        for context in app.contexts():
            for method in context.methods or ():
                operation = document["paths"].get(context.path_format, {}).get(method.lower(), {})
                if not any(item["name"] == "Idempotency-Key" for item in operation.get("parameters", [])):
                    continue
                reference = next(iter(operation["responses"].values())).get("content", {})
                text = str(reference)
                names = {name for name in document["components"]["schemas"] if f"/{name}'" in text}
                members = {
                    key for name in names for key in document["components"]["schemas"][name].get("properties", {})
                }
                rule = rule_of(context.endpoint) if context.endpoint is not None else None
                if members & {"secret", "token", "codes"}:
                    assert rule is not None
                    assert rule.secret, context.path_format


class TestElsewhere:
    """Outside a tenant, where a write that is sent again is done again"""

    async def test_refused(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """A key is refused on routes of a person and of operators, and nothing happens: its sender would send it again."""
        shop, staff = await shops.shop(), await operator(shops, owner)
        headers = {"Idempotency-Key": "j-1"}
        answers = [
            await shop.owner.patch("/me", json={"name": "Ada"}, headers=headers),
            await shop.owner.post("/tenants", json={"name": "T", "slug": f"s{uuid4().hex[:16]}"}, headers=headers),
            await staff.post(f"/operator/tenants/{shop.id}/suspend", json={"reason": "r"}, headers=headers),
        ]
        assert [problem(answer) for answer in answers] == [(400, "idempotency_key_not_taken")] * 3
        assert (await shop.owner.get("/me")).json()["user"]["name"] != "Ada"
        assert await owner.fetchval("SELECT state FROM tenants WHERE id = $1", shop.id) == "active"

    async def test_sign_in(self, shops: Shops) -> None:
        """Under /auth it is ignored, signed in or not: an answer there holds tokens."""
        person = await shops.person()
        await shops.password(person, PASSWORD)
        for _ in range(2):
            answer = await person.post("/auth/step-up", json={"password": PASSWORD}, headers={"Idempotency-Key": "k-1"})
            assert answer.status_code == 200, answer.text
            assert "idempotent-replayed" not in answer.headers

    async def test_named(self, app: ModularApp) -> None:
        """The document names the header where it is taken and the refusal where it is refused; none has both, and few POSTs neither."""
        for path, item in app.openapi()["paths"].items():
            for method, operation in item.items():
                taken = any(each["name"] == "Idempotency-Key" for each in operation.get("parameters", ()))
                refused = "idempotency_key_not_taken" in str(operation["responses"])
                ignoring = method not in {"post", "patch"} or path.startswith("/api/v1/auth/") or path in IGNORING
                assert (taken, refused).count(True) == (not ignoring), (method, path)
                assert taken == ("idempotency_key_invalid" in str(operation["responses"])), (method, path)
