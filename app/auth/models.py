"""What sign-in stands on: local tables, never joined with a tenant's rows. Beside them the API keys, which are a tenant's."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import SECRET, Base, Role, TableKind, app_owns, grant, identity_owns
from app.db.mixins import IdMixin, TenantMixin, TimesMixin
from app.db.rls import every_row, own_row

SHOWN = (
    "id",
    "user_id",
    "transport",
    "address",
    "user_agent",
    "created_at",
    "refreshed_at",
    "ended_at",
    "authenticated_at",
    "mfa_at",
    "operator_id",
    "bound_tenant_id",
    "ends_at",
)
"""What the app role reads of sessions: all but the hash of the CSRF token and an impersonation's reason."""
TRACED = (
    "id",
    "user_id",
    "created_at",
    "refreshed_at",
    "ended_at",
    "operator_id",
    "bound_tenant_id",
    "ends_at",
    "reason",
)
"""What the system role reads: enough to end and sweep sessions, and to list and end impersonations."""
IMPERSONATED = (
    "id",
    "user_id",
    "transport",
    "address",
    "user_agent",
    "created_at",
    "refreshed_at",
    "authenticated_at",
    "operator_id",
    "bound_tenant_id",
    "ends_at",
    "reason",
)
"""What the system role writes: an impersonation, in the transaction of its audit entry."""
PURPOSES = ("verify_email", "reset_password", "change_email", "mfa")


class Credential(Base):
    """A person's password, as an Argon2id hash. No role but identity reads it."""

    __tablename__ = "credentials"
    __kind__ = TableKind.LOCAL
    __grants__ = identity_owns()
    __policies__ = (every_row("credentials", Role.IDENTITY),)

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class SignInSession(IdMixin, Base):
    """A signed-in session: one family of refresh tokens. Ended means ended for its access tokens too, at once."""

    __tablename__ = "sessions"
    __kind__ = TableKind.LOCAL
    __grants__ = (
        grant(Role.APP, select=SHOWN, update=("ended_at",)),
        *identity_owns(),
        grant(Role.SYSTEM, "DELETE", select=TRACED, insert=IMPERSONATED, update=("ended_at",)),
    )
    __policies__ = (own_row("sessions", "user_id"), every_row("sessions", Role.IDENTITY))
    __table_args__ = (
        # For the foreign keys, and for all that an operator does in others' names: few rows have either.
        Index("ix_sessions_operator_id", "operator_id", postgresql_where=text("operator_id IS NOT NULL")),
        Index("ix_sessions_bound_tenant_id", "bound_tenant_id", postgresql_where=text("bound_tenant_id IS NOT NULL")),
    )

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    transport: Mapped[str] = mapped_column(String(6))
    csrf_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    address: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    refreshed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    authenticated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    """When the person last proved a password (auth_time): sensitive changes ask for a fresh one."""
    mfa_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When the person last proved a second factor in this session."""
    operator_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"))
    """The operator who acts as the person: then the four below are set too."""
    bound_tenant_id: Mapped[UUID | None] = mapped_column(Uuid, ForeignKey("tenants.id", ondelete="CASCADE"))
    ends_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str | None] = mapped_column(String(500))


class RefreshToken(Base):
    """One refresh token, stored as its SHA-256; used once."""

    __tablename__ = "refresh_tokens"
    __kind__ = TableKind.LOCAL
    __grants__ = (grant(Role.IDENTITY, "SELECT", "INSERT", "UPDATE"),)
    __policies__ = (every_row("refresh_tokens", Role.IDENTITY),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    csrf_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of the CSRF token that was given out beside it, by cookie."""
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When the rotation that used it was committed for certain, by the database's clock: what arrived before it was its twin."""


class Operator(Base):
    """The platform's own staff. Only the identity role reads it."""

    __tablename__ = "operators"
    __kind__ = TableKind.LOCAL
    __grants__ = (grant(Role.IDENTITY, "SELECT", "INSERT", "DELETE"),)
    __policies__ = (every_row("operators", Role.IDENTITY),)

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Registration(IdMixin, Base):
    """Somebody who registered and has not yet proved the address; nothing of it signs in."""

    __tablename__ = "registrations"
    __kind__ = TableKind.LOCAL
    __grants__ = (
        grant(Role.IDENTITY, "SELECT", "INSERT", "DELETE"),
        grant(Role.SYSTEM, "DELETE", select=("id", "expires_at")),
    )
    __policies__ = (every_row("registrations", Role.IDENTITY),)

    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


Index("ix_registrations_email", func.lower(Registration.email))


class EmailChange(IdMixin, Base):
    """A person's wish for another address, until it is confirmed there and the old address was told."""

    __tablename__ = "email_changes"
    __kind__ = TableKind.LOCAL
    __grants__ = (*identity_owns(), grant(Role.SYSTEM, "DELETE", select=("id", "expires_at", "confirmed_at")))
    __policies__ = (every_row("email_changes", Role.IDENTITY),)

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(320))
    old_email: Mapped[str] = mapped_column(String(320))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class OneTimeToken(Base):
    """A token that works once, for one purpose and one subject: a registration, a person or a change. Stored as its SHA-256."""

    __tablename__ = "one_time_tokens"
    __kind__ = TableKind.LOCAL
    __grants__ = (*identity_owns(), grant(Role.SYSTEM, "DELETE", select=("token_hash", "expires_at")))
    __policies__ = (every_row("one_time_tokens", Role.IDENTITY),)
    __table_args__ = (CheckConstraint(f"purpose IN {PURPOSES}", name="purpose"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")


class TotpFactor(Base):
    """A person's authenticator (RFC 6238). The secret is encrypted with a key of the settings; it counts once it is confirmed."""

    __tablename__ = "totp_factors"
    __kind__ = TableKind.LOCAL
    __grants__ = identity_owns()
    __policies__ = (every_row("totp_factors", Role.IDENTITY),)

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_step: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """The time step of the last accepted code: no code works twice."""


class RecoveryCode(Base):
    """A code that stands in for the authenticator, once. Stored as its SHA-256."""

    __tablename__ = "recovery_codes"
    __kind__ = TableKind.LOCAL
    __grants__ = identity_owns()
    __policies__ = (every_row("recovery_codes", Role.IDENTITY),)

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ApiKey(TenantMixin, IdMixin, TimesMixin, Base):
    """A key of a tenant's programs. Its rights at each request: its scopes, as far as who made it holds them now."""

    __tablename__ = "api_keys"
    __grants__: ClassVar = app_owns()
    __table_args__ = (CheckConstraint("cardinality(scopes) > 0", name="scopes"),)

    name: Mapped[str] = mapped_column(String(120))
    prefix: Mapped[str] = mapped_column(String(24))
    """The part that is shown again: enough to recognise the key, not to use it."""
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    previous_hash: Mapped[bytes | None] = mapped_column(LargeBinary, info=SECRET)
    previous_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(120)))
    created_by: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    last_used_address: Mapped[str | None] = mapped_column(String(45))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
