"""The guarded route class, and the dispatch by module that stands in front of FastAPI's linear matching."""

import inspect
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from pydantic import BaseModel
from starlette.convertors import Convertor
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from app.exceptions import AppError, FieldFault, Forbidden, OutcomeUnknown, ValidationFailed
from app.extensions.access import AccessRule, rule_of
from app.extensions.arguments import Arguments
from app.extensions.body import GuardedRequest, check_text, parse_json, read_body
from app.extensions.clock import Clock
from app.extensions.conditional import CHANGING, is_versioned
from app.extensions.context import context_of
from app.extensions.drift import DriftWatch
from app.extensions.idempotency import Once, Rows, has_key
from app.extensions.interfaces import Authenticator, RefusalBook, UnitOfWork
from app.extensions.responses import COMMONS, STATUS

API = "/api/v1"
BY_KEY = "The database went away while this was being saved. Send it again with the same Idempotency-Key, which does it once."
Handler: TypeAlias = Callable[[Any], Awaitable[Response]]


class GuardedRoute(APIRoute):
    """Refuses at import a view without an access rule; at each request it owns the unit of work.

    The order of refusals: credentials, body, session, tenant, static rule, JSON, validation, object. It commits before the
    response is let go; whatever is raised rolls back.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Raises TypeError for a view that is not a coroutine or has no rule below its verb decorator."""
        if rule_of(endpoint) is None:
            raise TypeError(f"{endpoint.__qualname__}: put @access_control(...) below the verb decorator")
        if not inspect.iscoroutinefunction(endpoint):
            raise TypeError(f"{endpoint.__qualname__}: a view is a coroutine (async def)")
        super().__init__(path, endpoint, **options)
        self.label = self.path_format
        """The whole path as a template, for logs and metrics; the mount puts its prefix in front."""
        rule = rule_of(endpoint)
        self.demands_if_match = rule is not None and rule.if_match
        """Whether If-Match is demanded; the mount adds PATCH, PUT and DELETE of what has a version."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]  # an Awaitable is enough
        """The handler of the route, with everything around the view; FastAPI finds the arguments."""
        return self._guarded(super().get_route_handler())

    def direct_handler(self) -> Handler | None:
        """The same handler without FastAPI's solver, or None where only that knows how to fill the view's parameters.

        None for a stream too: it may be refused as it leaves, which Starlette's middleware answers.
        """
        arguments, view, rule = Arguments.of(self.dependant), self.endpoint, rule_of(self.endpoint)
        if arguments is None or rule is None or rule.stream:
            return None

        async def answer(request: GuardedRequest) -> Response:
            response: Response = await view(**await arguments.solve(request, request.raw, request.parsed))
            return response

        return self._guarded(answer)

    def _guarded(self, answer: Handler) -> Handler:
        rule = rule_of(self.endpoint)
        if rule is None:
            raise TypeError(f"{self.endpoint.__qualname__}: the access rule was lost")
        takes_body = self.body_field is not None
        needs_body = self.body_field is not None and self.body_field.field_info.is_required()
        parameters = query_names(self.dependant)
        status = self.status_code or 200

        async def answering(request: Any) -> Response:
            response = await answer(request)
            if self.demands_if_match:
                request.scope[COMMONS].if_match.confirm()
            return response

        async def handle(given: Request) -> Response:
            request = given if isinstance(given, GuardedRequest) else GuardedRequest(given.scope, given.receive)
            platform: Platform = request.app.state.platform
            context_of(request.scope).route = self.label
            identity = platform.authenticator.identify(request, rule)
            if not rule.upload:
                request.raw = await read_body(
                    request, expected=takes_body, max_bytes=platform.max_body_bytes, seconds=platform.body_seconds
                )
            uow, commons = await platform.authenticator.admit(request, rule, identity)
            try:
                request.scope[COMMONS] = commons
                if needs_body or (takes_body and request.raw):
                    request.parsed = parse_json(request.raw)
                once = platform.once(request, rule, commons) if has_key(request, rule) else None
                check_parameters(request, parameters)
                request.scope[STATUS] = status
                response = await (answering(request) if once is None else answer_once(once, uow, request, answering))
                response.headers.update(commons.told)
                await uow.commit()
            except BaseException as error:
                await undo(platform, uow, commons, error)
                explained = explain(error, uow, request, rule)
                if explained is not None:
                    raise explained from error
                raise
            platform.drift.look(request, response)
            return response

        return handle


async def answer_once(once: Once, uow: UnitOfWork, request: GuardedRequest, answer: Handler) -> Response:
    """The first answer where there was one; else this one, kept in the transaction of its effect."""
    response = await once.first(uow)
    if response is None:
        response = await answer(request)
        await once.keep(uow, response)
    return response


def explain(error: BaseException, uow: UnitOfWork, request: Request, rule: AccessRule) -> AppError | None:
    """The answer to an error of the database; None where it is none, or is an answer already."""
    if isinstance(error, OutcomeUnknown) and has_key(request, rule):
        return OutcomeUnknown(BY_KEY)
    return uow.explain(error)


async def undo(platform: "Platform", uow: UnitOfWork, commons: Any, error: BaseException) -> None:
    """Roll back. A refusal is explained before that, as long as its transaction stands."""
    try:
        if isinstance(error, Forbidden):
            await platform.authenticator.explain_refusal(error, commons)
    finally:
        await uow.rollback()


class Platform:
    """What the guarded route class needs of the composition root; stands in `app.state.platform`."""

    def __init__(
        self,
        authenticator: Authenticator,
        refusals: RefusalBook,
        kept: Rows,
        clock: Clock,
        drift: DriftWatch,
        *,
        max_body_bytes: int,
        body_seconds: float,
    ) -> None:
        """`kept` are the answers to requests that may come again. Limits are in bytes and seconds."""
        self.authenticator = authenticator
        self.refusals = refusals
        self._kept = kept
        self._clock = clock
        self.drift = drift
        self.max_body_bytes = max_body_bytes
        self.body_seconds = body_seconds

    def once(self, request: GuardedRequest, rule: AccessRule, commons: Any) -> Once:
        """The request as one that may come again."""
        return Once(self._kept, self._clock, request, rule, raw=request.raw or b"", actor=commons.principal.actor)


class ModuleRouter(APIRouter):
    """The router of a module: guarded routes only, no slash redirects (they reflect the Host header)."""

    def __init__(self, *, prefix: str, tag: str) -> None:
        """`prefix` is the noun behind /api/v1, `tag` the heading in the documentation."""
        super().__init__(prefix=prefix, tags=[tag], route_class=GuardedRoute, redirect_slashes=False)


def demand_if_match(routes: Iterable[GuardedRoute]) -> None:
    """Let every change of what has a version demand If-Match: by its own answer, or by that of the GET of its path."""
    routes = list(routes)
    read = {route.path for route in routes if "GET" in (route.methods or ()) and is_versioned(route.response_model)}
    for route in routes:
        if CHANGING & (route.methods or set()) and (route.path in read or is_versioned(route.response_model)):
            route.demands_if_match = True


class _Noun:
    """The routes of one module: those that need nothing of FastAPI's solver directly, all of them through its router."""

    def __init__(self, included: BaseRoute, routes: Iterable[GuardedRoute], prefix: str) -> None:
        """`included` is what FastAPI made of the module's router."""
        router = APIRouter(redirect_slashes=False)
        router.routes.append(included)
        self.app: ASGIApp = router.app
        self._direct: list[tuple[re.Pattern[str], dict[str, Convertor[Any]], GuardedRoute, Handler | None]] = []
        for route in routes:
            pattern, _, convertors = compile_path(prefix + route.path)
            self._direct.append((pattern, convertors, route, route.direct_handler()))

    def find(self, scope: Scope) -> Handler | None:
        """The direct handler of the first route that answers path and method; None: FastAPI's router decides."""
        path, method = scope["path"], scope["method"]
        for pattern, convertors, route, handler in self._direct:
            found = pattern.match(path)
            if found is not None and method in (route.methods or ()):
                if handler is not None:
                    values = found.groupdict()
                    scope["path_params"] = {name: convertors[name].convert(value) for name, value in values.items()}
                    scope["route"], scope["endpoint"] = route, route.endpoint
                return handler
        return None


