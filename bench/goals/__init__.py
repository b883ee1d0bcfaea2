"""The goals that are measured here, by number; each function measures one and returns its rows."""

from collections.abc import Callable, Iterable

from bench.goals.events import relay_pace, start_of_handlers, worker_pace
from bench.goals.fairness import fairness
from bench.goals.importing import imports
from bench.goals.limits import limits
from bench.goals.people import sign_ins
from bench.goals.placing import placed
from bench.goals.products import access, binding, deep_page, page, tail, writing
from bench.goals.start import start
from bench.goals.tenants import growth
from bench.goals.views import classes, last_of_many
from bench.rounds import Plan, Row

GOALS: dict[int, Callable[[Plan], Iterable[Row]]] = {
    1: page,
    3: binding,
    4: access,
    5: classes,
    6: last_of_many,
    7: tail,
    8: writing,
    9: start_of_handlers,
    10: worker_pace,
    11: relay_pace,
    12: fairness,
    13: deep_page,
    14: growth,
    15: start,
    17: sign_ins,
    18: limits,
    19: imports,
    20: placed,
}
