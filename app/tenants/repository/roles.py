"""Statements on the roles that a tenant made."""

from collections.abc import Collection

from sqlalchemy import String, Uuid, bindparam, select

from app.db.errors import mapped
from app.db.listing import Listing, contains
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.extensions.pagination import CursorCodec
from app.tenants.exceptions import RoleKeyTaken
from app.tenants.models import CustomRole
from app.tenants.schemas import CustomRoleRow, RoleQuery
from app.utils.schemas import Page

_tenant = bindparam("tenant_id", type_=Uuid)
_columns = (
    CustomRole.key,
    CustomRole.name,
    CustomRole.description,
    CustomRole.permissions,
    CustomRole.created_at,
    CustomRole.version,
)
ROLES: Listing[CustomRoleRow] = Listing(
    "roles",
    CustomRoleRow,
    select(*_columns).where(CustomRole.tenant_id == _tenant),
    RoleQuery,
    key={"key": CustomRole.key},
    order="key",
    filters={"q": contains(CustomRole.key, CustomRole.name)},
)
ONE: Query[CustomRoleRow] = Query(
    select(*_columns).where(CustomRole.tenant_id == _tenant, CustomRole.key == bindparam("key", type_=String)),
    CustomRoleRow,
)
# Who gives a role shares its row, who deletes it takes it alone: none is given that is just being deleted.
SHARE = "SELECT key, permissions FROM roles WHERE tenant_id = $1 AND key = ANY($2::text[]) ORDER BY key FOR SHARE"
READ = "SELECT key, permissions FROM roles WHERE tenant_id = $1 AND key = ANY($2::text[])"
LOCK = "SELECT version FROM roles WHERE tenant_id = $1 AND key = $2 FOR UPDATE"
ADD = "INSERT INTO roles (tenant_id, key, name, description, permissions, version) VALUES ($1, $2, $3, $4, $5, 1)"
CHANGE = """
UPDATE roles SET name = $3, description = $4, permissions = $5, version = version + 1, updated_at = now()
WHERE tenant_id = $1 AND key = $2
"""
HOLDERS = """
SELECT (SELECT count(*) FROM memberships WHERE tenant_id = $1 AND $2 = ANY(roles))
  + (SELECT count(*) FROM invitations WHERE tenant_id = $1 AND $2 = ANY(roles) AND state = 'pending')
"""
REMOVE = "DELETE FROM roles WHERE tenant_id = $1 AND key = $2"


class RoleRepository:
    """Custom roles of the bound tenant."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is bound to the tenant."""
        self.uow = uow

    async def page(self, query: RoleQuery, cursors: CursorCodec) -> Page[CustomRoleRow]:
        """By key."""
        return await ROLES.page(self.uow, cursors, query)

    async def get(self, key: str) -> CustomRoleRow | None:
        """One role."""
        return await ONE.first(self.uow, key=key)

    async def share(self, keys: Collection[str]) -> dict[str, list[str]]:
        """Those of the keys that are custom roles, with their permissions, kept from deletion until the commit."""
        rows = await self.uow.connection.fetch(SHARE, self.uow.tenant_id, sorted(keys))
        return {row[0]: row[1] for row in rows}

    async def permissions_of(self, keys: Collection[str]) -> dict[str, list[str]]:
        """Those of the keys that are custom roles, with their permissions."""
        rows = await self.uow.connection.fetch(READ, self.uow.tenant_id, sorted(keys))
        return {row[0]: row[1] for row in rows}

    async def lock(self, key: str) -> bool:
        """Take the role alone until the commit; False where there is none."""
        return await self.uow.connection.fetchrow(LOCK, self.uow.tenant_id, key) is not None

    async def add(self, key: str, name: str, description: str | None, permissions: list[str]) -> None:
        """A new role.

        Raises:
            RoleKeyTaken.
        """
        with mapped({"pk_roles": lambda: RoleKeyTaken(f"There is a role {key} already.")}):
            await self.uow.connection.execute(ADD, self.uow.tenant_id, key, name, description, permissions)

    async def change(self, key: str, name: str, description: str | None, permissions: list[str]) -> None:
        """Change everything of it."""
        await self.uow.connection.execute(CHANGE, self.uow.tenant_id, key, name, description, permissions)

    async def holders(self, key: str) -> int:
        """How many members and open invitations hold the role."""
        return int((await self.uow.connection.fetchrow(HOLDERS, self.uow.tenant_id, key))[0])

    async def remove(self, key: str) -> None:
        """Delete it."""
        await self.uow.connection.execute(REMOVE, self.uow.tenant_id, key)
