"""The manifest of mock: resources for front ends whose backend is still to be built. Never installed in production."""

from app.extensions.module import Module
from app.mock.routes import mock_router

MODULE = Module(name="mock", routers=(mock_router,))
