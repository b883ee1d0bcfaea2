"""Requirements 28, 29 and 30: every route that takes files or addresses or answers a table has entered its suite, and passes."""

import pytest

from app.extensions.routing import ModularApp
from tests.hostile.world import World
from tests.suites import addresses, declared, tables, uploads
from tests.suites.entries import ADDRESSES, TABLES, UPLOADS, WORDLESS

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters


async def test_entered(app: ModularApp) -> None:
    """Requirements 28, 29 and 30: what the document declares and what has entered are the same."""
    document = app.openapi()
    assert declared.uploads(document) == UPLOADS.keys(), "tests/suites/entries.py: how do files come in and out?"
    assert declared.addresses(document) == ADDRESSES.keys(), (
        "tests/suites/entries.py: how is an address given and called?"
    )
    assert declared.tables(document) == TABLES.keys() | WORDLESS.keys(), (
        "tests/suites/entries.py: how is the table filled and read?"
    )


async def test_uploads(world: World) -> None:
    """Requirement 28: files are bounded, judged by content, named by us, handed out as attachments."""
    assert [fault for entry in UPLOADS.values() for fault in await uploads.faults(entry, world)] == []


async def test_addresses(world: World) -> None:
    """Requirement 29: what users give is called in public or not at all."""
    assert [fault for entry in ADDRESSES.values() for fault in await addresses.faults(entry, world)] == []


async def test_tables(world: World) -> None:
    """Requirement 30: no cell is calculated, and no text is lost."""
    assert [fault for entry in TABLES.values() for fault in await tables.faults(entry, world)] == []
