"""`manage doctor`: looks at an installation as an operator would, and says of each fault how to mend it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.config import Settings, is_placeholder
from app.db import migrate
from app.db.base import Role
from app.db.revision import head
from app.installed import INSTALLED, metadata
from app.manifests import ManifestError, enabled_modules
from app.utils.ids import uuid7

MAX_CLOCK_SECONDS = 2.0
TIMEOUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, RedisError, TimeoutError)

ROLES = "SELECT rolname, rolsuper, rolbypassrls, rolconfig FROM pg_roles WHERE rolname = ANY($1::text[])"
MEMBERSHIPS = "SELECT r.rolname FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member WHERE r.rolname = ANY($1::text[])"


UNKNOWN_PLANS = (
    "SELECT plan, count(*) AS tenants FROM tenants WHERE plan <> ALL($1::text[]) GROUP BY plan ORDER BY plan"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One look: what was looked at, whether it is well, what was found and how to mend it."""

    name: str
    well: bool
    found: str
    mend: str = ""


Look = Callable[[Settings], Awaitable[list[Finding]]]


async def examine(settings: Settings) -> list[Finding]:
    """All looks at the installation, in a fixed order; a server that is away is a finding, not an error."""
    findings: list[Finding] = []
    for look in LOOKS:
        try:
            findings += await look(settings)
        except AWAY as error:
            findings.append(
                Finding(
                    look.__name__.strip("_"),
                    False,
                    f"{type(error).__name__}: {error}",
                    "start the server, or mend its URL",
                )
            )
    return findings


async def _secrets(settings: Settings) -> list[Finding]:
    values = [key.secret for key in settings.auth.keys if key.secret]
    values += [settings.secrets.cursor_key, settings.secrets.encryption_key]
    well = not any(is_placeholder(value.get_secret_value()) for value in values)
    return [
        Finding(
            "secrets",
            well,
            "random" if well else "an example value",
            "set auth.keys, secrets.cursor_key and secrets.encryption_key to random values",
        )
    ]


async def _modules(settings: Settings) -> list[Finding]:
    mend = "mend modules.disabled, the features of plans, or the manifests"
    try:
        modules = enabled_modules(INSTALLED, settings)
    except ManifestError as error:
        return [Finding("modules", False, str(error), mend)]
    disabled = ", ".join(settings.modules.disabled) or "none"
    return [Finding("modules", True, f"{', '.join(module.name for module in modules)}; disabled: {disabled}")]


async def _plans(settings: Settings) -> list[Finding]:
    async with _connected(settings.database.system_url) as connection:
        rows = await connection.fetch(UNKNOWN_PLANS, list(settings.plans))
    found = ", ".join(f"{row['plan']} of {row['tenants']} tenants" for row in rows)
    mend = "add it as plans.<key> to the settings, or give those tenants another plan: they have no features now"
    return [Finding("plans", not rows, f"unknown: {found}" if rows else "all tenants' plans are known", mend)]


async def _roles(settings: Settings) -> list[Finding]:
    names = [str(role) for role in Role]
    async with _connected(settings.database.url) as connection:
        rows = {row["rolname"]: row for row in await connection.fetch(ROLES, names)}
        members = [row[0] for row in await connection.fetch(MEMBERSHIPS, names)]
    findings = []
    for name in names:
        row = rows.get(name)
        if row is None:
            findings.append(Finding(f"role {name}", False, "missing", "run the bootstrap of roles as an administrator"))
            continue
        bypass_due = name == Role.SYSTEM
        well = not row["rolsuper"] and row["rolbypassrls"] == bypass_due and name not in members
        found = (
            f"superuser {row['rolsuper']}, bypasses policies {row['rolbypassrls']}, member of others {name in members}"
        )
        wanted = "BYPASSRLS" if bypass_due else "NOBYPASSRLS"
        findings.append(
            Finding(f"role {name}", well, found, f"ALTER ROLE {name} NOSUPERUSER {wanted}; revoke its memberships")
        )
        unset = [key for key in TIMEOUTS if not any(item.startswith(f"{key}=") for item in row["rolconfig"] or ())]
        mend = "; ".join(f"ALTER ROLE {name} SET {key} = '15s'" for key in unset)
        findings.append(Finding(f"timeouts of {name}", not unset, f"unset: {unset}" if unset else "set", mend))
    return findings


