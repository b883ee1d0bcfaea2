"""Where others may send a tenant messages, and which of them have come: each counts once."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import DateTime, ForeignKeyConstraint, Index, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import SECRET, Base, Role, grant
from app.db.mixins import IdMixin, TenantMixin
from app.db.uow import UnitOfWork
from app.extensions.incoming import MAX_ID

KEPT = timedelta(days=1)
"""How long it is remembered that a message has come: far longer than its time lets it count."""

ADD = "INSERT INTO incoming_endpoints (tenant_id, id, consumer, secret) VALUES ($1, $2, $3, $4)"
CHANGE = "UPDATE incoming_endpoints SET secret = $3 WHERE tenant_id = $1 AND id = $2"
# Of a tenant that is suspended nothing is there: its senders are told as anybody, and try again.
FIND = """
SELECT e.secret FROM incoming_endpoints AS e JOIN tenants AS t ON t.id = e.tenant_id
WHERE e.tenant_id = $1 AND e.id = $2 AND e.consumer = $3 AND t.state = 'active'
"""
# Who comes second waits for the first one's end, and then finds it here, or takes its place.
NOTE = """
INSERT INTO incoming_messages (tenant_id, endpoint_id, message_id, received_at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING RETURNING message_id
"""
FORGET = "DELETE FROM incoming_messages WHERE tenant_id = $1 AND endpoint_id = $2 AND received_at < $3"


class IncomingEndpoint(TenantMixin, IdMixin, Base):
    """An address of a tenant's, and the secret that whoever sends to it signs with, sealed."""

    __tablename__ = "incoming_endpoints"
    __grants__: ClassVar = (grant(Role.APP, "SELECT", "INSERT", "DELETE", update=("secret",)),)

    consumer: Mapped[str] = mapped_column(String(40))
    """What reads the messages: the name of a module."""
    secret: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)


class IncomingMessage(TenantMixin, Base):
    """A message that has come, by its sender's id."""

    __tablename__ = "incoming_messages"
    __grants__: ClassVar = (grant(Role.APP, "SELECT", "INSERT", "DELETE"),)
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "endpoint_id"],
            ["incoming_endpoints.tenant_id", "incoming_endpoints.id"],
            name="fk_incoming_messages_endpoint_id",
            ondelete="CASCADE",
        ),
        Index("ix_incoming_messages_received_at", "tenant_id", "endpoint_id", "received_at"),
    )

    endpoint_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    message_id: Mapped[str] = mapped_column(String(MAX_ID), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class IncomingRepository:
    """Endpoints and messages of the bound tenant."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def add(self, endpoint_id: UUID, consumer: str, secret: bytes) -> None:
        """A new endpoint; `secret` is sealed."""
        await self.uow.connection.execute(ADD, self.uow.tenant_id, endpoint_id, consumer, secret)

    async def change(self, endpoint_id: UUID, secret: bytes) -> None:
        """Another secret, sealed; the one before it counts no more."""
        await self.uow.connection.execute(CHANGE, self.uow.tenant_id, endpoint_id, secret)

    async def secret(self, endpoint_id: UUID, consumer: str) -> bytes | None:
        """The sealed secret of that consumer's endpoint; None where there is none, or the tenant is not active."""
        found: bytes | None = await self.uow.connection.fetchval(FIND, self.uow.tenant_id, endpoint_id, consumer)
        return found

    async def note(self, endpoint_id: UUID, message_id: str, at: datetime) -> bool:
        """Remember that the message has come, with the commit; returns whether it is the first time.

        What came long ago at this endpoint is forgotten on the way: its time lets it count no more.
        """
        row = await self.uow.connection.fetchval(NOTE, self.uow.tenant_id, endpoint_id, message_id, at)
        if row is None:
            return False
        await self.uow.connection.execute(FORGET, self.uow.tenant_id, endpoint_id, at - KEPT)
        return True
