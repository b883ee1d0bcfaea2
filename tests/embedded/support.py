"""What the tests of the embedded servers share."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.config import ROOT, Settings, load_settings
from app.embedded.keys import write_secrets

PASSWORD = 'a password with spaces, "quotes" and a \\ in it: 0123456789'
NO_URLS = {"url": "", "identity_url": "", "system_url": "", "owner_url": ""}


def until(condition: Callable[[], bool], what: str, seconds: float = 10.0) -> None:
    """Wait until `condition` holds; fail with `what` was awaited."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `code` in a process of its own, which finds the application."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=30)


def start_python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start `code` in a process of its own, its output to read."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)


def furnish(folder: Path) -> None:
    """Make the folder an installation's: the settings of the repository and fresh secrets."""
    shutil.copy(ROOT / "settings.toml", folder)
    write_secrets(folder / ".secrets.toml")


def settings_without_servers(folder: Path) -> Settings:
    """Settings with secrets of their own that name no server, whatever the environment says."""
    furnish(folder)
    return load_settings({"database": NO_URLS, "redis": {"url": ""}}, folder=folder)
