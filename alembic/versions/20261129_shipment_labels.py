"""Shipment labels."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute("ALTER TABLE shipments ADD COLUMN label_type VARCHAR(40)")


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE shipments DROP COLUMN label_type")
