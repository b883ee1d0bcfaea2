"""The way of one request through the code, as a Mermaid sequence diagram.

Each step names a function. The drawing fails where one is gone, and `tests/tools/test_architecture.py` sends the request and
sees that they are called in this order.
"""

import importlib
import inspect
from dataclasses import dataclass
from types import CodeType

METHOD, PATH = "POST", "/products"
LOCALS = ".<locals>."
CLIENT = "client"
PARTICIPANTS = {
    CLIENT: "client",
    "edge": "app.extensions.middleware",
    "route": "app.extensions.routing",
    "auth": "app.auth.authenticator",
    "view": "app.modules.catalog.routes",
    "service": "app.modules.catalog.services",
    "uow": "app.db.uow",
}


@dataclass(frozen=True)
class Step:
    """A call: from which participant to which, which function (`module:qualified.name`), and what it is for."""

    asker: str
    asked: str
    function: str
    what: str

    @property
    def code(self) -> CodeType:
        """The code of the function, below decorators that keep what they wrap.

        Raises:
            LookupError: it is not there.
        """
        module, _, qualified = self.function.partition(":")
        outer, _, inner = qualified.partition(LOCALS)
        found: object = importlib.import_module(module)
        for name in outer.split("."):
            found = inspect.getattr_static(found, name, None)
        if not inspect.isfunction(found):
            raise LookupError(f"{self.function}: there is no such function; mend STEPS in tools/request_path.py")
        code: CodeType = inspect.unwrap(found).__code__
        if not inner:
            return code
        for constant in code.co_consts:
            if isinstance(constant, CodeType) and constant.co_name == inner:
                return constant
        raise LookupError(f"{self.function}: there is no such inner function; mend STEPS in tools/request_path.py")


STEPS = (
    Step(CLIENT, "edge", "app.extensions.middleware:Edge.__call__", "Host, headers (400, 414, 431)"),
    Step("edge", "route", "app.extensions.routing:ModularApp._dispatch", "noun to module (404, 405)"),
    Step("route", "route", "app.extensions.routing:GuardedRoute._guarded.<locals>.handle", "owns what follows"),
    Step("route", "auth", "app.auth.authenticator:RequestAuthenticator.identify", "the token alone (401)"),
    Step("route", "route", "app.extensions.body:read_body", "whole and bounded (408, 413, 415)"),
    Step("route", "auth", "app.auth.authenticator:RequestAuthenticator.admit", "who, where, may they"),
    Step("auth", "uow", "app.db.uow:UnitOfWork.begin", "a connection (503), BEGIN, SET LOCAL app.tenant_id"),
    Step("auth", "uow", "app.users.directory:UserDirectory.standing", "session, tenant, membership (401, 400, 404)"),
    Step("auth", "auth", "app.auth.judgement:judge_rule", "permission and plan (403)"),
    Step("route", "route", "app.extensions.body:parse_json", "JSON (400), fields (422)"),
    Step("route", "view", "app.auth.deps:commons_deps", "what was found"),
    Step("route", "view", "app.modules.catalog.routes:ProductViews.create_product", "the view"),
    Step("view", "service", "app.modules.catalog.services:ProductService.create", "the use case"),
    Step("service", "uow", "app.modules.catalog.repository:ProductRepository.create", "INSERT (409)"),
    Step("service", "uow", "app.auth.commons:Service.record", "an event, kept for the commit"),
    Step("service", "uow", "app.auth.commons:Service.track", "an audit entry, kept for the commit"),
    Step("view", "route", "app.extensions.responses:reply", "the answer's bytes, not sent yet"),
    Step("route", "uow", "app.db.uow:UnitOfWork.commit", "all or nothing"),
    Step("uow", "uow", "app.db.outbox:write", "outbox, then COMMIT"),
    Step("uow", "uow", "app.runtime:Runtime.after_commit", "wakes the relay"),
    Step("route", "edge", "app.extensions.middleware:Edge.__call__.<locals>.send_with_headers", "201, only now"),
)


def request_path() -> str:
    """The diagram.

    Raises:
        LookupError: a function that it names is not there.
    """
    lines = ["sequenceDiagram"]
    for key, module in PARTICIPANTS.items():
        folder, _, file = module.removeprefix("app.").rpartition(".")
        label = f"{folder.replace('.', '/')}/<br/>{file}.py" if folder else module
        lines.append(f"    participant {key} as {label}")
    lines += [f"    {step.asker}->>{step.asked}: {step.code.co_name}()<br/>{step.what}" for step in STEPS]
    lines.append(f"    edge-->>{CLIENT}: 201 Created")
    return "\n".join(lines)
