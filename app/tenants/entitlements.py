"""The only reader of plans."""

from collections.abc import Mapping

from app.config import Plan


class PlanEntitlements:
    """What a plan allows, by the settings `plans.<key>`. An unknown plan allows nothing."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        """`plans` come from the settings."""
        self._features = {key: frozenset(plan.features) for key, plan in plans.items()}

    def features(self, plan: str) -> frozenset[str]:
        """The modules that the plan includes."""
        return self._features.get(plan, frozenset())
