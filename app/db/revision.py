"""The newest revision that the code knows, read from the migrations' files: serving processes need no Alembic for it."""

import re
from pathlib import Path

VERSIONS = Path(__file__).resolve().parents[2] / "alembic" / "versions"
REVISION = re.compile(r'^revision = "([^"]+)"$', re.MULTILINE)
DOWN_REVISION = re.compile(r'^down_revision = "([^"]+)"$', re.MULTILINE)


def head(folder: Path = VERSIONS) -> str:
    """The one revision that no other builds on.

    Raises:
        RuntimeError: the history is not one line.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))]
    revisions = {name for text in texts for name in REVISION.findall(text)}
    ends = revisions - {name for text in texts for name in DOWN_REVISION.findall(text)}
    if len(ends) != 1:
        raise RuntimeError(f"the migrations in {folder} end in {sorted(ends)}: the history must be one line")
    return str(ends.pop())
