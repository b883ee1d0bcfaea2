"""Reading files of rows, CSV (RFC 4180) or JSON Lines, as they come in: bounded in memory, and resumed at any row.

A row that cannot be read is refused alone, with its line and the reason, whatever follows it. Where a quote is not closed, its
line is that row, and reading goes on in the line behind it: what it would have swallowed is read. What makes the whole file
useless, an encoding other than UTF-8 or other columns, refuses the file.
"""

import csv
from collections.abc import AsyncGenerator, AsyncIterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from app.exceptions import AppError
from app.extensions.body import parse_json

Format = Literal["csv", "jsonl"]
MAX_ROW: Final = 65_536
"""Bytes of a row, of all its lines."""
MAX_LINES: Final = 1000
"""Of a row: a quote that is not closed is looked for no further, and each line may have one."""
MAX_BATCH: Final = 1024 * 1024
"""Bytes of the file of which one batch may be, for parsed they may take twenty times as much."""
NAMED: Final = 5
"""So many columns are named at most where they are wrong."""
MAX_NAME: Final = 60
BOM: Final = b"\xef\xbb\xbf"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class FileRefusedError(Exception):
    """The whole file is refused; says why, in a sentence for people."""


@dataclass(frozen=True, slots=True)
class Position:
    """Behind which row one goes on: bytes from the beginning, the number of the line there (from 1), the header's columns."""

    offset: int = 0
    line: int = 1
    columns: tuple[str, ...] = ()


START: Final = Position()


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the line in which it begins; without values it is refused, and `code` and `reason` say why."""

    line: int
    values: dict[str, Any] | None
    code: str = ""
    reason: str = ""


class _RowFault(Exception):
    """A row that cannot be read."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class RowParser:
    """Rows out of the bytes that it is fed; holds `MAX_ROW` bytes of them and the last chunk, whatever comes."""

    def __init__(self, at: Position = START) -> None:
        """What is fed begins at that position of the file."""
        self.position = at
        self._buffer = b""
        self._at = 0
        self._ended = False
        self.taken = 0
        """Bytes of the rows that were taken since somebody set it to none."""
        self._long: int | None = None
        """The line of a row that is too long, while it is passed over."""

    def feed(self, chunk: bytes) -> None:
        """More of the file."""
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0

    def end(self) -> None:
        """There is no more of it."""
        self._ended = True

    def take(self, most: int) -> list[Row]:
        """Up to so many rows that are there, and of so many bytes that they are more than a batch by no more than a row.

        Fewer where more must be fed first, or there are none. Blank ones are left out.

        Raises:
            FileRefusedError.
        """
        found: list[Row] = []
        while len(found) < most and self.taken < MAX_BATCH and self._is_fed():
            begun = self.position.offset
            if self._long is not None:
                row = self._pass_over(self._long)
            elif not self.position.offset and self._begin():
                row = None
            else:
                row = self._next()
            if row is not None:
                found.append(row)
                self.taken += self.position.offset - begun
        return found

    def _is_fed(self) -> bool:
        """Whether a whole row is there, or enough of one to see that it is too long, or the file's rest."""
        there = len(self._buffer) - self._at
        return there > MAX_ROW or (there > 0 and (self._ended or self._long is not None))

    def _begin(self) -> bool:
        """At the first byte of the file: whether something was taken that is no row.

        Raises:
            FileRefusedError.
        """
        if self._buffer.startswith(UTF_16):
            raise FileRefusedError("The file is UTF-16. Save it as UTF-8.")
        if not self._buffer.startswith(BOM):
            return False
        self._advance(len(BOM), 0)
        return True

    def _next(self) -> Row | None:
        line = self.position.line
        end = self._line_end(self._at)
        if end is None:
            self._long = line
            return None
        try:
            values, end, lines = self._read(end)
        except _RowFault as fault:
            self._advance(end - self._at, 1)  # its first line alone: what follows is read
            return Row(line, None, fault.code, fault.reason)
        self._advance(end - self._at, lines)
        return None if values is None else Row(line, values)

    def _read(self, end: int) -> tuple[dict[str, Any] | None, int, int]:
        """The row whose first line ends at `end`: its values (None: it is blank), where it ends, how many lines it has.

        Raises:
            _RowFault, FileRefusedError.
        """
        raise NotImplementedError

    def _line_end(self, start: int) -> int | None:
        """Where the line that begins there ends, its newline included; None where it is too long."""
        found = self._buffer.find(b"\n", start, self._at + MAX_ROW)
        if found >= 0:
            return found + 1
        return len(self._buffer) if self._ended and len(self._buffer) - self._at <= MAX_ROW else None

    def _pass_over(self, line: int) -> Row | None:
        found = self._buffer.find(b"\n", self._at)
        if found < 0 and not self._ended:
            self._advance(len(self._buffer) - self._at, 0)
            return None
        self._advance((found + 1 if found >= 0 else len(self._buffer)) - self._at, 1)
        self._long = None
        return Row(line, None, "row_too_long", f"has more than {MAX_ROW} bytes")

    def _advance(self, size: int, lines: int) -> None:
        at = self.position
        self._at += size
        self.position = Position(at.offset + size, at.line + lines, at.columns)

    def _text(self, start: int, end: int) -> str:
        """Part of what was fed, as text.

        Raises:
            _RowFault: it is not UTF-8, or holds a NUL.
        """
        raw = self._buffer[start:end]
        if b"\x00" in raw:
            raise _RowFault("invalid_text", "contains a NUL character")
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            raise _RowFault("invalid_text", "is not UTF-8") from error


