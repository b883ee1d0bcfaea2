"""`manage task watch`: a task followed from the command line."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from app.config import Settings
from app.core import views
from app.core.schemas import TaskProgress
from app.db.tasks import NewTask
from app.manage import serving
from app.manage.cli import cli
from app.manage.tasks import bar, words
from tests.support.shops import Shops
from tests.tasks.test_api import change, make

pytestmark = pytest.mark.anyio

Run = Callable[..., Result]


@pytest.fixture
def manage(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the worker's own servers."""
    monkeypatch.setattr(serving, "settings_with_logs", lambda: settings)
    return lambda *given: CliRunner().invoke(cli, list(given))


@pytest.mark.parametrize(("state", "code"), [("succeeded", 0), ("failed", 1), ("cancelled", 1)])
async def test_ended(manage: Run, shops: Shops, owner: asyncpg.Connection, state: str, code: int) -> None:
    """What has ended is told in a line, and the exit status says whether it has succeeded."""
    shop = await shops.shop()
    key = await make(owner, shop, state)
    for tenant in (shop.slug, str(shop.id)):
        result = await asyncio.to_thread(manage, "task", "watch", str(key), "--tenant", tenant)
        assert result.exit_code == code, result.output
        assert state in result.output


async def test_follows(manage: Run, shops: Shops, owner: asyncpg.Connection) -> None:
    """Changes come as they happen, a line each where there is no terminal."""
    shop = await shops.shop()
    key = await make(owner, shop)
    watching = asyncio.create_task(asyncio.to_thread(manage, "task", "watch", str(key), "--tenant", shop.slug))
    await change(owner, key, "done = 5, total = 10, unit = 'rows'")
    await change(owner, key, "state = 'succeeded', finished_at = now()")
    result = await watching
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1] == "succeeded  5/10 rows"


async def test_nobodys(manage: Run, shops: Shops, owner: asyncpg.Connection) -> None:
    """Another tenant's, one that is not there and what is no id are refused in a sentence."""
    shop, other = await shops.shop(), await shops.shop()
    key = await make(owner, other)
    for given in (str(key), str(uuid4()), "x"):
        result = await asyncio.to_thread(manage, "task", "watch", given, "--tenant", shop.slug)
        assert result.exit_code == 1
        assert "Traceback" not in result.output


def test_words() -> None:
    """A bar where the total is known, and none where it is not; a total of nothing is no bar either."""
    found = views.new_task(NewTask(uuid4(), "k", {}, (), "user:x", uuid4(), datetime.now(UTC)))
    assert (bar(found), words(found)) == ("", "queued  0")
    found.progress = TaskProgress(5, 20, "rows", "reading", None)
    assert bar(found) == f"[{'#' * 7}{'.' * 23}]  25%  "
    assert words(found) == "queued  5/20 rows  reading"
    found.progress = TaskProgress(0, 0, None, None, None)
    assert bar(found) == ""
