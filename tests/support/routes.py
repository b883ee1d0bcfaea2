"""The app's routes with their rules, for tests that judge all of them."""

from app.extensions.access import AccessRule, rule_of
from app.extensions.routing import ModularApp

Operation = tuple[str, str]
"""A method and a path."""


def rules(app: ModularApp) -> dict[Operation, AccessRule]:
    """Every operation that carries a rule."""
    found: dict[Operation, AccessRule] = {}
    for context in app.contexts():
        rule = rule_of(context.endpoint) if context.endpoint else None
        if rule is not None:
            found |= {(method, context.path or ""): rule for method in context.methods or ()}
    return found
