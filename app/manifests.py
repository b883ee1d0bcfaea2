"""What must hold of the manifests before anything starts, and which of the installed modules an installation uses.

`enabled_modules` is the one place that decides; every process asks its Runtime for the modules and nothing else.
"""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.config import Settings
from app.extensions.access import AccessRule, rule_of
from app.extensions.carried import carried_faults, queue_fault
from app.extensions.events import Event
from app.extensions.module import DEFAULT_QUEUE, AccessBook, Handler, Module, SystemRole
from app.utils.faults import InstallationFault

NAME = re.compile(r"[a-z][a-z0-9_]*")
EVENT_TAIL = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
PERMISSION_TAIL = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*")


class ManifestError(InstallationFault):
    """Manifests that contradict one another, themselves or the settings; the message names every fault and its mend."""


def enabled_modules(
    given: Iterable[Module], settings: Settings, *, installed: Iterable[Module] = ()
) -> tuple[Module, ...]:
    """The modules that this installation uses: all that are given, less `modules.disabled`.

    Settings may also name what is installed and not given: a process may be made of fewer modules.

    Raises:
        ManifestError: with every fault of the manifests and of the settings that name modules.
    """
    modules = tuple(given)
    faults = [
        *_faults(modules, settings.database.idle_in_transaction_ms),
        *_setting_faults(modules, settings, {m.name: m for m in (*installed, *modules)}),
    ]
    _refuse(faults)
    return tuple(module for module in modules if module.name not in settings.modules.disabled)


def check_manifests(modules: Sequence[Module], *, idle_limit_ms: int | None = None) -> None:
    """Demand that the manifests fit together; `idle_limit_ms` is how long the database lets a transaction idle.

    Raises:
        ManifestError: with every fault.
    """
    _refuse(_faults(modules, idle_limit_ms))


def access_book(modules: Sequence[Module]) -> AccessBook:
    """The catalogue, and the system roles with what they hold: each permission goes to its lowest role and to those above it."""
    permissions = {str(permission.key): permission for module in modules for permission in module.permissions}
    order = list(SystemRole)
    held: dict[str, set[str]] = {str(role): set() for role in order}
    for key, permission in permissions.items():
        for role in order[order.index(permission.lowest_role) :]:
            held[str(role)].add(key)
    settings = {module.name: module.settings for module in modules if module.settings is not None}
    optional = frozenset(module.name for module in modules if not module.required)
    return AccessBook(permissions, {role: frozenset(keys) for role, keys in held.items()}, settings, optional)


def known_queues(modules: Iterable[Module]) -> tuple[str, ...]:
    """The queues that something is put into, each in need of workers of its own: the usual one, then the others by name."""
    found = {DEFAULT_QUEUE}
    for module in modules:
        found |= {handler.queue for handler in module.handlers if not handler.inline}
        found |= {task.queue for task in module.tasks} | {schedule.queue for schedule in module.schedules}
    return DEFAULT_QUEUE, *sorted(found - {DEFAULT_QUEUE})


def task_queues(modules: Iterable[Module]) -> frozenset[str]:
    """The queues that carry tasks, of which one may take an hour."""
    return frozenset(task.queue for module in modules for task in module.tasks)


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise ManifestError("The manifests do not fit together:\n  " + "\n  ".join(faults))


def _faults(modules: Sequence[Module], idle_limit_ms: int | None) -> list[str]:
    events = {event: module for module in modules for event in module.events}
    keys = {str(permission.key): module for module in modules for permission in module.permissions}
    by_name = {module.name: module for module in modules}
    faults = list(_doubled(modules))
    for module in modules:
        own = [
            *_name_faults(module),
            *_handler_faults(module, events, idle_limit_ms),
            *carried_faults(module, idle_limit_ms),
            *_route_faults(module, keys, by_name),
            *_schema_faults(module),
        ]
        faults += [f"{module.name}: {fault}" for fault in own]
    return faults + list(_need_faults(modules))


