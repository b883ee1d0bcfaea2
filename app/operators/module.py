"""The manifest of operators."""

from app.extensions.module import Module
from app.operators.routes import router

MODULE = Module(name="operators", routers=(router,), required=True)
