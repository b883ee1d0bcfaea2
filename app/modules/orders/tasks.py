"""Asking the payment gateway, with no transaction open meanwhile, cancelling what nobody pays, and printing invoices."""

import asyncio
import pkgutil
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from app.auth.commons import Commons
from app.extensions.priorities import Priority
from app.extensions.schedules import Schedule, ScheduleDue
from app.extensions.tasks import Task, TaskRun
from app.modules.orders.invoices import InvoicePrinter
from app.modules.orders.schemas import Invoicing, Settlement, Unpaid
from app.modules.orders.services import (
    CANCEL_UNPAID,
    INVOICE,
    LINK_SECONDS,
    SETTLE,
    InvoiceService,
    OrderService,
    PaymentService,
    Settling,
)
from app.services.filesystem import FileMissingError, FileSystem, FileTakenError, whole

PRINTER = "app.modules.orders.adapters.pdf:printed"
"""Imported by the first task that prints: what draws pages is large, and no other process needs it."""
PDF = "application/pdf"


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


async def invoice(run: TaskRun[Invoicing]) -> Mapping[str, Any]:
    """Print the invoice unless it is printed; tell where it is to be had. Of two who print it at once both find the same file."""
    async with run.step() as commons:
        found = await InvoiceService(commons).printable(run.payload.order_id)
        files: FileSystem = commons.files
    try:
        await files.size(found.key)
    except FileMissingError:
        print_it: InvoicePrinter = pkgutil.resolve_name(PRINTER)
        content = await asyncio.to_thread(print_it, found.invoice)
        with suppress(FileTakenError):
            await files.write(found.key, whole(content))
    name = f"invoice-{found.invoice.number}.pdf"
    link = await files.download_link(found.key, name=name, media_type=PDF, seconds=LINK_SECONDS)
    return {"number": found.invoice.number, "href": link.url, "expires_at": link.expires_at.isoformat()}


INVOICE_TASK = Task(
    INVOICE,
    invoice,
    Invoicing,
    title="Print an invoice",
    priority=Priority.INTERACTIVE,
    timeout_seconds=120.0,
    keep_days=1,
)


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
