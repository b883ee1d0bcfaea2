"""Goal 14: does a request cost more because other tenants are there?"""

import random
from collections.abc import Sequence
from functools import partial

from bench.apps.atrium import atrium
from bench.asking import logged, pages
from bench.data import Size, tenants
from bench.rounds import Aim, Plan, Row, Subject, compare

FEW, MANY, ROWS = 10, 10_000, 50
LIST = "/api/v1/products?limit=50"


def growth(plan: Plan) -> Sequence[Row]:
    """Every tenant is asked for by its own member, in random order, so that no cache is warm by chance."""
    many = plan.stage.database("many", Size(MANY, ROWS))
    few = plan.stage.database("few", Size(FEW, ROWS))
    asked = {count: random.Random(count).sample(tenants(count), count) for count in (FEW, MANY)}
    with logged(plan, "many", partial(atrium, many)) as large, logged(plan, "few", partial(atrium, few)) as small:
        a = Subject(large, lambda: pages(large, many, asked[MANY], LIST))
        b = Subject(small, lambda: pages(small, few, asked[FEW], LIST))
        what = f"a request's cost at {MANY:,} tenants against {FEW}"
        note = f"{ROWS} rows a tenant, not 1,000; µs with PostgreSQL's"
        return [compare("14", what, (a, b), plan, Aim(1.15, 1.3, at_most=True), with_database=True, note=note)]
