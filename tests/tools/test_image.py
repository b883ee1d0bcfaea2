"""The image: what the Dockerfile says, what it may copy, and that its lock is the project's own."""

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.config import ROOT
from tools.audit import locked
from tools.dockerfile import Context, DockerfileError, Stage, read_copy, read_env, read_stages
from tools.rehearsal import closed_files

DEVELOPMENT, PRODUCTION = ROOT / "requirements.lock", ROOT / "requirements.prod.lock"
TEXT = (ROOT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def last() -> Stage:
    """The stage that becomes the image."""
    return read_stages(TEXT)[-1]


def entries(lock: Path) -> set[str]:
    """The lock's entries, each with version, marker and hashes."""
    return set(re.split(r"\n(?=[a-z0-9])", lock.read_text().strip()))


def needed(requirements: list[str]) -> set[str]:
    """All packages that these requirements come to on this platform, by the metadata of what is installed."""
    found: set[tuple[str, str]] = set()
    waiting = [(text, "") for text in requirements]
    while waiting:
        text, extra = waiting.pop()
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in found:
                found.add((name, wanted))
                waiting += [(line, wanted) for line in requires(name) or []]
    return {name for name, _ in found}


class TestProductionLock:
    """requirements.prod.lock"""

    def test_agrees(self) -> None:
        """Every entry is one of the lock that the suite runs on: same version, marker and hashes."""
        assert entries(PRODUCTION) - entries(DEVELOPMENT) == set()

    def test_exact(self) -> None:
        """It holds what the project's dependencies and the extra for Vault come to, and nothing else."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        wanted = needed([*project["dependencies"], *project["optional-dependencies"]["vault"]])
        assert set(locked(PRODUCTION)) == wanted

    def test_nothing_of_development(self) -> None:
        """Neither the embedded servers nor the tools of the house go into production."""
        groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
        tools = {Requirement(line).name for line in groups["embedded"] + groups["dev"]} - {"anyio", "hvac"}
        assert tools & set(locked(PRODUCTION)) == set()


class TestDockerfile:
    """Dockerfile"""

    def test_runs_as_nobody_in_particular(self, last: Stage) -> None:
        """Requirement 41: the user is a number that is not root's, group included."""
        assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last.last("USER") or "")

    def test_signals_reach_it(self, last: Stage) -> None:
        """The entry point is `manage` in exec form, so that it is process 1 and gets SIGTERM itself."""
        assert last.argv("ENTRYPOINT") == ["manage"]
        assert last.argv("CMD")[0] == "api"
        assert last.last("STOPSIGNAL") == "SIGTERM"

    def test_installs_by_hash(self) -> None:
        """Nothing is installed but wheels whose hash stands in the production lock."""
        installs = [line for line in TEXT.splitlines() if "pip install" in line]
        assert len(installs) == 1
        assert "--require-hashes --only-binary :all: -r requirements.prod.lock" in installs[0]

    def test_base_has_a_version(self) -> None:
        """Both stages stand on one base image, which is named with a version."""
        bases = {stage.image for stage in read_stages(TEXT)}
        assert len(bases) == 1
        assert re.fullmatch(r"python:3\.\d+-slim-\w+", bases.pop())

    def test_no_bytecode_at_run_time(self, last: Stage) -> None:
        """A read-only image: bytecode is compiled while building and never written later."""
        values: dict[str, str] = {}
        for step in last.steps:
            values |= read_env(step.rest, values) if step.word == "ENV" else {}
        assert values["PYTHONDONTWRITEBYTECODE"] == "1"
        assert "compileall" in TEXT

    @pytest.mark.parametrize(("text", "word"), [("RUN x", "before the first FROM"), ("# nothing", "there is no FROM")])
    def test_no_stage(self, text: str, word: str) -> None:
        """A file that builds nothing is refused."""
        with pytest.raises(DockerfileError, match=word):
            read_stages(text)

    def test_shell_form(self) -> None:
        """An entry point for a shell, which would keep the signals to itself, is refused."""
        stage = read_stages("FROM a\nENTRYPOINT manage")[0]
        with pytest.raises(DockerfileError, match="exec form"):
            stage.argv("ENTRYPOINT")

    def test_unknown_option(self) -> None:
        """Nor is an option of COPY."""
        with pytest.raises(DockerfileError, match="--link"):
            read_copy("--link a b")


class TestContext:
    """.dockerignore"""

    @pytest.mark.parametrize(
        "path",
        [
            ".secrets.toml",
            ".env",
            ".git/config",
            "tests/conftest.py",
            "docs/security.md",
            "requirements.lock",
            "deploy/setup.sh",
            "tools/image.py",
            "app/__pycache__/main.cpython-311.pyc",
            ".atrium/postgres/PG_VERSION",
            "id_rsa",
            "app.env",
        ],
    )
    def test_stays_out(self, path: str) -> None:
        """Secrets, data, tests and tools never reach a builder."""
        assert not Context(ROOT).has(path)

    @pytest.mark.parametrize(
        "path",
        [
            "app/main.py",
            "app/open_routes.txt",
            "alembic/versions/x.py",
            "alembic.ini",
            "settings.toml",
            "requirements.prod.lock",
        ],
    )
    def test_goes_in(self, path: str) -> None:
        """What the processes need does."""
        assert Context(ROOT).has(path)


def test_closed_files(tmp_path: Path) -> None:
    """Files that the image's user could not read, or could change, are found."""
    for name, mode in (("open", 0o644), ("private", 0o600), ("loose", 0o666), ("program", 0o755)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(mode)
    tmp_path.chmod(0o755)
    assert [line.split()[1] for line in closed_files(tmp_path)] == ["loose", "private"]
