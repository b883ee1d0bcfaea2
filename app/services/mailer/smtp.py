"""Mail by SMTP (aiosmtplib)."""

import aiosmtplib

from app.config import Mail
from app.services.mailer import MailError, Message
from app.services.mailer.mime import as_mime


class SmtpMailer:
    """One connection a mail: a relay that restarts costs nothing but a try."""

    def __init__(self, settings: Mail) -> None:
        """Connects to nothing yet."""
        self._settings = settings

    async def send(self, message: Message) -> None:
        """Hand one message over.

        Raises:
            MailError: the server is away, refuses us or refuses the message; with its code, never with an address.
        """
        mime = as_mime(message, self._settings.sender)
        async with _Connection(self._settings) as client:
            await client.send_message(mime)

    async def ping(self) -> None:
        """Whether the server takes us.

        Raises:
            MailError: no.
        """
        async with _Connection(self._settings) as client:
            await client.noop()


class _Connection:
    """A connection for one block; whatever SMTP raises in it becomes a MailError."""

    def __init__(self, settings: Mail) -> None:
        secret = settings.smtp_password.get_secret_value()
        self._client = aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            username=settings.smtp_username or None,
            password=secret or None,
            timeout=settings.timeout_seconds,
        )

    async def __aenter__(self) -> aiosmtplib.SMTP:
        try:
            await self._client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailError(_reason(error)) from error
        return self._client

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._client.close()
        if isinstance(error, aiosmtplib.SMTPException | OSError):
            raise MailError(_reason(error)) from error


def _reason(error: Exception) -> str:
    """What happened, without what the server says: it may quote an address."""
    code = getattr(error, "code", None)
    return f"SMTP: {type(error).__name__}" + (f" {code}" if code else "")
