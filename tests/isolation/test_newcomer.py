"""A module that is added with a mistake: refused when it is imported, when the process starts, or by a suite that had no line for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.db.base import Role
from app.db.query import QueryError
from app.extensions.routing import API, ModularApp
from app.installed import INSTALLED
from app.main import build_app
from app.runtime import Runtime
from app.startup import StartRefusedError, check_database
from tests.api import test_open_routes
from tests.isolation import test_catalogue, test_doors, test_matrix
from tests.isolation.amounts import DONE
from tests.isolation.gadgets import Newcomer, newcomer
from tests.isolation.test_metadata import refused
from tests.support import statements, table_rules
from tests.support.routes import rules
from tests.support.scratch import run_sql, scratch_database
from tests.support.shops import Shop, Shops
from tests.support.statements import FAULTS, look_at

KEYS = 'UniqueConstraint("tenant_id", "label", name="uq_gadgets_label")'
CLASS = "class Gadget(TenantMixin, IdMixin, Base):\n"
OWN_COLUMN = """class Gadget(IdMixin, Base):
    __kind__: ClassVar = TableKind.{kind}
    tenant_id: Mapped[UUID] = mapped_column(Uuid, sort_order=-200)
"""
RULE = "    @access_control(permission=GadgetPermission.READ)\n"


ROUTER = 'router = ModuleRouter(prefix="/gadgets", tag="gadgets")\n'
EVERYBODYS = '''import asyncpg

OWNER_URL = ""


async def everybodys(key: UUID) -> Gadget | None:
    """A gadget of any tenant, as a role reads it that sees all."""
    connection = await asyncpg.connect(OWNER_URL)
    try:
        row = await connection.fetchrow("SELECT id, label FROM gadgets WHERE id = $1", key)
    finally:
        await connection.close()
    return None if row is None else Gadget(**row)


'''
PARTS = '''    @router.get("/{{gadget_id}}/parts/{{part_id}}", summary="Get a part of a gadget")
    @access_control(permission=GadgetPermission.READ)
    async def get_part(self, gadget_id: UUID, part_id: UUID) -> GadgetOut:
        """One, which is a gadget too."""
        {reading}
        if found is None:
            raise NotFound
        return GadgetOut(found.id, found.label)

'''


@pytest.fixture(scope="module")
async def scratch(settings: Settings) -> AsyncIterator[Settings]:
    """A database that each newcomer's table comes into, and goes from again."""
    async with scratch_database(settings) as made:
        yield made


@asynccontextmanager
async def migrated(scratch: Settings, made: Newcomer, *, protected: bool = True) -> AsyncIterator[None]:
    """While it lasts, the database has the newcomer's table."""
    await run_sql(scratch.database.owner_url, *made.migration(protected=protected))
    try:
        yield
    finally:
        await run_sql(scratch.database.owner_url, "DROP TABLE gadgets")


async def refusal(settings: Settings) -> str:
    """Why the process does not start; empty where it does."""
    pool = Runtime(settings).pool(settings.database.url, 1, role="app")
    await pool.open()
    try:
        await check_database({Role.APP: pool})
    except StartRefusedError as error:
        return error.detail
    finally:
        await pool.close()
    return ""


@asynccontextmanager
async def served(settings: Settings, made: Newcomer) -> AsyncIterator[tuple[ModularApp, Shops]]:
    """The whole app with the newcomer installed, and its factory of tenants."""
    app = build_app(settings, modules=(*INSTALLED, made.manifest), on_query=look_at)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 40000))
    owner = await asyncpg.connect(settings.database.owner_url)
    try:
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
        ):
            yield app, Shops(app, owner, client)
    finally:
        await owner.close()


async def gadget_id(shop: Shop) -> str:
    """A fixture of the matrix: a gadget."""
    return str((await shop.member.post("/gadgets", json={"label": uuid4().hex})).json()["id"])


async def part_id(shop: Shop, gadget: str) -> str:
    """A part of that gadget: another one."""
    key = await gadget_id(shop)
    assert key != gadget
    return key


