"""What a pool tells of itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoolStats:
    """A pool at one moment, and what it has seen since it was made."""

    size: int
    """Connections that stand, leased ones included."""
    idle: int
    waiting: int
    asked: int
    """Leases that were asked for: one a transaction."""
    refused: int
    """Those that were not had: the queue was full, the wait too long, or the database away."""
