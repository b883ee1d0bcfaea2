"""Statements on tenants' settings."""

from datetime import datetime
from typing import Any

import orjson

from app.db.uow import UnitOfWork
from app.exceptions import PreconditionFailed

ONE = "SELECT values, version FROM tenant_settings WHERE tenant_id = $1 AND module = $2"
ADD = """
INSERT INTO tenant_settings (tenant_id, module, values, created_at, updated_at, version) VALUES ($1, $2, $3, $5, $5, $4 + 1)
ON CONFLICT (tenant_id, module) DO NOTHING
"""
SET = """
UPDATE tenant_settings SET values = $3, updated_at = $5, version = version + 1
WHERE tenant_id = $1 AND module = $2 AND version = $4
"""


class SettingsRepository:
    """What the bound tenant has set, module by module; defaults are not stored."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is bound to the tenant."""
        self.uow = uow

    async def get(self, module: str) -> tuple[dict[str, Any], int]:
        """What was set, and its version; nothing and 0 where nothing ever was."""
        row = await self.uow.connection.fetchrow(ONE, self.uow.tenant_id, module)
        return ({}, 0) if row is None else (row[0], row[1])

    async def set(self, module: str, values: dict[str, Any], version: int, now: datetime) -> None:
        """Write over that version.

        Raises:
            PreconditionFailed: it is another one by now.
        """
        statement = SET if version else ADD
        tag = await self.uow.connection.execute(
            statement, self.uow.tenant_id, module, orjson.dumps(values).decode(), version, now
        )
        if not tag.endswith(" 1"):
            raise PreconditionFailed("Somebody changed the settings at the same moment; read them again.")
