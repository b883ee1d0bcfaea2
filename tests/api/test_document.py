"""The OpenAPI document itself: names that last, examples that fit, errors and events that are declared, webhooks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from fastapi import Depends
from fastapi.dependencies.models import Dependant
from jsonschema import Draft202012Validator, FormatChecker

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.exceptions import NotFound, RateLimited, catalogue
from app.extensions.access import Entry
from app.extensions.declared import declared_of, declares
from app.extensions.events import Event
from app.extensions.openapi import make_document
from app.extensions.openapi_examples import NAMES, example_of
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.surface import bare_app
from tests.support.contract import Seen
from tests.support.covered import surface, unseen
from tests.support.routes import rules

OPERATION_ID = re.compile(r"[a-z]+(_[a-z]+){2,}")
VERBS = frozenset(
    [
        "accept",
        "adopt",
        "archive",
        "cancel",
        "change",
        "complete",
        "confirm",
        "create",
        "delete",
        "disable",
        "dispatch",
        "download",
        "enable",
        "end",
        "enrol",
        "erase",
        "export",
        "forgot",
        "get",
        "import",
        "invoice",
        "keep",
        "leave",
        "list",
        "pay",
        "place",
        "plan",
        "receive",
        "refresh",
        "refund",
        "register",
        "remove",
        "renew",
        "replay",
        "reprice",
        "resend",
        "reset",
        "resume",
        "revoke",
        "rotate",
        "run",
        "set",
        "sign",
        "start",
        "step",
        "suspend",
        "transfer",
        "update",
        "upload",
        "verify",
        "watch",
    ]
)
"""What an operation may be called to do; another verb is another word for clients to learn."""


@dataclass(frozen=True, slots=True)
class ThingFound(Event):
    """A thing was found."""

    name: ClassVar[str] = "things.thing_found"
    public: ClassVar[bool] = True
    size: int
    colour: str


@dataclass(frozen=True, slots=True)
class ThingHidden(ThingFound):
    """A thing was hidden."""

    name: ClassVar[str] = "things.thing_hidden"
    public: ClassVar[bool] = False


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Of the installed modules."""
    return surface().openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """By operationId."""
    for item in document["paths"].values():
        for operation in item.values():
            yield operation["operationId"], operation


