"""Views of the catalog: importing this package puts them all on their routers."""

from app.modules.catalog.routes.categories import CategoryViews
from app.modules.catalog.routes.categories import router as categories_router
from app.modules.catalog.routes.files import ProductFileViews
from app.modules.catalog.routes.images import ImageViews
from app.modules.catalog.routes.products import ProductViews
from app.modules.catalog.routes.router import router
from app.modules.catalog.routes.variants import VariantViews

__all__ = [
    "CategoryViews",
    "ImageViews",
    "ProductFileViews",
    "ProductViews",
    "VariantViews",
    "categories_router",
    "router",
]
