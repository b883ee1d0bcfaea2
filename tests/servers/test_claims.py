"""The suite on real servers: it takes none that holds anything of others, and leaves none of its own behind."""

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from redis import Redis

from app.db.bootstrap import ROLES
from app.embedded.servers import Servers
from tests.support.own import without_roles
from tests.support.scratch import run_sql
from tests.support.servers import PREFIX, REDIS_MARK, Carrier, Server, redis_number, with_redis_number

LEFT = """
SELECT count(*) FROM (SELECT rolname FROM pg_roles WHERE rolname = ANY($1::text[])
UNION ALL SELECT datname FROM pg_database WHERE starts_with(datname, $2)) AS found
"""


def left(url: str) -> int:
    """How many of the suite's roles and databases there are."""

    async def count() -> int:
        connection = await asyncpg.connect(url)
        try:
            return int(await connection.fetchval(LEFT, list(ROLES), PREFIX))
        finally:
            await connection.close()

    return asyncio.run(count())


@pytest.fixture
def free(own_server: Servers) -> Iterator[str]:
    """The superuser's URL of a server without an Atrium."""
    loop = asyncio.new_event_loop()
    held = without_roles(own_server)
    yield loop.run_until_complete(held.__aenter__())
    loop.run_until_complete(held.__aexit__(None, None, None))
    loop.close()


class TestServer:
    """PostgreSQL"""

    def test_installation(self, own_server: Servers) -> None:
        """A server with the roles of somebody's installation is refused, and their passwords still hold."""
        with pytest.raises(pytest.UsageError, match=r"roles of an Atrium \(atrium_.*used by atrium\)"):
            Server(own_server.admin_url)
        asyncio.run(run_sql(own_server.settings().database.url, "SELECT 1"))

    def test_roles_alone(self, free: str) -> None:
        """Roles that the suite did not make are refused, though no database depends on them."""
        asyncio.run(run_sql(free, "CREATE ROLE atrium_app"))
        with pytest.raises(pytest.UsageError, match="roles of an Atrium"):
            Server(free)

    def test_used_elsewhere(self, free: str) -> None:
        """The suite's own roles are refused where another database has come to depend on them."""
        kill(Server(free))
        asyncio.run(run_sql(free, "CREATE DATABASE made", "GRANT CONNECT ON DATABASE made TO atrium_app"))
        asyncio.run(ends(free))
        with pytest.raises(pytest.UsageError, match="used by made"):
            Server(free)
        asyncio.run(run_sql(free, "DROP DATABASE made"))

    def test_leaves_nothing(self, free: str) -> None:
        """What was made is dropped at the end, databases and roles."""
        claimed = Server(free)
        asyncio.run(run_sql(free, f"CREATE DATABASE {PREFIX}one OWNER atrium_owner"))
        assert left(free) == len(ROLES) + 1
        claimed.leave()
        assert left(free) == 0

    def test_killed(self, free: str) -> None:
        """What a killed run has left is cleaned by the next."""
        kill(Server(free))
        asyncio.run(run_sql(free, f"CREATE DATABASE {PREFIX}one OWNER atrium_owner"))
        asyncio.run(ends(free))
        claimed = Server(free)
        assert left(free) == len(ROLES)
        claimed.leave()
        assert left(free) == 0

    def test_two_runs(self, free: str) -> None:
        """Of two runs at once on a server the second is refused, and the first loses nothing."""
        first = Server(free)
        with pytest.raises(pytest.UsageError, match="Another run"):
            Server(free)
        assert left(free) == len(ROLES)
        first.leave()

    @pytest.mark.parametrize("url", ["postgresql://x@127.0.0.1:1/y", "mysql://x/y"])
    def test_nowhere(self, url: str) -> None:
        """A URL that leads nowhere is one sentence."""
        with pytest.raises(pytest.UsageError, match="does not lead to a database"):
            Server(url)


def kill(claimed: Server) -> None:
    """Its process ends without a word."""

    async def cut() -> None:
        claimed._admin.terminate()
        await asyncio.sleep(0)

    claimed._loop.run_until_complete(cut())
    claimed._loop.close()


async def ends(url: str) -> None:
    """The server notices that a client was killed."""
    await run_sql(
        url,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()",
    )


@pytest.fixture
def carrier(own_server: Servers) -> Iterator[str]:
    """A Redis that is empty before and after."""
    url = with_redis_number(own_server.settings().redis.url, 4)
    yield url
    for number in range(4, 9):
        redis_at(url, number).flushdb()


class At:
    """A numbered database of a Redis, each word on a connection that is closed at once."""

    def __init__(self, url: str, number: int) -> None:
        self._url = with_redis_number(url, number)

    def __getattr__(self, word: str) -> Any:
        def say(*arguments: Any) -> Any:
            with Redis.from_url(self._url, decode_responses=True) as redis:
                return getattr(redis, word)(*arguments)

        return say


def redis_at(url: str, number: int) -> At:
    """The database of that number."""
    return At(url, number)


class TestCarrier:
    """Redis"""

    @pytest.mark.parametrize("number", [4, 5, 7])
    def test_foreign_key(self, carrier: str, number: int) -> None:
        """A database that holds somebody's key is refused by its number, and the key is still there."""
        redis_at(carrier, number).set("theirs", "1")
        with pytest.raises(pytest.UsageError, match=rf"\[{number}\].* hold keys"):
            Carrier(carrier, range(3))
        assert redis_at(carrier, number).get("theirs") == "1"
        assert not redis_at(carrier, 4).exists(REDIS_MARK)

    def test_others_untouched(self, carrier: str) -> None:
        """Databases that no worker uses are not looked at, let alone emptied."""
        redis_at(carrier, 8).set("theirs", "1")
        Carrier(carrier, range(3)).leave()
        assert redis_at(carrier, 8).get("theirs") == "1"

    def test_killed(self, carrier: str) -> None:
        """What a killed run has left is emptied by the next, which leaves nothing."""
        Carrier(carrier, range(3))._mark.close()
        redis_at(carrier, 6).set("left", "1")
        Carrier(carrier, range(1)).leave()
        assert redis_at(carrier, 6).dbsize() == 0
        assert redis_at(carrier, 4).dbsize() == 0

    def test_too_few(self, carrier: str) -> None:
        """A Redis with too few databases is refused in words."""
        with pytest.raises(pytest.UsageError, match="numbered database for each worker"):
            Carrier(carrier, range(9999))


def test_numbers() -> None:
    """The number is the path of the URL."""
    assert redis_number("redis://:p@h:1/3") == 3
    assert redis_number("redis://h") == 0
    assert with_redis_number("redis://:p@h:1", 2) == "redis://:p@h:1/2"
