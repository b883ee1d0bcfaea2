"""Asking carriers: no transaction is open meanwhile."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.auth.commons import Commons
from app.extensions.priorities import Priority, Retries
from app.extensions.schedules import Schedule, ScheduleDue
from app.extensions.tasks import Task, TaskRun
from app.modules.orders.api import PaymentPending
from app.modules.shipping.interfaces import CarrierError, CarrierRefusedError
from app.modules.shipping.labels import Label, read_label
from app.modules.shipping.limits import MAX_TRIES
from app.modules.shipping.schemas import Booking, Following
from app.modules.shipping.services import BOOK, FOLLOW, BookingService, LabelService, TrackingService
from app.services.filesystem import FileKey, FilesError, FileSystem, FileTakenError, whole

logger = logging.getLogger(__name__)


async def book(run: TaskRun[Booking]) -> Mapping[str, Any]:
    """Read what is to be asked, ask, write the answer.

    A kill anywhere between is harmless: the next attempt asks under the same key, and the carrier answers what it did. What
    it does not answer fails the attempt, to be tried again; after the last try the shipment has failed, with the reason.
    """
    key = run.payload.shipment_id
    async with run.step() as commons:
        wish = await BookingService(commons).wish(key)
    if wish is not None:
        try:
            told = await wish.carrier.book(wish.parcel)
        except (CarrierError, CarrierRefusedError) as error:
            async with run.step() as commons:
                for_good = isinstance(error, CarrierRefusedError)
                is_over = await BookingService(commons).refused(key, wish.name, str(error), for_good=for_good)
            if not is_over:
                raise
        else:
            async with run.step() as commons:
                await BookingService(commons).booked(key, wish.name, told)
    await _label(run, key)
    async with run.step() as commons:
        return await BookingService(commons).result(key)


async def _label(run: TaskRun[Booking] | TaskRun[Following], key: UUID) -> None:
    """Fetch the label of a shipment that is booked and has none, and keep it.

    It is no part of the booking: what does not come now is asked for when the carrier is next asked how far the shipment has come.
    What a file says that is there already counts: of two at once, or of an attempt that was killed behind it. Spoilt, it makes room.
    """
    try:
        async with run.step() as commons:
            wanted = await LabelService(commons).wanted(key)
            files: FileSystem = commons.files
        if wanted is None:
            return
        label: Label = await wanted.carrier.label(wanted.reference)
        try:
            await files.write(wanted.key, whole(label.content))
        except FileTakenError:
            label = await _kept(files, wanted.key)
        async with run.step() as commons:
            await LabelService(commons).came(key, label)
    except (CarrierError, CarrierRefusedError, FilesError, ValueError) as error:
        logger.info("a label did not come", extra={"shipment": str(key), "reason": str(error)})


async def _kept(files: FileSystem, key: FileKey) -> Label:
    """The label that lies there already. What is none is deleted, so that the next that comes takes its place.

    Raises:
        ValueError: it is none.
        FilesError.
    """
    try:
        return read_label(b"".join([part async for part in files.open(key)]))
    except ValueError:
        await files.delete(key)
        raise


async def follow(run: TaskRun[Following]) -> Mapping[str, Any]:
    """Ask for each of the shipments how far it has come.

    Where a carrier does not answer, the others are asked all the same; an hour later it is asked again.
    """
    moved = unanswered = 0
    for key in run.payload.shipment_ids:
        try:
            async with run.step() as commons:
                question = await TrackingService(commons).question(key)
            if question is None:
                continue
            heard = await question.carrier.track(question.reference)
            async with run.step() as commons:
                moved += await TrackingService(commons).answered(key, heard)
            await _label(run, key)
        except (CarrierError, CarrierRefusedError, PaymentPending) as error:
            unanswered += 1
            logger.info("a shipment could not be followed", extra={"shipment": str(key), "reason": str(error)})
    return {"moved": moved, "unanswered": unanswered}


BOOK_TASK = Task(
    BOOK,
    book,
    Booking,
    title="Book a shipment",
    priority=Priority.INTERACTIVE,
    timeout_seconds=60.0,
    retries=Retries(max_attempts=MAX_TRIES + 2, backoff_seconds=5.0, longest_seconds=900.0),
    keep_days=30,
)
"""More attempts than tries: what ends a process asks nobody, and is no try."""
FOLLOW_TASK = Task(FOLLOW, follow, Following, title="Follow shipments")


async def look_after(_event: ScheduleDue, commons: Commons) -> None:
    """Have the carriers asked for what nothing was heard of for long, and for what they were never heard to take."""
    await TrackingService(commons).look_after()


LOOK_AFTER = Schedule("shipping.look_after", "23 * * * *", look_after, per_tenant=True)
"""Off the hour, when others come. Where nothing is silent it is one look into an index."""
