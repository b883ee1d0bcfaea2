"""Sales."""

from alembic import op
from app.db.steps import distribute

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE product_shipments (
            tenant_id UUID NOT NULL,
            copy INTEGER NOT NULL,
            product_id UUID NOT NULL,
            shipment_id UUID NOT NULL,
            status VARCHAR(10) NOT NULL,
            revision INTEGER NOT NULL,
            CONSTRAINT pk_product_shipments PRIMARY KEY (tenant_id, copy, product_id, shipment_id),
            CONSTRAINT ck_product_shipments_status CHECK (status IN ('pending', 'inProgress', 'delivered', 'failed')),
            CONSTRAINT fk_product_shipments_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE product_shipments ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE product_shipments FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY product_shipments_app ON product_shipments AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON product_shipments TO atrium_app")
    op.execute("GRANT INSERT ON product_shipments TO atrium_app")
    op.execute("GRANT DELETE ON product_shipments TO atrium_app")
    op.execute("GRANT UPDATE (status, revision) ON product_shipments TO atrium_app")
    distribute("product_shipments", "tenant")
    op.execute(
        """
        CREATE TABLE sales (
            tenant_id UUID NOT NULL,
            copy INTEGER NOT NULL,
            order_id UUID NOT NULL,
            kind VARCHAR(10) NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            currency VARCHAR(3) NOT NULL,
            pieces BIGINT NOT NULL,
            amount BIGINT NOT NULL,
            CONSTRAINT pk_sales PRIMARY KEY (tenant_id, copy, order_id, kind),
            CONSTRAINT ck_sales_kind CHECK (kind IN ('placed', 'cancelled', 'paid', 'refunded')),
            CONSTRAINT fk_sales_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_sales_at ON sales (tenant_id, copy, at)")
    op.execute("ALTER TABLE sales ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE sales FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY sales_app ON sales AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON sales TO atrium_app")
    op.execute("GRANT INSERT ON sales TO atrium_app")
    op.execute("GRANT DELETE ON sales TO atrium_app")
    distribute("sales", "tenant")
    op.execute(
        """
        CREATE TABLE sales_copies (
            tenant_id UUID NOT NULL,
            live INTEGER NOT NULL,
            shadow INTEGER,
            CONSTRAINT pk_sales_copies PRIMARY KEY (tenant_id),
            CONSTRAINT ck_sales_copies_copies CHECK (live > 0 AND shadow > live),
            CONSTRAINT fk_sales_copies_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE sales_copies ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE sales_copies FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY sales_copies_app ON sales_copies AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON sales_copies TO atrium_app")
    op.execute("GRANT INSERT ON sales_copies TO atrium_app")
    op.execute("GRANT UPDATE ON sales_copies TO atrium_app")
    op.execute("GRANT DELETE ON sales_copies TO atrium_app")
    distribute("sales_copies", "tenant")
    op.execute(
        """
        CREATE TABLE sale_lines (
            tenant_id UUID NOT NULL,
            copy INTEGER NOT NULL,
            order_id UUID NOT NULL,
            kind VARCHAR(10) NOT NULL,
            product_id UUID NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            currency VARCHAR(3) NOT NULL,
            pieces BIGINT NOT NULL,
            amount BIGINT NOT NULL,
            CONSTRAINT pk_sale_lines PRIMARY KEY (tenant_id, copy, order_id, kind, product_id),
            CONSTRAINT fk_sale_lines_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_sale_lines_at ON sale_lines (tenant_id, copy, at)")
    op.execute("CREATE INDEX ix_sale_lines_product ON sale_lines (tenant_id, copy, product_id, at)")
    op.execute("ALTER TABLE sale_lines ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE sale_lines FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY sale_lines_app ON sale_lines AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON sale_lines TO atrium_app")
    op.execute("GRANT INSERT ON sale_lines TO atrium_app")
    op.execute("GRANT DELETE ON sale_lines TO atrium_app")
    distribute("sale_lines", "tenant")
    op.execute(
        "ALTER TABLE sale_lines ADD CONSTRAINT fk_sale_lines_sale FOREIGN KEY(tenant_id, copy, order_id, kind) REFERENCES sales (tenant_id, copy, order_id, kind) ON DELETE CASCADE"
    )


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE sale_lines DROP CONSTRAINT fk_sale_lines_sale")
    op.execute("DROP TABLE sale_lines")
    op.execute("DROP TABLE sales_copies")
    op.execute("DROP TABLE sales")
    op.execute("DROP TABLE product_shipments")
