"""What leaves: every answer of the app in this process has the security headers, and is what the OpenAPI document says."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import httpx
import orjson
import pytest
from starlette.routing import BaseRoute

from app.db.uow import UnitOfWork
from app.extensions.context import current_context
from app.extensions.contract import JSON_TYPES, SIMULATED, Answer, Contract
from app.extensions.events import Cause, Event
from app.extensions.openapi import make_document
from app.extensions.routing import ModularApp
from app.surface import bare_app

SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
"""What every answer carries."""


@dataclass
class Seen:
    """What the tests of this process have had answered: operations, their errors and their events."""

    successes: set[str] = field(default_factory=set)
    errors: set[tuple[str, str]] = field(default_factory=set)
    events: set[tuple[str, str]] = field(default_factory=set)

    def packed(self) -> dict[str, list[Any]]:
        """As a worker sends it to the controller."""
        return {name: sorted(values) for name, values in vars(self).items()}

    def add(self, packed: dict[str, list[Any]]) -> None:
        """What another process has seen."""
        for name, values in packed.items():
            vars(self)[name].update(tuple(item) if isinstance(item, list) else item for item in values)


SEEN = Seen()
EMITTED: dict[str, set[str]] = {}
"""The events that requests recorded, by the request's id, until its answer is judged."""


@dataclass(frozen=True)
class Route:
    """What an app answers, and with what."""

    pattern: re.Pattern[str]
    methods: frozenset[str]
    path: str
    view: Any
    built: BaseRoute = field(compare=False)
    """One app's own."""


CONTRACTS: dict[Route, Contract] = {}
"""What the documents that were made in this process say of each route."""


class Judge:
    """The document of one app."""

    def __init__(self, app: ModularApp) -> None:
        """The document is made when the first answer is judged."""
        self._app = app

    async def judge(self, request: httpx.Request, response: httpx.Response) -> None:
        """Refuse an answer without the security headers, or one that the document does not know as it is.

        Raises:
            AssertionError: naming what is wrong.
        """
        lacking = {name for name, text in SECURITY.items() if response.headers.get(name) != text}
        assert not lacking, f"{request.url.path}: no {lacking}"
        found = _routed(self._app, request.method, request.url.path)
        events = EMITTED.pop(response.headers.get("X-Request-ID", ""), set())
        if found is None:
            return
        contract = _contract(self._app, found)
        operation = contract.operation(request.method, found.path)
        if operation is None:
            return
        await response.aread()
        answer = Answer(response.status_code, {**response.headers}, response.content)
        told = [*_faults(contract, operation, answer, events)]
        assert not told, f"{request.method} {request.url.path}: {'; '.join(told)}"


def _faults(contract: Contract, operation: Any, answer: Answer, events: set[str]) -> Iterator[str]:
    """What is wrong; what is right is noted as seen."""
    name, code = operation["operationId"], _code(answer)
    known = contract.codes(operation, answer.status)
    if code is not None and known and code not in known and not operation.get(SIMULATED):
        yield f"the code {code} is not in the document"
    yield from contract.faults(operation, answer)
    yield from (f"{event} is not in x-events" for event in sorted(events - set(operation.get("x-events", ()))))
    if code is None:
        SEEN.successes.add(name)
    else:
        SEEN.errors.add((name, code))
    SEEN.events.update((name, event) for event in events)


def _code(answer: Answer) -> str | None:
    """The code of the problem, None for what is none."""
    if answer.status < 400 or answer.headers.get("content-type") not in JSON_TYPES:
        return None
    body = orjson.loads(answer.body or b"{}")
    return str((body.get("details") or body).get("code"))


@contextmanager
def judged() -> Iterator[None]:
    """While it lasts, whatever a built app answers within this process is judged, whichever client asks it."""
    patch, stock, record = pytest.MonkeyPatch(), httpx.ASGITransport.handle_async_request, UnitOfWork.record

    async def handle(self: httpx.ASGITransport, request: httpx.Request) -> httpx.Response:
        response = await stock(self, request)
        if isinstance(self.app, ModularApp) and hasattr(self.app.state, "runtime"):
            await Judge(self.app).judge(request, response)
        return response

    def remember(self: UnitOfWork, event: Event, *, cause: Cause | None = None) -> Any:
        context = current_context.get()
        if context is not None and context.route is not None and context.delivery_id is None:
            EMITTED.setdefault(str(context.request_id), set()).add(event.name)
        return record(self, event, cause=cause)

    patch.setattr(httpx.ASGITransport, "handle_async_request", handle)
    patch.setattr(UnitOfWork, "record", remember)
    yield
    patch.undo()


def _contract(app: ModularApp, route: Route) -> Contract:
    """A view at a route is told the same of, whatever app has it; only of what is new to this process a document is made."""
    if route not in CONTRACTS:
        new = [each for each in _routes(app) if each not in CONTRACTS]
        part = bare_app(docs=False)
        part.router.routes.extend(each.built for each in new)
        CONTRACTS.update(dict.fromkeys(new, Contract(make_document(part))))
    return CONTRACTS[route]


def _routed(app: ModularApp, method: str, path: str) -> Route | None:
    """The route that answers the method."""
    return next((route for route in _routes(app) if method in route.methods and route.pattern.match(path)), None)


@lru_cache(maxsize=4)
def _routes(app: ModularApp) -> tuple[Route, ...]:
    """What an app answers, in its order; kept, since a suite asks ten thousand times."""
    return tuple(
        Route(
            context.path_regex,
            frozenset(context.methods or ()),
            context.path_format or "",
            context.endpoint,
            context.original_route,
        )
        for context in app.contexts()
        if getattr(context, "path_regex", None) is not None
    )
