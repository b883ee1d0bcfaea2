"""The sealer: a step of the relay that seals what the audit log of every tenant has unsealed."""

import logging
from uuid import UUID

import asyncpg

from app.config import Audit
from app.db.audit_chain import SealingError, seal_tenant, unsealed_tenants
from app.db.pool import Pool
from app.db.rounds import repeat
from app.exceptions import OutcomeUnknown

logger = logging.getLogger(__name__)


class Sealer:
    """Any number may run at once. The heads go to the log, which is where a chain that was cut short is told by."""

    def __init__(self, pool: Pool, key: bytes, settings: Audit) -> None:
        """`pool` is the system role's, `key` the installation's `secrets.audit_key`."""
        self._pool = pool
        self._key = key
        self._settings = settings

    async def run(self) -> None:
        """Rounds until cancelled."""
        await repeat(self.round, self._settings.seal_seconds, "the sealer")

    async def round(self) -> int:
        """Seal everything that is unsealed now; returns the number of entries. One log's trouble holds up no other."""
        done = 0
        for tenant_id in await unsealed_tenants(self._pool):
            try:
                done += await self._tenant(tenant_id)
            except (SealingError, OutcomeUnknown, asyncpg.PostgresError) as error:
                logger.warning("a log was not sealed", extra={"unsealed_tenant": tenant_id, "error": repr(error)})
        return done

    async def _tenant(self, tenant_id: UUID) -> int:
        done = 0
        while (
            seal := await seal_tenant(self._pool, self._key, tenant_id, limit=self._settings.seal_batch)
        ) is not None:
            done += len(seal.ids)
            logger.info(
                "audit sealed", extra={"sealed_tenant": seal.tenant_id, "head": seal.head, "entries": len(seal.ids)}
            )
            if len(seal.ids) < self._settings.seal_batch:
                break
        return done
