"""Looks at Redis or Valkey. Hosted ones often forbid CONFIG: what INFO tells is enough for all but snapshots."""

from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError, ResponseError

from app.config import Settings
from app.doctor.findings import ANSWER_SECONDS, CONNECT_SECONDS, Finding, judged, unknown

OLDEST = {"redis": 7, "valkey": 8}
# A URL without a user is one that redis-cli takes for a user without a name.
CLI = 'redis-cli -u "$(echo $ATRIUM_REDIS__URL | sed s#//:#//default:#)"'
AWAY = (OSError, RedisError, TimeoutError)


async def look_at_redis(settings: Settings) -> list[Finding]:
    """Reach, version, eviction, persistence; a server that is away is a finding, not an error."""
    try:
        redis = Redis.from_url(
            settings.redis.url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=CONNECT_SECONDS,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
        )
    except ValueError as error:
        return [
            Finding(
                "redis", False, f"redis.url cannot be read: {error}", "set ATRIUM_REDIS__URL to redis://HOST:6379/0"
            )
        ]
    async with redis:
        try:
            await redis.ping()
        except AWAY as error:
            return [_away(error)]
        info = await _told(redis.info())
        config = await _told(redis.config_get("maxmemory-policy", "save"))
    return [_version(info), _eviction(info, config), _persistence(info, config), _room(info)]


async def _told(asked: Any) -> dict[str, Any]:
    """The answer; nothing where the server forbids the question."""
    try:
        return dict(await asked)
    except (NoPermissionError, ResponseError):
        return {}


def _away(error: Exception) -> Finding:
    if isinstance(error, AuthenticationError | NoPermissionError):
        return Finding("redis", False, f"refuses the login: {error}", "mend user and password in ATRIUM_REDIS__URL")
    if isinstance(error, ResponseError):
        return Finding(
            "redis", False, f"refuses: {error}", "mend ATRIUM_REDIS__URL; its number of a database may be too high"
        )
    reason = str(error) or type(error).__name__
    return Finding("redis", False, f"cannot be reached: {reason}", "start the server, or mend ATRIUM_REDIS__URL")


def _version(info: dict[str, Any]) -> Finding:
    name = "valkey" if "valkey_version" in info else "redis"
    version = info.get(f"{name}_version")
    if version is None:
        return unknown("redis", "the server answers and forbids INFO")
    faults = [f"{name} {version} is too old"] if int(str(version).split(".", 1)[0]) < OLDEST[name] else []
    return judged("redis", faults, f"{name} {version}", f"run {name} {OLDEST[name]} or newer")


def _eviction(info: dict[str, Any], config: dict[str, Any]) -> Finding:
    policy = config.get("maxmemory-policy") or info.get("maxmemory_policy")
    if policy is None:
        return unknown(
            "redis eviction",
            "the server forbids CONFIG and INFO",
            "see to maxmemory-policy noeviction where it is hosted",
        )
    faults = (
        [] if policy == "noeviction" else [f"{policy}: a full server would throw jobs away, which only delays them"]
    )
    mend = f"{CLI} CONFIG SET maxmemory-policy noeviction    # and in redis.conf, or where it is hosted, to last"
    return judged("redis eviction", faults, policy, mend)


def _persistence(info: dict[str, Any], config: dict[str, Any]) -> Finding:
    """Losing Redis only delays, so no persistence is a remark and not a fault."""
    log = info.get("aof_enabled")
    if log is None:
        return unknown("redis persistence", "the server forbids INFO")
    if str(log) == "1" or config.get("save"):
        return Finding("redis persistence", True, "on")
    if not config:
        return unknown(
            "redis persistence", "there is no append-only file, and the server forbids CONFIG, which tells of snapshots"
        )
    return Finding("redis persistence", True, "off: a restart delays deliveries by one lease")


def _room(info: dict[str, Any]) -> Finding:
    used, limit = int(info.get("used_memory", 0)), int(info.get("maxmemory", 0))
    if not limit:
        return Finding("redis memory", True, f"{used >> 20} MiB used, no limit told")
    faults = [f"{used >> 20} of {limit >> 20} MiB used"] if used > 0.9 * limit else []
    return judged(
        "redis memory", faults, f"{used >> 20} of {limit >> 20} MiB used", f"{CLI} CONFIG SET maxmemory {limit * 2}"
    )
