"""The router of /auth: its view classes stand beside it, one a file."""

from app.extensions.routing import ModuleRouter

router = ModuleRouter(prefix="/auth", tag="auth")
