"""`manage migrations-lint`: each script is held against rules for locks, loss and order; each rule goes red."""

from pathlib import Path

import pytest

from app.db import migrate
from app.db.migrate import MigrationError
from app.migrations import lint
from app.migrations.rules import RULES
from tests.migrations.support import own_history

BOX = "tenant_id UUID NOT NULL, id UUID NOT NULL, CONSTRAINT pk_boxes PRIMARY KEY (tenant_id, id)"
SECURED = (
    "ALTER TABLE boxes ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE boxes FORCE ROW LEVEL SECURITY",
    "CREATE POLICY boxes_app ON boxes FOR ALL TO atrium_app USING (tenant_id IS NOT NULL)",
)
MADE = (f"CREATE TABLE boxes ({BOX})", *SECURED, "distribute")
KEY = "ALTER TABLE boxes ADD CONSTRAINT fk_boxes_p FOREIGN KEY (tenant_id, id) REFERENCES products (tenant_id, id)"
DOWN = ("DROP TABLE boxes",)


def added(
    versions: Path, *up: str, header: str = "", down: tuple[str, ...] = DOWN, name: str = "20991231_more"
) -> Path:
    """A script at the end of the history, from its statements."""

    def body(statements: tuple[str, ...]) -> str:
        calls = ["distribute('boxes')" if item == "distribute" else f"op.execute({item!r})" for item in statements]
        return "".join(f"    {call}\n" for call in calls) or "    pass\n"

    head = migrate.head(versions)
    declared = header or f"compatible_with = {head!r}"
    path = versions / f"{name}.py"
    path.write_text(
        f'"""More."""\n\nfrom alembic import op\nfrom app.db.steps import backfill, distribute\n\nrevision = "9999"\n'
        f'down_revision = "{head}"\nbranch_labels = None\ndepends_on = None\n{declared}\n\n\n'
        f"def upgrade():\n{body(up)}\n\ndef downgrade():\n{body(down)}"
    )
    return path


def told(versions: Path) -> list[str]:
    """What is said of the script that a test has added."""
    return [f"{fault.rule}: {fault.text}" for fault in lint.faults(versions) if not fault.script.startswith("202611")]


def test_clean() -> None:
    """The history as it is keeps every rule."""
    assert [str(fault) for fault in lint.faults()] == []


def test_whole_table(tmp_path: Path) -> None:
    """A new table in the house's order passes."""
    versions = own_history(tmp_path)
    added(versions, *MADE, "ALTER TABLE products ADD COLUMN c TEXT", KEY)
    assert told(versions) == []


