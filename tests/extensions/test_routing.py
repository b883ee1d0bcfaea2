"""Dispatch by noun, and the guarded route class: what is mounted, what is found, what is committed before an answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.config import Settings
from app.db.uow import UnitOfWork
from app.exceptions import Unavailable
from app.extensions.module import Module
from app.extensions.routing import GuardedRoute, ModularApp, ModuleRouter
from app.extensions.views import cbv
from app.main import build_app
from tests.support.scratch import run_sql, scratch_database
from tests.support.shops import Shop, Shops, product

MODULES = 50
OPEN = access_control(open=True)


def things(noun: str) -> ModuleRouter:
    """A router that says its noun: a list, one, and a change of one."""
    router = ModuleRouter(prefix=f"/{noun}", tag=noun)

    @cbv(router)
    class Views:
        commons: Commons = Depends(commons_deps)

        @router.get("")
        @OPEN
        async def list_things(self) -> list[str]:
            """The noun."""
            return [noun]

        @router.get("/{key}")
        @OPEN
        async def get_thing(self, key: str) -> list[str]:
            """One."""
            return [noun, key]

        @router.patch("/{key}")
        @OPEN
        async def update_thing(self, key: str) -> list[str]:
            """One, changed."""
            return [noun, key, "changed"]

    return router


@asynccontextmanager
async def calling(app: ModularApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver/api/v1") as http:
        yield http


@pytest.fixture(scope="module")
async def many(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app of fifty modules; some nouns begin as others do."""
    modules = [Module(name=f"m{number}", routers=(things(f"noun{number}"),)) for number in range(MODULES)]
    async with calling(build_app(settings, modules=modules)) as http:
        yield http


class TestDispatch:
    """ModularApp"""

    async def test_each(self, many: httpx.AsyncClient) -> None:
        """Each of fifty modules is found by its noun, on all its paths and methods."""
        for noun in (f"noun{number}" for number in range(MODULES)):
            assert (await many.get(f"/{noun}")).json() == [noun]
            assert (await many.get(f"/{noun}/a")).json() == [noun, "a"]
            assert (await many.patch(f"/{noun}/a")).json() == [noun, "a", "changed"]

    @pytest.mark.parametrize(
        "path", ["/noun", "/noun1/a/b", "/noun50", "/Noun1", "/noun1/", "//noun1", "", "/noun1%2Fa/b"]
    )
    async def test_not_found(self, many: httpx.AsyncClient, path: str) -> None:
        """What is no route is a 404 in our envelope, inside a module and outside; no slash is added or taken away."""
        answer = await many.get(path)
        assert answer.status_code == 404
        assert answer.json()["details"]["code"] == "not_found"

    @pytest.mark.parametrize(("path", "allowed"), [("/noun7", ["GET"]), ("/noun7/a", ["GET", "PATCH"])])
    async def test_method(self, many: httpx.AsyncClient, path: str, allowed: list[str]) -> None:
        """A method that a path does not have is a 405 that names all methods of the path, of all its routes."""
        answer = await many.delete(path)
        assert answer.status_code == 405
        assert sorted(answer.headers["Allow"].split(", ")) == allowed

    async def test_documented(self, settings: Settings) -> None:
        """The one document holds the operations of all modules, and the app has as many routes."""
        modules = [Module(name=f"m{number}", routers=(things(f"noun{number}"),)) for number in range(MODULES)]
        app = build_app(settings, modules=modules)
        paths = app.openapi()["paths"]
        assert sum(len(item) for path, item in paths.items() if "/noun" in path) == 3 * MODULES
        assert sum(1 for _ in app.contexts()) >= 3 * MODULES


