"""Where everything of one installation lies under its data folder, and who may use it."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.utils.faults import InstallationFault

MARK = ".atrium-data"
FOLDERS = ("run", "logs", "valkey", "mail", "payments", "shipping", "files")


class EmbeddedError(InstallationFault):
    """Something that the person who starts Atrium can put right; the message is one sentence that says how."""


@dataclass(frozen=True)
class Places:
    """The paths under a data folder. `Places.prepare` makes them; the constructor touches nothing."""

    data: Path

    @classmethod
    def prepare(cls, data: Path) -> "Places":
        """Make `data` and its folders, readable by their owner only.

        Raises:
            EmbeddedError: where the folder is another user's, holds something else, or cannot be made.
        """
        folder = data.expanduser().resolve()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _claim(folder)
            for name in FOLDERS:
                (folder / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise EmbeddedError(
                f"The data folder {folder} cannot be used ({error.strerror}): choose another with DATA=."
            ) from error
        return cls(folder)

    @property
    def postgres(self) -> Path:
        """The data directory of PostgreSQL."""
        return self.data / "postgres"

    @property
    def valkey(self) -> Path:
        """The working folder of Valkey."""
        return self.data / "valkey"

    @property
    def mail(self) -> Path:
        """Where the local mailer puts messages."""
        return self.data / "mail"

    @property
    def payments(self) -> Path:
        """Where the local payment gateway notes what it did."""
        return self.data / "payments"

    @property
    def shipping(self) -> Path:
        """Where the local carrier notes what it carries."""
        return self.data / "shipping"

    @property
    def files(self) -> Path:
        """Where the local file store puts files."""
        return self.data / "files"

    def pid_file(self, name: str) -> Path:
        """The file that holds the process id of `name` while it runs."""
        return self.data / "run" / f"{name}.pid"

    def port_file(self, name: str) -> Path:
        """The file that remembers the port of the server `name` from one start to the next."""
        return self.data / "run" / f"{name}.port"

    def log_file(self, name: str) -> Path:
        """The log of the server `name`."""
        return self.data / "logs" / f"{name}.log"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold this data folder for one supervisor; the system lets go when the process ends, however it ends.

        Raises:
            EmbeddedError: where another process holds it.
        """
        path = self.data / "run" / "up.lock"
        with path.open("a+", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                raise EmbeddedError(
                    f"Atrium already runs on {self.data} (process {holder}): stop it first, or choose another folder with DATA=."
                ) from error
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            yield


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path` so that readers see the old file or the whole new one, mode 0600."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _claim(folder: Path) -> None:
    if folder.stat().st_uid != os.geteuid():
        raise EmbeddedError(
            f"The data folder {folder} belongs to another user (uid {folder.stat().st_uid}): "
            "choose another with DATA=, or start as that user."
        )
    mark = folder / MARK
    if not mark.exists() and any(folder.iterdir()):
        # Closing a folder to everyone else would be a disaster for DATA=/tmp or DATA=$HOME.
        raise EmbeddedError(
            f"The folder {folder} holds other things than Atrium's data: choose an empty one with DATA=."
        )
    folder.chmod(0o700)
    mark.touch(mode=0o600)
