"""The hook by which this release's suite runs on a newer release's schema (`make test-previous`, ADR 0020).

It must stay as it is: the release that asks is always newer than the suite that answers.
"""

import os
import subprocess
import sys
from pathlib import Path

from app.db import migrate

CHECKOUT = "ATRIUM_TEST_NEWER_CHECKOUT"
"""The newer release's folder; its code runs its own migrations."""
RUN = "import sys; from app.db import migrate; migrate.upgrade(sys.stdin.read())"


def migrate_template(owner_url: str) -> None:
    """Migrate the database that all others of the suite are cloned from: by this release, or by the newer one."""
    checkout = os.environ.get(CHECKOUT)
    if not checkout:
        migrate.upgrade(owner_url)
        return
    own = Path(checkout) / ".venv" / "bin" / "python"
    python = str(own) if own.exists() else sys.executable
    subprocess.run([python, "-c", RUN], cwd=checkout, input=owner_url, text=True, check=True)
