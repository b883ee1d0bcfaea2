"""Files whose time is over: of images, of imports and of exports."""

from app.auth.errand import Errand
from app.extensions.schedules import Schedule, ScheduleDue
from app.modules.catalog.repository import FileRepository
from app.modules.catalog.services import Sweep, file_key

AT_ONCE = 100


async def sweep_images(_event: ScheduleDue, errand: Errand) -> None:
    """Remove the files of uploads that are over and of images that are gone; whatever fails is tried again."""
    await Sweep(errand).run()


SWEEP_IMAGES = Schedule(
    "catalog.sweep_images", "37 * * * *", sweep_images, per_tenant=True, outside=True, timeout_seconds=300.0
)
"""Off the hour, when others come. Where nothing is due it is one look into an index."""


async def sweep_files(_event: ScheduleDue, errand: Errand) -> None:
    """Remove them from the store, then from the list: whatever stops it in between, the next day's sweep goes on."""
    now = errand.clock.now()
    is_over = False
    while not is_over:
        async with errand.unit() as uow:
            expired = await FileRepository(uow).expired(now, limit=AT_ONCE)
        for file_id in expired:
            await errand.files.delete(file_key(errand.tenant_id, file_id))
        async with errand.unit() as uow:
            await FileRepository(uow).remove(expired)
        is_over = len(expired) < AT_ONCE


SWEEP_FILES = Schedule(
    "catalog.sweep_files", "41 3 * * *", sweep_files, per_tenant=True, outside=True, timeout_seconds=300.0
)
"""At night. Where nothing has expired it is one look into an index."""
