"""Other prices for many products."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.extensions.pages import FIRST
from app.extensions.tasks import Task, TaskRun
from app.modules.catalog.schemas import ProductsReprice
from app.modules.catalog.services import REPRICE, Repricing

BATCH = 500
"""Products and variants of one step: its transaction holds their rows."""
COUNTS = ("seen", "changed", "refused")


async def reprice(run: TaskRun[ProductsReprice]) -> Mapping[str, Any]:
    """Change the prices, a batch a step, in the order of the products' ids; what was made after the task is left alone.

    The task's own id tells: ids are ordered by the time at which they were made.
    """
    if not run.checkpoint:
        async with run.step() as commons:
            total = await Repricing(commons, run.payload).count(run.task_id)
            run.save(checkpoint=_position(FIRST, dict.fromkeys(COUNTS, 0)), done=0, total=total, unit="products")
    while not run.checkpoint.get("is_over"):
        async with run.step() as commons:
            step = Repricing(commons, run.payload)
            at = run.checkpoint
            done = await step.change(after=UUID(at["last"]), before=run.task_id, limit=BATCH, actor=run.actor)
            counts = {name: at[name] + getattr(done, name) for name in COUNTS}
            is_over = done.seen < BATCH
            if is_over:
                step.finish(run.task_id, run.actor, counts)
            run.save(checkpoint={**_position(done.last, counts), "is_over": is_over}, done=counts["seen"])
    return {name: run.checkpoint[name] for name in COUNTS}


def _position(last: UUID, counts: Mapping[str, int]) -> dict[str, Any]:
    return {"last": str(last), **counts}


REPRICE_TASK = Task(REPRICE, reprice, ProductsReprice, title="Change prices", at_once=1)
