"""Requirement 30: what a spreadsheet opens holds nothing that a spreadsheet calculates. A module enters by saying how cells are filled."""

import csv
import io
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

FORMULA = ("=", "+", "-", "@")
BLANKS = "".join(map(chr, range(33))) + "\u00a0\ufeff"
"""What spreadsheets pass over in front of a formula."""
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "=HYPERLINK('http://evil.example')",
    "=cmd|'/c calc'!A0",
    "\t=1+1",
    " =1+1",
    "\u00a0@SUM(1)",
    '=1,"2',
)
LEGAL = ("plain", "1+1=2", "a-b", 'say "so", then', "caf\u00e9 \U0001f375", "nora@example")
"""Which come out as they went in."""


@dataclass(frozen=True)
class TableEntry:
    """How a module's table is filled and read."""

    fill: Callable[[Any, str], Awaitable[None]]
    """Put a text where a person can put one, so that a cell shows it; the first argument is the suite's world."""
    read: Callable[[Any], Awaitable[httpx.Response]]
    """Ask for the whole table."""


async def faults(entry: TableEntry, world: Any) -> list[str]:
    """What is wrong with the table; every legal text is in it as it was."""
    for text in (*HOSTILE, *LEGAL):
        await entry.fill(world, text)
    answer = await entry.read(world)
    return list(_faults(answer))


def _faults(answer: httpx.Response) -> Iterator[str]:
    if answer.status_code != 200:
        yield f"cannot be read: {answer.status_code}"
        return
    if not answer.headers.get("Content-Disposition", "").startswith("attachment"):
        yield "is no attachment"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "may be sniffed"
    try:
        rows = list(csv.reader(io.StringIO(answer.text, newline=""), strict=True))
    except csv.Error:
        rows = []
    if len({len(row) for row in rows}) != 1:
        yield "a cell breaks its row"
        return
    cells = [cell for row in rows for cell in row]
    yield from (f"a cell is calculated: {cell!r}" for cell in cells if cell.lstrip(BLANKS).startswith(FORMULA))
    yield from (f"is not shown: {text!r}" for text in LEGAL if not any(text in cell for cell in cells))
    yield from (f"is lost: {text!r}" for text in HOSTILE if not any(text.strip(BLANKS) in cell for cell in cells))
