"""Bodies of /health."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field


@dataclass(slots=True)
class Health:
    """Whether the process lives."""

    status: Literal["ok"]


@dataclass(slots=True)
class ReadinessOut:
    """Whether the process serves, and what each check found."""

    status: Annotated[Literal["ok", "degraded"], Field(description="degraded: it serves, without Redis for a while")]
    checks: Annotated[dict[str, str], Field(description="`ok`, or what is wrong, by check")]
