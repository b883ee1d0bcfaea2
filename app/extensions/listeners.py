"""Ending a listening socket without resetting anybody.

A closed listener resets what the kernel has completed and nobody has accepted yet: under load that is one client in two.
So it is deafened first: new handshakes are ignored, which a client takes for a lost packet and tries again, while those
that have begun come to their end and are accepted.
"""

import ctypes
import logging
import socket
import struct
import sys
from typing import Final, Protocol

logger = logging.getLogger(__name__)

SO_ATTACH_FILTER: Final = 26  # <asm-generic/socket.h>; the socket module does not name it
# Classic BPF (Linux, Documentation/networking/filter.rst) over the TCP header: byte 13 holds the flags, 0x02 is SYN.
_INSTRUCTION: Final = "=HBBI"
_DROP_SYN: Final = b"".join(
    struct.pack(_INSTRUCTION, *line)
    for line in (
        (0x30, 0, 0, 13),  # load the byte
        (0x45, 0, 1, 0x02),  # is the bit set?
        (0x06, 0, 0, 0),  # yes: keep nothing of the packet
        (0x06, 0, 0, 0xFFFF),  # no: keep all of it
    )
)


class Listener(Protocol):
    """What is needed of a listening socket: asyncio hands out a view of it."""

    def setsockopt(self, level: int, option: int, value: bytes, /) -> None:
        """As of the socket module."""


def deafen(listener: Listener) -> bool:
    """Ignore new connections; returns whether the system can. Where not, the close is as hard as it always was: macOS, and
    sandboxes that ask for CAP_NET_RAW where Linux asks for nothing (gVisor).
    """
    if sys.platform != "linux":
        return False
    program = ctypes.create_string_buffer(_DROP_SYN, len(_DROP_SYN))
    described = struct.pack("@HP", len(_DROP_SYN) // struct.calcsize(_INSTRUCTION), ctypes.addressof(program))
    try:
        listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, described)  # the kernel copies the program
    except OSError as error:
        logger.warning("the listener cannot be deafened", extra={"error": repr(error)})
        return False
    return True
