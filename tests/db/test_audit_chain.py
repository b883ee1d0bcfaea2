"""The chain of the audit log (requirement 37): sealed while others write, and every kind of tampering found and named."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from app.config import Audit, Settings
from app.db.audit_chain import UNSEALED, Seal, leaf_of, make_seal, seal_tenant
from app.db.audit_checks import Chain, verify_tenants
from app.db.outbox import WRITTEN, StoredAuditEntry
from app.db.pool import Pool
from app.db.sealer import Sealer
from app.manage import audit as command
from app.manage.cli import cli
from app.runtime import Runtime
from tests.db.units import Bench, audit, bench
from tests.faults.processes import Children, environment, until
from tests.faults.slow_worker import run_main
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio

KEY = b"a key of these tests alone, no database has it"
Owner = asyncpg.Connection
Run = Callable[..., Awaitable[Result]]
ENTRY = """
INSERT INTO audit_entries (tenant_id, at, actor, action, target, before, after, request_id)
SELECT $1, now(), 'user:x', 'tests.thing.done', 'thing:' || n, '{"b": 1, "a": 1.50}', '{"é": "\\u0001\\n", "z": null}', $2
FROM generate_series(1, $3::int) AS n RETURNING id
"""


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    """Connections of the system role, as the relay has them."""
    made = Runtime(settings).pool(settings.database.system_url, 3, role="system")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def tenant(shops: Shops) -> UUID:
    """A tenant without entries."""
    return (await shops.shop()).id


async def write(owner: Owner, tenant: UUID, count: int = 3) -> list[int]:
    """Entries; returns their ids."""
    return [row[0] for row in await owner.fetch(ENTRY, tenant, uuid4(), count)]


async def seal(pool: Pool, tenant: UUID, limit: int = 1000) -> Seal:
    """A seal of what is unsealed."""
    made = await seal_tenant(pool, KEY, tenant, limit=limit)
    assert made is not None
    return made


async def verify(pool: Pool, tenant: UUID, heads: dict[int, str] | None = None, seconds: float = 300.0) -> Chain:
    """The verification of one tenant's log."""
    [chain] = [
        chain async for chain in verify_tenants(pool, KEY, [tenant], heads=heads or {}, unsealed_seconds=seconds)
    ]
    return chain


def told(chain: Chain) -> list[tuple[str, str]]:
    """Kind and place of every finding."""
    return [(finding.kind, finding.where) for finding in chain.findings]


@pytest.fixture
async def ids(pool: Pool, owner: Owner, tenant: UUID) -> list[int]:
    """Nine entries in three seals, and nothing wrong."""
    found: list[int] = []
    for _ in range(3):
        found += await write(owner, tenant)
        await seal(pool, tenant)
    assert told(await verify(pool, tenant)) == []
    return found


