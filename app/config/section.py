"""What every part of the settings is."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A part of the settings: frozen, and closed to names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
