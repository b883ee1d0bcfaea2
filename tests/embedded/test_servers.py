"""Promises of the servers together: settings that are filled, roles that are confined."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest

from app.config import Settings
from app.db.bootstrap import bootstrap
from app.embedded.places import Places
from app.embedded.servers import Servers
from tests.embedded.support import settings_without_servers


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_without_servers(tmp_path_factory.mktemp("settings"))


@pytest.fixture(scope="module")
def servers(bare: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    servers = Servers(bare, Places.prepare(tmp_path_factory.mktemp("servers") / "data"), fast=True)
    asyncio.run(servers.start())
    yield servers
    asyncio.run(servers.stop())


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def urls(settings: Settings) -> dict[str, str]:
    database = settings.database
    return {
        "atrium_app": database.url,
        "atrium_identity": database.identity_url,
        "atrium_system": database.system_url,
        "atrium_owner": database.owner_url,
    }


ROLES = ("atrium_app", "atrium_identity", "atrium_system", "atrium_owner")


class TestRoles:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_url_opens_the_database_as_its_role(self, servers: Servers, role: str) -> None:
        """The filled settings carry a working URL for each role."""
        url = urls(servers.settings())[role]
        assert asyncio.run(ask(url, "SELECT current_user || '@' || current_database()")) == f"{role}@atrium"

    @pytest.mark.parametrize("role", ROLES[:3])
    @pytest.mark.parametrize(
        "statement", ["CREATE TABLE t (id int)", "CREATE TEMP TABLE t (id int)", "CREATE SCHEMA s"]
    )
    def test_serving_roles_can_create_nothing(self, servers: Servers, role: str, statement: str) -> None:
        """A serving role makes neither tables, nor temporary ones, nor schemas."""
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            asyncio.run(ask(urls(servers.settings())[role], statement))

    def test_only_owner_and_system_pass_row_security(self, servers: Servers) -> None:
        """BYPASSRLS is with two roles, superuser and role creation with none, and no role is a member of another."""
        found = asyncio.run(
            ask(
                servers.settings().database.url,
                "SELECT array_to_string(array_agg(rolname::text ORDER BY rolname) FILTER (WHERE rolbypassrls), ' ')"
                " || bool_or(rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication)::text"
                " || (SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname LIKE 'atrium%')"
                " FROM pg_roles WHERE rolname LIKE 'atrium%'",
            )
        )
        assert found == "atrium_owner atrium_systemfalse0"

    def test_timeouts_come_from_the_settings(self, servers: Servers, bare: Settings) -> None:
        """The app role's statements end after the settings' time; a migration's do not."""
        serving, owner = servers.settings().database.url, servers.settings().database.owner_url
        milliseconds = "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"
        assert asyncio.run(ask(serving, milliseconds)) == str(bare.database.statement_timeout_ms)
        assert asyncio.run(ask(owner, milliseconds)) == "0"

    def test_bootstrap_may_run_again_and_twice_at_once(self, servers: Servers, bare: Settings) -> None:
        """Roles and rights are put right again without a fault, and the old passwords still hold."""
        passwords = bare.embedded
        assert passwords is not None

        async def twice() -> None:
            once = (bootstrap(servers.admin_url, "atrium", passwords=passwords, limits=bare.database) for _ in range(2))
            await asyncio.gather(*once)

        asyncio.run(twice())
        assert asyncio.run(ask(servers.settings().database.url, "SELECT 1")) == 1


class TestStart:
    def test_a_named_server_is_left_alone(
        self, bare: Settings, servers: Servers, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Where the settings name both servers, none is started and the settings come back as they were."""
        filled = servers.settings()
        others = Servers(filled, Places.prepare(tmp_path_factory.mktemp("none") / "data"), fast=True)
        assert others.postgres is None
        assert others.valkey is None
        assert asyncio.run(others.start()) == filled
