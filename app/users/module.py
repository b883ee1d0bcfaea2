"""The manifest of users."""

from app.extensions.module import Module
from app.users.routes import router

MODULE = Module(name="users", routers=(router,), required=True)
