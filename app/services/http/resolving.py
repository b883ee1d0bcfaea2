"""Names to addresses: resolved once for each connection, in threads of our own."""

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol

from app.services.http.addresses import Address, parse_address

THREADS: Final = 4


class Resolver(Protocol):
    """Finds the addresses of a name."""

    async def resolve(self, host: str, port: int) -> Sequence[Address]:
        """The addresses, best first.

        Raises:
            OSError: there are none.
        """


class SystemResolver:
    """The operating system's resolver. Threads of its own: a name server that never answers holds up nothing else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="resolver")

    async def resolve(self, host: str, port: int) -> Sequence[Address]:
        """The addresses, in the system's order.

        Raises:
            OSError: there are none.
        """
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port)
        addresses = [parse_address(text) for text in dict.fromkeys(found)]
        return [address for address in addresses if address is not None]

    def close(self) -> None:
        """Let go of the threads; look-ups that run are not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int) -> list[str]:
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
