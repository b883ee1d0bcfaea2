"""The tickets that a worker has in hand, noted where they outlive it: whoever comes after it gives them back at once."""

import struct
from mmap import mmap
from uuid import UUID

from app.extensions.tickets import Ticket

RECORD = struct.Struct("@16sqi4x")
"""Tenant, delivery, attempt, as this machine writes them. The attempt is written last: a record that was cut short by the end of its process has none."""
NOBODY = bytes(16)
Memory = mmap | bytearray
"""Shared with the next life of the worker, or with nobody."""


class HeldTickets:
    """For one loop. A ticket that finds no place is not noted: its lease ends by itself."""

    def __init__(self, memory: Memory) -> None:
        """`memory` has places for as many tickets as `size_for` was asked for. What it holds stays until `clear`."""
        self._memory = memory
        self._free = list(range(0, len(memory) - RECORD.size + 1, RECORD.size))
        self._places: dict[Ticket, int] = {}

    @staticmethod
    def size_for(tickets: int) -> int:
        """Bytes that so many tickets need."""
        return tickets * RECORD.size

    def left(self) -> list[Ticket]:
        """All that stand there, whoever noted them."""
        records = RECORD.iter_unpack(self._memory[: len(self._memory) // RECORD.size * RECORD.size])
        return [Ticket(UUID(bytes=tenant), number, attempt) for tenant, number, attempt in records if attempt]

    def note(self, ticket: Ticket) -> None:
        """It is in hand. One that came twice has one place, until the first of the two ends."""
        if self._free and ticket not in self._places:
            place = self._places[ticket] = self._free.pop()
            RECORD.pack_into(self._memory, place, ticket.tenant_id.bytes, ticket.delivery_id, ticket.attempt)

    def forget(self, ticket: Ticket) -> None:
        """It is in hand no more."""
        place = self._places.pop(ticket, None)
        if place is not None:
            RECORD.pack_into(self._memory, place, NOBODY, 0, 0)
            self._free.append(place)

    def clear(self) -> None:
        """Remove what others have left. To be called before the first note."""
        self._memory[:] = bytes(len(self._memory))
