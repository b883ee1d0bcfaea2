"""Guards between tenants: the database's and those in front of it."""

from tools.prove.guards import guard

FOUNDATION = "alembic/versions/20261122_foundation.py"
BOUND = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
PRODUCTS = '"CREATE POLICY products_app ON products AS PERMISSIVE FOR ALL TO atrium_app '

TENANTS = (
    guard(
        "policy",
        "a forgotten filter shows other tenants' rows",
        FOUNDATION,
        f'{PRODUCTS}USING ({BOUND}) WITH CHECK ({BOUND})"',
        f'{PRODUCTS}USING (true) WITH CHECK (true)"',
        "tests/db/test_grants.py::TestTenantTables::test_bound",
        "tests/db/test_catalogue.py::TestPolicies::test_bound",
    ),
    guard(
        "policy-check",
        "rows can be written into other tenants",
        FOUNDATION,
        f'{PRODUCTS}USING ({BOUND}) WITH CHECK ({BOUND})"',
        f'{PRODUCTS}USING ({BOUND}) WITH CHECK (true)"',
        "tests/db/test_grants.py::TestTenantTables::test_insert",
        "tests/db/test_grants.py::TestTenantTables::test_move",
    ),
    guard(
        "force",
        "whoever owns the tables is held by no policy",
        FOUNDATION,
        '    "ALTER TABLE products FORCE ROW LEVEL SECURITY",\n',
        "",
        "tests/db/test_catalogue.py::TestTables::test_secured",
    ),
    guard(
        "composite-key",
        "a delivery may point at another tenant's event",
        FOUNDATION,
        "ALTER TABLE deliveries ADD CONSTRAINT fk_deliveries_tenant_id_event_id FOREIGN KEY(tenant_id, event_id)"
        " REFERENCES events (tenant_id, id) ON DELETE CASCADE",
        'CREATE UNIQUE INDEX uq_events_id ON events (id)", "ALTER TABLE deliveries ADD CONSTRAINT'
        " fk_deliveries_tenant_id_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE",
        "tests/db/test_catalogue.py::TestTables::test_foreign_keys_hold_the_tenant",
    ),
    guard(
        "unique-key",
        "one tenant's sku takes another's, and tells of it",
        FOUNDATION,
        "CONSTRAINT uq_products_sku UNIQUE (tenant_id, sku)",
        "CONSTRAINT uq_products_sku UNIQUE (sku)",
        "tests/db/test_catalogue.py::TestTables::test_keys_hold_the_tenant",
    ),
    guard(
        "grants",
        "an injection as the app reads password hashes",
        FOUNDATION,
        '"GRANT SELECT ON credentials TO atrium_identity"',
        '"GRANT SELECT ON credentials TO atrium_identity, atrium_app"',
        "tests/db/test_grants.py::TestPeople::test_secrets",
    ),
    guard(
        "append-only",
        "the app rewrites its audit log",
        FOUNDATION,
        '"GRANT SELECT ON audit_entries TO atrium_app"',
        '"GRANT SELECT, UPDATE ON audit_entries TO atrium_app"',
        "tests/db/test_grants.py::TestAppendOnly::test_refused",
    ),
    guard(
        "binding",
        "a connection stays bound to the tenant that had it before",
        "app/db/binding.py",
        'parts.append(f"SET LOCAL app.{name}',
        'parts.append(f"SET app.{name}',
        "tests/db/test_uow.py::TestBegin::test_unbound_after",
    ),
    guard(
        "orm-criterion",
        "ORM statements rely on the policy alone",
        "app/db/session.py",
        "    if tenant_id is None:\n        return\n",
        "    if tenant_id is not None:\n        return\n",
        "tests/db/test_uow_session.py::TestSession::test_second_lock",
    ),
    guard(
        "orm-foreign-row",
        "a row of another tenant gets as far as the database",
        "app/db/session.py",
        "elif row.tenant_id != tenant_id:",
        "elif False:",
        "tests/db/test_uow_session.py::TestSession::test_other_tenant",
    ),
    guard(
        "query-criterion",
        "a query object may forget the tenant",
        "app/db/query.py",
        "        if not across_tenants:\n            check_tenant(statement)\n",
        "",
        "tests/db/test_query.py::TestTenant::test_refused",
    ),
    guard(
        "cursor-binding",
        "a cursor works in another tenant's list",
        "app/extensions/pagination.py",
        "orjson.dumps(list(bound_to), default=str) + ",
        "",
        "tests/api/test_matrix.py::test_cursors",
    ),
    guard(
        "membership",
        "whoever names a tenant is let in",
        "app/auth/judgement.py",
        "if standing.roles is None or standing.tenant_id is None or",
        "if standing.tenant_id is None or",
        "tests/catalog/test_products.py::TestCreate::test_other_tenant",
        "tests/api/test_refusals.py::TestTenantHeader::test_unknown_is_as_foreign",
    ),
    guard(
        "key-tenant",
        "an API key opens other tenants",
        "app/auth/judgement.py",
        "if isinstance(selected, UUID | str) and selected not in {standing.tenant_id, standing.slug}:",
        "if False:",
        "tests/auth/test_api_keys.py::TestUse::test_tenant",
    ),
)
