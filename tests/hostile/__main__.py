"""`python -m tests.hostile`: the table of docs/wrong-requests.md (`--check`: is it current?); `fuzz`: the long run of `make fuzz`."""

import os
import sys
import tempfile
from pathlib import Path

from app.config import ROOT
from app.main import build_app
from tests.embedded.support import settings_without_servers
from tests.hostile import table
from tests.hostile.fuzz import fuzz
from tools import written

NOWHERE_SQL, NOWHERE_REDIS = "postgresql://nobody@localhost:1/nowhere", "redis://localhost:1"
DOCUMENT = ROOT / "docs" / "wrong-requests.md"


def parts() -> dict[str, str]:
    """What is written. The app is built to ask it for its document; it connects to nothing."""
    with tempfile.TemporaryDirectory() as folder:
        bare = settings_without_servers(Path(folder))
    places = dict.fromkeys(("url", "identity_url", "system_url"), NOWHERE_SQL)
    nowhere = {
        "database": bare.database.model_copy(update=places),
        "redis": bare.redis.model_copy(update={"url": NOWHERE_REDIS}),
    }
    return table.parts(build_app(bare.model_copy(update=nowhere)))


if __name__ == "__main__":
    if sys.argv[1:] == ["fuzz"]:
        sys.exit(fuzz(*(os.environ.get(name, "") for name in ("SEED", "EXAMPLES", "WORKERS"))))
    status = written.main(DOCUMENT, parts)
    sys.stdout.write(f"{table.line(parts())}\n")
    sys.exit(status)
