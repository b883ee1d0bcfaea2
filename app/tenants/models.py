"""Tenants, who belongs to them, with which roles, and who is invited."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Uuid,
    false,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import SECRET, Base, Role, TableKind, app_owns, grant
from app.db.mixins import SECOND, IdMixin, TenantMixin, TimesMixin, VersionMixin
from app.db.rls import every_row, own_row, own_tenant
from app.utils.slugs import SLUG_PATTERN

VISIBLE = (
    "id",
    "slug",
    "name",
    "state",
    "plan",
    "mfa_required",
    "deletion_due_at",
    "created_at",
    "updated_at",
    "version",
)
CHANGEABLE = ("slug", "name", "mfa_required", "deletion_due_at", "updated_at", "version")
INVITATION_STATES = ("pending", "accepted", "revoked")


class Tenant(IdMixin, TimesMixin, VersionMixin, Base):
    """A customer organisation. The app role reads what a request needs of it and nothing else."""

    __tablename__ = "tenants"
    __kind__ = TableKind.REFERENCE
    __table_args__ = (
        CheckConstraint("state IN ('active', 'suspended')", name="state"),
        CheckConstraint(f"slug ~ '{SLUG_PATTERN}' AND length(slug) BETWEEN 3 AND 40", name="slug"),
    )
    __grants__ = (
        grant(Role.APP, select=VISIBLE, insert=("id", "slug", "name", "version"), update=CHANGEABLE),
        grant(Role.SYSTEM, "SELECT", "INSERT", "UPDATE", "DELETE"),
    )
    # Read by all: a slug must be found before a tenant is bound. Written by whoever is bound to it.
    __policies__ = (
        every_row("tenants", Role.APP, command="SELECT"),
        own_tenant("tenants", "id", command="INSERT"),
        own_tenant("tenants", "id", command="UPDATE"),
    )

    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12), server_default="active", default="active")
    plan: Mapped[str] = mapped_column(String(40), server_default="standard", default="standard")
    mfa_required: Mapped[bool] = mapped_column(Boolean, server_default=false(), default=False)
    deletion_due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When the tenant will be purged; null where nobody asked for it."""


class Membership(TenantMixin, TimesMixin, VersionMixin, Base):
    """A user in a tenant, with roles, and what the tenant sees of the person."""

    __tablename__ = "memberships"
    __grants__: ClassVar = (
        *app_owns(),
        grant(Role.SYSTEM, "SELECT", "INSERT", update=("state", "email", "name", "picture", "updated_at", "version")),
    )
    __policies__ = (own_row("memberships", "user_id", command="SELECT"),)
    __table_args__ = (
        CheckConstraint("cardinality(roles) > 0", name="roles"),
        CheckConstraint("state IN ('active', 'disabled')", name="state"),
    )

    user_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("users.id", ondelete="RESTRICT"), primary_key=True, index=True, sort_order=SECOND
    )
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(120))
    picture: Mapped[str | None] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(12), server_default="active", default="active")
    """Disabled together with the person, in one transaction: API keys and requests are judged by this row alone."""
    joined_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))


class CustomRole(TenantMixin, TimesMixin, VersionMixin, Base):
    """A role that the tenant made of the permission catalogue. The system roles live in code."""

    __tablename__ = "roles"
    __grants__: ClassVar = app_owns()

    key: Mapped[str] = mapped_column(String(40), primary_key=True, sort_order=SECOND)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str | None] = mapped_column(String(500))
    permissions: Mapped[list[str]] = mapped_column(ARRAY(String(120)))


class Invitation(TenantMixin, IdMixin, TimesMixin, Base):
    """Somebody is asked to join, with roles. Bound to the address; the token's hash is the mail handler's to write."""

    __tablename__ = "invitations"
    __grants__: ClassVar = (
        *app_owns(),
        grant(Role.SYSTEM, "DELETE", select=("tenant_id", "id", "state", "expires_at", "ended_at")),
    )
    __table_args__ = (
        CheckConstraint(f"state IN {INVITATION_STATES}", name="state"),
        CheckConstraint("cardinality(roles) > 0", name="roles"),
    )

    email: Mapped[str] = mapped_column(String(320))
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    state: Mapped[str] = mapped_column(String(10), server_default="pending", default="pending")
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, info=SECRET)
    invited_by: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    accepted_by: Mapped[UUID | None] = mapped_column(Uuid)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


Index(
    "uq_invitations_email",
    Invitation.tenant_id,
    func.lower(Invitation.email),
    unique=True,
    postgresql_where=text("state = 'pending'"),
)


class TenantSettings(TenantMixin, TimesMixin, VersionMixin, Base):
    """What a tenant decides for one module; the schema is the module's."""

    __tablename__ = "tenant_settings"
    __grants__: ClassVar = app_owns()

    module: Mapped[str] = mapped_column(String(40), primary_key=True, sort_order=SECOND)
    values: Mapped[dict[str, Any]] = mapped_column(JSONB)


class SlugAlias(Base):
    """A slug that a tenant gave up, and still answers to for a while.

    Of two rows of one slug at most one is alive: whoever takes a slug holds its lock and has looked (`repository.slugs`).
    """

    __tablename__ = "slug_aliases"
    __kind__ = TableKind.REFERENCE
    __grants__ = (
        grant(Role.APP, "SELECT", "INSERT", "DELETE"),
        grant(Role.SYSTEM, "SELECT", "DELETE"),
    )
    __policies__ = (
        every_row("slug_aliases", Role.APP, command="SELECT"),
        own_tenant("slug_aliases", "owner_id", command="INSERT"),
        own_tenant("slug_aliases", "owner_id", command="DELETE"),
    )

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(
        Uuid, ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    """The tenant; not called tenant_id, since the table is no tenant's: everybody reads it."""
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
