"""Mail: one contract for all adapters, each on the most real other side that is at hand.

Local: files. SMTP: a real server (aiosmtpd), with sign-in and STARTTLS. SES: moto, which proves the shape of the calls alone.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from jinja2 import UndefinedError
from moto import mock_aws
from moto.ses.models import ses_backends
from pydantic import SecretStr

from app.config import Mail, Settings
from app.embedded.processes import free_port
from app.services.mailer import Mailer, MailError, Message, make_mailer
from app.services.mailer.render import _environment, render

# aiosmtpd warns of passwords without TLS; on the loopback of a test there is none to protect.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

KEY = "0192-1"
ACCOUNT = "123456789012"
"""moto's."""
USER, PASSWORD = "atrium", "relay-secret"
Taken = Callable[[], list[EmailMessage]]


def message(**changes: Any) -> Message:
    """A mail with everything that a header or a body may get wrong."""
    given = {
        "to": "nora@new.example",
        "subject": "Grüße, Nora",
        "text": "Hallo\n.\nEnde",
        "html": "<p>Hallo</p>",
        "key": KEY,
    }
    return Message(**{**given, **changes})


class Taker:
    """What the SMTP server does with a message."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep it, and answer what the test says."""
        assert isinstance(envelope.content, bytes)
        if self.answer.startswith("2"):
            self.taken.append(envelope.content)
        return self.answer