@pytest.mark.parametrize(
    ("rule", "statements"),
    [
        ("tenant-tables", (f"CREATE TABLE boxes (id UUID NOT NULL, {BOX})", *SECURED, "distribute")),
        ("tenant-tables", (MADE[0].replace("(tenant_id, id)", "(id)"), *SECURED, "distribute")),
        ("tenant-tables", (MADE[0], *SECURED[1:], "distribute")),
        ("tenant-tables", (MADE[0], SECURED[0], SECURED[2], "distribute")),
        ("tenant-tables", (MADE[0], *SECURED[:2], "distribute")),
        ("distributed", (MADE[0], *SECURED)),
        ("order", (MADE[0], "distribute", *SECURED)),
        ("order", (MADE[0], *SECURED, KEY, "distribute")),
        (
            "order",
            (
                MADE[0].replace(
                    "(tenant_id, id)", "(tenant_id, id), FOREIGN KEY(tenant_id, id) REFERENCES products (tenant_id, id)"
                ),
                *MADE[1:],
            ),
        ),
        ("add-column", ("ALTER TABLE products ADD COLUMN c TEXT CONSTRAINT ck_c CHECK (c <> '')",)),
        ("add-column", ("ALTER TABLE products ADD COLUMN c UUID REFERENCES users (id)",)),
        ("add-column", ("ALTER TABLE products ADD COLUMN c TEXT, ADD CONSTRAINT ck_c CHECK (c <> '') NOT VALID",)),
        ("lock-order", (*MADE, KEY, "ALTER TABLE products ADD COLUMN c TEXT")),
        ("rename-constraint", ("ALTER TABLE products RENAME CONSTRAINT ck_products_status TO ck_products_state",)),
        ("loss", ("ALTER TABLE products DROP COLUMN description",)),
        ("loss", ("DROP TABLE product_summaries",)),
        ("loss", ("TRUNCATE product_summaries",)),
        ("loss", ("DELETE FROM product_summaries",)),
        ("avoided", ("CREATE TRIGGER t BEFORE INSERT ON products EXECUTE FUNCTION f()",)),
        ("avoided", ("CREATE RULE r AS ON INSERT TO products DO NOTHING",)),
        ("avoided", ("CREATE POLICY p ON products AS RESTRICTIVE USING (true)",)),
        ("avoided", ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",)),
        ("avoided", ("CREATE MATERIALIZED VIEW v AS SELECT 1",)),
        ("avoided", ("CREATE VIEW v AS SELECT 1",)),
        ("avoided", ("CREATE TYPE mood AS ENUM ('sad')",)),
        ("avoided", ("CREATE EXTENSION pgcrypto",)),
        ("avoided", ("UPDATE products SET updated_at = clock_timestamp()",)),
        ("avoided", ("SELECT set_config('app.tenant_id', '', true)",)),
        ("avoided", ("CREATE TABLE logs (at TIMESTAMP NOT NULL)",)),
        ("avoided", ("MERGE INTO products USING users ON true WHEN MATCHED THEN DO NOTHING",)),
        ("long-names", (f"ALTER TABLE products ADD CONSTRAINT {'c' * 51} CHECK (stock >= 0) NOT VALID",)),
        ("counted", ("UPDATE products SET stock = 0",)),
        ("counted", ("INSERT INTO product_summaries (tenant_id) SELECT id FROM tenants",)),
        ("require-concurrent-index-creation", ("CREATE INDEX ix_products_stock ON products (tenant_id, stock)",)),
        ("adding-foreign-key-constraint", (KEY.replace("boxes", "product_summaries"),)),
        ("constraint-missing-not-valid", ("ALTER TABLE products ADD CONSTRAINT ck_c CHECK (stock > 0)",)),
        ("disallowed-unique-constraint", ("ALTER TABLE products ADD CONSTRAINT uq_p UNIQUE (tenant_id, name)",)),
        ("adding-required-field", ("ALTER TABLE products ADD COLUMN c TEXT NOT NULL",)),
        ("adding-not-nullable-field", ("ALTER TABLE products ALTER COLUMN description SET NOT NULL",)),
        ("changing-column-type", ("ALTER TABLE products ALTER COLUMN price TYPE INTEGER",)),
        ("renaming-column", ("ALTER TABLE products RENAME COLUMN name TO title",)),
        ("renaming-table", ("ALTER TABLE products RENAME TO goods",)),
    ],
)
def test_goes_red(tmp_path: Path, rule: str, statements: tuple[str, ...]) -> None:
    """What locks, loses, widens or breaks the order is named by its rule."""
    versions = own_history(tmp_path)
    added(versions, *statements)
    assert [line for line in told(versions) if line.startswith(f"{rule}:")]


@pytest.mark.parametrize(
    ("rule", "name", "header", "down"),
    [
        ("file-name", "more", "", DOWN),
        ("file-name", "20200101_more", "", DOWN),
        ("compatibility", "20991231_more", "somebody = 'else'", DOWN),
        ("way-back", "20991231_more", "", ()),
        ("loss", "20991231_more", "compatible_with = None; contracts = 'nobody needs it any more'", DOWN),
    ],
)
def test_header_goes_red(tmp_path: Path, rule: str, name: str, header: str, down: tuple[str, ...]) -> None:
    """A wrong name, a missing declaration, no way back and a reason for nothing are named."""
    versions = own_history(tmp_path)
    added(versions, "CREATE SEQUENCE more_id_seq", name=name, header=header, down=down)
    assert [line for line in told(versions) if line.startswith(f"{rule}:")]


def test_not_repeatable(tmp_path: Path) -> None:
    """Steps outside a transaction stand alone: what could not be run again is named."""
    versions = own_history(tmp_path)
    path = added(versions, "CREATE SEQUENCE more_id_seq")
    outside = "    with op.get_context().autocommit_block():\n        op.execute('CREATE INDEX CONCURRENTLY i ON products (sku)')\n"
    path.write_text(path.read_text().replace("def upgrade():\n", f"def upgrade():\n{outside}"))
    assert [line for line in told(versions) if line.startswith("repeatable:") and "more_id_seq" in line]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("compatible_with = None; contracts = 'the last two releases read it no more'", []),
        ("compatible_with = None; contracts = 'old'", ["loss"]),
        ("compatible_with = None; contracts = '<why the previous release no longer needs it>'", ["loss"]),
        ("compatible_with = None; exceptions = {'loss': 'it was empty in every installation'}", []),
        ("compatible_with = None; exceptions = {'loss': 'empty'}", ["exceptions"]),
        (
            "compatible_with = None; exceptions = {'loss': 'it was empty in every installation', 'order': 'for nothing at all'}",
            ["exceptions"],
        ),
    ],
)
def test_reasons(tmp_path: Path, header: str, expected: list[str]) -> None:
    """A rule is set aside by a reason alone, and only where it is broken."""
    versions = own_history(tmp_path)
    added(versions, "ALTER TABLE products DROP COLUMN description", header=header)
    assert [line.split(":")[0] for line in told(versions)] == expected


def test_counted(tmp_path: Path) -> None:
    """A backfill that asserts its rows passes."""
    versions = own_history(tmp_path)
    path = added(versions)
    call = "    backfill('UPDATE products SET stock = 0', rows='SELECT count(*) FROM products')\n"
    path.write_text(path.read_text().replace("def upgrade():\n    pass\n", f"def upgrade():\n{call}"))
    assert told(versions) == []


def test_every_rule_is_tried() -> None:
    """No rule of the house is without a script above that breaks it."""
    text = Path(__file__).read_text()
    assert [rule for rule in RULES if f'"{rule}' not in text] == []


def test_unreadable(tmp_path: Path) -> None:
    """SQL that cannot be read is told, not passed."""
    versions = own_history(tmp_path)
    added(versions, "ALTER TABEL products")
    assert [line for line in told(versions) if line.startswith("syntax-error:")]


def test_asks(tmp_path: Path) -> None:
    """A script that asks the database something cannot be printed, and that is told."""
    versions = own_history(tmp_path)
    path = added(versions)
    call = "    op.get_bind().execute('SELECT 1').scalar()\n"
    path.write_text(path.read_text().replace("def upgrade():\n    pass\n", f"def upgrade():\n{call}"))
    with pytest.raises(MigrationError, match="asks the database something"):
        lint.faults(versions)


def test_notes(tmp_path: Path) -> None:
    """An operator is told what a script holds up and loses."""
    versions = own_history(tmp_path)
    added(versions, "ALTER TABLE products DROP COLUMN description")
    assert lint.notes(lint.history(versions)[-1]) == [
        "locks products for a moment",
        "loses data: ALTER TABLE products DROP COLUMN description",
    ]
