"""The database's logins: whether each URL leads where it should, and who answers there."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg
from asyncpg.transaction import Transaction

from app.config import Database, Settings
from app.db.base import Role
from app.db.bootstrap import OWNER
from app.doctor.findings import ANSWER_SECONDS, CONNECT_SECONDS, Finding, bootstrap, judged

LOGINS = {"url": str(Role.APP), "identity_url": str(Role.IDENTITY), "system_url": str(Role.SYSTEM), "owner_url": OWNER}
OLDEST = 150_000
STATEMENTS = 100
WHO = "SELECT session_user::text, current_setting('server_version'), current_setting('server_version_num')::int"
POOLERS = ("authentication failed", "no such user")
AWAY = (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, TimeoutError)
Connection = asyncpg.Connection


@dataclass(frozen=True)
class Patient:
    """An installation that is looked at: its settings, and a connection for each URL that leads to a database."""

    settings: Settings
    connections: dict[str, Connection]

    @property
    def database(self) -> str:
        """The name of the database, as the app's URL has it."""
        return database_name(self.settings.database)

    def close(self) -> None:
        """Let the connections go."""
        for connection in self.connections.values():
            connection.terminate()


def database_name(settings: Database) -> str:
    """The database that the app's URL names."""
    try:
        return urlsplit(settings.url).path.lstrip("/") or "atrium"
    except ValueError:
        return "atrium"


async def connect(url: str, *, statement_cache: bool = False) -> Connection:
    """A connection that neither waits long nor leaves anything in a pooler's backend.

    Raises:
        One of AWAY.
    """
    return await asyncpg.connect(
        url,
        timeout=CONNECT_SECONDS,
        command_timeout=ANSWER_SECONDS,
        statement_cache_size=STATEMENTS if statement_cache else 0,
    )


def reading(connection: Connection) -> Transaction:
    """A transaction that writes nothing: a pooler in between keeps to one backend meanwhile."""
    return connection.transaction(readonly=True)


async def reach(settings: Settings) -> tuple[Patient, list[Finding]]:
    """Try every URL at once, so that servers that do not answer cost seconds and not minutes."""
    database = settings.database
    given = {setting: url for setting in LOGINS if (url := getattr(database, setting))}
    made = await asyncio.gather(*(_knock(database, setting, url) for setting, url in given.items()))
    connections = {setting: found for setting, found in zip(given, made, strict=True) if not isinstance(found, Finding)}
    findings = [
        found if isinstance(found, Finding) else await _answer(database, setting, found)
        for setting, found in zip(given, made, strict=True)
    ]
    return Patient(settings, connections), findings


async def _knock(database: Database, setting: str, url: str) -> Connection | Finding:
    try:
        return await connect(url)
    except AWAY as error:
        found, mend = _explained(error, database, setting)
        return Finding(f"database.{setting}", False, found, mend)


async def _answer(database: Database, setting: str, connection: Connection) -> Finding:
    role = LOGINS[setting]
    async with reading(connection):
        [row] = await connection.fetch(WHO)
    user, version, number = row
    faults = [] if user == role else [f"logs in as {user}, not {role}"]
    mend = (
        f"set {variable(setting)} to the login of {role}; if its password is lost: {bootstrap(database_name(database))}"
    )
    if number < OLDEST:
        faults, mend = [*faults, f"PostgreSQL {version} is too old"], f"run PostgreSQL {OLDEST // 10_000} or newer"
    return judged(f"database.{setting}", faults, f"logs in as {user}, PostgreSQL {version}", mend)


def variable(setting: str) -> str:
    """The environment variable of a URL."""
    return f"ATRIUM_DATABASE__{setting.upper()}"


def _explained(error: Exception, database: Database, setting: str) -> tuple[str, str]:
    """What the error means, and what to do."""
    text = str(error) or type(error).__name__
    again = bootstrap(database_name(database))
    # A pooler refuses in its own words, and all under one code.
    is_pooler = isinstance(error, asyncpg.ProtocolViolationError) and any(word in text for word in POOLERS)
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError) or is_pooler:
        return (
            f"refuses the login: {text}",
            f"mend the password in {variable(setting)}; or, to set the one that stands there: {again}",
        )
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return f"has no such database: {text}", f"{again}; then manage migrate"
    if isinstance(error, asyncpg.InsufficientPrivilegeError):
        return f"refuses the role: {text}", again
    if isinstance(error, asyncpg.TooManyConnectionsError):
        return f"is full: {text}", "close what is idle, put a pooler in front, or raise max_connections"
    if isinstance(error, asyncpg.CannotConnectNowError):
        return f"is starting or stopping: {text}", "wait for the server, then run manage doctor again"
    if isinstance(error, TimeoutError):
        return (
            f"does not answer within {CONNECT_SECONDS:.0f} s",
            f"see to the server, the network or {variable(setting)}",
        )
    if isinstance(error, ValueError | asyncpg.InterfaceError):
        return (
            f"cannot be read: {text}",
            f"set {variable(setting)} to postgresql://{LOGINS[setting]}:PASSWORD@HOST:5432/DATABASE",
        )
    return f"cannot be reached: {text}", f"start the server, or mend {variable(setting)}"
