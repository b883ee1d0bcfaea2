"""The sources of settings, each read by Dynaconf and kept apart: layers, of which a later one goes before an earlier.

Dynaconf's own history cannot say where a value comes from: with merging it keeps, for each source, the whole section as
it stood after that source (ADR 0017). So every source is read without merging, and `stacked` lays them over one another:
tables are merged, everything else, lists included, is replaced.
"""

import difflib
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from dynaconf import Dynaconf
from dynaconf.default_settings import start_dotenv
from dynaconf.utils.parse_conf import DynaconfFormatError, DynaconfParseError, Lazy, MetaValue, parse_conf_data
from dynaconf.vendor.dotenv.parser import parse_stream
from jinja2 import TemplateError

from app.config.model import Settings
from app.utils.faults import InstallationFault

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENTS = ("development", "testing", "production")
PREFIX = "ATRIUM_"
SWITCH = "ATRIUM_ENV"
TESTS = "ATRIUM_TEST_"
DYNACONF = "_FOR_DYNACONF"
IN_CODE = "default in code"
SECTIONS = tuple(name for name in Settings.model_fields if name != "env")
UNREADABLE = (DynaconfParseError, DynaconfFormatError, TemplateError, ValueError)
"""What Dynaconf raises for a value or a file that cannot be read; a file's text is a ValueError."""

Place = tuple[str, ...]


class ConfigError(InstallationFault):
    """Settings that cannot be used; the message lists every fault, one a line."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One source and what it says, in lower-case names."""

    source: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sources:
    """What was read: the environment, its layers from the first to the last, and what could not be read."""

    env: str
    env_source: str
    files: tuple[Layer, ...]
    variables: tuple[Layer, ...]
    faults: tuple[str, ...]


def read_sources(folder: Path, secrets_file: Path | None = None) -> Sources:
    """The files and variables of an installation.

    Raises:
        ConfigError: ATRIUM_ENV names no environment, or Dynaconf is steered past these settings.
    """
    before = frozenset(os.environ)
    _refuse_steering()
    files = [folder / "settings.toml", secrets_file or folder / ".secrets.toml"]
    _load_dotenv(folder / ".env")
    try:
        raw = Dynaconf(
            root_path=str(folder),
            # whole paths: for a bare name Dynaconf would go on looking in the folder that the process was started in
            settings_files=[str(file) for file in files],
            environments=True,
            env_switcher=SWITCH,
            envvar_prefix="ATRIUM",
            load_dotenv=False,  # it would first look in the folder of the script, its parents and the present one
            loaders=[],
        )
        env = str(raw.current_env).lower()
    except UNREADABLE as error:
        raise ConfigError(f"The settings files cannot be read: {_file_fault(files, error)}") from error
    _refuse_steering()  # again: .env may have brought some
    if env not in ENVIRONMENTS:
        raise ConfigError(f"{SWITCH} is '{env}'; it must be one of {', '.join(ENVIRONMENTS)}")
    layers, unread = _read_files(raw)
    variables, faults = _read_variables(before, raw)
    faults = [*unread, *(fault for file in files for fault in _heading_faults(file)), *faults]
    chosen = IN_CODE if SWITCH not in os.environ else _variable_name(SWITCH, before)
    return Sources(env, chosen, tuple(layers), tuple(variables), tuple(faults))


def stacked(layers: Iterable[Layer]) -> dict[str, Any]:
    """What the layers come to."""
    result: dict[str, Any] = {}
    for layer in layers:
        _lay(result, layer.data)
    return result


def source_of(layers: Sequence[Layer], place: Place) -> str | None:
    """The name of the last layer that says anything of the place; None where none does."""
    for layer in reversed(layers):
        found: Any = layer.data
        for part in place:
            if not isinstance(found, Mapping):
                return layer.source  # a value stands where the place has a table: it hides what lies below
            if part not in found:
                break
            found = found[part]
        else:
            return layer.source
    return None


def name_faults(layers: Iterable[Layer]) -> Iterator[str]:
    """Sections that no setting is in, each with its source and what was perhaps meant."""
    for layer in layers:
        for name in layer.data:
            if name not in SECTIONS:
                yield f"{name}: no setting begins so (in {layer.source}){_meant(name)}"


def variable_of(place: Iterable[object]) -> str:
    """The variable that sets a place."""
    return PREFIX + "__".join(str(part).upper() for part in place)


def _lay(target: dict[str, Any], source: Mapping[str, Any]) -> None:
    for key, value in source.items():
        if isinstance(value, Mapping):
            below = target.get(key)
            target[key] = dict(below) if isinstance(below, Mapping) else {}
            _lay(target[key], value)
        else:
            target[key] = value


def _read_files(raw: Dynaconf) -> tuple[list[Layer], list[str]]:
    """A layer for each heading of each file, in the order in which Dynaconf took them."""
    layers, faults = [], []
    for source, data in raw.loaded_by_loaders.items():
        if source.loader == "toml":
            name = _file_name(source.identifier, source.env)
            try:
                layers.append(Layer(name, plain(data, raw)))
            except UNREADABLE as error:
                faults.append(f"{name}: a value cannot be read ({type(error).__name__}); check what follows an @ in it")
    return layers, faults


