"""The tutorials work as they are shown: the commands of each are run in one shell, and what they print is compared.

`tests/test_up.py` walks them, on the installation that it has started.
"""

import glob
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from threading import Timer

import pytest

from app.config import ROOT
from tests.support.up import Installation, clean_environment

TUTORIALS = ("tutorial-shop.md", "tutorial.md")
"""The shop comes first: the orders and the products of the demo are as they were written."""
ADDRESS = "127.0.0.1:8000"
"""Where a tutorial finds the API; the test's stands elsewhere."""
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"
END = "\x1e"
SEALS = {"ATRIUM_AUDIT__SEAL_SECONDS": "0.5"}
"""The reader may wait ten seconds for seals; a suite should not."""


class Shell:
    """One bash, as the reader has one open all along."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, commands: str) -> str:
        """All that the commands print, errors included."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{commands}\nprintf '\\n{END}\\n'\n")
        self._process.stdin.flush()
        printed = ""
        for line in self._process.stdout:
            if line == f"{END}\n":
                return printed
            printed += line
        raise AssertionError(f"the shell has ended:\n{printed}")


@contextmanager
def shell(folder: Path, seconds: float = 300.0) -> Iterator[Shell]:
    """A bash in a folder that keeps what it leaves. So long at most: commands may hang."""
    process = subprocess.Popen(
        ["bash"],
        cwd=folder,
        env={**clean_environment(), "TMPDIR": str(folder.parent)},  # whose name holds no blank
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    late = Timer(seconds, os.killpg, (process.pid, signal.SIGKILL))
    late.start()
    try:
        with process:  # which closes its input, so that it ends
            yield Shell(process)
    finally:
        late.cancel()


def steps(text: str) -> list[tuple[str, str]]:
    """The commands, each with what is shown beneath them: nothing where they print nothing."""
    found: list[tuple[str, str]] = []
    for language, block in BLOCK.findall(text):
        if language == "bash":
            found.append((block, ""))
        else:
            commands, shown = found.pop()
            assert not shown, f"shown without commands: {block}"
            found.append((commands, block))
    return found


def told(shown: str, printed: str) -> bool:
    """Whether this is what was printed. Lines may be broken anywhere; what differs each time is left out by a sign."""
    return fnmatchcase(squeezed(printed), glob.escape(squeezed(shown)).replace(ANYTHING, "*"))


def squeezed(text: str) -> str:
    """Without blanks and ends of lines."""
    return "".join(text.split())


def assert_tutorials(up: Installation) -> None:
    """Every command of every page prints what is shown beneath it, each page in a shell of its own; `up` has settings `SEALS`."""
    folder = up.data.parent
    (folder / ".venv").symlink_to(sys.prefix)  # so that it looks like a checkout
    for name in TUTORIALS:
        with shell(folder) as bash:
            assert_tutorial(up, bash, name)


def assert_tutorial(up: Installation, bash: Shell, name: str) -> None:
    """Every command of one page."""
    walk = steps((ROOT / "docs" / name).read_text(encoding="utf-8").replace(f"http://{ADDRESS}", up.url))
    assert len(walk) > 15
    for commands, shown in walk:
        printed = bash.run(commands)
        assert told(shown, printed), f"{commands}\nis shown to print\n{shown}\nand prints\n{printed}"


def test_hanging(tmp_path: Path) -> None:
    """A command that hangs fails its test; nothing of it is left to wait for."""
    with shell(tmp_path, 3.0) as bash, pytest.raises(AssertionError, match="the shell has ended:\nso far"):
        bash.run("echo so far; sleep 600")


class TestComparison:
    """What the comparison lets pass"""

    def test_steps(self) -> None:
        """Commands with what is shown beneath them; text in between does not part them."""
        text = "```bash\na\n```\nand\n```bash\nb\n```\n```json\n{}\n```\n"
        assert steps(text) == [("a\n", ""), ("b\n", "{}\n")]

    @pytest.mark.parametrize(
        "shown",
        ['{"id":"…","name":"Sam","roles":["buyer"]}', '{"id":"7",\n "name":"Sam", …}', "…"],
    )
    def test_true(self, shown: str) -> None:
        """Broken lines, and signs for what is left out."""
        assert told(shown, '{"id":"7","name":"Sam","roles":["buyer"]}\n')

    @pytest.mark.parametrize(
        "shown",
        ['{"id":"…","name":"Nora",…}', '{"id":"…","name":"Sam"}', '{"id":"?","name":"Sam","roles":["buyer"]}', ""],
    )
    def test_lies(self, shown: str) -> None:
        """Another word, something missing, another sign, nothing."""
        assert not told(shown, '{"id":"7","name":"Sam","roles":["buyer"]}\n')
