"""manage doctor on Redis: away, too old, throwing keys away, keeping nothing, full, hosted."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from app.doctor import examine
from app.embedded.servers import Servers
from tests.test_doctor import bad, remembered, with_redis


@pytest.fixture(autouse=True)
def _compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the other looks: no test here changes tables."""
    monkeypatch.setattr("app.doctor.schema.migrate.table_drift", remembered)


@pytest.fixture
def redis_server(own_server: Servers) -> Iterator[Any]:
    """The own Valkey, as its administrator; what a test changes is put back."""
    with Redis.from_url(own_server.settings().redis.url, decode_responses=True) as admin:
        kept = admin.config_get("appendonly", "save")
        yield admin
        admin.config_set("maxmemory-policy", "noeviction")
        admin.config_set("maxmemory", 0)
        admin.config_set("appendonly", kept["appendonly"])
        admin.config_set("save", kept["save"])
        admin.acl_deluser("hosted", "blind", "mute")


class TestRedis:
    """The carrier"""

    @pytest.mark.parametrize(
        ("url", "told"),
        [
            ("redis://127.0.0.1:1/0", "cannot be reached"),
            ("redis://no-such-host.invalid/0", "cannot be reached"),
            ("http://127.0.0.1/0", "cannot be read"),
            ("{wrong}", "refuses the login"),
            ("{high}", "refuses"),
        ],
    )
    async def test_away(self, own_server: Servers, url: str, told: str) -> None:
        """Redis away, a wrong password, a number of a database that it has not: told, and nothing else is."""
        right = own_server.settings().redis.url
        wrong, high = re.sub(r":[^:@/]+@", ":wrong-password@", right), right.rsplit("/", 1)[0] + "/9999"
        found = bad(await examine(with_redis(own_server.settings(), url.format(wrong=wrong, high=high))))
        assert set(found) == {"redis"}
        assert told in found["redis"].found
        assert "ATRIUM_REDIS__URL" in found["redis"].mend

    async def test_eviction(self, own_server: Servers, redis_server: Any) -> None:
        """A server that throws keys away is a fault; the command, run as it stands, mends it."""
        redis_server.config_set("maxmemory-policy", "allkeys-lru")
        found = bad(await examine(own_server.settings()))["redis eviction"]
        words = shlex.split(found.mend.split("    #")[0])
        assert words[:3] == ["redis-cli", "-u", "$(echo $ATRIUM_REDIS__URL | sed s#//:#//default:#)"]
        redis_server.execute_command(*words[3:])
        assert bad(await examine(own_server.settings())) == {}

    @pytest.mark.parametrize(
        ("log", "snapshots", "told"),
        [("yes", "", "on"), ("no", "3600 1", "on"), ("no", "", "off: a restart delays deliveries by one lease")],
    )
    async def test_persistence(
        self, own_server: Servers, redis_server: Any, log: str, snapshots: str, told: str
    ) -> None:
        """An append-only file or snapshots are told; without both nothing is lost but time, which is no fault."""
        redis_server.config_set("appendonly", log)
        redis_server.config_set("save", snapshots)
        findings = await examine(own_server.settings())
        assert bad(findings) == {}
        assert next(finding.found for finding in findings if finding.name == "redis persistence") == told

    async def test_old(self, own_server: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
        """A server before the oldest that is served is too old."""
        monkeypatch.setattr("app.doctor.carrier.OLDEST", {"redis": 1_000, "valkey": 1_000})
        found = bad(await examine(own_server.settings()))
        assert set(found) == {"redis"}
        assert re.fullmatch(r"(redis|valkey) [\d.]+ is too old", found["redis"].found)
        assert re.fullmatch(r"run (redis|valkey) 1000 or newer", found["redis"].mend)

    async def test_full(self, own_server: Servers, redis_server: Any) -> None:
        """A server that is nearly full is a fault."""
        redis_server.config_set("maxmemory", redis_server.info("memory")["used_memory"] + 100_000)
        assert "MiB used" in bad(await examine(own_server.settings()))["redis memory"].found

    @pytest.mark.parametrize(
        ("user", "forbidden", "states"),
        [
            ("hosted", "-config", {"redis": "ok", "redis eviction": "ok", "redis persistence": "unknown"}),
            (
                "blind",
                "-config -info",
                {"redis": "unknown", "redis eviction": "unknown", "redis persistence": "unknown"},
            ),
            ("mute", "-@all", {"redis": "bad"}),
        ],
    )
    async def test_forbidden(
        self, own_server: Servers, redis_server: Any, user: str, forbidden: str, states: dict[str, str]
    ) -> None:
        """Hosted servers forbid CONFIG, some INFO: what cannot be known is said to be unknown, and is no fault."""
        redis_server.config_set("maxmemory-policy", "noeviction")
        redis_server.execute_command("ACL", "SETUSER", user, "on", ">secret", "~*", "+@all", *forbidden.split())
        place = own_server.settings().redis.url.rsplit("@", 1)[1]
        findings = await examine(with_redis(own_server.settings(), f"redis://{user}:secret@{place}"))
        found = {finding.name: finding.state for finding in findings if finding.name in states}
        assert found == states
