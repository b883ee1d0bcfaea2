"""Promises of the data folder, the secrets file and the start of everything."""

import os
import socket
import tomllib
from pathlib import Path

import pytest

from app.config import Settings
from app.embedded.keys import write_secrets
from app.embedded.places import EmbeddedError, Places
from app.embedded.processes import HOST, alive
from app.embedded.up import run_up
from tests.embedded.support import run_python

LOCK = """
import sys
from pathlib import Path
from app.embedded.places import EmbeddedError, Places
try:
    with Places.prepare(Path(sys.argv[1])).lock(): print("held")
except EmbeddedError as error: print(error)
"""


def never(_settings: Settings) -> list[str]:
    raise AssertionError("nothing may start")


class TestSecrets:
    def test_are_random_and_for_their_owner_only(self, tmp_path: Path) -> None:
        """The file is 0600, every value is long and none is like another."""
        path = tmp_path / ".secrets.toml"
        assert write_secrets(path)
        assert path.stat().st_mode & 0o777 == 0o600
        secrets = tomllib.loads(path.read_text())["default"]
        values = [secrets["auth"]["keys"][0]["secret"], *secrets["secrets"].values(), *secrets["embedded"].values()]
        assert len(set(values)) == len(values) == 10
        assert min(len(value) for value in values) == 64

    def test_are_never_written_again(self, tmp_path: Path) -> None:
        """A file that exists stays byte for byte, and nothing else is left beside it."""
        path = tmp_path / ".secrets.toml"
        path.write_text("mine")
        assert not write_secrets(path)
        assert path.read_text() == "mine"
        assert list(tmp_path.iterdir()) == [path]


class TestPlaces:
    def test_are_closed_to_others(self, tmp_path: Path) -> None:
        """The data folder and all in it are 0700, also where the folder stood open before."""
        (tmp_path / "data").mkdir(mode=0o755)
        places = Places.prepare(tmp_path / "data")
        folders = [places.data, *(path for path in places.data.iterdir() if path.is_dir())]
        assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
    def test_refuse_the_folder_of_another_owner(self, tmp_path: Path) -> None:
        """Another user's folder is one sentence, and stays as it was."""
        folder = tmp_path / "data"
        folder.mkdir(mode=0o755)
        os.chown(folder, 12345, 12345)
        with pytest.raises(EmbeddedError, match="belongs to another user"):
            Places.prepare(folder)
        assert folder.stat().st_mode & 0o777 == 0o755

    def test_refuse_a_folder_that_holds_other_things(self, tmp_path: Path) -> None:
        """A folder with something else in it, such as a home, is neither closed nor filled."""
        (tmp_path / "letter").touch()
        with pytest.raises(EmbeddedError, match="holds other things"):
            Places.prepare(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["letter"]

    def test_are_locked_for_one(self, tmp_path: Path) -> None:
        """A second holder is refused with the first one's process id, and let in after it has gone."""
        folder = tmp_path / "data"
        with Places.prepare(folder).lock():
            assert f"already runs on {folder.resolve()} (process {os.getpid()})" in run_python(LOCK, str(folder)).stdout
        assert run_python(LOCK, str(folder)).stdout == "held\n"


class TestRunUp:
    def test_a_busy_port_is_one_sentence(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A port that is taken ends with code 1 and one line that names PORT=, before anything is made."""
        with socket.socket() as taken:
            taken.bind((HOST, 0))
            taken.listen()
            port = taken.getsockname()[1]
            assert run_up(port, tmp_path / "data", never) == 1
        message = capsys.readouterr().err
        assert message.count("\n") == 1
        assert f"Port {port} is taken" in message
        assert f"PORT={port + 1}" in message
        assert not (tmp_path / "data").exists()

    def test_a_second_start_on_the_same_data_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """While one supervisor holds the data folder, another start ends with code 1 and one line."""
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = probe.getsockname()[1]
        with Places.prepare(tmp_path / "data").lock():
            assert run_up(port, tmp_path / "data", never) == 1
        assert "already runs on" in capsys.readouterr().err


class TestAlive:
    def test_a_zombie_is_dead(self) -> None:
        """A process that has ended but was not waited for counts as dead."""
        pid = os.posix_spawn("/bin/true", ["true"], {})
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert not alive(pid)
        os.waitpid(pid, 0)
