"""Schema compatibility: which revisions of the code may run on the schema, for rolling deploys (ADR 0016)."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Code at 0001 demands its own revision and nothing else, so no mark could let it run here.
compatible_with = None


def upgrade() -> None:
    """The marks, and the revision itself, to be read by the relay as well."""
    op.execute(
        "CREATE TABLE schema_compatibility (revision VARCHAR(32) NOT NULL, CONSTRAINT pk_schema_compatibility PRIMARY KEY (revision))"
    )
    op.execute("GRANT SELECT ON schema_compatibility TO atrium_app")
    op.execute("GRANT SELECT ON schema_compatibility TO atrium_system")
    op.execute("GRANT SELECT ON alembic_version TO atrium_system")


def downgrade() -> None:
    """As before."""
    op.execute("REVOKE SELECT ON alembic_version FROM atrium_system")
    op.execute("DROP TABLE schema_compatibility")
