"""What a handler is given that calls outside systems: short transactions of its tenant, and no open one meanwhile."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from uuid import UUID

from app.auth.identity import IdentityUnits
from app.config import Settings
from app.db.uow import UnitOfWork
from app.extensions.clock import Clock
from app.services.filesystem import FileSystem
from app.services.mailer import Mailer


@dataclass(frozen=True, slots=True)
class Errand:
    """Made for one delivery. It may run more than once: `key` tells outside systems that it is the same errand."""

    tenant_id: UUID
    delivery_id: int
    request_id: UUID
    clock: Clock
    settings: Settings
    identity: IdentityUnits
    mailer: Mailer
    files: FileSystem

    @property
    def key(self) -> str:
        """The idempotency key of whatever the errand sends."""
        return f"{self.tenant_id}-{self.delivery_id}"

    def unit(
        self, *, tenant_id: UUID | None = None, user_id: UUID | None = None
    ) -> AbstractAsyncContextManager[UnitOfWork]:
        """One short transaction of the app role; commits unless something is raised.

        It is bound to the delivery's tenant or, where an errand concerns a person in all their tenants, to one of those and
        to the person, whose own rows it sees then.
        """
        return self.identity.tenant_unit(self.request_id, tenant_id or self.tenant_id, user_id)
