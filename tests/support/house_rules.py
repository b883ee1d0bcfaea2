"""The house's rules as functions over a syntax tree; each yields what breaks it. `tests/test_house_rules.py` applies them."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

MAX_FILE, MAX_FUNCTION, MAX_CLASS, MAX_METHODS = 400, 50, 250, 12
Function = ast.FunctionDef | ast.AsyncFunctionDef
OPENERS = {"AsyncSession", "Session", "sessionmaker", "async_sessionmaker", "create_async_engine", "create_engine"}
DATABASE_FOLDER = "app/db/"
SET_CONFIG = re.compile(r"set_config\s*\(", re.IGNORECASE)
BROAD = {"Exception", "BaseException"}
BOUNDARIES = {
    "app/auth/authenticator.py": "whatever refuses, the unit of work is rolled back and the error goes on",
    "app/auth/identity.py": "a unit of work ends whatever was raised",
    "app/auth/limits.py": "whatever ended the sign-in, only a refusal stays counted",
    "app/db/pool.py": "a connection that was not finished is ended whatever was raised",
    "app/db/pool_stock.py": "whatever the driver fails with, a lease that gets no connection is refused",
    "app/db/uow.py": "a savepoint ends whatever was raised",
    "app/deliveries/runner.py": "a handler may raise anything; the reason is kept",
    "app/extensions/loops.py": "nothing awaits a delivery's task",
    "app/extensions/middleware.py": "the process boundary: a client always gets an answer",
    "app/extensions/routing.py": "the unit of work is rolled back whatever was raised, and the error goes on",
    "app/extensions/threads.py": "what a thread raises is raised again where it was started",
    "app/extensions/intake.py": "a worker outlives what one job raises",
}


def sizes(path: str, tree: ast.Module, lines: int) -> Iterator[str]:
    """Files, functions and classes stay small."""
    if lines > MAX_FILE:
        yield f"{path}: {lines} lines"
    for node in nodes(tree):
        if isinstance(node, Function) and _length(node) > MAX_FUNCTION:
            yield f"{path}: {node.name} has {_length(node)} lines"
        if isinstance(node, ast.ClassDef):
            methods = [item for item in node.body if isinstance(item, Function) and not item.name.startswith("_")]
            if _length(node) > MAX_CLASS or (len(methods) > MAX_METHODS and not path.startswith("tests/")):
                yield f"{path}: {node.name} has {_length(node)} lines and {len(methods)} public methods"


def function_imports(path: str, tree: ast.Module) -> Iterator[str]:
    """Imports stand at the top."""
    functions = [node for node in nodes(tree) if isinstance(node, Function)]
    for node in nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for around in functions:
                if around.lineno <= node.lineno <= (around.end_lineno or 0):
                    yield f"{path}:{node.lineno}: import inside {around.name}"


def broad_excepts(path: str, tree: ast.Module) -> Iterator[str]:
    """Exception is caught at process boundaries only, and those are listed with their reason."""
    for node in nodes(tree):
        if path in BOUNDARIES:
            continue
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _names(node.type) & BROAD):
            yield f"{path}:{node.lineno}: broad except"
        if isinstance(node, ast.Call) and "suppress" in _names(node.func) and _names(*node.args) & BROAD:
            yield f"{path}:{node.lineno}: broad suppress"


def set_config(path: str, tree: ast.Module) -> Iterator[str]:
    """Binding is SET LOCAL alone: no text of ours calls set_config."""
    docstrings = {id(_docstring_node(node)) for node in nodes(tree)}
    for node in nodes(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docstrings:
            continue
        if SET_CONFIG.search(node.value):
            yield f"{path}:{node.lineno}: set_config"


def sessions(path: str, tree: ast.Module) -> Iterator[str]:
    """Sessions and engines are opened in app/db alone."""
    if path.startswith(DATABASE_FOLDER):
        return
    for node in nodes(tree):
        if isinstance(node, ast.Call):
            name = called(node)
            if name in OPENERS:
                yield f"{path}:{node.lineno}: {name} outside {DATABASE_FOLDER}"


def public_docstrings(path: str, tree: ast.Module) -> Iterator[str]:
    """Every public class, function and method says what it promises; functions within functions are not public."""
    pending: list[ast.AST] = [tree]
    while pending:
        for child in ast.iter_child_nodes(pending.pop()):
            if isinstance(child, Function | ast.ClassDef):
                if not child.name.startswith("_") and not ast.get_docstring(child):
                    yield f"{path}:{child.lineno}: {child.name} has no docstring"
                if isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
                    pending.append(child)


@lru_cache(maxsize=1)
def nodes(tree: ast.Module) -> list[ast.AST]:
    """All nodes of a file: its rules look at it one after another, and walking costs more than looking."""
    return list(ast.walk(tree))


def called(node: ast.Call) -> str:
    """The name of what is called, of `a.b()` the last; empty where it has none."""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _names(*nodes: ast.expr) -> set[str]:
    """The names in expressions, of `a.b` the last."""
    within = [inner for node in nodes for inner in ast.walk(node)]
    return {item.id for item in within if isinstance(item, ast.Name)} | {
        item.attr for item in within if isinstance(item, ast.Attribute)
    }


def _length(node: Function | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _docstring_node(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.Module | ast.ClassDef | Function) and node.body and isinstance(node.body[0], ast.Expr):
        return node.body[0].value
    return None
