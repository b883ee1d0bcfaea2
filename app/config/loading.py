"""From layers to settings: validated whole, with every fault at once and the source of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from app.config.layers import (
    ROOT,
    ConfigError,
    Layer,
    Place,
    name_faults,
    read_sources,
    source_of,
    stacked,
    variable_of,
)
from app.config.model import Database, Settings
from app.config.vault import read_vault

SERVING_URLS = ("url", "identity_url", "system_url")
DIFFERENT = 8
"""A random secret has at least so many different characters."""
HASH_AT_LEAST = {"memory_kib": 19_456, "time_cost": 2}
"""The cost of a password's hash that OWASP's password storage cheat sheet starts at for Argon2id."""
UNKNOWN = "extra_forbidden"
MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one setting."""

    place: Place
    text: str

    def __str__(self) -> str:
        """The place first, then what is wrong."""
        return f"{'.'.join(self.place)}: {self.text}" if self.place else self.text


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read of an installation; `settings` is None where a fault forbids it."""

    env: str
    env_source: str
    layers: tuple[Layer, ...]
    data: Mapping[str, Any]
    settings: Settings | None
    faults: tuple[Fault, ...]


def load_settings(
    overrides: Mapping[str, Any] | None = None, *, folder: Path = ROOT, secrets_file: Path | None = None
) -> Settings:
    """The settings of the installation in `folder`, with `overrides` (nested) on top.

    A later source goes before an earlier: settings.toml, .secrets.toml, their .local twins, Vault, .env, ATRIUM_
    variables, overrides. `secrets_file` is read in place of the folder's .secrets.toml.

    Raises:
        ConfigError: with every fault, each on a line that names the setting and its source or where to put it.
    """
    reading = read_settings(overrides, folder=folder, secrets_file=secrets_file)
    if reading.settings is None:
        told = [f"These settings of the environment '{reading.env}' cannot be used:", *map(str, reading.faults)]
        raise ConfigError("\n  ".join(told))
    return reading.settings


def load_database(*, folder: Path = ROOT, secrets_file: Path | None = None) -> Database:
    """The section `database` alone, for the command that makes the database: secrets and URLs need not be there yet.

    Raises:
        ConfigError: with every fault of the section.
    """
    reading = read_settings(folder=folder, secrets_file=secrets_file)
    try:
        return Database.model_validate(reading.data.get("database", {}))
    except ValidationError as error:
        found = [Fault(("database", *fault.place), fault.text) for fault in _field_faults(error, reading.layers)]
        told = [f"These settings of the environment '{reading.env}' cannot be used:", *map(str, found)]
        raise ConfigError("\n  ".join(told)) from error


def read_settings(
    overrides: Mapping[str, Any] | None = None, *, folder: Path = ROOT, secrets_file: Path | None = None
) -> Reading:
    """What `load_settings` would use, with its faults instead of an error.

    Raises:
        ConfigError: a file cannot be read, or ATRIUM_ENV names no environment.
    """
    sources = read_sources(folder, secrets_file)
    over = [Layer("override", overrides)] if overrides else []
    faults = [Fault((), text) for text in sources.faults]
    vault = None
    try:
        vault = read_vault(stacked([*sources.files, *sources.variables, *over]).get("vault", {}), sources.env)
    except ConfigError as error:
        faults.append(Fault(("vault", "url"), str(error)))
    layers = (*sources.files, *([vault] if vault else []), *sources.variables, *over)
    data = stacked(layers)
    faults += [Fault((), text) for text in name_faults(layers)]
    if vault is not None and "vault" in vault.data:
        faults.append(Fault(("vault",), f"Vault cannot say where Vault is: take it out of {vault.source}"))
    known = {name: value for name, value in data.items() if name in Settings.model_fields}
    settings = None
    try:
        settings = Settings.model_validate({**known, "env": sources.env})
    except ValidationError as error:
        faults += _field_faults(error, layers)
    if sources.env == "production":
        faults += _production_faults(known, settings)
    return Reading(sources.env, sources.env_source, layers, data, None if faults else settings, tuple(faults))


def is_placeholder(secret: str) -> bool:
    """True where a secret is the example's, or hardly random at all."""
    return secret.startswith("change-me") or len(set(secret)) < DIFFERENT


def _field_faults(error: ValidationError, layers: tuple[Layer, ...]) -> list[Fault]:
    faults = []
    for fault in error.errors(include_input=False, include_url=False, include_context=False):
        place = tuple(str(part) for part in fault["loc"])
        source = None if fault["type"] == MISSING else source_of(layers, place)
        where = f"from {source}" if source else f"settings.toml, .secrets.toml or {variable_of(place)}"
        faults.append(Fault(place, f"{fault['msg']} ({where})"))
    return faults


def _production_faults(data: Mapping[str, Any], settings: Settings | None) -> list[Fault]:
    """What development forgives: servers of our own, cookies over plain HTTP, example secrets."""
    database, redis, web, auth, keys = (
        _table(data.get(name)) for name in ("database", "redis", "web", "auth", "secrets")
    )
    faults = [Fault(("database", name), "name a real server") for name in SERVING_URLS if not database.get(name)]
    faults += [] if redis.get("url") else [Fault(("redis", "url"), "name a real server")]
    # as it was understood, where it was: the text "false" is as good as false
    secure = settings.web.cookie_secure if settings else web.get("cookie_secure") is True
    faults += [] if secure else [Fault(("web", "cookie_secure"), "must be true")]
    pays = settings is not None and settings.payments.adapter == "local"
    faults += [Fault(("payments", "adapter"), "local takes made-up cards")] if pays else []
    carries = settings is not None and settings.shipping.local
    faults += [Fault(("shipping", "local"), "the local carrier carries nothing")] if carries else []
    hashing = settings.auth.argon2 if settings else None
    faults += [
        Fault(("auth", "argon2", name), f"must be at least {least}")
        for name, least in HASH_AT_LEAST.items()
        if hashing and getattr(hashing, name) < least
    ]
    names = ("cursor_key", "audit_key", "encryption_key")
    secrets: dict[Place, Any] = {("secrets", name): keys.get(name) for name in names}
    secrets |= {("password in database", name): _password(str(database.get(name) or "")) for name in SERVING_URLS}
    signing = auth.get("keys")
    for number, key in enumerate(signing if isinstance(signing, list) else ()):
        secrets["auth", "keys", str(number), "secret"] = _table(key).get("secret")
    faults += [
        Fault(place, "is an example value") for place, value in secrets.items() if value and is_placeholder(str(value))
    ]
    return faults


def _password(url: str) -> str | None:
    """A URL's password; None where it has none, or cannot be read (the driver says so)."""
    try:
        return urlsplit(url).password
    except ValueError:
        return None


def _table(value: Any) -> Mapping[str, Any]:
    """A table, or an empty one where something else was given: that is told as a fault of its own."""
    return value if isinstance(value, Mapping) else {}
