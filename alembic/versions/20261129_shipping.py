"""Shipping."""

from alembic import op
from app.db.steps import distribute

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE incoming_endpoints (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            consumer VARCHAR(40) NOT NULL,
            secret BYTEA NOT NULL,
            CONSTRAINT pk_incoming_endpoints PRIMARY KEY (tenant_id, id),
            CONSTRAINT fk_incoming_endpoints_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE incoming_endpoints ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE incoming_endpoints FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY incoming_endpoints_app ON incoming_endpoints AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON incoming_endpoints TO atrium_app")
    op.execute("GRANT INSERT ON incoming_endpoints TO atrium_app")
    op.execute("GRANT DELETE ON incoming_endpoints TO atrium_app")
    op.execute("GRANT UPDATE (secret) ON incoming_endpoints TO atrium_app")
    distribute("incoming_endpoints", "tenant")
    op.execute(
        """
        CREATE TABLE shipments (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            order_id UUID NOT NULL,
            order_number BIGINT NOT NULL,
            product_ids UUID[] NOT NULL,
            status VARCHAR(10) NOT NULL,
            carrier VARCHAR(20),
            reference VARCHAR(200),
            tracking_number VARCHAR(200),
            reason VARCHAR(200),
            tries INTEGER NOT NULL,
            told_at TIMESTAMP WITH TIME ZONE,
            heard_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT pk_shipments PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_shipments_order_id UNIQUE (tenant_id, order_id),
            CONSTRAINT uq_shipments_reference UNIQUE (tenant_id, carrier, reference),
            CONSTRAINT ck_shipments_status CHECK (status IN ('pending', 'inProgress', 'delivered', 'failed')),
            CONSTRAINT ck_shipments_reason CHECK (status <> 'failed' OR reason IS NOT NULL),
            CONSTRAINT fk_shipments_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_shipments_created_at ON shipments (tenant_id, created_at, id)")
    op.execute(
        "CREATE INDEX ix_shipments_silent ON shipments (tenant_id, heard_at) WHERE status IN ('pending', 'inProgress')"
    )
    op.execute("ALTER TABLE shipments ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE shipments FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY shipments_app ON shipments AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON shipments TO atrium_app")
    op.execute("GRANT INSERT ON shipments TO atrium_app")
    op.execute("GRANT UPDATE ON shipments TO atrium_app")
    op.execute("GRANT DELETE ON shipments TO atrium_app")
    distribute("shipments", "tenant")
    op.execute(
        """
        CREATE TABLE carrier_accounts (
            tenant_id UUID NOT NULL,
            carrier VARCHAR(20) NOT NULL,
            credential BYTEA NOT NULL,
            endpoint_id UUID NOT NULL,
            is_chosen BOOLEAN NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT pk_carrier_accounts PRIMARY KEY (tenant_id, carrier),
            CONSTRAINT uq_carrier_accounts_endpoint_id UNIQUE (tenant_id, endpoint_id),
            CONSTRAINT fk_carrier_accounts_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE UNIQUE INDEX uq_carrier_accounts_chosen ON carrier_accounts (tenant_id) WHERE is_chosen")
    op.execute("ALTER TABLE carrier_accounts ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE carrier_accounts FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY carrier_accounts_app ON carrier_accounts AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON carrier_accounts TO atrium_app")
    op.execute("GRANT INSERT ON carrier_accounts TO atrium_app")
    op.execute("GRANT UPDATE ON carrier_accounts TO atrium_app")
    op.execute("GRANT DELETE ON carrier_accounts TO atrium_app")
    distribute("carrier_accounts", "tenant")
    op.execute(
        """
        CREATE TABLE incoming_messages (
            tenant_id UUID NOT NULL,
            endpoint_id UUID NOT NULL,
            message_id VARCHAR(200) NOT NULL,
            received_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_incoming_messages PRIMARY KEY (tenant_id, endpoint_id, message_id),
            CONSTRAINT fk_incoming_messages_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute(
        "CREATE INDEX ix_incoming_messages_received_at ON incoming_messages (tenant_id, endpoint_id, received_at)"
    )
    op.execute("ALTER TABLE incoming_messages ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE incoming_messages FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY incoming_messages_app ON incoming_messages AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON incoming_messages TO atrium_app")
    op.execute("GRANT INSERT ON incoming_messages TO atrium_app")
    op.execute("GRANT DELETE ON incoming_messages TO atrium_app")
    distribute("incoming_messages", "tenant")
    op.execute(
        "ALTER TABLE carrier_accounts ADD CONSTRAINT fk_carrier_accounts_endpoint_id FOREIGN KEY(tenant_id, endpoint_id) REFERENCES incoming_endpoints (tenant_id, id) ON DELETE RESTRICT"
    )
    op.execute(
        "ALTER TABLE incoming_messages ADD CONSTRAINT fk_incoming_messages_endpoint_id FOREIGN KEY(tenant_id, endpoint_id) REFERENCES incoming_endpoints (tenant_id, id) ON DELETE CASCADE"
    )


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE incoming_messages DROP CONSTRAINT fk_incoming_messages_endpoint_id")
    op.execute("ALTER TABLE carrier_accounts DROP CONSTRAINT fk_carrier_accounts_endpoint_id")
    op.execute("DROP TABLE incoming_messages")
    op.execute("DROP TABLE carrier_accounts")
    op.execute("DROP TABLE shipments")
    op.execute("DROP TABLE incoming_endpoints")
