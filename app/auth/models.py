"""Credentials and sessions: local tables, never joined with a tenant's rows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, LargeBinary, String, Uuid, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, TableKind, grant
from app.db.mixins import IdMixin
from app.db.rls import every_row, own_row


class Credential(Base):
    """A person's password, as an Argon2id hash. No role but identity reads it."""

    __tablename__ = "credentials"
    __kind__ = TableKind.LOCAL
    __grants__ = (grant(Role.IDENTITY, "SELECT", "INSERT", "UPDATE"),)
    __policies__ = (every_row("credentials", Role.IDENTITY),)

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class SignInSession(IdMixin, Base):
    """A signed-in session: one family of refresh tokens. Ended means ended for its access tokens too, at once."""

    __tablename__ = "sessions"
    __kind__ = TableKind.LOCAL
    __grants__ = (
        grant(Role.APP, select=("id", "user_id", "ended_at", "created_at", "refreshed_at"), update=("ended_at",)),
        grant(Role.IDENTITY, "SELECT", "INSERT", "UPDATE"),
    )
    __policies__ = (own_row("sessions", "user_id"), every_row("sessions", Role.IDENTITY))

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    transport: Mapped[str] = mapped_column(String(6))
    csrf_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    address: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    refreshed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


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


class Operator(Base):
    """The platform's own staff. Only the identity role reads it."""

    __tablename__ = "operators"
    __kind__ = TableKind.LOCAL
    __grants__ = (grant(Role.IDENTITY, "SELECT"),)
    __policies__ = (every_row("operators", Role.IDENTITY),)

    user_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
