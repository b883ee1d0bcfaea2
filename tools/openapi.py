"""`make docs`: writes docs/openapi.json, the document of the installed modules; `--check` says whether it is current."""

import json
import sys

from app.config import ROOT
from app.installed import INSTALLED
from app.surface import document_of

SNAPSHOT = ROOT / "docs" / "openapi.json"


def text() -> str:
    """The document as it stands in git: keys in order, one value a line, so that a change shows where it is."""
    return json.dumps(document_of(INSTALLED), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the snapshot, or compare it; 1 where it is not current."""
    name, current = SNAPSHOT.relative_to(ROOT), text()
    if "--check" not in sys.argv[1:]:
        SNAPSHOT.write_text(current, encoding="utf-8")
        return 0
    if not SNAPSHOT.exists() or SNAPSHOT.read_text(encoding="utf-8") != current:
        sys.stderr.write(f"{name} is not what the code answers: run make docs.\n")
        return 1
    print(f"{name} is current.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
