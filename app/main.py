"""The composition root of the API: the only file that knows everything. Importing it does nothing.

uvicorn app.main:build_app --factory
"""

import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

from fastapi import FastAPI

from app.auth.authenticator import RequestAuthenticator
from app.auth.identity import IdentityUnits
from app.auth.streaming import Streams
from app.config import Settings, load_settings
from app.core.readiness import Readiness
from app.db.base import Role
from app.db.idempotency import IdempotencyRows
from app.db.probe import Probe
from app.documents import add_pages
from app.extensions.clock import Clock
from app.extensions.drift import DriftWatch
from app.extensions.errors import install_errors
from app.extensions.hub_map import HubMap, hub_map
from app.extensions.logs import configure_logs
from app.extensions.middleware import Edge, Origins
from app.extensions.module import Module
from app.extensions.openapi import install_openapi
from app.extensions.priorities import Retries
from app.extensions.routing import ModularApp, Platform
from app.installed import INSTALLED
from app.manifests import access_book
from app.mock.module import MODULE as MOCK
from app.mock.services import MockStore
from app.routes import mount
from app.runtime import Runtime
from app.startup import check_database, reaching
from app.surface import bare_app

REQUEST_HEADERS = (
    "Authorization", "Content-Type", "Accept", "X-Tenant-ID", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-ID",
    "Last-Event-ID", "X-CSRF-Token",
)  # fmt: skip
EXPOSED_HEADERS = (
    "ETag", "Link", "Location", "Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-ID", "Idempotent-Replayed",
    "WWW-Authenticate", "Content-Disposition",
)  # fmt: skip

YOUNG = 10_000
"""New objects between two looks of the collector. A page makes two hundred, none of them in a cycle; 700 is Python's own."""


def build_app(
    settings: Settings | None = None,
    *,
    modules: Sequence[Module] = INSTALLED,
    clock: Clock | None = None,
    on_query: Callable[[Any], None] | None = None,
) -> ModularApp:
    """The whole API. Without settings it reads them, and the logs are set up; tests give their own.

    Raises:
        ConfigError, ManifestError, TypeError, ValueError: what cannot serve does not start.
    """
    if settings is None:
        settings = load_settings()
        configure_logs(settings.logs.level)
    runtime = Runtime(settings, modules=modules, clock=clock, on_query=on_query)
    identity = runtime.identity
    readiness = _readiness(runtime)
    app = bare_app(docs=settings.web.docs, lifespan=_lifespan(runtime, readiness))
    app.state.identity = identity
    app.state.readiness = readiness
    app.state.system, app.state.hub_map = runtime.system, cache(partial(_hub_map, runtime))
    app.state.runtime = runtime
    install_openapi(app, [event for module in runtime.modules for event in module.events])
    app.state.platform = _platform(runtime, DriftWatch(runtime.settings.openapi.sample_rate, app.openapi))
    app.state.streams = Streams()
    install_errors(app)
    mount(app, runtime.modules)
    if settings.env != "production":
        app.state.mock = MockStore()
        mount(app, [MOCK])
    add_pages(app, docs=settings.web.docs)
    _add_middleware(app, runtime)
    return app


def _hub_map(runtime: Runtime) -> HubMap:
    events = runtime.settings.events
    return hub_map(runtime.modules, Retries(events.max_attempts, events.backoff_seconds))


def _readiness(runtime: Runtime) -> Readiness:
    database = runtime.settings.database
    return Readiness(
        app=Probe(database.url),
        identity=Probe(database.identity_url),
        pools=(runtime.app_pool, runtime.identity.pool),
        carrier=runtime.wakes if runtime.settings.events.queue_mode == "rq" else None,
    )


def _platform(runtime: Runtime, drift: DriftWatch) -> Platform:
    web = runtime.settings.web
    runtime.metrics.counter(
        "atrium_contract_drift",
        "sampled answers that are not what the document says",
        drift.read,
        labels=("operation",),
    )
    return Platform(
        _authenticator(runtime, runtime.identity),
        runtime.refusals,
        IdempotencyRows(),
        runtime.clock,
        drift,
        max_body_bytes=web.max_body_bytes,
        body_seconds=web.body_seconds,
    )


def _authenticator(runtime: Runtime, identity: IdentityUnits) -> RequestAuthenticator:
    return RequestAuthenticator(
        pool=runtime.app_pool,
        identity=identity,
        directory=identity.directory,
        entitlements=runtime.entitlements,
        book=access_book(runtime.modules),
        clock=runtime.clock,
        hub=runtime.hub,
        after_commit=runtime.after_commit,
        cursors=runtime.cursors,
        caches=runtime.caches,
        files=runtime.files,
        settings=runtime.settings,
        key_uses=runtime.key_uses,
        rates=runtime.rates,
    )


def _add_middleware(app: ModularApp, runtime: Runtime) -> None:
    """The edge is added last, so that it is the outermost."""
    settings = runtime.settings
    app.add_middleware(
        Origins,
        allow_origins=list(settings.web.origins),
        allow_credentials=True,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=list(REQUEST_HEADERS),
        expose_headers=list(EXPOSED_HEADERS),
        max_age=600,
    )
    app.add_middleware(
        Edge,
        hosts=settings.web.hosts,
        trusted_proxies=settings.web.trusted_proxies,
        secure=settings.web.cookie_secure,
        clock=runtime.clock,
        tally=runtime.metrics.count_http(),
    )


def _lifespan(runtime: Runtime, readiness: Readiness) -> Any:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        try:
            with reaching(Role.APP):
                await runtime.app_pool.open()
            with reaching(Role.IDENTITY):
                await runtime.identity.pool.open()
            with reaching(Role.SYSTEM):
                await runtime.system.pool.open()
            runtime.start_metrics()
            await check_database({
                Role.APP: runtime.app_pool,
                Role.IDENTITY: runtime.identity.pool,
                Role.SYSTEM: runtime.system.pool,
            })  # fmt: skip
            gc.collect()
            gc.freeze()  # what start-up made lives for ever: the collector need not look at it again
            gc.set_threshold(YOUNG)
            yield
        finally:
            await readiness.close()
            await runtime.close()

    return lifespan
