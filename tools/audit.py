"""`make audit`: asks the vulnerability service of OSV about every locked package. What was not asked was not audited, and fails.

pip-audit by itself ends well where a service does not know a package, or knows none; a run counts here only when every
package of the lock that belongs on this platform got an answer.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from app.config import ROOT

LOCK = ROOT / "requirements.lock"
ALL_WELL, VULNERABLE, NOT_AUDITED = 0, 1, 2
TIMEOUT_SECONDS = 15


@dataclass(frozen=True)
class Verdict:
    """What an audit came to: the exit code and the lines that say why."""

    code: int
    lines: tuple[str, ...]


def locked(lock: Path) -> dict[str, str]:
    """Name and version of every package of a lock that this platform installs."""
    found = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if "==" not in line or line.startswith(" "):
            continue
        requirement = Requirement(line.rstrip("\\ "))
        if requirement.marker is None or requirement.marker.evaluate():
            found[requirement.name] = next(iter(requirement.specifier)).version
    return found


def judge(wanted: dict[str, str], dependencies: Sequence[dict[str, Any]]) -> Verdict:
    """What pip-audit's report says of the packages that should be in it."""
    asked = {item["name"]: item for item in dependencies if "vulns" in item}
    missing = sorted(name for name, version in wanted.items() if asked.get(name, {}).get("version") != version)
    if missing:
        some = ", ".join(missing[:5])
        return Verdict(NOT_AUDITED, (f"{len(missing)} of {len(wanted)} packages were not audited: {some} ...",))
    lines = tuple(
        f"{name} {item['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no release yet'}"
        for name, item in sorted(asked.items())
        for fault in item["vulns"]
    )
    return Verdict(VULNERABLE if lines else ALL_WELL, lines or (f"{len(wanted)} packages, no known vulnerability.",))


def audit(lock: Path, options: Sequence[str] = ()) -> Verdict:
    """Run pip-audit over a lock; `options` go to it as they are."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
    command += ["--vulnerability-service", "osv", "--timeout", str(TIMEOUT_SECONDS), "--progress-spinner", "off"]
    command += ["--format", "json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        last = done.stderr.strip().splitlines()[-1:] or ["no word"]
        reason = f"The vulnerability service gave no answer, so nothing was audited: {last[0]}"
        return Verdict(NOT_AUDITED, (reason,))
    return judge(locked(lock), report["dependencies"])


def main() -> int:
    """Audit the lock of development, which holds all that production's does."""
    verdict = audit(LOCK, sys.argv[1:])
    print("\n".join(verdict.lines), file=sys.stderr if verdict.code else sys.stdout)
    return verdict.code


if __name__ == "__main__":
    sys.exit(main())
