"""The table of operations and cases, counted from the document; the suite sends what is counted here."""

from collections import Counter

from app.extensions.routing import ModularApp
from tests.hostile.corpus import counts
from tests.hostile.surface import surfaces
from tests.hostile.world import short

GROUPS: dict[str, tuple[str, ...]] = {
    "headers": ("headers", "credentials", "tenant", "versions", "idempotency"),
    "method and path": ("method", "path"),
    "query": ("query",),
    "body": ("body", "media type", "shape", "mass assignment"),
    "fields": ("field",),
    "controls": ("controls",),
}
"""Columns, and the families of cases in each."""


def parts(app: ModularApp) -> dict[str, str]:
    """What is written into the document, by its name."""
    rows = {short(surface): counts(surface, whole=True) for surface in surfaces(app)}
    in_test = sum(counts(surface, whole=False).total() for surface in surfaces(app))
    whole: Counter[str] = sum(rows.values(), Counter())
    head = ["operation", *GROUPS, "all"]
    lines = [
        head,
        ["---"] * len(head),
        *(_row(f"`{name}`", found) for name, found in rows.items()),
        _row("**all**", whole),
    ]
    told = f"{len(rows)} operations, {whole.total():,} requests in the long run, {in_test:,} in `make test`, {whole['controls']:,} of them controls.\n"
    return {"wrong requests": told + "\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)}


def line(written: dict[str, str]) -> str:
    """The sum in one line."""
    return written["wrong requests"].splitlines()[0]


def _row(name: str, found: Counter[str]) -> list[str]:
    sums = [sum(found[family] for family in families) for families in GROUPS.values()]
    assert sum(sums) == found.total(), f"a family is in no column: {found}"
    return [name, *(f"{each:,}" for each in sums), f"{found.total():,}"]
