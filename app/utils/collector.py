"""Python's collector of garbage, kept away from what lives as long as the process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Whatever the block makes is in no collection, now or later, the last one at the process's end included.

    For imports: they make half a million objects and hardly any garbage, and looking through them again and again is a third
    of the time that they take.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