def _doubled(modules: Sequence[Module]) -> Iterator[str]:
    """Names that are given twice, each with the modules that give them."""
    kinds: dict[str, list[tuple[str, str]]] = {
        "modules": [(module.name, module.name) for module in modules],
        "events": [(event.name, module.name) for module in modules for event in module.events],
        "handlers": [(handler.name, module.name) for module in modules for handler in module.handlers],
        "tasks": [(task.kind, module.name) for module in modules for task in module.tasks],
        "schedules": [(schedule.name, module.name) for module in modules for schedule in module.schedules],
        "permissions": [(str(item.key), module.name) for module in modules for item in module.permissions],
        "routers": [
            (prefix + router.prefix, module.name)
            for module in modules
            for prefix, routers in (("/api/v1", module.routers), ("", module.root_routers))
            for router in routers
        ],
    }
    for kind, pairs in kinds.items():
        names = [name for name, _ in pairs]
        for name in sorted({name for name in names if names.count(name) > 1}):
            holders = ", ".join(sorted({holder for found, holder in pairs if found == name}))
            yield f"two {kind} are called {name} (in {holders}): rename one of them, or list it once"


def _name_faults(module: Module) -> Iterator[str]:
    """Names that do not say whose they are."""
    prefix = f"{module.name}."
    if not NAME.fullmatch(module.name):
        yield "a module's name is a lower-case word, with digits and underscores at most: rename it"
    for event in module.events:
        if not event.name.startswith(prefix) or not EVENT_TAIL.fullmatch(event.name.removeprefix(prefix)):
            yield f"the event {event.__name__} must be called {module.name}.<what_happened>, not {event.name}: rename it"
    for permission in module.permissions:
        key = str(permission.key)
        if not key.startswith(prefix) or not PERMISSION_TAIL.fullmatch(key.removeprefix(prefix)):
            yield f"the permission {key} must have the form {module.name}.<resource>:<verb>: rename it"


def _handler_faults(module: Module, events: Mapping[type[Event], Module], idle_limit_ms: int | None) -> Iterator[str]:
    """Handlers that could never run, or never succeed."""
    for handler in module.handlers:
        owner = events.get(handler.event)
        yield from _reaction_faults(handler)
        if owner is None:
            yield (
                f"{handler.name} reacts to {handler.event.__name__}, which no manifest declares: add the event to its"
                " module's events, or install that module"
            )
        elif _may_leave(module, owner):
            yield f"{handler.name} reacts to {handler.event.name}: add {owner.name} to the needs of {module.name}"
        if handler.unique_key is not None and not handler.event.foldable:
            yield (
                f"{handler.name} has a unique_key, but {handler.event.name} is recorded by sign-in, which may not look for a"
                " delivery that waits: leave the key out"
            )
        if (fault := queue_fault(handler.queue)) is not None:
            yield f"{handler.name} {fault}"
        if handler.timeout_seconds <= 0:
            yield f"{handler.name} may take {handler.timeout_seconds:g} s: give it a timeout_seconds above 0"
        if idle_limit_ms is not None and handler.timeout_seconds * 1000 >= idle_limit_ms:
            yield (
                f"{handler.name} may take {handler.timeout_seconds:g} s, but the database ends a transaction that idles"
                f" {idle_limit_ms / 1000:g} s: lower its timeout_seconds, or raise database.idle_in_transaction_ms"
            )


def _reaction_faults(handler: Handler) -> Iterator[str]:
    """Functions that nobody would run to their end, and retries that are none."""
    react, retries = handler.react, handler.retries
    if inspect.isgeneratorfunction(react) or inspect.isasyncgenfunction(react):
        yield f"{handler.name} is a generator, which nobody would run: write it without yield"
    elif handler.plain and handler.inline:
        yield (
            f"{handler.name} is a plain function and inline: it would hold up every request of its process; write it with"
            " async def, or leave it to the worker"
        )
    if retries.max_attempts is not None and retries.max_attempts < 1:
        yield f"{handler.name} may be tried {retries.max_attempts} times: give it max_attempts of 1 or more"
    if (
        min(
            retries.longest_seconds,
            retries.longest_seconds if retries.backoff_seconds is None else retries.backoff_seconds,
        )
        <= 0
    ):
        yield f"{handler.name} pauses for no time between its tries: give backoff_seconds and longest_seconds above 0"


