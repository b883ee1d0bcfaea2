"""Settings: Dynaconf loads them once, a frozen and validated model carries them.

Nothing else in Atrium reads a settings file or the environment. A nested read of the frozen model costs 70 ns against
3.8 µs through Dynaconf, and mypy knows every name (ADR 0004).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from dynaconf import Dynaconf
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

ROOT = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"
ENVIRONMENTS = ("development", "testing", "production")
SECTIONS = ("database", "redis", "auth", "web", "events", "logs", "metrics", "tenants", "plans", "secrets", "embedded")
MIN_SECRET = 32
SERVING_URLS = ("url", "identity_url", "system_url")


def _split(value: Any) -> Any:
    """Words by comma, as settings write lists: Dynaconf would add a later list to an earlier one, a text it replaces."""
    return tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(gt=0)]


class ConfigError(Exception):
    """Settings that cannot be used; the message lists every fault, one a line."""


class Section(BaseModel):
    """A part of the settings: frozen, and closed to names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Database(Section):
    """Where PostgreSQL is, per role, and how it is used. Empty URLs mean the embedded server."""

    url: str = Field(description="app role: what requests and handlers use")
    identity_url: str = Field(description="identity role: sign-in only")
    system_url: str = Field(description="system role: relay and operators' lists")
    owner_url: str = Field(description="owner role: migrations only; leave it out of serving processes")
    pool_size: Count = Field(description="connections of the app role per process")
    pool_queue: Count = Field(description="requests that may wait for a connection; beyond that 503")
    pool_wait_seconds: Positive = Field(description="how long one of them may wait; then 503")
    statement_cache: bool = Field(description="off behind PgBouncer in transaction mode")
    statement_timeout_ms: Count
    lock_timeout_ms: Count
    idle_in_transaction_ms: Count


class RedisSettings(Section):
    """Where Redis or Valkey is. It carries; it never remembers."""

    url: str


class SigningKey(Section):
    """A key of access tokens. The first of the list signs, all verify until they expire."""

    kid: str = Field(min_length=1, max_length=64)
    alg: Literal["HS256"] = "HS256"
    secret: SecretStr = Field(min_length=MIN_SECRET)


class Argon2(Section):
    """Cost of a password hash (RFC 9106) and the size of the thread pool that computes it."""

    memory_kib: Count
    time_cost: Count
    parallelism: Count
    threads: Count
    queue: Count = Field(description="hashes that may wait for a thread; beyond that 503")


class LoginLimit(Section):
    """Failed sign-ins allowed in a window, per account and per address."""

    failures_per_account: Count
    failures_per_address: Count
    window_seconds: Count


class Auth(Section):
    """Sign-in: tokens, sessions, passwords."""

    issuer: str
    audience: str
    access_seconds: Count
    session_idle_seconds: Count
    session_absolute_seconds: Count
    argon2: Argon2
    login_limit: LoginLimit
    keys: tuple[SigningKey, ...] = Field(min_length=1)


class Web(Section):
    """The HTTP surface."""

    hosts: Words = Field(min_length=1, description="allowed Host headers, without port")
    origins: Words = Field(description="origins of browsers that may call with credentials")
    trusted_proxies: Words = Field(description="networks whose X-Forwarded-For and X-Request-ID count")
    max_body_bytes: Count
    body_seconds: Positive
    cookie_secure: bool
    docs: bool
    drain_seconds: NotNegative = Field(description="how long a stop goes on serving, unready, until nobody routes here")
    grace_seconds: Positive = Field(description="how long it then waits for running requests before it cuts them off")


class Events(Section):
    """Deliveries: how they are carried, leased and retried."""

    queue_mode: Literal["rq", "inline"]
    lease_seconds: Positive
    poll_seconds: Positive
    max_in_flight: Count = Field(description="deliveries of one tenant that may be leased at once")
    batch: Annotated[int, Field(gt=0, le=100)]
    width: Count = Field(description="deliveries that one worker runs at once")
    max_attempts: Count
    backoff_seconds: Positive


class Logs(Section):
    """What is logged, to standard error, one JSON object a line."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class MetricsSettings(Section):
    """Where each process serves `/metrics`: an internal address, never the public one."""

    host: str = Field(description="the address that the scraper reaches")
    port: Annotated[int, Field(ge=0, le=65_535)] = Field(description="0: none are served")


class Tenants(Section):
    """Limits of tenants."""

    max_owned: Count


class Plan(Section):
    """What a tenant's plan allows."""

    features: Words = ()
    limits: Mapping[str, int] = Field(default_factory=dict)


