"""Builds what the image holds without a container engine: performs the Dockerfile's instructions in namespaces of Linux.

Each stage has a folder that stands for the image's /opt, the one place our Dockerfile writes to; the base image is this machine.
A process is then run as an engine would: number 1, no capabilities, the Dockerfile's uid, every file system read-only.
"""

import os
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.dockerfile import Context, DockerfileError, Stage, Step, expand, read_copy, read_env, read_stages

PLACE = "/opt"
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount", "--")
SILENT = {"ARG", "LABEL", "USER", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT", "CMD"}
VOLUME = "/srv"
"""Where a process finds its volume, the one place that it may write to; it has none unless it is given one."""
EMPTY = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - places that are covered, not used
OUTSIDE = ("PIP_", "SSL_", "REQUESTS_", "HTTP", "http", "NO_PROXY", "no_proxy")
"""What a build inherits of this machine's environment: how to reach the package index."""


class Image:
    """The last stage, built in a folder, and how its processes run."""

    def __init__(self, folder: Path, stage: Stage, env: Mapping[str, str], workdir: str) -> None:
        self.folder = folder
        self.env = dict(env)
        self.user = stage.last("USER") or "0:0"
        self.entrypoint = stage.argv("ENTRYPOINT")
        self.command = stage.argv("CMD")
        self._workdir = workdir

    def argv(self, command: Sequence[str], *, volume: Path | None = None) -> list[str]:
        """The entry point with a command, as an unprivileged user of a read-only machine; `volume` is mounted on /srv."""
        user, _, group = self.user.partition(":")
        script = [f"mount --bind {shlex.quote(str(volume))} {VOLUME}"] if volume is not None else []
        script += [f"mount --bind {shlex.quote(str(self.folder))} {PLACE}", "mount -o remount,bind,ro /"]
        script += [f"mount -o remount,bind,ro {PLACE}"]
        script += [f"mount -t tmpfs -o ro tmpfs {place}" for place in EMPTY if Path(place).is_dir()]
        inner = ["unshare", "--user", f"--map-user={user}", f"--map-group={group}"]
        inner += ["--pid", "--fork", "--kill-child", "--", *command]
        return [*NAMESPACE, "sh", "-ec", "; ".join([*script, f"cd {self._workdir}", f"exec {shlex.join(inner)}"])]

    def environment(self, env: Mapping[str, str]) -> dict[str, str]:
        """The image's variables and those that are given: nothing of this machine's but what is needed to find programs."""
        return {**self.env, "HOME": "/nonexistent", **env}

    def run(
        self, command: Sequence[str], env: Mapping[str, str], *, volume: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the image to its end."""
        return subprocess.run(  # noqa: S603 - our own command
            self.argv(command, volume=volume),
            env=self.environment(env),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


class Builder:
    """Performs the stages of a Dockerfile, each in a folder of its own below `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        """`root` is the build context."""
        self._context = Context(root)
        self._stages = read_stages((root / "Dockerfile").read_text(encoding="utf-8"))
        self._folder = folder
        self._programs = folder / "base-programs"
        self._env: dict[str, str] = {}
        self._workdir = "/"

    def build(self) -> Image:
        """All stages.

        Raises:
            DockerfileError: an instruction that cannot be followed, or that failed.
        """
        self._programs.mkdir(parents=True)
        python = self._programs / "python"
        base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        python.write_text(f'#!/bin/sh\nexec {shlex.quote(str(base))} "$@"\n', encoding="utf-8")
        python.chmod(0o755)
        for stage in self._stages:
            self._env = {"PATH": f"{self._programs}:/usr/local/bin:/usr/bin:/bin"}
            self._workdir = "/"
            self._place(stage.name).mkdir()
            self._place(stage.name).chmod(0o755)  # as /opt is, whatever this machine's umask
            for step in stage.steps:
                self._perform(stage, step)
        last = self._stages[-1]
        return Image(self._place(last.name), last, self._env, self._workdir)

    def _place(self, stage: str) -> Path:
        return self._folder / stage

    def _perform(self, stage: Stage, step: Step) -> None:
        if step.word == "ENV":
            self._env.update(read_env(step.rest, self._env))
        elif step.word == "WORKDIR":
            self._workdir = step.rest
            self._inside(stage, step.rest).mkdir(parents=True, exist_ok=True)
        elif step.word == "COPY":
            self._copy(stage, step.rest)
        elif step.word == "RUN":
            self._run(stage, expand(step.rest, self._env))
        elif step.word not in SILENT:
            raise DockerfileError(f"{step.word} {step.rest}: not known here")

    def _inside(self, stage: Stage, path: str) -> Path:
        absolute = os.path.normpath(os.path.join(self._workdir, path))  # noqa: PTH118 - a path of the image, not of this machine
        if not absolute.startswith(f"{PLACE}/"):
            raise DockerfileError(f"{path}: the rehearsal follows what is below {PLACE} alone")
        return self._place(stage.name) / absolute.removeprefix(f"{PLACE}/")

    def _copy(self, stage: Stage, rest: str) -> None:
        wanted = read_copy(rest)
        target = self._inside(stage, wanted.target)
        for source in wanted.sources:
            place = target / Path(source).name if wanted.target.endswith("/") else target
            if wanted.stage is not None:
                origin = self._place(wanted.stage) / source.removeprefix(f"{PLACE}/")
                shutil.copytree(origin, place, symlinks=True, dirs_exist_ok=True)
            else:
                self._context.copy(source, place)
            if wanted.mode is not None:
                place.chmod(wanted.mode)

    def _run(self, stage: Stage, command: str) -> None:
        mounted = f"mount --bind {shlex.quote(str(self._place(stage.name)))} {PLACE}; cd {self._workdir}; {command}"
        outside = {name: value for name, value in os.environ.items() if name.startswith(OUTSIDE)}
        done = subprocess.run(  # noqa: S603 - what our own Dockerfile says
            [*NAMESPACE, "sh", "-ec", mounted],
            env={**outside, **self._env, "HOME": str(self._folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise DockerfileError(f"RUN {command}\nends with {done.returncode}:\n{done.stdout}{done.stderr}")


def closed_files(folder: Path) -> list[str]:
    """Files and folders that another user than root could not read, or could write: an image must hold none."""
    found = []
    for path in [folder, *sorted(folder.rglob("*"))]:
        mode = path.lstat().st_mode
        needed = stat.S_IROTH | stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH
        if not stat.S_ISLNK(mode) and (mode & needed != needed or mode & (stat.S_IWOTH | stat.S_IWGRP)):
            found.append(f"{stat.filemode(mode)} {path.relative_to(folder)}")
    return found
