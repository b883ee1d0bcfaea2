"""The only reader of plans."""

from collections.abc import Iterable, Mapping, Sequence

from app.config import Plan, PlanRates

NO_RATES = PlanRates()


class PlanEntitlements:
    """What a plan allows, by the settings `plans.<key>`. An unknown plan allows nothing; a disabled module is in no plan."""

    def __init__(self, plans: Mapping[str, Plan], modules: Iterable[str]) -> None:
        """`plans` come from the settings, `modules` are the names of the enabled ones."""
        enabled = frozenset(modules)
        self._features = {key: enabled.intersection(plan.features) for key, plan in plans.items()}
        self._rates = {key: plan.rates for key, plan in plans.items()}
        self._limits = {key: dict(plan.limits) for key, plan in plans.items()}

    def features(self, plan: str) -> frozenset[str]:
        """The modules that the plan includes."""
        return self._features.get(plan, frozenset())

    def limits(self, plan: str) -> Mapping[str, int]:
        """How much the plan allows of what; what is not named has no limit of the plan's."""
        return self._limits.get(plan, {})

    def rates(self, plan: str) -> PlanRates:
        """Where the plan allows another number of requests in a window than every plan does."""
        return self._rates.get(plan, NO_RATES)

    def plans_with(self, modules: Sequence[str]) -> list[str]:
        """The plans that include all of the modules, by key."""
        return sorted(plan for plan, features in self._features.items() if features.issuperset(modules))
