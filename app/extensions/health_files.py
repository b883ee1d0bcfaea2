"""A file that a process touches as long as it works: how Kubernetes sees that one lives which listens nowhere."""

import time
from pathlib import Path
from typing import Final

TOUCH_SECONDS: Final = 1.0


class HealthFile:
    """Touched each second by a process that works; `manage probe` tells its age. Without a path it is nothing."""

    def __init__(self, path: str) -> None:
        """Touches nothing yet."""
        self._path = Path(path) if path else None
        self._touched_at = float("-inf")

    def begin(self) -> None:
        """Touch it for the first time.

        Raises:
            OSError: it cannot be written. Said at the start, for later nobody would know why the probe fails.
        """
        if self._path is not None:
            self._path.touch()

    def touch(self) -> None:
        """Touch it, once a second at most. A disk that is full or gone shows as a probe that fails, and nowhere else."""
        now = time.monotonic()
        if self._path is None or now - self._touched_at < TOUCH_SECONDS:
            return
        try:
            self._path.touch()
        except OSError:
            return
        self._touched_at = now

    def end(self) -> None:
        """Remove it: what has ended in order is not taken for what hangs, nor the next one for this one."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def age_of(path: Path) -> float | None:
    """Seconds since the file was touched; None where there is none. A clock that was set back makes it old, not young."""
    try:
        return abs(time.time() - path.stat().st_mtime)
    except OSError:
        return None
