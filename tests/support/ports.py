"""Ports for the servers that a test starts itself.

The system gives whoever connects a port of its own range, at any moment. A port from there that was free a second ago need not
be when a server comes to listen on it, or comes back after a kill; so these lie below.
"""

import random
from collections.abc import Iterator
from itertools import cycle

from app.embedded.processes import is_free

FIRST, BAND, BANDS = 10_000, 1_000, 10
"""Below the embedded servers' own ports. Each worker of the suite has a band to itself."""
ROOM = 16
"""With its neighbours above, for `manage up` gives them to its programs' metrics."""


def free_ports(worker: int) -> Iterator[int]:
    """Free ports of this worker, endlessly: the one that was given longest ago comes next. Two suites begin at different places."""
    first = FIRST + worker % BANDS * BAND
    places = range(first, first + BAND - ROOM, ROOM)
    begin = random.randrange(len(places))
    for port in cycle([*places[begin:], *places[:begin]]):
        if all(is_free(number) for number in range(port, port + ROOM)):
            yield port
