"""Documents that `make docs` writes parts of, between two marks; `--check` says whether they are current."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.config import ROOT

BEGIN, END = "<!-- written by {by}: {name} -->", "<!-- end of {name} -->"


def main(document: Path, parts: Callable[[], Mapping[str, str]]) -> int:
    """Write the document's parts, or compare them; 1 where they are not current."""
    name = document.relative_to(ROOT)
    text = document.read_text(encoding="utf-8")
    written = rewritten(text, parts())
    if "--check" in sys.argv[1:]:
        if written != text:
            sys.stderr.write(f"{name} no longer shows what the code says: run make docs.\n")
            return 1
        print(f"{name} is current.")
        return 0
    document.write_text(written, encoding="utf-8")
    return 0


def rewritten(text: str, parts: Mapping[str, str], *, by: str = "make docs") -> str:
    """The text with every part, which ends its last line, put between its marks; `by` is the command that writes it.

    Raises:
        ValueError: the place of a part is missing.
    """
    for name, written in parts.items():
        before, _, after = _split(text, name, by)
        text = f"{before}{BEGIN.format(by=by, name=name)}\n{written}{END.format(name=name)}{after}"
    return text


def part(text: str, name: str, *, by: str = "make docs") -> str:
    """What stands between the marks of a part.

    Raises:
        ValueError: the place is missing.
    """
    return _split(text, name, by)[1].removeprefix("\n")


def _split(text: str, name: str, by: str) -> tuple[str, str, str]:
    begin, end = BEGIN.format(by=by, name=name), END.format(name=name)
    before, found, rest = text.partition(begin)
    inner, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"there is no place for {name}: it takes the lines {begin} and {end}")
    return before, inner, after