class Secrets(Section):
    """Keys that sign what leaves the system and comes back."""

    cursor_key: SecretStr = Field(min_length=MIN_SECRET)


class Embedded(Section):
    """Passwords of the embedded servers' roles; unused where real servers are named."""

    postgres: SecretStr = Field(min_length=MIN_SECRET)
    owner: SecretStr = Field(min_length=MIN_SECRET)
    app: SecretStr = Field(min_length=MIN_SECRET)
    identity: SecretStr = Field(min_length=MIN_SECRET)
    system: SecretStr = Field(min_length=MIN_SECRET)
    redis: SecretStr = Field(min_length=MIN_SECRET)


class Settings(Section):
    """Everything that an installation decides."""

    env: Literal["development", "testing", "production"]
    database: Database
    redis: RedisSettings
    auth: Auth
    web: Web
    events: Events
    logs: Logs
    metrics: MetricsSettings
    tenants: Tenants
    plans: Mapping[str, Plan]
    secrets: Secrets
    embedded: Embedded | None = None


def is_placeholder(secret: str) -> bool:
    """True where a secret is the example's, or hardly random at all."""
    return secret.startswith("change-me") or len(set(secret)) < 8  # noqa: PLR2004 - fewer than 8 different characters


def load_settings(
    overrides: Mapping[str, Any] | None = None, *, folder: Path = ROOT, secrets_file: Path | None = None
) -> Settings:
    """Read settings.toml, .secrets.toml and ATRIUM_ variables of `folder`, with `overrides` (nested) on top.

    `secrets_file` is read in place of the folder's .secrets.toml.

    Raises:
        ConfigError: with every fault, each on a line that names the setting and where to put it.
    """
    raw = Dynaconf(
        root_path=str(folder),
        # whole paths: for a bare name Dynaconf would go on looking in the folder that the process was started in
        settings_files=[str(folder / "settings.toml"), str(secrets_file or folder / ".secrets.toml")],
        environments=True,
        env_switcher="ATRIUM_ENV",
        envvar_prefix="ATRIUM",
        load_dotenv=True,
        merge_enabled=True,
    )
    env = str(raw.current_env).lower()
    if env not in ENVIRONMENTS:
        raise ConfigError(f"ATRIUM_ENV is '{env}'; it must be one of {', '.join(ENVIRONMENTS)}")
    data = _lowered({name: raw.get(name) for name in SECTIONS if raw.get(name) is not None})
    _merge(data, overrides or {})
    faults = _production_faults(data) if env == "production" else []
    try:
        settings = Settings.model_validate({"env": env, **data})
    except ValidationError as error:
        faults = _field_faults(error) + faults
    if faults:
        raise ConfigError("\n  ".join([f"These settings of the environment '{env}' cannot be used:", *faults]))
    return settings


def _lowered(value: Any) -> Any:
    """Plain dictionaries with lower-case keys: Dynaconf upper-cases what comes from the environment."""
    if isinstance(value, Mapping):
        return {str(key).lower(): _lowered(item) for key, item in value.items()}
    return [_lowered(item) for item in value] if isinstance(value, list | tuple) else value


def _merge(target: dict[str, Any], source: Mapping[str, Any]) -> None:
    for key, value in source.items():
        if isinstance(value, Mapping) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value


def _field_faults(error: ValidationError) -> list[str]:
    faults = []
    for fault in error.errors(include_input=False, include_url=False, include_context=False):
        place = ".".join(str(part) for part in fault["loc"])
        variable = "ATRIUM_" + "__".join(str(part).upper() for part in fault["loc"])
        faults.append(f"{place}: {fault['msg']} (settings.toml, .secrets.toml or {variable})")
    return faults


def _production_faults(data: Mapping[str, Any]) -> list[str]:
    """What development forgives: servers of our own, cookies over plain HTTP, example secrets."""
    database, redis, web = (data.get(name) or {} for name in ("database", "redis", "web"))
    faults = [f"database.{name}: name a real server" for name in SERVING_URLS if not database.get(name)]
    faults += [] if redis.get("url") else ["redis.url: name a real server"]
    faults += [] if web.get("cookie_secure") else ["web.cookie_secure: must be true"]
    keys = (data.get("auth") or {}).get("keys") or []
    secrets = {
        f"auth.keys.{number}.secret": key.get("secret") for number, key in enumerate(keys) if isinstance(key, dict)
    }
    secrets["secrets.cursor_key"] = (data.get("secrets") or {}).get("cursor_key")
    faults += [
        f"{place}: is an example value" for place, value in secrets.items() if value and is_placeholder(str(value))
    ]
    return faults
