"""Promises of the launcher of PostgreSQL, on real servers."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from app.embedded.places import EmbeddedError, Places
from app.embedded.postgres import Postgres
from app.embedded.processes import alive
from tests.embedded.support import PASSWORD, run_python

START_AND_DIE = """
import asyncio, os, sys
from pathlib import Path
from app.embedded.places import Places
from app.embedded.postgres import Postgres
process = asyncio.run(Postgres(Places.prepare(Path(sys.argv[1])), sys.argv[2], fast=True).start())
os.write(1, str(process.pid).encode())
os.kill(os.getpid(), 9)
"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places.prepare(tmp_path_factory.mktemp("with spaces") / "the data")


@pytest.fixture
def server(places: Places) -> Iterator[Postgres]:
    server = Postgres(places, PASSWORD, fast=True)
    yield server
    asyncio.run(server.stop())


async def ask(server: Postgres, question: str) -> object:
    connection = await asyncpg.connect(server.url("postgres"))
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


class TestStart:
    def test_serves_its_own_directory_closed_to_others(self, server: Postgres, places: Places) -> None:
        """A started server answers, its directory is 0700, its pid file names the postmaster."""
        process = asyncio.run(server.start())
        assert asyncio.run(ask(server, "SELECT current_setting('listen_addresses')")) == "127.0.0.1"
        assert asyncio.run(ask(server, "SELECT current_setting('password_encryption')")) == "scram-sha-256"
        assert places.postgres.stat().st_mode & 0o777 == 0o700
        assert places.pid_file("postgres").read_text() == f"{process.pid}\n"

    @pytest.mark.skipif(not Path("/proc").exists(), reason="reads the command line from /proc")
    def test_keeps_the_password_off_the_command_line(self, server: Postgres) -> None:
        """No user of the machine sees the password in a list of processes."""
        process = asyncio.run(server.start())
        assert PASSWORD.encode() not in Path(f"/proc/{process.pid}/cmdline").read_bytes()

    def test_adopts_what_a_dead_launcher_left(self, server: Postgres, places: Places) -> None:
        """A server whose launcher was killed is taken over as it runs."""
        left = int(run_python(START_AND_DIE, str(places.data), PASSWORD).stdout)
        process = asyncio.run(server.start())
        assert process.pid == left
        assert not server.own

    def test_stops_what_it_adopted(self, server: Postgres, places: Places) -> None:
        """An adopted server ends as our own would."""
        left = int(run_python(START_AND_DIE, str(places.data), PASSWORD).stdout)
        asyncio.run(server.start())
        asyncio.run(server.stop())
        assert not alive(left)
        assert not places.pid_file("postgres").exists()

    def test_survives_kill_9(self, server: Postgres) -> None:
        """After kill -9 of the postmaster the next start comes up on the same port."""
        first = asyncio.run(server.start())
        port = server.port
        os.kill(first.pid, signal.SIGKILL)
        second = asyncio.run(server.start())
        assert second.pid != first.pid
        assert server.port == port
        assert asyncio.run(ask(server, "SELECT 1")) == 1

    @pytest.mark.parametrize("text", ["{living}\n/elsewhere\n1\n1\n\n\n\nready\n", "999999999\n", "", "no number\n"])
    def test_survives_a_stale_pid_file(self, server: Postgres, places: Places, text: str) -> None:
        """A postmaster.pid that names another process, none, or nothing at all does not stop a start."""
        asyncio.run(server.start())
        asyncio.run(server.stop())
        (places.postgres / "postmaster.pid").write_text(text.format(living=os.getpid()))
        asyncio.run(server.start())
        assert asyncio.run(ask(server, "SELECT 1")) == 1

    def test_says_that_the_password_is_another(self, server: Postgres, places: Places) -> None:
        """Data that was made with other secrets is refused in one sentence."""
        asyncio.run(server.start())
        with pytest.raises(EmbeddedError, match=r"restore that file"):
            asyncio.run(Postgres(places, "another", fast=True).start())

    def test_says_that_it_cannot_start(self, server: Postgres, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder without PostgreSQL's programs is one sentence that names PG_BIN."""
        monkeypatch.setenv("PG_BIN", str(places.data))
        with pytest.raises(EmbeddedError, match="set PG_BIN"):
            asyncio.run(server.start())
