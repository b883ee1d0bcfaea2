"""What a tenant decides for a module. The schema is the module's manifest's; stored is what differs from its defaults."""

import logging
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from app.auth.commons import Commons, Service
from app.exceptions import FieldFault, NotFound, ValidationFailed, pointer_to
from app.extensions.conditional import version_of
from app.tenants.repository.settings import SettingsRepository
from app.tenants.schemas import ModuleSettingsOut
from app.utils.schemas import BaseSchema

logger = logging.getLogger(__name__)
S = TypeVar("S", bound=BaseSchema)


class SettingsService(Service):
    """The chosen tenant's settings."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.settings = SettingsRepository(self.uow)

    async def get(self, module: str) -> ModuleSettingsOut:
        """All settings of the module.

        Raises:
            NotFound: no installed module of that name has any.
        """
        schema = self._schema(module)
        stored, version = await self.settings.get(module)
        return _shown(module, _read(schema, stored), version)

    async def update(self, module: str, patch: Mapping[str, Any]) -> ModuleSettingsOut:
        """Apply a merge patch (RFC 7396): absent stays, null brings the default back.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed.
            ValidationFailed: what comes of it is not what the module's schema allows.
        """
        schema = self._schema(module)
        stored, version = await self.settings.get(module)
        before = _read(schema, stored)
        self.commons.if_match.require(_shown(module, before, version).version)
        try:
            after = schema.model_validate(_merged(before.model_dump(mode="json", exclude_defaults=True), patch))
        except ValidationError as error:
            raise ValidationFailed(errors=_faults(error)) from error
        if after != before:
            kept = after.model_dump(mode="json", exclude_defaults=True)
            await self.settings.set(module, kept, version, self.commons.clock.now())
            was, now = before.model_dump(mode="json"), after.model_dump(mode="json")
            names = [name for name in now if was[name] != now[name]]
            self.track(
                "tenants.settings.changed",
                f"settings:{module}",
                before={name: was[name] for name in names},
                after={name: now[name] for name in names},
            )
        return await self.get(module)

    def _schema(self, module: str) -> type[BaseSchema]:
        schema = self.commons.book.settings.get(module)
        if schema is None:
            raise NotFound("No module of that name has settings.")
        return schema


async def settings_of(commons: Commons, module: str, schema: type[S]) -> S:
    """What the bound tenant has decided for the module, for use cases of that module."""
    stored, _ = await SettingsRepository(commons.uow).get(module)
    return _read(schema, stored)


def _read(schema: type[S], stored: Mapping[str, Any]) -> S:
    """What was stored, as far as today's schema allows it: a setting that a release has dropped or narrowed is the default."""
    try:
        return schema.model_validate(stored)
    except ValidationError as error:
        bad = {str(item["loc"][0]) for item in error.errors() if item["loc"]}
        logger.warning("stored settings do not fit", extra={"schema": schema.__name__, "settings": sorted(bad)})
        return schema.model_validate({name: value for name, value in stored.items() if name not in bad})


def _shown(module: str, settings: BaseSchema, version: int) -> ModuleSettingsOut:
    """Defaults are code, which the next release may change: the version counts them too."""
    values = settings.model_dump(mode="json")
    return ModuleSettingsOut(module, values, version_of(version, values))


def _merged(old: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(old)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, Mapping):
            below = merged.get(name)
            merged[name] = _merged(below if isinstance(below, Mapping) else {}, value)
        else:
            merged[name] = value
    return merged


def _faults(error: ValidationError) -> list[FieldFault]:
    return [
        FieldFault(item["type"], item["msg"], pointer_to(*item["loc"]))
        for item in error.errors(include_input=False, include_url=False)
    ]
