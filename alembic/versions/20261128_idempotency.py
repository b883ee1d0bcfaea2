"""Idempotency."""

from alembic import op
from app.db.steps import distribute

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE idempotency_keys (
            tenant_id UUID NOT NULL,
            scope BYTEA NOT NULL,
            request_hash BYTEA NOT NULL,
            status INTEGER NOT NULL,
            body BYTEA,
            etag VARCHAR(80),
            location VARCHAR(2000),
            subject VARCHAR(200),
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_idempotency_keys PRIMARY KEY (tenant_id, scope),
            CONSTRAINT ck_idempotency_keys_status CHECK (status BETWEEN 200 AND 299),
            CONSTRAINT fk_idempotency_keys_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_idempotency_keys_expires_at ON idempotency_keys (expires_at)")
    op.execute("ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY idempotency_keys_app ON idempotency_keys AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON idempotency_keys TO atrium_app")
    op.execute("GRANT INSERT ON idempotency_keys TO atrium_app")
    op.execute(
        "GRANT UPDATE (request_hash, status, body, etag, location, subject, expires_at) ON idempotency_keys TO atrium_app"
    )
    op.execute("GRANT DELETE ON idempotency_keys TO atrium_system")
    op.execute("GRANT SELECT (tenant_id, scope, expires_at) ON idempotency_keys TO atrium_system")
    distribute("idempotency_keys", "tenant")


def downgrade() -> None:
    """Take it back."""
    op.execute("DROP TABLE idempotency_keys")
