"""Every row of `make faults`, in small."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.report import line
from tests.faults.rows import ROWS, Plan, Row
from tests.faults.site import Site, site

PLAN = Plan(seed=20_261_128, operations=20, kills=1, writers=3, drain_seconds=1.0)
LEASE_SECONDS = 1.0


@pytest.fixture(scope="module")
async def installation() -> AsyncIterator[Site]:
    """One for all rows: each has a tenant of its own."""
    async with site(lease_seconds=LEASE_SECONDS) as made:
        yield made


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
async def test_row(installation: Site, row: type[Row]) -> None:
    """What must hold does, and the faults fired."""
    outcome = await row(installation, PLAN).run()
    assert outcome.holds, line(outcome)
    assert outcome.counts["ok"] >= PLAN.operations
