"""The surface of the API: the app's routes without anything behind them, and the document that they make."""

from collections.abc import Callable, Iterable
from typing import Any

from fastapi.routing import APIRoute

from app.config import VERSION
from app.extensions.module import Module
from app.extensions.openapi import make_document
from app.extensions.routing import API, ModularApp
from app.routes import mount


def bare_app(*, docs: bool, lifespan: Callable[[Any], Any] | None = None) -> ModularApp:
    """The app before anything is mounted on it; `docs` serves the document."""
    return ModularApp(
        title="Atrium",
        version=VERSION,
        description="A modular multi-tenant SaaS platform.",
        openapi_url=f"{API}/openapi.json" if docs else None,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # costs microseconds even where nobody listens
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
    )


def document_of(modules: Iterable[Module]) -> dict[str, Any]:
    """The document of these modules; connects to nothing and needs no settings."""
    installed = tuple(modules)
    app = bare_app(docs=False)
    mount(app, installed)
    app.warm()
    return make_document(app, [event for module in installed for event in module.events])


def _operation_id(route: APIRoute) -> str:
    """`tag_verb_noun`: the view's name says verb and noun."""
    return f"{route.tags[0]}_{route.name}"
