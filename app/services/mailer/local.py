"""The local twin: each mail becomes a file, which `manage mail` lists."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from app.config import Mail
from app.services.mailer import MailError, Message
from app.services.mailer.mime import as_mime


class LocalMailer:
    """Writes `<time>-<key>.eml` into the folder of the settings; the same key again replaces nothing but itself."""

    def __init__(self, settings: Mail) -> None:
        """The folder is made when the first mail is written."""
        self._settings = settings
        self._folder = Path(settings.folder)

    async def send(self, message: Message) -> None:
        """Write one file, whole or not at all.

        Raises:
            MailError: the folder cannot be written to.
        """
        data = as_mime(message, self._settings.sender).as_bytes()
        try:
            await asyncio.to_thread(self._write, message.key, data)
        except OSError as error:
            raise MailError(f"{self._folder}: {error.strerror}") from error

    async def ping(self) -> None:
        """Whether the folder can be made and written to.

        Raises:
            MailError: no.
        """
        try:
            await asyncio.to_thread(self._folder.mkdir, mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise MailError(f"{self._folder}: {error.strerror}") from error

    def _write(self, key: str, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = next(self._folder.glob(f"*-{key}.eml"), None)
        target = known or self._folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{key}.eml"
        part = target.with_suffix(".part")
        part.write_bytes(data)
        part.replace(target)
