"""Applications without a database behind their views: what a class costs, and what the number of routes costs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

import fastapi_utils.cbv as stock
from fastapi import APIRouter, Depends, FastAPI, Query
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app import main
from app.config import Settings
from app.extensions.access import RULE_ATTRIBUTE, AccessRule, Entry
from app.extensions.logs import configure_logs
from app.extensions.module import Module
from app.extensions.responses import COMMONS, STATUS, reply
from app.extensions.routing import ModularApp, ModuleRouter
from app.extensions.views import cbv

PER_MODULE = 10
View = TypeVar("View", bound=Callable[..., Any])
Limit = Annotated[int, Query(ge=1, le=100)]


@dataclass(slots=True)
class Thing:
    """What every view answers."""

    name: str = "Tea"
    price: int = 450


@dataclass(slots=True)
class Given:
    """What the dependency hands over, in the place of Commons."""

    outgoing: list[tuple[str, str]] = field(default_factory=list)


async def given(request: Request) -> Given:
    """The same dependency for all three."""
    found: Given = request.scope[COMMONS]
    return found


def _open(view: View) -> View:
    """The rule that a module's route must have; nobody judges it here."""
    setattr(view, RULE_ATTRIBUTE, AccessRule(Entry.OPEN))
    return view


def views(_settings: Settings) -> ASGIApp:
    """One view three times: in our class, as a function, in fastapi-utils' class."""
    app = FastAPI()
    for router in (_own(), _function(), _stock()):
        app.include_router(router)

    async def prepared(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[STATUS], scope[COMMONS] = 200, Given()
        await app(scope, receive, send)

    return prepared


def _own() -> APIRouter:
    router = ModuleRouter(prefix="", tag="own")

    @cbv(router)
    class Views:
        """Ours."""

        given: Given = Depends(given)

        @router.get("/own")
        @_open
        async def show(self, limit: Limit = 50) -> Thing:
            """The view."""
            return Thing(price=limit + len(self.given.outgoing))

    plain = APIRouter()
    for route in router.planned:
        plain.add_api_route(route.path, route.endpoint)
    return plain


def _function() -> APIRouter:
    router = APIRouter()

    @router.get("/function")
    async def show(request: Request, given: Annotated[Given, Depends(given)], limit: Limit = 50) -> Any:
        return reply(request, Thing(price=limit + len(given.outgoing)))

    return router


def _stock() -> APIRouter:
    router = APIRouter()

    @stock.cbv(router)
    class Views:
        """Theirs."""

        given: Given = Depends(given)

        @router.get("/stock")
        async def show(self, request: Request, limit: Limit = 50) -> Any:
            """The view."""
            return reply(request, Thing(price=limit + len(self.given.outgoing)))

    return router


def routed(settings: Settings, routes: int) -> ModularApp:
    """The whole platform with so many open routes, ten a module, in the place of the installed modules."""
    configure_logs(settings.logs.level)
    return main.build_app(settings, modules=tuple(_modules(routes // PER_MODULE)))


def last_route(routes: int) -> str:
    """The path of the last route of the last module."""
    return f"/api/v1/noun{routes // PER_MODULE - 1}/{PER_MODULE - 1}"


def _modules(count: int) -> Iterator[Module]:
    for number in range(count):
        router = ModuleRouter(prefix=f"/noun{number}", tag=f"module{number}")
        for place in range(PER_MODULE):
            router.get(f"/{place}", name=f"show_{place}")(_show)
        yield Module(f"module{number}", routers=(router,))


@_open
async def _show(request: Request) -> Response:
    return reply(request, Thing())
