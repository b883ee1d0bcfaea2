"""Goals 5 and 6: what classes and routes cost. The views do next to nothing, so that nothing hides the difference."""

from collections.abc import Sequence
from functools import partial

from bench.apps.small import last_route, routed, views
from bench.asking import logged
from bench.data import Size
from bench.load import request
from bench.rounds import Aim, Plan, Row, Subject, compare
from bench.server import Server

SMALLEST = Size(tenants=1, rows=1)
FEW, MANY = 10, 500


def classes(plan: Plan) -> Sequence[Row]:
    """Goal 5, and for comparison the class of fastapi-utils against the same function."""
    settings = plan.stage.database("empty", SMALLEST)
    with logged(plan, "views", partial(views, settings)) as server:
        own, function, stock = (_subject(server, path) for path in ("/own?limit=50", "/function?limit=50", "/stock?limit=50"))  # fmt: skip
        what = "class-based view against function view, same dependency"
        return [
            compare("5", what, (own, function), plan, Aim(0.97, 0.90)),
            compare(
                "5b", "for comparison: fastapi-utils' cbv against the function view", (stock, function), plan, None
            ),
        ]


def last_of_many(plan: Plan) -> Sequence[Row]:
    """Goal 6."""
    settings = plan.stage.database("empty", SMALLEST)
    with (
        logged(plan, "routes", partial(routed, settings, MANY)) as large,
        logged(plan, "few-routes", partial(routed, settings, FEW)) as small,
    ):
        a, b = _subject(large, last_route(MANY)), _subject(small, last_route(FEW))
        what = f"last route of {MANY} against the last of {FEW}"
        return [compare("6", what, (a, b), plan, Aim(0.95, 0.90), note="ten routes a module")]


def _subject(server: Server, path: str) -> Subject:
    return Subject(server, lambda: [request(server, "GET", path)])
