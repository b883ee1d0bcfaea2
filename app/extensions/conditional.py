"""Conditional requests (RFC 9110, 13): what the client has seen decides whether it reads again, or may change.

What has a version is declared nowhere: a GET whose answer has the field `version` makes its path a versioned resource, so
that PATCH, PUT and DELETE of it demand If-Match; a verb (POST) that changes one says so in its access rule.

No version comes twice under one path. A count of changes is enough where the path holds an id that is made once. What may be
deleted and made again under its old key counts from its beginning (`app.db.query.version_since`), and what is partly code, which
the next release changes, takes that part into its version (`version_of`).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

import orjson
from pydantic import BaseModel
from starlette.datastructures import Headers

from app.exceptions import PreconditionFailed, PreconditionRequired
from app.utils.schemas import SAFE_INTEGER

VERSION: Final = "version"
CHANGING: Final = frozenset({"PATCH", "PUT", "DELETE"})
WIDENED: Final = frozenset({"expand", "include"})
"""Parameters that put into an answer what the version does not count."""
IF_MATCH: Final[dict[str, Any]] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": 'The ETag that was read, or "*"; missing 428, changed since 412.',
    "schema": {"type": "string", "examples": ['"1"']},
}


@dataclass(slots=True)
class IfMatch:
    """The header of one request, or its absence, and whether anybody has looked at it."""

    value: str | None = None
    judged: bool = False

    def require(self, version: int) -> None:
        """Demand that the caller has seen this version. Called after the object was found and access to it was judged.

        Raises:
            PreconditionRequired: no If-Match.
            PreconditionFailed: another version, a weak tag or a list of tags.
        """
        self.judged = True
        if self.value is None:
            raise PreconditionRequired(
                f'Send If-Match with the ETag that you have read, or "*"; now it is "{version}".'
            )
        if self.value.strip() == "*":
            return
        if self.value.strip() != f'"{version}"':
            raise PreconditionFailed("It has changed since you read it; read it again.")

    def confirm(self) -> None:
        """Refuse a change that was about to be made without a look at the version: nothing of it is kept.

        Raises:
            PreconditionRequired: no If-Match was sent either.
            RuntimeError: the use case has forgotten `require`.
        """
        if self.judged:
            return
        if self.value is None:
            raise PreconditionRequired('Send If-Match with the ETag that you have read, or "*".')
        raise RuntimeError("a versioned resource was changed, and commons.if_match.require(version) was not called")


def is_versioned(model: Any) -> bool:
    """Whether an answer of this model has a version, which is its ETag."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        return VERSION in model.model_fields
    return is_dataclass(model) and VERSION in {field.name for field in fields(model)}


def version_of(*parts: Any) -> int:
    """The version of what is more than a counted row: another number where any of the parts, which JSON must know, is another.

    53 bits of SHA-256, since not every reader of JSON keeps a larger integer exactly.
    """
    digest = hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).digest()
    return int.from_bytes(digest, "big") % (SAFE_INTEGER + 1)


def etag_of(value: Any, parameters: Iterable[str]) -> str | None:
    """The strong ETag of an answer, by its version; none where the query asked for more than that counts."""
    version = getattr(value, VERSION, None)
    if not isinstance(version, int) or not WIDENED.isdisjoint(parameters):
        return None
    return f'"{version}"'


def is_known(headers: Headers, tag: str) -> bool:
    """Whether If-None-Match names the tag; it compares weakly, in one list over all lines."""
    listed = [item.strip().removeprefix("W/") for line in headers.getlist("if-none-match") for item in line.split(",")]
    return tag in listed or listed == ["*"]
