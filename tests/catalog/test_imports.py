"""Products from a file and to a file: over REST, and killed half-way."""

import asyncio
import csv
import io
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import orjson
import pytest

from app.config import Settings
from app.modules.catalog.repository import FileRepository
from app.modules.catalog.schemas import ProductsExport, ProductsImport
from app.modules.catalog.services import file_key
from app.modules.catalog.tasks import SWEEP_FILES
from app.modules.catalog.tasks import importing as import_task
from app.services.filesystem import FilesError
from app.utils.ids import uuid7
from tests.support.shops import Shop, Shops, cart, product
from tests.tasks.conftest import bench
from tests.tasks.test_watch import Run, manage
from tests.tasks.workshop import Bench

__all__ = ["bench", "manage"]
pytestmark = pytest.mark.anyio

HEAD = "sku,name,description,price,currency,status,stock,category_id\n"


async def send(shop: Shop, raw: bytes, file_format: str = "csv") -> str:
    """The id of a file that was sent to be imported."""
    made = await shop.member.post("/products/files", json={"format": file_format})
    assert made.status_code == 201, made.text
    link = made.json()["upload"]
    sent = await shop.member.client.request(link["method"], link["href"], content=raw, headers=link["headers"])
    assert sent.is_success, sent.text
    return str(made.json()["id"])


