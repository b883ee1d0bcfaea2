"""A purge leaves nothing of a tenant in any table, and not before its day."""

import asyncio
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import Column, MetaData, Table, Uuid

from app.config.model import Tenants
from app.db.base import Facts, Role, TableKind, grant, is_tenant_table
from app.exceptions import AppError
from app.extensions.routing import ModularApp
from app.installed import metadata
from app.operators.exceptions import DeletionNotDue, NotPurgeable
from app.operators.services import PurgeDesk, TenantDesk, by_command
from app.operators.services.purge import remover
from app.utils.ids import PLATFORM_TENANT
from tests.support.clock import MovableClock
from tests.support.pictures import image
from tests.support.shops import Shop, Shops, entrust, listen, order, product

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
UUID_COLUMNS = """
SELECT c.table_name, c.column_name FROM information_schema.columns AS c
JOIN information_schema.tables AS t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'uuid'
"""

HELD = """
WITH opened AS (INSERT INTO reservations (tenant_id, order_id, state) VALUES ($1, $2, 'held'))
INSERT INTO reservation_lines (tenant_id, order_id, variant_id, quantity) VALUES ($1, $2, $2, 1)
"""
HEARD = """
INSERT INTO incoming_messages (tenant_id, endpoint_id, message_id, received_at) VALUES ($1, $2::text::uuid, 'm', now())
"""
REFUSED = """
INSERT INTO import_refusals (tenant_id, file_id, line, sku, field, code, reason) VALUES ($1, $2, 1, 's', 'f', 'c', 'r')
"""
WORDED = "INSERT INTO product_words (tenant_id, product_id, word) VALUES ($1, $2, 'w')"


async def traces(owner: Owner, tenant_id: UUID) -> dict[str, int]:
    """Every column of every table of the database that holds the tenant's id, with the number of rows."""
    found = {}
    for table, column in await owner.fetch(UUID_COLUMNS):
        count = await owner.fetchval(f'SELECT count(*) FROM "{table}" WHERE "{column}" = $1', tenant_id)
        if count:
            found[f"{table}.{column}"] = count
    return found


async def furnish(shop: Shop, owner: Owner) -> None:
    """Give the tenant rows of all kinds: goods, keys, roles, invitations, settings, an alias, seals, an impersonation."""
    made = await shop.owner.post("/products", json=product(stock=1), headers={"Idempotency-Key": "k"})
    await owner.execute(HELD, shop.id, made.json()["id"])
    await shop.owner.post(f"/orders/{(paid := await order(shop))}/pay", json={"source": "card_accept"})
    await shop.owner.post(f"/orders/{paid}/invoice", json={})
    await listen(shop)
    webhook = await entrust(shop)
    await owner.execute(HEARD, shop.id, webhook.rpartition("/")[2])
    category = await shop.owner.post("/categories", json={"name": "Drinks"})
    await shop.owner.post("/categories", json={"name": "Teas", "parent_id": category.json()["id"]})
    await shop.owner.post("/products", json=product(category_id=category.json()["id"]))
    await shop.owner.post(f"/products/{made.json()['id']}/variants", json=product(price=1))
    await image(shop, made.json()["id"])
    await shop.owner.post("/api-keys", json={"name": "k", "scopes": ["catalog.products:read"]})
    role = {"key": "buyer", "name": "Buyer", "permissions": ["catalog.products:read"]}
    await shop.owner.post("/roles", json=role)
    await shop.owner.post("/invitations", json={"email": f"{shop.slug}@new.example", "roles": ["viewer"]})
    await shop.owner.patch("/tenants/current", json={"slug": f"{shop.slug}x"}, headers={"If-Match": "*"})
    await owner.execute(
        "INSERT INTO tenant_settings (tenant_id, module, values, version) VALUES ($1, 'm', '{}', 1)", shop.id
    )
    await owner.execute(
        "INSERT INTO audit_seals (tenant_id, number, ids, leaves, root, previous, mac, sealed_at)"
        " VALUES ($1, 7, '{}', '', '', '', '\\xab', now())",
        shop.id,
    )
    await shop.owner.post("/products/reprice", json={"percent": 1})
    file = await shop.owner.post("/products/files", json={"format": "csv"})
    await owner.execute(REFUSED, shop.id, file.json()["id"])
    await owner.execute(WORDED, shop.id, made.json()["id"])
    await owner.execute(
        "INSERT INTO schedule_runs (tenant_id, name, due_at, outcome, actor, at)"
        " VALUES ($1, 'm.s', now(), 'fired', 'x', now())",
        shop.id,
    )
    await owner.execute(
        "UPDATE sessions SET operator_id = user_id, bound_tenant_id = $2, ends_at = now() WHERE id = $1",
        shop.viewer.session_id,
        shop.id,
    )


@pytest.fixture
def desk(app: ModularApp) -> PurgeDesk:
    """As the command has it."""
    runtime = app.state.runtime
    return PurgeDesk(runtime.system, runtime.identity, by_command(), runtime.settings, metadata(), runtime.files)


