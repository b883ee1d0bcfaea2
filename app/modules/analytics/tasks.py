"""Counting anew, from the events that are stored, while what happens goes on being counted."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.extensions.pages import FIRST
from app.extensions.tasks import Task, TaskRun
from app.modules.analytics.schemas import Rebuild
from app.modules.analytics.services import REBUILD, Counting

BATCH = 500
"""Events of one step, and old facts that one step removes."""


async def rebuild(run: TaskRun[Rebuild]) -> Mapping[str, Any]:
    """Open a copy, read all events into it, let it be the one that is read, remove the old one; each a step or several."""
    if not run.checkpoint:
        async with run.step() as commons:
            copy = await Counting(commons).begin()
            at: dict[str, Any] = {"copy": copy, "last": str(FIRST), "events": 0, "stage": "replay"}
            run.save(checkpoint=at, done=0, unit="events")
    while run.checkpoint["stage"] == "replay":
        async with run.step() as commons:
            at = {**run.checkpoint}
            last, count = await Counting(commons).replay(at["copy"], UUID(at["last"]), BATCH)
            stage = "replay" if count == BATCH else "swap"
            at |= {"last": str(last), "events": at["events"] + count, "stage": stage}
            run.save(checkpoint=at, done=at["events"])
    if run.checkpoint["stage"] == "swap":
        async with run.step() as commons:
            await Counting(commons).swap(run.checkpoint["copy"], run.task_id, run.actor)
            run.save(checkpoint={**run.checkpoint, "stage": "remove"})
    while run.checkpoint["stage"] == "remove":
        async with run.step() as commons:
            count = await Counting(commons).remove(run.checkpoint["copy"], BATCH)
            run.save(checkpoint={**run.checkpoint, "stage": "remove" if count == BATCH else "over"})
    return {"events": run.checkpoint["events"]}


REBUILD_TASK = Task(REBUILD, rebuild, Rebuild, title="Count sales anew", at_once=1)
