"""Downloading the audit log: whole, judged again and again, and harmless in a spreadsheet (requirement 30)."""

import asyncio
import csv
import io
from collections.abc import AsyncGenerator
from uuid import UUID, uuid4

import asyncpg
import httpx
import orjson
import pytest
from starlette.requests import Request

from app.auth.streaming import MAX_STREAMS, JudgedStream, Reader, Streams
from app.core.audit_export import UNIT, AuditExport
from app.core.permissions import CorePermission
from app.core.schemas import AuditExportQuery
from app.exceptions import PermissionDenied, RateLimited
from app.extensions.access import AccessRule, Entry
from app.extensions.context import SCOPE_KEY, RequestContext
from app.extensions.routing import ModularApp
from app.utils.spreadsheets import neutral
from tests.support.asgi import hang_up, scope_of
from tests.support.shops import API, Person, Shop, Shops, product

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
PATH = "/audit-log/export"
MANY = """
INSERT INTO audit_entries (tenant_id, at, actor, action, target, after, request_id)
SELECT $1, now(), 'user:x', 'tests.thing.done', 'thing:' || n, jsonb_build_object('n', n), $2
FROM generate_series(1, $3::int) AS n
"""


async def fill(owner: Owner, shop: Shop, count: int) -> None:
    """That many entries."""
    await owner.execute(MANY, shop.id, uuid4(), count)


def reader_of(app: ModularApp, person: Person) -> Reader:
    """What the route's dependency makes of a person's request."""
    rule = AccessRule(Entry.PERMISSION, permission=CorePermission.AUDIT_EXPORT, stream=True)
    headers = [(name.lower().encode(), value.encode()) for name, value in person.headers.items()]
    context = RequestContext(uuid4(), "127.0.0.1", None, app.state.runtime.clock.now())
    scope = {"type": "http", "method": "GET", "headers": headers, "app": app, SCOPE_KEY: context}
    return Reader(Request(scope), rule, f"user:{person.user_id}")


class TestDownload:
    """GET /audit-log/export"""

    async def test_who_may(self, shops: Shops, client: httpx.AsyncClient) -> None:
        """Nobody without a session, no other tenant, and only who holds core.audit:export."""
        shop, stranger = await shops.shop(), await shops.person()
        assert (await client.get(API + PATH)).status_code == 401
        assert (await stranger.get(PATH, headers={"X-Tenant-ID": str(shop.id)})).status_code == 404
        refused = await shop.member.get(PATH)
        assert (refused.status_code, refused.json()["details"]["decision"]["missing"]) == (403, ["core.audit:export"])
        role = {"key": "reader", "name": "Reader", "permissions": ["core.audit:read"]}
        await shop.owner.post("/roles", json=role)
        await shop.owner.patch(f"/members/{shop.viewer.user_id}", json={"roles": ["reader"]}, headers={"If-Match": "*"})
        assert (await shop.viewer.get("/audit-log")).status_code == 200
        assert (await shop.viewer.get(PATH)).status_code == 403

    async def test_jsonl(self, shops: Shops, owner: Owner) -> None:
        """Requirement 22: all entries over several units, newest first, each as the list has it, and no other tenant's."""
        shop, other = await shops.shop(), await shops.shop()
        await fill(owner, shop, 2 * UNIT + 1)
        await fill(owner, other, 3)
        answer = await shop.admin.get(PATH)
        assert answer.headers["Content-Type"] == "application/jsonl"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="audit-log.jsonl"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        entries = [orjson.loads(line) for line in answer.content.splitlines()]
        assert [entry["after"]["n"] for entry in entries] == list(range(2 * UNIT + 1, 0, -1))
        assert entries[:2] == (await shop.admin.get("/audit-log?limit=2")).json()["data"]

    async def test_filters(self, shops: Shops, owner: Owner) -> None:
        """The list's filters, and nothing else."""
        shop = await shops.shop()
        await fill(owner, shop, 3)
        await shop.owner.post("/products", json=product())
        lines = (await shop.admin.get(f"{PATH}?action=catalog.*")).content.splitlines()
        assert [orjson.loads(line)["action"] for line in lines] == ["catalog.product.created"]
        for query in ("format=xml", "limit=5", "cursor=x", "action=*"):
            assert (await shop.admin.get(f"{PATH}?{query}")).status_code == 422

    async def test_csv(self, shops: Shops, owner: Owner) -> None:
        """A line each behind a line of names; what looks like a formula is text, quotes and line ends are data."""
        shop = await shops.shop()
        await fill(owner, shop, 1)
        evil = '=HYPERLINK("http://evil.example";"x")\r\n+1'
        await owner.execute(
            "UPDATE audit_entries SET user_agent = $2, target = '\t-2' WHERE tenant_id = $1", shop.id, evil
        )
        answer = await shop.admin.get(f"{PATH}?format=csv")
        assert answer.headers["Content-Type"].startswith("text/csv")
        [head, row] = csv.reader(io.StringIO(answer.text, newline=""))
        cells = dict(zip(head, row, strict=True))
        assert (cells["user_agent"], cells["target"]) == (f"'{evil}", "'\t-2")
        assert (cells["after"], cells["before"]) == ('{"n":1}', "")

    async def test_empty(self, shops: Shops) -> None:
        """Of nothing there is an empty file, or the names alone."""
        shop = await shops.shop()
        assert (await shop.admin.get(PATH)).content == b""
        assert (await shop.admin.get(f"{PATH}?format=csv")).text.count("\r\n") == 1

    async def test_api_key(self, shops: Shops, owner: Owner, client: httpx.AsyncClient) -> None:
        """A key with the scope may."""
        shop = await shops.shop()
        await fill(owner, shop, UNIT + 1)
        made = await shop.admin.post("/api-keys", json={"name": "k", "scopes": ["core.audit:export"]})
        answer = await client.get(API + PATH, headers={"Authorization": f"Bearer {made.json()['secret']}"})
        assert (answer.status_code, answer.content.count(b"tests.thing.done")) == (200, UNIT + 1)

    async def test_document(self, client: httpx.AsyncClient) -> None:
        """OpenAPI names both content types."""
        paths = (await client.get(f"{API}/openapi.json")).json()["paths"]
        operation = paths[f"{API}{PATH}"]["get"]
        assert set(operation["responses"]["200"]["content"]) == {"text/csv", "application/jsonl"}
        assert operation["x-permission"] == "core.audit:export"


