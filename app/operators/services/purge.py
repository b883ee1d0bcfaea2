"""A purge: nothing of a tenant is left in any table. The tables are those of the catalogue, so that none is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import MetaData, Table

from app.auth.identity import IdentityUnits
from app.auth.system import SystemUnits
from app.config import Settings
from app.db.base import ALL_COLUMNS, Role, facts, is_tenant_table
from app.db.uow import UnitOfWork
from app.operators.exceptions import DeletionNotDue, NotPurgeable
from app.operators.repository import OperatedTenants
from app.operators.services.desk import Acting, Desk
from app.services.filesystem import FilesError, FileSystem
from app.tenants.schemas import TenantOut

BATCH = 5000
"""Rows that one transaction removes: none is long, however large the tenant."""
LAST_SEAL = "SELECT number, mac FROM audit_seals WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was removed, of which tenant; the same stands in the platform's audit log."""

    tenant_id: UUID
    purged_at: datetime
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    last_seal: str | None = None
    """Number and MAC of the last link of its audit log: who kept a copy of it can prove where it ended."""

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "tenant_id": str(self.tenant_id),
            "purged_at": self.purged_at.isoformat(),
            "rows": self.rows,
            "files": self.files,
            "last_seal": self.last_seal,
        }


def remover(table: Table) -> Role:
    """Which role removes a tenant's rows of the table: the app role, bound to the tenant, wherever it may.

    Raises:
        NotPurgeable: neither may; such a table must not be made.
    """
    for role in (Role.APP, Role.SYSTEM):
        if any(
            grants.role is role and grants.privileges.get("DELETE") == ALL_COLUMNS for grants in facts(table).grants
        ):
            return role
    raise NotPurgeable(
        f"{table.name} grants DELETE to neither {Role.APP} nor {Role.SYSTEM}: a purge could not empty it."
    )


def emptied(metadata: MetaData, role: Role) -> Iterator[Table]:
    """The tenants' tables that the role empties, those that point at others first."""
    for table in reversed(metadata.sorted_tables):
        if is_tenant_table(table) and remover(table) is role:
            yield table


class PurgeDesk(Desk):
    """Removes tenants whose time of grace is over. What was cut off is taken up by the next run."""

    def __init__(
        self,
        units: SystemUnits,
        identity: IdentityUnits,
        acting: Acting,
        settings: Settings,
        metadata: MetaData,
        files: FileSystem,
    ) -> None:
        """`identity` makes units of the app role, bound to the tenant; `metadata` names all tables; `files` keeps files."""
        super().__init__(units, acting, settings)
        self.identity = identity
        self.metadata = metadata
        self.files = files

    async def due(self) -> list[TenantOut]:
        """The tenants whose day has come."""
        async with self.unit(read_only=True) as uow:
            return await OperatedTenants(uow).due(self.clock.now())

    async def purge(self, tenant_id: UUID) -> Certificate:
        """Remove everything of the tenant.

        The tenant is suspended first, so that nobody is let in meanwhile. Its business goes in small transactions of the app
        role, which is bound to it; then, in one transaction of the system role that holds the tenant's row, what came in
        between, what only that role may remove, and the row itself: the database refuses that while any row names it. Its
        files go when no row names them any more and the tenant is still there, so that a run that is cut off is taken up.

        Raises:
            TenantNotFound, DeletionNotDue.
            NotPurgeable: a table that no role may empty; nothing was removed then.
            Unavailable: the store of files is away; the next run goes on.
        """
        by_app, by_system = (list(emptied(self.metadata, role)) for role in (Role.APP, Role.SYSTEM))
        async with self.unit(tenant_id) as uow:
            tenant = await self._judge(uow, tenant_id)
            if tenant.state == "active":
                await OperatedTenants(uow).set(
                    tenant,
                    state="suspended",
                    plan=tenant.plan,
                    deletion_due_at=tenant.deletion_due_at,
                    now=self.clock.now(),
                )
        rows = dict.fromkeys(sorted(str(table.name) for table in (*by_app, *by_system)), 0)
        for table in by_app:
            rows[str(table.name)] += await self._empty(table, tenant_id)
        files = await self._clear(tenant_id)
        async with self.unit() as uow:  # bound to the platform: the certificate stands in its log
            await self._judge(uow, tenant_id)
            for table in by_app:  # from here on the row is held, and nothing new can come
                rows[str(table.name)] += await self._empty(table, tenant_id)
            seal = await uow.connection.fetchrow(LAST_SEAL, tenant_id)
            for table in by_system:
                while count := _count(await uow.connection.execute(_delete(table), tenant_id, BATCH)):
                    rows[str(table.name)] += count
            await OperatedTenants(uow).drop(tenant_id)
            last = None if seal is None else f"{seal[0]}:{bytes(seal[1]).hex()}"
            certificate = Certificate(tenant_id, self.clock.now(), rows, files, last)
            self.note(uow, "operators.tenant.purged", f"tenant:{tenant_id}", after=certificate.as_dict())
        return certificate

    async def _clear(self, tenant_id: UUID) -> int:
        try:
            return await self.files.delete_tenant(tenant_id)
        except FilesError as error:
            raise error.as_unavailable() from error

    async def _judge(self, uow: UnitOfWork, tenant_id: UUID) -> TenantOut:
        """The tenant, its row being held, if its day has come."""
        tenant = await OperatedTenants(uow).get(tenant_id, lock=True)
        if tenant is None:
            raise DeletionNotDue("There is no such tenant, or it is purged already.")
        if tenant.deletion_due_at is None:
            raise DeletionNotDue(f"Nobody asked for the deletion of {tenant.slug}.")
        if tenant.deletion_due_at > self.clock.now():
            raise DeletionNotDue(f"{tenant.slug} may be kept until {tenant.deletion_due_at:%Y-%m-%d %H:%M} UTC.")
        return tenant

    async def _empty(self, table: Table, tenant_id: UUID) -> int:
        """Remove the tenant's rows as the app role, a batch a transaction; returns how many there were."""
        removed = 0
        while True:
            async with self.identity.tenant_unit(self.acting.request_id, tenant_id) as uow:
                count = _count(await uow.connection.execute(_delete(table), tenant_id, BATCH))
            removed += count
            if count < BATCH:
                return removed


def _delete(table: Table) -> str:
    """One batch. Names come from the catalogue, values are parameters."""
    key = ", ".join(column.name for column in table.primary_key.columns)
    some = f"SELECT {key} FROM {table.name} WHERE tenant_id = $1 LIMIT $2"
    return f"DELETE FROM {table.name} WHERE tenant_id = $1 AND ({key}) IN ({some})"


def _count(tag: str) -> int:
    """How many rows a command removed, as its tag says."""
    return int(tag.rsplit(" ", 1)[1])