class TestSealing:
    """What a sealer does"""

    async def test_every_column_is_hashed(self, owner: Owner, tenant: UUID) -> None:
        """No column but the seal's own number is left out, and each changes the hash."""
        assert {*WRITTEN, "seal"} == set(StoredAuditEntry.__table__.columns.keys())
        await write(owner, tenant, 1)
        [row] = await owner.fetch(UNSEALED, tenant, 1)
        for number, name in enumerate(WRITTEN):
            values = list(row)
            values[number] = "another"
            assert leaf_of(values) != leaf_of(row), name

    async def test_hash_has_no_seams(self, owner: Owner, tenant: UUID) -> None:
        """A value that pretends to be a column's name and the next one's value is another entry."""
        await write(owner, tenant, 1)
        [row] = await owner.fetch(UNSEALED, tenant, 1)
        action, target = WRITTEN.index("action"), WRITTEN.index("target")
        one, other = list(row), list(row)
        one[action], one[target], other[action], other[target] = "x", "y", "xtargety", None
        assert leaf_of(one) != leaf_of(other)

    async def test_batches(self, pool: Pool, owner: Owner, tenant: UUID) -> None:
        """A round seals everything, in seals of the batch's size that follow one another."""
        await write(owner, tenant, 5)
        assert await Sealer(pool, KEY, Audit(seal_batch=2)).round() >= 5
        chain = await verify(pool, tenant)
        assert (told(chain), chain.seals, chain.entries, chain.unsealed) == ([], 3, 5, 0)

    async def test_one_trouble_is_no_others(self, pool: Pool, owner: Owner, tenant: UUID, shops: Shops) -> None:
        """A log that cannot be sealed holds up no other, and is sealed when it can be."""
        other = (await shops.shop()).id
        await write(owner, tenant)
        await write(owner, other)
        await owner.execute(f"ALTER TABLE audit_seals ADD CONSTRAINT stuck CHECK (tenant_id <> '{tenant}')")
        try:
            await Sealer(pool, KEY, Audit()).round()
        finally:
            await owner.execute("ALTER TABLE audit_seals DROP CONSTRAINT stuck")
        assert ((await verify(pool, tenant)).unsealed, (await verify(pool, other)).unsealed) == (3, 0)
        await Sealer(pool, KEY, Audit()).round()
        assert (await verify(pool, tenant)).unsealed == 0

    async def test_two_at_once(self, pool: Pool, owner: Owner, tenant: UUID) -> None:
        """However many sealers, there is one chain without a fork, and no entry is in two seals."""
        await write(owner, tenant, 40)
        for _ in range(10):
            await asyncio.gather(*(seal_tenant(pool, KEY, tenant, limit=3) for _ in range(3)))
        while await seal_tenant(pool, KEY, tenant, limit=3):
            pass
        chain = await verify(pool, tenant)
        assert (told(chain), chain.entries, chain.unsealed) == ([], 40, 0)
        listed = await owner.fetchval("SELECT sum(cardinality(ids)) FROM audit_seals WHERE tenant_id = $1", tenant)
        assert listed == 40

    async def test_late_commit(self, settings: Settings, pool: Pool, owner: Owner, tenant: UUID) -> None:
        """An entry with an older id that is committed after a seal is in the next one, and no finding."""
        late = await asyncpg.connect(settings.database.owner_url)
        try:
            await late.execute("BEGIN")
            [older] = await write(late, tenant, 1)
            await write(owner, tenant, 1)
            assert older not in (await seal(pool, tenant)).ids
            await late.execute("COMMIT")
        finally:
            await late.close()
        assert list((await seal(pool, tenant)).ids) == [older]
        assert told(await verify(pool, tenant)) == []

    async def test_beside_writers(self, settings: Settings, pool: Pool, tenant: UUID) -> None:
        """Writers at work lose nothing and wait for nobody: a sealer in the middle of its transaction blocks no insert."""
        async with bench(settings, size=2) as made:
            writers = [write_as_app(made, tenant, 20) for _ in range(2)]
            sealers = [seal_tenant(pool, KEY, tenant, limit=7) for _ in range(12)]
            await asyncio.gather(*writers, *sealers)
            slot = await pool.acquire()
            await slot.raw.execute("BEGIN")
            await slot.raw.execute("UPDATE audit_entries SET seal = seal WHERE tenant_id = $1", tenant)
            async with asyncio.timeout(5):
                await write_as_app(made, tenant, 1)
            await slot.raw.execute("ROLLBACK")
            pool.release(slot, clean=True)
        while await seal_tenant(pool, KEY, tenant, limit=7):
            pass
        chain = await verify(pool, tenant)
        assert (told(chain), chain.entries, chain.unsealed) == ([], 41, 0)


async def write_as_app(made: Bench, tenant: UUID, count: int) -> None:
    """Entries as requests write them, one a transaction."""
    for _ in range(count):
        uow = made.unit()
        await uow.begin(tenant_id=tenant)
        uow.track(audit("tests.thing.done", uow))
        await uow.commit()


