"""Class-based views, written exactly as for fastapi-utils' `cbv`: this file alone decides what stands behind the name.

fastapi-utils builds the class in the thread pool (0.48 of a function view's throughput) and lets bad spellings of a
dependency pass as *no dependency at all*; ours calls the method on an instance made in place (1.00) and refuses them at
import (ADR 0005).
"""

import inspect
import typing
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi import params
from starlette.requests import Request

from app.extensions.access import RULE_ATTRIBUTE, rule_of
from app.extensions.arguments import REPLIES
from app.extensions.declared import DECLARED_ATTRIBUTE, declared_of
from app.extensions.responses import reply
from app.extensions.routing import ModuleRouter

REQUEST = "atrium_request"
T = TypeVar("T")


def cbv(router: ModuleRouter) -> Callable[[type[T]], type[T]]:
    """Turn the methods of the decorated class that are routes of `router` into views on an instance of it.

    Attributes spelled `name: Type = Depends(f)` are injected; every other spelling of a dependency is refused.

    Raises:
        TypeError: an attribute without annotation, `Annotated[..., Depends()]`, an annotation without a value, a class
            with `__init__`, or a view that is on another router.
    """

    def decorate(cls: type[T]) -> type[T]:
        injected = _injected(cls)
        methods = {member for _, member in inspect.getmembers(cls, inspect.isfunction)}
        routes = [route for route in router.planned if route.endpoint in methods]
        if elsewhere := {method for method in methods if rule_of(method)} - {route.endpoint for route in routes}:
            names = sorted(method.__qualname__ for method in elsewhere)
            raise TypeError(f"{names}: no route of this router leads there; is it on another router?")
        for route in routes:
            route.endpoint = _view(cls, route.endpoint, injected)
        return cls

    return decorate


def _injected(cls: type[Any]) -> list[inspect.Parameter]:
    """The attributes to inject, as keyword parameters of the view."""
    if cls.__init__ is not object.__init__:
        raise TypeError(f"{cls.__name__}: a view class has no __init__; inject through annotated attributes")
    hints = typing.get_type_hints(cls, include_extras=True)
    for name, value in inspect.getmembers_static(cls):
        if isinstance(value, params.Depends) and name not in hints:
            raise TypeError(f"{cls.__name__}.{name}: annotate the dependency, or it is never resolved")
    found = []
    for name, hint in hints.items():
        if typing.get_origin(hint) is typing.ClassVar:
            continue
        value = getattr(cls, name, None)
        if not isinstance(value, params.Depends) or _names_a_dependency(hint):
            raise TypeError(
                f"{cls.__name__}.{name}: write `{name}: Type = Depends(f)`; anything else becomes the client's to fill"
            )
        found.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=value))
    return found


def _names_a_dependency(hint: Any) -> bool:
    return any(isinstance(item, params.Depends) for item in getattr(hint, "__metadata__", ()))


def _view(
    cls: type[Any], method: Callable[..., Any], injected: list[inspect.Parameter]
) -> Callable[..., Awaitable[Any]]:
    """A coroutine function with the injected parameters plus the method's own."""
    names = tuple(parameter.name for parameter in injected)
    signature = inspect.signature(method)
    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in list(signature.parameters.values())[1:]
    ]
    if clash := set(names) & {parameter.name for parameter in own}:
        raise TypeError(f"{cls.__name__}.{method.__name__}: {sorted(clash)} is injected already")

    async def view(**values: Any) -> Any:
        request = values.pop(REQUEST)
        instance = object.__new__(cls)
        for name in names:
            setattr(instance, name, values.pop(name))
        return reply(request, await method(instance, **values))

    hints = typing.get_type_hints(method, include_extras=True)
    own = [parameter.replace(annotation=hints.get(parameter.name, parameter.annotation)) for parameter in own]
    view.__signature__ = signature.replace(  # type: ignore[attr-defined]  # functions take attributes
        parameters=[*own, *injected, inspect.Parameter(REQUEST, inspect.Parameter.KEYWORD_ONLY, annotation=Request)],
        return_annotation=hints.get("return", signature.return_annotation),
    )
    view.__name__ = method.__name__
    view.__qualname__ = method.__qualname__
    view.__module__ = method.__module__
    view.__doc__ = method.__doc__
    setattr(view, RULE_ATTRIBUTE, rule_of(method))
    setattr(view, DECLARED_ATTRIBUTE, declared_of(method))
    setattr(view, REPLIES, True)
    return view
