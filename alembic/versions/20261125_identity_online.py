"""Identity online."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_audit_entries_seal")
        op.execute("CREATE INDEX CONCURRENTLY ix_audit_entries_seal ON audit_entries (tenant_id, seal)")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_audit_entries_unsealed")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_audit_entries_unsealed ON audit_entries (tenant_id, id) WHERE seal IS NULL"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_sessions_bound_tenant_id")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_sessions_bound_tenant_id ON sessions (bound_tenant_id) WHERE bound_tenant_id IS NOT NULL"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_sessions_operator_id")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_sessions_operator_id ON sessions (operator_id) WHERE operator_id IS NOT NULL"
        )
        op.execute("ALTER TABLE memberships VALIDATE CONSTRAINT ck_memberships_state")
        op.execute("ALTER TABLE sessions VALIDATE CONSTRAINT fk_sessions_operator_id")
        op.execute("ALTER TABLE sessions VALIDATE CONSTRAINT fk_sessions_bound_tenant_id")


def downgrade() -> None:
    """Take it back."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_sessions_operator_id")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_sessions_bound_tenant_id")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_audit_entries_unsealed")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_audit_entries_seal")
