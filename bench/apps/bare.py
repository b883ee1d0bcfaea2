"""Bare: Starlette, asyncpg, orjson and hand-written SQL; no tenant, no token, no security, no log. What nobody beats in
Python: statements prepared once per connection, no transaction, no reset of the connection, the collector frozen.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg
import orjson
from asyncpg.prepared_stmt import PreparedStatement
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.data import Tenant

POOL = 8
# asyncpg's UUID is a subclass, which orjson refuses: as text it is cheaper on both sides.
PAGE = """
SELECT id::text, sku, name, description, price, currency, status, stock, category_id::text, version, created_at, updated_at
FROM public.products WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2
"""
INSERT = """
INSERT INTO bare.products (tenant_id, id, sku, name, price, currency, status, stock, version)
VALUES ($1, uuidv7(), $2, $3, $4, $5, $6, $7, 1) RETURNING id::text
"""
Statement: TypeAlias = "PreparedStatement[asyncpg.Record]"


class Bare:
    """Two routes on one pool of prepared statements each."""

    def __init__(self, url: str, tenant: Tenant) -> None:
        """`url` is the superuser's; one tenant's rows are read."""
        self._url = url
        self._tenant = tenant.id
        self._pages: asyncio.Queue[Statement] = asyncio.Queue()
        self._inserts: asyncio.Queue[Statement] = asyncio.Queue()

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Connect, prepare, freeze."""
        connections = [await asyncpg.connect(self._url) for _ in range(2 * POOL)]
        for connection in connections[:POOL]:
            self._pages.put_nowait(await connection.prepare(PAGE))
        for connection in connections[POOL:]:
            self._inserts.put_nowait(await connection.prepare(INSERT))
        gc.collect()
        gc.freeze()
        yield
        for connection in connections:
            connection.terminate()

    async def read(self, request: Request) -> Response:
        """One page."""
        limit = int(request.query_params.get("limit", "25"))
        statement = await self._pages.get()
        try:
            rows = await statement.fetch(self._tenant, limit)
        finally:
            self._pages.put_nowait(statement)
        return Response(orjson.dumps({"data": [dict(row) for row in rows]}), media_type="application/json")

    async def insert(self, request: Request) -> Response:
        """One row."""
        body = orjson.loads(await request.body())
        values = [body[name] for name in ("sku", "name", "price", "currency", "status", "stock")]
        statement = await self._inserts.get()
        try:
            key = await statement.fetchval(self._tenant, *values)
        finally:
            self._inserts.put_nowait(statement)
        return Response(orjson.dumps({"id": key, **body}), status_code=201, media_type="application/json")


def bare(url: str, tenant: Tenant) -> Starlette:
    """The application."""
    app = Bare(url, tenant)
    routes = [Route("/products", app.read), Route("/products", app.insert, methods=["POST"])]
    return Starlette(routes=routes, lifespan=app.lifespan)
