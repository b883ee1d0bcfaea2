"""API keys as text: `atr_<live|test>_<id>_<secret><checksum>`, all in base62.

The id holds tenant and key, so that a request is bound before anything is searched. The checksum (CRC-32 of what stands
before it, the habit of GitHub's tokens) tells a mistyped key without the database, and lets scanners of leaks recognise one.
"""

import hashlib
import re
import secrets
import string
import zlib
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

MARK = "atr_"
DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
ID_LENGTH = 43
"""Of 256 bits: tenant and key."""
SECRET_LENGTH = 32
"""Of 190 random bits."""
CHECKSUM_LENGTH = 6
FORM = re.compile(rf"atr_(live|test)_([0-9A-Za-z]{{{ID_LENGTH}}})_([0-9A-Za-z]{{{SECRET_LENGTH + CHECKSUM_LENGTH}}})")
Environment = Literal["live", "test"]


@dataclass(frozen=True, slots=True)
class KeyClaim:
    """What an API key says of itself; that it is true is for the database to say."""

    tenant_id: UUID
    key_id: UUID
    secret_hash: bytes


def make_key(environment: Environment, tenant_id: UUID, key_id: UUID) -> tuple[str, str, bytes]:
    """A new key: the text that is shown once, the prefix that is shown again, the hash that is stored."""
    name = _base62(tenant_id.int << 128 | key_id.int, ID_LENGTH)
    secret = "".join(secrets.choice(DIGITS) for _ in range(SECRET_LENGTH))
    body = f"{MARK}{environment}_{name}_{secret}"
    return body + _checksum(body), f"{MARK}{environment}_...{name[-6:]}", _hash(secret)


def read_key(text: str, environment: Environment) -> KeyClaim | None:
    """The claim of a well-formed key of this environment, or None."""
    found = FORM.fullmatch(text)
    if found is None or found[1] != environment:
        return None
    body, checksum = text[:-CHECKSUM_LENGTH], text[-CHECKSUM_LENGTH:]
    number = _number(found[2])
    if _checksum(body) != checksum or number >= 1 << 256:
        return None
    secret = found[3][:SECRET_LENGTH]
    return KeyClaim(UUID(int=number >> 128), UUID(int=number & (1 << 128) - 1), _hash(secret))


def _hash(secret: str) -> bytes:
    """SHA-256 is enough where the secret is random."""
    return hashlib.sha256(secret.encode()).digest()


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), CHECKSUM_LENGTH)


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(DIGITS))
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))


def _number(text: str) -> int:
    number = 0
    for character in text:
        number = number * len(DIGITS) + DIGITS.index(character)
    return number
