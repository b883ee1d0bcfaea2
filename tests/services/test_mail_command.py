"""`manage mail`: the mailbox of development."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.config import Settings
from app.embedded.up import MAIL
from app.manage import mail
from app.manage.cli import cli
from app.services.mailer import Message
from app.services.mailer.local import LocalMailer

pytestmark = pytest.mark.anyio


async def write(settings: Settings, folder: Path, *subjects: str) -> None:
    """Mails in a folder, as the processes write them."""
    mailer = LocalMailer(settings.mail.model_copy(update={"folder": str(folder)}))
    for number, subject in enumerate(subjects):
        await mailer.send(Message("nora@new.example", subject, f"Text of {subject}", "<p></p>", f"{number}"))


def shown(*words: str) -> tuple[int, str]:
    """Exit status and output."""
    result = CliRunner().invoke(cli, ["mail", *words])
    return result.exit_code, result.output


async def test_folder_of_the_settings(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --data the settings' folder is listed, newest first, and a mail is shown by its number."""
    await write(settings, tmp_path, "First", "Second")
    changed = settings.model_copy(update={"mail": settings.mail.model_copy(update={"folder": str(tmp_path)})})
    monkeypatch.setattr(mail, "settings_with_logs", lambda: changed)
    code, text = shown()
    assert (code, text.index("Second") < text.index("First")) == (0, True)
    code, text = shown("2")
    assert (code, "Text of First" in text) == (0, True)
    code, text = shown("3")
    assert (code, "There is no mail 3" in text) == (1, True)


async def test_folder_of_up(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --data it is the folder to which `up` with the same --data lets its processes write."""
    monkeypatch.delenv(MAIL, raising=False)
    await write(settings, tmp_path / "data" / "mail", "Beside the data")
    assert "Beside the data" in shown("--data", str(tmp_path / "data"))[1]
    assert "No mail" in shown("--data", str(tmp_path / "other"))[1]
    monkeypatch.setenv(MAIL, str(tmp_path / "named"))
    await write(settings, tmp_path / "named", "Where the environment says")
    assert "Where the environment says" in shown("--data", str(tmp_path / "data"))[1]
