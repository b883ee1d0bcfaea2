"""Long work on products."""

from app.modules.catalog.tasks.exporting import EXPORT_TASK
from app.modules.catalog.tasks.importing import IMPORT_TASK
from app.modules.catalog.tasks.repricing import REPRICE_TASK
from app.modules.catalog.tasks.sweeping import SWEEP_FILES, SWEEP_IMAGES
from app.modules.catalog.tasks.wording import CHECK_WORDS, WRITE_WORDS

__all__ = ["CHECK_WORDS", "EXPORT_TASK", "IMPORT_TASK", "REPRICE_TASK", "SWEEP_FILES", "SWEEP_IMAGES", "WRITE_WORDS"]
