"""Payment endpoints."""

from alembic import op
from app.db.steps import distribute

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE payment_endpoints (
            tenant_id UUID NOT NULL,
            endpoint_id UUID NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT pk_payment_endpoints PRIMARY KEY (tenant_id),
            CONSTRAINT fk_payment_endpoints_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_payment_endpoints_endpoint_id ON payment_endpoints (tenant_id, endpoint_id)")
    op.execute("ALTER TABLE payment_endpoints ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE payment_endpoints FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY payment_endpoints_app ON payment_endpoints AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON payment_endpoints TO atrium_app")
    op.execute("GRANT INSERT ON payment_endpoints TO atrium_app")
    op.execute("GRANT UPDATE ON payment_endpoints TO atrium_app")
    op.execute("GRANT DELETE ON payment_endpoints TO atrium_app")
    distribute("payment_endpoints", "tenant")
    op.execute(
        """
        CREATE TABLE order_invoices (
            tenant_id UUID NOT NULL,
            order_id UUID NOT NULL,
            file_id UUID NOT NULL,
            locale VARCHAR(5) NOT NULL,
            seller TEXT NOT NULL,
            recipient VARCHAR(500) NOT NULL,
            issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_order_invoices PRIMARY KEY (tenant_id, order_id),
            CONSTRAINT fk_order_invoices_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE order_invoices ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE order_invoices FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY order_invoices_app ON order_invoices AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON order_invoices TO atrium_app")
    op.execute("GRANT INSERT ON order_invoices TO atrium_app")
    op.execute("GRANT DELETE ON order_invoices TO atrium_app")
    distribute("order_invoices", "tenant")
    op.execute(
        "ALTER TABLE order_invoices ADD CONSTRAINT fk_order_invoices_order_id FOREIGN KEY(tenant_id, order_id) REFERENCES orders (tenant_id, id) ON DELETE CASCADE"
    )
    op.execute(
        "ALTER TABLE payment_endpoints ADD CONSTRAINT fk_payment_endpoints_endpoint_id FOREIGN KEY(tenant_id, endpoint_id) REFERENCES incoming_endpoints (tenant_id, id) ON DELETE RESTRICT"
    )


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE payment_endpoints DROP CONSTRAINT fk_payment_endpoints_endpoint_id")
    op.execute("ALTER TABLE order_invoices DROP CONSTRAINT fk_order_invoices_order_id")
    op.execute("DROP TABLE order_invoices")
    op.execute("DROP TABLE payment_endpoints")
