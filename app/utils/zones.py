"""Time zones by their names in the IANA database."""

from functools import lru_cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """The names of the IANA database, as this machine has it."""
    return frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name not in time_zones():
        raise PydanticCustomError("unknown_time_zone", "is no name of the IANA time zone database")
    return name


ZoneName = Annotated[str, Field(max_length=60, description="IANA time zone"), AfterValidator(_known_zone)]
