"""The outbox: events, their deliveries and audit entries, written in one statement in the transaction of their cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy import (
    Sequence as SqlSequence,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, grant
from app.db.mixins import SECOND, TenantMixin
from app.extensions.events import Recorded
from app.extensions.interfaces import AuditEntry, Connection, Lane
from app.extensions.masking import masked

PROGRESS = (
    "state", "attempt", "tries", "due_at", "lease_until", "error", "started_at", "finished_at", "unique_key", "failures",
    "replays",
)  # fmt: skip
"""What changes of a delivery; everything else of it is written once."""
WRITTEN = (
    "tenant_id", "id", "at", "actor", "action", "target", "before", "after", "address", "user_agent", "request_id",
)  # fmt: skip
"""The columns of an audit entry that are written with it; `seal` comes later, from the sealer alone."""
DELIVERY_STATES = ("pending", "leased", "done", "dead", "parked")
OPEN = "state IN ('pending', 'leased', 'parked')"


def time_ordered_id(sequence: str) -> Any:
    """A 64-bit id: milliseconds since 2023-11-14 in the upper bits, a sequence in the lower 20; an expression, no function."""
    return text(
        "((extract(epoch from clock_timestamp()) * 1000)::bigint - 1700000000000) * 1048576"
        f" + mod(nextval('{sequence}'), 1048576)"
    )


class StoredEvent(TenantMixin, Base):
    """A fact that happened."""

    __tablename__ = "events"
    __grants__ = (
        grant(Role.APP, "SELECT", "INSERT"),
        grant(Role.IDENTITY, "INSERT"),
        grant(Role.SYSTEM, "SELECT", "INSERT", "DELETE"),
    )
    __table_args__ = (Index("ix_events_request", "tenant_id", "request_id"),)

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, sort_order=SECOND)
    name: Mapped[str] = mapped_column(String(120))
    version: Mapped[int] = mapped_column(Integer)
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    actor: Mapped[str] = mapped_column(String(120))
    request_id: Mapped[UUID] = mapped_column(Uuid)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    cause: Mapped[int | None] = mapped_column(BigInteger)
    """The delivery whose handler recorded it. No foreign key: its retention may end first."""
    traceparent: Mapped[str | None] = mapped_column(String(55))
    generation: Mapped[int] = mapped_column(Integer, server_default="0")
    """How many handlers stand between it and a request: what goes round in a circle is cut."""


deliveries_id_seq = SqlSequence("deliveries_id_seq", metadata=Base.metadata, data_type=BigInteger)
audit_entries_id_seq = SqlSequence("audit_entries_id_seq", metadata=Base.metadata, data_type=BigInteger)


class Delivery(TenantMixin, Base):
    """One event for one handler, with its own state."""

    __tablename__ = "deliveries"
    __sequence__ = "deliveries_id_seq"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "event_id"], ["events.tenant_id", "events.id"], ondelete="CASCADE"),
        CheckConstraint(f"state IN {DELIVERY_STATES}", name="state"),
        # In the order of claims: whoever claims of a long backlog reads no more of it than it takes.
        Index("ix_deliveries_waiting", "tenant_id", "queue", "priority", "id", postgresql_where=text(OPEN)),
        Index(
            "ix_deliveries_ordering",
            "tenant_id",
            "handler",
            "ordering_key",
            "id",
            postgresql_where=text(f"ordering_key IS NOT NULL AND {OPEN}"),
        ),
        Index(
            "uq_deliveries_unique",
            "tenant_id",
            "handler",
            "unique_key",
            unique=True,
            postgresql_where=text("unique_key IS NOT NULL"),
        ),
        Index("ix_deliveries_dead", "tenant_id", "id", postgresql_where=text("state = 'dead'")),
        Index("ix_deliveries_event", "tenant_id", "event_id"),
        # Few rows: what is in flight is counted at every claim, what is dead at every sweep.
        Index("ix_deliveries_leased", "tenant_id", "lease_until", postgresql_where=text("state = 'leased'")),
    )
    __grants__ = (
        grant(Role.APP, "SELECT", "INSERT", update=PROGRESS),
        grant(Role.IDENTITY, "INSERT", select=("id",)),
        grant(Role.SYSTEM, "SELECT", "INSERT", "DELETE", update=PROGRESS),
    )

    id: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        sort_order=SECOND,
        server_default=time_ordered_id("deliveries_id_seq"),
    )
    event_id: Mapped[UUID] = mapped_column(Uuid)
    handler: Mapped[str] = mapped_column(String(120))
    queue: Mapped[str] = mapped_column(String(40))
    priority: Mapped[int] = mapped_column(Integer, server_default="0")
    ordering_key: Mapped[str | None] = mapped_column(String(200))
    unique_key: Mapped[str | None] = mapped_column(String(200))
    """Held until the first lease: what happens after that needs a delivery of its own."""
    state: Mapped[str] = mapped_column(String(10), server_default="pending")
    attempt: Mapped[int] = mapped_column(Integer, server_default="0")
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    lease_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    error: Mapped[str | None] = mapped_column(Text)
    failures: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    """The attempts that failed, oldest first: `{attempt, at, error}`."""
    replays: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class StoredAuditEntry(TenantMixin, Base):
    """Who did what to what, when and from where. Append-only: no role that serves requests may change or remove a row.

    The sealer, as the system role, writes the number of the seal; a purge removes all rows of a tenant that is gone.
    """

    __tablename__ = "audit_entries"
    __sequence__ = "audit_entries_id_seq"
    __grants__ = (
        grant(Role.APP, "SELECT", insert=WRITTEN),
        grant(Role.IDENTITY, insert=WRITTEN),
        grant(Role.SYSTEM, "SELECT", "DELETE", update=("seal",), insert=WRITTEN),
    )
    __table_args__ = (
        Index("ix_audit_entries_unsealed", "tenant_id", "id", postgresql_where=text("seal IS NULL")),
        Index("ix_audit_entries_seal", "tenant_id", "seal"),
        Index("ix_audit_entries_request", "tenant_id", "request_id"),
    )

    id: Mapped[int] = mapped_column(
        BigInteger,
        primary_key=True,
        autoincrement=False,
        sort_order=SECOND,
        server_default=time_ordered_id("audit_entries_id_seq"),
    )
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(120))
    target: Mapped[str | None] = mapped_column(String(200))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    address: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None] = mapped_column(String(300))
    request_id: Mapped[UUID] = mapped_column(Uuid)
    seal: Mapped[int | None] = mapped_column(BigInteger)


class AuditSeal(TenantMixin, Base):
    """A link of a tenant's chain: which entries, their root, the link before, and a MAC whose key is in no database."""

    __tablename__ = "audit_seals"
    __grants__ = (grant(Role.APP, "SELECT"), grant(Role.SYSTEM, "SELECT", "INSERT", "DELETE"))

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, sort_order=SECOND)
    ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    leaves: Mapped[bytes] = mapped_column(LargeBinary)
    """The hash of each entry, in the order of `ids`."""
    root: Mapped[bytes] = mapped_column(LargeBinary)
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    mac: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Addressed:
    """A delivery to be written: which event, and how it reaches a handler."""

    event_id: UUID
    lane: Lane


