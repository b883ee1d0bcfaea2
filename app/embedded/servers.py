"""The embedded servers that an installation needs, and the settings that point at them."""

import asyncio

from app.config import Database, Embedded, RedisSettings, Settings
from app.db.bootstrap import APP, IDENTITY, OWNER, SYSTEM, bootstrap
from app.embedded.places import EmbeddedError, Places
from app.embedded.postgres import Postgres
from app.embedded.valkey import Valkey

DATABASE = "atrium"


class Servers:
    """PostgreSQL and Valkey, each only where the settings name no other server.

    Making one starts nothing; it raises EmbeddedError where a server is needed and the settings hold no passwords.
    """

    def __init__(self, settings: Settings, places: Places, *, fast: bool = False, database: str = DATABASE) -> None:
        self._settings = settings
        self._database = database
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        if not settings.database.url:
            self.postgres = Postgres(places, _passwords(settings).postgres.get_secret_value(), fast=fast)
        if not settings.redis.url:
            self.valkey = Valkey(places, _passwords(settings).redis.get_secret_value(), fast=fast)

    @property
    def admin_url(self) -> str:
        """The superuser's URL of the embedded PostgreSQL, which has been started.

        Raises:
            EmbeddedError: where the settings name another server.
        """
        if self.postgres is None:
            raise EmbeddedError("database.url names a server of its own: only its administrator can do this.")
        return self.postgres.url("postgres")

    async def start(self) -> Settings:
        """Start or adopt the servers, make database and roles, and return settings in which every URL is filled.

        Raises:
            EmbeddedError: where a server does not come up; the other one is stopped then.
        """
        try:
            # Not gather: a failure of one must find the other either up or never started.
            async with asyncio.TaskGroup() as group:
                for server in (self.postgres, self.valkey):
                    if server is not None:
                        group.create_task(server.start())
            if self.postgres is not None:
                await bootstrap(
                    self.admin_url, self._database, passwords=_passwords(self._settings), limits=self._settings.database
                )
        except BaseExceptionGroup as group_error:
            await self.stop()
            raise _first(group_error) from group_error
        return self.settings()

    async def stop(self, *, only_own: bool = False) -> None:
        """Stop the servers, within three seconds; with `only_own`, those that were found running stay."""
        servers = [
            server for server in (self.postgres, self.valkey) if server is not None and (server.own or not only_own)
        ]
        await asyncio.gather(*(server.stop() for server in servers))

    def settings(self) -> Settings:
        """The settings with the URLs of the servers that have been started."""
        changes: dict[str, Database | RedisSettings] = {}
        if self.postgres is not None:
            changes["database"] = self._settings.database.model_copy(update=self._database_urls(self.postgres))
        if self.valkey is not None:
            changes["redis"] = self._settings.redis.model_copy(update={"url": self.valkey.url()})
        return self._settings.model_copy(update=changes)

    def _database_urls(self, postgres: Postgres) -> dict[str, str]:
        passwords = _passwords(self._settings)
        roles = {
            "url": (APP, passwords.app),
            "identity_url": (IDENTITY, passwords.identity),
            "system_url": (SYSTEM, passwords.system),
            "owner_url": (OWNER, passwords.owner),
        }
        return {
            name: postgres.url(self._database, role, secret.get_secret_value())
            for name, (role, secret) in roles.items()
        }


def _passwords(settings: Settings) -> Embedded:
    if settings.embedded is None:
        raise EmbeddedError(
            "The settings hold no [embedded] passwords: run make run once, or copy .secrets.example.toml to .secrets.toml."
        )
    return settings.embedded


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
