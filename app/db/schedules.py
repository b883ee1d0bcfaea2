"""When schedules were fired: one row a time, so that of any number of relays one fires it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, grant
from app.db.mixins import SECOND, TenantMixin

OUTCOMES = ("begun", "fired", "skipped")


class ScheduleRun(TenantMixin, Base):
    """One time of one schedule in one tenant; the platform's own tenant has those of the installation."""

    __tablename__ = "schedule_runs"
    __table_args__ = (CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),)
    __grants__ = (grant(Role.APP, "SELECT"), grant(Role.SYSTEM, "SELECT", "INSERT", "DELETE"))

    name: Mapped[str] = mapped_column(String(120), primary_key=True, sort_order=SECOND)
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True, sort_order=SECOND + 1)
    outcome: Mapped[str] = mapped_column(String(10))
    """begun: from here on it is counted, and nothing was fired; skipped: its time had passed."""
    actor: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    event_id: Mapped[UUID | None] = mapped_column(Uuid)
