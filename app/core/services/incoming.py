"""Messages that others send to a tenant: who has signed them, and that each counts once."""

import logging
from uuid import UUID

from app.auth.commons import Commons, Service
from app.core.exceptions import WebhookRefused
from app.db.incoming import IncomingRepository
from app.extensions.incoming import SignedMessage, is_genuine, read_secret
from app.extensions.sealing import Sealed
from app.utils.ids import uuid7

NOBODYS = b"the secret of no endpoint whatsoever"
PURPOSE = "core.incoming"
logger = logging.getLogger(__name__)


class IncomingService(Service):
    """The endpoints of one module, the `consumer`, to which others send."""

    def __init__(self, commons: Commons, consumer: str) -> None:
        """For `admit` the unit of work has not begun; for the others it is bound to the tenant."""
        super().__init__(commons)
        self._consumer = consumer
        self._incoming = IncomingRepository(self.uow)
        self._sealed = Sealed.of(commons.settings.secrets, PURPOSE)

    async def open(self, secret: str) -> UUID:
        """A new endpoint, whose messages are signed with the secret; returns its id.

        Raises:
            ValueError: no secret as Standard Webhooks has it.
        """
        endpoint_id = uuid7()
        await self._incoming.add(endpoint_id, self._consumer, self._closed(endpoint_id, secret))
        return endpoint_id

    async def change(self, endpoint_id: UUID, secret: str) -> None:
        """Another secret for an endpoint; the one before it counts no more.

        Raises:
            ValueError: no secret as Standard Webhooks has it.
        """
        await self._incoming.change(endpoint_id, self._closed(endpoint_id, secret))

    async def admit(self, tenant_id: UUID, endpoint_id: UUID, message: SignedMessage) -> bool:
        """Begin the request's unit of work as the tenant's, if the message is genuine; returns whether it is new.

        What it brings about is committed with the note that it has come, or neither is: whoever fails lets it come again.

        Raises:
            WebhookRefused: there is no such endpoint, its secret is another, or the message is too old. Which of them is
                not told; the signature is computed in any case, so that the time tells little of it.
        """
        commons = self.commons
        # The tenant is claimed and not proved: nobody shall stand in another's line by naming them.
        await self.uow.begin(tenant_id=tenant_id, line=commons.address)
        stored = await self._incoming.secret(endpoint_id, self._consumer)
        secret = None if stored is None else self._opened(stored, tenant_id, endpoint_id)
        now = commons.clock.now()
        if not is_genuine(message, secret or NOBODYS, now) or secret is None:
            raise WebhookRefused
        self.uow.actor = f"webhook:{endpoint_id}"
        return await self._incoming.note(endpoint_id, message.id, now)

    def _opened(self, stored: bytes, tenant_id: UUID, endpoint_id: UUID) -> bytes | None:
        """The secret; None where its key is gone: whoever sends is refused, and no fault of ours is theirs to see."""
        try:
            return self._sealed.open(stored, _place(tenant_id, endpoint_id))
        except ValueError:
            logger.exception("an endpoint believes nobody", extra={"endpoint": str(endpoint_id)})
            return None

    def _closed(self, endpoint_id: UUID, secret: str) -> bytes:
        return self._sealed.close(read_secret(secret), _place(self.commons.tenant_id, endpoint_id))


def _place(tenant_id: UUID, endpoint_id: UUID) -> bytes:
    """A secret that is moved to another tenant or endpoint opens nothing."""
    return tenant_id.bytes + endpoint_id.bytes
