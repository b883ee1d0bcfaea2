"""docs/settings.md: current, and complete because every field is described."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from app.config import ENVIRONMENTS, ROOT, Settings, settings_reference
from app.config.secrecy import model_in, value_model


def fields(model: type[BaseModel], place: tuple[str, ...] = ()) -> Iterator[tuple[str, str | None]]:
    """Every setting with its description, those of tables' and lists' items included."""
    for name, field in model.model_fields.items():
        below = model_in(field.annotation) or value_model(field.annotation)
        yield ".".join((*place, name)), field.description
        if below is not None:
            yield from fields(below, (*place, name, *(("<key>",) if value_model(field.annotation) else ())))


def test_described() -> None:
    """Every setting says what it means."""
    assert [name for name, description in fields(Settings) if not description] == []


def test_current() -> None:
    """The document is what `manage config docs` writes, on any machine and in any environment."""
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_reference()


def test_complete() -> None:
    """Every setting has a row with its variable; secrets are marked; environments that differ are told apart."""
    text = settings_reference()
    rows = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    names = {name for name, _ in fields(Settings)}
    missing = {name for name in names - rows.keys() if not any(row.startswith(f"{name}.") for row in rows)}
    assert rows.keys() <= names
    assert {name for name in missing if not name.startswith("auth.keys.")} == {"env"}
    assert "`ATRIUM_DATABASE__POOL_SIZE`" in rows["database.pool_size"]
    assert rows["secrets.cursor_key"].endswith("**Secret.** |")
    assert "Secret" not in rows["database.pool_size"]
    assert all(f"{env}: " in rows["web.docs"] for env in ENVIRONMENTS)


def test_not_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    """No value of this machine's environment gets into it."""
    before = settings_reference()
    monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "4711")
    monkeypatch.setenv("ATRIUM_ENV", "production")
    assert settings_reference() == before
