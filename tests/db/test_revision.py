"""The newest revision, read without Alembic."""

from pathlib import Path

import pytest

from app.db import migrate
from app.db.revision import head


def test_alembic_agrees() -> None:
    """What start-up compares with is what Alembic would migrate to."""
    assert head() == migrate.head()


def test_two_heads(tmp_path: Path) -> None:
    """A history that forks is refused, with the heads' names."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.py").write_text(f'revision = "{name}"\ndown_revision = None\n')
    with pytest.raises(RuntimeError, match=r"'a', 'b'"):
        head(tmp_path)
