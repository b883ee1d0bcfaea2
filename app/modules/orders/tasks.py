"""Asking the payment gateway, with no transaction open meanwhile, and cancelling what nobody pays."""

from collections.abc import Mapping
from typing import Any

from app.auth.commons import Commons
from app.extensions.priorities import Priority
from app.extensions.schedules import Schedule, ScheduleDue
from app.extensions.tasks import Task, TaskRun
from app.modules.orders.schemas import Settlement, Unpaid
from app.modules.orders.services import CANCEL_UNPAID, SETTLE, OrderService, PaymentService, Settling


async def settle(run: TaskRun[Settlement]) -> Mapping[str, Any]:
    """Read what is to be asked, ask, write the answer.

    A kill anywhere between is harmless: the next attempt, or the next task of the same payment, asks under the same key, and
    the gateway answers what it did. What it does not answer fails the attempt, to be tried again.
    """
    async with run.step() as commons:
        wish = await Settling(commons).wish(run.payload)
        settings = commons.settings
    if wish is not None:
        receipt = await wish.ask(settings)
        async with run.step() as commons:
            await Settling(commons).settle(run.payload, receipt, run.actor)
    async with run.step() as commons:
        return await Settling(commons).result(run.payload)


SETTLE_TASK = Task(
    SETTLE,
    settle,
    Settlement,
    title="Settle a payment",
    priority=Priority.INTERACTIVE,
    timeout_seconds=60.0,
    keep_days=30,
)


async def cancel_unpaid(run: TaskRun[Unpaid]) -> Mapping[str, Any]:
    """Each order in a step of its own: whoever pays for one of them meanwhile waits for that one alone."""
    cancelled = 0
    for key in run.payload.order_ids:
        async with run.step() as commons:
            cancelled += await OrderService(commons).cancel_unpaid(key)
    return {"cancelled": cancelled}


CANCEL_UNPAID_TASK = Task(CANCEL_UNPAID, cancel_unpaid, Unpaid, title="Cancel unpaid orders")


async def take_up(_event: ScheduleDue, commons: Commons) -> None:
    """What the gateway has not answered for long is asked for again, whatever became of the task that was at it."""
    await PaymentService(commons).take_up()


TAKE_UP = Schedule("orders.take_up", "11 * * * *", take_up, per_tenant=True)
"""Off the hour, when others come. Where nothing is pending it is one look into an index."""


async def look_after_unpaid(_event: ScheduleDue, commons: Commons) -> None:
    """Have orders cancelled that nobody has paid for long: they hold pieces that others would buy."""
    await OrderService(commons).look_after_unpaid()


LOOK_AFTER_UNPAID = Schedule("orders.look_after_unpaid", "17 * * * *", look_after_unpaid, per_tenant=True)
"""Where nothing is unpaid for long it is one look into an index."""
