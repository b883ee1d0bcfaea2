"""What README.md shows works as it is shown."""

import importlib.util
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from app.config import ROOT, Settings
from app.embedded.up import WELCOME
from app.extensions.module import Module
from app.extensions.routing import ModularApp
from app.installed import INSTALLED
from app.main import build_app
from tests.support.clock import MovableClock
from tests.support.shops import Shops
from tests.support.statements import look_at

NAME = "hello"
HEADING = "## Writing a module"


def example() -> str:
    """The module that README.md shows."""
    section = (ROOT / "README.md").read_text().partition(HEADING)[2].partition("\n## ")[0]
    blocks: list[str] = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    assert len(blocks) == 1
    return blocks[0]


def test_welcome() -> None:
    """What README.md says that `make run` shows is the beginning of what it shows."""
    welcome = WELCOME.strip().replace("{url}", "http://127.0.0.1:8000")
    shown = re.search(r"Then you see\n\n```\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert shown is not None
    assert welcome.startswith(shown[1])


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Module:
    """Its manifest, from a file that holds what README.md shows and nothing else."""
    path: Path = tmp_path_factory.mktemp("readme") / f"{NAME}.py"
    path.write_text(example())
    spec = importlib.util.spec_from_file_location(NAME, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = loaded
    spec.loader.exec_module(loaded)
    manifest = loaded.MODULE
    assert isinstance(manifest, Module)
    return manifest


@pytest.fixture
async def installed(module: Module, settings: Settings, clock: MovableClock) -> AsyncIterator[ModularApp]:
    """The app with the example among its modules."""
    built = build_app(settings, modules=(*INSTALLED, module), clock=clock, on_query=look_at)
    async with built.router.lifespan_context(built):
        yield built


class TestExample:
    """The example of a module"""

    def test_twelve_lines(self) -> None:
        """Below its imports it has twelve lines, as README.md says."""
        lines = [line for line in example().splitlines() if line and not line.startswith(("from ", "import "))]
        assert len(lines) == 12

    async def test_strangers(self, installed: ModularApp) -> None:
        """Without a token: 401."""
        async with client_of(installed) as client:
            assert (await client.get("/api/v1/hello")).status_code == 401

    async def test_members(self, installed: ModularApp, shops: Shops) -> None:
        """A member is greeted; whoever is none of this tenant learns nothing of it."""
        shop, other = await shops.shop(), await shops.shop()
        async with client_of(installed) as client:
            answer = await client.get("/api/v1/hello", headers=shop.member.headers)
            assert (answer.status_code, answer.json()["msg"]) == (200, f"Hello, {shop.member.email}.")
            foreign = {**shop.member.headers, "X-Tenant-ID": str(other.id)}
            assert (await client.get("/api/v1/hello", headers=foreign)).status_code == 404

    def test_document(self, module: Module, settings: Settings) -> None:
        """It stands in the OpenAPI document, with its permission and its type; not installed, it does not."""
        operation = build_app(settings, modules=(*INSTALLED, module)).openapi()["paths"]["/api/v1/hello"]["get"]
        assert operation["x-permission"] == "hello.greetings:read"
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert answer == {"$ref": "#/components/schemas/DefaultResponse"}
        assert "/api/v1/hello" not in build_app(settings).openapi()["paths"]


def client_of(app: ModularApp) -> httpx.AsyncClient:
    """HTTP without a socket."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver")
