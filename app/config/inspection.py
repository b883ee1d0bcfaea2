"""What an installation's settings come to, value by value, each with its source; nothing secret is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from app.config.layers import IN_CODE, ROOT, Place, source_of
from app.config.loading import Reading, read_settings
from app.config.model import Settings
from app.config.secrecy import is_secret, model_in, shown, value_model

NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Value:
    """One setting: masked where it is secret; `fault` says why it cannot be used."""

    name: str
    value: Any
    source: str
    secret: bool
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """All values, and the faults that belong to none of them."""

    env: str
    values: tuple[Value, ...]
    faults: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether a process would start with these settings."""
        return not self.faults and not any(value.fault for value in self.values)


def inspect_settings(
    overrides: Mapping[str, Any] | None = None, *, folder: Path = ROOT, secrets_file: Path | None = None
) -> Inspection:
    """The settings as `load_settings` would take them, with the source of each. Faults are shown, not raised.

    Variables of .env are told from others at the first reading of a process: from then on they are in its environment.

    Raises:
        ConfigError: a file cannot be read, or ATRIUM_ENV names no environment.
    """
    reading = read_settings(overrides, folder=folder, secrets_file=secrets_file)
    rows = [Value("env", reading.env, reading.env_source, secret=False)]
    rows += [_value(reading, place, value) for place, value in _leaves(reading.data, ())]
    rows += [_coded(place, value) for place, value in _defaults(Settings, reading.data, ())]
    rows += _missing(reading, {row.name for row in rows})
    return Inspection(
        reading.env,
        tuple(sorted(rows, key=lambda row: (row.name != "env", row.name))),
        tuple(fault.text for fault in reading.faults if not fault.place),
    )


def _value(reading: Reading, place: Place, value: Any) -> Value:
    told = [str(fault.text) for fault in reading.faults if fault.place and fault.place[: len(place)] == place]
    source = source_of(reading.layers, place) or NOWHERE
    return Value(".".join(place), shown(place, value), source, is_secret(place), "; ".join(told) or None)


def _coded(place: Place, value: Any) -> Value:
    return Value(".".join(place), shown(place, value), IN_CODE, is_secret(place))


def _missing(reading: Reading, names: set[str]) -> Iterator[Value]:
    """A row for each fault whose place has no value: what is required and given nowhere."""
    for fault in reading.faults:
        covered = any(".".join(fault.place[:length]) in names for length in range(1, len(fault.place) + 1))
        if fault.place and not covered:
            source = source_of(reading.layers, fault.place) or NOWHERE
            yield Value(".".join(fault.place), None, source, is_secret(fault.place), fault.text)


def _leaves(data: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """All values, each with its place; a list of tables counts by number, an empty table is a value."""
    if isinstance(data, Mapping) and (data or not place):
        for name, item in data.items():
            yield from _leaves(item, (*place, str(name)))
    elif isinstance(data, list) and data and all(isinstance(item, Mapping) for item in data):
        for number, item in enumerate(data):
            yield from _leaves(item, (*place, str(number)))
    else:
        yield place, data


def _defaults(model: type[BaseModel], data: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, Any]]:
    """What the model itself supplies where no source says anything."""
    for name, field in model.model_fields.items():
        here, given = (*place, name), data.get(name)
        section = model_in(field.annotation)
        table = value_model(field.annotation)
        if table is not None and isinstance(given, Mapping):
            for key, item in given.items():
                yield from _defaults(table, item if isinstance(item, Mapping) else {}, (*here, str(key)))
        elif section is not None and isinstance(given, Mapping):
            yield from _defaults(section, given, here)
        elif name not in data and not field.is_required():
            default = field.get_default(call_default_factory=True)
            if section is not None and default is not None:
                yield from _defaults(section, {}, here)
            else:
                yield here, default