class TestPurge:
    """manage tenant purge"""

    async def test_nothing_is_left(self, desk: PurgeDesk, shops: Shops, owner: Owner, clock: MovableClock) -> None:
        """No column of any table of the database holds the tenant's id, and the other tenant has all it had."""
        shop, other = await shops.shop(), await shops.shop()
        await furnish(shop, owner)
        await furnish(other, owner)
        before, beside = await traces(owner, shop.id), await traces(owner, other.id)
        tenant_tables = {table.name for table in metadata().sorted_tables if is_tenant_table(table)}
        unused = tenant_tables - {name.split(".")[0] for name in before}
        assert unused <= UNFILLED, "furnish the table, so that the purge of it is proved"
        await shop.owner.post("/tenants/current/deletion", json={"confirm": f"{shop.slug}x"})
        clock.advance(days=31)
        assert [item.id for item in await desk.due() if item.id == shop.id] == [shop.id]
        certificate = await desk.purge(shop.id)
        assert await traces(owner, shop.id) == {}
        assert await traces(owner, other.id) == beside
        assert certificate.files == 3, "what was uploaded, the copy that was shown, and an invoice"
        assert [await desk.files.delete_tenant(each.id) for each in (shop, other)] == [0, 3]
        assert {name: count for name, count in certificate.rows.items() if count and name != "audit_entries"} == {
            name.split(".")[0]: count
            for name, count in before.items()
            if name.split(".")[0] in tenant_tables - {"audit_entries"}
        }
        kept = await owner.fetchval(
            "SELECT after FROM audit_entries WHERE tenant_id = $1 AND action = 'operators.tenant.purged' AND target = $2",
            PLATFORM_TENANT,
            f"tenant:{shop.id}",
        )
        assert "7:ab" in kept
        assert str(shop.id) in kept

    async def test_not_before(self, desk: PurgeDesk, shops: Shops, owner: Owner, clock: MovableClock) -> None:
        """Refused where nobody asked for it, before its day, and after it was taken back; nothing is removed then."""
        shop = await shops.shop()
        before = await traces(owner, shop.id)
        with pytest.raises(DeletionNotDue):
            await desk.purge(shop.id)
        assert await traces(owner, shop.id) == before
        await shop.owner.post("/tenants/current/deletion", json={"confirm": shop.slug})
        clock.advance(days=29)
        with pytest.raises(DeletionNotDue):
            await desk.purge(shop.id)
        clock.reset()
        await shop.owner.delete("/tenants/current/deletion")
        clock.advance(days=31)
        with pytest.raises(DeletionNotDue):
            await desk.purge(shop.id)
        with pytest.raises(DeletionNotDue):
            await desk.purge(PLATFORM_TENANT)
        state = await owner.fetchval("SELECT state FROM tenants WHERE id = $1", shop.id)
        assert state == "active"

    async def test_no_grace(self, desk: PurgeDesk, shops: Shops, owner: Owner) -> None:
        """Where the settings grant no time of grace, the day is the moment of the asking."""
        shop, settings = await shops.shop(), desk.settings
        none = Tenants.model_validate({**settings.tenants.model_dump(), "deletion_grace_days": 0})
        tenants = TenantDesk(desk.units, desk.acting, settings.model_copy(update={"tenants": none}))
        await tenants.plan_deletion(shop.id)
        await desk.purge(shop.id)
        assert await traces(owner, shop.id) == {}

    async def test_writers(self, desk: PurgeDesk, shops: Shops, owner: Owner, clock: MovableClock) -> None:
        """Whoever writes at that moment either comes before it, and is purged too, or is refused."""
        shop = await shops.shop()
        await shop.owner.post("/tenants/current/deletion", json={"confirm": shop.slug})
        await owner.execute("UPDATE tenants SET deletion_due_at = now() WHERE id = $1", shop.id)
        clock.advance(seconds=5)
        purging = asyncio.create_task(desk.purge(shop.id))
        answers = await asyncio.gather(*(shop.owner.post("/products", json=product()) for _ in range(20)))
        await purging
        assert {answer.status_code for answer in answers} <= {201, 403, 404, 409}
        assert await traces(owner, shop.id) == {}

    async def test_twice_at_once(self, desk: PurgeDesk, shops: Shops, owner: Owner, clock: MovableClock) -> None:
        """Of two purges of one tenant one gives the certificate."""
        shop = await shops.shop()
        await owner.execute("UPDATE tenants SET deletion_due_at = now(), state = 'suspended' WHERE id = $1", shop.id)
        clock.advance(seconds=5)
        ends = await asyncio.gather(desk.purge(shop.id), desk.purge(shop.id), return_exceptions=True)
        assert sum(isinstance(end, AppError) for end in ends) == 1
        assert await traces(owner, shop.id) == {}


class TestCatalogue:
    """Every table of tenants, those to come included"""

    def test_purgeable(self) -> None:
        """There is a role that may empty it."""
        for table in metadata().sorted_tables:
            if is_tenant_table(table):
                assert remover(table) in {Role.APP, Role.SYSTEM}

    def test_not_purgeable(self) -> None:
        """One that grants nobody DELETE is refused by name."""
        facts = Facts(TableKind.TENANT, (grant(Role.APP, "SELECT", "INSERT"),))
        table = Table("kept", MetaData(), Column("tenant_id", Uuid, primary_key=True), info={"facts": facts})
        with pytest.raises(NotPurgeable, match="kept"):
            remover(table)


UNFILLED: frozenset[str] = frozenset()
