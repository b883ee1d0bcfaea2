"""The database and its login roles, made by an administrator before any migration runs.

The administrator need not be a superuser: where there is none, as on managed servers, CREATEROLE, CREATEDB and the right
to give BYPASSRLS are enough, and what is lacking is told by name.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg
from pydantic import SecretStr

from app.config import Database
from app.utils.faults import InstallationFault

OWNER = "atrium_owner"
APP = "atrium_app"
IDENTITY = "atrium_identity"
SYSTEM = "atrium_system"
SERVING = (APP, IDENTITY, SYSTEM)
ROLES = (OWNER, *SERVING)
BYPASSING = (OWNER, SYSTEM)
ITERATIONS = "SELECT coalesce(current_setting('scram_iterations', true), '4096')::int"
"""How dear the server wants a password to be: each connection pays it. Before PostgreSQL 16 there is no such setting."""
LOCK = 0x61747269756D  # "atrium": two bootstraps of one server take turns
CONNECT_SECONDS = 10.0
PASSWORD_BYTES = 32
SET_AND_INHERIT = 160_000  # the first version in which a membership says what it allows

KNOWN = "SELECT * FROM pg_roles WHERE rolname = ANY($1::text[])"
MEMBERSHIPS = """
SELECT pg_get_userbyid(roleid) AS granted, pg_get_userbyid(member) AS member, pg_get_userbyid(grantor) AS grantor
FROM pg_auth_members
WHERE pg_get_userbyid(member) = ANY($1::text[])
"""
Admin = asyncpg.Connection


class BootstrapError(InstallationFault):
    """The administrator lacks a right, or cannot be reached; the message says what to do."""


class Passwords(Protocol):
    """A password for each role; None leaves the role's password as it is, and draws one for a role that is made."""

    @property
    def owner(self) -> SecretStr | None:
        """Of the role that migrates."""

    @property
    def app(self) -> SecretStr | None:
        """Of requests and handlers."""

    @property
    def identity(self) -> SecretStr | None:
        """Of sign-in."""

    @property
    def system(self) -> SecretStr | None:
        """Of the relay."""


@dataclass(frozen=True)
class Logins:
    """Passwords that were given or drawn."""

    owner: SecretStr | None = None
    app: SecretStr | None = None
    identity: SecretStr | None = None
    system: SecretStr | None = None


@dataclass(frozen=True)
class _Role:
    name: str
    password: str | None
    iterations: int
    timeouts: dict[str, int]

    def statements(self, known: Any) -> Iterator[str]:
        """What makes the role of the catalogue's row as it must be: only what differs, since only superusers may say the rest."""
        wanted = {
            "SUPERUSER": ("rolsuper", False),
            "CREATEDB": ("rolcreatedb", False),
            "CREATEROLE": ("rolcreaterole", False),
            "REPLICATION": ("rolreplication", False),
            "INHERIT": ("rolinherit", False),
            "LOGIN": ("rolcanlogin", True),
        }
        changes = [word if due else f"NO{word}" for word, (column, due) in wanted.items() if known[column] is not due]
        if self.password is not None:
            # A verifier instead of the password: nothing that a server log could show opens the database.
            changes.append(f"PASSWORD '{scram_verifier(self.password, self.iterations)}'")
        if changes:
            yield f"ALTER ROLE {self.name} WITH {' '.join(changes)}"
        for setting, milliseconds in self.timeouts.items():
            if f"{setting}={milliseconds}" not in (known["rolconfig"] or ()):
                yield f"ALTER ROLE {self.name} SET {setting} = {milliseconds}"


async def bootstrap(admin_url: str, database: str, *, passwords: Passwords, limits: Database) -> dict[str, str]:
    """Make the database, its four roles and their rights as they must be, whatever was there before.

    `admin_url` is an administrator's, on any database of the server. May run again at any time, also twice at once.
    Returns the passwords that were drawn, by role.

    Raises:
        BootstrapError: the administrator cannot be reached or lacks a right; roles that it made meanwhile stay.
    """
    admin = await _connect(admin_url)
    try:
        await admin.execute(f"SELECT pg_advisory_lock({LOCK})")
        drawn, wanted = await _wanted(admin, passwords, limits)
        await _roles(admin, wanted)
        await _database(admin, admin_url, database)
    except asyncpg.InsufficientPrivilegeError as error:
        raise BootstrapError(
            f"The administrator lacks a right: {error}. It must be a superuser, or have CREATEROLE, CREATEDB and, to give"
            " it to others, BYPASSRLS."
        ) from error
    finally:
        await admin.close()
    return drawn


def draw() -> str:
    """A random password."""
    return secrets.token_urlsafe(PASSWORD_BYTES)