class TestMount:
    """mount_module"""

    async def test_unguarded(self) -> None:
        """A route of another class cannot come in by a module's router."""
        router, plain = ModuleRouter(prefix="/things", tag="things"), APIRouter()

        @plain.get("/open")
        async def get_open() -> list[str]:
            return []

        router.routes.extend(plain.routes)
        with pytest.raises(TypeError, match="every route of a module is guarded"):
            ModularApp().mount_module(router)

    async def test_unguarded_function(self) -> None:
        """A function without a rule cannot become a route of a module's router."""
        router = ModuleRouter(prefix="/things", tag="things")

        async def get_open() -> list[str]:
            return []

        with pytest.raises(TypeError, match="access_control"):
            router.get("/open")(get_open)

    async def test_too_late(self) -> None:
        """A route that comes when the routes of its router are built would never answer, and is refused."""
        router = things("things")

        @OPEN
        async def get_late() -> list[str]:
            return []

        ModularApp().mount_module(router)
        with pytest.raises(TypeError, match="built already"):
            router.get("/late")(get_late)

    async def test_built_once(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """Routes are built for the first app that mounts them, and shared; what one app puts in the place of a dependency is its own."""
        made: list[str] = []
        stock = GuardedRoute.__init__

        def counted(self: GuardedRoute, path: str, *args: Any, **options: Any) -> None:
            made.append(path)
            stock(self, path, *args, **options)

        async def broken() -> None:
            raise Unavailable("This app has none.")

        monkeypatch.setattr(GuardedRoute, "__init__", counted)
        modules = [Module(name="things", routers=(things("things"),))]
        assert made == []
        first, second = (
            build_app(settings.model_copy(update={"env": "production"}), modules=modules) for _ in range(2)
        )
        assert made == ["/api/v1/things", "/api/v1/things/{key}", "/api/v1/things/{key}"]
        first.dependency_overrides[commons_deps] = broken
        second.dependency_overrides[broken] = broken  # so that this one goes through FastAPI's solver too
        async with calling(first) as one, calling(second) as other:
            assert [(await http.get("/things")).status_code for http in (one, other)] == [503, 200]

    async def test_one_noun(self) -> None:
        """Two routers of one noun are refused: the second would never be reached."""
        app = ModularApp()
        app.mount_module(things("things"))
        with pytest.raises(ValueError, match="two routers for /api/v1/things"):
            app.mount_module(things("things"))


class TestCommit:
    """The guarded route class commits before it lets the response go"""

    async def test_before_the_answer(
        self, shops: Shops, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When the first byte of the answer leaves, the row is there for everybody."""
        shop, seen = await shops.shop(), list[int]()
        stock = httpx.ASGITransport.handle_async_request
        body = product()

        async def watched(self: httpx.ASGITransport, request: httpx.Request) -> httpx.Response:
            inner = self.app

            async def app(scope: Any, receive: Any, send: Any) -> None:
                async def look(message: Any) -> None:
                    if message["type"] == "http.response.start":
                        query = "SELECT count(*) FROM products WHERE tenant_id = $1"
                        seen.append(await owner.fetchval(query, shop.id))
                    await send(message)

                await inner(scope, receive, look)

            return await stock(httpx.ASGITransport(app, raise_app_exceptions=False), request)

        monkeypatch.setattr(httpx.ASGITransport, "handle_async_request", watched)
        assert (await shop.owner.post("/products", json=body)).status_code == 201
        assert seen == [1]

    async def test_commit_raises(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """A write whose commit fails is never answered 2xx, and leaves nothing."""
        shop = await shops.shop()

        async def fail(_self: UnitOfWork) -> None:
            raise asyncpg.PostgresConnectionError("gone")

        with monkeypatch.context() as patch:
            patch.setattr(UnitOfWork, "commit", fail)
            answer = await shop.owner.post("/products", json=product())
        assert (answer.status_code, answer.json()["details"]["code"]) == (503, "unavailable")
        assert (await shop.owner.get("/products")).json()["data"] == []

    async def test_deferred_constraint(self, settings: Settings) -> None:
        """So is one whose constraint PostgreSQL judges at COMMIT alone."""
        router = ModuleRouter(prefix="/bills", tag="bills")

        @cbv(router)
        class Views:
            commons: Commons = Depends(commons_deps)

            @router.post("", status_code=201)
            @OPEN
            async def create_bill(self) -> list[str]:
                """Twice the same number."""
                await self.commons.uow.begin()
                await self.commons.uow.connection.execute("INSERT INTO bills VALUES (1), (1)")
                return ["made"]

        async with scratch_database(settings) as scratch:
            await run_sql(
                scratch.database.owner_url,
                "CREATE TABLE bills (number int UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                "GRANT INSERT ON bills TO atrium_app",
            )
            app = build_app(scratch, modules=[Module(name="bills", routers=(router,))])
            async with app.router.lifespan_context(app), calling(app) as http:
                answer = await http.post("/bills")
        assert answer.status_code == 409
        assert "made" not in answer.text


async def test_rule_before_body(shops: Shops) -> None:
    """Who may not is told so before a body is judged."""
    shop = await shops.shop()
    answer = await shop.viewer.post("/products", content=b"{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 403


FIRST = "/products"
OF_ONE = {"x-request-id", "content-length"}
ASKED: tuple[tuple[str, str, Any], ...] = (
    ("GET", FIRST, None),
    ("GET", f"{FIRST}?limit=1&sort=-price&status=draft,active&q=tea&created_at%5Bgte%5D=2020-01-01T00:00:00Z", None),
    ("GET", f"{FIRST}?limit=0&sort=size&status=&q=&cursor=&created_at%5Blt%5D=never", None),
    ("GET", f"{FIRST}?limit=1&limit=2&unknown=1", None),
    ("GET", f"{FIRST}?cursor=AAAA", None),
    ("GET", f"{FIRST}/summary", None),
    ("GET", f"{FIRST}/summary?limit=1", None),
    ("GET", f"{FIRST}/no-id", None),
    ("GET", f"{FIRST}/00000000-0000-7000-8000-00000000000f", None),
    ("GET", f"{FIRST}/", None),
    ("PUT", FIRST, None),
    ("POST", FIRST, b""),
    ("POST", FIRST, b"null"),
    ("POST", FIRST, b"[]"),
    ("POST", FIRST, b'{"sku": 1, "name": "", "price": -1, "currency": "eur", "more": {}}'),
    ("POST", FIRST, b'{"sku":'),
    ("PATCH", f"{FIRST}/no-id", b'{"price": "x"}'),
    ("PATCH", f"{FIRST}/00000000-0000-7000-8000-00000000000f", b'{"price": 1}'),
    ("GET", "/members?limit=1000", None),
    ("PATCH", "/me", b'{"name": 1}'),
)  # fmt: skip


async def _answer(shop: Shop, method: str, path: str, content: Any) -> tuple[int, dict[str, str], Any]:
    """Status, headers and body, but for what is of the one request."""
    headers = {"Content-Type": "application/json"} if content is not None else {}
    answer = await shop.owner.call(method, path, content=content, headers=headers)
    body = answer.json()
    for name in ("request_id", "instance"):
        body.get("details", {}).pop(name, None)
    return answer.status_code, {k: v for k, v in answer.headers.items() if k not in OF_ONE}, body


MOCKS = {"get_item", "create_item", "update_item", "delete_item"}


class TestDirect:
    """Views that are called without FastAPI's solver"""

    async def test_all_of_ours(self, app: ModularApp) -> None:
        """Every view of the installed modules is, but for the two that read a cookie, the four streams, signed messages, and the mock's."""
        solved = {
            route.name
            for context in app.contexts()
            if isinstance(route := context.original_route, GuardedRoute) and route.direct is None
        }
        streams, messages = (
            {"export_entries", "watch_task", "watch_sales", "download_file"},
            {"receive_message", "receive_payment"},
        )
        assert solved == {"refresh_session", "sign_out", *streams, *messages, *MOCKS}

    @pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked[0]} {asked[1]} {asked[2] or b''!r}")
    async def test_same_answer(
        self, app: ModularApp, shops: Shops, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, str, Any]
    ) -> None:
        """Status, headers and body are those that FastAPI's solver leads to, faults and their order included."""
        method, path, content = asked
        shop = await shops.shop()
        for number in range(2):
            await shop.owner.post("/products", json=product(sku=f"tea-{number}"))
        direct = await _answer(shop, method, path, content)
        monkeypatch.setitem(app.dependency_overrides, _answer, _answer)  # any override leaves all views to FastAPI
        assert direct == await _answer(shop, method, path, content)
