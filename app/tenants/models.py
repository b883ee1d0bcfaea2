"""Tenants and who belongs to them."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, String, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, TableKind, grant
from app.db.mixins import SECOND, IdMixin, TenantMixin, TimesMixin, VersionMixin
from app.db.rls import own_row
from app.utils.slugs import SLUG_PATTERN

VISIBLE = ("id", "slug", "name", "state", "plan", "created_at", "updated_at", "version")


class Tenant(IdMixin, TimesMixin, VersionMixin, Base):
    """A customer organisation. The app role reads what a request needs of it and nothing else."""

    __tablename__ = "tenants"
    __kind__ = TableKind.REFERENCE
    __table_args__ = (
        CheckConstraint("state IN ('active', 'suspended')", name="state"),
        CheckConstraint(f"slug ~ '{SLUG_PATTERN}' AND length(slug) BETWEEN 3 AND 40", name="slug"),
    )
    __grants__ = (
        grant(Role.APP, select=VISIBLE, insert=("id", "slug", "name", "version")),
        grant(Role.SYSTEM, "SELECT", "UPDATE"),
    )

    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12), server_default="active", default="active")
    plan: Mapped[str] = mapped_column(String(40), server_default="standard", default="standard")


class Membership(TenantMixin, TimesMixin, VersionMixin, Base):
    """A user in a tenant, with roles, and what the tenant sees of the person."""

    __tablename__ = "memberships"
    __grants__: ClassVar = (grant(Role.APP, "SELECT", "INSERT", "UPDATE", "DELETE"),)
    __policies__ = (own_row("memberships", "user_id", command="SELECT"),)
    __table_args__ = (CheckConstraint("cardinality(roles) > 0", name="roles"),)

    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="RESTRICT"), primary_key=True, index=True, sort_order=SECOND
    )
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(120))
    picture: Mapped[str | None] = mapped_column(String(500))
    joined_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