class TestWithoutMistake:
    """The module as it should be"""

    async def test_enters(self, scratch: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It keeps every rule of tables, starts, and parts its tenants; its routes are behind the doors and in the matrix by themselves."""
        with newcomer(tmp_path) as made:
            assert table_rules.faults_of(made.table) == []
            async with migrated(scratch, made):
                assert await refusal(scratch) == ""
                async with served(scratch, made) as (app, shops):
                    shop, other = await shops.shop(), await shops.shop()
                    key = await gadget_id(other)
                    assert (await other.viewer.get(f"/gadgets/{key}")).status_code == 200
                    assert (await shop.owner.get(f"/gadgets/{key}")).status_code == 404
                    assert {("GET", "/gadgets/{gadget_id}"), ("POST", "/gadgets")} <= test_matrix.concerned(app).keys()
                    assert ("POST", "/gadgets") in test_doors.behind_doors(app)
                    monkeypatch.setattr(test_matrix, "PATHS", {"/gadgets/{gadget_id}": gadget_id})
                    monkeypatch.setattr(test_matrix, "NOBODYS", tuple(f"/{each}" for each in nouns(app) - {"gadgets"}))
                    await test_matrix.test_paths(app, (shop, other))

    async def test_without_fixture(self, app: ModularApp, settings: Settings, shops: Shops, tmp_path: Path) -> None:
        """A route whose ids nobody explained fails the matrix, which says where to explain them."""
        with newcomer(tmp_path) as made:
            grown = build_app(settings, modules=(*INSTALLED, made.manifest))
            pair = await shops.shop(), await shops.shop()
            with pytest.raises(AssertionError, match=r"GET /gadgets/\{gadget_id}: whose id is this"):
                await test_matrix.test_paths(grown, pair)

    async def test_unexplained_body(self, settings: Settings, shops: Shops, tmp_path: Path) -> None:
        """So does a body with an id in it, nested in a list."""
        field = 'label: Annotated[str, Field(description="its label", max_length=60, examples=["a"])]'
        with newcomer(tmp_path, (field, f"{field}\n    parts: list[UUID] = []")) as made:
            grown = build_app(settings, modules=(*INSTALLED, made.manifest))
            pair = await shops.shop(), await shops.shop()
            with pytest.raises(AssertionError, match="whose ids are these"):
                await test_matrix.test_bodies(grown, pair)

    async def test_open_route(self, settings: Settings, tmp_path: Path) -> None:
        """A route that needs no permission is not on the reviewed list."""
        with newcomer(tmp_path, (RULE, "    @access_control(open=True)\n")) as made:
            grown = build_app(settings, modules=(*INSTALLED, made.manifest))
            with pytest.raises(AssertionError):
                await test_open_routes.TestOpenRoutes().test_exact(grown)


class TestNested:
    """Routes with more than one id"""

    @pytest.mark.parametrize(
        "reading",
        [
            "found = await everybodys(part_id)",
            "found = await GadgetRepository(self.commons.uow).get(part_id)",
            """found = await GadgetRepository(self.commons.uow).get(gadget_id) and await everybodys(part_id)""",
        ],
        ids=["nothing is looked at", "the parent is not", "the child is everybody's"],
    )
    async def test_careless(
        self, scratch: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: str
    ) -> None:
        """One that does not look whose the parent is, or reads the child by a role that sees all tenants, turns the matrix red."""
        with pytest.raises(AssertionError, match=r"/gadgets/\{gadget_id}/parts/\{part_id}"):
            await tried(scratch, tmp_path, monkeypatch, reading)

    async def test_careful(self, scratch: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """One that reads both as the tenant's passes it."""
        gadgets = "GadgetRepository(self.commons.uow).get"
        reading = f"found = await {gadgets}(gadget_id) and await {gadgets}(part_id)"
        assert await tried(scratch, tmp_path, monkeypatch, reading) == 2 * (1 + 3)


async def tried(scratch: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch, reading: str) -> int:
    """The matrix of paths over a newcomer that reads the parts of a gadget so; returns how much it tried."""
    patch = (
        '    @router.post("", status_code=201',
        PARTS.format(reading=reading) + '    @router.post("", status_code=201',
    )
    with newcomer(folder, (ROUTER, EVERYBODYS + ROUTER), patch) as made:
        async with migrated(scratch, made), served(scratch, made) as (app, shops):
            monkeypatch.setattr(made.code, "OWNER_URL", scratch.database.owner_url)
            explained = {"/gadgets/{gadget_id}": gadget_id, "/gadgets/{gadget_id}/parts/{part_id}": part_id}
            monkeypatch.setattr(test_matrix, "PATHS", explained)
            monkeypatch.setattr(test_matrix, "NOBODYS", tuple(f"/{each}" for each in nouns(app) - {"gadgets"}))
            before = DONE.total()
            await test_matrix.test_paths(app, (await shops.shop(), await shops.shop()))
            return DONE.total() - before


class TestRefusedAtImport:
    """What the module does not get past its own import with"""

    @pytest.mark.parametrize(
        ("patches", "error", "told"),
        [
            (((RULE, ""),), TypeError, "access_control"),
            (((".where(OF_TENANT)", ""),), QueryError, "compare tenant_id"),
            (
                ((".where(OF_TENANT)", '.where(Gadget.label == bindparam("tenant_id"))'),),
                QueryError,
                "compare tenant_id",
            ),
            (((".where(OF_TENANT)", ".where(OF_TENANT | True)"),), QueryError, "compare tenant_id"),
            (
                (
                    ("class Gadget(TenantMixin, IdMixin, Base)", "class Gadget(IdMixin, Base)"),
                    (f"    __table_args__ = ({KEYS},)\n", ""),
                ),
                TypeError,
                "declare __kind__",
            ),
            ((("commons: Commons = Depends", "commons = Depends"),), TypeError, "commons"),
        ],
        ids=["no rule", "no tenant", "another column", "behind or", "no kind", "no annotation"],
    )
    def test_refused(
        self, tmp_path: Path, patches: tuple[tuple[str, str], ...], error: type[Exception], told: str
    ) -> None:
        """A view without a rule, a query that forgets the tenant, a table of no kind."""
        with pytest.raises(error, match=told), newcomer(tmp_path, *patches):
            raise AssertionError("it was imported")


class TestRefusedAtStart:
    """What the process does not start with"""

    async def test_no_row_security(self, scratch: Settings, tmp_path: Path) -> None:
        """A table whose migration forgot to protect it."""
        with newcomer(tmp_path) as made:
            async with migrated(scratch, made, protected=False):
                assert "Row-level security is not enabled and forced on gadgets" in await refusal(scratch)

    @pytest.mark.parametrize(
        ("statement", "told"),
        [
            ("ALTER TABLE gadgets NO FORCE ROW LEVEL SECURITY", "not enabled and forced on gadgets"),
            ("DROP POLICY gadgets_app ON gadgets", "policy missing: ('gadgets'"),
            ("ALTER POLICY gadgets_app ON gadgets USING (true)", "policy not declared: ('gadgets'"),
        ],
    )
    async def test_half_protected(self, scratch: Settings, tmp_path: Path, statement: str, told: str) -> None:
        """Or forgot a part."""
        with newcomer(tmp_path) as made:
            async with migrated(scratch, made):
                await run_sql(scratch.database.owner_url, statement)
                assert told in await refusal(scratch)


class TestRed:
    """What starts, and turns a suite red"""

    @pytest.mark.parametrize(
        ("patch", "rule", "look"),
        [
            (
                (KEYS, 'UniqueConstraint("label", name="uq_gadgets_label")'),
                table_rules.uniques_hold_the_tenant,
                "test_keys_hold_the_tenant",
            ),
            (
                (CLASS, OWN_COLUMN.format(kind="TENANT")),
                table_rules.key_begins_with_the_tenant,
                "test_keys_hold_the_tenant",
            ),
            ((CLASS, OWN_COLUMN.format(kind="LOCAL")), table_rules.declares_its_kind, "test_secured"),
        ],
        ids=["unique", "primary", "hidden"],
    )
    async def test_key(
        self,
        scratch: Settings,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        patch: tuple[str, str],
        rule: table_rules.Rule,
        look: str,
    ) -> None:
        """A key without the tenant: the rules of tables name it, and what PostgreSQL says of the migrated table."""
        with newcomer(tmp_path, patch) as made:
            assert refused(rule, made.table)
            async with migrated(scratch, made):
                owner = await asyncpg.connect(scratch.database.owner_url)
                monkeypatch.setattr(test_catalogue, "TENANT_TABLES", [*test_catalogue.TENANT_TABLES, "gadgets"])
                with pytest.raises(AssertionError):
                    await getattr(test_catalogue.TestTables(), look)(owner)
                await owner.close()

    async def test_forgetful_statement(self, scratch: Settings, tmp_path: Path) -> None:
        """SQL by hand that forgets the tenant shows the policy's rows and no other's, and fails the test that sent it."""
        patch = (
            "found = await GadgetRepository(self.commons.uow).get(gadget_id)",
            'found = await self.commons.uow.connection.fetchrow("SELECT id, label FROM gadgets WHERE id = $1", gadget_id)',
        )
        with newcomer(tmp_path, patch, ("GadgetOut(found.id, found.label)", "GadgetOut(*found)")) as made:
            async with migrated(scratch, made), served(scratch, made) as (_, shops):
                monkeypatched = statements.TENANT_TABLES | {"gadgets"}
                shop, other = await shops.shop(), await shops.shop()
                key = await gadget_id(other)
                with pytest.MonkeyPatch.context() as patched:
                    patched.setattr(statements, "TENANT_TABLES", monkeypatched)
                    assert (await shop.owner.get(f"/gadgets/{key}")).status_code == 404
                    assert (await other.owner.get(f"/gadgets/{key}")).status_code == 200
        assert any("['gadgets'] without tenant_id" in fault for fault in FAULTS)
        FAULTS.clear()


def nouns(app: ModularApp) -> set[str]:
    """The first words of all paths."""
    return {path.removeprefix(API).split("/")[1] for _, path in rules(app)}
