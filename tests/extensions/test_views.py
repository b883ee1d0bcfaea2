"""cbv and the guarded route class: bad spellings are refused at import; what fastapi-utils' own tests demand holds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, ClassVar

import httpx
import pytest
from fastapi import Depends, Query
from starlette.requests import Request

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.config import Settings
from app.extensions.module import Module
from app.extensions.routing import ModularApp, ModuleRouter
from app.extensions.views import cbv
from app.main import build_app

OPEN = access_control(open=True)


def router(name: str = "things") -> ModuleRouter:
    """A router of its own."""
    return ModuleRouter(prefix=f"/{name}", tag=name)


@asynccontextmanager
async def serving(settings: Settings, *routers: ModuleRouter) -> AsyncIterator[tuple[ModularApp, httpx.AsyncClient]]:
    """An app of these routers alone, without its lifespan: open views touch no database."""
    app = build_app(settings, modules=[Module(name="things", routers=routers)])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver/api/v1") as http:
        yield app, http


async def number() -> int:
    """A dependency."""
    return 7


def _unannotated() -> None:
    @cbv(router())
    class Views:
        commons = Depends(commons_deps)


def _inherited() -> None:
    class Base:
        commons = Depends(commons_deps)

    @cbv(router())
    class Views(Base):
        pass


def _annotated() -> None:
    @cbv(router())
    class Views:
        commons: Annotated[Commons, Depends(commons_deps)]


def _annotated_and_default() -> None:
    @cbv(router())
    class Views:
        commons: Annotated[Commons, Depends(commons_deps)] = Depends(number)


def _no_value() -> None:
    @cbv(router())
    class Views:
        commons: Commons


def _plain_value() -> None:
    @cbv(router())
    class Views:
        limit: int = 5


def _init() -> None:
    @cbv(router())
    class Views:
        def __init__(self) -> None:
            self.limit = 5


def _inherited_init() -> None:
    class Base:
        def __init__(self) -> None:
            self.limit = 5

    @cbv(router())
    class Views(Base):
        pass


def _clash() -> None:
    things = router()

    @cbv(things)
    class Views:
        limit: int = Depends(number)

        @things.get("")
        @OPEN
        async def get_things(self, limit: int) -> list[int]:
            return [limit]


def _other_router() -> None:
    things = router()

    @cbv(router("others"))
    class Views:
        commons: Commons = Depends(commons_deps)

        @things.get("")
        @OPEN
        async def get_things(self) -> list[int]:
            return []


def _no_rule() -> None:
    things = router()

    @cbv(things)
    class Views:
        @things.get("")
        async def get_things(self) -> list[int]:
            return []


def _rule_above() -> None:
    things = router()

    @cbv(things)
    class Views:
        @OPEN
        @things.get("")
        async def get_things(self) -> list[int]:
            return []


def _sync_view() -> None:
    things = router()

    @cbv(things)
    class Views:
        @things.get("")
        @OPEN  # type: ignore[arg-type]  # the fault
        def get_things(self) -> list[int]:
            return []


@pytest.mark.parametrize(
    ("spelling", "told"),
    [
        (_unannotated, "annotate the dependency"),
        (_inherited, "annotate the dependency"),
        (_annotated, "Type = Depends"),
        (_annotated_and_default, "Type = Depends"),
        (_no_value, "Type = Depends"),
        (_plain_value, "Type = Depends"),
        (_init, "no __init__"),
        (_inherited_init, "no __init__"),
        (_clash, "injected already"),
        (_other_router, "another router"),
        (_no_rule, "access_control"),
        (_rule_above, "access_control"),
        (_sync_view, "coroutine"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
async def test_refused(spelling: Callable[[], None], told: str) -> None:
    """A bad spelling cannot be imported, and the message says how to write it."""
    with pytest.raises(TypeError, match=told):
        spelling()


class TestBehaviour:
    """What fastapi-utils' tests of its cbv demand, as far as the platform uses it"""

    async def test_methods(self, settings: Settings) -> None:
        """Two methods of one class share its dependencies; path and query parameters reach them converted."""
        things = router()

        @cbv(things)
        class Views:
            commons: Commons = Depends(commons_deps)
            number: int = Depends(number)
            shared: ClassVar[list[str]] = []

            @things.get("/{thing}")
            @OPEN
            async def get_thing(self, thing: int, factor: Annotated[int, Query(le=9)] = 1) -> list[int]:
                """One."""
                return [self.number, thing * factor]

            @things.post("", status_code=201)
            @OPEN
            async def create_thing(self) -> list[int]:
                """Another."""
                self.shared.append("here")
                return [self.number]

        async with serving(settings, things) as (_, http):
            assert (await http.get("/things/6?factor=7")).json() == [7, 42]
            assert (await http.get("/things/6?factor=10")).status_code == 422
            assert (await http.get("/things/six")).status_code == 422
            created = await http.post("/things")
            assert (created.status_code, created.json()) == (201, [7])
        assert Views.shared == ["here"]
        assert [route.endpoint.__name__ for route in things.planned] == ["get_thing", "create_thing"]

    async def test_two_classes(self, settings: Settings) -> None:
        """Two classes on one router keep to their own routes and dependencies."""
        things = router()

        @cbv(things)
        class First:
            commons: Commons = Depends(commons_deps)

            @things.get("/first")
            @OPEN
            async def get_first(self) -> list[bool]:
                """Without a number."""
                return [hasattr(self, "number")]

        @cbv(things)
        class Second:
            commons: Commons = Depends(commons_deps)
            number: int = Depends(number)

            @things.get("/second")
            @OPEN
            async def get_second(self) -> list[int]:
                """With one."""
                return [self.number]

        async with serving(settings, things) as (_, http):
            assert (await http.get("/things/first")).json() == [False]
            assert (await http.get("/things/second")).json() == [7]

    async def test_override(self, settings: Settings) -> None:
        """A dependency of the class is overridden as any other."""
        things = router()

        @cbv(things)
        class Views:
            commons: Commons = Depends(commons_deps)
            number: int = Depends(number)

            @things.get("")
            @OPEN
            async def get_thing(self) -> list[int]:
                """The number."""
                return [self.number]

        async with serving(settings, things) as (app, http):
            app.dependency_overrides[number] = lambda: 8
            assert (await http.get("/things")).json() == [8]

    async def test_documented(self, settings: Settings) -> None:
        """The document shows the method's parameters and text, and nothing of what is injected."""
        things = router()

        @cbv(things)
        class Views:
            commons: Commons = Depends(commons_deps)

            @things.get("/{thing}")
            @OPEN
            async def get_thing(self, thing: int) -> list[int]:
                """One of them."""
                return [thing]

        async with serving(settings, things) as (app, _):
            operation = app.openapi()["paths"]["/api/v1/things/{thing}"]["get"]
        assert [parameter["name"] for parameter in operation["parameters"]] == ["thing"]
        assert operation["description"] == "One of them."
        assert operation["tags"] == ["things"]

    async def test_concurrent(self, settings: Settings) -> None:
        """Of fifty calls at once, none sees the state of another: each has an instance of its own."""
        things, inside = router(), asyncio.Barrier(50)

        async def asked(request: Request) -> str:
            return str(request.path_params["thing"])

        @cbv(things)
        class Views:
            commons: Commons = Depends(commons_deps)
            who: str = Depends(asked)
            found: ClassVar[Any] = None

            @things.get("/{thing}")
            @OPEN
            async def get_thing(self, thing: str) -> list[str]:
                """Writes to itself, waits until all others have, and reads."""
                vars(self)["mine"] = thing
                await inside.wait()
                return [self.who, vars(self)["mine"]]

        async with serving(settings, things) as (_, http):
            answers = await asyncio.gather(*(http.get(f"/things/{name}") for name in range(50)))
        assert [answer.json() for answer in answers] == [[str(name)] * 2 for name in range(50)]

    async def test_not_judged(self) -> None:
        """A view that is reached without the guarded route class refuses: no context means 401, never "go on"."""
        things = router()

        class Views:
            commons: Commons = Depends(commons_deps)

            @OPEN
            async def get_thing(self) -> list[int]:
                """Never reached."""
                return [1]

        with pytest.raises(Exception, match="not judged"):
            await Views().get_thing()
        assert things.routes == []
