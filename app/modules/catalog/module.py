"""The manifest of the catalog."""

from app.extensions.module import Handler, Module
from app.modules.catalog.events import (
    ProductCreated,
    ProductImageAdded,
    ProductImageRemoved,
    ProductStatusChanged,
    VariantCreated,
    VariantStatusChanged,
)
from app.modules.catalog.handlers import count_created, count_status_changed
from app.modules.catalog.permissions import PERMISSIONS
from app.modules.catalog.routes import categories_router, router
from app.modules.catalog.tasks import REPRICE_TASK, SWEEP

MODULE = Module(
    name="catalog",
    routers=(router, categories_router),
    permissions=PERMISSIONS,
    events=(
        ProductCreated,
        ProductStatusChanged,
        VariantCreated,
        VariantStatusChanged,
        ProductImageAdded,
        ProductImageRemoved,
    ),
    handlers=(Handler(ProductCreated, count_created), Handler(ProductStatusChanged, count_status_changed)),
    tasks=(REPRICE_TASK,),
    schedules=(SWEEP,),
)
