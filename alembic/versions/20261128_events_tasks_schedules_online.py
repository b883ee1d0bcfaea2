"""Indexes of deliveries and events: the order of claims, keys, and what one request caused."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_open")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_deliveries_open ON deliveries (tenant_id, priority, id) WHERE state IN ('pending', 'leased', 'parked')"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_ordering")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_deliveries_ordering ON deliveries (tenant_id, handler, ordering_key, id) WHERE ordering_key IS NOT NULL AND state IN ('pending', 'leased', 'parked')"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS uq_deliveries_unique")
        op.execute(
            "CREATE UNIQUE INDEX CONCURRENTLY uq_deliveries_unique ON deliveries (tenant_id, handler, unique_key) WHERE unique_key IS NOT NULL"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_leased")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_deliveries_leased ON deliveries (tenant_id, lease_until) WHERE state = 'leased'"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_dead")
        op.execute("CREATE INDEX CONCURRENTLY ix_deliveries_dead ON deliveries (tenant_id, id) WHERE state = 'dead'")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_audit_entries_request")
        op.execute("CREATE INDEX CONCURRENTLY ix_audit_entries_request ON audit_entries (tenant_id, request_id)")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_events_request")
        op.execute("CREATE INDEX CONCURRENTLY ix_events_request ON events (tenant_id, request_id)")


def downgrade() -> None:
    """Take it back."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_audit_entries_request")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_events_request")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_dead")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_leased")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS uq_deliveries_unique")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_ordering")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_open")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_deliveries_open ON deliveries (tenant_id, due_at) WHERE state IN ('pending', 'leased', 'parked')"
        )
