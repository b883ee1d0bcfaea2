"""The hook on all SQL refuses what it must and lets the rest pass."""

from types import SimpleNamespace

import pytest

from tests.support.statements import FAULTS, fault_of, look_at


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("SELECT set_config('app.tenant_id', $1, true)", "set_config"),
        ("SELECT (SELECT SET_CONFIG ('app.tenant_id', $1, true)) FROM users", "set_config"),
        ("SET app.tenant_id = 'x'", "SET without LOCAL"),
        ("SET SESSION app.user_id = 'x'", "SET without LOCAL"),
        ("MERGE INTO tenants USING users ON true WHEN MATCHED THEN DO NOTHING", "MERGE"),
        ("SELECT * FROM tenants LEFT JOIN LATERAL (SELECT 1) AS x ON true", "LATERAL"),
        ("UPDATE users SET updated_at = clock_timestamp() WHERE id = $1", "volatile"),
        ("UPDATE users\nSET id = gen_random_uuid()", "volatile"),
        ("UPDATE products SET stock = random() WHERE tenant_id = $1", "volatile"),
        ("CREATE TRIGGER t AFTER INSERT ON products EXECUTE FUNCTION f()", "trigger"),
        ("CREATE OR REPLACE CONSTRAINT TRIGGER t AFTER INSERT ON products EXECUTE FUNCTION f()", "trigger"),
        ("CREATE RULE r AS ON INSERT TO products DO NOTHING", "rule"),
        ("SELECT id FROM deliveries WHERE state = 'pending' FOR UPDATE SKIP LOCKED", "locked without"),
        ("SELECT id FROM products FOR NO KEY UPDATE", "locked without"),
        ("SELECT count(*) FROM memberships WHERE user_id = $1 FOR SHARE", "locked without"),
        ("SELECT * FROM products", "without tenant_id"),
        ("SELECT * FROM public.products WHERE id = $1", "without tenant_id"),
        ('SELECT * FROM "products" WHERE id = $1', "without tenant_id"),
        ("SELECT * FROM products WHERE tenant_id = 'a literal'", "without tenant_id"),
        ("UPDATE products SET name = $1 WHERE id = $2", "without tenant_id"),
        ("DELETE FROM ONLY products WHERE id = $1", "without tenant_id"),
        ("DELETE FROM tenants USING products WHERE products.id = $1", "without tenant_id"),
        ("SELECT * FROM users JOIN memberships ON user_id = users.id", "without tenant_id"),
        (
            "SELECT * FROM products AS p JOIN roles AS r ON r.key = p.sku WHERE p.tenant_id = $1",
            "['products', 'roles']",
        ),
        ("SELECT * FROM products AS p, roles r WHERE p.tenant_id = $1", "without tenant_id"),
        ("SELECT * FROM users, public.products WHERE products.id = users.id", "without tenant_id"),
        ("SELECT id FROM products WHERE tenant_id = $1 AND sku IN (SELECT key FROM roles)", "without tenant_id"),
        ("INSERT INTO products SELECT * FROM products WHERE id = $1", "without tenant_id"),
        (
            "WITH e AS (INSERT INTO events (tenant_id) VALUES ($1)) DELETE FROM products WHERE id = $2",
            "without tenant_id",
        ),
    ],
)
def test_refused(statement: str, reason: str) -> None:
    """What breaks on a distributed database, or forgets the tenant, is named."""
    assert reason in (fault_of(statement) or "")


@pytest.mark.parametrize(
    "statement",
    [
        "BEGIN; SET LOCAL app.tenant_id = 'x'",
        "SELECT * FROM products WHERE products.tenant_id = $1::UUID",
        "SELECT * FROM products WHERE tenant_id = $1 FOR UPDATE",
        "UPDATE products SET name = $1, updated_at = now() WHERE tenant_id = $2 AND id = $3",
        "SELECT clock_timestamp(), random()",
        "INSERT INTO products (tenant_id, id) VALUES ($1, $2)",
        "INSERT INTO products (tenant_id, id) SELECT $1, event_id FROM deliveries WHERE tenant_id = $1",
        "SELECT * FROM products AS p JOIN roles AS r ON r.tenant_id = $1 WHERE p.tenant_id = $1",
        "SELECT * FROM users AS u, products WHERE tenant_id = $1::UUID",
        "SELECT tenant_id, roles FROM users ORDER BY id, roles",
        "SELECT EXTRACT(epoch FROM products.created_at) FROM products WHERE products.tenant_id = $1::UUID",
        "SELECT id FROM tenants FOR UPDATE",
        "SELECT tenants.id FROM tenants JOIN memberships ON memberships.tenant_id = tenants.id WHERE user_id = $1",
        "SELECT count(*) FROM memberships WHERE user_id = $1 AND 'owner' = ANY(roles)",
        "SELECT set_config('jit', 'off', false)",
    ],
)
def test_legal(statement: str) -> None:
    """What is legal passes: the driver's own look at types and the statements across tenants by name included."""
    assert fault_of(statement) is None


def test_told() -> None:
    """A statement that was sent is judged where the test ends."""
    look_at(SimpleNamespace(query="SELECT 1"))
    assert FAULTS == []
    look_at(SimpleNamespace(query="SELECT * FROM products"))
    assert FAULTS == ["['products'] without tenant_id = <parameter>: SELECT * FROM products"]
    FAULTS.clear()