def _route_faults(module: Module, keys: Mapping[str, Module], by_name: Mapping[str, Module]) -> Iterator[str]:
    """Routes that nobody could ever enter."""
    for label, rule in _rules(module):
        owner = None if rule.permission is None else keys.get(rule.permission)
        if rule.permission is not None and owner is None:
            yield (
                f"{label} demands the permission {rule.permission}, which no manifest declares: nobody could hold it;"
                " add it to a module's permissions"
            )
        if rule.module is not None and rule.module not in by_name:
            yield (
                f"{label} demands that the plan includes {rule.module}, which is not installed: no plan can include it;"
                " name an installed module"
            )
        for other in (owner, by_name.get(rule.module or "")):
            if other is not None and _may_leave(module, other):
                yield f"{label} rests on {other.name}: add {other.name} to the needs of {module.name}"


def _schema_faults(module: Module) -> Iterator[str]:
    """Settings that would be missing before a tenant has set them."""
    for name, info in module.settings.model_fields.items() if module.settings is not None else ():
        if info.is_required():
            yield f"its setting {name} has no default, and nothing is stored before a tenant changes it: give it one"


def _may_leave(module: Module, other: Module) -> bool:
    """Whether `other` could be disabled under a module that rests on it."""
    return other.name != module.name and not other.required and other.name not in module.needs


def _rules(module: Module) -> Iterator[tuple[str, AccessRule]]:
    """The access rules of a module's routes, each with the route as people call it."""
    for router in (*module.routers, *module.root_routers):
        for route in router.planned:
            rule = rule_of(route.endpoint)
            if rule is not None:
                yield f"{'|'.join(sorted(route.methods))} {route.path}", rule


def _need_faults(modules: Sequence[Module]) -> Iterator[str]:
    """Needs that are not met, or not met before; a cycle cannot be brought into any order, so it always shows here."""
    places = {module.name: place for place, module in enumerate(modules)}
    by_name = {module.name: module for module in modules}
    for place, module in enumerate(modules):
        for need in module.needs:
            if need not in places:
                yield f"{module.name}: it needs {need}, which is not installed: add {need} to app/installed.py"
            elif module.name in _reached(by_name, need):
                yield f"{module.name}: it needs {need}, and {need} needs it back: one of the two must do without the other"
            elif places[need] > place:
                yield f"{module.name}: it needs {need}, which is installed after it: move {need} up in app/installed.py"


def _reached(by_name: Mapping[str, Module], start: str) -> set[str]:
    """All modules that are needed from `start` on, itself included."""
    seen: set[str] = set()
    pending = [start]
    while pending:
        name = pending.pop()
        if name not in seen:
            seen.add(name)
            pending += by_name[name].needs if name in by_name else ()
    return seen


def _setting_faults(modules: Sequence[Module], settings: Settings, by_name: Mapping[str, Module]) -> Iterator[str]:
    """What the settings say of modules: `modules.disabled` and the features of plans."""
    known = ", ".join(by_name)
    disabled = settings.modules.disabled
    for name in disabled:
        if name not in by_name:
            yield f"modules.disabled: {name} is no installed module; installed are {known}"
        elif by_name[name].required:
            yield f"modules.disabled: {name} is a part of the platform that cannot be disabled: take it off the list"
    for module in modules:
        for need in module.needs:
            if need in disabled and module.name not in disabled:
                yield f"modules.disabled: {module.name} needs {need}: disable {module.name} too, or leave {need} enabled"
    for plan, content in settings.plans.items():
        for name in content.features:
            if name not in by_name:
                yield f"plans.{plan}.features: {name} is no installed module; installed are {known}"
