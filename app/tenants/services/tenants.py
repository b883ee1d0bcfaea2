"""Use cases of tenants and members."""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.exceptions import NotFound
from app.extensions.pages import PageQuery, page_by_id
from app.tenants.events import TenantCreated
from app.tenants.exceptions import TooManyTenants
from app.tenants.repository import TenantRepository
from app.tenants.schemas import TenantCreate, TenantOut
from app.utils.ids import uuid7
from app.utils.schemas import Page


class TenantService(Service):
    """Tenants of the caller."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the person, and to the tenant where one is chosen."""
        super().__init__(commons)
        self.tenants = TenantRepository(self.uow)

    async def mine(self, query: PageQuery) -> Page[TenantOut]:
        """The caller's tenants."""
        bound = ("tenants", str(self.commons.user_id))

        async def fetch(after: UUID, limit: int) -> list[TenantOut]:
            bound = self.commons.principal.bound_tenant_id  # under impersonation the one tenant, and no other
            rows = await self.tenants.mine(self.commons.user_id, after=after, limit=limit)
            return [row for row in rows if bound in {None, row.id}]

        return await page_by_id(query, self.commons.cursors, bound, fetch, lambda item: item.id)

    async def get(self, tenant_id: UUID) -> TenantOut:
        """One of the caller's tenants.

        Raises:
            NotFound: unknown, or the caller is no member.
        """
        found = await self.tenants.mine_one(self.commons.user_id, tenant_id)
        if found is None or self.commons.principal.bound_tenant_id not in {None, tenant_id}:
            raise NotFound("There is no such tenant, or you are not a member of it.")
        return found

    async def current(self) -> TenantOut:
        """The chosen tenant."""
        found = await self.tenants.current()
        if found is None:
            raise NotFound
        return found

    async def create(self, body: TenantCreate) -> TenantOut:
        """Create a tenant; the caller becomes its owner.

        Raises:
            TooManyTenants, TenantSlugTaken.
        """
        owner = self.commons.user_id
        allowed = self.commons.settings.tenants.max_owned
        if await self.tenants.count_owned(owner) >= allowed:
            raise TooManyTenants(f"A person owns at most {allowed} tenants.")
        tenant_id = uuid7()
        await self.uow.bind_tenant(tenant_id)
        await self.tenants.add(tenant_id, body.slug, body.name, owner)
        self.record(TenantCreated(owner_id=owner, slug=body.slug))
        self.track("tenants.tenant.created", f"tenant:{tenant_id}", after={"slug": body.slug, "name": body.name})
        return await self.current()
