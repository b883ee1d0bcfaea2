"""Resources in memory: as the real ones in every envelope, gone with the process."""

import asyncio
import random
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import Final, NoReturn
from uuid import UUID

import orjson
from pydantic import JsonValue

from app.auth.commons import Commons
from app.exceptions import (
    AppError,
    BodyTooLarge,
    FieldFault,
    NotFound,
    RateLimited,
    Unavailable,
    ValidationFailed,
    catalogue,
)
from app.extensions.pages import page_in_memory
from app.mock.schemas import MockItem, MockQuery
from app.utils.ids import uuid7
from app.utils.quotas import Quota
from app.utils.schemas import Page

MAX_ITEMS: Final = 1000
MAX_BYTES: Final = 16 * 1024
MAX_DELAY: Final = 30_000
SIMULATED: Final = "Simulated: you asked for it."
QUOTA: Final = Quota("mock", 10, 60)
"""That of a simulated `rate_limited`; nothing is counted."""
RESERVED: Final = frozenset(MockItem.model_fields)

Key = tuple[str, str, UUID]
"""Tenant, collection and id."""


class MockStore:
    """At most a thousand small resources, of all tenants and collections together; the oldest makes room for the next."""

    def __init__(self) -> None:
        self._items: OrderedDict[Key, MockItem] = OrderedDict()

    def put(self, key: Key, item: MockItem) -> None:
        """Keep a new resource or a new version of one."""
        self._items[key] = item
        while len(self._items) > MAX_ITEMS:
            self._items.popitem(last=False)

    def get(self, key: Key) -> MockItem:
        """The resource.

        Raises:
            NotFound: there is none, or no longer.
        """
        item = self._items.get(key)
        if item is None:
            raise NotFound("There is no such resource.")
        return item

    def drop(self, key: Key) -> None:
        """Forget a resource that is there."""
        del self._items[key]

    def of(self, tenant: str, collection: str) -> Iterator[MockItem]:
        """The resources of a tenant's collection, oldest first."""
        return (item for key, item in self._items.items() if key[:2] == (tenant, collection))


class MockService:
    """One tenant's collection, made to misbehave as `simulate` says."""

    def __init__(self, commons: Commons, store: MockStore, tenant: str, collection: str) -> None:
        """`tenant` is what the header selects; nobody proves membership in something that holds no secret."""
        self.commons = commons
        self._store = store
        self._tenant = tenant
        self._collection = collection

    async def page(self, query: MockQuery) -> Page[MockItem]:
        """One page, oldest first."""
        await simulate(query.simulate)
        bound, found = ("mock", self._tenant, self._collection), self._store.of(self._tenant, self._collection)
        return await page_in_memory(query, self.commons.cursors, bound, found, lambda item: str(item.id))

    async def get(self, item_id: UUID, switch: str | None) -> MockItem:
        """One resource."""
        await simulate(switch)
        return self._store.get(self._key(item_id))

    async def create(self, fields: Mapping[str, JsonValue], switch: str | None) -> MockItem:
        """A new resource."""
        await simulate(switch, fields)
        _check_fields(fields)
        now = self.commons.clock.now()
        item = MockItem.model_validate({"id": uuid7(), "version": 1, "created_at": now, "updated_at": now, **fields})
        self._store.put(self._key(item.id), item)
        return item

    async def change(self, item_id: UUID, fields: Mapping[str, JsonValue], switch: str | None) -> MockItem:
        """A merge patch: what is absent stays, null clears."""
        await simulate(switch, fields)
        item = self._store.get(self._key(item_id))
        self.commons.if_match.require(item.version)
        merged = {**(item.model_extra or {}), **fields}
        _check_fields(merged)
        changed = MockItem.model_validate(
            {
                "id": item.id,
                "version": item.version + 1,
                "created_at": item.created_at,
                "updated_at": self.commons.clock.now(),
                **merged,
            }
        )
        self._store.put(self._key(item_id), changed)
        return changed

    async def delete(self, item_id: UUID, switch: str | None) -> None:
        """Forget it."""
        await simulate(switch)
        item = self._store.get(self._key(item_id))
        self.commons.if_match.require(item.version)
        self._store.drop(self._key(item_id))

    def _key(self, item_id: UUID) -> Key:
        return (self._tenant, self._collection, item_id)


async def simulate(switch: str | None, fields: Mapping[str, JsonValue] | None = None) -> None:
    """Do what `simulate=` says, from left to right. A simulated `validation_failed` is one of every field that was sent.

    Raises:
        ValidationFailed: the switch itself is not understood.
        AppError: the one that was asked for.
    """
    for part in (switch or "").split(","):
        verb, _, value = part.partition(":")
        if verb == "delay" and value.isdecimal() and int(value) <= MAX_DELAY:
            await asyncio.sleep(int(value) / 1000)
        elif verb == "flaky" and _is_share(value):
            if random.random() < float(value):  # noqa: S311 - a coin, no secret
                raise Unavailable("Simulated: it works now and then.")
        elif verb == "error" and (kind := _kind(value)) is not None:
            _raise(kind, fields or {})
        elif part:
            raise ValidationFailed(errors=[_misunderstood()])


def _kind(value: str) -> type[AppError] | None:
    """The error of a code, or the first of the catalogue's tree that has the status."""
    if value.isdecimal():
        return next((kind for kind in AppError.__subclasses__() if str(kind.status) == value), None)
    return catalogue().get(value)


def _raise(kind: type[AppError], fields: Mapping[str, JsonValue]) -> NoReturn:
    error = RateLimited(SIMULATED, retry_after=30, quota=QUOTA) if kind is RateLimited else kind(SIMULATED)
    if isinstance(error, ValidationFailed):
        names = [*fields][:100] or ["name"]
        error.errors = tuple(FieldFault("simulated", "is simulated to be wrong", pointer=f"/{name}") for name in names)
    raise error


def _is_share(value: str) -> bool:
    try:
        return 0.0 <= float(value) <= 1.0
    except ValueError:
        return False


def _misunderstood() -> FieldFault:
    return FieldFault(
        "simulate_invalid",
        f"write delay:<0-{MAX_DELAY}>, error:<status or code of the catalogue> or flaky:<0-1>, separated by commas",
        parameter="simulate",
    )


def _check_fields(fields: Mapping[str, JsonValue]) -> None:
    taken = [name for name in fields if name in RESERVED]
    if taken:
        raise ValidationFailed(
            errors=[FieldFault("read_only", "is set by the server", pointer=f"/{name}") for name in taken]
        )
    if len(orjson.dumps(fields)) > MAX_BYTES:
        raise BodyTooLarge(f"A resource of the mock may have {MAX_BYTES} bytes.")
