"""Claims by queue: the order in which each queue of a tenant is claimed."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_waiting")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_deliveries_waiting ON deliveries (tenant_id, queue, priority, id) WHERE state IN ('pending', 'leased', 'parked')"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_open")


def downgrade() -> None:
    """Take it back."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_open")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_deliveries_open ON deliveries (tenant_id, priority, id) WHERE state IN ('pending', 'leased', 'parked')"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_deliveries_waiting")