class TestStream:
    """What happens while it flows"""

    async def test_judged_afresh(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """Requirement 20: a role taken away in the middle ends the download with an error, not with a whole file."""
        shop = await shops.shop()
        await fill(owner, shop, 3 * UNIT)
        parts = AuditExport(reader_of(app, shop.admin), AuditExportQuery()).parts()
        assert (await anext(parts)).count(b"\n") == UNIT
        await owner.execute("UPDATE memberships SET roles = '{viewer}' WHERE user_id = $1", shop.admin.user_id)
        with pytest.raises(PermissionDenied):
            await anext(parts)

    async def test_holds_no_connection(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """However many downloads stand still, requests go on: between two parts none has a connection."""
        shop = await shops.shop()
        await fill(owner, shop, 2 * UNIT)
        open_ones = [
            AuditExport(reader_of(app, shop.admin), AuditExportQuery()).parts()
            for _ in range(3 * app.state.runtime.settings.database.pool_size)
        ]
        for parts in open_ones:
            await anext(parts)
        async with asyncio.timeout(5):
            assert (await shop.admin.get("/audit-log")).status_code == 200
        for parts in open_ones:
            await parts.aclose()

    async def test_at_most_five(self, app: ModularApp, shops: Shops) -> None:
        """One principal has five at once; the sixth is 429 before its first byte, others are not concerned."""
        shop = await shops.shop()
        streams: Streams = app.state.streams
        held = [streams.one_of(f"user:{shop.admin.user_id}") for _ in range(MAX_STREAMS)]
        for each in held:
            each.__enter__()
        refused = await shop.admin.get(PATH)
        assert (refused.status_code, refused.json()["details"]["code"]) == (429, "rate_limited")
        assert (await shop.owner.get(PATH)).status_code == 200
        for each in held:
            each.__exit__(None, None, None)
        assert (await shop.admin.get(PATH)).status_code == 200

    async def test_hangs_up(self, app: ModularApp, shops: Shops) -> None:
        """A client that goes while a part is on its way leaves nothing behind: what the parts hold is let go at once."""
        ended = asyncio.Event()

        async def parts() -> AsyncGenerator[bytes, None]:
            try:
                yield b"one"
            finally:
                ended.set()

        reader = reader_of(app, (await shops.shop()).admin)
        answer = JudgedStream(reader, parts(), media_type="text/plain", filename=None)
        await hang_up(answer, scope_of("/"))
        assert ended.is_set()

    def test_counts_nothing_that_ended(self) -> None:
        """Whatever ends a stream, it is not counted any more."""
        streams = Streams(1)
        for _ in range(3):
            with pytest.raises(ValueError, match="broken"), streams.one_of("user:x"):
                raise ValueError("broken")
        with streams.one_of("user:x"), pytest.raises(RateLimited), streams.one_of("user:x"):
            pass

    async def test_must_be_declared(self, app: ModularApp, shops: Shops) -> None:
        """Only a route that says so gets a reader."""
        shop = await shops.shop()
        request = reader_of(app, shop.admin)._request
        with pytest.raises(TypeError, match="stream=True"):
            Reader(request, AccessRule(Entry.PERMISSION, permission="core.audit:read"), "user:x")


@pytest.mark.parametrize(
    "text",
    [
        "=1",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        " \n =1",
        "\ufeff=1",
        "\u00a0@x",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff20x",
    ],
)
def test_formulas(text: str) -> None:
    """Requirement 30: nothing in front hides a formula."""
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1", "a=1", "user:x", '{"a":1}', str(UUID(int=1)), "'=1"])
def test_no_formulas(text: str) -> None:
    """All else stays as it is."""
    assert neutral(text) == text
