"""The tickets that a worker has in hand, noted where they outlive it: whoever comes after it gives them back at once."""

import struct
from mmap import mmap
from typing import Final
from uuid import UUID

from app.extensions.tickets import Ticket

RECORD = struct.Struct("@16sqiB3x")
"""Tenant, delivery, attempt, how far it is, as this machine writes them. The attempt is written last but for a zero: a record that was cut short by the end of its process has none."""
HOW_FAR: Final = struct.calcsize("@16sqi")
WAITS, BEGUN, PROVEN = 0, 1, 2
NOBODY = bytes(16)
Memory = mmap | bytearray
"""Shared with the next life of the worker, or with nobody."""


class HeldTickets:
    """For one loop. A ticket that finds no place is not noted: its lease ends by itself."""

    def __init__(self, memory: Memory) -> None:
        """`memory` has places for as many tickets as `size_for` was asked for. What it holds stays until it is forgotten."""
        self._memory = memory
        self._free = list(range(0, len(memory) - RECORD.size + 1, RECORD.size))
        self._places: dict[Ticket, int] = {}

    @staticmethod
    def size_for(tickets: int) -> int:
        """Bytes that so many tickets need."""
        return tickets * RECORD.size

    def left(self) -> list[Ticket]:
        """All that stand there, whoever noted them."""
        return [ticket for _, ticket, _ in self._records()]

    def adopt(self) -> tuple[list[Ticket], frozenset[Ticket]]:
        """Take over what another has left, to be forgotten one by one; to be called before the first note.

        Returns all of it, and those that are not to be charged with the other's end: they had proven themselves, and one that
        had not was running. Where none was, any of them may have been what ended it.
        """
        records = self._records()
        self._places = {ticket: place for place, ticket, _ in records}
        taken = set(self._places.values())
        self._free = [place for place in self._free if place not in taken]
        proven = frozenset(ticket for _, ticket, how_far in records if how_far == PROVEN)
        return list(self._places), proven if any(how_far == BEGUN for *_, how_far in records) else frozenset()

    def note(self, ticket: Ticket) -> None:
        """It is in hand. One that came twice has one place, until the first of the two ends."""
        if self._free and ticket not in self._places:
            place = self._places[ticket] = self._free.pop()
            RECORD.pack_into(self._memory, place, ticket.tenant_id.bytes, ticket.delivery_id, ticket.attempt, WAITS)

    def begin(self, ticket: Ticket) -> None:
        """Its handler begins."""
        self._reach(ticket, BEGUN)

    def prove(self, ticket: Ticket) -> None:
        """Its handler has run for so long that it is not what will end the process, where another may be."""
        self._reach(ticket, PROVEN)

    def forget(self, ticket: Ticket) -> None:
        """It is in hand no more."""
        place = self._places.pop(ticket, None)
        if place is not None:
            RECORD.pack_into(self._memory, place, NOBODY, 0, 0, WAITS)
            self._free.append(place)

    def _reach(self, ticket: Ticket, how_far: int) -> None:
        place = self._places.get(ticket)
        if place is not None:
            self._memory[place + HOW_FAR] = how_far

    def _records(self) -> list[tuple[int, Ticket, int]]:
        whole = self._memory[: len(self._memory) // RECORD.size * RECORD.size]
        return [
            (number * RECORD.size, Ticket(UUID(bytes=tenant), delivery_id, attempt), how_far)
            for number, (tenant, delivery_id, attempt, how_far) in enumerate(RECORD.iter_unpack(whole))
            if attempt
        ]
