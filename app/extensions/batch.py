"""Many at once: `POST /things/batch`, each item as if it had come alone, with a result for each.

What is no valid item is that item's problem and no other's. Unless the whole is `atomic`, an item that fails leaves nothing
behind (a savepoint takes its rows, events, audit entries and tasks back) and the others stand.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Protocol, TypeVar

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from app.exceptions import AppError, FieldFault, RateLimited, ValidationFailed, pointer_to
from app.utils.schemas import BaseSchema

MAX_ITEMS = 100
MAX_FAULTS = 100
CLIENTS = range(400, 500)
Item = TypeVar("Item")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands in the place of an item that is none."""

    faults: tuple[tuple[tuple[str | int, ...], str, str], ...]
    """Where in the item, a code, a sentence."""


def _one_by_one(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """An item that is no valid body is known as such; the others are not refused with it."""
    try:
        return handler(value)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        return Refused(tuple((item["loc"], item["type"], item["msg"]) for item in found[:MAX_FAULTS]))


class Batch(BaseSchema, Generic[Item]):
    """Items as each could be sent alone."""

    atomic: Annotated[bool, Field(strict=True, description="all or nothing: one that fails undoes all")] = False
    items: Annotated[
        list[Annotated[Item, WrapValidator(_one_by_one)]],
        Field(min_length=1, max_length=MAX_ITEMS, description=f"1 to {MAX_ITEMS} of them, in the order of the results"),
    ]


@dataclass(slots=True)
class ItemFault:
    """A fault of an item's fields."""

    pointer: Annotated[str, Field(description="JSON Pointer into the body that was sent", examples=["/items/3/price"])]
    code: Annotated[str, Field(description="stable", examples=["greater_than_equal"])]
    message: Annotated[str, Field(description="a sentence for people", examples=["Input should be at least 0"])]


@dataclass(slots=True)
class ItemProblem:
    """Why an item failed, as it would have been told alone."""

    code: Annotated[str, Field(description="stable", examples=["product_sku_taken"])]
    title: Annotated[str, Field(description="what kind of problem", examples=["The sku is taken"])]
    detail: Annotated[str, Field(description="what happened and what to do", examples=["The sku TEA-01 is taken."])]
    errors: Annotated[list[ItemFault], Field(description="the faults of its fields")]


@dataclass(slots=True)
class ItemResult(Generic[T]):
    """What became of one item."""

    index: Annotated[int, Field(description="its place among those that were sent, from 0", examples=[0])]
    status: Annotated[int, Field(description="the status that it would have had alone", examples=[201])]
    resource: Annotated[T | None, Field(description="what was made; null where it failed")]
    problem: Annotated[ItemProblem | None, Field(description="why it failed; null where it did not", examples=[None])]


@dataclass(slots=True)
class BatchOut(Generic[T]):
    """What became of all, in the order in which they were sent."""

    succeeded: Annotated[int, Field(description="how many")]
    failed: Annotated[int, Field(description="how many", examples=[0])]
    results: Annotated[list[ItemResult[T]], Field(description="one for each item")]


class Savepoints(Protocol):
    """What is asked of the unit of work."""

    def savepoint(self) -> AbstractAsyncContextManager[Any]:
        """A part that may fail alone."""


class Batching(Protocol):
    """What is asked of Commons."""

    @property
    def uow(self) -> Savepoints:
        """The transaction of all items."""

    def count_more(self, more: int) -> None:
        """Let the request count for so many more than the one that it is."""


async def run_batch(
    commons: Batching, batch: Batch[Item], one: Callable[[Item], Awaitable[T]], *, status: int = 201
) -> BatchOut[T]:
    """Do `one` for each item, in order; `status` is what it answers alone. It counts as so many requests.

    Raises:
        RateLimited: as many requests are not left. Nothing was done or counted then.
        AppError: of an atomic batch the first item that failed, its faults pointing at it; of any what is not an item's
            fault (no connection, too many requests). Nothing of the batch is kept then.
    """
    commons.count_more(len(batch.items) - 1)
    if batch.atomic:
        return await _all_or_nothing(batch, one, status)
    results: list[ItemResult[T]] = []
    for index, item in enumerate(batch.items):
        if isinstance(item, Refused):
            results.append(_failed(index, _refusal(item)))
            continue
        try:
            async with commons.uow.savepoint():
                results.append(ItemResult(index, status, await one(item), None))
        except AppError as error:
            if not _is_the_items(error):
                raise
            results.append(_failed(index, error))
    failed = sum(result.problem is not None for result in results)
    return BatchOut(len(results) - failed, failed, results)


async def _all_or_nothing(batch: Batch[Item], one: Callable[[Item], Awaitable[T]], status: int) -> BatchOut[T]:
    refused = [
        fault
        for index, item in enumerate(batch.items)
        if isinstance(item, Refused)
        for fault in _pointing(index, _refusal(item))
    ]
    if refused:
        raise ValidationFailed(errors=refused[:MAX_FAULTS])
    results: list[ItemResult[T]] = []
    for index, item in enumerate(batch.items):
        try:
            results.append(ItemResult(index, status, await one(item), None))
        except AppError as error:
            if _is_the_items(error):
                error.errors = tuple(_pointing(index, error))
            raise
    return BatchOut(len(results), 0, results)


def _is_the_items(error: AppError) -> bool:
    return error.status in CLIENTS and not isinstance(error, RateLimited)


def _failed(index: int, error: AppError) -> ItemResult[Any]:
    faults = [ItemFault(fault.pointer or "", fault.code, fault.message) for fault in _pointing(index, error)]
    return ItemResult(index, error.status, None, ItemProblem(error.code, error.title, error.detail, faults))


def _pointing(index: int, error: AppError) -> list[FieldFault]:
    """The faults of the error, from the whole body on; where it names none, the item itself."""
    place = pointer_to("items", index)
    found = [FieldFault(fault.code, fault.message, place + (fault.pointer or "")) for fault in error.errors]
    return found or [FieldFault(error.code, error.detail, place)]


def _refusal(item: Refused) -> ValidationFailed:
    """What the item alone would have been answered."""
    return ValidationFailed(
        errors=[FieldFault(code, message, pointer_to(*path)) for path, code, message in item.faults]
    )
