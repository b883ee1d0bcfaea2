"""Foundation: tenants, people, sign-in, the outbox and the catalog.

Order (`docs/adr/0008-tables-by-class.md`): tables with their keys to reference tables, then row-level security, policies
and grants, then keys between tenant tables. The statements are what the models said on the day this was written.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
exceptions = {"distributed": "the operator's step that makes a cluster distributes the tables of the first day itself"}

STATEMENTS = (
    "CREATE SEQUENCE deliveries_id_seq AS BIGINT",
    "CREATE SEQUENCE audit_entries_id_seq AS BIGINT",
    """
    CREATE TABLE tenants (
        id UUID NOT NULL,
        slug VARCHAR(40) NOT NULL,
        name VARCHAR(120) NOT NULL,
        state VARCHAR(12) DEFAULT 'active' NOT NULL,
        plan VARCHAR(40) DEFAULT 'standard' NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_tenants PRIMARY KEY (id),
        CONSTRAINT ck_tenants_state CHECK (state IN ('active', 'suspended')),
        CONSTRAINT ck_tenants_slug CHECK (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND length(slug) BETWEEN 3 AND 40),
        CONSTRAINT uq_tenants_slug UNIQUE (slug)
    )
    """,
    "GRANT SELECT (id, slug, name, state, plan, created_at, updated_at, version) ON tenants TO atrium_app",
    "GRANT INSERT (id, slug, name, version) ON tenants TO atrium_app",
    "GRANT SELECT ON tenants TO atrium_system",
    "GRANT UPDATE ON tenants TO atrium_system",
    """
    CREATE TABLE users (
        id UUID NOT NULL,
        email VARCHAR(320) NOT NULL,
        name VARCHAR(120) NOT NULL,
        picture VARCHAR(500),
        locale VARCHAR(20) DEFAULT 'en' NOT NULL,
        time_zone VARCHAR(60) DEFAULT 'UTC' NOT NULL,
        state VARCHAR(12) DEFAULT 'active' NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_users PRIMARY KEY (id),
        CONSTRAINT ck_users_state CHECK (state IN ('active', 'disabled'))
    )
    """,
    "CREATE UNIQUE INDEX uq_users_email ON users (lower(email))",
    "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE users FORCE ROW LEVEL SECURITY",
    "CREATE POLICY users_own ON users AS PERMISSIVE FOR ALL TO atrium_app USING (id = nullif(current_setting('app.user_id', true), '')::uuid) WITH CHECK (id = nullif(current_setting('app.user_id', true), '')::uuid)",
    "CREATE POLICY users_identity ON users AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON users TO atrium_app",
    "GRANT UPDATE (name, picture, locale, time_zone, updated_at, version) ON users TO atrium_app",
    "GRANT SELECT ON users TO atrium_identity",
    "GRANT INSERT ON users TO atrium_identity",
    "GRANT UPDATE ON users TO atrium_identity",
    """
    CREATE TABLE audit_entries (
        tenant_id UUID NOT NULL,
        id BIGINT DEFAULT ((extract(epoch from clock_timestamp()) * 1000)::bigint - 1700000000000) * 1048576 + mod(nextval('audit_entries_id_seq'), 1048576) NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        actor VARCHAR(80) NOT NULL,
        action VARCHAR(120) NOT NULL,
        target VARCHAR(200),
        before JSONB,
        after JSONB,
        address VARCHAR(45),
        user_agent VARCHAR(300),
        request_id UUID NOT NULL,
        CONSTRAINT pk_audit_entries PRIMARY KEY (tenant_id, id),
        CONSTRAINT fk_audit_entries_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
    )
    """,
    "ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY",
    "CREATE POLICY audit_entries_app ON audit_entries AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "CREATE POLICY audit_entries_identity ON audit_entries AS PERMISSIVE FOR ALL TO atrium_identity USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON audit_entries TO atrium_app",
    "GRANT INSERT ON audit_entries TO atrium_app",
    "GRANT USAGE ON SEQUENCE audit_entries_id_seq TO atrium_app",
    "GRANT INSERT ON audit_entries TO atrium_identity",
    "GRANT USAGE ON SEQUENCE audit_entries_id_seq TO atrium_identity",
    """
    CREATE TABLE credentials (
        user_id UUID NOT NULL,
        password_hash VARCHAR(200) NOT NULL,
        changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_credentials PRIMARY KEY (user_id),
        CONSTRAINT fk_credentials_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    "ALTER TABLE credentials ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE credentials FORCE ROW LEVEL SECURITY",
    "CREATE POLICY credentials_identity ON credentials AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON credentials TO atrium_identity",
    "GRANT INSERT ON credentials TO atrium_identity",
    "GRANT UPDATE ON credentials TO atrium_identity",
    """
    CREATE TABLE events (
        tenant_id UUID NOT NULL,
        id UUID NOT NULL,
        name VARCHAR(120) NOT NULL,
        version INTEGER NOT NULL,
        payload JSONB NOT NULL,
        actor VARCHAR(80) NOT NULL,
        request_id UUID NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_events PRIMARY KEY (tenant_id, id),
        CONSTRAINT fk_events_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
    )
    """,
    "ALTER TABLE events ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE events FORCE ROW LEVEL SECURITY",
    "CREATE POLICY events_app ON events AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "CREATE POLICY events_identity ON events AS PERMISSIVE FOR ALL TO atrium_identity USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON events TO atrium_app",
    "GRANT INSERT ON events TO atrium_app",
    "GRANT INSERT ON events TO atrium_identity",
    """
    CREATE TABLE memberships (
        tenant_id UUID NOT NULL,
        user_id UUID NOT NULL,
        roles VARCHAR(40)[] NOT NULL,
        email VARCHAR(320) NOT NULL,
        name VARCHAR(120) NOT NULL,
        picture VARCHAR(500),
        joined_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_memberships PRIMARY KEY (tenant_id, user_id),
        CONSTRAINT ck_memberships_roles CHECK (cardinality(roles) > 0),
        CONSTRAINT fk_memberships_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
        CONSTRAINT fk_memberships_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_memberships_user_id ON memberships (user_id)",
    "ALTER TABLE memberships ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE memberships FORCE ROW LEVEL SECURITY",
    "CREATE POLICY memberships_app ON memberships AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "CREATE POLICY memberships_own ON memberships AS PERMISSIVE FOR SELECT TO atrium_app USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)",
    "GRANT SELECT ON memberships TO atrium_app",
    "GRANT INSERT ON memberships TO atrium_app",
    "GRANT UPDATE ON memberships TO atrium_app",
    "GRANT DELETE ON memberships TO atrium_app",
    """
    CREATE TABLE operators (
        user_id UUID NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_operators PRIMARY KEY (user_id),
        CONSTRAINT fk_operators_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    "ALTER TABLE operators ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE operators FORCE ROW LEVEL SECURITY",
    "CREATE POLICY operators_identity ON operators AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON operators TO atrium_identity",
    """
    CREATE TABLE product_summaries (
        tenant_id UUID NOT NULL,
        draft INTEGER DEFAULT '0' NOT NULL,
        active INTEGER DEFAULT '0' NOT NULL,
        archived INTEGER DEFAULT '0' NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_product_summaries PRIMARY KEY (tenant_id),
        CONSTRAINT fk_product_summaries_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
    )
    """,
    "ALTER TABLE product_summaries ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE product_summaries FORCE ROW LEVEL SECURITY",
    "CREATE POLICY product_summaries_app ON product_summaries AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON product_summaries TO atrium_app",
    "GRANT INSERT ON product_summaries TO atrium_app",
    "GRANT UPDATE ON product_summaries TO atrium_app",
    "GRANT DELETE ON product_summaries TO atrium_app",
    """
    CREATE TABLE products (
        tenant_id UUID NOT NULL,
        id UUID NOT NULL,
        sku VARCHAR(64) NOT NULL,
        name VARCHAR(200) NOT NULL,
        description TEXT,
        price BIGINT NOT NULL,
        currency VARCHAR(3) NOT NULL,
        status VARCHAR(10) DEFAULT 'draft' NOT NULL,
        stock BIGINT DEFAULT '0' NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_products PRIMARY KEY (tenant_id, id),
        CONSTRAINT uq_products_sku UNIQUE (tenant_id, sku),
        CONSTRAINT ck_products_status CHECK (status IN ('draft', 'active', 'archived')),
        CONSTRAINT ck_products_amounts CHECK (price >= 0 AND stock >= 0),
        CONSTRAINT fk_products_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_products_created_at ON products (tenant_id, created_at, id)",
    "CREATE INDEX ix_products_name ON products (tenant_id, name, id)",
    "CREATE INDEX ix_products_price ON products (tenant_id, price, id)",
    "ALTER TABLE products ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE products FORCE ROW LEVEL SECURITY",
    "CREATE POLICY products_app ON products AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON products TO atrium_app",
    "GRANT INSERT ON products TO atrium_app",
    "GRANT UPDATE ON products TO atrium_app",
    "GRANT DELETE ON products TO atrium_app",
    """
    CREATE TABLE sessions (
        id UUID NOT NULL,
        user_id UUID NOT NULL,
        transport VARCHAR(6) NOT NULL,
        csrf_hash BYTEA,
        address VARCHAR(45),
        user_agent VARCHAR(300),
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        refreshed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ended_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_sessions PRIMARY KEY (id),
        CONSTRAINT fk_sessions_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_sessions_user_id ON sessions (user_id)",
    "ALTER TABLE sessions ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE sessions FORCE ROW LEVEL SECURITY",
    "CREATE POLICY sessions_own ON sessions AS PERMISSIVE FOR ALL TO atrium_app USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid) WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::uuid)",
    "CREATE POLICY sessions_identity ON sessions AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT (id, user_id, ended_at, created_at, refreshed_at) ON sessions TO atrium_app",
    "GRANT UPDATE (ended_at) ON sessions TO atrium_app",
    "GRANT SELECT ON sessions TO atrium_identity",
    "GRANT INSERT ON sessions TO atrium_identity",
    "GRANT UPDATE ON sessions TO atrium_identity",
    """
    CREATE TABLE deliveries (
        tenant_id UUID NOT NULL,
        id BIGINT DEFAULT ((extract(epoch from clock_timestamp()) * 1000)::bigint - 1700000000000) * 1048576 + mod(nextval('deliveries_id_seq'), 1048576) NOT NULL,
        event_id UUID NOT NULL,
        handler VARCHAR(120) NOT NULL,
        queue VARCHAR(40) NOT NULL,
        state VARCHAR(10) DEFAULT 'pending' NOT NULL,
        attempt INTEGER DEFAULT '0' NOT NULL,
        tries INTEGER DEFAULT '0' NOT NULL,
        due_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        lease_until TIMESTAMP WITH TIME ZONE,
        error TEXT,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        finished_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_deliveries PRIMARY KEY (tenant_id, id),
        CONSTRAINT ck_deliveries_state CHECK (state IN ('pending', 'leased', 'done', 'dead', 'parked')),
        CONSTRAINT fk_deliveries_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_deliveries_event ON deliveries (tenant_id, event_id)",
    "CREATE INDEX ix_deliveries_open ON deliveries (tenant_id, due_at) WHERE state IN ('pending', 'leased', 'parked')",
    "ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE deliveries FORCE ROW LEVEL SECURITY",
    "CREATE POLICY deliveries_app ON deliveries AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "CREATE POLICY deliveries_identity ON deliveries AS PERMISSIVE FOR ALL TO atrium_identity USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON deliveries TO atrium_app",
    "GRANT INSERT ON deliveries TO atrium_app",
    "GRANT UPDATE (state, attempt, tries, due_at, lease_until, error, finished_at) ON deliveries TO atrium_app",
    "GRANT USAGE ON SEQUENCE deliveries_id_seq TO atrium_app",
    "GRANT INSERT ON deliveries TO atrium_identity",
    "GRANT SELECT (id) ON deliveries TO atrium_identity",
    "GRANT USAGE ON SEQUENCE deliveries_id_seq TO atrium_identity",
    "GRANT SELECT ON deliveries TO atrium_system",
    "GRANT UPDATE (state, attempt, tries, due_at, lease_until, error, finished_at) ON deliveries TO atrium_system",
    """
    CREATE TABLE refresh_tokens (
        token_hash BYTEA NOT NULL,
        session_id UUID NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        used_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_refresh_tokens PRIMARY KEY (token_hash),
        CONSTRAINT fk_refresh_tokens_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_refresh_tokens_session_id ON refresh_tokens (session_id)",
    "ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE refresh_tokens FORCE ROW LEVEL SECURITY",
    "CREATE POLICY refresh_tokens_identity ON refresh_tokens AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON refresh_tokens TO atrium_identity",
    "GRANT INSERT ON refresh_tokens TO atrium_identity",
    "GRANT UPDATE ON refresh_tokens TO atrium_identity",
    "ALTER TABLE deliveries ADD CONSTRAINT fk_deliveries_tenant_id_event_id FOREIGN KEY(tenant_id, event_id) REFERENCES events (tenant_id, id) ON DELETE CASCADE",
    "GRANT SELECT ON alembic_version TO atrium_app",
    "INSERT INTO tenants (id, slug, name, version) VALUES ('00000000-0000-7000-8000-000000000001', 'atrium-platform', 'Platform', 1)",
)
TABLES = (
    "refresh_tokens",
    "deliveries",
    "sessions",
    "products",
    "product_summaries",
    "operators",
    "memberships",
    "events",
    "credentials",
    "audit_entries",
    "users",
    "tenants",
)


def upgrade() -> None:
    """Make everything."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Remove everything."""
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP SEQUENCE deliveries_id_seq, audit_entries_id_seq")
