"""Use cases of roles."""

from collections.abc import Sequence
from typing import Any

from app.auth.commons import Commons, Service
from app.exceptions import FieldFault, InvalidCursor, NotFound, ValidationFailed
from app.extensions.conditional import version_of
from app.extensions.module import SystemRole
from app.extensions.pages import MAX_TOTAL, page_in_memory
from app.tenants.exceptions import RoleInUse, SystemRoleFixed
from app.tenants.repository import RoleRepository
from app.tenants.schemas import (
    CustomRoleRow,
    PermissionOut,
    PermissionQuery,
    RoleCreate,
    RoleOut,
    RoleQuery,
    RoleUpdate,
)
from app.tenants.services.grants import judge_permissions
from app.utils.schemas import CountedPage, Page

ABOUT = {
    SystemRole.OWNER: ("Owner", "everything, ownership and deletion included"),
    SystemRole.ADMIN: ("Admin", "members, roles, keys and settings"),
    SystemRole.MEMBER: ("Member", "the daily work"),
    SystemRole.VIEWER: ("Viewer", "looks, and changes nothing"),
}


class RoleService(Service):
    """The roles of the chosen tenant: four that live in code, and those that it made of the permission catalogue."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.roles = RoleRepository(self.uow)

    async def catalogue(self, query: PermissionQuery) -> Page[PermissionOut]:
        """The permissions of the installed modules, by id."""
        found = (
            PermissionOut(key, item.description, key.partition(".")[0], str(item.lowest_role))
            for key, item in self.commons.book.permissions.items()
        )
        bound = ("permissions", str(self.commons.tenant_id))
        return await page_in_memory(query, self.commons.cursors, bound, found, lambda item: item.id)

    async def page(self, query: RoleQuery) -> Page[RoleOut]:
        """The system roles stand before the tenant's own."""
        wanted = (query.q or "").lower()
        system = [self._system(role) for role in reversed(SystemRole) if wanted in role]
        bound = ("system roles", str(self.commons.tenant_id), wanted)
        passed = self._passed(query.cursor, bound)
        here = [] if passed is None else system[passed : passed + query.limit]
        room = query.limit - len(here)
        own = query if passed is None else query.model_copy(update={"limit": max(room, 1), "cursor": None})
        page = (await self.roles.page(own, self.commons.cursors)).each(self._out)
        if passed is not None and room == 0:
            # The page ends before the tenant's own, of which one was read to see whether any follow.
            page.has_more = passed + query.limit < len(system) or bool(page.data)
            page.data = []
            position = [passed + query.limit]
            page.next_cursor = self.commons.cursors.encode(position, bound_to=bound) if page.has_more else None
        page.data[:0] = here
        if isinstance(page, CountedPage):
            total = page.total + len(system)
            page.total, page.total_capped = min(total, MAX_TOTAL), page.total_capped or total > MAX_TOTAL
        return page

    async def get(self, key: str) -> RoleOut:
        """One role.

        Raises:
            NotFound.
        """
        if key in self.commons.book.roles:
            return self._system(SystemRole(key))
        row = await self.roles.get(key)
        if row is None:
            raise NotFound("There is no such role.")
        return self._out(row)

    async def create(self, body: RoleCreate) -> RoleOut:
        """A new role.

        Raises:
            ValidationFailed (a permission that does not exist), PermissionDenied, RoleKeyTaken.
        """
        permissions = self._known(body.permissions)
        judge_permissions(self.commons, permissions)
        await self.roles.add(body.key, body.name, body.description, permissions)
        after = {"key": body.key, "name": body.name, "permissions": permissions}
        self.track("tenants.role.created", f"role:{body.key}", after=after)
        return await self.get(body.key)

    async def update(self, key: str, body: RoleUpdate) -> RoleOut:
        """Change a role; whoever holds it has the new permissions on the very next request.

        Permissions that are not sent stay, those of a disabled module too.

        Raises:
            NotFound, SystemRoleFixed, PreconditionRequired, PreconditionFailed, ValidationFailed, PermissionDenied.
        """
        role = await self._own(key)
        changes = {name: getattr(body, name) for name in body.model_fields_set}
        new: dict[str, Any] = {
            "name": role.name, "description": role.description, "permissions": role.permissions, **changes,
        }  # fmt: skip
        if "permissions" in changes:
            new["permissions"] = self._known(new["permissions"])
        judge_permissions(self.commons, set(new["permissions"]) - set(role.permissions))
        await self.roles.change(key, new["name"], new["description"], new["permissions"])
        before = {name: getattr(role, name) for name in changes}
        self.track("tenants.role.changed", f"role:{key}", before=before, after={name: new[name] for name in changes})
        return await self.get(key)

    async def remove(self, key: str) -> None:
        """Delete a role that nobody holds.

        Raises:
            NotFound, SystemRoleFixed, PreconditionRequired, PreconditionFailed, RoleInUse.
        """
        role = await self._own(key)
        if holders := await self.roles.holders(key):
            raise RoleInUse(f"{holders} members or invitations hold it; give them other roles first.")
        await self.roles.remove(key)
        self.track("tenants.role.deleted", f"role:{key}", before={"name": role.name, "permissions": role.permissions})

    async def _own(self, key: str) -> CustomRoleRow:
        """A custom role as it is stored, locked and with its version judged."""
        if key in self.commons.book.roles:
            raise SystemRoleFixed("System roles are the same everywhere; make a role of your own.")
        role = await self.roles.get(key) if await self.roles.lock(key) else None
        if role is None:
            raise NotFound("There is no such role.")
        self.commons.if_match.require(self._out(role).version)
        return role

    def _passed(self, cursor: str | None, bound: Sequence[Any]) -> int | None:
        """How many system roles stand before the page; None: the cursor is none among them, but of the tenant's own."""
        if cursor is None:
            return 0
        try:
            (passed,) = self.commons.cursors.decode(cursor, bound_to=bound)
        except InvalidCursor:
            return None
        return int(passed)

    def _known(self, permissions: list[str]) -> list[str]:
        faults = [
            FieldFault("unknown_permission", "is not in the catalogue", f"/permissions/{number}")
            for number, key in enumerate(permissions)
            if key not in self.commons.book.permissions
        ]
        if faults:
            raise ValidationFailed(errors=faults)
        return sorted(set(permissions))

    def _system(self, role: SystemRole) -> RoleOut:
        name, description = ABOUT[role]
        permissions = sorted(self.commons.book.roles[role])
        version = version_of(name, description, permissions)
        return RoleOut(str(role), name, description, True, permissions, version)

    def _out(self, row: CustomRoleRow) -> RoleOut:
        """A key may come again, and what is shown depends on the installed modules: the version tells both apart."""
        permissions = self.commons.book.known(row.permissions)
        version = version_of(row.created_at, row.version, permissions)
        return RoleOut(row.key, row.name, row.description, False, permissions, version)
