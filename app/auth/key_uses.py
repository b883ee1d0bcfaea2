"""When and from where API keys were last used: kept in memory, written every minute, so that no request waits for it."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.errors import DATABASE_FAULTS
from app.db.uow import UnitOfWork
from app.exceptions import AppError

logger = logging.getLogger(__name__)

USED = """
UPDATE api_keys SET last_used_at = $3, last_used_address = $4
WHERE tenant_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at < $3)
"""
Unit = Callable[[UUID], AbstractAsyncContextManager[UnitOfWork]]


@dataclass(frozen=True, slots=True)
class Use:
    """One use: the last of its key that is known here."""

    at: datetime
    address: str


class KeyUses:
    """One per process. What a crash loses is a minute of it."""

    def __init__(self, unit: Unit, seconds: float) -> None:
        """`unit` opens a transaction of a tenant; `seconds` lie between two writings."""
        self._unit = unit
        self._seconds = seconds
        self._uses: dict[tuple[UUID, UUID], Use] = {}
        self._writing: asyncio.Task[None] | None = None

    def note(self, tenant_id: UUID, key_id: UUID, at: datetime, address: str) -> None:
        """Remember a use; the first after a writing starts the time until the next."""
        self._uses[tenant_id, key_id] = Use(at, address)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write_later())

    async def flush(self) -> None:
        """Write what is remembered, tenant by tenant; a database that is away costs these uses and nothing else."""
        uses, self._uses = self._uses, {}
        for (tenant_id, key_id), use in uses.items():
            try:
                async with self._unit(tenant_id) as uow:
                    await uow.connection.execute(USED, tenant_id, key_id, use.at, use.address)
            except (AppError, *DATABASE_FAULTS) as error:
                logger.warning("the use of an API key was not noted", extra={"error": type(error).__name__})

    async def aclose(self) -> None:
        """Write what is left."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.wait([self._writing])
        await self.flush()

    async def _write_later(self) -> None:
        await asyncio.sleep(self._seconds)
        await self.flush()
