"""Tasks, schedules, and what deliveries need for order, uniqueness, dead letters and causes."""

from alembic import op
from app.db.steps import distribute

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE schedule_runs (
            tenant_id UUID NOT NULL,
            name VARCHAR(120) NOT NULL,
            due_at TIMESTAMP WITH TIME ZONE NOT NULL,
            outcome VARCHAR(10) NOT NULL,
            actor VARCHAR(120) NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            event_id UUID,
            rule VARCHAR(250),
            CONSTRAINT pk_schedule_runs PRIMARY KEY (tenant_id, name, due_at),
            CONSTRAINT ck_schedule_runs_outcome CHECK (outcome IN ('begun', 'fired', 'skipped')),
            CONSTRAINT fk_schedule_runs_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE schedule_runs ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE schedule_runs FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY schedule_runs_app ON schedule_runs AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON schedule_runs TO atrium_app")
    op.execute("GRANT SELECT ON schedule_runs TO atrium_system")
    op.execute("GRANT INSERT ON schedule_runs TO atrium_system")
    op.execute("GRANT DELETE ON schedule_runs TO atrium_system")
    distribute("schedule_runs", "tenant")
    op.execute(
        """
        CREATE TABLE tasks (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            kind VARCHAR(120) NOT NULL,
            state VARCHAR(10) DEFAULT 'queued' NOT NULL,
            payload JSONB NOT NULL,
            after UUID[] DEFAULT '{}'::uuid[] NOT NULL,
            done BIGINT DEFAULT '0' NOT NULL,
            total BIGINT,
            unit VARCHAR(40),
            message VARCHAR(300),
            partial JSONB,
            result JSONB,
            error TEXT,
            checkpoint JSONB DEFAULT '{}'::jsonb NOT NULL,
            revision BIGINT DEFAULT '1' NOT NULL,
            actor VARCHAR(120) NOT NULL,
            request_id UUID NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            started_at TIMESTAMP WITH TIME ZONE,
            cancel_requested_at TIMESTAMP WITH TIME ZONE,
            finished_at TIMESTAMP WITH TIME ZONE,
            expires_at TIMESTAMP WITH TIME ZONE,
            attempt INTEGER DEFAULT '0' NOT NULL,
            keep_days INTEGER,
            CONSTRAINT pk_tasks PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_tasks_state CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
            CONSTRAINT fk_tasks_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_tasks_expires ON tasks (expires_at) WHERE expires_at IS NOT NULL")
    op.execute("CREATE INDEX ix_tasks_request ON tasks (tenant_id, request_id)")
    op.execute("CREATE INDEX ix_tasks_unfinished ON tasks (tenant_id, kind) WHERE state IN ('queued', 'running')")
    op.execute("ALTER TABLE tasks ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE tasks FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY tasks_app ON tasks AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON tasks TO atrium_app")
    op.execute("GRANT INSERT ON tasks TO atrium_app")
    op.execute(
        "GRANT UPDATE (attempt, cancel_requested_at, checkpoint, done, error, expires_at, finished_at, message, partial, result, revision, started_at, state, total, unit) ON tasks TO atrium_app"
    )
    op.execute("GRANT SELECT ON tasks TO atrium_system")
    op.execute("GRANT INSERT ON tasks TO atrium_system")
    op.execute("GRANT DELETE ON tasks TO atrium_system")
    distribute("tasks", "tenant")
    op.execute("ALTER TABLE deliveries ADD COLUMN priority INTEGER DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE deliveries ADD COLUMN ordering_key VARCHAR(200)")
    op.execute("ALTER TABLE deliveries ADD COLUMN unique_key VARCHAR(200)")
    op.execute("ALTER TABLE deliveries ADD COLUMN failures JSONB DEFAULT '[]'::jsonb NOT NULL")
    op.execute("ALTER TABLE deliveries ADD COLUMN replays INTEGER DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE deliveries ADD COLUMN started_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE events ADD COLUMN cause BIGINT")
    op.execute("ALTER TABLE events ADD COLUMN traceparent VARCHAR(55)")
    op.execute("GRANT UPDATE (failures, replays, started_at, unique_key) ON deliveries TO atrium_app")
    op.execute("GRANT UPDATE (failures, replays, started_at, unique_key) ON deliveries TO atrium_system")


def downgrade() -> None:
    """Take it back."""
    op.execute("REVOKE UPDATE (failures, replays, started_at, unique_key) ON deliveries FROM atrium_system")
    op.execute("REVOKE UPDATE (failures, replays, started_at, unique_key) ON deliveries FROM atrium_app")
    op.execute("ALTER TABLE events DROP COLUMN traceparent")
    op.execute("ALTER TABLE events DROP COLUMN cause")
    op.execute("ALTER TABLE deliveries DROP COLUMN started_at")
    op.execute("ALTER TABLE deliveries DROP COLUMN replays")
    op.execute("ALTER TABLE deliveries DROP COLUMN failures")
    op.execute("ALTER TABLE deliveries DROP COLUMN unique_key")
    op.execute("ALTER TABLE deliveries DROP COLUMN ordering_key")
    op.execute("ALTER TABLE deliveries DROP COLUMN priority")
    op.execute("DROP TABLE tasks")
    op.execute("DROP TABLE schedule_runs")
