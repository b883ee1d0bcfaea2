"""Signed-in requests, and servers with a log in the stage's folder."""

from collections.abc import Callable, Sequence
from typing import Any

from app.auth.tokens import TokenMaker
from app.config import Settings
from app.extensions.clock import SystemClock
from bench.data import Tenant
from bench.load import request
from bench.rounds import Plan
from bench.server import Server


def headers(settings: Settings, who: Tenant) -> dict[str, str]:
    """The headers of the tenant's member, with a fresh access token."""
    token = TokenMaker(settings.auth, SystemClock()).access_token(who.user_id, who.session_id)
    return {"Authorization": f"Bearer {token}", "X-Tenant-ID": str(who.id), "Accept": "application/json"}


def pages(server: Server, settings: Settings, tenants: Sequence[Tenant], path: str) -> list[bytes]:
    """The same GET by the member of each tenant."""
    return [request(server, "GET", path, headers(settings, who)) for who in tenants]


def logged(plan: Plan, name: str, make: Callable[[], Any]) -> Server:
    """A server whose standard error goes to a file of that name."""
    return Server(make, plan.stage.folder / f"{name}.log")
