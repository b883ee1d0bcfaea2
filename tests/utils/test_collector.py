"""What lives as long as the process is kept away from the collector of garbage."""

import gc

from app.utils.collector import uncollected


def test_left_out() -> None:
    """What the block makes is in no generation afterwards, and the collector runs again."""
    with uncollected():
        assert not gc.isenabled()
        made = [[number] for number in range(100)]
    assert gc.isenabled()
    assert not any(made is found for found in gc.get_objects())


def test_off_before() -> None:
    """Where it was off, it stays off."""
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
