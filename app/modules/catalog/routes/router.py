"""The router of products and of what stands below them."""

from app.extensions.routing import ModuleRouter

router = ModuleRouter(prefix="/products", tag="catalog")
