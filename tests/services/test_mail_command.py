"""`manage mail`: the mailbox of development."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.config import Mail, Settings
from app.embedded.up import MAIL
from app.manage import mail
from app.manage.cli import cli
from app.services.mailer import Message
from app.services.mailer.local import LocalMailer

Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of an installation."""
    return tmp_path / "data"


@pytest.fixture
async def manage(settings: Settings, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command beside an installation that has sent two mails; the settings name another folder."""

    def folder(path: Path) -> Mail:
        return settings.mail.model_copy(update={"folder": str(path)})

    monkeypatch.delenv(MAIL, raising=False)
    bare = settings.model_copy(update={"mail": folder(tmp_path / "elsewhere")})
    monkeypatch.setattr(mail, "settings_with_logs", lambda: bare)
    mailer = LocalMailer(folder(data / "mail"))
    for number, name in enumerate(("nora", "sam")):
        await mailer.send(Message(f"{name}@new.example", f"For {name}", f"One\nTwo, {name}\n", "<p/>", f"key-{number}"))
    return lambda *words: CliRunner().invoke(cli, ["mail", *words])


class TestMail:
    """manage mail"""

    async def test_list(self, manage: Run, data: Path) -> None:
        """Newest first, in the data folder that is named."""
        first, second, last = manage("--data", str(data)).output.splitlines()
        assert "sam@new.example  For sam" in first
        assert "nora@new.example  For nora" in second
        assert last == f"2 mails in {data / 'mail'}."

    async def test_one(self, manage: Run, data: Path) -> None:
        """The text of one, in lines as every command prints them: what is cut out of it can be used."""
        shown = manage("2", "--data", str(data)).stdout_bytes
        assert shown == b"To: nora@new.example\nSubject: For nora\n\nOne\nTwo, nora\n\n"

    async def test_folder_of_the_settings(self, manage: Run, tmp_path: Path) -> None:
        """Without a data folder it looks where the settings say."""
        assert manage().output == f"No mail in {tmp_path / 'elsewhere'}.\n"

    async def test_none(self, manage: Run, data: Path) -> None:
        """A number that no mail has: one sentence, and exit status 1."""
        result = manage("3", "--data", str(data))
        assert (result.exit_code, result.stderr) == (1, "There is no mail 3; there are 2.\n")

    async def test_folder_of_the_environment(self, manage: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the environment names a folder, `up` lets its processes write there, whatever its data folder is."""
        monkeypatch.setenv(MAIL, str(data / "mail"))
        assert "sam@new.example" in manage("--data", str(data.with_name("other"))).output
