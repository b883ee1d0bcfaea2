"""Atrium and bare with seams between their layers, for the profile alone. They exist in the measured process only."""

from types import SimpleNamespace

import orjson
from asyncpg.prepared_stmt import PreparedStatement
from starlette.applications import Starlette
from starlette.types import ASGIApp

from app.auth.authenticator import RequestAuthenticator
from app.config import Settings
from app.db import outbox, repository
from app.db.pool import SlotConnection
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.extensions import middleware, responses, routing, views
from app.extensions.arguments import Arguments
from app.extensions.middleware import Edge, Origins
from app.extensions.routing import ModularApp
from app.extensions.wakes import Wakes
from app.modules.catalog.routes import products as routes
from app.modules.catalog.services import ProductService
from bench.apps import bare as plain
from bench.apps.atrium import atrium
from bench.apps.bare import Bare, bare
from bench.data import Tenant
from bench.seams import Ledger

FRAMEWORK = "framework: middleware, routing, arguments"
STATEMENT = "PostgreSQL: a round trip each, rows off the wire"
RECORDS = "rows to records"
ENCODE = "records to JSON"
VIEW = "view and service"
TRANSACTION = "unit of work"
CHECKED = "body and parameters checked"


def seamed(settings: Settings) -> ASGIApp:
    """Atrium; the seams of classes are cut before anything is built, so that no bound method escapes them."""
    ledger = Ledger()
    for owner, name, layer in (
        (ModularApp, "__call__", FRAMEWORK),
        (Edge, "__call__", "edge: context, headers, refusals"),
        (Origins, "__call__", FRAMEWORK),
        (middleware.access_log, "info", "access log line"),
        (ModularApp, "_dispatch", FRAMEWORK),
        (RequestAuthenticator, "identify", "token"),
        (RequestAuthenticator, "admit", "standing, tenant, permission, Commons"),
        (UnitOfWork, "begin", TRANSACTION),
        (UnitOfWork, "commit", TRANSACTION),
        (routing, "read_body", CHECKED),
        (routing, "check_parameters", CHECKED),
        (routing, "has_key", CHECKED),
        (Query, "all", RECORDS),
        (Query, "first", RECORDS),
        (SlotConnection, "fetch", STATEMENT),
        (SlotConnection, "fetchrow", STATEMENT),
        (Arguments, "solve", "arguments: query or body validated"),
        (routing, "parse_json", CHECKED),
        (routes, "product_page", VIEW),
        (ProductService, "create", VIEW),
        (repository, "insert_row", "insert: defaults, parameters"),
        (outbox, "write", "outbox: parameters"),
        (Wakes, "wake", "wake-up through Redis"),
        (SlotConnection, "execute", STATEMENT),
        (views, "reply", "answer: headers, links"),
        (responses, "encode", ENCODE),
    ):
        ledger.patch(owner, name, layer)
    return ledger.told(atrium(settings))


def seamed_bare(url: str, tenant: Tenant) -> ASGIApp:
    """Bare, by the same method; what it does beside statement and encoder stands under the view."""
    ledger = Ledger()
    ledger.patch(Starlette, "__call__", FRAMEWORK)
    for name in ("read", "insert"):
        ledger.patch(Bare, name, VIEW)
    for name in ("fetch", "fetchval"):
        ledger.patch(PreparedStatement, name, STATEMENT, awaits=True)
    vars(plain)["orjson"] = SimpleNamespace(loads=orjson.loads, dumps=ledger.wrap(ENCODE, orjson.dumps))
    return ledger.told(bare(url, tenant))
