"""What a run of the whole suite has to have seen: a promise of the document that no test has had answered is none."""

from collections.abc import Iterator

from app.extensions.contract import SIMULATED
from app.extensions.declared import declared_of
from app.extensions.openapi import install_openapi
from app.extensions.routing import ModularApp
from app.installed import INSTALLED
from app.routes import mount
from app.surface import bare_app
from tests.support.contract import Seen


def surface() -> ModularApp:
    """The installed modules' routes, without anything behind them."""
    app = bare_app(docs=False)
    mount(app, INSTALLED)
    install_openapi(app)
    return app


def unseen(seen: Seen, app: ModularApp) -> Iterator[str]:
    """Operations that never succeeded, declared events that never happened, declared errors that never came."""
    document = app.openapi()
    for context in app.contexts():
        declared = declared_of(context.endpoint) if context.endpoint is not None else declared_of(unseen)
        for method in context.methods or ():
            operation = document["paths"].get(context.path_format or "", {}).get(method.lower())
            if operation is None or operation.get(SIMULATED):
                continue
            name = operation["operationId"]
            if name not in seen.successes:
                yield f"{name}: no test has seen it succeed"
            events = [event.name for event in declared.emits if (name, event.name) not in seen.events]
            yield from (f"{name}: no test has seen it emit {event}" for event in events)
            errors = {(name, error.code) for error in declared.raises} - seen.errors
            yield from (f"{name}: no test has seen it answer {code}" for _, code in sorted(errors))
