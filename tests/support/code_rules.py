"""More of the house's rules over a syntax tree or a file's text: who may do what. `tests/test_house_rules.py` applies them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.house_rules import called, nodes

Function = ast.FunctionDef | ast.AsyncFunctionDef
COMMITTERS = {
    "app/auth/streaming.py": "owns the short units of a stream",
    "app/auth/system.py": "the system role's units are its own",
    "app/auth/identity.py": "sign-in's units of work are its own: it hashes between two",
    "app/db/migrate.py": "the runner of migrations owns its session",
    "app/deliveries/leases.py": "the short units that renew and end leases are its own",
    "app/deliveries/runner.py": "owns the unit of work of a delivery",
    "app/deliveries/tasks.py": "owns the units of work of a task: its steps, its beginning and its end",
    "app/extensions/routing.py": "owns the unit of work of a request",
    "app/modules/orders/adapters/catalog.py": "what is committed there are pieces of the stock",
}
READERS_OF_THE_ENVIRONMENT = {
    "app/config/layers.py": "it reads the settings",
    "app/embedded/postgres.py": "PG_BIN names the server's programs before there are settings",
    "app/embedded/valkey.py": "REDIS_BIN names the server's program before there are settings",
    "app/embedded/up.py": "the processes it starts inherit the environment",
}
SLEEPERS = {
    "tests/core/stuck.py": "a view that blocks is what is tested",
    "tests/core/test_health.py": "a verdict's age is what is tested",
    "tests/extensions/lease_client.py": "a client that takes its time is what is tested",
    "tests/extensions/ticket_worker.py": "a slow handler is what is tested",
    "tests/extensions/test_metrics.py": "a blocked loop is what is tested",
    "tests/servers/bouncer.py": "asks again until it is so, up to a limit",
    "tests/servers/test_claims.py": "asks again until it is so, up to a limit",
    "tests/auth/test_refresh.py": "the slow look is what is tested",
    "tests/db/test_crowd.py": "asks again until it is so, up to a limit",
    "tests/db/test_pool_lines.py": "sleep(0) lets the loop turn",
    "tests/db/test_pool_faults.py": "sleep(0) lets the loop turn; seeded pauses are what is tested",
    "tests/extensions/caching.py": "the slow making is what is tested",
    "tests/extensions/test_cache_faults.py": "the slow making is what is tested",
    "tests/support/failing_server.py": "a slow server is what is tested",
    "tests/support/vault.py": "a slow server is what is tested",
    "tests/db/test_pool.py": "sleep(0) lets the loop turn",
    "tests/db/test_uow.py": "sleep(0) lets the loop turn",
    "tests/db/units.py": "sleep(0) lets the loop turn",
    "tests/embedded/support.py": "asks again until it is so, up to a limit",
    "tests/isolation/test_interleaved.py": "sleep(0) lets the loop turn",
    "tests/extensions/carrier.py": "asks again until it is so, up to a limit",
    "tests/extensions/test_windows.py": "sleep(0) lets the loop turn",
    "tests/faults/processes.py": "asks again until it is so, up to a limit",
    "tests/faults/crew.py": "the slow handler is what is tested",
    "tests/faults/site.py": "seeded pauses are what is tested",
    "tests/faults/slow_worker.py": "the slow handler is what is tested",
    "tests/migrations/test_runner.py": "asks again until the runner waits",
}
SKIPPERS = {
    "tests/embedded/test_places.py": "only root can give a folder away",
    "tests/embedded/test_postgres.py": "reads the command line from /proc",
    "tests/embedded/test_supervisor.py": "only Linux ties a child to its parent",
    "tests/embedded/test_valkey.py": "reads the command line from /proc",
}
DEEP = {
    "AppError": "the tree of errors is drawn in its docstring",
    "Base": "SQLAlchemy's declarative base, with mixins beside it",
}
NAMED_AT_WILL = {
    "app/auth/handlers.py": "the values of a mail's template",
    "app/services/mailer/render.py": "the values of a mail's template",
    "app/services/filesystem/s3.py": "boto3 takes its parameters by name",
    "app/services/mailer/ses.py": "boto3 takes its parameters by name",
    "app/db/base.py": "the columns of a grant, by privilege",
    "app/db/query.py": "the parameters of a query, by name",
    "app/extensions/views.py": "what FastAPI hands to a view",
}
DEEPEST = 3
"""A class and two above it."""
DECLARING = {"Index", "cli.add_typer"}
"""Calls at the top of a file that declare and do nothing else: an index beside its model, a group of commands."""
SLEEPS = {"time.sleep", "asyncio.sleep", "anyio.sleep"}
FRAMEWORK = "app/extensions/"
WEB = {"fastapi", "starlette"}
WITHOUT_WEB = {"services", "repository", "models", "views", "handlers", "orm", "interfaces", "builders", "adapters"}
QUERY_MAKERS = {"select", "insert", "update", "delete", "text", "union_all"}
IGNORE = re.compile(r"#\s*(?:type:\s*ignore(?:\[[^\]]*\])?|noqa(?::\s*[A-Z0-9, ]+)?|pragma:\s*no cover)(.*)$")
LEFT_BEHIND = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
ASSERTING = re.compile(r"^(raises|warns|fail|run_state_machine_as_test|(assert|check|expect)_\w+)$")


def room(path: str) -> str:
    """The room of a module that a file belongs to: `services` for app/x/services.py and app/x/services/y.py."""
    parts = Path(path).with_suffix("").parts
    return next((part for part in reversed(parts) if part in WITHOUT_WEB), "")


def web_imports(path: str, tree: ast.Module) -> Iterator[str]:
    """Services, repositories, models and what stands beside them know no web framework, whatever module they are of."""
    if room(path) and not path.startswith(FRAMEWORK):
        for line, name in _imported(tree):
            if name.split(".")[0] in WEB:
                yield f"{path}:{line}: {name} in {room(path)}"


def service_queries(path: str, tree: ast.Module) -> Iterator[str]:
    """Only repositories and views build queries: a service imports no select, nor its like."""
    if room(path) == "services":
        for line, name in _imported(tree):
            package, _, last = name.rpartition(".")
            if package.startswith("sqlalchemy") and last in QUERY_MAKERS:
                yield f"{path}:{line}: {last} in a service"


def commits(path: str, tree: ast.Module) -> Iterator[str]:
    """Nobody commits but the owner of the unit of work."""
    if path not in COMMITTERS:
        for node in nodes(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
                yield f"{path}:{node.lineno}: commit"


def environment(path: str, tree: ast.Module) -> Iterator[str]:
    """Nobody reads the environment: the settings do, through Dynaconf."""
    if path not in READERS_OF_THE_ENVIRONMENT:
        for node in nodes(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
                yield f"{path}:{node.lineno}: {ast.unparse(node)}"
        for line, name in _imported(tree):
            if name in {"os.environ", "os.getenv"}:
                yield f"{path}:{line}: {name}"


def sleeps(path: str, tree: ast.Module) -> Iterator[str]:
    """No test sleeps for luck; those that ask again and again, or let the loop turn, are listed."""
    if path not in SLEEPERS:
        for node in nodes(tree):
            if isinstance(node, ast.Call) and called(node) == "sleep" and ast.unparse(node.func) in SLEEPS:
                yield f"{path}:{node.lineno}: {ast.unparse(node.func)}"


def skips(path: str, tree: ast.Module) -> Iterator[str]:
    """No test is skipped or expected to fail; what only one system can do is listed."""
    if path not in SKIPPERS:
        for node in nodes(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "xfail", "importorskip"}:
                yield f"{path}:{node.lineno}: {node.attr}"


def assertions(path: str, tree: ast.Module) -> Iterator[str]:
    """Every test asserts something: an assert, a raises, or a helper named assert_, check_ or expect_."""
    for node in nodes(tree):
        if isinstance(node, Function) and node.name.startswith("test_") and not any(map(_asserts, ast.walk(node))):
            yield f"{path}:{node.lineno}: {node.name} asserts nothing"


def import_effects(path: str, tree: ast.Module) -> Iterator[str]:
    """Importing does nothing: no call stands alone at the top of a file, no loop, no with."""
    for node in tree.body:
        call = node.value if isinstance(node, ast.Expr) else None
        acts = isinstance(call, ast.Call) and ast.unparse(call.func) not in DECLARING
        if acts or isinstance(node, ast.With | ast.While):
            yield f"{path}:{node.lineno}: {ast.unparse(node)[:60]} at import"


def global_state(path: str, tree: ast.Module) -> Iterator[str]:
    """No function rebinds what stands at the top of a file."""
    for node in nodes(tree):
        if isinstance(node, ast.Global):
            yield f"{path}:{node.lineno}: global {', '.join(node.names)}"


def passed_through(path: str, tree: ast.Module) -> Iterator[str]:
    """No **kwargs of strings and anything: what goes from layer to layer has a name. (Typed by ParamSpec it may.)"""
    for node in nodes(tree) if path not in NAMED_AT_WILL else ():
        if isinstance(node, Function) and node.args.kwarg is not None and not node.name.startswith("__"):
            said = ast.unparse(node.args.kwarg.annotation) if node.args.kwarg.annotation else ""
            if not said.endswith(".kwargs") and not node.args.kwarg.arg.startswith("_"):
                yield f"{path}:{node.lineno}: **{node.args.kwarg.arg} of {node.name}"


def reasons(path: str, text: str) -> Iterator[str]:
    """Whoever switches a rule off says why on the line; nothing is left for later."""
    for number, line in enumerate(text.splitlines(), 1):
        ignored = IGNORE.search(line)
        if ignored and not re.search(r"\w{3}", ignored[1]):
            yield f"{path}:{number}: a rule is switched off without its reason"
        comment = line.partition("#")[2]
        if LEFT_BEHIND.search(comment):
            yield f"{path}:{number}: work left behind"


def inheritance(trees: dict[str, ast.Module]) -> Iterator[str]:
    """Of our own classes none has more than two above it, those of listed trees aside."""
    parents = {
        node.name: [ast.unparse(base).split("[")[0].rsplit(".", 1)[-1] for base in node.bases]
        for tree in trees.values()
        for node in nodes(tree)
        if isinstance(node, ast.ClassDef)
    }
    for name in parents:
        line = _longest(name, parents)
        if len(line) > DEEPEST and not DEEP.keys() & set(line):
            yield " < ".join(line)


def _longest(name: str, parents: dict[str, list[str]]) -> list[str]:
    lines = [_longest(parent, parents) for parent in parents.get(name, []) if parent in parents and parent != name]
    return [name, *max(lines, key=len, default=[])]


def _imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, item.name) for item in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{item.name}") for item in node.names)


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    return isinstance(node, ast.Call) and bool(ASSERTING.match(called(node)))


def outside_the_anatomy(folder: Path, contract: str) -> Iterator[str]:
    """Every module with more than a manifest is under the import contract of a module's inside."""
    for manifest in sorted(folder.rglob("module.py")):
        package = ".".join(manifest.parent.relative_to(folder.parent).parts)
        rooms = [path for path in manifest.parent.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
        others = {path.stem for path in rooms} - {"module", "__init__"}
        if others and package != "app.extensions" and package not in contract.split():
            yield f"{package} is not among the containers of the anatomy contract in .importlinter"
