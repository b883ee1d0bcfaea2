"""Columns that many tables share. Order matters: tenant_id is the first column of a tenant table."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Integer, Uuid, func
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.db.base import TableKind
from app.utils.ids import uuid7

FIRST, SECOND, LAST = -100, -90, 900


class TenantMixin:
    """A row of a tenant: tenant_id comes first and is filled by the unit of work's session."""

    __kind__: ClassVar[TableKind] = TableKind.TENANT

    @declared_attr
    def tenant_id(cls) -> Mapped[UUID]:  # noqa: N805 - declared_attr hands over the class
        """The tenant that the row belongs to; never changes."""
        return mapped_column(Uuid, ForeignKey("tenants.id", ondelete="RESTRICT"), primary_key=True, sort_order=FIRST)


class IdMixin:
    """A UUIDv7 made in the application."""

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7, sort_order=SECOND)


class TimesMixin:
    """When the row was made and last changed, by the injected clock where a service sets it, else by the database's."""

    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now(), sort_order=LAST)
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), onupdate=func.now(), sort_order=LAST + 1
    )


class VersionMixin:
    """The optimistic lock: counts every change; the ETag, or what it is made of where a key may come again."""

    version: Mapped[int] = mapped_column(Integer, default=1, sort_order=LAST + 2)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805 - declared_attr hands over the class
        """An UPDATE compares the version that was read: a lost race is seen, not overwritten."""
        return {"version_id_col": cls.__table__.c.version, "eager_defaults": True}  # type: ignore[attr-defined]  # mapped by now
