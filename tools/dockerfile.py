"""Reads the Dockerfile and its .dockerignore, in the few forms that ours are written in; what else stands there is refused."""

import json
import re
import shlex
import shutil
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

REFERENCE = re.compile(r"\$\{?(\w+)\}?")
UNNAMED = "final"


class DockerfileError(Exception):
    """The Dockerfile does not say what the rehearsal can follow; the message names the line."""


@dataclass(frozen=True)
class Step:
    """One instruction of a stage: its word, in capitals, and the rest of its line."""

    word: str
    rest: str


@dataclass
class Stage:
    """What stands between one FROM and the next."""

    name: str
    image: str
    steps: list[Step] = field(default_factory=list)

    def last(self, word: str) -> str | None:
        """What the last instruction of that word says; None where there is none."""
        found = [step.rest for step in self.steps if step.word == word]
        return found[-1] if found else None

    def argv(self, word: str) -> list[str]:
        """ENTRYPOINT or CMD in exec form.

        Raises:
            DockerfileError: it is missing, or written for a shell.
        """
        rest = self.last(word) or ""
        try:
            parts = json.loads(rest)
        except json.JSONDecodeError:
            parts = None
        if not isinstance(parts, list):
            raise DockerfileError(f"{word} {rest}: write it in exec form, as a list")
        return [str(part) for part in parts]


@dataclass(frozen=True)
class Copy:
    """One COPY."""

    sources: tuple[str, ...]
    target: str
    stage: str | None
    mode: int | None


def read_stages(text: str) -> list[Stage]:
    """The stages, with the ARGs before the first FROM put in.

    Raises:
        DockerfileError: nothing is built.
    """
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for line in lines.replace("\\\n", " ").splitlines():
        word, _, rest = line.strip().partition(" ")
        if not word:
            continue
        if word.upper() == "FROM":
            image, _, name = expand(rest, arguments).partition(" AS ")
            stages.append(Stage(name or UNNAMED, image))
        elif stages:
            stages[-1].steps.append(Step(word.upper(), rest.strip()))
        elif word.upper() == "ARG":
            name, _, value = rest.partition("=")
            arguments[name] = value
        else:
            raise DockerfileError(f"{line}: before the first FROM")
    if not stages:
        raise DockerfileError("there is no FROM")
    return stages


def expand(text: str, values: dict[str, str]) -> str:
    """Put values in where the text names them; what has none becomes nothing, as in a build."""
    return REFERENCE.sub(lambda match: values.get(match[1], ""), text)


def read_env(rest: str, values: dict[str, str]) -> dict[str, str]:
    """The variables of an ENV, each in the form NAME=value."""
    pairs = (part.partition("=") for part in shlex.split(rest))
    return {name: expand(value, values) for name, _, value in pairs}


def read_copy(rest: str) -> Copy:
    """A COPY.

    Raises:
        DockerfileError: an option that is not known here.
    """
    stage, mode, paths = None, None, []
    for part in shlex.split(rest):
        name, _, value = part.partition("=")
        if name == "--from":
            stage = value
        elif name == "--chmod":
            mode = int(value, 8)
        elif part.startswith("--"):
            raise DockerfileError(f"COPY {part}: not known here")
        else:
            paths.append(part)
    return Copy(tuple(paths[:-1]), paths[-1], stage, mode)


class Context:
    """The files that a build may copy: those of a folder that its .dockerignore leaves."""

    def __init__(self, folder: Path) -> None:
        """Reads `.dockerignore`; a later line wins over an earlier one, and `!` takes files back."""
        self._folder = folder
        lines = (folder / ".dockerignore").read_text(encoding="utf-8").splitlines()
        self._rules = [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    def has(self, path: str) -> bool:
        """Whether the file of that relative path may be copied."""
        kept = True
        for rule in self._rules:
            back = rule.startswith("!")
            if _matches(path, rule.removeprefix("!")):
                kept = back
        return kept

    def copy(self, source: str, target: Path) -> None:
        """Copy a file, or what a folder holds, to `target`.

        Raises:
            DockerfileError: nothing of that name may be copied.
        """
        start = self._folder / source
        files = [start] if start.is_file() else sorted(path for path in start.rglob("*") if path.is_file())
        kept = [path for path in files if self.has(path.relative_to(self._folder).as_posix())]
        if not kept:
            raise DockerfileError(f"COPY {source}: there is no such file, or .dockerignore keeps it out")
        for path in kept:
            place = target / path.relative_to(start) if path != start else target
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, place)


def _matches(path: str, rule: str) -> bool:
    """Whether a rule without `!` speaks of the path or of a folder above it."""
    parts = path.split("/")
    above = ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]
    if rule.startswith("**/"):
        return any(fnmatch(part, rule.removeprefix("**/")) for part in parts)
    return any(fnmatch(name, rule) and name.count("/") == rule.count("/") for name in above)
