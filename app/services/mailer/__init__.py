"""Mail: the port. Adapters stand beside it, one file each; `mail.adapter` chooses, and only the chosen one is imported."""

import pkgutil
from dataclasses import dataclass
from typing import Protocol

from app.config import Mail

ADAPTERS = {
    "local": "app.services.mailer.local:LocalMailer",
    "smtp": "app.services.mailer.smtp:SmtpMailer",
    "ses": "app.services.mailer.ses:SesMailer",
}


class MailError(Exception):
    """The mail was not handed over; the delivery that sends it tries again."""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person, as text and as HTML."""

    to: str
    subject: str
    text: str
    html: str
    key: str
    """The same for every try of one mail: it becomes the Message-ID, by which receivers drop what came twice."""


class Mailer(Protocol):
    """Hands mail over. Never called while a transaction is open."""

    async def send(self, message: Message) -> None:
        """Hand one message over.

        Raises:
            MailError: it was not taken.
        """

    async def ping(self) -> None:
        """Whether mail could be handed over now.

        Raises:
            MailError: no.
        """


def make_mailer(settings: Mail) -> Mailer:
    """The adapter that the settings choose; connects to nothing yet."""
    mailer: Mailer = pkgutil.resolve_name(ADAPTERS[settings.adapter])(settings)
    return mailer
