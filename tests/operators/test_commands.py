"""`manage user`, `operator` and `tenant`: the first people of an installation without mail, seed or magic ids."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
from typer.testing import CliRunner, Result

from app.config import Settings
from app.manage import serving, tenants
from app.manage.cli import cli
from tests.auth.test_refresh import outcome
from tests.auth.test_sign_in import login
from tests.support.clock import MovableClock
from tests.support.factors import enrol
from tests.support.mailbox import Mailbox
from tests.support.shops import API, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

PASSWORD = "seven brave otters"
Run = Callable[..., Result]


@pytest.fixture
def manage(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the worker's own servers."""
    for module in (serving, tenants):
        monkeypatch.setattr(module, "settings_with_logs", lambda: settings)
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


async def test_lost_factor(
    manage: Run, shops: Shops, clock: MovableClock, owner: "asyncpg.Connection", mailbox: Mailbox
) -> None:
    """Requirement 12: whoever lost phone and codes gets in by the password again; sessions end, log and mail tell of it."""
    enrolled = await enrol(shops, clock)
    person = enrolled.person
    half = await enrolled.half()
    done = await asyncio.to_thread(manage, "user", "reset-mfa", person.email)
    assert done.exit_code == 0, done.output
    assert (await person.get("/me")).json()["details"]["code"] == "session_ended"
    assert (await login(person)).status_code == 200
    assert outcome(await enrolled.sign_in(enrolled.codes[0], half)) == (401, "mfa_token_invalid")
    assert await owner.fetchval("SELECT count(*) FROM recovery_codes WHERE user_id = $1", person.user_id) == 0
    by = "SELECT actor FROM audit_entries WHERE action = 'operators.user.mfa_reset' AND target = $1"
    assert await owner.fetchval(by, f"user:{person.user_id}") == "command"
    assert mailbox.last(person.email).subject == "Your second factor is off"
    again = await asyncio.to_thread(manage, "user", "reset-mfa", person.email)
    assert (again.exit_code, "no second factor" in again.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("user", "disable", "no@one.example"), "Nobody has the address"),
        (("user", "reset-mfa", "no@one.example"), "Nobody has the address"),
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


async def test_end_of_a_tenant(manage: Run, shops: Shops, owner: "asyncpg.Connection", tmp_path: Path) -> None:
    """Exported and verified; marked for deletion with the slug typed out; purged when it is due, with a certificate."""
    shop, file = await shops.shop(), tmp_path / "e.zip"

    async def run(*words: str) -> Result:
        return await asyncio.to_thread(manage, *words)

    assert (await run("tenant", "export", shop.slug, "--to", str(file))).exit_code == 0
    assert "is whole" in (await run("tenant", "verify-export", str(file))).output
    file.write_bytes(b"no archive")
    assert (await run("tenant", "verify-export", str(file))).exit_code == 1
    wrong = await run("tenant", "delete", shop.slug, "--confirm", "another")
    assert (wrong.exit_code, "nothing was done" in wrong.output) == (1, True)
    assert "to be purged" in (await run("tenant", "delete", shop.slug, "--confirm", shop.slug)).output
    early = await run("tenant", "purge", shop.slug)
    assert (early.exit_code, "may be kept until" in early.output) == (1, True)
    await owner.execute("UPDATE tenants SET deletion_due_at = now() WHERE id = $1", shop.id)
    certificates = [json.loads(line) for line in (await run("tenant", "purge", "--due")).output.splitlines()]
    assert str(shop.id) in {item["tenant_id"] for item in certificates}
    assert (await run("tenant", "purge")).exit_code == 2
