"""What never stands in the audit log in the clear: one place says which fields, and everything written passes it (ADR 0025)."""

from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

MASK = "***"
SECRET_WORDS = frozenset(
    {
        "password",
        "secret",
        "token",
        "hash",
        "otp",
        "codes",
        "credential",
        "credentials",
        "authorization",
        "cookie",
    }
)
"""Secret is a field with this name, or whose last word it is: `password_hash`, `refresh_token`."""
PERSONAL_FIELDS = frozenset(
    {
        "email",
        "old_email",
        "new_email",
        "email_address",
        "phone",
        "picture",
        "birthday",
        "postal_address",
        "person_name",
    }
)
"""Personal are these fields of whatever thing."""
PERSONAL_OF_PEOPLE = frozenset({"name", "locale", "time_zone"})
"""And these where the thing is a person: a product's name is nobody's."""
PEOPLE = ("user:", "member:", "registration:", "invitation:")


def masked(values: Mapping[str, Any] | None, target: str | None) -> dict[str, Any] | None:
    """The values of an entry with the secret and the personal ones masked, in whatever depth.

    That a field changed can be seen, what it was cannot; so nothing is left to erase when the person leaves.
    """
    if values is None:
        return None
    of_person = target is not None and target.startswith(PEOPLE)
    return {key: MASK if _is_masked(key, of_person) else _inside(value, target) for key, value in values.items()}


def _inside(value: Any, target: str | None) -> Any:
    if isinstance(value, SecretStr):
        return MASK
    if isinstance(value, Mapping):
        return masked(value, target)
    if isinstance(value, list | tuple):
        return [_inside(item, target) for item in value]
    return value


def _is_masked(key: str, of_person: bool) -> bool:
    name = key.lower()
    return (
        name.rpartition("_")[2] in SECRET_WORDS or name in PERSONAL_FIELDS or (of_person and name in PERSONAL_OF_PEOPLE)
    )
