"""`manage user`, `operator` and `tenant`: the first people of an installation without mail, seed or magic ids."""

import asyncio
import re
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from typer.testing import CliRunner, Result

from app.config import Settings
from app.manage import serving
from app.manage.cli import cli
from tests.support.shops import API

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

PASSWORD = "seven brave otters"
Run = Callable[..., Result]


@pytest.fixture
def manage(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the worker's own servers."""
    monkeypatch.setattr(serving, "settings_with_logs", lambda: settings)
    return lambda *words, typed=None: CliRunner().invoke(cli, list(words), input=typed)


async def test_first_people(manage: Run, client: httpx.AsyncClient) -> None:
    """From nothing to an operator and an owner who sign in; revoked, disabled and suspended at once."""
    boss, founder, slug = f"{uuid4().hex}@op.example", f"{uuid4().hex}@op.example", f"c{uuid4().hex[:10]}"

    async def run(*words: str, typed: str | None = None) -> str:
        result = await asyncio.to_thread(manage, *words, typed=typed)
        assert result.exit_code == 0, result.output
        return result.output

    async def sign_in(email: str) -> dict[str, str]:
        answer = await client.post(f"{API}/auth/login", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    await run("user", "create", boss, "--name", "Boss", "--password-stdin", typed=f"{PASSWORD}\n")
    await run("operator", "grant", boss)
    told = await run("user", "create", founder, "--name", "Founder")
    token = re.search(r"#token=(\S+)", told)
    assert token is not None
    chosen = await client.post(f"{API}/auth/password/reset", json={"token": token[1], "password": PASSWORD})
    assert chosen.status_code == 200
    assert slug in await run("tenant", "create", slug, "--name", "Firm", "--owner", founder)
    staff, owner = await sign_in(boss), await sign_in(founder)
    assert (await client.get(f"{API}/operator/tenants", headers=staff)).status_code == 200
    mine = {**owner, "X-Tenant-ID": slug}
    assert (await client.get(f"{API}/me", headers=mine)).json()["roles"] == ["owner"]
    assert "suspended" in await run("tenant", "suspend", slug, "--reason", "unpaid")
    assert (await client.get(f"{API}/products", headers=mine)).status_code == 403
    await run("tenant", "resume", slug)
    assert "standard" in await run("tenant", "plan", slug, "standard")
    assert slug in await run("tenant", "list")
    await run("user", "disable", founder)
    assert (await client.get(f"{API}/products", headers=mine)).status_code == 401
    await run("user", "enable", founder)
    assert await sign_in(founder)
    await run("operator", "revoke", boss)
    assert (await client.get(f"{API}/operator/tenants", headers=staff)).status_code == 403


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("user", "disable", "no@one.example"), "Nobody has the address"),
        (("operator", "grant", "no@one.example"), "Nobody has the address"),
        (("user", "create", "no address", "--name", "X"), "email"),
        (("tenant", "suspend", "no-such-tenant", "--reason", "why"), "no such tenant"),
        (("tenant", "create", "Bad Slug", "--name", "X", "--owner", "a@b.example"), "/slug"),
    ],
)
async def test_refused(manage: Run, words: tuple[str, ...], told: str) -> None:
    """A refusal is one sentence and exit status 1."""
    result = await asyncio.to_thread(manage, *words)
    assert result.exit_code == 1
    assert told in result.output
