"""`make picture`: runs `make run` and the README's calls for real and draws what the terminal showed, docs/pictures/first-run.svg."""

import argparse
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from contextlib import suppress
from html import escape
from pathlib import Path

from app.config import ROOT
from app.embedded.keys import write_secrets

README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "pictures" / "first-run.svg"
DATA = Path("/tmp/atrium-picture")  # noqa: S108 - shown in the picture, so it has a name that says nothing of this machine
HEADING = "## Five calls"
READY = "Ctrl-C stops everything"
COLUMNS, START_SECONDS, TYPING_SECONDS = 112, 120.0, 1.0
OF_MAKE = ("MAKELEVEL", "MAKEFLAGS", "MFLAGS")
"""By which a make within a make knows it, and tells the folder."""
SEPARATOR = "\x1e"
CHARACTER, LINE, MARGIN, BAR = 7.83, 17, 18, 34
"""Pixels: of a character at 13 px, of a line, around the text, and of a panel's title."""
GROUND, FRAME, TEXT, COMMAND, PROMPT, QUIET = "#161b22", "#3d444d", "#c9d1d9", "#ffffff", "#7ee787", "#8b949e"
STYLE = 'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="13"'
Shown = list[tuple[str, str]]
"""Lines of a terminal, each with its colour."""


def main() -> int:
    """Capture and draw; 1 where Atrium does not come up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000", help="where the API listens meanwhile")
    port = parser.parse_args().port
    try:
        started, answers = capture(port)
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw([("make run", started), ("another terminal", answers)]), encoding="utf-8")
    return 0


def capture(port: str) -> tuple[Shown, Shown]:
    """What `make run` shows until it is up, and what the README's calls show after that.

    Raises:
        RuntimeError: it does not come up; the message is what it said.
    """
    command = ["make", "run", f"DATA={DATA}"] + ([] if port == "8000" else [f"PORT={port}"])
    parent, child = pty.openpty()
    termios.tcsetwinsize(child, (60, COLUMNS))
    shutil.rmtree(DATA, ignore_errors=True)
    write_secrets(ROOT / ".secrets.toml")  # else the picture would show where this checkout lies
    outer = {name: value for name, value in os.environ.items() if name not in OF_MAKE}
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=outer, stdin=child, stdout=child, stderr=child, start_new_session=True
    )
    os.close(child)
    try:
        output = _read_until(parent, READY)
        answers = _calls(port)
    finally:
        with suppress(ProcessLookupError):  # it ended by itself
            os.killpg(process.pid, signal.SIGINT)
        process.wait()
        os.close(parent)
        shutil.rmtree(DATA, ignore_errors=True)
    return [(f"$ {' '.join(command)}", COMMAND), *((line, TEXT) for line in output)], answers


def readme_calls(text: str) -> list[str]:
    """The commands of the README's calls, one by one, without the comments that say what they answer."""
    section = text.partition(HEADING)[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if not line.startswith("#")]
    return "\n".join(lines).replace("\\\n", SEPARATOR).replace("\n", "\n\n").replace(SEPARATOR, "\\\n").split("\n\n")


def wrapped(line: str) -> list[str]:
    """A line as a terminal breaks it."""
    return [line[start : start + COLUMNS] for start in range(0, max(len(line), 1), COLUMNS)]


def draw(panels: list[tuple[str, Shown]]) -> str:
    """The panels, one below the other, as SVG: text, so that it is sharp at any size and on any ground."""
    width = round(COLUMNS * CHARACTER) + 2 * MARGIN
    lines: list[str] = []
    top = 0
    for title, shown in panels:
        rows = [(part, colour) for line, colour in shown for part in wrapped(line)]
        height = BAR + LINE * len(rows) + MARGIN
        lines.append(
            f'<rect x="1" y="{top + 1}" width="{width - 2}" height="{height - 2}" rx="8" fill="{GROUND}" stroke="{FRAME}"/>'
        )
        lines.append(
            f'<text x="{width / 2:g}" y="{top + 20}" text-anchor="middle" fill="{QUIET}">{escape(title)}</text>'
        )
        for number, (row, colour) in enumerate(rows):
            lines += _row(row, colour, top + BAR + LINE * (number + 1) - 4)
        top += height + 10
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" {STYLE}>'
    return "\n".join([head, *lines, "</svg>", ""])


def _row(row: str, colour: str, y: int) -> list[str]:
    if not row.strip():
        return []
    # The length is fixed, so that columns stay columns in whatever font the reader's machine has.
    length = f'textLength="{len(row) * CHARACTER:.1f}" xml:space="preserve"'
    if row.startswith("$ "):
        return [
            f'<text x="{MARGIN}" y="{y}" {length} fill="{colour}"><tspan fill="{PROMPT}">$</tspan>{escape(row[1:])}</text>'
        ]
    return [f'<text x="{MARGIN}" y="{y}" {length} fill="{colour}">{escape(row)}</text>']


def _read_until(terminal: int, mark: str) -> list[str]:
    """The lines that a terminal shows, to the end of the one with the mark."""
    text = ""
    deadline = time.monotonic() + START_SECONDS
    while mark not in text or not text.endswith("\n"):
        read, left = b"", deadline - time.monotonic()
        if left > 0 and select.select([terminal], [], [], left)[0]:
            with suppress(OSError):  # nobody writes to it any more, and all that was written is read
                read = os.read(terminal, 4096)
        if not read:
            raise RuntimeError(f"make run did not come up:\n{text}")
        text += read.decode().replace("\r\n", "\n")
    return text.rstrip("\n").split("\n")


def _calls(port: str) -> Shown:
    """The README's calls, run by one shell as somebody would type them."""
    text = README.read_text(encoding="utf-8").replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    commands = readme_calls(text)
    script = f"\nprintf '{SEPARATOR}'\nsleep {TYPING_SECONDS}\n".join(commands)
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)  # noqa: S603, S607 - the README's
    shown: Shown = []
    for command, output in zip(commands, done.stdout.split(SEPARATOR), strict=True):
        shown += [(line, COMMAND) for line in f"$ {command}".splitlines()]
        shown += [(line, TEXT) for line in output.splitlines()]
    return shown


if __name__ == "__main__":
    sys.exit(main())
