"""The first secrets of an installation, drawn at random."""

import os
import secrets
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROLES = ("postgres", "owner", "app", "identity", "system", "redis")
TOKEN_BYTES = 48


def write_secrets(path: Path) -> bool:
    """Write random secrets to `path` with mode 0600 where no file is; say whether it did.

    A file that exists is never changed, also when two processes come here at once.

    Raises:
        OSError: where the folder cannot be written.
    """
    if path.exists():
        return False
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(_text())
        # A link fails where the name exists; a rename would replace what the other process has begun to use.
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    return True


def _text() -> str:
    lines = [
        "# Written by the first start, with random values. Keep it: the servers' data can only be opened with it.",
        "",
        "[default.auth]",
        f'keys = [{{ kid = "{datetime.now(UTC):%Y-%m}", alg = "HS256", secret = "{_token()}" }}]',
        "",
        "[default.secrets]",
        f'cursor_key = "{_token()}"',
        f'audit_key = "{_token()}"',
        f'encryption_key = "{_token()}"',
        "",
        "[default.embedded]",
        *(f'{role} = "{_token()}"' for role in ROLES),
    ]
    return "\n".join(lines) + "\n"


def _token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)
