"""Links that the platform serves itself: what one allows stands in it, signed and with an end."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import orjson

PURPOSE = b"atrium: links to local files, version 1"
MAC = 43
"""Characters of a MAC of 32 bytes in base64."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a link allows: one act with one file, until a moment."""

    act: Literal["upload", "download"]
    key: str
    until: datetime
    media_type: str
    max_bytes: int = 0
    """Of an upload."""
    name: str = ""
    """Of a download: what the client calls it."""


class FileLinks:
    """Signs grants and knows its own again (HMAC-SHA256, RFC 2104)."""

    def __init__(self, secret: str) -> None:
        """With a key of its own, made of the installation's: what is signed here is taken for nothing else."""
        self._key = hmac.digest(secret.encode(), PURPOSE, "sha256")

    def sign(self, grant: Grant) -> str:
        """The grant as a token: letters, digits, `-`, `_` and one dot."""
        until = int(grant.until.timestamp())
        fields = [grant.act, grant.key, until, grant.media_type, grant.max_bytes, grant.name]
        payload = _text(orjson.dumps(fields))
        return f"{payload}.{self._mac(payload)}"

    def read(self, token: str, now: datetime) -> Grant | None:
        """What the token allows now; None for one that is not ours, or whose time is over."""
        payload, _, mac = token.rpartition(".")
        if len(mac) != MAC or not token.isascii() or not hmac.compare_digest(mac, self._mac(payload)):
            return None
        act, key, until, media_type, max_bytes, name = orjson.loads(_bytes(payload))
        end = datetime.fromtimestamp(until, UTC)
        return None if end <= now else Grant(act, key, end, media_type, max_bytes, name)

    def _mac(self, payload: str) -> str:
        return _text(hmac.digest(self._key, payload.encode(), "sha256"))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return binascii.a2b_base64(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4))
