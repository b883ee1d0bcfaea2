"""A database for one test that changes what the others stand on."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from app.config import Settings
from app.db.bootstrap import Logins, bootstrap
from tests.support.servers import ADMIN, PREFIX, SETUP_LOCK, TEMPLATE

URLS = ("url", "identity_url", "system_url", "owner_url")


@asynccontextmanager
async def scratch_database(settings: Settings) -> AsyncIterator[Settings]:
    """Settings of a fresh database with the migrated schema; gone afterwards, with whoever is still connected."""
    name = f"{PREFIX}scratch_{uuid4().hex}"
    admin = await asyncpg.connect(admin_url())
    try:
        await admin.execute(f"SELECT pg_advisory_lock({SETUP_LOCK})")  # a template is cloned by one at a time
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        await admin.execute(f"SELECT pg_advisory_unlock({SETUP_LOCK})")
        # A clone has the template's tables and not the database's own rights.
        await bootstrap(admin_url(), name, passwords=Logins(), limits=settings.database)
        urls = {field: f"{getattr(settings.database, field).rsplit('/', 1)[0]}/{name}" for field in URLS}
        yield settings.model_copy(update={"database": settings.database.model_copy(update=urls)})
    finally:
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.close()


def admin_url() -> str:
    """Where the superuser of the suite's server connects."""
    return os.environ[ADMIN]


async def run_sql(url: str, *statements: str) -> None:
    """Run statements one after another on a connection of their own."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
