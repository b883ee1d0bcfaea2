"""The guarded route class, and the dispatch by module that stands in front of FastAPI's linear matching."""

import inspect
from collections.abc import Awaitable, Callable, Iterator, Sequence
from copy import copy
from typing import Any, NoReturn, Self, TypeAlias

from fastapi import APIRouter, FastAPI
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts, request_response
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.exceptions import AppError, Forbidden, OutcomeUnknown
from app.extensions.access import AccessRule, rule_of
from app.extensions.arguments import Arguments
from app.extensions.body import GuardedRequest, parse_json, read_body
from app.extensions.clock import Clock
from app.extensions.conditional import CHANGING, is_versioned
from app.extensions.context import context_of
from app.extensions.drift import DriftWatch
from app.extensions.idempotency import Once, Rows, has_key
from app.extensions.interfaces import Authenticator, RefusalBook, UnitOfWork
from app.extensions.query_names import check_parameters, query_names
from app.extensions.responses import COMMONS, STATUS

API = "/api/v1"
BY_KEY = "The database went away while this was being saved. Send it again with the same Idempotency-Key, which does it once."
Handler: TypeAlias = Callable[[Any], Awaitable[Response]]


class GuardedRoute(APIRoute):
    """At each request it owns the unit of work.

    The order of refusals: credentials, body, session, tenant, static rule, JSON, validation, object. It commits before the
    response is let go; whatever is raised rolls back.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """`path` is the whole path; the view has a rule."""
        super().__init__(path, endpoint, **options)
        rule = rule_of(endpoint)
        self.demands_if_match = rule is not None and rule.if_match
        """Whether If-Match is demanded; the router adds PATCH, PUT and DELETE of what has a version."""
        self.direct = self._direct_handler()
        """The same handler without FastAPI's solver, or None where only that knows how to fill the view's parameters."""

    def of(self, app: FastAPI) -> Self:
        """The same route for one app. All that was built is shared; what is put in the place of dependencies is the app's own."""
        own = copy(self)
        own.dependency_overrides_provider = app
        own.app = request_response(own.get_route_handler())
        return own

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]  # an Awaitable is enough
        """The handler of the route, with everything around the view; FastAPI finds the arguments."""
        return self._guarded(super().get_route_handler())

    def _direct_handler(self) -> Handler | None:
        """None for a stream too: it may be refused as it leaves, which Starlette's middleware answers."""
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
            context_of(request.scope).route = self.path_format
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


class PlannedRoute(BaseRoute):
    """A route as its decorator asks for it; refuses at import a view without an access rule.

    FastAPI builds it when the first app mounts it: workers and commands, which serve nothing, need not wait for that, and all
    apps of a process share what was built.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """What FastAPI gives its own routes; `path` begins with the router's noun.

        Raises:
            TypeError: the view is not a coroutine or has no rule below its verb decorator.
        """
        if rule_of(endpoint) is None:
            raise TypeError(f"{endpoint.__qualname__}: put @access_control(...) below the verb decorator")
        if not inspect.iscoroutinefunction(endpoint):
            raise TypeError(f"{endpoint.__qualname__}: a view is a coroutine (async def)")
        self.path = path
        self.endpoint = endpoint
        self.methods: frozenset[str] = frozenset(options["methods"])
        self._options = options

    def built(self, prefix: str) -> GuardedRoute:
        """The route behind `prefix`."""
        return GuardedRoute(prefix + self.path, self.endpoint, **self._options)


class ModuleRouter(APIRouter):
    """The router of a module: guarded routes only, no slash redirects (they reflect the Host header)."""

    def __init__(self, *, prefix: str, tag: str) -> None:
        """`prefix` is the noun behind /api/v1, `tag` the heading in the documentation."""
        super().__init__(
            prefix=prefix,
            tags=[tag],
            route_class=PlannedRoute,  # type: ignore[arg-type]  # FastAPI only makes it
            redirect_slashes=False,
            generate_unique_id_function=_operation_id,
        )
        self._built: dict[str, Sequence[GuardedRoute]] = {}

    @property
    def planned(self) -> list[PlannedRoute]:
        """What the decorators have asked for, in the order in which it answers.

        Raises:
            TypeError: a route that is not guarded.
        """
        found: list[PlannedRoute] = []
        for route in self.routes:
            if not isinstance(route, PlannedRoute):
                raise TypeError(f"{self.prefix}: every route of a module is guarded, {route} is not")
            found.append(route)
        return found

    def built(self, prefix: str) -> Sequence[GuardedRoute]:
        """Its routes behind `prefix`, which are built at the first call. One more would never answer, and is refused from then on.

        Raises:
            TypeError: a route that is not guarded.
        """
        if prefix not in self._built:
            routes = [route.built(prefix) for route in self.planned]
            demand_if_match(routes)
            self._built[prefix] = routes
            self.route_class = _refuse_late  # type: ignore[assignment]  # FastAPI only calls it
        return self._built[prefix]


def _refuse_late(path: str, *_rest: object, **_options: object) -> NoReturn:
    raise TypeError(f"{path}: the routes of this router are built already")


def _operation_id(route: APIRoute) -> str:
    """`tag_verb_noun`: the view's name says verb and noun."""
    return f"{route.tags[0]}_{route.name}"


def demand_if_match(routes: Sequence[GuardedRoute]) -> None:
    """Let every change of what has a version demand If-Match: by its own answer, or by that of the GET of its path."""
    read = {route.path for route in routes if "GET" in (route.methods or ()) and is_versioned(route.response_model)}
    for route in routes:
        if CHANGING & (route.methods or set()) and (route.path in read or is_versioned(route.response_model)):
            route.demands_if_match = True


class _Noun:
    """The routes of one module: those that need nothing of FastAPI's solver directly, all of them through its router."""

    def __init__(self, routes: Sequence[GuardedRoute]) -> None:
        """`routes` are the app's own."""
        router = APIRouter(redirect_slashes=False)
        router.routes.extend(routes)
        self.app: ASGIApp = router.app
        self._routes = routes

    def find(self, scope: Scope) -> Handler | None:
        """The direct handler of the first route that answers path and method; None: FastAPI's router decides."""
        path, method = scope["path"], scope["method"]
        for route in self._routes:
            found = route.path_regex.match(path)
            if found is not None and method in (route.methods or ()):
                if route.direct is not None:
                    convertors = route.param_convertors
                    values = found.groupdict()
                    scope["path_params"] = {name: convertors[name].convert(value) for name, value in values.items()}
                    scope["route"], scope["endpoint"] = route, route.endpoint
                return route.direct
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
        noun = prefix + router.prefix
        if noun in self._nouns:
            raise ValueError(f"two routers for {noun}")
        routes = [route.of(self) for route in router.built(prefix)]
        self.router.routes.extend(routes)
        self._nouns[noun] = _Noun(routes)

    def contexts(self) -> Iterator[RouteContext]:
        """Every route as it is reached."""
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
