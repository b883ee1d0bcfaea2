"""Today's sums as a stream of events shows them."""

from hashlib import blake2b
from typing import Final

from app.auth.streaming import Reader
from app.extensions.event_stream import Look, Pace, State
from app.extensions.responses import encode
from app.modules.analytics.services import AnalyticsService

PACE: Final = Pace(look_seconds=5.0, rest_seconds=1.0)
"""A busy shop is summed once a second for each who watches, where they are few. A ring that was lost, midnight, another time zone, and that somebody may
not look any more are noticed within five."""
ID_BYTES: Final = 7
"""Seventeen digits."""


def look_at_today(reader: Reader) -> Look:
    """Reads what the sales report says of today; the event's id is a hash of it, so that the same sums are told once.

    A number would have to be counted up by everything that is sold, in one row of the tenant's.
    """

    async def look() -> State:
        async with reader.look() as commons:
            data = encode(await AnalyticsService(commons).today())
        return State(1 + int.from_bytes(blake2b(data, digest_size=ID_BYTES).digest()), data)

    return look
