"""The arguments of a view without FastAPI's solver, for the kinds that views of the platform take.

FastAPI resolves every parameter of every kind anew for each request: half of what it costs a list. What a view class takes
is known when the route is mounted: its dependencies, path and query parameters and one body. They are filled here by
FastAPI's own fields, so that values, faults and their order are the same; whatever else a view takes, FastAPI solves (ADR 0022).
"""

import inspect
import typing
from collections import deque
from typing import Any, Self

from fastapi import params
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_body_to_args, request_params_to_args
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from starlette.requests import Request

REPLIES = "__replies__"
"""On a view that answers with a Response, so that nothing is left for FastAPI to serialise."""
SEVERAL = (list, tuple, set, frozenset, deque, dict)


class Arguments:
    """How the parameters of one view are filled."""

    def __init__(self, dependant: Dependant) -> None:
        """Take it from `of`, which knows whether it can be done."""
        self._given = [(child.name, child.call, child.request_param_name) for child in dependant.dependencies]
        self._path = dependant.path_params
        model = _query_model(dependant)
        self._model = dependant.query_params[0] if model else None
        self._query = [] if model else dependant.query_params
        self._body = dependant.body_params
        self._request_name = dependant.request_param_name

    @classmethod
    def of(cls, dependant: Dependant) -> Self | None:
        """The arguments of the view, or None where FastAPI has to solve them."""
        view = dependant.call
        plain = (
            getattr(view, REPLIES, False)
            and inspect.iscoroutinefunction(view)
            and not _takes_more(dependant)
            and all(_is_plain(child) for child in dependant.dependencies)
            and len({child.call for child in dependant.dependencies}) == len(dependant.dependencies)
            and len(dependant.body_params) <= 1
            and all(_is_json(field.field_info) for field in dependant.body_params)
            and (_query_model(dependant) or not any(_is_model(field) for field in dependant.query_params))
        )
        return cls(dependant) if plain else None

    async def solve(self, request: Request, raw: bytes, parsed: Any) -> dict[str, Any]:
        """The values by name; `parsed` is the JSON value of `raw`.

        Raises:
            RequestValidationError: naming every fault, in FastAPI's order.
        """
        values: dict[str, Any] = {}
        faults: list[Any] = []
        for name, call, takes in self._given:
            values[name] = await (call(**{takes: request}) if takes else call())  # type: ignore[index,misc]  # judged by `of`
        if self._path:
            found, wrong = request_params_to_args(self._path, request.path_params)
            values.update(found)
            faults += wrong
        if self._model is not None:
            # Unknown and repeated parameters were refused before, so the query is a plain mapping.
            values[self._model.name], wrong = self._model.validate(
                dict(request.query_params.multi_items()), loc=("query",)
            )
            faults += wrong
        elif self._query:
            found, wrong = request_params_to_args(self._query, request.query_params)
            values.update(found)
            faults += wrong
        if self._body:
            body = parsed if raw else PydanticUndefined
            found, wrong = await request_body_to_args(self._body, body, embed_body_fields=False)
            values.update(found)
            faults += wrong
        if faults:
            raise RequestValidationError(faults)
        if self._request_name is not None:
            values[self._request_name] = request
        return values


def _takes_more(dependant: Dependant) -> bool:
    """Whether there is a parameter of a kind that is left to FastAPI."""
    return bool(
        dependant.header_params
        or dependant.cookie_params
        or dependant.http_connection_param_name
        or dependant.websocket_param_name
        or dependant.response_param_name
        or dependant.background_tasks_param_name
        or dependant.security_scopes_param_name
    )


def _is_plain(child: Dependant) -> bool:
    """A coroutine that takes the request or nothing."""
    return (
        child.name is not None
        and inspect.iscoroutinefunction(child.call)
        and child.concurrency is None
        and not _takes_more(child)
        and not (child.dependencies or child.path_params or child.query_params or child.body_params)
    )


def _is_sequence(annotation: Any) -> bool:
    """Also behind Optional and unions; a parameter of several values is taken apart by FastAPI."""
    kinds = (annotation, typing.get_origin(annotation))
    if any(isinstance(kind, type) and issubclass(kind, SEVERAL) for kind in kinds):
        return True
    return any(_is_sequence(part) for part in typing.get_args(annotation))


def _is_json(info: Any) -> bool:
    return isinstance(info, params.Body) and not isinstance(info, params.Form) and not info.embed


def _is_model(field: Any) -> bool:
    annotation = field.field_info.annotation
    return not isinstance(annotation, type) or issubclass(annotation, BaseModel)


def _query_model(dependant: Dependant) -> bool:
    """Whether the query is one model of single values, which needs no parameter of FastAPI's to be taken apart."""
    if len(dependant.query_params) != 1:
        return False
    info = dependant.query_params[0].field_info
    model = info.annotation
    return (
        isinstance(model, type)
        and issubclass(model, BaseModel)
        and info.is_required()
        and not any(_is_sequence(item.annotation) for item in model.model_fields.values())
    )
