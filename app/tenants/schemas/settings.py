"""What a tenant decides for itself: bodies, and the settings of tenants' own module."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from app.utils.schemas import BaseSchema, OpaqueVersion

DOMAIN = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$"


def _each_once(domains: list[str]) -> list[str]:
    return sorted(set(domains))


class MemberRules(BaseSchema):
    """Who may be asked to join."""

    invited_domains: Annotated[
        list[Annotated[str, Field(max_length=253, pattern=DOMAIN)]],
        Field(
            default_factory=list,
            max_length=50,
            description="only addresses of these domains are invited; none listed: all",
        ),
        AfterValidator(_each_once),
    ]


@dataclass(slots=True)
class ModuleSettingsOut:
    """A tenant's settings for one module, defaults included."""

    module: Annotated[str, Field(description="the module's name")]
    values: Annotated[dict[str, Any], Field(description="every setting of the module, by name")]
    version: OpaqueVersion
