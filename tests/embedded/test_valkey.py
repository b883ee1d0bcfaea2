"""Promises of the launcher of Valkey, on real servers."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError
from redis.retry import Retry

from app.embedded.places import Places
from app.embedded.processes import alive
from app.embedded.valkey import Valkey
from tests.embedded.support import PASSWORD, run_python, until

START_AND_DIE = """
import asyncio, os, sys
from pathlib import Path
from app.embedded.places import Places
from app.embedded.valkey import Valkey
process = asyncio.run(Valkey(Places.prepare(Path(sys.argv[1])), sys.argv[2]).start())
os.write(1, str(process.pid).encode())
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.prepare(tmp_path / "the data")


@pytest.fixture
def server(places: Places) -> Iterator[Valkey]:
    server = Valkey(places, PASSWORD)
    yield server
    asyncio.run(server.stop())


class TestStart:
    def test_asks_for_the_password(self, server: Valkey) -> None:
        """Who has no password is refused; the URL carries it."""
        asyncio.run(server.start())
        with (
            Redis(host="127.0.0.1", port=server.port, retry=Retry(NoBackoff(), 0)) as stranger,
            pytest.raises(AuthenticationError),
        ):
            stranger.ping()
        with Redis.from_url(server.url()) as client:
            assert client.ping()

    @pytest.mark.skipif(not Path("/proc").exists(), reason="reads the command line from /proc")
    def test_keeps_the_password_off_the_command_line(self, server: Valkey) -> None:
        """No user of the machine sees the password in a list of processes."""
        process = asyncio.run(server.start())
        assert PASSWORD.encode() not in Path(f"/proc/{process.pid}/cmdline").read_bytes()

    def test_adopts_what_a_dead_launcher_left(self, server: Valkey, places: Places) -> None:
        """A server whose launcher was killed is taken over as it runs, and ends when asked."""
        left = int(run_python(START_AND_DIE, str(places.data), PASSWORD).stdout)
        process = asyncio.run(server.start())
        assert process.pid == left
        asyncio.run(server.stop())
        assert not alive(left)

    def test_keeps_data_and_port_over_a_restart(self, server: Valkey) -> None:
        """What was written is there after a stop and a start, on the same port."""
        asyncio.run(server.start())
        port = server.port
        with Redis.from_url(server.url()) as client:
            client.set("key", "value")
        asyncio.run(server.stop())
        asyncio.run(server.start())
        with Redis.from_url(server.url()) as client:
            assert client.get("key") == b"value"
        assert server.port == port

    def test_survives_kill_9_and_a_stale_pid_file(self, server: Valkey, places: Places) -> None:
        """After kill -9, and with a pid file that names another process, the next start comes up."""
        first = asyncio.run(server.start())
        os.kill(first.pid, signal.SIGKILL)
        until(lambda: first.ended() is not None, "the end of the first")
        places.pid_file("redis").write_text(f"{os.getpid()}\n")
        second = asyncio.run(server.start())
        assert second.pid not in {first.pid, os.getpid()}
