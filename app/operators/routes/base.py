"""The router that the view classes share."""

from app.extensions.routing import ModuleRouter

router = ModuleRouter(prefix="/operator", tag="operator")
