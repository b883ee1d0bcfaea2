"""The base of what is done for the platform, over REST by an operator or on the machine by a command."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.auth.commons import Commons
from app.auth.system import SystemUnits
from app.config import Settings
from app.db.uow import UnitOfWork
from app.extensions.interfaces import AuditEntry
from app.utils.ids import PLATFORM_TENANT, uuid7


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, as audit entries name them."""

    actor: str
    request_id: UUID
    address: str | None = None
    user_agent: str | None = None


def by_operator(commons: Commons) -> Acting:
    """The operator of a request."""
    return Acting(f"operator:{commons.user_id}", commons.request_id, commons.address, commons.user_agent)


def by_command() -> Acting:
    """Whoever has the command line: the machine knows them, the platform does not."""
    return Acting("command", uuid7())


class Desk:
    """Works with short units of the system role, each bound to the tenant in whose log it stands."""

    def __init__(self, units: SystemUnits, acting: Acting, settings: Settings) -> None:
        """`units` is the process's one way to the system role."""
        self.units = units
        self.acting = acting
        self.settings = settings
        self.clock = units.clock

    def unit(
        self, tenant_id: UUID = PLATFORM_TENANT, *, read_only: bool = False
    ) -> AbstractAsyncContextManager[UnitOfWork]:
        """One transaction."""
        return self.units.unit(self.acting.request_id, tenant_id, read_only=read_only)

    def note(
        self,
        uow: UnitOfWork,
        action: str,
        target: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """An audit entry for the unit's commit, in the log of the tenant that it is bound to."""
        acting = self.acting
        uow.track(
            AuditEntry(
                at=self.clock.now(),
                actor=acting.actor,
                action=action,
                request_id=acting.request_id,
                target=target,
                before=before,
                after=after,
                address=acting.address,
                user_agent=acting.user_agent,
            )
        )
