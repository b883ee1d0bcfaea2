"""manage doctor: nothing to say of a healthy installation; of a broken one, what is broken and how to mend it."""

from collections.abc import Callable

import pytest
from pydantic import SecretStr

from app.config import Settings
from app.doctor import Finding, examine
from tests.support.scratch import run_sql, scratch_database
from tests.support.shops import Shops, product

SQL = {
    "policies and grants: policy": "DROP POLICY products_app ON products",
    "policies and grants: FORCE": "ALTER TABLE products NO FORCE ROW LEVEL SECURITY",
    "policies and grants: grant": "GRANT SELECT ON credentials TO atrium_app",
    "migrations": "UPDATE alembic_version SET version_num = '0000'",
}


def with_example_secret(settings: Settings) -> Settings:
    """Somebody copied the example."""
    secrets = settings.secrets.model_copy(update={"cursor_key": SecretStr("change-me-" * 4)})
    return settings.model_copy(update={"secrets": secrets})


def with_wrong_role(settings: Settings) -> Settings:
    """Somebody gave the API the login of the relay, which looks past the policies."""
    database = settings.database.model_copy(update={"url": settings.database.system_url})
    return settings.model_copy(update={"database": database})


def without_redis(settings: Settings) -> Settings:
    """Nobody listens there."""
    return settings.model_copy(update={"redis": settings.redis.model_copy(update={"url": "redis://127.0.0.1:1/0"})})


SETTINGS: dict[str, Callable[[Settings], Settings]] = {
    "secrets": with_example_secret,
    "database.url": with_wrong_role,
    "redis": without_redis,
}


def bad(findings: list[Finding]) -> dict[str, Finding]:
    """The faults, by name."""
    return {finding.name: finding for finding in findings if not finding.well}


async def test_healthy(settings: Settings) -> None:
    """An installation as the migrations make it has no fault, and everything was looked at."""
    async with scratch_database(settings) as scratch:
        findings = await examine(scratch)
    assert bad(findings) == {}
    assert len(findings) > 10


@pytest.mark.parametrize("name", SQL)
async def test_broken_database(settings: Settings, name: str) -> None:
    """A change that nobody declared is found and told how to mend."""
    async with scratch_database(settings) as scratch:
        await run_sql(scratch.database.owner_url, SQL[name])
        found = bad(await examine(scratch))
    assert name.split(":", maxsplit=1)[0] in found
    assert all(finding.mend for finding in found.values())


@pytest.mark.parametrize("name", SETTINGS)
async def test_broken_settings(settings: Settings, name: str) -> None:
    """Settings that point at the wrong thing are found by name, and the rest is looked at all the same."""
    found = bad(await examine(SETTINGS[name](settings)))
    assert set(found) >= {name}


async def test_wrong_role_is_seen_by_its_effect(settings: Settings, shops: Shops) -> None:
    """The probe on a real table sees what an unbound connection must not see."""
    shop = await shops.shop()
    await shop.owner.post("/products", json=product())
    owner = settings.database.model_copy(update={"url": settings.database.owner_url})
    assert "binding" in bad(await examine(settings.model_copy(update={"database": owner})))
