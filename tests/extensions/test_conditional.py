"""If-Match is demanded by the version alone: a new module cannot forget it, and one that does not look changes nothing."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.config import Settings
from app.extensions.module import Module
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.main import build_app
from app.utils.schemas import DefaultResponse
from tests.support.scratch import run_sql, scratch_database

OPEN = access_control(open=True)
KEY = UUID(int=1)


@dataclass(slots=True)
class BillOut:
    """Something with a version."""

    id: UUID
    version: int


def bills() -> ModuleRouter:
    """A module whose author knows nothing of conditions."""
    router = ModuleRouter(prefix="/bills", tag="bills")

    @cbv(router)
    class Views:
        commons: Commons = Depends(commons_deps)

        @router.get("/{key}")
        @OPEN
        async def get_bill(self, key: UUID, expand: str | None = None) -> BillOut:
            """One."""
            return BillOut(key, 7)

        @router.patch("/{key}")
        @OPEN
        async def update_bill(self, key: UUID) -> BillOut:
            """Looks."""
            self.commons.if_match.require(7)
            return BillOut(key, 8)

        @router.put("/{key}")
        @OPEN
        async def replace_bill(self, key: UUID) -> DefaultResponse:
            """Forgets to look."""
            await self.commons.uow.begin()
            await self.commons.uow.connection.execute("INSERT INTO bills VALUES (1)")
            return DefaultResponse(status=True, msg="done")

        @router.post("/{key}/pay")
        @access_control(open=True, if_match=True)
        async def pay_bill(self, key: UUID) -> BillOut:
            """A verb that says so, and forgets to look."""
            return BillOut(key, 8)

        @router.post("/{key}/copy")
        @OPEN
        async def copy_bill(self, key: UUID) -> BillOut:
            """A verb that changes nothing of it."""
            return BillOut(key, 1)

    return router


@pytest.fixture(scope="module")
async def http(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app with bills, whose table anybody may write."""
    async with scratch_database(settings) as scratch:
        await run_sql(
            scratch.database.owner_url, "CREATE TABLE bills (number int)", "GRANT SELECT, INSERT ON bills TO atrium_app"
        )
        app = build_app(scratch, modules=[Module(name="bills", routers=(bills(),))])
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://testserver/api/v1") as client,
        ):
            client.headers["X-Database"] = scratch.database.owner_url
            yield client


async def count(http: httpx.AsyncClient) -> int:
    """How many bills were written."""
    connection = await asyncpg.connect(http.headers["X-Database"])
    try:
        return int(await connection.fetchval("SELECT count(*) FROM bills"))
    finally:
        await connection.close()


async def test_demanded(http: httpx.AsyncClient) -> None:
    """A change of what has a version demands If-Match without a word of the module, in the document too."""
    paths = (await http.get("/openapi.json")).json()["paths"]
    demanded = {
        (method, path)
        for path, item in paths.items()
        if "/bills" in path
        for method, operation in item.items()
        if any(each["name"] == "If-Match" for each in operation.get("parameters", ()))
    }
    one = "/api/v1/bills/{key}"
    assert demanded == {("patch", one), ("put", one), ("post", f"{one}/pay")}
    assert (await http.patch(f"/bills/{KEY}")).status_code == 428
    assert (await http.patch(f"/bills/{KEY}", headers={"If-Match": '"7"'})).status_code == 200
    assert (await http.post(f"/bills/{KEY}/copy")).status_code == 200


@pytest.mark.parametrize(("method", "path"), [("PUT", f"/bills/{KEY}"), ("POST", f"/bills/{KEY}/pay")])
async def test_forgotten(http: httpx.AsyncClient, method: str, path: str) -> None:
    """A use case that does not look at the version changes nothing, whether the header is sent or not."""
    assert (await http.request(method, path)).status_code == 428
    assert (await http.request(method, path, headers={"If-Match": '"7"'})).status_code == 500
    assert await count(http) == 0


async def test_widened(http: httpx.AsyncClient) -> None:
    """With `expand` there is no ETag, and no 304: the version does not count what was added."""
    plain = await http.get(f"/bills/{KEY}")
    assert plain.headers["ETag"] == '"7"'
    assert (await http.get(f"/bills/{KEY}", headers={"If-None-Match": '"7"'})).status_code == 304
    wide = await http.get(f"/bills/{KEY}?expand=payer", headers={"If-None-Match": '"7"'})
    assert (wide.status_code, "ETag" in wide.headers) == (200, False)
