"""A guard: what it protects, how it is removed, and which tests must notice."""

from dataclasses import dataclass
from pathlib import Path


class StaleError(Exception):
    """A guard's text is not where its entry says: the code has moved on, and the entry must follow."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An exact text of one file that stands there once, and what takes its place."""

    file: str
    old: str
    new: str

    def applied(self, text: str) -> str:
        """The file's text without the guard.

        Raises:
            StaleError: the old text is not there exactly once.
        """
        found = text.count(self.old)
        if found != 1:
            raise StaleError(f"{self.file} holds {found} times: {self.old.strip().splitlines()[0]}")
        return text.replace(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Guard:
    """One entry of the table. `tests` are ids of pytest, of which at least one must fail by an assertion of its own."""

    name: str
    protects: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]
    by: str = ""
    """An error that counts as well: the next lock's, where a test awaits this one's refusal, or KeyError, where it reads of it."""

    def remove(self, tree: Path) -> None:
        """Take the guard out of a copy of the tree.

        Raises:
            StaleError: it is not where the entry says.
        """
        for edit in self.edits:
            path = tree / edit.file
            if not path.is_file():
                raise StaleError(f"{edit.file} is not there")
            path.write_text(edit.applied(path.read_text(encoding="utf-8")), encoding="utf-8")
            for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
                compiled.unlink()  # it may pass for the new text's, whose size and second can be the same


def guard(name: str, protects: str, file: str, old: str, new: str, *tests: str, by: str = "") -> Guard:
    """A guard of one place, which nearly all are."""
    return Guard(name, protects, (Edit(file, old, new),), tests, by)
