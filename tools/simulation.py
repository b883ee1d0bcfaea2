"""`make simulation`: lives a simulated shop day and, where its books balance, writes its table and its plot into docs/simulation.md."""

import argparse
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.config import ROOT
from tools.written import rewritten

DOCUMENT = ROOT / "docs" / "simulation.md"
PICTURE = ROOT / "docs" / "pictures" / "simulated-day.svg"
OUT = ROOT / "build" / "simulation"
BY = "make simulation"


def main() -> int:
    """Live and write; the day's exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.simulation", description=__doc__)
    parser.add_argument("--seed", default="1", help="draws the day")
    options = ["--tenants", "20", "--minutes", "2", "--seed", parser.parse_args().seed]
    command = [sys.executable, "-m", "app.manage.cli", "simulate", *options, "--out", str(OUT)]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - our own command
    if status == 0:
        write(OUT, DOCUMENT, PICTURE, f"manage simulate {' '.join(options)}")
    return status


def write(out: Path, document: Path, picture: Path, command: str) -> None:
    """Put what a day has left in `out` where readers find it, with the command, the date and the machine."""
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    shown = (out / "day.txt").read_text(encoding="utf-8")
    text = f"{datetime.now(UTC):%Y-%m-%d}, {machine}:\n\n```text\n$ {command}\n{shown}```\n"
    written = rewritten(document.read_text(encoding="utf-8"), {"day": text}, by=BY)
    document.write_text(written, encoding="utf-8")
    picture.write_text((out / "day.svg").read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
