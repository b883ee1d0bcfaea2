"""What may be reached without a permission is a reviewed file, and every operation has a rule."""

from pathlib import Path

from app.extensions.access import Entry, rule_of
from app.extensions.routing import API, ModularApp
from tests.support.routes import rules

LISTED = Path(__file__).parents[2] / "app" / "open_routes.txt"
PAGES = ("/docs", "/docs/assets", "/problems/{code}", f"{API}/openapi.json")


def operations(app: ModularApp) -> set[tuple[str, str]]:
    """Method and path of every operation of the OpenAPI document."""
    return {(method.upper(), path) for path, item in app.openapi()["paths"].items() for method in item}


class TestOpenRoutes:
    """app/open_routes.txt"""

    async def test_exact(self, app: ModularApp) -> None:
        """Requirement 1: the file names every route that needs no permission of a tenant, in order, and no other."""
        entries = {each: rule.entry for each, rule in rules(app).items() if rule.entry is not Entry.PERMISSION}
        lines = [f"{method} {path} {entry}" for (method, path), entry in entries.items()]
        assert LISTED.read_text().splitlines() == sorted(lines)

    async def test_every_operation_has_a_rule(self, app: ModularApp) -> None:
        """The document and the rules know the same operations; fewer would mean that this test no longer sees them."""
        assert len(operations(app)) >= 20
        asides = {("HEAD", "/health/live"), ("HEAD", "/health/ready")}
        assert operations(app) == rules(app).keys() - asides

    async def test_nothing_else_is_served(self, app: ModularApp) -> None:
        """Off the rules stand the pages that the app serves about itself, and nothing else."""
        others = {context.path for context in app.contexts() if not (context.endpoint and rule_of(context.endpoint))}
        assert others == set(PAGES)
