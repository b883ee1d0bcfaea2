"""${message}."""

from alembic import op
% if imports:
${imports}
% endif

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = ${repr(compatible_with)}
% if contracts:
contracts = ${contracts}
% endif
% if exceptions:
exceptions = ${exceptions}
% endif


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take it back."""
    ${downgrades if downgrades else "pass"}
