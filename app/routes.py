"""Mounts every installed module's routers."""

from collections.abc import Iterable

from app.extensions.module import Module
from app.extensions.routing import ModularApp


def mount(app: ModularApp, modules: Iterable[Module]) -> None:
    """Module routers go under /api/v1, root routers (health) to the root.

    Raises:
        TypeError, ValueError: a route that is not guarded, or two routers of one noun.
    """
    for module in modules:
        for router in module.routers:
            app.mount_module(router)
        for router in module.root_routers:
            app.mount_module(router, prefix="")
