"""docs/architecture.md shows what the code says; the request's way is seen to be taken."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

import pytest

from tests.support.shops import Shops, product
from tools.architecture import DOCUMENT, module_graph, pictures, reduced, tables
from tools.request_path import METHOD, PARTICIPANTS, PATH, STEPS, Step
from tools.written import rewritten


class TestDocument:
    """make docs, make check"""

    def test_current(self) -> None:
        """The committed pictures are those that the code makes now; else: make docs."""
        text = DOCUMENT.read_text()
        assert rewritten(text, pictures()) == text

    def test_stale_is_seen(self) -> None:
        """A picture that lost an arrow is not current."""
        text = DOCUMENT.read_text()
        less = text.replace("    auth --> db\n", "", 1)
        assert less != text
        assert rewritten(less, pictures()) == text


class TestModuleGraph:
    """The imports"""

    def test_what_follows_is_left_out(self) -> None:
        """An import that others imply is not drawn."""
        assert reduced({("a", "b"), ("b", "c"), ("a", "c")}) == {("a", "b"), ("b", "c")}

    def test_circle(self) -> None:
        """Parts that import each other in a circle cannot be drawn."""
        with pytest.raises(ValueError, match="a, b"):
            reduced({("a", "b"), ("b", "a"), ("b", "c")})

    def test_shapes(self) -> None:
        """Modules with a manifest, folders and files differ."""
        drawn = module_graph({("modules.catalog", "db"), ("db", "config_of_none")})
        assert '    modules_catalog[["modules/catalog"]]' in drawn
        assert '    db["db"]' in drawn
        assert '    config_of_none(["config_of_none"])' in drawn


class TestTables:
    """The tables"""

    def test_class_and_keys(self) -> None:
        """A table shows its class and its keys, a foreign key its columns; what is no key is left out."""
        drawn = tables()
        assert '    products["products (tenant)"] {\n        uuid tenant_id PK, FK, UK\n        uuid id PK\n' in drawn
        assert '    events ||--o{ deliveries : "tenant_id, event_id"' in drawn
        assert '    users ||--o| credentials : "user_id"' in drawn
        assert "password_hash" not in drawn


class TestRequestPath:
    """The way of a request"""

    @pytest.mark.parametrize("function", ["app.db.uow:UnitOfWork.comit", "app.db.uow:UnitOfWork.commit.<locals>.gone"])
    def test_missing_function(self, function: str) -> None:
        """A function that is gone is named."""
        with pytest.raises(LookupError, match=function.rpartition(".")[0]):
            _ = Step("route", "uow", function, "").code

    def test_participants(self) -> None:
        """Every step goes from a participant to a participant."""
        assert {key for step in STEPS for key in (step.asker, step.asked)} == set(PARTICIPANTS)

    async def test_order(self, shops: Shops) -> None:
        """A request calls the drawn functions, first in the drawn order, each of them."""
        shop = await shops.shop()
        wanted = [step.code for step in STEPS]
        with first_calls(wanted) as called:
            answer = await shop.member.call(METHOD, PATH, json=product())
        assert answer.status_code == 201
        assert [code.co_qualname for code in called] == [code.co_qualname for code in wanted]


@contextmanager
def first_calls(wanted: list[CodeType]) -> Iterator[list[CodeType]]:
    """The wanted functions in the order in which they are first called meanwhile."""
    called: list[CodeType] = []
    own = asyncio.current_task()  # what commits in the background meanwhile is not the request's

    def look(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code in wanted and frame.f_code not in called and asyncio.current_task() is own:
            called.append(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield called
    finally:
        sys.setprofile(before)
