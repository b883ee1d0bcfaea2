"""Bells: whoever watches something is told when it has changed. Best effort, over Redis: a lost ring costs one look's pause.

A bell is an id: that of a task, or what `bell_of` makes of a tenant and what is watched of it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import Context
from typing import Final
from uuid import UUID, uuid5

from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from app.extensions.wakes import (
    AWAY,
    CONNECT_SECONDS,
    NO_SOCKET_TIMEOUT,
    REPLY_SECONDS,
    REST_SECONDS,
    WAKE_SECONDS,
    Outage,
)
from app.utils.endings import is_cancelled
from app.utils.ids import parse_uuid

BELL_CHANNEL: Final = "atrium:bells"
GATHER_SECONDS: Final = 0.02
"""Steps may be short: what rings meanwhile is told together."""


def bell_of(tenant_id: UUID, what: str) -> UUID:
    """The bell of something that a tenant has once: "<module>.<what>"."""
    return uuid5(tenant_id, what)


class Bells:
    """One per process: it rings for what the process has changed, and hears those of all processes while somebody listens."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet."""
        self._redis = Redis.from_url(url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=NO_SOCKET_TIMEOUT)
        self._outage = Outage("bells")
        self._rung: set[UUID] = set()
        self._ringing: asyncio.Task[None] | None = None
        self._listeners: dict[UUID, set[asyncio.Event]] = {}
        self._hearing: asyncio.Task[None] | None = None

    def ring(self, bell: UUID) -> None:
        """Tell all who watch it, in every process; never waits."""
        self._wake(bell)
        self._rung.add(bell)
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.get_running_loop().create_task(self._publish(), context=Context())

    @contextmanager
    def listening(self, bell: UUID) -> Iterator[asyncio.Event]:
        """An event that is set whenever the bell rings; the listener clears it. Nothing is promised while Redis is away."""
        event = asyncio.Event()
        self._listeners.setdefault(bell, set()).add(event)
        if self._hearing is None or self._hearing.done():
            self._hearing = asyncio.get_running_loop().create_task(self._hear(), context=Context())  # nobody's
        try:
            yield event
        finally:
            self._listeners[bell].discard(event)
            if not self._listeners[bell]:
                del self._listeners[bell]
            if not self._listeners and self._hearing is not None:
                self._hearing.cancel()
                self._hearing = None

    def watchers(self, bell: UUID) -> int:
        """How many in this process listen for it."""
        return len(self._listeners.get(bell, ()))

    async def aclose(self) -> None:
        """Close the connections; never an error."""
        running = [task for task in (self._ringing, self._hearing) if task is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        with suppress(*AWAY):
            await self._redis.aclose()

    def _wake(self, bell: UUID) -> None:
        for event in self._listeners.get(bell, ()):
            event.set()

    async def _publish(self) -> None:
        while self._rung:
            rung, self._rung = self._rung, set()
            try:
                async with asyncio.timeout(WAKE_SECONDS):
                    await self._redis.publish(BELL_CHANNEL, ",".join(map(str, rung)))
            except AWAY as fault:
                self._outage.begins(fault)
                await asyncio.sleep(REST_SECONDS)
            else:
                self._outage.ends()
                await asyncio.sleep(GATHER_SECONDS)

    async def _hear(self) -> None:
        """Listen until cancelled; a Redis that is away is asked again."""
        while not is_cancelled():
            pubsub = self._redis.pubsub(ignore_subscribe_messages=True)
            try:
                async with asyncio.timeout(REPLY_SECONDS):
                    await pubsub.subscribe(BELL_CHANNEL)
                self._outage.ends()
                await self._take(pubsub)
            except AWAY as fault:
                self._outage.begins(fault)
                await asyncio.sleep(REST_SECONDS)
            finally:
                with suppress(*AWAY):
                    await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py left it without annotations

    async def _take(self, pubsub: PubSub) -> None:
        while not is_cancelled():
            async with asyncio.timeout(REPLY_SECONDS):  # for it may connect anew
                message = await pubsub.get_message(timeout=REPLY_SECONDS / 2)
            data = message["data"] if message is not None else b""
            # Whoever else writes to this Redis: what is no list of ids is no ring.
            for text in data.decode("ascii", "replace").split(",") if isinstance(data, bytes) else ():
                bell = parse_uuid(text)
                if bell is not None:
                    self._wake(bell)