# unnest over arrays keeps the text constant, so that it is prepared once whatever the numbers; RETURNING of the deliveries
# is read by the inline queue mode. The identity role may not read what it wrote, hence only `id`.
WRITE = """
WITH e AS (
  INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at, cause, traceparent, generation)
  SELECT $1, u.id, u.name, u.version, u.payload::jsonb, u.actor, u.request_id, u.at, u.cause, u.traceparent,
    u.generation
  FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::uuid[], $8::timestamptz[], $9::bigint[],
    $10::text[], $11::int[]) AS u (id, name, version, payload, actor, request_id, at, cause, traceparent, generation)
), d AS (
  INSERT INTO deliveries (tenant_id, event_id, handler, queue, priority, ordering_key, unique_key)
  SELECT $1, u.event_id, u.handler, u.queue, u.priority, u.ordering_key, u.unique_key
  FROM unnest($12::uuid[], $13::text[], $14::text[], $15::int[], $16::text[], $17::text[])
    AS u (event_id, handler, queue, priority, ordering_key, unique_key)
  {unique}RETURNING id
), a AS (
  INSERT INTO audit_entries (tenant_id, at, actor, action, target, before, after, address, user_agent, request_id)
  SELECT $1, u.at, u.actor, u.action, u.target, u.before::jsonb, u.after::jsonb, u.address, u.user_agent, u.request_id
  FROM unnest($18::timestamptz[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[],
    $26::uuid[]) AS u (at, actor, action, target, before, after, address, user_agent, request_id)
)
SELECT id FROM d
"""
PLAIN = WRITE.format(unique="")
# The waiting delivery's row is locked until this transaction's end, and claims skip it: so it starts after the commit of
# every event that it stands for. Whoever shares a unique key waits for the other's commit.
FOLDED = WRITE.format(
    unique="""ON CONFLICT (tenant_id, handler, unique_key) WHERE unique_key IS NOT NULL
  DO UPDATE SET unique_key = excluded.unique_key
  """
)


