"""`make audit` and `make sbom`: every locked package is asked about and listed, or the command fails."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.config import ROOT
from tools.audit import ALL_WELL, NOT_AUDITED, VULNERABLE, audit, judge, locked
from tools.sbom import SBOMS, write_sbom

LOCK = f"alpha==1.0 \\\n    --hash=sha256:{'a' * 64}\nbeta-two==2.5 ; python_version >= '3' \\\n    --hash=sha256:{'b' * 64}\n"
ELSEWHERE = f"gamma==3.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{'c' * 64}\n"
FAULT = {
    "id": "PYSEC-2026-1",
    "summary": "lets everybody in",
    "affected": [
        {
            "package": {"name": "beta-two", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.6"}]}],
        }
    ],
}
Answer = Callable[[dict[str, Any]], dict[str, Any]]


@contextmanager
def service(answer: Answer, status: int = 200) -> Iterator[str]:
    """A vulnerability service in OSV's form."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps(answer(asked)).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """Two packages for this platform, one for another."""
    path = tmp_path / "requirements.lock"
    path.write_text(LOCK + ELSEWHERE)
    return path


class TestAudit:
    """tools/audit.py, with pip-audit itself"""

    def test_vulnerable(self, lock: Path) -> None:
        """Every package of this platform is asked about, with its version; a finding fails, and says which package, what and
        where it is mended.
        """
        asked: list[tuple[str, str]] = []

        def answer(query: dict[str, Any]) -> dict[str, Any]:
            asked.append((query["package"]["name"], query["version"]))
            return {"vulns": [FAULT]} if query["version"] == "2.5" else {}

        with service(answer) as url:
            verdict = audit(lock, ["--osv-url", url])
        assert sorted(asked) == [("alpha", "1.0"), ("beta-two", "2.5")]
        assert verdict.code == VULNERABLE
        assert verdict.lines == ("beta-two 2.5: PYSEC-2026-1, mended in 2.6",)

    def test_well(self, lock: Path) -> None:
        """Where all were asked about and nothing was found, it ends well."""
        clean = [{"name": name, "version": version, "vulns": []} for name, version in locked(lock).items()]
        assert judge(locked(lock), clean).code == ALL_WELL

    def test_out_of_reach(self, lock: Path) -> None:
        """No answer is a failure in one sentence, never a pass."""
        verdict = audit(lock, ["--osv-url", "http://127.0.0.1:9/v1/query"])
        assert verdict.code == NOT_AUDITED
        assert len(verdict.lines) == 1
        assert verdict.lines[0].startswith("The vulnerability service gave no answer, so nothing was audited: ")

    def test_service_fails(self, lock: Path) -> None:
        """Nor is an error of the service."""
        with service(lambda _query: {}, status=500) as url:
            assert audit(lock, ["--osv-url", url]).code == NOT_AUDITED

    @pytest.mark.parametrize(
        "dependencies",
        [
            [],
            [{"name": "alpha", "version": "1.0", "vulns": []}],
            [{"name": "alpha", "version": "1.0", "vulns": []}, {"name": "beta-two", "skip_reason": "not found"}],
            [{"name": "alpha", "version": "1.0", "vulns": []}, {"name": "beta-two", "version": "2.4", "vulns": []}],
        ],
        ids=["none", "one missing", "one skipped", "another version"],
    )
    def test_incomplete(self, lock: Path, dependencies: list[dict[str, Any]]) -> None:
        """What was skipped or left out was not audited, whatever was found of the others."""
        assert judge(locked(lock), dependencies).code == NOT_AUDITED


class TestSbom:
    """tools/sbom.py"""

    @pytest.mark.parametrize("name", SBOMS.values())
    def test_complete(self, name: str, tmp_path: Path) -> None:
        """Every line of the lock is a component with its version and all its hashes, and nothing else is."""
        write_sbom(ROOT / name, tmp_path / "sbom.json", validate=False)
        document = json.loads((tmp_path / "sbom.json").read_text())
        assert (document["bomFormat"], document["metadata"]["component"]["name"]) == ("CycloneDX", "atrium")
        listed = sorted(
            (
                component["name"],
                component["version"],
                sorted(item["content"] for ref in component["externalReferences"] for item in ref["hashes"]),
            )
            for component in document["components"]
        )
        assert listed == sorted(entries(ROOT / name))
        assert len(listed) > 50

    def test_same_bytes(self, lock: Path, tmp_path: Path) -> None:
        """The same lock makes the same bytes, and they are valid CycloneDX."""
        for name, validate in (("one.json", True), ("two.json", False)):
            write_sbom(lock, tmp_path / name, validate=validate)
        assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def entries(lock: Path) -> list[tuple[str, str, list[str]]]:
    """Name, version and hashes of every entry of a lock."""
    found = re.findall(r"^([a-z0-9-]+)==(\S+)[^\n]*\\\n((?:    --hash=.*\n?)+)", lock.read_text(), re.MULTILINE)
    return [(name, version, sorted(re.findall(r"sha256:(\w+)", hashes))) for name, version, hashes in found]
