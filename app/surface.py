"""The surface of the API: the app's routes without anything behind them, and the document that they make."""

from collections.abc import Callable, Iterable
from typing import Any

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
    )


def document_of(modules: Iterable[Module]) -> dict[str, Any]:
    """The document of these modules; connects to nothing and needs no settings."""
    installed = tuple(modules)
    app = bare_app(docs=False)
    mount(app, installed)
    return make_document(app, [event for module in installed for event in module.events])