def _read_variables(before: frozenset[str], raw: Dynaconf) -> tuple[list[Layer], list[str]]:
    """A layer for each variable: the shorter name, which sets more, below the longer one."""
    layers, faults = [], []
    names = [name for name in os.environ if name.startswith(PREFIX) and name != SWITCH and not name.startswith(TESTS)]
    for name in sorted(names, key=lambda name: (name.count("__"), name)):
        place = name.removeprefix(PREFIX).lower().split("__")
        if not all(place):
            faults.append(f"{name}: two underscores part section and name, as in ATRIUM_DATABASE__URL")
            continue
        try:
            value = plain(parse_conf_data(_boolean(os.environ[name]), tomlfy=True, box_settings=raw), raw)
        except UNREADABLE as error:
            faults.append(f"{name}: its value cannot be read ({type(error).__name__}); check what follows the @ in it")
            continue
        for part in reversed(place):
            value = {part: value}
        layers.append(Layer(_variable_name(name, before), value))
    return layers, faults


def _boolean(text: str) -> str:
    """TOML knows `true` and `false` only; in variables people write True."""
    return text.lower() if text in {"True", "False"} else text


def plain(value: Any, raw: Dynaconf) -> Any:
    """Plain dictionaries with lower-case keys, and what Dynaconf's @-words of files come to."""
    if isinstance(value, Mapping):
        return {str(key).lower(): plain(item, raw) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, raw) for item in value]
    if isinstance(value, str) and value.startswith("@"):
        value = parse_conf_data(value, box_settings=raw)
    if isinstance(value, MetaValue):
        raise ValueError("@merge, @insert, @del and @reset have no meaning here")  # noqa: TRY004 - the text's fault, not a type's
    return value(raw) if isinstance(value, Lazy) else value


def _refuse_steering() -> None:
    """Dynaconf's own variables go before what it is told here: with them another file or prefix could be put in place."""
    found = sorted(name for name in os.environ if name.endswith(DYNACONF))
    if found:
        told = f"{', '.join(found)}: unset it, it would steer Dynaconf past Atrium's settings"
        raise ConfigError(f"{told}; Vault is set by ATRIUM_VAULT__URL and its companions (docs/settings.md).")


def _heading_faults(file: Path) -> Iterator[str]:
    """Headings of environments that there are not: Dynaconf passes them over without a word."""
    if file.exists():
        known = ("default", *ENVIRONMENTS)
        for heading in tomllib.loads(file.read_text(encoding="utf-8")):
            if heading.lower() not in known:
                yield f"[{heading}] in {file.name}: no environment; headings are {', '.join(known)}"


def _load_dotenv(file: Path) -> None:
    """Bring its variables into the environment, where they are not there yet.

    Raises:
        ConfigError: it cannot be read, or a line of it.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(f"{file.name} cannot be read: {error.strerror}.") from error
    except UnicodeError as error:
        raise ConfigError(f"{file.name} is not UTF-8.") from error
    # A line that Dynaconf's reader does not understand it would drop with a warning, and start with something else.
    wrong = [str(item.original.line) for item in parse_stream(StringIO(text)) if item.error]
    if wrong:
        raise ConfigError(f"{file.name} is to hold lines such as NAME='value': see line {', '.join(wrong)}.")
    if "\0" in text:
        raise ConfigError(f"{file.name} holds a NUL, which no variable can.")
    start_dotenv({"DOTENV_PATH_FOR_DYNACONF": str(file)})


def _file_fault(files: Iterable[Path], error: Exception) -> str:
    """Which file it was, and where in it."""
    for file in files:
        try:
            tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError:
            continue
        except ValueError as fault:
            return f"{file.name}: {fault}"
    return f"the @-word of a value is not understood ({type(error).__name__})"


def _variable_name(name: str, before: frozenset[str]) -> str:
    """Where a variable came from: what was not there before Dynaconf read .env came from it."""
    return f"environment variable {name}" if name in before else f".env {name}"


def _file_name(path: str, heading: str) -> str:
    return f"{Path(path).name} [{heading}]"


def _meant(name: str) -> str:
    """A likeness, as the end of a sentence."""
    section = next((section for section in SECTIONS if name.startswith(f"{section}_")), None)
    if section is not None:
        return f"; two underscores part section and name: {variable_of((section, name.removeprefix(f'{section}_')))}"
    close = difflib.get_close_matches(name, SECTIONS, n=1)
    return f"; was {close[0]} meant?" if close else f"; sections are {', '.join(SECTIONS)}"


def shipped(folder: Path, env: str) -> dict[str, Any]:
    """What settings.toml alone says for an environment: the defaults that every installation starts from."""
    headings = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    return stacked(Layer("settings.toml", headings.get(name, {})) for name in ("default", env))
