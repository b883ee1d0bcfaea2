"""The ORM session: joins the unit of work's transaction and puts the tenant into every statement (the second lock)."""

from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from app.db.mixins import TenantMixin
from app.db.plain import belongs_to_a_tenant, plain_classes

TENANT = "tenant_id"


class TenantSession(Session):
    """A session of one tenant."""


def open_session(connection: AsyncConnection, tenant_id: UUID | None) -> AsyncSession:
    """A session on a connection whose transaction is already bound to the tenant."""
    return AsyncSession(
        connection, sync_session_class=TenantSession, expire_on_commit=False, autoflush=False, info={TENANT: tenant_id}
    )


@event.listens_for(TenantSession, "do_orm_execute")
def _carry_the_tenant(state: ORMExecuteState) -> None:
    """Every ORM statement on a tenant table says `tenant_id = <parameter>`: for the index, and as a lock beside RLS."""
    tenant_id: UUID | None = state.session.info[TENANT]
    if tenant_id is None:
        return
    classes: set[type[Any]] = {TenantMixin, *(each for mapper in state.all_mappers for each in plain_classes(mapper))}
    state.statement = state.statement.options(
        *(with_loader_criteria(each, lambda cls: cls.tenant_id == tenant_id, include_aliases=True) for each in classes)
    )


@event.listens_for(TenantSession, "before_flush")
def _fill_the_tenant(session: Session, _context: Any, _instances: Any) -> None:
    """New rows get the bound tenant; a row of another is refused before the database refuses it."""
    tenant_id: UUID | None = session.info[TENANT]
    for row in session.new:
        if not belongs_to_a_tenant(row):
            continue
        if tenant_id is None:
            raise RuntimeError(f"{type(row).__name__} belongs to a tenant: bind one first")
        if row.tenant_id is None:
            row.tenant_id = tenant_id
        elif row.tenant_id != tenant_id:
            raise RuntimeError(f"{type(row).__name__} of another tenant than the bound one")
