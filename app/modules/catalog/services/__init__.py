"""Use cases of the catalog."""

from app.modules.catalog.services.categories import CategoryService
from app.modules.catalog.services.exporting import EXPORT, Exporting
from app.modules.catalog.services.exporting import head as export_head
from app.modules.catalog.services.exporting import lines as export_lines
from app.modules.catalog.services.files import FileService, file_key, file_path, store_unnamed
from app.modules.catalog.services.images import ImageService
from app.modules.catalog.services.importing import (
    IMPORT,
    NEEDED,
    OPTIONAL,
    REPORT_COLUMNS,
    Imported,
    Importing,
    validated,
    with_numbers,
)
from app.modules.catalog.services.products import ProductService
from app.modules.catalog.services.repricing import REPRICE, Repriced, Repricing, changed_price
from app.modules.catalog.services.uploads import Sweep
from app.modules.catalog.services.variants import VariantService

__all__ = [
    "EXPORT",
    "IMPORT",
    "NEEDED",
    "OPTIONAL",
    "REPORT_COLUMNS",
    "REPRICE",
    "CategoryService",
    "Exporting",
    "FileService",
    "ImageService",
    "Imported",
    "Importing",
    "ProductService",
    "Repriced",
    "Repricing",
    "Sweep",
    "VariantService",
    "changed_price",
    "export_head",
    "export_lines",
    "file_key",
    "file_path",
    "store_unnamed",
    "validated",
    "with_numbers",
]
