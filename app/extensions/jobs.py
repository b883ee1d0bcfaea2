"""What a job may be: a batch of tickets, and nothing else.

RQ's own job class imports and calls the dotted names it finds in Redis (function, callbacks), unpickles results and
metadata while it merely reads, and posts to URLs. Here a job is exactly what `packed` writes, or it is refused.
"""

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, Never, Self
from uuid import UUID, uuid4

import msgspec
import rq
import rq.job
from msgspec import Meta
from redis import Redis
from rq.exceptions import NoSuchJobError
from rq.serializers import JSONSerializer
from rq.utils import utcformat, utcparse

from app.extensions.tickets import Ticket

MAX_BATCH: Final = 100
MAX_DATA_BYTES: Final = 64 * 1024
FAILURE_TTL_SECONDS: Final = 3600

ENTRY: Final = "app.extensions.jobs.deliver"
FIELDS: Final = frozenset(
    ("created_at", "enqueued_at", "origin", "description", "data", "timeout", "result_ttl", "failure_ttl", "status")
)
JOB_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class RefusedError(NoSuchJobError):
    """A job that we did not write. RQ's own tools take it for one that does not exist.

    Its text is one of a few constants that quote nothing from Redis: fit for logs and as a metric's label.
    """


_Wire = tuple[
    Literal["app.extensions.jobs.deliver"],
    None,
    tuple[
        Annotated[
            list[tuple[UUID, Annotated[int, Meta(gt=0, le=2**63 - 1)], Annotated[int, Meta(ge=0, le=2**31 - 1)]]],
            Meta(min_length=1, max_length=MAX_BATCH),
        ]
    ],
    Annotated[dict[str, None], Meta(max_length=0)],
]
_decoder: Final = msgspec.json.Decoder(_Wire)


def deliver(*_: object) -> Never:
    """The one name a job may carry. Our worker never calls it, and nothing happens if somebody else's does."""
    raise RefusedError("deliveries run only inside Atrium's own worker")


def packed(queue: str, tickets: Sequence[Ticket]) -> Mapping[Any, Any]:
    """The hash of a job in RQ's own format: no time limit of RQ's, no result kept."""
    now = utcformat(datetime.now(UTC))
    wire = [(ticket.tenant_id, ticket.delivery_id, ticket.attempt) for ticket in tickets]
    return {
        "created_at": now,
        "enqueued_at": now,
        "origin": queue,
        "description": f"{len(wire)} deliveries",
        "data": zlib.compress(msgspec.json.encode((ENTRY, None, (wire,), {}))),
        "timeout": -1,
        "result_ttl": 0,
        "failure_ttl": FAILURE_TTL_SECONDS,
        "status": "queued",
    }


def named(tickets: Sequence[Ticket]) -> str:
    """A new job's id. It tells how many tickets the job holds, so that a worker knows it before it takes the job."""
    return f"{uuid4().hex}-{len(tickets)}"


def _unpacked(data: bytes) -> bytes:
    """Undo the compression, but refuse what would grow beyond any batch: a few bytes can unpack to gigabytes."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, MAX_DATA_BYTES)
    except zlib.error as error:
        raise RefusedError("data is not compressed") from error
    if not unpacker.eof or unpacker.unused_data:
        raise RefusedError("data is too long or cut short")
    return text


def _moment(text: bytes | None) -> datetime | None:
    """A time as RQ writes it; what is none is only ever shown, so it is no reason to refuse a job."""
    try:
        return utcparse((text or b"").decode("ascii", "replace"))
    except ValueError:
        return None


class Job(rq.job.Job):
    """An RQ job that can be nothing but a batch of tickets, whatever Redis says."""

    tickets: tuple[Ticket, ...] = ()

    def __init__(self, id: str | None = None, connection: Redis | None = None, serializer: Any = None) -> None:  # noqa: A002 -- RQ's own name
        del serializer  # RQ's tools hand over pickle here unless told otherwise
        super().__init__(id, connection, JSONSerializer)

    @classmethod
    def read(cls, job_id: bytes, fields: Mapping[bytes, bytes], connection: Redis) -> Self:
        """The job of that id, whose hash this is; RefusedError if it is not one of ours."""
        if not fields:
            raise RefusedError("gone")
        job = cls(job_id.decode("ascii"), connection)
        job.restore(fields)
        return job

    def restore(self, raw_data: Mapping[bytes, bytes]) -> None:
        """Fill the job from its hash; RefusedError unless it is exactly what `packed` writes."""
        filled = {name.decode("ascii", "replace"): value for name, value in raw_data.items() if value}
        if filled.keys() - FIELDS:
            raise RefusedError("unexpected fields")
        data = _unpacked(filled.get("data", b""))
        try:
            name, instance, (wire,), named = _decoder.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RefusedError("data is not a batch of tickets") from error
        self.tickets = tuple(Ticket(*ids) for ids in wire)
        self._data, self._func_name, self._instance = data, name, instance
        self._args, self._kwargs = [[[str(tenant), *numbers] for tenant, *numbers in wire]], {**named}
        self.origin = filled.get("origin", b"").decode("ascii", "replace")
        self.description = filled.get("description", b"").decode("ascii", "replace")
        self.created_at = _moment(filled.get("created_at")) or self.created_at
        self.enqueued_at = _moment(filled.get("enqueued_at"))
        self.timeout, self.result_ttl, self.failure_ttl = -1, 0, FAILURE_TTL_SECONDS

    @property
    def func(self) -> Callable[..., Never]:
        """The constant entry point; the name in the data is never resolved."""
        return deliver

    @property
    def success_callback(self) -> None:
        """Never any."""

    @property
    def failure_callback(self) -> None:
        """Never any."""

    @property
    def stopped_callback(self) -> None:
        """Never any."""

    @property
    def dependency(self) -> None:
        """Never any."""

    def send_webhooks(self, status: str, *, exc_string: str | None = None) -> None:
        """Send nothing: a URL from Redis is nobody's to call."""


class JobQueue(rq.Queue):
    """An RQ queue of our jobs. RQ's tools need it as `--queue-class`: their default unpickles what it reads."""

    job_class = Job

    def __init__(self, name: str = "default", connection: Redis | None = None, **_: Any) -> None:
        super().__init__(name, connection, default_timeout=-1, job_class=Job, serializer=JSONSerializer)
