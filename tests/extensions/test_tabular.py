"""Reading files of rows: what is no row is refused alone, memory stays, and any row is a place to go on from."""

import random
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterator

import pytest

from app.extensions.tabular import (
    MAX_BATCH,
    MAX_ROW,
    CsvRows,
    FileRefusedError,
    JsonLines,
    Position,
    Row,
    RowParser,
    batches,
)

pytestmark = pytest.mark.anyio

HEAD = b"a,b\n"


def parser(kind: str, at: Position = Position()) -> RowParser:  # noqa: B008 - immutable
    """Of files with the columns a and b, and c if one likes."""
    return CsvRows(("a", "b"), ("c",), at) if kind == "csv" else JsonLines(at)


async def read(made: RowParser, raw: bytes, *, chunk: int = 100_000, size: int = 3) -> list[tuple[list[Row], Position]]:
    """Every batch, and the place behind it."""

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(raw), chunk):
            yield raw[start : start + chunk]

    return [(rows, made.position) async for rows in batches(made, chunks(), size)]


async def rows(kind: str, raw: bytes, **options: int) -> list[tuple[int, object]]:
    """Line and values of each row, or the code of its refusal."""
    found = await read(parser(kind), raw, **options)
    return [(row.line, row.code if row.values is None else row.values) for batch, _ in found for row in batch]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a,b\n1,2\n3,4", [(2, {"a": "1", "b": "2"}), (3, {"a": "3", "b": "4"})]),
        (b'\xef\xbb\xbfb,a\r\n1,"2"\r\n\r\n,,\r\n', [(2, {"b": "1", "a": "2"})]),
        (b'a,b,c\n"x ""y"", z",2,\n,,\n', [(2, {"a": 'x "y", z', "b": "2"})]),
        (b'a,b\n"1\n\n2",3\n4,5\n', [(2, {"a": "1\n\n2", "b": "3"}), (5, {"a": "4", "b": "5"})]),
        (b'a,b\n"1,2\n3,4\n"5",6\n', [(2, "malformed_csv"), (3, {"a": "3", "b": "4"}), (4, {"a": "5", "b": "6"})]),
        (b'a,b\n1,2\n"3,4\n5,6', [(2, {"a": "1", "b": "2"}), (3, "malformed_csv"), (4, {"a": "5", "b": "6"})]),
        (b'a,b\n5" x,6\n"7"8,9\n', [(2, {"a": '5" x', "b": "6"}), (3, "malformed_csv")]),
        (b"a,b\n1\n1,2,3\n", [(2, "malformed_csv"), (3, "malformed_csv")]),
        (b"a,b\n1,\x002\n\xff,1\n\xed\xa0\x80,1\n", [(2, "invalid_text"), (3, "invalid_text"), (4, "invalid_text")]),
        (b"a,b\n=1+1,@x\n", [(2, {"a": "=1+1", "b": "@x"})]),
    ],
)
async def test_csv(raw: bytes, expected: list[tuple[int, object]]) -> None:
    """A row that is none is refused with its line, and what follows it is read, whatever it is cut into."""
    assert await rows("csv", raw) == expected
    assert await rows("csv", raw, chunk=1, size=1) == expected


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        ("a,b\n1,2\n".encode("utf-16-be"), "NUL"),
        (b"a;b\n1;2\n", "lacks 'a', 'b'; it has 'a;b', unknown to us. Cells are separated by commas"),
        (b"a,a,b,d\n", "has 'd', unknown to us; it has 'a' twice"),
        (b'"a,b\n1,2\n', "quote"),
        (b"a" * (MAX_ROW + 1) + b"\n1,2\n", f"more than {MAX_ROW} bytes"),
        (b"a,b,1,2,3,4,5,6,7\n", "and 2 more"),
    ],
)
async def test_refused_whole(raw: bytes, says: str) -> None:
    """What is no table of ours is refused in a sentence that says why, columns by their names."""
    with pytest.raises(FileRefusedError, match=says.replace("'", ".")):
        await rows("csv", raw)


async def test_json_lines() -> None:
    """As strict as bodies: an object a line, no key twice, no NUL, no half of a surrogate pair; blank lines are none."""
    raw = b'\xef\xbb\xbf{"a": 1}\n\n[1]\n{"a": 1, "a": 2}\n{"a": "\\u0000"}\n{"a": "\\ud800"}\n{"a": NaN}\n{"a"\n\xff\n{"b": null}'
    refused = [(3, "malformed_json"), (4, "malformed_json"), (5, "invalid_text"), (6, "malformed_json")]
    refused += [(7, "malformed_json"), (8, "malformed_json"), (9, "malformed_json")]
    assert await rows("jsonl", raw) == [(1, {"a": 1}), *refused, (10, {"b": None})]
    assert await rows("jsonl", b"") == []
    with pytest.raises(FileRefusedError, match="UTF-16"):
        await rows("jsonl", '{"a": 1}'.encode("utf-16"))


@pytest.mark.parametrize("cell", [b"x" * 10_000_000, b'"' + b"x" * 10_000_000 + b'"', b'"' + b"xy\n" * 30_000])
async def test_bounded(cell: bytes) -> None:
    """A cell of megabytes is refused by a bound and never held; the rows before and behind it are read."""
    raw = HEAD + b"1,2\n" + cell + b",3\n4,5\n"
    tracemalloc.start()
    try:
        found = await rows("csv", raw, size=500)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found[0] == (2, {"a": "1", "b": "2"})
    assert found[1] in {(3, "row_too_long"), (3, "malformed_csv")}
    assert found[-1][1] == {"a": "4", "b": "5"}
    assert peak < 20_000_000, "the answers of thirty thousand refused lines are most of it"


def lines(lot: random.Random) -> Iterator[bytes]:
    """Anything that a line may be."""
    for _ in range(200):
        yield lot.choice(
            [
                b"1,2\n",
                b'"a\nb",2\n',
                b'"open,2\n',
                b"3\n",
                b"\n",
                b'"q""q",x\r\n',
                b"\xff,1\n",
                b"y" * (MAX_ROW + 5) + b"\n",
            ]
        )


@pytest.mark.parametrize("seed", [1, 2])
async def test_resumed(seed: int) -> None:
    """From the place behind any batch the same rows follow as did in one go."""
    raw = HEAD + b"".join(lines(random.Random(seed)))
    whole = await read(parser("csv"), raw, chunk=70_000, size=7)
    for number in range(0, len(whole), 5):
        at = whole[number][1]
        rest = await read(parser("csv", at), raw[at.offset :], chunk=1_000_000, size=7)
        assert rest == whole[number + 1 :]


async def test_heavy_rows() -> None:
    """Long rows, which may be many times as large once they are parsed, do not wait for 500 of their kind; none is left out."""
    raw = (b'{"a": "' + b"x" * 60_000 + b'"}\n') * 80
    found = await read(parser("jsonl"), raw, size=500)
    assert [row.line for batch, _ in found for row in batch] == list(range(1, 81))
    ends = [at.offset for _, at in found]
    assert max(end - begin for begin, end in zip([0, *ends], ends, strict=False)) < MAX_BATCH + MAX_ROW


async def test_open_quotes() -> None:
    """A file each of whose lines opens a quote that the next one closes and opens again is refused line by line, soon."""
    made = parser("csv")
    made.feed(HEAD + b'a","\n' * 40_000)
    begun = time.process_time()
    assert {row.code for row in made.take(50)} == {"malformed_csv"}
    assert time.process_time() - begun < 1.0
