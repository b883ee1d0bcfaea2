"""Event generations."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute("ALTER TABLE events ADD COLUMN generation INTEGER DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE tasks ADD COLUMN generation INTEGER DEFAULT '0' NOT NULL")


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE tasks DROP COLUMN generation")
    op.execute("ALTER TABLE events DROP COLUMN generation")
