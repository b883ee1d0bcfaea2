"""The manifest of auth."""

from app.auth.routes import router
from app.extensions.module import Module

MODULE = Module(name="auth", routers=(router,), required=True)
