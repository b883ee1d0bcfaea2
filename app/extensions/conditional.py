"""If-Match: the optimistic lock as the client sees it."""

from dataclasses import dataclass

from app.exceptions import PreconditionFailed, PreconditionRequired


@dataclass(frozen=True, slots=True)
class IfMatch:
    """The header of one request, or its absence."""

    value: str | None

    def require(self, version: int) -> None:
        """Demand that the caller has seen this version. Called after the object was found and access to it was judged.

        Raises:
            PreconditionRequired: no If-Match.
            PreconditionFailed: another version, a weak tag or a list of tags.
        """
        if self.value is None:
            raise PreconditionRequired(
                f'Send If-Match with the ETag that you have read, or "*"; now it is "{version}".'
            )
        if self.value.strip() == "*":
            return
        if self.value.strip() != f'"{version}"':
            raise PreconditionFailed("It has changed since you read it; read it again.")
