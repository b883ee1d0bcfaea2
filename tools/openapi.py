"""`make docs`: writes docs/openapi.json, the document of the installed modules; `--check` says whether it is current.

`--check` also compares it with the document of the last release, or of where this branch left main, and names what breaks
clients. A break is taken once CHANGELOG.md says so under Unreleased: `- **Breaking**: ...` with the operation in backticks.
"""

import json
import re
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from app.config import ROOT
from app.installed import INSTALLED
from app.startup import StartRefusedError  # noqa: F401 - its code is in the catalogue of every process that serves
from app.surface import document_of
from tools.breaking import Break, breaks

SNAPSHOT = ROOT / "docs" / "openapi.json"
CHANGELOG = ROOT / "CHANGELOG.md"
RELEASES = "v*"
MAIN = ("main", "origin/main")
UNRELEASED = re.compile(r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
ENTRY = re.compile(r"^- \*\*Breaking\*\*:.*?(?=^- |^#|\Z)", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"`([^`]+)`")


def text() -> str:
    """The document as it stands in git: keys in order, one value a line, so that a change shows where it is."""
    return json.dumps(document_of(INSTALLED), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def accepted(changelog: str) -> set[str]:
    """The operations and events whose breaks the changelog announces."""
    section = UNRELEASED.search(changelog)
    entries = ENTRY.findall(section[1]) if section else []
    return {name for entry in entries for name in NAMED.findall(entry)}


def refused(found: Sequence[Break], announced: Collection[str]) -> list[Break]:
    """The breaks that nobody has announced."""
    return [each for each in found if each.operation not in announced]


def base(folder: Path = ROOT) -> str | None:
    """What to compare with: the last release, or where this branch left main; None where git knows neither."""
    release = _git(folder, "describe", "--tags", "--abbrev=0", "--match", RELEASES)
    return release or next((found for name in MAIN if (found := _git(folder, "merge-base", "HEAD", name))), None)


def earlier(folder: Path = ROOT) -> tuple[str, Any] | None:
    """The commit that is compared with, and its document; None where there is none."""
    commit = base(folder)
    found = None if commit is None else _git(folder, "show", f"{commit}:docs/openapi.json")
    return None if commit is None or not found else (commit, json.loads(found))


def main() -> int:
    """Write the snapshot, or compare it; 1 where it is not current, or breaks what nobody announced."""
    name, current = SNAPSHOT.relative_to(ROOT), text()
    if "--check" not in sys.argv[1:]:
        SNAPSHOT.write_text(current, encoding="utf-8")
        return 0
    if not SNAPSHOT.exists() or SNAPSHOT.read_text(encoding="utf-8") != current:
        sys.stderr.write(f"{name} is not what the code answers: run make docs.\n")
        return 1
    before = earlier()
    if before is None:
        print(f"{name} is current; git has no earlier one to compare it with.")
        return 0
    return _told(str(name), before[0], breaks(before[1], json.loads(current)))


def _told(name: str, commit: str, found: Sequence[Break]) -> int:
    """Say what breaks; 1 where something does that is not announced."""
    unknown = refused(found, accepted(CHANGELOG.read_text(encoding="utf-8")))
    if not unknown:
        print(f"{name} is current; against {commit[:12]} it breaks nothing{' but what is announced' if found else ''}.")
        return 0
    sys.stderr.write(f"{name} changed against {commit[:12]}, and these are breaking:\n")
    sys.stderr.writelines(f"  {each}\n" for each in unknown)
    names = ", ".join(f"`{operation}`" for operation in dict.fromkeys(each.operation for each in unknown))
    sys.stderr.write(f"Take it back, or announce it in CHANGELOG.md under Unreleased:\n- **Breaking**: {names}: why.\n")
    return 1


def _git(folder: Path, *arguments: str) -> str | None:
    """What git answers, or None where it does not."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603, S607 - whichever git is there, asked by us
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
