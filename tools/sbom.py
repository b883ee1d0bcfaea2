"""`make sbom`: what the image holds and what development holds, as CycloneDX in JSON under build/, without network.

Every package of a lock stands in it with its version and the hashes of its files. The same lock makes the same bytes.
"""

import subprocess
import sys
from pathlib import Path

from app.config import ROOT

BUILD = ROOT / "build"
SBOMS = {"sbom.json": "requirements.prod.lock", "sbom.dev.json": "requirements.lock"}


def write_sbom(lock: Path, target: Path, *, validate: bool = True) -> None:
    """Write the SBOM of a lock, validated against CycloneDX's schema, which costs three seconds.

    Raises:
        subprocess.CalledProcessError: the lock cannot be read, or what came of it is no valid CycloneDX.
    """
    # The warning says that a list of requirements knows no graph, which is so.
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(lock)]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "-o", str(target)]
    command += ["--validate" if validate else "--no-validate"]
    subprocess.run(command, check=True)  # noqa: S603 - our own command


def main() -> None:
    """Write both."""
    BUILD.mkdir(exist_ok=True)
    for name, lock in SBOMS.items():
        write_sbom(ROOT / lock, BUILD / name)
        print(f"build/{name}: the packages of {lock}")


if __name__ == "__main__":
    main()
