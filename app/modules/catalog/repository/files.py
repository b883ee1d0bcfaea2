"""Files of products, and what was refused of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.db.repository import Repository
from app.modules.catalog.models import ProductFile

KEPT = timedelta(days=7)
"""As long as the task that tells of it."""
USE = """
UPDATE product_files SET task_id = $3 WHERE tenant_id = $1 AND id = $2 AND kind = 'import' AND task_id IS NULL RETURNING format
"""
READY = "UPDATE product_files SET ready_at = $3 WHERE tenant_id = $1 AND id = $2"
EXPIRED = "SELECT id FROM product_files WHERE tenant_id = $1 AND expires_at < $2 ORDER BY expires_at LIMIT $3"
REMOVE = "DELETE FROM product_files WHERE tenant_id = $1 AND id = ANY($2::uuid[])"
REFUSE = """
INSERT INTO import_refusals (tenant_id, file_id, line, sku, field, code, reason)
SELECT $1, $2, r.line, r.sku, r.field, r.code, r.reason
FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[]) AS r (line, sku, field, code, reason)
"""
REFUSED = """
SELECT line, sku, field, code, reason FROM import_refusals
WHERE tenant_id = $1 AND file_id = $2 AND line > $3 ORDER BY line LIMIT $4
"""
FORGET = "DELETE FROM import_refusals WHERE tenant_id = $1 AND file_id = $2"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was refused: the line in which it begins (from 1), the sku and the field where there are any, and why."""

    line: int
    sku: str
    field: str
    code: str
    reason: str


class FileRepository(Repository[ProductFile]):
    """Reads and writes files of the bound tenant, as rows; what is in them lies in the store of files."""

    model = ProductFile

    async def make(self, kind: str, file_format: str, *, at: datetime, task_id: UUID | None = None) -> ProductFile:
        """A new one, not there yet; `task_id` is the task that writes it."""
        file = ProductFile(kind=kind, format=file_format, task_id=task_id, created_at=at, expires_at=at + KEPT)
        await self.insert(file)
        return file

    async def use(self, file_id: UUID, task_id: UUID) -> str | None:
        """Let the task have the file, which was sent to be imported; its format, or None where no task may have it."""
        found: str | None = await self.uow.connection.fetchval(USE, self.uow.tenant_id, file_id, task_id)
        return found

    async def finish(self, file_id: UUID, *, at: datetime) -> None:
        """It is whole, and may be downloaded."""
        await self.uow.connection.execute(READY, self.uow.tenant_id, file_id, at)

    async def expired(self, at: datetime, *, limit: int) -> list[UUID]:
        """Those whose time is over, the oldest first."""
        return [row[0] for row in await self.uow.connection.fetch(EXPIRED, self.uow.tenant_id, at, limit)]

    async def remove(self, file_ids: Sequence[UUID]) -> None:
        """Forget them, and what was refused of them."""
        await self.uow.connection.execute(REMOVE, self.uow.tenant_id, list(file_ids))

    async def refuse(self, file_id: UUID, refusals: Sequence[Refusal]) -> None:
        """Keep what was refused of the file; of a line once."""
        columns = zip(*((r.line, r.sku, r.field, r.code, r.reason) for r in refusals), strict=True)
        await self.uow.connection.execute(REFUSE, self.uow.tenant_id, file_id, *map(list, columns))

    async def refused(self, file_id: UUID, *, after: int, limit: int) -> list[Refusal]:
        """What was refused of the file behind that line, in the order of lines."""
        rows = await self.uow.connection.fetch(REFUSED, self.uow.tenant_id, file_id, after, limit)
        return [Refusal(*row) for row in rows]

    async def forget_refused(self, file_id: UUID) -> None:
        """The report is written."""
        await self.uow.connection.execute(FORGET, self.uow.tenant_id, file_id)
