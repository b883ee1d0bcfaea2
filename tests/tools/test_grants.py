"""docs/security.md says what the models grant."""

from tools.grants import DOCUMENT, parts
from tools.written import rewritten


def test_current() -> None:
    """The committed table is what the models declare now; else: make docs."""
    text = DOCUMENT.read_text(encoding="utf-8")
    assert rewritten(text, parts()) == text


def test_stale_is_seen() -> None:
    """A table that says more than the models is not current."""
    text = DOCUMENT.read_text(encoding="utf-8")
    more = text.replace("| operators | local |  | S, I, D |", "| operators | local | S | S, I, D |", 1)
    assert more != text
    assert rewritten(more, parts()) == text
