"""Pages that the app serves about itself: the API documentation, from packaged files, and the problem catalogue."""

from pathlib import Path

import fastapi_offline
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from app.exceptions import NotFound, catalogue
from app.extensions.routing import API, ModularApp

ASSETS = Path(fastapi_offline.__file__).parent / "static"
# Swagger UI writes inline styles and one inline script; nothing is loaded from anywhere else.
DOCS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
)


async def docs_page(_request: Request) -> Response:
    """Swagger UI over the OpenAPI document; it works without the internet."""
    page = get_swagger_ui_html(
        openapi_url=f"{API}/openapi.json",
        title="Atrium API",
        swagger_js_url="/docs/assets/swagger-ui-bundle.js",
        swagger_css_url="/docs/assets/swagger-ui.css",
        swagger_favicon_url="/docs/assets/favicon.png",
    )
    page.headers["Content-Security-Policy"] = DOCS_POLICY
    return page


async def problem_page(request: Request) -> Response:
    """What a problem's `type` points at.

    Raises:
        NotFound: no error has that code.
    """
    error = catalogue().get(request.path_params["code"])
    if error is None:
        raise NotFound("There is no such problem.")
    explanation = (error.__doc__ or "").strip()
    retry = "Trying again may help." if error.retryable else "Trying the same again does not help."
    return HTMLResponse(
        f"<!doctype html><html lang=en><title>{error.code}</title><h1>{error.title}</h1>"
        f"<p><code>{error.code}</code>, status {error.status}<p>{explanation}<p>{retry}</html>"
    )


def add_pages(app: ModularApp, *, docs: bool) -> None:
    """Serve the problem pages, and the documentation where it is open."""
    app.router.routes.append(Route("/problems/{code}", problem_page))
    if docs:
        app.router.routes.append(Route("/docs", docs_page))
        app.mount("/docs/assets", StaticFiles(directory=ASSETS))