async def _urls(settings: Settings) -> list[Finding]:
    findings = []
    for setting, role in (("url", Role.APP), ("identity_url", Role.IDENTITY), ("system_url", Role.SYSTEM)):
        async with _connected(getattr(settings.database, setting)) as connection:
            user = await connection.fetchval("SELECT current_user")
        findings.append(
            Finding(f"database.{setting}", user == role, f"connects as {user}", f"give it the login of {role}")
        )
    return findings


async def _schema(settings: Settings) -> list[Finding]:
    async with _connected(settings.database.url) as connection:
        present = await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL")
        revision = await connection.fetchval("SELECT version_num FROM alembic_version") if present else None
    return [Finding("migrations", revision == head(), f"database {revision}, code {head()}", "manage migrate")]


async def _policies_and_grants(settings: Settings) -> list[Finding]:
    if not settings.database.owner_url:
        return [Finding("policies and grants", True, "not looked at: database.owner_url is not given here")]
    differences = await asyncio.to_thread(migrate.drift, settings.database.owner_url, metadata())
    found = "; ".join(differences) or "as declared"
    return [
        Finding(
            "policies and grants", not differences, found, "undo the change, or declare it on the model and migrate"
        )
    ]


async def _binding(settings: Settings) -> list[Finding]:
    """On a real table: unbound sees nothing, bound sees its own tenant alone, and the binding ends with the transaction."""
    async with _connected(settings.database.url) as connection:
        unbound = await connection.fetchval("SELECT count(*) FROM products")
        await connection.execute(f"BEGIN READ ONLY; SET LOCAL app.tenant_id = '{uuid7()}'")
        stranger = await connection.fetchval("SELECT count(*) FROM products")
        await connection.execute("COMMIT")
        after = await connection.fetchval("SELECT count(*) FROM products")
    well = unbound == stranger == after == 0
    found = f"rows seen unbound {unbound}, as a tenant without rows {stranger}, after the transaction {after}"
    return [
        Finding("binding", well, found, "row-level security is off for this role: see the roles and policies above")
    ]


async def _clock(settings: Settings) -> list[Finding]:
    async with _connected(settings.database.url) as connection:
        theirs = await connection.fetchval("SELECT clock_timestamp()")
    seconds = abs((theirs - datetime.now(UTC)).total_seconds())
    return [
        Finding(
            "clock",
            seconds <= MAX_CLOCK_SECONDS,
            f"{seconds:.2f} s apart",
            "synchronise this machine and the database's (NTP)",
        )
    ]


async def _redis(settings: Settings) -> list[Finding]:
    redis = Redis.from_url(settings.redis.url, socket_timeout=2, socket_connect_timeout=2)
    try:
        config = await redis.config_get("maxmemory-policy", "save", "appendonly")
    finally:
        await redis.aclose()
    policy = config.get("maxmemory-policy") or "?"
    kept = bool(config.get("save")) or config.get("appendonly") == "yes"
    return [
        Finding("redis eviction", policy == "noeviction", policy, "CONFIG SET maxmemory-policy noeviction"),
        # Losing Redis only delays, so no persistence is a remark and not a fault.
        Finding("redis persistence", True, "on" if kept else "off: a restart delays deliveries by one lease"),
    ]


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator["asyncpg.Connection"]:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        yield connection
    finally:
        await connection.close()


LOOKS: tuple[Look, ...] = (
    _secrets,
    _modules,
    _plans,
    _urls,
    _roles,
    _schema,
    _policies_and_grants,
    _binding,
    _clock,
    _redis,
)
