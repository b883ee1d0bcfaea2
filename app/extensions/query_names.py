"""The query parameters of a route: which there are, and what is refused of those that are sent."""

from collections.abc import Sequence

from fastapi.dependencies.models import Dependant
from pydantic import BaseModel
from starlette.requests import Request

from app.exceptions import FieldFault, ValidationFailed
from app.extensions.body import check_text


def query_names(dependant: Dependant) -> frozenset[str]:
    """The query parameters that a route declares, those of sub-dependencies and of models included."""
    names: set[str] = set()
    for field in dependant.query_params:
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            names.update(info.alias or name for name, info in model.model_fields.items())
        else:
            names.add(field.alias)
    for child in dependant.dependencies:
        names |= query_names(child)
    return frozenset(names)


def check_parameters(request: Request, declared: frozenset[str]) -> None:
    """Refuse unknown and repeated query parameters, and text that cannot be stored.

    Raises:
        ValidationFailed: naming every one.
    """
    for name, value in request.path_params.items():
        check_text(str(value), parameter=name)
    if not request.scope["query_string"]:
        return
    pairs: Sequence[tuple[str, str]] = request.query_params.multi_items()
    seen: set[str] = set()
    faults: list[FieldFault] = []
    for name, value in pairs:
        check_text(name, parameter="query")
        check_text(value, parameter=name)
        if name not in declared:
            faults.append(FieldFault("unknown_parameter", "is not a parameter of this route", parameter=name[:100]))
        elif name in seen:
            faults.append(FieldFault("repeated_parameter", "is given more than once", parameter=name))
        seen.add(name)
    if faults:
        raise ValidationFailed(errors=faults)
