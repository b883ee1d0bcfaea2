"""What the local mailer wrote, read as people read their mail."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Mail:
    """One mail."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str

    @property
    def link(self) -> str:
        """Where it leads to."""
        found = LINK.search(self.text)
        assert found is not None, self.text
        return found[0]

    @property
    def token(self) -> str:
        """The token in the link's fragment."""
        return self.link.partition("#token=")[2]


class Mailbox:
    """The folder of the local mailer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, address: str) -> list[Mail]:
        """What was sent to the address, oldest first."""
        mails = [_read(path) for path in self._paths(address)]
        return [mail for mail in mails if mail.to == address]

    def last(self, address: str) -> Mail:
        """The newest mail to the address."""
        mails = self.of(address)
        assert mails, f"no mail to {address}"
        return mails[-1]

    def headers(self, address: str) -> dict[str, str]:
        """The headers of the newest mail to the address."""
        messages = [message_from_bytes(path.read_bytes(), policy=default) for path in self._paths(address)]
        found = [message for message in messages if message["To"] == address]
        assert found, f"no mail to {address}"
        return {name: str(value) for name, value in found[-1].items()}

    def _paths(self, address: str) -> list[Path]:
        """The mails that may be to the address, oldest first: the rest of a long run's is not parsed. One beyond ASCII is written encoded."""
        paths = sorted(self._folder.glob("*.eml"))
        return [path for path in paths if not address.isascii() or address.encode() in path.read_bytes()]


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return Mail(
        str(message["To"]),
        str(message["Subject"]),
        str(text.get_content()),
        str(html.get_content()),
        message["Message-ID"],
    )
