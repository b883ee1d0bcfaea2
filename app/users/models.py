"""The person."""

from sqlalchemy import CheckConstraint, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, TableKind, grant
from app.db.mixins import IdMixin, TimesMixin, VersionMixin
from app.db.rls import every_row, own_row

PROFILE = ("name", "picture", "locale", "time_zone", "updated_at", "version")


class User(IdMixin, TimesMixin, VersionMixin, Base):
    """A person, who may be a member of several tenants. The app role sees and changes only the caller's own row."""

    __tablename__ = "users"
    __kind__ = TableKind.REFERENCE
    __table_args__ = (CheckConstraint("state IN ('active', 'disabled')", name="state"),)
    __grants__ = (
        grant(Role.APP, "SELECT", update=PROFILE),
        grant(Role.IDENTITY, "SELECT", "INSERT", "UPDATE"),
        grant(Role.SYSTEM, "SELECT", update=("email", "name", "picture", "state", "updated_at", "version")),
    )
    __policies__ = (own_row("users", "id"), every_row("users", Role.IDENTITY))

    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(120))
    picture: Mapped[str | None] = mapped_column(String(500))
    locale: Mapped[str] = mapped_column(String(20), server_default="en", default="en")
    time_zone: Mapped[str] = mapped_column(String(60), server_default="UTC", default="UTC")
    state: Mapped[str] = mapped_column(String(12), server_default="active", default="active")


Index("uq_users_email", func.lower(User.email), unique=True)
