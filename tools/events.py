"""`make docs`: draws the map of the hub in docs/events.md from the manifests and from where the code records events."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from app.config import ROOT
from app.extensions.hub_map import EventEntry, HandlerEntry, HubMap, hub_map
from app.extensions.priorities import USUAL
from app.installed import INSTALLED
from tools import written

DOCUMENT = ROOT / "docs" / "events.md"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def parts() -> dict[str, str]:
    """What is written, by its name."""
    found, places = hub_map(INSTALLED, USUAL), emitters()
    return {
        "hub picture": f"```mermaid\n{picture(found, places)}\n```\n",
        "events": table(found, places),
        "tasks and schedules": background(found),
    }


def emitters(folder: Path = ROOT / "app") -> dict[str, list[str]]:
    """Where each event is recorded, by its name, as `module.path.Class.function`.

    That is `record(TheEvent(...))`, and `Recorded(event=TheEvent(...))` of what writes to the outbox without a unit of work.
    """
    classes = {event.__name__: event.name for module in INSTALLED for event in module.events}
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        room = ".".join(path.relative_to(folder).with_suffix("").parts).removeprefix("modules.")
        for place, name in _recorded(ast.parse(path.read_text(encoding="utf-8")), room):
            if name in classes and place not in found.setdefault(classes[name], []):
                found[classes[name]].append(place)
    return found


def _recorded(node: ast.AST, place: str) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        made = _event_of(child) if isinstance(child, ast.Call) else None
        if isinstance(made, ast.Call):
            yield place, ast.unparse(made.func).rpartition(".")[2]
        inside = f"{place}.{child.name}" if isinstance(child, Function | ast.ClassDef) else place
        yield from _recorded(child, inside)


def _event_of(call: ast.Call) -> ast.expr | None:
    """What the call records, if it does."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "record":
        return call.args[0] if call.args else None
    if isinstance(call.func, ast.Name) and call.func.id == "Recorded":
        return next((keyword.value for keyword in call.keywords if keyword.arg == "event"), None)
    return None


def picture(found: HubMap, places: dict[str, list[str]]) -> str:
    """A flow chart: who records an event, the event, who reacts. A dotted arrow is the inline lane, a label the queue."""
    lines = ["flowchart LR"]
    for event in found.events:
        lines.append(f'    {_key(event.name)}(["{event.name}"])')
        rooms = sorted({place.partition(".")[0] for place in places.get(event.name, ())}) or [event.module]
        lines += [f'    from_{room}["{room}"] --> {_key(event.name)}' for room in rooms]
        lines += [f"    {_key(event.name)} {_arrow(handler)}" for handler in event.handlers]
    return "\n".join(lines)


def _arrow(handler: HandlerEntry) -> str:
    target = f'{_key(handler.name)}[["{handler.name}"]]'
    return f"-.-> {target}" if handler.lane == "inline" else f"-->|{handler.queue}| {target}"


def _key(name: str) -> str:
    return name.replace(".", "_")


def table(found: HubMap, places: dict[str, list[str]]) -> str:
    """One row an event."""
    head = ["event", "fields", "kept", "recorded by", "handlers"]
    lines = [head, ["---"] * len(head), *(_row(event, places.get(event.name, [])) for event in found.events)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _row(event: EventEntry, places: list[str]) -> list[str]:
    return [
        f"`{event.name}` v{event.event_version}{' (public)' if event.public else ''}: {event.description}",
        ", ".join(f"`{field.name}: {field.type}`" for field in event.fields),
        "for ever" if event.retention_days is None else f"{event.retention_days} days",
        ", ".join(f"`{place}`" for place in places) or "-",
        "; ".join(_manner(handler) for handler in event.handlers) or "-",
    ]


def _manner(handler: HandlerEntry) -> str:
    if handler.lane == "inline":
        return f"`{handler.name}` (inline)"
    marks = (("outside", handler.outside), ("ordered", handler.ordered), ("unique", handler.unique))
    words = [f"queue {handler.queue}", handler.priority, f"{handler.timeout_seconds:g} s"]
    return f"`{handler.name}` ({', '.join([*words, *(word for word, holds in marks if holds)])})"


def background(found: HubMap) -> str:
    """One line a kind of task and a schedule."""
    lines = [
        f"- Task `{task.kind}` ({task.module}): {task.title}; queue {task.queue}, {task.timeout_seconds:g} s an attempt.\n"
        for task in found.tasks
    ] + [
        f"- Schedule `{item.name}` ({item.module}): `{item.cron}` {item.time_zone}, "
        f"{'for each tenant' if item.per_tenant else 'once'}; queue {item.queue}.\n"
        for item in found.schedules
    ]
    return "".join(lines) or "None yet.\n"


if __name__ == "__main__":
    sys.exit(written.main(DOCUMENT, parts))
