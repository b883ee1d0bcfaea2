"""Product words online: the products whose words are due, which at first are all."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_products_unworded")
        op.execute("CREATE INDEX CONCURRENTLY ix_products_unworded ON products (tenant_id, id) WHERE words_of IS NULL")


def downgrade() -> None:
    """Take it back."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_products_unworded")