async def run(shop: Shop, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """The task that a member started, as it ended."""
    answer = await shop.member.post(path, json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/api/v1/tasks/{answer.json()['id']}"
    found: dict[str, Any] = (await shop.viewer.get(f"/tasks/{answer.json()['id']}")).json()
    return found


async def imported(shop: Shop, raw: bytes, file_format: str = "csv", mode: str = "upsert") -> dict[str, Any]:
    """What came of the import."""
    return await run(shop, "/products/imports", {"file_id": await send(shop, raw, file_format), "mode": mode})


async def download(shop: Shop, path: str) -> httpx.Response:
    """The file that the API tells of there."""
    told = await shop.viewer.get(path.removeprefix("/api/v1"))
    assert told.status_code == 200, told.text
    assert told.json()["upload"] is None
    answer = await shop.viewer.client.get(told.json()["href"])
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer


async def products(shop: Shop) -> dict[str, dict[str, Any]]:
    """Every product, by sku."""
    found = (await shop.owner.get("/products?limit=100")).json()["data"]
    return {item["sku"]: item for item in found}


async def by_status(shop: Shop) -> dict[str, int]:
    """The summary."""
    found: dict[str, int] = (await shop.owner.get("/products/summary")).json()["by_status"]
    return found


def counts(task: dict[str, Any]) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, refused."""
    assert task["state"] == "succeeded", task
    found = task["result"]
    return found["created"], found["changed"], found["unchanged"], found["refused"]


class TestImport:
    """POST /products/files, then POST /products/imports"""

    async def test_story(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """New skus are created and known ones changed, with price history, versions, summary and audit; what a row leaves out stays."""
        shop, other = await shops.shop(), await shops.shop()
        kept = (
            await shop.member.post("/products", json=product(sku="kept", price=100, description="long", stock=3))
        ).json()
        same = (await shop.member.post("/products", json=product(sku="same", name="Same", price=7))).json()
        raw = (
            HEAD
            + 'new,"A ""new"" one",,450,EUR,active,12,\n=1+1,-x,,1,EUR,,,\nkept,Kept,,120,EUR,active,,\nsame,Same,,7,EUR,,,\n'
        )
        task = await imported(shop, raw.encode())
        assert counts(task) == (2, 1, 1, 0)
        assert (task["kind"], task["actor"]) == ("catalog.import_products", f"user:{shop.member.user_id}")
        assert task["progress"]["done"] == task["progress"]["total"] == len(raw)
        assert (task["result"]["report"], task["result"]["first_refused"]) == (None, [])
        found = await products(shop)
        assert {name: found["new"][name] for name in ("name", "price", "status", "stock", "description", "version")} == {
            "name": 'A "new" one', "price": 450, "status": "active", "stock": 12, "description": None, "version": 1,
        }  # fmt: skip
        assert (found["=1+1"]["name"], found["=1+1"]["status"], found["=1+1"]["stock"]) == ("-x", "draft", 0)
        changed = {"name": "Kept", "price": 120, "status": "active", "version": 2}
        assert found["kept"] == {**kept, **changed, "updated_at": found["kept"]["updated_at"]}
        assert found["same"] == same
        [price] = (await shop.viewer.get(f"/products/{kept['id']}/prices")).json()["data"]
        assert (price["previous_price"], price["price"], price["changed_by"]) == (100, 120, task["actor"])
        assert await by_status(shop) == {"draft": 2, "active": 2, "archived": 0}
        assert await products(other) == {}
        rows = await owner.fetch(
            "SELECT action, actor FROM audit_entries WHERE tenant_id = $1 AND target = $2 ORDER BY id",
            shop.id,
            f"task:{task['id']}",
        )
        assert [tuple(row) for row in rows] == [
            ("catalog.import.started", task["actor"]),
            ("catalog.import.finished", task["actor"]),
        ]
        again = await imported(shop, raw.replace("active", "draft").encode())
        assert counts(again) == (0, 2, 2, 0)
        assert await by_status(shop) == {"draft": 4, "active": 0, "archived": 0}

    async def test_refused_rows(self, shops: Shops) -> None:
        """Each is told with its line, field, code and reason, in the result and in a report that no spreadsheet calculates."""
        shop = await shops.shop()
        archived = (await shop.member.post("/products", json=product(sku="gone"))).json()["id"]
        await shop.member.post(f"/products/{archived}/archive", headers={"If-Match": "*"})
        sold = (await shop.member.post("/products", json=product(sku="sold", status="active", stock=5))).json()["id"]
        await shop.owner.post(f"/carts/{await cart(shop.owner, (sold, 2))}/place", headers={"If-Match": "*"})
        await shop.member.post(f"/products/{sold}/variants", json=product(sku="other"))
        bad = [
            ("=2,x,,x,EUR,,,", "price", "int_type"),
            ("a,x,,-1,EUR,,,", "price", "greater_than_equal"),
            ("a,x,,9007199254740992,EUR,,,", "price", "less_than_equal"),
            ("a,x,,1,eur,,,", "currency", "string_pattern_mismatch"),
            ("a,,,1,EUR,,,", "name", "missing"),
            ("a,x,,1,EUR,archived,,", "status", "literal_error"),
            (f"a,x,,1,EUR,,,{uuid7()}", "category_id", "category_unknown"),
            ("gone,x,,1,EUR,,,", "sku", "product_archived"),
            ("sold,x,,1,EUR,,1,", "stock", "stock_reserved"),
            ("other,x,,1,EUR,,,", "sku", "product_sku_taken"),
            ("b,x,,1,EUR", "", "malformed_csv"),
            ("fine,first,,1,EUR,,,", None, None),
            ("fine,second,,1,EUR,,,", "sku", "sku_repeated"),
        ]
        task = await imported(shop, (HEAD + "\n".join(line for line, _, _ in bad)).encode())
        expected = [(at, field, code) for at, (_, field, code) in enumerate(bad, start=2) if code]
        told = task["result"]["first_refused"]
        assert [(row["line"], row["field"], row["code"]) for row in told] == expected
        assert counts(task) == (1, 0, 0, len(expected))
        assert (await products(shop))["fine"]["name"] == "first"
        answer = await download(shop, task["result"]["report"])
        report = list(csv.DictReader(io.StringIO(answer.text)))
        assert [(int(row["line"]), row["field"], row["code"]) for row in report] == expected
        assert report[0]["sku"] == "'=2"
        assert all(row["reason"] for row in report)

    async def test_modes(self, shops: Shops) -> None:
        """`create` refuses what is known, `update` what is not; JSON Lines say the same as CSV."""
        shop = await shops.shop()
        rows: list[dict[str, Any]] = [
            {"sku": "a", "name": "A", "price": 1, "currency": "EUR"},
            {"sku": "b", "name": "B", "price": "1", "currency": "EUR"},
        ]
        raw = b"\n".join(orjson.dumps(row) for row in rows)
        assert counts(await imported(shop, raw, "jsonl", "update")) == (0, 0, 0, 2)
        task = await imported(shop, raw, "jsonl", "create")
        assert counts(task) == (1, 0, 0, 1)
        assert [row["code"] for row in task["result"]["first_refused"]] == ["int_type"]
        task = await imported(shop, raw, "jsonl", "create")
        assert [row["code"] for row in task["result"]["first_refused"]] == ["product_sku_taken", "int_type"]
        raw = orjson.dumps({**rows[0], "name": "A2", "category_id": None, "id": 1})
        assert [row["code"] for row in (await imported(shop, raw, "jsonl"))["result"]["first_refused"]] == [
            "extra_forbidden"
        ]

    async def test_refused_files(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """A file that is no table of products fails its task at once, with a sentence; so does one that never came."""
        shop = await shops.shop()
        for raw, says in ((b"sku,name\n", "lacks 'price', 'currency'"), (HEAD.encode("utf-16"), "UTF-16")):
            task = await imported(shop, raw)
            assert (task["state"], task["result"]) == ("failed", None)
            assert says in task["error"]
        file_id = (await shop.member.post("/products/files", json={"format": "csv"})).json()["id"]
        task = await run(shop, "/products/imports", {"file_id": file_id})
        assert (task["state"], task["error"]) == ("failed", import_task.MISSING)
        told = await owner.fetch(
            "SELECT after FROM audit_entries WHERE tenant_id = $1 AND action = 'catalog.import.refused'", shop.id
        )
        assert len(told) == 3
        assert (
            await owner.fetchval("SELECT count(*) FROM deliveries WHERE tenant_id = $1 AND state <> 'done'", shop.id)
            == 0
        )

    async def test_too_many_refused(
        self, shops: Shops, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file of rows that are none is given up, so that no table fills with them; what came before is there."""
        monkeypatch.setattr(import_task, "MOST_REFUSED", 3)
        monkeypatch.setattr(import_task, "BATCH", 2)
        shop = await shops.shop()
        task = await imported(shop, HEAD.encode() + b"a,A,,1,EUR,,,\n" + b"x\n" * 20)
        assert (task["state"], "More than 3 rows" in task["error"], list(await products(shop))) == (
            "failed",
            True,
            ["a"],
        )
        assert await owner.fetchval("SELECT count(*) FROM import_refusals WHERE tenant_id = $1", shop.id) == 0

    async def test_who_and_what(self, shops: Shops) -> None:
        """A viewer sends nothing; a file is imported once, and neither another tenant's nor a report is."""
        shop, other = await shops.shop(), await shops.shop()
        file_id = await send(shop, HEAD.encode() + b"x")
        for path, body in (("/products/files", {"format": "csv"}), ("/products/imports", {"file_id": file_id})):
            assert (await shop.viewer.post(path, json=body)).status_code == 403
        report = (await run(shop, "/products/imports", {"file_id": file_id}))["result"]["report_id"]
        for person, key, code in (
            (shop.member, file_id, "file_used"),
            (shop.member, report, "file_unknown"),
            (other.member, file_id, "file_unknown"),
            (shop.member, str(uuid7()), "file_unknown"),
        ):
            answer = await person.post("/products/imports", json={"file_id": key})
            assert answer.json()["details"]["code"] == code
        assert (await other.viewer.get(f"/products/files/{report}")).status_code == 404

    async def test_one_at_a_time(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """While one is unfinished another is 409, and so is an export beside an export."""
        shop = await shops.shop()
        bodies = {
            "/products/imports": {"file_id": await send(shop, HEAD.encode())},
            "/products/exports": {"format": "csv"},
        }
        for path, body in bodies.items():
            key = (await run(shop, path, body))["id"]
            await owner.execute("UPDATE tasks SET state = 'running', finished_at = NULL WHERE id = $1", key)
        bodies["/products/imports"] = {"file_id": await send(shop, HEAD.encode())}
        for path, body in bodies.items():
            answer = await shop.member.post(path, json=body)
            assert (answer.status_code, answer.json()["details"]["code"]) == (409, "too_many_tasks")


class TestExport:
    """POST /products/exports"""

    async def test_story(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every product, a page a step; JSON Lines come back as they went, and CSV calculates nothing."""
        monkeypatch.setattr("app.modules.catalog.services.exporting.PAGE", 2)
        shop = await shops.shop()
        made = (
            await shop.member.post("/products", json=product(sku="=cmd", name="Tea", description="a\nb", stock=3))
        ).json()
        await shop.member.post(f"/products/{made['id']}/variants", json=product(sku="large"))
        rows = [{"sku": f"s{number}", "name": "Ünïcode", "price": number, "currency": "EUR"} for number in range(4)]
        await imported(shop, b"\n".join(orjson.dumps(row) for row in rows), "jsonl")
        task = await run(shop, "/products/exports", {"format": "csv"})
        assert (task["state"], task["result"]["products"], task["progress"]["total"]) == ("succeeded", 5, 5)
        table = list(csv.DictReader(io.StringIO((await download(shop, task["result"]["file"])).text)))
        assert [row["sku"] for row in table] == ["'=cmd", "s0", "s1", "s2", "s3"]
        assert (table[0]["description"], table[0]["stock"], table[1]["name"]) == ("a\nb", "3", "Ünïcode")
        task = await run(shop, "/products/exports", {"format": "jsonl"})
        raw = (await download(shop, task["result"]["file"])).content
        assert counts(await imported(shop, raw, "jsonl")) == (0, 0, 5, 0)
        other = await shops.shop()
        assert counts(await imported(other, raw, "jsonl")) == (5, 0, 0, 0)
        assert {sku: item["stock"] for sku, item in (await products(other)).items()}["=cmd"] == 3

    async def test_swept(self, shops: Shops, settings: Settings, owner: asyncpg.Connection, bench: Bench) -> None:
        """A file whose time is over is not there any more, and goes with the night's sweep; others stay."""
        shop = await shops.shop()
        kept, gone = [(await run(shop, "/products/exports", {"format": "csv"}))["result"]["file_id"] for _ in range(2)]
        await owner.execute("UPDATE product_files SET expires_at = now() WHERE id = $1", UUID(gone))
        assert (await shop.viewer.get(f"/products/files/{gone}")).status_code == 404
        store = bench.runtime.files
        assert await store.size(file_key(shop.id, UUID(gone))) > 0
        await SWEEP_FILES.react(None, bench.runtime.errand(shop.id, 1, uuid7()))
        assert await owner.fetchval("SELECT array_agg(id) FROM product_files WHERE tenant_id = $1", shop.id) == [
            UUID(kept)
        ]
        assert [part async for part in store.open(file_key(shop.id, UUID(kept)))]
        with pytest.raises(Exception, match="no such file"):
            await store.size(file_key(shop.id, UUID(gone)))


async def test_command(manage: Run, shops: Shops, tmp_path: Path) -> None:
    """`manage catalog import` says how it stands, which rows were refused and why, and by its exit status whether it went well."""
    shop = await shops.shop()
    good, bad, other = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.txt"
    good.write_bytes(HEAD.encode() + b"a,A,,1,EUR,,,\nb,B,,x,EUR,,,\n")
    bad.write_bytes(b"sku\n")
    other.touch()
    for path, code, says in (
        (good, 0, "line 3: price"),
        (bad, 1, "lacks 'name'"),
        (other, 1, "neither .csv nor .jsonl"),
    ):
        result = await asyncio.to_thread(manage, "catalog", "import", str(path), "--tenant", shop.slug)
        assert (result.exit_code, says in result.output) == (code, True), result.output
    assert (
        await asyncio.to_thread(manage, "catalog", "import", str(good), "--tenant", shop.slug, "--mode", "x")
    ).exit_code
    assert list(await products(shop)) == ["a"]
    [task, *_] = (await shop.viewer.get("/tasks?state=succeeded")).json()["data"]
    assert task["actor"] == "command"


@pytest.mark.parametrize("kind", ["import", "export"])
async def test_store_away(bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """A store that does not answer is tried again, and the task says no more of it than that."""
    tenant, store = await bench.tenant(), bench.runtime.files

    async def away(*_arguments: Any) -> Any:
        raise FilesError("/var/secret/folder: read-only")

    monkeypatch.setattr(store, "size" if kind == "import" else "write", away)
    async with bench.unit(tenant) as uow:
        file = await FileRepository(uow).make("import", "csv", at=bench.runtime.clock.now())
        order = ProductsImport(file_id=file.id) if kind == "import" else ProductsExport(format="csv")
        key = uow.start(f"catalog.{kind}_products", order)
    [ticket] = await bench.claim(tenant)
    await bench.runtime.runner.run(ticket)
    row = await bench.row(key)
    assert (row["state"], row["error"]) == ("queued", "Unavailable: The store of files does not answer at the moment.")