def _sign_in(_server: object, _session: object, _envelope: object, _mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def smtp_server(taker: Taker) -> Iterator[int]:
    """A real server; yields its port."""
    port = free_port()
    controller = Controller(
        taker, hostname="127.0.0.1", port=port, authenticator=_sign_in, auth_require_tls=False, auth_required=True
    )
    controller.start()
    yield port
    controller.stop()


def smtp_settings(mail: Mail, port: int, password: str = PASSWORD) -> Mail:
    """Of the adapter."""
    return mail.model_copy(
        update={
            "adapter": "smtp",
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_security": "none",
            "smtp_username": USER,
            "smtp_password": SecretStr(password),
            "timeout_seconds": 3.0,
        }
    )


def parsed(raw: bytes) -> EmailMessage:
    """A message as its reader sees it."""
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def written(folder: Path) -> list[EmailMessage]:
    """What the local adapter wrote."""
    return [parsed(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]


@asynccontextmanager
async def adapter(
    name: str, mail: Mail, folder: Path, patch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Mailer, Taken]]:
    """The adapter on its other side, and what arrived there."""
    if name == "local":
        local = mail.model_copy(update={"adapter": "local", "folder": str(folder / "mail")})
        yield (
            make_mailer(local),
            lambda: written(folder / "mail"),
        )
    elif name == "smtp":
        taker = Taker()
        with smtp_server(taker) as port:
            yield make_mailer(smtp_settings(mail, port)), lambda: [parsed(raw) for raw in taker.taken]
    else:
        for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(variable, "testing")
        with mock_aws():
            mailer = make_mailer(mail.model_copy(update={"adapter": "ses", "ses_region": "eu-central-1"}))
            backend = ses_backends[ACCOUNT]["eu-central-1"]
            backend.verify_email_identity("no-reply@atrium.example")
            yield mailer, lambda: [parsed(raw.raw_data.encode()) for raw in backend.sent_messages]


@pytest.mark.parametrize("name", ["local", "smtp", "ses"])
class TestContract:
    """Every adapter"""

    async def test_arrives(
        self, name: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The mail arrives whole: headers, text with a lone dot, HTML beside it."""
        async with adapter(name, settings.mail, tmp_path, monkeypatch) as (mailer, taken):
            await mailer.send(message())
            (found,) = taken()
        assert (found["To"], found["Subject"]) == ("nora@new.example", "Grüße, Nora")
        assert found["From"] == settings.mail.sender
        assert found["Message-ID"] == f"<{KEY}@atrium.example>"
        text, html = found.get_body(("plain",)), found.get_body(("html",))
        assert text is not None
        assert html is not None
        assert text.get_content().splitlines() == ["Hallo", ".", "Ende"]
        assert html.get_content().strip() == "<p>Hallo</p>"

    @pytest.mark.parametrize(
        "changes", [{"to": "a@b.example\r\nBcc: c@d.example"}, {"subject": "x\r\nBcc: c@d.example"}]
    )
    async def test_no_smuggling(
        self, name: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str]
    ) -> None:
        """Requirement 31: a line break reaches no header; such a mail is refused and nothing arrives."""
        async with adapter(name, settings.mail, tmp_path, monkeypatch) as (mailer, taken):
            with pytest.raises(MailError):
                await mailer.send(message(**changes))
            assert taken() == []


class TestLocal:
    """Files"""

    async def test_again_is_one(self, settings: Settings, tmp_path: Path) -> None:
        """The same key again is the same mail."""
        mailer = make_mailer(settings.mail.model_copy(update={"folder": str(tmp_path)}))
        await mailer.send(message())
        await mailer.send(message(subject="again"))
        assert [found["Subject"] for found in written(tmp_path)] == ["again"]

    async def test_no_folder(self, settings: Settings, tmp_path: Path) -> None:
        """A folder that cannot be written to is told by name."""
        (tmp_path / "file").write_text("")
        mailer = make_mailer(settings.mail.model_copy(update={"folder": str(tmp_path / "file")}))
        for act in (mailer.ping(), mailer.send(message())):
            with pytest.raises(MailError, match="file"):
                await act


class TestSmtp:
    """A real server"""

    async def test_ping(self, settings: Settings) -> None:
        """A server that takes us is well; a wrong password and a server that is away are not."""
        with smtp_server(Taker()) as port:
            await make_mailer(smtp_settings(settings.mail, port)).ping()
            with pytest.raises(MailError, match="SMTPAuthenticationError"):
                await make_mailer(smtp_settings(settings.mail, port, "wrong")).ping()
        with pytest.raises(MailError, match="SMTPConnectError"):
            await make_mailer(smtp_settings(settings.mail, port)).ping()

    async def test_refused(self, settings: Settings) -> None:
        """What the server refuses is an error with its code, and without what it says: it may quote an address."""
        taker = Taker()
        taker.answer = "554 nora@new.example is not welcome"
        with smtp_server(taker) as port, pytest.raises(MailError, match="554") as raised:
            await make_mailer(smtp_settings(settings.mail, port)).send(message())
        assert "nora" not in str(raised.value)

    async def test_no_starttls(self, settings: Settings) -> None:
        """Where STARTTLS is demanded, a server without it gets neither password nor mail."""
        taker = Taker()
        with smtp_server(taker) as port:
            demanding = smtp_settings(settings.mail, port).model_copy(update={"smtp_security": "starttls"})
            with pytest.raises(MailError):
                await make_mailer(demanding).send(message())
        assert taker.taken == []


class TestRender:
    """Templates"""

    def test_escapes(self, settings: Settings) -> None:
        """What a person calls themselves is text in HTML, and no second line of a subject."""
        made = render(
            "auth/templates/verify_email",
            to="a@b.example",
            key=KEY,
            settings=settings.mail.model_copy(update={"brand": "A & B"}),
            name="<script>alert(1)</script>",
            link="https://app.example/verify-email#token=x",
            hours=24,
        )
        assert "<script>" not in made.html
        assert "&lt;script&gt;" in made.html
        assert "<script>" in made.text
        assert "A &amp; B" in made.html
        assert "A & B" in made.text
        assert "\n" not in made.subject

    def test_missing_value(self, settings: Settings) -> None:
        """A value that a template needs and is not given is an error, not an empty space in a mail."""
        with pytest.raises(UndefinedError):
            render("auth/templates/verify_email", to="a@b.example", key=KEY, settings=settings.mail)

    def test_templates_are_read_once(self, settings: Settings) -> None:
        """A second mail finds its templates compiled: that is most of the work of a mail."""
        values = {"name": "Nora", "link": "https://a.example/#token=t", "hours": 24}
        for number in range(3):
            render("auth/templates/verify_email", to="a@b.example", key=KEY, settings=settings.mail, **values)
            if number == 0:
                made = _environment.cache_info().misses
        assert _environment.cache_info().misses == made
