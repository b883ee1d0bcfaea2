"""What commands need that change an installation: its settings, its servers and the units of work of its roles."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import typer

from app.config import Settings
from app.db.base import Role
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.exceptions import AppError
from app.manage.settings import settings_with_logs
from app.runtime import Runtime
from app.startup import check_database, reaching

T = TypeVar("T")


def on_installation(data: Path, work: Callable[[Runtime], Awaitable[T]]) -> T:
    """What the work answers; a refusal, also of a database that is not fit to be served, is one sentence and exit status 1.

    The servers are those that the settings name, else the embedded ones, adopted or started for the while.
    """
    try:
        return asyncio.run(_work(settings_with_logs(), data, work))
    except AppError as error:
        faults = "".join(f"\n  {fault.pointer or ''} {fault.message}" for fault in error.errors)
        typer.echo(f"{error.detail}{faults}", err=True)
        raise typer.Exit(1) from error


async def _work(settings: Settings, data: Path, work: Callable[[Runtime], Awaitable[T]]) -> T:
    if settings.database.url and settings.redis.url:
        return await _on_runtime(settings, work)
    servers = Servers(settings, Places.prepare(data))
    try:
        return await _on_runtime(await servers.start(), work)
    finally:
        await servers.stop(only_own=True)


async def _on_runtime(settings: Settings, work: Callable[[Runtime], Awaitable[T]]) -> T:
    """Unlike a process that serves, it gives no metrics: their port is that one's, which may run beside it."""
    runtime = Runtime(settings, connections=1)
    pools = {
        Role.APP: runtime.app_pool,
        Role.IDENTITY: runtime.identity.pool,
        Role.SYSTEM: runtime.system.pool,
    }
    try:
        for role, pool in pools.items():
            with reaching(role):
                await pool.open()
        await check_database(pools)
        return await work(runtime)
    finally:
        await runtime.close()
