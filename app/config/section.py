"""What all sections of the settings are made of."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr


def _split(value: Any) -> Any:
    """Words by comma, as settings write lists: Dynaconf would add a later list to an earlier one, a text it replaces."""
    return tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
SecretWords = Annotated[tuple[SecretStr, ...], BeforeValidator(_split)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Count = Annotated[int, Field(gt=0)]
Amount = Annotated[int, Field(ge=0)]
Weight = Literal["read", "write", "heavy", "auth"]


class Section(BaseModel):
    """A part of the settings: frozen, and closed to names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