def role_url(admin_url: str, role: str, password: str, database: str) -> str:
    """The URL of a role on the administrator's server."""
    parts = urlsplit(admin_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(
        parts._replace(netloc=f"{role}:{quote(password, safe='')}@{place}", path=f"/{quote(database, safe='')}")
    )


def scram_verifier(password: str, iterations: int) -> str:
    """What PostgreSQL stores of an ASCII password (RFC 5803, SCRAM-SHA-256)."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, iterations)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    encoded = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${iterations}:{encoded[0]}${encoded[1]}:{encoded[2]}"


async def _connect(url: str) -> Admin:
    try:
        return await asyncpg.connect(url, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        reason = str(error) or type(error).__name__
        raise BootstrapError(f"The administrator's URL does not lead to a database: {reason}.") from error


async def _wanted(admin: Admin, passwords: Passwords, limits: Database) -> tuple[dict[str, str], list[_Role]]:
    known = {row["rolname"] for row in await admin.fetch(KNOWN, ROLES)}
    given = dict(zip(ROLES, (passwords.owner, passwords.app, passwords.identity, passwords.system), strict=True))
    drawn = {name: draw() for name, password in given.items() if password is None and name not in known}
    waiting = {
        "lock_timeout": limits.lock_timeout_ms,
        "idle_in_transaction_session_timeout": limits.idle_in_transaction_ms,
    }
    serving = {"statement_timeout": limits.statement_timeout_ms, **waiting}
    chosen = {
        name: drawn.get(name) if password is None else password.get_secret_value() for name, password in given.items()
    }
    iterations = int(await admin.fetchval(ITERATIONS))
    # a migration may take its time, but never a queue
    return drawn, [_Role(name, chosen[name], iterations, waiting if name == OWNER else serving) for name in ROLES]


async def _roles(admin: Admin, roles: list[_Role]) -> None:
    known = {row["rolname"] for row in await admin.fetch(KNOWN, ROLES)}
    async with admin.transaction():
        for role in roles:
            if role.name not in known:
                await admin.execute(f"CREATE ROLE {role.name}")
        rows = {row["rolname"]: row for row in await admin.fetch(KNOWN, ROLES)}
        for role in roles:
            await _bypass(admin, role.name, has=rows[role.name]["rolbypassrls"])
            for statement in role.statements(rows[role.name]):
                await admin.execute(statement)
        by_grantor = await _version(admin) >= SET_AND_INHERIT
        for row in await admin.fetch(MEMBERSHIPS, ROLES):
            by = f" GRANTED BY {name_of(row['grantor'])}" if by_grantor else ""
            await admin.execute(f"REVOKE {name_of(row['granted'])} FROM {row['member']}{by}")


async def _bypass(admin: Admin, role: str, *, has: bool) -> None:
    """Give BYPASSRLS to the two roles that need it, and take it from the others."""
    if has is (role in BYPASSING):
        return
    word = "BYPASSRLS" if role in BYPASSING else "NOBYPASSRLS"
    user = await _user(admin)
    try:
        await admin.execute(f"ALTER ROLE {role} {word}")
    except asyncpg.InsufficientPrivilegeError as error:
        raise BootstrapError(
            f"The administrator {user} may not give or take BYPASSRLS, which atrium_owner and atrium_system need (a migration"
            " would else fill nothing and not say so, and the relay would find no delivery). Nothing was made. A superuser"
            f" can give it the right (PostgreSQL 16 or newer: ALTER ROLE {name_of(user)} BYPASSRLS), or run this command;"
            " a provider that grants neither cannot host Atrium."
        ) from error


async def _user(admin: Admin) -> str:
    return str(await admin.fetchval("SELECT session_user"))


async def _database(admin: Admin, admin_url: str, database: str) -> None:
    """Make the database and its rights. An administrator who is no superuser becomes the owner role for the while."""
    user = await _user(admin)
    guest = not await admin.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = $1", user)
    if guest:
        options = " WITH SET TRUE, INHERIT TRUE" if await _version(admin) >= SET_AND_INHERIT else ""
        await admin.execute(f"GRANT {OWNER} TO {name_of(user)}{options}")
    try:
        if not await admin.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database):
            await admin.execute(f"CREATE DATABASE {name_of(database)} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0")
        # While the lock is held: two sessions that grant on one object at once fail.
        inside = await _connect(_on(admin_url, database))
        try:
            await _rights(inside, database)
        finally:
            await inside.close()
    finally:
        if guest:
            await admin.execute(f"REVOKE {OWNER} FROM {name_of(user)}")


async def _version(admin: Admin) -> int:
    return int(await admin.fetchval("SELECT current_setting('server_version_num')"))


async def _rights(inside: Admin, database: str) -> None:
    name = name_of(database)
    statements = (
        f"ALTER DATABASE {name} OWNER TO {OWNER}",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {', '.join(ROLES)}",
        f"GRANT USAGE ON SCHEMA public TO {', '.join(SERVING)}",
    )
    async with inside.transaction():
        for statement in statements:
            await inside.execute(statement)


def name_of(identifier: str) -> str:
    """An identifier as SQL writes it."""
    doubled = identifier.replace('"', '""')
    return f'"{doubled}"'


def _on(dsn: str, database: str) -> str:
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{quote(database, safe='')}"))
