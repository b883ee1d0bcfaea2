"""Identity: registration, recovery, second factors, API keys, roles, invitations, settings and seals of the audit log.

Additive, but for the narrower grants on audit_entries: the release before writes no other columns, and runs on.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE one_time_tokens (
        token_hash BYTEA NOT NULL,
        purpose VARCHAR(20) NOT NULL,
        subject_id UUID NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        used_at TIMESTAMP WITH TIME ZONE,
        attempts INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_one_time_tokens PRIMARY KEY (token_hash),
        CONSTRAINT ck_one_time_tokens_purpose CHECK (purpose IN ('verify_email', 'reset_password', 'change_email', 'mfa'))
    )
    """,
    "CREATE INDEX ix_one_time_tokens_subject_id ON one_time_tokens (subject_id)",
    "ALTER TABLE one_time_tokens ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE one_time_tokens FORCE ROW LEVEL SECURITY",
    "CREATE POLICY one_time_tokens_identity ON one_time_tokens AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON one_time_tokens TO atrium_identity",
    "GRANT INSERT ON one_time_tokens TO atrium_identity",
    "GRANT UPDATE ON one_time_tokens TO atrium_identity",
    "GRANT DELETE ON one_time_tokens TO atrium_identity",
    """
    CREATE TABLE registrations (
        id UUID NOT NULL,
        email VARCHAR(320) NOT NULL,
        name VARCHAR(120) NOT NULL,
        password_hash VARCHAR(200) NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_registrations PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_registrations_email ON registrations (lower(email))",
    "ALTER TABLE registrations ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE registrations FORCE ROW LEVEL SECURITY",
    "CREATE POLICY registrations_identity ON registrations AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON registrations TO atrium_identity",
    "GRANT INSERT ON registrations TO atrium_identity",
    "GRANT DELETE ON registrations TO atrium_identity",
    """
    CREATE TABLE api_keys (
        tenant_id UUID NOT NULL,
        id UUID NOT NULL,
        name VARCHAR(120) NOT NULL,
        prefix VARCHAR(24) NOT NULL,
        secret_hash BYTEA NOT NULL,
        previous_hash BYTEA,
        previous_until TIMESTAMP WITH TIME ZONE,
        scopes VARCHAR(120)[] NOT NULL,
        created_by UUID NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE,
        last_used_at TIMESTAMP WITH TIME ZONE,
        last_used_address VARCHAR(45),
        revoked_at TIMESTAMP WITH TIME ZONE,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_api_keys PRIMARY KEY (tenant_id, id),
        CONSTRAINT ck_api_keys_scopes CHECK (cardinality(scopes) > 0),
        CONSTRAINT fk_api_keys_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
        CONSTRAINT fk_api_keys_created_by FOREIGN KEY(created_by) REFERENCES users (id) ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_api_keys_created_by ON api_keys (created_by)",
    "ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE api_keys FORCE ROW LEVEL SECURITY",
    "CREATE POLICY api_keys_app ON api_keys AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON api_keys TO atrium_app",
    "GRANT INSERT ON api_keys TO atrium_app",
    "GRANT UPDATE ON api_keys TO atrium_app",
    "GRANT DELETE ON api_keys TO atrium_app",
    """
    CREATE TABLE audit_seals (
        tenant_id UUID NOT NULL,
        number BIGINT NOT NULL,
        ids BIGINT[] NOT NULL,
        leaves BYTEA NOT NULL,
        root BYTEA NOT NULL,
        previous BYTEA NOT NULL,
        mac BYTEA NOT NULL,
        sealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_audit_seals PRIMARY KEY (tenant_id, number),
        CONSTRAINT fk_audit_seals_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
    )
    """,
    "ALTER TABLE audit_seals ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE audit_seals FORCE ROW LEVEL SECURITY",
    "CREATE POLICY audit_seals_app ON audit_seals AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON audit_seals TO atrium_app",
    "GRANT SELECT ON audit_seals TO atrium_system",
    "GRANT INSERT ON audit_seals TO atrium_system",
    "GRANT DELETE ON audit_seals TO atrium_system",
    """
    CREATE TABLE email_changes (
        id UUID NOT NULL,
        user_id UUID NOT NULL,
        email VARCHAR(320) NOT NULL,
        old_email VARCHAR(320) NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_email_changes PRIMARY KEY (id),
        CONSTRAINT fk_email_changes_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_email_changes_user_id ON email_changes (user_id)",
    "ALTER TABLE email_changes ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE email_changes FORCE ROW LEVEL SECURITY",
    "CREATE POLICY email_changes_identity ON email_changes AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON email_changes TO atrium_identity",
    "GRANT INSERT ON email_changes TO atrium_identity",
    "GRANT DELETE ON email_changes TO atrium_identity",
    """
    CREATE TABLE invitations (
        tenant_id UUID NOT NULL,
        id UUID NOT NULL,
        email VARCHAR(320) NOT NULL,
        roles VARCHAR(40)[] NOT NULL,
        state VARCHAR(10) DEFAULT 'pending' NOT NULL,
        token_hash BYTEA,
        invited_by UUID NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        accepted_by UUID,
        ended_at TIMESTAMP WITH TIME ZONE,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT pk_invitations PRIMARY KEY (tenant_id, id),
        CONSTRAINT ck_invitations_state CHECK (state IN ('pending', 'accepted', 'revoked')),
        CONSTRAINT ck_invitations_roles CHECK (cardinality(roles) > 0),
        CONSTRAINT fk_invitations_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
        CONSTRAINT fk_invitations_invited_by FOREIGN KEY(invited_by) REFERENCES users (id) ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_invitations_invited_by ON invitations (invited_by)",
    "CREATE UNIQUE INDEX uq_invitations_email ON invitations (tenant_id, lower(email)) WHERE state = 'pending'",
    "ALTER TABLE invitations ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE invitations FORCE ROW LEVEL SECURITY",
    "CREATE POLICY invitations_app ON invitations AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON invitations TO atrium_app",
    "GRANT INSERT ON invitations TO atrium_app",
    "GRANT UPDATE ON invitations TO atrium_app",
    "GRANT DELETE ON invitations TO atrium_app",
    """
    CREATE TABLE recovery_codes (
        user_id UUID NOT NULL,
        code_hash BYTEA NOT NULL,
        used_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_recovery_codes PRIMARY KEY (user_id, code_hash),
        CONSTRAINT fk_recovery_codes_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    "ALTER TABLE recovery_codes ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE recovery_codes FORCE ROW LEVEL SECURITY",
    "CREATE POLICY recovery_codes_identity ON recovery_codes AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON recovery_codes TO atrium_identity",
    "GRANT INSERT ON recovery_codes TO atrium_identity",
    "GRANT UPDATE ON recovery_codes TO atrium_identity",
    "GRANT DELETE ON recovery_codes TO atrium_identity",
    """
    CREATE TABLE roles (
        tenant_id UUID NOT NULL,
        key VARCHAR(40) NOT NULL,
        name VARCHAR(120) NOT NULL,
        description VARCHAR(500),
        permissions VARCHAR(120)[] NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_roles PRIMARY KEY (tenant_id, key),
        CONSTRAINT fk_roles_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
    )
    """,
    "ALTER TABLE roles ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE roles FORCE ROW LEVEL SECURITY",
    "CREATE POLICY roles_app ON roles AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON roles TO atrium_app",
    "GRANT INSERT ON roles TO atrium_app",
    "GRANT UPDATE ON roles TO atrium_app",
    "GRANT DELETE ON roles TO atrium_app",
    """
    CREATE TABLE slug_aliases (
        slug VARCHAR(40) NOT NULL,
        owner_id UUID NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_slug_aliases PRIMARY KEY (slug, owner_id),
        CONSTRAINT fk_slug_aliases_owner_id FOREIGN KEY(owner_id) REFERENCES tenants (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_slug_aliases_owner_id ON slug_aliases (owner_id)",
    "ALTER TABLE slug_aliases ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE slug_aliases FORCE ROW LEVEL SECURITY",
    "CREATE POLICY slug_aliases_app ON slug_aliases AS PERMISSIVE FOR SELECT TO atrium_app USING (true)",
    "CREATE POLICY slug_aliases_insert ON slug_aliases AS PERMISSIVE FOR INSERT TO atrium_app WITH CHECK (owner_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "CREATE POLICY slug_aliases_delete ON slug_aliases AS PERMISSIVE FOR DELETE TO atrium_app USING (owner_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON slug_aliases TO atrium_app",
    "GRANT INSERT ON slug_aliases TO atrium_app",
    "GRANT DELETE ON slug_aliases TO atrium_app",
    "GRANT SELECT ON slug_aliases TO atrium_system",
    "GRANT DELETE ON slug_aliases TO atrium_system",
    """
    CREATE TABLE tenant_settings (
        tenant_id UUID NOT NULL,
        module VARCHAR(40) NOT NULL,
        values JSONB NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_tenant_settings PRIMARY KEY (tenant_id, module),
        CONSTRAINT fk_tenant_settings_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
    )
    """,
    "ALTER TABLE tenant_settings ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE tenant_settings FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant_settings_app ON tenant_settings AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT ON tenant_settings TO atrium_app",
    "GRANT INSERT ON tenant_settings TO atrium_app",
    "GRANT UPDATE ON tenant_settings TO atrium_app",
    "GRANT DELETE ON tenant_settings TO atrium_app",
    """
    CREATE TABLE totp_factors (
        user_id UUID NOT NULL,
        secret BYTEA NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        confirmed_at TIMESTAMP WITH TIME ZONE,
        last_step BIGINT DEFAULT '0' NOT NULL,
        CONSTRAINT pk_totp_factors PRIMARY KEY (user_id),
        CONSTRAINT fk_totp_factors_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
    )
    """,
    "ALTER TABLE totp_factors ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE totp_factors FORCE ROW LEVEL SECURITY",
    "CREATE POLICY totp_factors_identity ON totp_factors AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)",
    "GRANT SELECT ON totp_factors TO atrium_identity",
    "GRANT INSERT ON totp_factors TO atrium_identity",
    "GRANT UPDATE ON totp_factors TO atrium_identity",
    "GRANT DELETE ON totp_factors TO atrium_identity",
    "ALTER TABLE refresh_tokens ADD COLUMN csrf_hash BYTEA",
    "ALTER TABLE refresh_tokens ADD COLUMN settled_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE sessions ADD COLUMN authenticated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL",
    "ALTER TABLE sessions ADD COLUMN mfa_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE sessions ADD COLUMN operator_id UUID",
    "ALTER TABLE sessions ADD COLUMN bound_tenant_id UUID",
    "ALTER TABLE sessions ADD COLUMN ends_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE sessions ADD COLUMN reason VARCHAR(500)",
    "ALTER TABLE sessions ADD CONSTRAINT fk_sessions_operator_id FOREIGN KEY(operator_id) REFERENCES users (id) ON DELETE CASCADE",
    "ALTER TABLE sessions ADD CONSTRAINT fk_sessions_bound_tenant_id FOREIGN KEY(bound_tenant_id) REFERENCES tenants (id) ON DELETE CASCADE",
    "GRANT SELECT (transport, address, user_agent, authenticated_at, mfa_at, operator_id, bound_tenant_id, ends_at) ON sessions TO atrium_app",
    "GRANT SELECT (id, user_id, created_at, ended_at, operator_id, bound_tenant_id, ends_at, reason) ON sessions TO atrium_system",
    "GRANT INSERT (id, user_id, transport, address, user_agent, created_at, refreshed_at, authenticated_at, operator_id, bound_tenant_id, ends_at, reason) ON sessions TO atrium_system",
    "GRANT UPDATE (ended_at) ON sessions TO atrium_system",
    "GRANT DELETE ON credentials TO atrium_identity",
    "GRANT DELETE ON sessions TO atrium_identity",
    "GRANT INSERT ON operators TO atrium_identity",
    "GRANT DELETE ON operators TO atrium_identity",
    "GRANT SELECT ON users TO atrium_system",
    "GRANT UPDATE (email, name, picture, state, updated_at, version) ON users TO atrium_system",
    "ALTER TABLE tenants ADD COLUMN mfa_required BOOLEAN DEFAULT false NOT NULL",
    "ALTER TABLE tenants ADD COLUMN deletion_due_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE tenants ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE tenants FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenants_app ON tenants AS PERMISSIVE FOR SELECT TO atrium_app USING (true)",
    "CREATE POLICY tenants_insert ON tenants AS PERMISSIVE FOR INSERT TO atrium_app WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "CREATE POLICY tenants_update ON tenants AS PERMISSIVE FOR UPDATE TO atrium_app USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "GRANT SELECT (mfa_required, deletion_due_at) ON tenants TO atrium_app",
    "GRANT UPDATE (slug, name, mfa_required, deletion_due_at, updated_at, version) ON tenants TO atrium_app",
    "GRANT INSERT ON tenants TO atrium_system",
    "GRANT DELETE ON tenants TO atrium_system",
    "ALTER TABLE memberships ADD COLUMN state VARCHAR(12) DEFAULT 'active' NOT NULL",
    "ALTER TABLE memberships ADD CONSTRAINT ck_memberships_state CHECK (state IN ('active', 'disabled'))",
    "GRANT SELECT ON memberships TO atrium_system",
    "GRANT INSERT ON memberships TO atrium_system",
    "GRANT UPDATE (state, email, name, picture, updated_at, version) ON memberships TO atrium_system",
    "GRANT SELECT ON events TO atrium_system",
    "GRANT INSERT ON events TO atrium_system",
    "GRANT DELETE ON events TO atrium_system",
    "GRANT INSERT ON deliveries TO atrium_system",
    "GRANT DELETE ON deliveries TO atrium_system",
    "GRANT USAGE ON SEQUENCE deliveries_id_seq TO atrium_system",
    "ALTER TABLE audit_entries ALTER COLUMN actor TYPE VARCHAR(120)",
    "ALTER TABLE events ALTER COLUMN actor TYPE VARCHAR(120)",
    "ALTER TABLE audit_entries ADD COLUMN seal BIGINT",
    "CREATE INDEX ix_audit_entries_seal ON audit_entries (tenant_id, seal)",
    "CREATE INDEX ix_audit_entries_unsealed ON audit_entries (tenant_id, id) WHERE seal IS NULL",
    "REVOKE INSERT ON audit_entries FROM atrium_app, atrium_identity",
    "GRANT INSERT (tenant_id, id, at, actor, action, target, before, after, address, user_agent, request_id) ON audit_entries TO atrium_app",
    "GRANT INSERT (tenant_id, id, at, actor, action, target, before, after, address, user_agent, request_id) ON audit_entries TO atrium_identity",
    "GRANT SELECT ON audit_entries TO atrium_system",
    "GRANT DELETE ON audit_entries TO atrium_system",
    "GRANT UPDATE (seal) ON audit_entries TO atrium_system",
    "GRANT INSERT (tenant_id, id, at, actor, action, target, before, after, address, user_agent, request_id) ON audit_entries TO atrium_system",
    "GRANT USAGE ON SEQUENCE audit_entries_id_seq TO atrium_system",
)
TABLES = (
    "totp_factors",
    "tenant_settings",
    "slug_aliases",
    "roles",
    "recovery_codes",
    "invitations",
    "email_changes",
    "audit_seals",
    "api_keys",
    "registrations",
    "one_time_tokens",
)
UNDO = (
    "REVOKE INSERT (tenant_id, id, at, actor, action, target, before, after, address, user_agent, request_id) ON audit_entries FROM atrium_app, atrium_identity, atrium_system",
    "REVOKE ALL ON audit_entries, events, memberships, users, sessions FROM atrium_system",
    "REVOKE ALL ON SEQUENCE audit_entries_id_seq FROM atrium_system",
    "REVOKE ALL ON SEQUENCE deliveries_id_seq FROM atrium_system",
    "REVOKE INSERT, DELETE ON deliveries FROM atrium_system",
    "GRANT INSERT ON audit_entries TO atrium_app, atrium_identity",
    "DROP INDEX ix_audit_entries_seal, ix_audit_entries_unsealed",
    "ALTER TABLE audit_entries DROP COLUMN seal",
    "ALTER TABLE memberships DROP COLUMN state",
    "REVOKE INSERT, DELETE ON tenants FROM atrium_system",
    "REVOKE UPDATE (slug, name, mfa_required, deletion_due_at, updated_at, version) ON tenants FROM atrium_app",
    "DROP POLICY tenants_app ON tenants",
    "DROP POLICY tenants_insert ON tenants",
    "DROP POLICY tenants_update ON tenants",
    "ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE tenants DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE tenants DROP COLUMN mfa_required",
    "ALTER TABLE tenants DROP COLUMN deletion_due_at",
    "REVOKE INSERT, DELETE ON operators FROM atrium_identity",
    "REVOKE DELETE ON credentials, sessions FROM atrium_identity",
    "ALTER TABLE sessions DROP COLUMN reason",
    "ALTER TABLE sessions DROP COLUMN ends_at",
    "ALTER TABLE sessions DROP COLUMN bound_tenant_id",
    "ALTER TABLE sessions DROP COLUMN operator_id",
    "ALTER TABLE sessions DROP COLUMN mfa_at",
    "ALTER TABLE sessions DROP COLUMN authenticated_at",
    "ALTER TABLE refresh_tokens DROP COLUMN settled_at",
    "ALTER TABLE refresh_tokens DROP COLUMN csrf_hash",
)


def upgrade() -> None:
    """Make everything."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Remove everything; what the new tables and columns held is lost."""
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
    for statement in UNDO:
        op.execute(statement)