async def write(
    connection: Connection,
    tenant_id: UUID,
    events: Sequence[Recorded],
    deliveries: Sequence[Addressed],
    entries: Sequence[AuditEntry],
) -> list[int]:
    """Write everything that a unit of work recorded for one tenant, in one round trip; returns the deliveries' ids.

    Of those that share a unique key the first is written: it stands for them all.
    """
    folded = _folded(deliveries)
    statement = _statement([item.lane for item in folded])
    rows = await connection.fetch(statement, *_arguments(tenant_id, events, folded, entries))
    return [row[0] for row in rows]


async def write_each(connection: Any, events: Sequence[Recorded], lanes: Sequence[Lane]) -> None:
    """Write events of many tenants, each with a delivery for every lane: a statement for each, and one round trip for all."""
    await connection.executemany(
        _statement(lanes),
        [_arguments(item.tenant_id, [item], [Addressed(item.id, lane) for lane in lanes], ()) for item in events],
    )


def _folded(deliveries: Sequence[Addressed]) -> list[Addressed]:
    """One for each unique key, behind those that have none, and in one order for all.

    A statement cannot join the same row twice. Two units of work that join the same rows in different orders would wait for
    each other.
    """
    first: dict[tuple[str, str], Addressed] = {}
    for item in deliveries:
        if item.lane.unique_key is not None:
            first.setdefault((item.lane.handler, item.lane.unique_key), item)
    return [*(item for item in deliveries if item.lane.unique_key is None), *(first[key] for key in sorted(first))]


def _statement(lanes: Sequence[Lane]) -> str:
    return PLAIN if all(lane.unique_key is None for lane in lanes) else FOLDED


def _arguments(
    tenant_id: UUID, events: Sequence[Recorded], deliveries: Sequence[Addressed], entries: Sequence[AuditEntry]
) -> tuple[Any, ...]:
    lanes = [item.lane for item in deliveries]
    return (
        tenant_id,
        [item.id for item in events],
        [item.event.name for item in events],
        [item.event.version for item in events],
        [_json(item.event.payload()) for item in events],
        [item.actor for item in events],
        [item.request_id for item in events],
        [item.at for item in events],
        [item.cause for item in events],
        [item.traceparent for item in events],
        [item.generation for item in events],
        [item.event_id for item in deliveries],
        [lane.handler for lane in lanes],
        [lane.queue for lane in lanes],
        [lane.priority for lane in lanes],
        [lane.ordering_key for lane in lanes],
        [lane.unique_key for lane in lanes],
        [item.at for item in entries],
        [item.actor for item in entries],
        [item.action for item in entries],
        [item.target for item in entries],
        [_json(masked(item.before, item.target)) for item in entries],
        [_json(masked(item.after, item.target)) for item in entries],
        [item.address for item in entries],
        [item.user_agent for item in entries],
        [item.request_id for item in entries],
    )


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else orjson.dumps(values, default=_plain).decode()


def _plain(value: Any) -> Any:
    """Asyncpg reads ids as a subclass of UUID, which orjson does not take for one."""
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no plain value")
