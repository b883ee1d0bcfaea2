"""How much memory this process has, and may have."""

import resource
from pathlib import Path
from typing import Final

STATM: Final = Path("/proc/self/statm")
MEGABYTE: Final = 1024 * 1024


def resident_mb() -> float:
    """What is in the memory now; where the system does not say (macOS), the most that ever was."""
    try:
        return int(STATM.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / MEGABYTE
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def limit_memory(megabytes: int) -> None:
    """Let whoever asks for more than that have a MemoryError; 0 sets no limit. Linux keeps to it, macOS does not.

    The limit is on data: on address space it would also count what threads and allocators reserve and never touch.

    Raises:
        ValueError: it is less than the process has already, or more than the system grants.
    """
    if megabytes == 0:
        return
    if megabytes <= resident_mb():
        raise ValueError(f"{megabytes} MB is less than the {resident_mb():.0f} MB that the process has at its start")
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, hard))
