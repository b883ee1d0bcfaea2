"""Which passwords are taken (ASVS 5.0, 6.2; NIST SP 800-63B): any Unicode of enough length that is not a common one."""

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_core import PydanticCustomError

SHORTEST, LONGEST = 8, 256
COMMON = Path(__file__).with_name("common_passwords.txt")
"""The 10,000 most common passwords of at least eight characters, from leaks, as the MIT-licensed zxcvbn 4.5.0 ranks them."""


def normalized(password: str) -> str:
    """One form for what looks the same, composed or decomposed (NFKC, as SP 800-63B 5.1.1.2 asks)."""
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The common passwords; read when the first password is chosen."""
    return frozenset(COMMON.read_text(encoding="utf-8").split("\n"))


def _chosen(password: SecretStr) -> SecretStr:
    text = normalized(password.get_secret_value())
    if not SHORTEST <= len(text) <= LONGEST:
        raise PydanticCustomError("password_length", f"has {SHORTEST} to {LONGEST} characters")
    if text.casefold() in common():
        raise PydanticCustomError("password_common", "is one of the most common passwords; choose another")
    return password


NewPassword = Annotated[
    SecretStr,
    Field(min_length=1, max_length=2 * LONGEST, description="at least 8 characters, any; common ones are refused"),
    AfterValidator(_chosen),
]
