"""Trace context: read strictly, begun from the request, continued with new parents."""

from uuid import UUID

import pytest

from app.utils.traces import begin, child, parse, trace_id

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
GOOD = f"00-{TRACE}-{SPAN}-01"


class TestParse:
    """What others send"""

    def test_good(self) -> None:
        """A well-formed one is taken as it is."""
        assert parse(GOOD) == GOOD

    def test_later_version(self) -> None:
        """A later version is read as far as it is known, and passed on as version 00 with the flag that is known."""
        assert parse(f"cc-{TRACE}-{SPAN}-ff-what-else") == GOOD
        assert parse(f"01-{TRACE}-{SPAN}-02") == f"00-{TRACE}-{SPAN}-00"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            GOOD.upper(),
            f" {GOOD}",
            f"{GOOD}\n",
            f"{GOOD}-more",
            f"{GOOD}-",
            f"ff-{TRACE}-{SPAN}-01",
            f"00-{'0' * 32}-{SPAN}-01",
            f"00-{TRACE}-{'0' * 16}-01",
            f"00-{TRACE}-{SPAN}-1",
            f"00-{TRACE[:-1]}-{SPAN}-01",
            f"00-{TRACE}-{SPAN}g-01",
            f"cc-{TRACE}-{SPAN}-01more",
            f"cc-{TRACE}-{SPAN}-01-{'x' * 1000}",
            f"00-{TRACE[:-1]}٣-{SPAN}-01",
        ],
    )
    def test_bad(self, text: str) -> None:
        """Anything else is none."""
        assert parse(text) is None


class TestOurs:
    """What we make"""

    def test_begin(self) -> None:
        """A new trace has the request's id, and is well formed."""
        request_id = UUID("0193a0c1-7c1e-7a4b-8c2d-000000000001")
        made = begin(request_id)
        assert parse(made) == made
        assert trace_id(made) == request_id.hex

    def test_child(self) -> None:
        """A child is of the same trace, with a parent of its own and the flags of the first."""
        first, second = child(GOOD), child(GOOD)
        assert {trace_id(first), trace_id(second)} == {TRACE}
        assert len({GOOD[36:52], first[36:52], second[36:52]}) == 3
        assert parse(first) == first
        assert child(f"00-{TRACE}-{SPAN}-00").endswith("-00")
