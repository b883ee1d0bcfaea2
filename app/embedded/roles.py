"""The database and its login roles, made by an administrator before any migration runs."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from app.config import Database, Embedded

OWNER = "atrium_owner"
APP = "atrium_app"
IDENTITY = "atrium_identity"
SYSTEM = "atrium_system"
SERVING = (APP, IDENTITY, SYSTEM)
BYPASSING = (OWNER, SYSTEM)
SCRAM_ITERATIONS = 4096
LOCK = 0x61747269756D  # "atrium": two bootstraps of one server take turns


@dataclass(frozen=True)
class _Role:
    name: str
    password: str
    timeouts: dict[str, int]

    def statements(self) -> list[str]:
        bypass = "BYPASSRLS" if self.name in BYPASSING else "NOBYPASSRLS"
        kind = f"LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT {bypass}"
        # A verifier instead of the password: nothing that a server log could show opens the database.
        return [
            f"ALTER ROLE {self.name} WITH {kind} PASSWORD '{scram_verifier(self.password)}'",
            *(
                f"ALTER ROLE {self.name} SET {setting} = {milliseconds}"
                for setting, milliseconds in self.timeouts.items()
            ),
        ]


async def bootstrap(admin_dsn: str, database: str, *, passwords: Embedded, limits: Database) -> None:
    """Make the database, its four roles and their rights as they must be, whatever was there before.

    `admin_dsn` is a superuser's, on any database of the server. May run again at any time, also twice at once.

    Raises:
        asyncpg.PostgresError: where the administrator lacks a right.
    """
    admin = await asyncpg.connect(admin_dsn)
    try:
        await admin.execute(f"SELECT pg_advisory_lock({LOCK})")
        await _roles(admin, _wanted(passwords, limits))
        if not await admin.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", database):
            await admin.execute(f"CREATE DATABASE {_name(database)} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0")
        # While the lock is held: two sessions that grant on one object at once fail.
        inside = await asyncpg.connect(_on(admin_dsn, database))
        try:
            await _rights(inside, database)
        finally:
            await inside.close()
    finally:
        await admin.close()


def scram_verifier(password: str) -> str:
    """What PostgreSQL stores of an ASCII password (RFC 5803, SCRAM-SHA-256)."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, SCRAM_ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    encoded = [base64.b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${SCRAM_ITERATIONS}:{encoded[0]}${encoded[1]}:{encoded[2]}"


def _wanted(passwords: Embedded, limits: Database) -> list[_Role]:
    waiting = {
        "lock_timeout": limits.lock_timeout_ms,
        "idle_in_transaction_session_timeout": limits.idle_in_transaction_ms,
    }
    serving = {"statement_timeout": limits.statement_timeout_ms, **waiting}
    return [
        _Role(OWNER, passwords.owner.get_secret_value(), waiting),  # a migration may take its time, but never a queue
        _Role(APP, passwords.app.get_secret_value(), serving),
        _Role(IDENTITY, passwords.identity.get_secret_value(), serving),
        _Role(SYSTEM, passwords.system.get_secret_value(), serving),
    ]


async def _roles(admin: "asyncpg.Connection[asyncpg.Record]", roles: list[_Role]) -> None:
    known = {row["rolname"] for row in await admin.fetch("SELECT rolname FROM pg_roles")}
    async with admin.transaction():
        for role in roles:
            if role.name not in known:
                await admin.execute(f"CREATE ROLE {role.name}")
            for statement in role.statements():
                await admin.execute(statement)


async def _rights(inside: "asyncpg.Connection[asyncpg.Record]", database: str) -> None:
    name = _name(database)
    everyone = ", ".join((OWNER, *SERVING))
    statements = (
        f"ALTER DATABASE {name} OWNER TO {OWNER}",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {everyone}",
        f"GRANT USAGE ON SCHEMA public TO {', '.join(SERVING)}",
    )
    async with inside.transaction():
        for statement in statements:
            await inside.execute(statement)


def _name(identifier: str) -> str:
    doubled = identifier.replace('"', '""')
    return f'"{doubled}"'


def _on(dsn: str, database: str) -> str:
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{quote(database, safe='')}"))
