"""The words of products, written behind whoever wrote the products."""

from app.auth.commons import Commons
from app.auth.errand import Errand
from app.extensions.schedules import Schedule, ScheduleDue
from app.modules.catalog.repository import WordRepository

BATCH = 500
"""Products and variants of one transaction, which holds their rows."""


async def write_words(_event: ScheduleDue, errand: Errand) -> None:
    """Write the words that are due; whatever stops it, the next hour's goes on, and a search reads texts until then."""
    is_over = False
    while not is_over:
        async with errand.unit() as uow:
            is_over = await WordRepository(uow).write(limit=BATCH) < BATCH


WRITE_WORDS = Schedule(
    "catalog.write_words", "11 * * * *", write_words, per_tenant=True, outside=True, timeout_seconds=300.0
)
"""Off the hour, when others come. Where nothing is due it is one look into an index."""


async def check_words(_event: ScheduleDue, commons: Commons) -> None:
    """Find what processes of a release before words have renamed; the next hour writes what is due by it."""
    await WordRepository(commons.uow).check()


CHECK_WORDS = Schedule("catalog.check_words", "51 3 * * *", check_words, per_tenant=True)
"""At night: it reads every product once."""
