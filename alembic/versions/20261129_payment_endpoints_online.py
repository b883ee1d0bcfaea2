"""Payment endpoints online."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_orders_unpaid")
        op.execute("CREATE INDEX CONCURRENTLY ix_orders_unpaid ON orders (tenant_id, placed_at) WHERE state = 'placed'")


def downgrade() -> None:
    """Take it back."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_orders_unpaid")
