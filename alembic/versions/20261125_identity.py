"""Identity."""

from alembic import op
from app.db.steps import distribute

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"
exceptions = {"changing-column-type": "a longer varchar is the same on disk: no rewrite, and the lock lasts a moment"}


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
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
        """
    )
    op.execute("CREATE INDEX ix_one_time_tokens_subject_id ON one_time_tokens (subject_id)")
    op.execute("ALTER TABLE one_time_tokens ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE one_time_tokens FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY one_time_tokens_identity ON one_time_tokens AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)"
    )
    op.execute("GRANT SELECT ON one_time_tokens TO atrium_identity")
    op.execute("GRANT INSERT ON one_time_tokens TO atrium_identity")
    op.execute("GRANT UPDATE ON one_time_tokens TO atrium_identity")
    op.execute("GRANT DELETE ON one_time_tokens TO atrium_identity")
    op.execute("GRANT DELETE ON one_time_tokens TO atrium_system")
    op.execute("GRANT SELECT (expires_at, token_hash) ON one_time_tokens TO atrium_system")
    op.execute(
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
        """
    )
    op.execute("CREATE INDEX ix_registrations_email ON registrations (lower(email))")
    op.execute("ALTER TABLE registrations ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE registrations FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY registrations_identity ON registrations AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)"
    )
    op.execute("GRANT SELECT ON registrations TO atrium_identity")
    op.execute("GRANT INSERT ON registrations TO atrium_identity")
    op.execute("GRANT DELETE ON registrations TO atrium_identity")
    op.execute("GRANT DELETE ON registrations TO atrium_system")
    op.execute("GRANT SELECT (expires_at, id) ON registrations TO atrium_system")
    op.execute(
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
        """
    )
    op.execute("CREATE INDEX ix_api_keys_created_by ON api_keys (created_by)")
    op.execute("ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE api_keys FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY api_keys_app ON api_keys AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON api_keys TO atrium_app")
    op.execute("GRANT INSERT ON api_keys TO atrium_app")
    op.execute("GRANT UPDATE ON api_keys TO atrium_app")
    op.execute("GRANT DELETE ON api_keys TO atrium_app")
    distribute("api_keys", "tenant")
    op.execute(
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
        """
    )
    op.execute("ALTER TABLE audit_seals ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE audit_seals FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY audit_seals_app ON audit_seals AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON audit_seals TO atrium_app")
    op.execute("GRANT SELECT ON audit_seals TO atrium_system")
    op.execute("GRANT INSERT ON audit_seals TO atrium_system")
    op.execute("GRANT DELETE ON audit_seals TO atrium_system")
    distribute("audit_seals", "tenant")
    op.execute(
        """
        CREATE TABLE email_changes (
            id UUID NOT NULL,
            user_id UUID NOT NULL,
            email VARCHAR(320) NOT NULL,
            old_email VARCHAR(320) NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            confirmed_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT pk_email_changes PRIMARY KEY (id),
            CONSTRAINT fk_email_changes_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
        )
        """
    )
    op.execute("CREATE INDEX ix_email_changes_user_id ON email_changes (user_id)")
    op.execute("ALTER TABLE email_changes ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE email_changes FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY email_changes_identity ON email_changes AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)"
    )
    op.execute("GRANT SELECT ON email_changes TO atrium_identity")
    op.execute("GRANT INSERT ON email_changes TO atrium_identity")
    op.execute("GRANT UPDATE ON email_changes TO atrium_identity")
    op.execute("GRANT DELETE ON email_changes TO atrium_identity")
    op.execute("GRANT DELETE ON email_changes TO atrium_system")
    op.execute("GRANT SELECT (confirmed_at, expires_at, id) ON email_changes TO atrium_system")
    op.execute(
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
        """
    )
    op.execute("CREATE INDEX ix_invitations_invited_by ON invitations (invited_by)")
    op.execute(
        "CREATE UNIQUE INDEX uq_invitations_email ON invitations (tenant_id, lower(email)) WHERE state = 'pending'"
    )
    op.execute("ALTER TABLE invitations ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE invitations FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY invitations_app ON invitations AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON invitations TO atrium_app")
    op.execute("GRANT INSERT ON invitations TO atrium_app")
    op.execute("GRANT UPDATE ON invitations TO atrium_app")
    op.execute("GRANT DELETE ON invitations TO atrium_app")
    op.execute("GRANT DELETE ON invitations TO atrium_system")
    op.execute("GRANT SELECT (ended_at, expires_at, id, state, tenant_id) ON invitations TO atrium_system")
    distribute("invitations", "tenant")
    op.execute(
        """
        CREATE TABLE recovery_codes (
            user_id UUID NOT NULL,
            code_hash BYTEA NOT NULL,
            used_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT pk_recovery_codes PRIMARY KEY (user_id, code_hash),
            CONSTRAINT fk_recovery_codes_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
        )
        """
    )
    op.execute("ALTER TABLE recovery_codes ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE recovery_codes FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY recovery_codes_identity ON recovery_codes AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)"
    )
    op.execute("GRANT SELECT ON recovery_codes TO atrium_identity")
    op.execute("GRANT INSERT ON recovery_codes TO atrium_identity")
    op.execute("GRANT UPDATE ON recovery_codes TO atrium_identity")
    op.execute("GRANT DELETE ON recovery_codes TO atrium_identity")
    op.execute(
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
        """
    )
    op.execute("ALTER TABLE roles ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE roles FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY roles_app ON roles AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON roles TO atrium_app")
    op.execute("GRANT INSERT ON roles TO atrium_app")
    op.execute("GRANT UPDATE ON roles TO atrium_app")
    op.execute("GRANT DELETE ON roles TO atrium_app")
    distribute("roles", "tenant")
    op.execute(
        """
        CREATE TABLE slug_aliases (
            slug VARCHAR(40) NOT NULL,
            owner_id UUID NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_slug_aliases PRIMARY KEY (slug, owner_id),
            CONSTRAINT fk_slug_aliases_owner_id FOREIGN KEY(owner_id) REFERENCES tenants (id) ON DELETE CASCADE
        )
        """
    )
    op.execute("CREATE INDEX ix_slug_aliases_owner_id ON slug_aliases (owner_id)")
    op.execute("ALTER TABLE slug_aliases ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE slug_aliases FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY slug_aliases_app ON slug_aliases AS PERMISSIVE FOR SELECT TO atrium_app USING (true)")
    op.execute(
        "CREATE POLICY slug_aliases_insert ON slug_aliases AS PERMISSIVE FOR INSERT TO atrium_app WITH CHECK (owner_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute(
        "CREATE POLICY slug_aliases_delete ON slug_aliases AS PERMISSIVE FOR DELETE TO atrium_app USING (owner_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON slug_aliases TO atrium_app")
    op.execute("GRANT INSERT ON slug_aliases TO atrium_app")
    op.execute("GRANT DELETE ON slug_aliases TO atrium_app")
    op.execute("GRANT SELECT ON slug_aliases TO atrium_system")
    op.execute("GRANT DELETE ON slug_aliases TO atrium_system")
    distribute("slug_aliases", "reference")
    op.execute(
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
        """
    )
    op.execute("ALTER TABLE tenant_settings ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE tenant_settings FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY tenant_settings_app ON tenant_settings AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON tenant_settings TO atrium_app")
    op.execute("GRANT INSERT ON tenant_settings TO atrium_app")
    op.execute("GRANT UPDATE ON tenant_settings TO atrium_app")
    op.execute("GRANT DELETE ON tenant_settings TO atrium_app")
    distribute("tenant_settings", "tenant")
    op.execute(
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
        """
    )
    op.execute("ALTER TABLE totp_factors ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE totp_factors FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY totp_factors_identity ON totp_factors AS PERMISSIVE FOR ALL TO atrium_identity USING (true) WITH CHECK (true)"
    )
    op.execute("GRANT SELECT ON totp_factors TO atrium_identity")
    op.execute("GRANT INSERT ON totp_factors TO atrium_identity")
    op.execute("GRANT UPDATE ON totp_factors TO atrium_identity")
    op.execute("GRANT DELETE ON totp_factors TO atrium_identity")
    op.execute("ALTER TABLE audit_entries ADD COLUMN seal BIGINT")
    op.execute("ALTER TABLE audit_entries ALTER COLUMN actor TYPE VARCHAR(120)")
    op.execute("ALTER TABLE events ALTER COLUMN actor TYPE VARCHAR(120)")
    op.execute("ALTER TABLE memberships ADD COLUMN state VARCHAR(12) DEFAULT 'active' NOT NULL")
    op.execute("ALTER TABLE refresh_tokens ADD COLUMN csrf_hash BYTEA")
    op.execute("ALTER TABLE refresh_tokens ADD COLUMN settled_at TIMESTAMP WITH TIME ZONE")
    # Nobody is known to have signed in lately: a session of before must step up.
    op.execute(
        "ALTER TABLE sessions ADD COLUMN authenticated_at TIMESTAMP WITH TIME ZONE DEFAULT '1970-01-01 00:00:00+00' NOT NULL"
    )
    op.execute("ALTER TABLE sessions ALTER COLUMN authenticated_at SET DEFAULT now()")
    op.execute("ALTER TABLE sessions ADD COLUMN mfa_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE sessions ADD COLUMN operator_id UUID")
    op.execute("ALTER TABLE sessions ADD COLUMN bound_tenant_id UUID")
    op.execute("ALTER TABLE sessions ADD COLUMN ends_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE sessions ADD COLUMN reason VARCHAR(500)")
    op.execute("ALTER TABLE tenants ADD COLUMN mfa_required BOOLEAN DEFAULT false NOT NULL")
    op.execute("ALTER TABLE tenants ADD COLUMN deletion_due_at TIMESTAMP WITH TIME ZONE")
    op.execute(
        "ALTER TABLE memberships ADD CONSTRAINT ck_memberships_state CHECK (state IN ('active', 'disabled')) NOT VALID"
    )
    op.execute(
        "ALTER TABLE sessions ADD CONSTRAINT fk_sessions_operator_id FOREIGN KEY(operator_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID"
    )
    op.execute(
        "ALTER TABLE sessions ADD CONSTRAINT fk_sessions_bound_tenant_id FOREIGN KEY(bound_tenant_id) REFERENCES tenants (id) ON DELETE CASCADE NOT VALID"
    )
    op.execute("ALTER TABLE tenants ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE tenants FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY tenants_app ON tenants AS PERMISSIVE FOR SELECT TO atrium_app USING (true)")
    op.execute(
        "CREATE POLICY tenants_insert ON tenants AS PERMISSIVE FOR INSERT TO atrium_app WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute(
        "CREATE POLICY tenants_update ON tenants AS PERMISSIVE FOR UPDATE TO atrium_app USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("REVOKE INSERT ON audit_entries FROM atrium_app")
    op.execute("REVOKE INSERT ON audit_entries FROM atrium_identity")
    op.execute(
        "GRANT INSERT (action, actor, address, after, at, before, id, request_id, target, tenant_id, user_agent) ON audit_entries TO atrium_app"
    )
    op.execute(
        "GRANT INSERT (action, actor, address, after, at, before, id, request_id, target, tenant_id, user_agent) ON audit_entries TO atrium_identity"
    )
    op.execute("GRANT DELETE ON audit_entries TO atrium_system")
    op.execute(
        "GRANT INSERT (action, actor, address, after, at, before, id, request_id, target, tenant_id, user_agent) ON audit_entries TO atrium_system"
    )
    op.execute("GRANT SELECT ON audit_entries TO atrium_system")
    op.execute("GRANT UPDATE (seal) ON audit_entries TO atrium_system")
    op.execute("GRANT USAGE ON SEQUENCE audit_entries_id_seq TO atrium_system")
    op.execute("GRANT DELETE ON credentials TO atrium_identity")
    op.execute("GRANT DELETE ON deliveries TO atrium_system")
    op.execute("GRANT INSERT ON deliveries TO atrium_system")
    op.execute("GRANT USAGE ON SEQUENCE deliveries_id_seq TO atrium_system")
    op.execute("GRANT DELETE ON events TO atrium_system")
    op.execute("GRANT INSERT ON events TO atrium_system")
    op.execute("GRANT SELECT ON events TO atrium_system")
    op.execute("GRANT INSERT ON memberships TO atrium_system")
    op.execute("GRANT SELECT ON memberships TO atrium_system")
    op.execute("GRANT UPDATE (email, name, picture, state, updated_at, version) ON memberships TO atrium_system")
    op.execute("GRANT DELETE ON operators TO atrium_identity")
    op.execute("GRANT INSERT ON operators TO atrium_identity")
    op.execute(
        "GRANT SELECT (address, authenticated_at, bound_tenant_id, ends_at, mfa_at, operator_id, transport, user_agent) ON sessions TO atrium_app"
    )
    op.execute("GRANT DELETE ON sessions TO atrium_identity")
    op.execute("GRANT DELETE ON sessions TO atrium_system")
    op.execute(
        "GRANT INSERT (address, authenticated_at, bound_tenant_id, created_at, ends_at, id, operator_id, reason, refreshed_at, transport, user_agent, user_id) ON sessions TO atrium_system"
    )
    op.execute(
        "GRANT SELECT (bound_tenant_id, created_at, ended_at, ends_at, id, operator_id, reason, refreshed_at, user_id) ON sessions TO atrium_system"
    )
    op.execute("GRANT UPDATE (ended_at) ON sessions TO atrium_system")
    op.execute("GRANT SELECT (deletion_due_at, mfa_required) ON tenants TO atrium_app")
    op.execute("GRANT UPDATE (deletion_due_at, mfa_required, name, slug, updated_at, version) ON tenants TO atrium_app")
    op.execute("GRANT DELETE ON tenants TO atrium_system")
    op.execute("GRANT INSERT ON tenants TO atrium_system")
    op.execute("GRANT SELECT ON users TO atrium_system")
    op.execute("GRANT UPDATE (email, name, picture, state, updated_at, version) ON users TO atrium_system")


def downgrade() -> None:
    """Take it back."""
    op.execute("REVOKE UPDATE (email, name, picture, state, updated_at, version) ON users FROM atrium_system")
    op.execute("REVOKE SELECT ON users FROM atrium_system")
    op.execute("REVOKE INSERT ON tenants FROM atrium_system")
    op.execute("REVOKE DELETE ON tenants FROM atrium_system")
    op.execute(
        "REVOKE UPDATE (deletion_due_at, mfa_required, name, slug, updated_at, version) ON tenants FROM atrium_app"
    )
    op.execute("REVOKE SELECT (deletion_due_at, mfa_required) ON tenants FROM atrium_app")
    op.execute("REVOKE UPDATE (ended_at) ON sessions FROM atrium_system")
    op.execute(
        "REVOKE SELECT (bound_tenant_id, created_at, ended_at, ends_at, id, operator_id, reason, refreshed_at, user_id) ON sessions FROM atrium_system"
    )
    op.execute(
        "REVOKE INSERT (address, authenticated_at, bound_tenant_id, created_at, ends_at, id, operator_id, reason, refreshed_at, transport, user_agent, user_id) ON sessions FROM atrium_system"
    )
    op.execute("REVOKE DELETE ON sessions FROM atrium_system")
    op.execute("REVOKE DELETE ON sessions FROM atrium_identity")
    op.execute(
        "REVOKE SELECT (address, authenticated_at, bound_tenant_id, ends_at, mfa_at, operator_id, transport, user_agent) ON sessions FROM atrium_app"
    )
    op.execute("REVOKE INSERT ON operators FROM atrium_identity")
    op.execute("REVOKE DELETE ON operators FROM atrium_identity")
    op.execute("REVOKE UPDATE (email, name, picture, state, updated_at, version) ON memberships FROM atrium_system")
    op.execute("REVOKE SELECT ON memberships FROM atrium_system")
    op.execute("REVOKE INSERT ON memberships FROM atrium_system")
    op.execute("REVOKE SELECT ON events FROM atrium_system")
    op.execute("REVOKE INSERT ON events FROM atrium_system")
    op.execute("REVOKE DELETE ON events FROM atrium_system")
    op.execute("REVOKE USAGE ON SEQUENCE deliveries_id_seq FROM atrium_system")
    op.execute("REVOKE INSERT ON deliveries FROM atrium_system")
    op.execute("REVOKE DELETE ON deliveries FROM atrium_system")
    op.execute("REVOKE DELETE ON credentials FROM atrium_identity")
    op.execute("REVOKE USAGE ON SEQUENCE audit_entries_id_seq FROM atrium_system")
    op.execute("REVOKE UPDATE (seal) ON audit_entries FROM atrium_system")
    op.execute("REVOKE SELECT ON audit_entries FROM atrium_system")
    op.execute(
        "REVOKE INSERT (action, actor, address, after, at, before, id, request_id, target, tenant_id, user_agent) ON audit_entries FROM atrium_system"
    )
    op.execute("REVOKE DELETE ON audit_entries FROM atrium_system")
    op.execute(
        "REVOKE INSERT (action, actor, address, after, at, before, id, request_id, target, tenant_id, user_agent) ON audit_entries FROM atrium_identity"
    )
    op.execute(
        "REVOKE INSERT (action, actor, address, after, at, before, id, request_id, target, tenant_id, user_agent) ON audit_entries FROM atrium_app"
    )
    op.execute("GRANT INSERT ON audit_entries TO atrium_identity")
    op.execute("GRANT INSERT ON audit_entries TO atrium_app")
    op.execute("DROP POLICY tenants_update ON tenants")
    op.execute("DROP POLICY tenants_insert ON tenants")
    op.execute("DROP POLICY tenants_app ON tenants")
    op.execute("ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE tenants DISABLE ROW LEVEL SECURITY")
    # Without their bounds they would be sessions of the person's own.
    op.execute("DELETE FROM sessions WHERE operator_id IS NOT NULL")
    op.execute("ALTER TABLE sessions DROP CONSTRAINT fk_sessions_bound_tenant_id")
    op.execute("ALTER TABLE sessions DROP CONSTRAINT fk_sessions_operator_id")
    op.execute("ALTER TABLE memberships DROP CONSTRAINT ck_memberships_state")
    op.execute("ALTER TABLE tenants DROP COLUMN deletion_due_at")
    op.execute("ALTER TABLE tenants DROP COLUMN mfa_required")
    op.execute("ALTER TABLE sessions DROP COLUMN reason")
    op.execute("ALTER TABLE sessions DROP COLUMN ends_at")
    op.execute("ALTER TABLE sessions DROP COLUMN bound_tenant_id")
    op.execute("ALTER TABLE sessions DROP COLUMN operator_id")
    op.execute("ALTER TABLE sessions DROP COLUMN mfa_at")
    op.execute("ALTER TABLE sessions DROP COLUMN authenticated_at")
    op.execute("ALTER TABLE refresh_tokens DROP COLUMN settled_at")
    op.execute("ALTER TABLE refresh_tokens DROP COLUMN csrf_hash")
    op.execute("ALTER TABLE memberships DROP COLUMN state")
    # The two columns `actor` stay wide: who acted in somebody's name does not fit into 80 characters.
    op.execute("ALTER TABLE audit_entries DROP COLUMN seal")
    op.execute("DROP TABLE totp_factors")
    op.execute("DROP TABLE tenant_settings")
    op.execute("DROP TABLE slug_aliases")
    op.execute("DROP TABLE roles")
    op.execute("DROP TABLE recovery_codes")
    op.execute("DROP TABLE invitations")
    op.execute("DROP TABLE email_changes")
    op.execute("DROP TABLE audit_seals")
    op.execute("DROP TABLE api_keys")
    op.execute("DROP TABLE registrations")
    op.execute("DROP TABLE one_time_tokens")