class TestTampering:
    """What the owner of the database can do, and how it is told"""

    @pytest.mark.parametrize(
        "change",
        ["actor = 'user:y'", "at = at + interval '1 microsecond'", "after = '{}'", "before = NULL", "address = '::1'"],
    )
    async def test_changed(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int], change: str) -> None:
        """A changed entry is named."""
        await owner.execute(f"UPDATE audit_entries SET {change} WHERE tenant_id = $1 AND id = $2", tenant, ids[4])
        assert told(await verify(pool, tenant)) == [("entry changed", f"entry {ids[4]}")]

    async def test_removed(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """A removed entry is named."""
        await owner.execute("DELETE FROM audit_entries WHERE tenant_id = $1 AND id = $2", tenant, ids[4])
        assert told(await verify(pool, tenant)) == [("entry removed", f"entry {ids[4]}")]

    async def test_inserted(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """An entry put into a seal is named."""
        [extra] = await write(owner, tenant, 1)
        await owner.execute("UPDATE audit_entries SET seal = 2 WHERE tenant_id = $1 AND id = $2", tenant, extra)
        assert told(await verify(pool, tenant)) == [("entry inserted", f"entry {extra}")]

    async def test_backdated(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """An entry that pretends to be old is named, though the sealer took it."""
        await write(owner, tenant, 1)
        await owner.execute("UPDATE audit_entries SET id = 7 WHERE tenant_id = $1 AND seal IS NULL", tenant)
        await seal(pool, tenant)
        assert told(await verify(pool, tenant)) == [("entry backdated", "entry 7")]

    async def test_moved(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """An entry made to belong to another seal, or to none, is named."""
        await owner.execute("UPDATE audit_entries SET seal = NULL WHERE tenant_id = $1 AND id = $2", tenant, ids[0])
        assert told(await verify(pool, tenant)) == [("entry changed", f"entry {ids[0]}")]

    @pytest.mark.parametrize(
        "change",
        [
            "ids = ids[1:2]",
            "leaves = leaves || leaves",
            "root = leaves",
            "sealed_at = now()",
            "mac = sha256(mac)",
            "previous = mac",
        ],
    )
    async def test_seal_changed(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int], change: str) -> None:
        """A changed seal is named."""
        await owner.execute(f"UPDATE audit_seals SET {change} WHERE tenant_id = $1 AND number = 2", tenant)
        assert ("seal changed", "seal 2") in told(await verify(pool, tenant))

    @pytest.mark.parametrize("with_mac", [True, False])
    async def test_forged(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int], with_mac: bool) -> None:
        """Whoever changes an entry and makes the seal anew, but has not the key, is found; so is who keeps the old MAC."""
        await owner.execute("UPDATE audit_entries SET actor = 'z' WHERE tenant_id = $1 AND id = $2", tenant, ids[8])
        await owner.execute("UPDATE audit_entries SET seal = NULL WHERE tenant_id = $1 AND seal = 3", tenant)
        rows = await owner.fetch(UNSEALED, tenant, 10)
        second = await owner.fetchrow("SELECT number, mac FROM audit_seals WHERE tenant_id = $1 AND number = 2", tenant)
        third = await owner.fetchrow(
            "SELECT mac, sealed_at FROM audit_seals WHERE tenant_id = $1 AND number = 3", tenant
        )
        assert second is not None
        assert third is not None
        forged = make_seal(b"not the key", tenant, (second[0], second[1]), rows, third["sealed_at"])
        await owner.execute(
            "UPDATE audit_seals SET leaves = $2, root = $3, mac = $4 WHERE tenant_id = $1 AND number = 3",
            tenant,
            forged.leaves,
            forged.root,
            forged.mac if with_mac else third["mac"],
        )
        await owner.execute("UPDATE audit_entries SET seal = 3 WHERE tenant_id = $1 AND seal IS NULL", tenant)
        assert told(await verify(pool, tenant)) == [("seal changed", "seal 3")]

    async def test_spliced(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """A genuine seal behind another one than its own, its link bent to fit, is found."""
        await owner.execute(
            "CREATE TEMP TABLE kept AS SELECT * FROM audit_seals WHERE tenant_id = $1 AND number = 3", tenant
        )
        await owner.execute("DELETE FROM audit_seals WHERE tenant_id = $1 AND number > 1", tenant)
        await owner.execute("DELETE FROM audit_entries WHERE tenant_id = $1 AND seal = 2", tenant)
        await write(owner, tenant)
        other = await seal(pool, tenant)
        await owner.execute("UPDATE kept SET previous = $1", other.mac)
        await owner.execute("INSERT INTO audit_seals SELECT * FROM kept")
        await owner.execute("DROP TABLE kept")
        assert ("seal changed", "seal 3") in told(await verify(pool, tenant))

    async def test_seal_removed(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """A removed seal is named, and so are its entries."""
        await owner.execute("DELETE FROM audit_seals WHERE tenant_id = $1 AND number = 2", tenant)
        found = told(await verify(pool, tenant))
        assert found[0] == ("seal removed", "seals 2 to 2")
        assert found[1:] == [("entry of no seal", f"entry {key}") for key in ids[3:6]]

    async def test_tail_cut(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """An end that was cut off is found by a head that was seen, also after it was sealed anew."""
        chain = await verify(pool, tenant)
        number, mac = chain.head.split(":")
        await owner.execute("DELETE FROM audit_seals WHERE tenant_id = $1 AND number = 3", tenant)
        await owner.execute("DELETE FROM audit_entries WHERE tenant_id = $1 AND seal = 3", tenant)
        assert told(await verify(pool, tenant)) == []
        assert told(await verify(pool, tenant, {int(number): mac})) == [("tail cut", "seal 3")]
        await write(owner, tenant)
        await seal(pool, tenant)
        assert told(await verify(pool, tenant, {int(number): mac})) == [("tail cut", "seal 3")]

    async def test_unsealed_for_long(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """Entries that no sealer takes are named."""
        [waiting] = await write(owner, tenant, 1)
        assert told(await verify(pool, tenant)) == []
        await owner.execute("UPDATE audit_entries SET id = $2 WHERE tenant_id = $1 AND id = $3", tenant, 9, waiting)
        assert told(await verify(pool, tenant)) == [("entry unsealed", "entry 9")]

    async def test_other_tenants_seal(self, pool: Pool, owner: Owner, tenant: UUID, ids: list[int]) -> None:
        """A seal says whose it is: another tenant's does not pass for it."""
        mine = make_seal(KEY, tenant, None, [], await owner.fetchval("SELECT now()"))
        other = replace(mine, tenant_id=uuid4())
        assert make_seal(KEY, other.tenant_id, None, [], mine.sealed_at).mac != mine.mac


async def test_in_the_relay(settings: Settings, pool: Pool, owner: Owner, tenant: UUID, tmp_path: Path) -> None:
    """A relay seals as long as it runs, tells the heads to its log, and ends when it is asked to."""
    await write(owner, tenant, 1)
    with Children(tmp_path) as children:
        relay = children.start(run_main, environment(settings) | {"ATRIUM_AUDIT__SEAL_SECONDS": "0.2"}, "relay")
        await until(lambda: relay.lines_of(str(tenant)) or relay.exit_code is not None, "the seal is told", 60)
        [told] = [line for line in relay.lines("audit sealed") if line["sealed_tenant"] == str(tenant)]
        relay.send(signal.SIGTERM)
        assert await asyncio.to_thread(relay.wait) == 0
    stored = await owner.fetchrow("SELECT number, mac FROM audit_seals WHERE tenant_id = $1", tenant)
    assert stored is not None
    assert told["head"] == f"{stored[0]}:{stored[1].hex()}"


class TestCommand:
    """`manage audit verify`; docs/tutorial.md runs it as a process"""

    @pytest.fixture
    def run(self, monkeypatch: pytest.MonkeyPatch) -> Run:
        """The command with such settings, in a thread, for it runs a loop of its own."""

        async def run(settings: Settings, tenant: str, *arguments: str) -> Result:
            monkeypatch.setattr(command, "settings_with_logs", lambda: settings)
            words = ["audit", "verify", "--tenant", tenant, *arguments]
            return await asyncio.to_thread(CliRunner().invoke, cli, words)

        return run

    async def test_walk(self, run: Run, settings: Settings, owner: Owner, pool: Pool, shops: Shops) -> None:
        """0 and the head where all is well; 1 and the entry's name where it is not; 2 for what it cannot read.

        The tenant is named by its slug or its id, and one that is not there is one sentence.
        """
        shop = await shops.shop()
        tenant = shop.id
        [key] = await write(owner, tenant, 1)
        secret = settings.secrets.audit_key.get_secret_value()
        sealed = await seal_tenant(pool, secret.encode(), tenant, limit=10)
        assert sealed is not None
        head = sealed.head
        well = await run(settings, shop.slug, "--head", head)
        unreadable = await run(settings, shop.slug, "--head", "3:nonsense")
        await owner.execute("UPDATE audit_entries SET actor = 'z' WHERE tenant_id = $1", tenant)
        ill, missing = await run(settings, str(tenant)), await run(settings, "no-such-tenant")
        assert (well.exit_code, unreadable.exit_code, ill.exit_code) == (0, 2, 1), (well.stderr, ill.stderr)
        assert f"1 entries in 1 seals, 0 unsealed, head {head}" in well.stdout
        assert f"ENTRY CHANGED: entry {key}: it is not what seal 1 lists" in ill.stderr
        assert (missing.exit_code, missing.stderr) == (1, "There is no such tenant.\n")

    async def test_without_redis(self, run: Run, settings: Settings, tenant: UUID, tmp_path: Path) -> None:
        """Where the settings name the database and no Redis, the embedded one stands in, as for every command."""
        bare = settings.model_copy(update={"redis": settings.redis.model_copy(update={"url": ""})})
        done = await run(bare, str(tenant), "--data", str(tmp_path / "d"))
        assert (done.exit_code, done.stdout.splitlines()[-1:]) == (0, ["1 log, nothing wrong."]), done.stderr
        assert (tmp_path / "d" / "valkey").is_dir()
