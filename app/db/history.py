"""Stored events read again, in the order in which they were recorded: what projections are made anew from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from app.db.uow import UnitOfWork
from app.extensions.events import Event

NEXT: Final = """
SELECT id, at, name, version, payload FROM events WHERE tenant_id = $1 AND id > $2 AND name = ANY($3::text[])
ORDER BY id LIMIT $4
"""


class NewerEventError(RuntimeError):
    """An event was recorded by newer code than this; says which."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event that is stored, and when it was recorded."""

    id: UUID
    at: datetime
    event: Any


async def after(uow: UnitOfWork, kinds: Sequence[type[Event]], last: UUID, limit: int) -> list[Stored]:
    """The next of these events of the bound tenant, older versions upgraded.

    Ids are made when an event is recorded, and not when it is committed: what commits meanwhile may come before `last`, and
    is missed. Whoever reads all must hear of it otherwise.

    Raises:
        NewerEventError, PayloadError.
    """
    known = {kind.name: kind for kind in kinds}
    rows = await uow.connection.fetch(NEXT, uow.tenant_id, last, list(known), limit)
    return [Stored(row[0], row[1], _revived(known[row[2]], row[3], row[4])) for row in rows]


def _revived(kind: type[Event], version: int, payload: dict[str, Any]) -> Event:
    if version > kind.version:
        raise NewerEventError(f"{kind.name} version {version} is newer than the code")
    return kind.from_payload(payload, version)
