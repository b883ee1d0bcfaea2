"""The binding: how a transaction says whose it is, to the row-level policies."""

from functools import lru_cache
from uuid import UUID

REMEMBERED = 4096
"""How many bindings a process keeps spelled."""


@lru_cache(maxsize=REMEMBERED)
def binding(tenant_id: UUID | None, user_id: UUID | None) -> str:
    """SET LOCAL as text, from UUID objects only: no other value can reach it, and Citus carries it to its workers.

    Who is None is bound to nobody, in words: what an injection has set on the connection for longer is nobody's binding.
    """
    parts = ["SET LOCAL citus.propagate_set_commands = 'local'"]
    for name, value in (("tenant_id", tenant_id), ("user_id", user_id)):
        if value is not None and not isinstance(value, UUID):
            raise TypeError(f"{name} must be a UUID, not {type(value).__name__}")
        parts.append(f"SET LOCAL app.{name} = '{'' if value is None else UUID(int=value.int)}'")
    return "; ".join(parts)
