"""The manifest of the catalog."""

from app.extensions.module import Handler, Module
from app.modules.catalog.events import (
    ProductCreated,
    ProductImageAdded,
    ProductImageRemoved,
    ProductsImported,
    ProductStatusChanged,
    VariantCreated,
    VariantStatusChanged,
)
from app.modules.catalog.handlers import count_created, count_imported, count_status_changed
from app.modules.catalog.permissions import PERMISSIONS
from app.modules.catalog.routes import categories_router, router
from app.modules.catalog.tasks import (
    CHECK_WORDS,
    EXPORT_TASK,
    IMPORT_TASK,
    REPRICE_TASK,
    SWEEP_FILES,
    SWEEP_IMAGES,
    WRITE_WORDS,
)

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
        ProductsImported,
    ),
    handlers=(
        Handler(ProductCreated, count_created),
        Handler(ProductStatusChanged, count_status_changed),
        Handler(ProductsImported, count_imported),
    ),
    tasks=(REPRICE_TASK, IMPORT_TASK, EXPORT_TASK),
    schedules=(SWEEP_IMAGES, SWEEP_FILES, WRITE_WORDS, CHECK_WORDS),
)