class ModularApp(FastAPI):
    """FastAPI that finds a module's routes by the noun behind /api/v1, whatever the number of modules."""

    def __init__(self, **options: Any) -> None:
        """Takes what FastAPI takes."""
        super().__init__(redirect_slashes=False, **options)
        self._nouns: dict[str, _Noun] = {}
        self._solved: ASGIApp = self.router
        self._answered: tuple[type[Exception], ...] = ()

    def build_middleware_stack(self) -> ASGIApp:
        """The app's own middlewares around the dispatch; what FastAPI puts around all requests stands around its router alone.

        A direct view opens no files of FastAPI's, and its errors are answered here. FastAPI's answer to what nobody expected
        is the edge's, its telemetry is off, and bodies are limited where they are read.
        """
        handlers = {kind: handler for kind, handler in self.exception_handlers.items() if isinstance(kind, type)}
        self._answered = tuple(handlers)
        self._solved = ExceptionMiddleware(AsyncExitStackMiddleware(self._route), handlers=handlers)
        app: ASGIApp = self._dispatch
        for middleware in reversed(self.user_middleware):
            app = middleware.cls(app, *middleware.args, **middleware.kwargs)
        return app

    def mount_module(self, router: ModuleRouter, *, prefix: str = API) -> None:
        """Include a module's router; everything stays in `app.routes`, and the noun leads straight to it.

        Raises:
            TypeError: a route that is not guarded.
            ValueError: two routers of one noun.
        """
        for route in router.routes:
            if not isinstance(route, GuardedRoute):
                raise TypeError(f"{router.prefix}: every route of a module is guarded, {route} is not")
            route.label = prefix + route.path_format
        noun = prefix + router.prefix
        if noun in self._nouns:
            raise ValueError(f"two routers for {noun}")
        guarded = [route for route in router.routes if isinstance(route, GuardedRoute)]
        demand_if_match(guarded)
        self.include_router(router, prefix=prefix)
        self._nouns[noun] = _Noun(self.router.routes[-1], guarded, prefix)

    def warm(self) -> int:
        """Build all routes now (they are lazy: the first request of a large app would wait); returns their number."""
        return sum(1 for _ in self.contexts())

    def contexts(self) -> Iterator[RouteContext]:
        """Every route as it is reached, included ones too."""
        return iter_route_contexts(self.router.routes)

    def allowed_methods(self, path: str) -> list[str]:
        """The methods that the path answers, of all its routes together."""
        found: set[str] = set()
        for context in self.contexts():
            pattern = getattr(context, "path_regex", None)
            if pattern is not None and pattern.match(path):
                found |= context.methods or set()
        return sorted(found)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        handler = self._direct(scope) if scope["type"] == "http" else None
        if handler is None:
            await self._solved(scope, receive, send)
            return
        request = GuardedRequest(scope, receive, send)
        try:
            response = await handler(request)
        except self._answered as error:
            response = await self._answer(request, error)
        await response(scope, receive, send)

    def _direct(self, scope: Scope) -> Handler | None:
        noun = self._noun(scope)
        # Tests may put other dependencies in the place of a view's: FastAPI's solver sees to that.
        if noun is None or self.dependency_overrides or scope.get("root_path"):
            return None
        scope["router"] = self.router
        return noun.find(scope)

    def _noun(self, scope: Scope) -> _Noun | None:
        return self._nouns.get("/".join(scope["path"].split("/", 4)[:4]))

    async def _answer(self, request: Request, error: Exception) -> Response:
        kind = next(kind for kind in type(error).__mro__ if kind in self._answered)
        handler: Any = self.exception_handlers[kind]
        response: Response = await handler(request, error)
        return response

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        noun = self._noun(scope) if scope["type"] == "http" else None
        if noun is None:
            await self.router(scope, receive, send)
        else:
            scope["router"] = self.router
            await noun.app(scope, receive, send)


def query_names(dependant: Dependant) -> frozenset[str]:
    """The query parameters that a route declares, those of sub-dependencies and of models included."""
    names: set[str] = set()
    for field in dependant.query_params:
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            names.update(info.alias or name for name, info in model.model_fields.items())
        else:
            names.add(field.alias)
    for child in dependant.dependencies:
        names |= query_names(child)
    return frozenset(names)


def check_parameters(request: Request, declared: frozenset[str]) -> None:
    """Refuse unknown and repeated query parameters, and text that cannot be stored.

    Raises:
        ValidationFailed: naming every one.
    """
    for name, value in request.path_params.items():
        check_text(str(value), parameter=name)
    if not request.scope["query_string"]:
        return
    pairs: Sequence[tuple[str, str]] = request.query_params.multi_items()
    seen: set[str] = set()
    faults: list[FieldFault] = []
    for name, value in pairs:
        check_text(name, parameter="query")
        check_text(value, parameter=name)
        if name not in declared:
            faults.append(FieldFault("unknown_parameter", "is not a parameter of this route", parameter=name[:100]))
        elif name in seen:
            faults.append(FieldFault("repeated_parameter", "is given more than once", parameter=name))
        seen.add(name)
    if faults:
        raise ValidationFailed(errors=faults)
