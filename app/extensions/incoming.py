"""Messages that others send us, signed as Standard Webhooks has it (https://www.standardwebhooks.com, signatures `v1`)."""

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

TOLERANCE: Final = timedelta(minutes=5)
"""How far the time of a message may be from now: what is older may be one that somebody has kept, and sends again."""
MAX_ID: Final = 200
"""Characters of a message's id."""
MAX_SIGNATURES: Final = 10
"""How many of them are looked at: a sender that changes its secret sends two."""
PREFIX: Final = "whsec_"
SECRET_BYTES: Final = range(24, 65)
VERSION: Final = "v1,"
MESSAGE_ID: Final = re.compile(rf"[!-~]{{1,{MAX_ID}}}")
SECONDS: Final = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """What came, byte for byte: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, and the body."""

    id: str
    timestamp: str
    """Seconds since 1970."""
    signatures: str
    """One or more, by spaces."""
    body: bytes


def read_secret(text: str) -> bytes:
    """The bytes of a secret, `whsec_` and base64.

    Raises:
        ValueError: it is none, or not of 24 to 64 bytes.
    """
    try:
        secret = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        secret = b""
    if not text.startswith(PREFIX) or len(secret) not in SECRET_BYTES:
        raise ValueError(f"is not {PREFIX} and 24 to 64 bytes in base64")
    return secret


def signature(secret: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over id, time and body, as the header spells it."""
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    return VERSION + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()


def is_genuine(message: SignedMessage, secret: bytes, now: datetime) -> bool:
    """Whether the holder of the secret has signed just this, within the last five minutes.

    The work is the same whatever is wrong with it, so that nobody learns from the time how near they were.
    """
    well_formed = MESSAGE_ID.fullmatch(message.id) is not None and SECONDS.fullmatch(message.timestamp) is not None
    seconds = int(message.timestamp) if well_formed else 0
    is_fresh = abs(now.timestamp() - seconds) <= TOLERANCE.total_seconds()
    expected = signature(secret, message.id if well_formed else "", str(seconds), message.body).encode()
    given = message.signatures.split(" ", MAX_SIGNATURES)[:MAX_SIGNATURES]
    matches = [hmac.compare_digest(each.encode(), expected) for each in given]
    return well_formed and is_fresh and any(matches)