class JsonLines(RowParser):
    """A JSON object a line; as strict as bodies are."""

    def _read(self, end: int) -> tuple[dict[str, Any] | None, int, int]:
        raw = self._buffer[self._at : end].strip()
        if not raw:
            return None, end, 1
        try:
            value = parse_json(raw)
        except AppError as error:
            fault = error.errors[0] if error.errors else None
            raise _RowFault(fault.code if fault else error.code, fault.message if fault else error.detail) from error
        if not isinstance(value, dict):
            raise _RowFault("malformed_json", "is no JSON object")
        return value, end, 1


class CsvRows(RowParser):
    """Cells by the names that the first row gives them; an empty cell is left out."""

    def __init__(self, needed: Sequence[str], allowed: Sequence[str], at: Position = START) -> None:
        """Which columns there must be, and which there may be besides."""
        super().__init__(at)
        self._needed = needed
        self._allowed = {*needed, *allowed}

    def take(self, most: int) -> list[Row]:
        """As of every parser; a file without its first line is refused too.

        Raises:
            FileRefusedError.
        """
        found = super().take(most)
        if self._ended and not self.position.columns:
            raise FileRefusedError("The file is empty: its first line names the columns.")
        return found

    def _pass_over(self, line: int) -> Row | None:
        if not self.position.columns:
            raise FileRefusedError(f"The first line, which names the columns, has more than {MAX_ROW} bytes.")
        return super()._pass_over(line)

    def _read(self, end: int) -> tuple[dict[str, Any] | None, int, int]:
        columns = self.position.columns
        if not columns:
            return self._header(end)
        cells, end, lines = self._cells(end)
        if not any(cells):
            return None, end, lines
        if len(cells) != len(columns):
            if lines > 1:
                raise _RowFault("malformed_csv", "has a quote that is not closed in its line")
            raise _RowFault("malformed_csv", f"has {len(cells)} cells, and the header {len(columns)}")
        return {name: cell for name, cell in zip(columns, cells, strict=True) if cell}, end, lines

    def _header(self, end: int) -> tuple[None, int, int]:
        try:
            cells, end, lines = self._cells(end)
        except _RowFault as fault:
            raise FileRefusedError(f"The first line, which names the columns, {fault.reason}.") from fault
        names = tuple(cell.strip() for cell in cells)
        if fault_of := self._fault(names):
            raise FileRefusedError(fault_of)
        at = self.position
        self.position = Position(at.offset, at.line, names)
        return None, end, lines

    def _fault(self, names: tuple[str, ...]) -> str | None:
        """What is wrong with the columns, as a sentence."""
        wrong = (
            ("lacks {}", [name for name in self._needed if name not in names]),
            ("has {}, unknown to us", [name for name in names if name not in self._allowed]),
            ("has {} twice", sorted({name for name in names if names.count(name) > 1})),
        )
        told = [words.format(_named(found)) for words, found in wrong if found]
        return (
            f"The first line, which names the columns, {'; it '.join(told)}. Cells are separated by commas."
            if told
            else None
        )

    def _cells(self, end: int) -> tuple[list[str], int, int]:
        """The cells of the row whose first line ends at `end`, where it ends, and its lines.

        Raises:
            _RowFault.
        """
        ends = [end]
        reader = csv.reader(self._lines(ends), strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            raise _RowFault(
                "malformed_csv", "has a quote that is not closed, or not where a cell begins or ends"
            ) from error
        return cells, ends[-1], len(ends)

    def _lines(self, ends: list[int]) -> Iterator[str]:
        """The row's lines as the reader asks for them; notes where each ends."""
        yield self._text(self._at, ends[0])
        while len(ends) < MAX_LINES and (start := ends[-1]) < len(self._buffer):
            end = self._line_end(start)
            if end is None:
                return
            ends.append(end)
            yield self._text(start, end)


async def batches(parser: RowParser, chunks: AsyncIterable[bytes], size: int) -> AsyncGenerator[list[Row], None]:
    """Rows of the file whose bytes from the parser's position on are the chunks, up to `size` and `MAX_BATCH` at a time.

    When a batch is there, the parser's position is right behind it.

    Raises:
        FileRefusedError.
    """
    found: list[Row] = []
    async for chunk in chunks:
        parser.feed(chunk)
        while _fill(parser, found, size):
            yield found
            found, parser.taken = [], 0
    parser.end()
    while _fill(parser, found, size) or found:
        yield found
        found, parser.taken = [], 0


def _fill(parser: RowParser, found: list[Row], size: int) -> bool:
    """Take what is there; returns whether the batch is as large as one may be."""
    found += parser.take(size - len(found))
    return len(found) == size or parser.taken >= MAX_BATCH


def _named(names: Sequence[str]) -> str:
    """Some names for people, whatever a file calls its columns."""
    shown = ", ".join(repr(name[:MAX_NAME]) for name in names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"