def examples(document: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Every example with its schema, of operations and of the errors that they share."""
    places = [(name, [each.get("requestBody", {}), *each["responses"].values()]) for name, each in operations(document)]
    places += [(name, [answer]) for name, answer in document["components"]["responses"].items()]
    places += [(name, [item["post"]["requestBody"]]) for name, item in document["webhooks"].items()]
    for name, bodies in places:
        for body in bodies:
            for kind, content in body.get("content", {}).items():
                yield f"{name} {kind}", content["schema"], content["example"]


class TestNames:
    """operationId: tag, verb, noun"""

    def test_lasting(self, document: dict[str, Any]) -> None:
        """Unique, in small letters, the tag first and a known verb behind it."""
        names = [name for name, _ in operations(document)]
        assert len(names) > 90
        assert sorted(set(names)) == sorted(names)
        for name, operation in operations(document):
            (tag,) = operation["tags"]
            verb = name.removeprefix(f"{tag}_").partition("_")[0]
            assert OPERATION_ID.fullmatch(name), name
            assert name.startswith(f"{tag}_"), name
            assert verb in VERBS, name

    def test_verbs_are_used(self, document: dict[str, Any]) -> None:
        """No verb is on the list that no operation has."""
        used = {name.removeprefix(f"{each['tags'][0]}_").partition("_")[0] for name, each in operations(document)}
        assert used == VERBS


class TestExamples:
    """An example of every body"""

    def test_valid(self, document: dict[str, Any]) -> None:
        """Each fits its schema, judged by another's validator; each operation has one of what it takes and of what it answers."""
        count = 0
        for name, schema, example in examples(document):
            whole = {**schema, "components": document["components"]}
            validator = Draft202012Validator(whole, format_checker=FormatChecker())
            faults = [error.message for error in validator.iter_errors(example)]
            assert not faults, (name, faults)
            count += 1
        assert count > 200

    def test_taken(self) -> None:
        """Each example of a request passes the model itself, whose validators know more than a schema."""
        app = surface()
        paths, count = app.openapi()["paths"], 0
        for context in app.contexts():
            dependant: Dependant | None = getattr(context, "dependant", None)
            for method in context.methods or ():
                operation = paths.get(context.path_format or "", {}).get(method.lower(), {})
                content = operation.get("requestBody", {}).get("content", {}).get("application/json")
                if content is None or dependant is None:
                    continue
                (field,) = dependant.body_params
                assert field.validate(content["example"], loc=("body",))[1] in (None, []), operation["operationId"]
                count += 1
        assert count > 30

    def test_nameless(self) -> None:
        """A text that nobody gave an example is refused when the document is made, not guessed."""
        assert "shoe_size" not in NAMES
        with pytest.raises(LookupError, match="shoe_size: give the field `examples`"):
            example_of({"type": "object", "properties": {"shoe_size": {"type": "string"}}}, {})


class TestPatches:
    """Merge patches"""

    def test_say_nothing_of_absence(self, document: dict[str, Any]) -> None:
        """What may be left out stays, so that no field of a patch has a default: a client that fills it in would change it."""
        found = 0
        for path, item in document["paths"].items():
            reference = str(item.get("patch", {}).get("requestBody", {}).get("content", {}))
            for name, schema in document["components"]["schemas"].items():
                if f"/{name}'" in reference:
                    assert not [each for each, field in schema["properties"].items() if "default" in field], path
                    found += 1
        assert found > 3


class TestHeaders:
    """The headers that an operation takes, and those of its answer"""

    def test_tenant(self, document: dict[str, Any]) -> None:
        """X-Tenant-ID is required where only people come; an API key, which stands for its tenant, may leave it out."""
        required = {name: _takes(each, "X-Tenant-ID")["required"] for name, each in _with(document, "X-Tenant-ID")}
        assert not required["catalog_create_product"]
        assert not required["users_get_me"]
        assert required["api_keys_create_key"]
        assert required["access_get_explanation"]
        assert sum(required.values()) < len(required) / 3
        for name, operation in _with(document, "X-Tenant-ID"):
            told = "tenant_required" in _codes(document, operation)
            stands = "may be left out" in _takes(operation, "X-Tenant-ID")["description"]
            assert stands == (told and not required[name]), name

    def test_replays(self, document: dict[str, Any]) -> None:
        """An answer that comes again says so; one with a secret never does, and no operation promises it."""
        for name, operation in _with(document, "Idempotency-Key"):
            secret = "idempotency_key_used" in _codes(document, operation)
            success = next(each for status, each in operation["responses"].items() if status.startswith("2"))
            assert ("Idempotent-Replayed" in success["headers"]) != secret, name
            told = _takes(operation, "Idempotency-Key")["description"]
            assert ("the first answer" in told) != secret, name
            assert ("idempotency_key_used" in told) == secret, name

    def test_credentials(self, document: dict[str, Any]) -> None:
        """Where a person may come or not, the document says both."""
        assert dict(operations(document))["invitations_accept_invitation"]["security"] == [{"bearer": []}, {}]
        for (method, path), rule in rules(surface()).items():
            operation = document["paths"].get(path, {}).get(method.lower())
            if operation is None:
                continue  # HEAD, and what the document leaves out
            told = operation.get("security", [])
            if rule.entry is not Entry.OPEN:
                assert told == [{"bearer": []}], path
            elif rule.optional_person:
                assert told == [{"bearer": []}, {}], path


class TestErrors:
    """The errors that an operation can answer"""

    def test_by_rule(self, document: dict[str, Any]) -> None:
        """Each operation names the codes of its rule and its inputs, and of no other."""
        found = {name: _codes(document, operation) for name, operation in operations(document)}
        create, live = found["catalog_create_product"], found["health_get_liveness"]
        assert {"product_sku_taken", "feature_not_in_plan", "idempotency_key_reused", "permission_denied"} <= create
        assert not {"precondition_required", "step_up_required", "invalid_cursor", "idempotency_key_used"} & create
        assert not {"unauthenticated", "tenant_required", "malformed_json", "not_found", "conflict"} & live
        assert "idempotency_key_used" in found["api_keys_create_key"]
        assert "step_up_required" in found["tenants_plan_deletion"]
        assert "invalid_cursor" in found["catalog_list_products"]
        assert "internal_error" not in set().union(*found.values())

    def test_known(self, document: dict[str, Any]) -> None:
        """Every code stands in the catalogue, under its own status."""
        known = catalogue()
        for _, operation in operations(document):
            for status, answer in operation["responses"].items():
                for code in _codes_of(document, answer):
                    assert str(known[code].status) == status, code


class TestDeclared:
    """@declares"""

    def test_shown(self) -> None:
        """Errors, events and headers that a view declares stand on its operation."""
        things = ModuleRouter(prefix="/things", tag="things")

        @cbv(things)
        class ThingViews:
            """Things."""

            commons: Commons = Depends(commons_deps)

            @things.post("/find")
            @access_control(open=True)
            @declares(raises=(NotFound, RateLimited), emits=(ThingFound,), headers=("Location",))
            async def find_thing(self) -> None:
                """Find one."""

        app = bare_app(docs=False)
        app.mount_module(things)
        operation = make_document(app)["paths"]["/api/v1/things/find"]["post"]
        assert operation["x-events"] == ["things.thing_found"]
        assert {"404", "429"} <= operation["responses"].keys()
        assert {"Location", "RateLimit", "X-Request-ID"} <= operation["responses"]["200"]["headers"].keys()

    @pytest.mark.parametrize(
        "wrong", [{"raises": (ValueError,)}, {"emits": (NotFound,)}, {"raises": (NotFound, NotFound)}]
    )
    def test_misused(self, wrong: dict[str, Any]) -> None:
        """What is no error or no event, or is named twice, is refused at import."""
        with pytest.raises(TypeError):
            declares(**wrong)

    def test_nothing(self) -> None:
        """A view that declares nothing has nothing declared."""
        assert declared_of(test_unseen).raises == ()


class TestWebhooks:
    """Events that people outside may be told of"""

    def test_public_ones(self) -> None:
        """A public event stands there with its schema and a sample that fits; another does not."""
        made = make_document(bare_app(docs=False), [ThingFound, ThingHidden])
        assert made["webhooks"].keys() == {"things.thing_found"}
        body = made["webhooks"]["things.thing_found"]["post"]["requestBody"]["content"]["application/json"]
        Draft202012Validator({**body["schema"], "components": made["components"]}).validate(body["example"])
        assert body["example"]["data"] == {"size": 1, "colour": "colour"}
        assert made["components"]["schemas"]["ThingFoundEvent"]["required"] == ["size", "colour"]


def test_unseen() -> None:
    """A suite that has seen nothing is told of every operation, every declared event and every declared error."""
    app = surface()
    told = [*unseen(Seen(), app)]
    names = [name for name, _ in operations(app.openapi())]
    assert {f"{name}: no test has seen it succeed" for name in names} <= set(told)
    assert "catalog_create_product: no test has seen it emit catalog.product_created" in told
    assert "catalog_create_product: no test has seen it answer product_sku_taken" in told


def _with(document: dict[str, Any], header: str) -> Iterator[tuple[str, Any]]:
    """Operations that take the header."""
    yield from ((name, each) for name, each in operations(document) if _takes(each, header))


def _takes(operation: Any, header: str) -> dict[str, Any]:
    """The header as the operation takes it; empty where it takes none."""
    found: dict[str, Any] = next((each for each in operation.get("parameters", ()) if each["name"] == header), {})
    return found


def _codes(document: dict[str, Any], operation: Any) -> set[str]:
    named = {key: answer for key, answer in operation["responses"].items() if key != "default"}
    return {code for answer in named.values() for code in _codes_of(document, answer)}


def _codes_of(document: dict[str, Any], answer: Any) -> list[str]:
    name = answer.get("$ref", "").rpartition("/")[2]
    content = document["components"]["responses"].get(name, {}).get("content", {})
    parts = content.get("application/problem+json", {}).get("schema", {}).get("allOf", [{}])
    found: list[str] = parts[-1].get("properties", {}).get("code", {}).get("enum", [])
    return found
