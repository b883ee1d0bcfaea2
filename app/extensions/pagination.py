"""Keyset pages: an opaque, signed cursor, bound to tenant, route, filter and sort."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from typing import Any

import orjson

from app.exceptions import InvalidCursor

MAC_BYTES = 16
MAX_CURSOR = 2000


class CursorCodec:
    """Makes and reads cursors. HMAC-SHA256, cut to 128 bits, over the position and what it is bound to."""

    def __init__(self, key: str) -> None:
        """`key` is the installation's `secrets.cursor_key`."""
        self._keyed = hmac.new(key.encode(), digestmod="sha256")
        """The key's two blocks, hashed once."""

    def encode(self, position: Sequence[Any], *, bound_to: Sequence[Any]) -> str:
        """The cursor after the row whose sort values and id are `position`."""
        body = orjson.dumps(list(position), default=str)
        return _text(self._mac(body, bound_to) + body)

    def decode(self, cursor: str, *, bound_to: Sequence[Any]) -> list[Any]:
        """The position that the cursor holds.

        Raises:
            InvalidCursor: it is not ours, was changed, or belongs to another list, tenant, filter or sort.
        """
        try:
            data = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError) as error:
            raise InvalidCursor("Send `next_cursor` of the page before, unchanged.") from error
        mac, body = data[:MAC_BYTES], data[MAC_BYTES:]
        if len(cursor) > MAX_CURSOR or cursor != _text(data) or not hmac.compare_digest(mac, self._mac(body, bound_to)):
            raise InvalidCursor("The cursor belongs to another list, filter, sort or tenant.")
        position: list[Any] = orjson.loads(body)
        return position

    def _mac(self, body: bytes, bound_to: Sequence[Any]) -> bytes:
        message = orjson.dumps(list(bound_to), default=str) + b"\x00" + body
        mac = self._keyed.copy()
        mac.update(message)
        return mac.digest()[:MAC_BYTES]


def _text(data: bytes) -> str:
    """The one spelling of a cursor; base64 would read several."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
