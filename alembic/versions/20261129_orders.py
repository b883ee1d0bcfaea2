"""Orders."""

from alembic import op
from app.db.steps import distribute

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE order_counters (
            tenant_id UUID NOT NULL,
            last BIGINT NOT NULL,
            CONSTRAINT pk_order_counters PRIMARY KEY (tenant_id),
            CONSTRAINT ck_order_counters_last CHECK (last > 0),
            CONSTRAINT fk_order_counters_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE order_counters ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE order_counters FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY order_counters_app ON order_counters AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON order_counters TO atrium_app")
    op.execute("GRANT INSERT ON order_counters TO atrium_app")
    op.execute("GRANT UPDATE (last) ON order_counters TO atrium_app")
    op.execute("GRANT DELETE ON order_counters TO atrium_app")
    distribute("order_counters", "tenant")
    op.execute(
        """
        CREATE TABLE orders (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            number BIGINT NOT NULL,
            buyer_id UUID NOT NULL,
            state VARCHAR(10) NOT NULL,
            currency VARCHAR(3) NOT NULL,
            discount_percent INTEGER NOT NULL,
            subtotal BIGINT NOT NULL,
            discount BIGINT NOT NULL,
            total BIGINT NOT NULL,
            placed_at TIMESTAMP WITH TIME ZONE,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT pk_orders PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_orders_state CHECK (state IN ('draft', 'placed', 'paid', 'shipped', 'delivered', 'cancelled', 'refunded')),
            CONSTRAINT ck_orders_placed CHECK ((state = 'draft') = (number = 0) AND (number = 0) = (placed_at IS NULL)),
            CONSTRAINT ck_orders_discount_percent CHECK (discount_percent BETWEEN 0 AND 100),
            CONSTRAINT ck_orders_amounts CHECK (discount BETWEEN 0 AND subtotal AND total = subtotal - discount),
            CONSTRAINT fk_orders_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_orders_carts ON orders (tenant_id, buyer_id, created_at, id) WHERE state = 'draft'")
    op.execute("CREATE UNIQUE INDEX uq_orders_number ON orders (tenant_id, number) WHERE state <> 'draft'")
    op.execute("CREATE INDEX ix_orders_total ON orders (tenant_id, total, id) WHERE state <> 'draft'")
    op.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE orders FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY orders_app ON orders AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON orders TO atrium_app")
    op.execute("GRANT INSERT ON orders TO atrium_app")
    op.execute("GRANT UPDATE ON orders TO atrium_app")
    op.execute("GRANT DELETE ON orders TO atrium_app")
    distribute("orders", "tenant")
    op.execute(
        """
        CREATE TABLE order_lines (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            order_id UUID NOT NULL,
            position INTEGER NOT NULL,
            variant_id UUID NOT NULL,
            product_id UUID NOT NULL,
            sku VARCHAR(64) NOT NULL,
            name VARCHAR(500) NOT NULL,
            price BIGINT NOT NULL,
            currency VARCHAR(3) NOT NULL,
            quantity BIGINT NOT NULL,
            CONSTRAINT pk_order_lines PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_order_lines_variant UNIQUE (tenant_id, order_id, variant_id),
            CONSTRAINT ck_order_lines_amounts CHECK (price >= 0 AND quantity > 0),
            CONSTRAINT fk_order_lines_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE order_lines ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE order_lines FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY order_lines_app ON order_lines AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON order_lines TO atrium_app")
    op.execute("GRANT INSERT ON order_lines TO atrium_app")
    op.execute("GRANT UPDATE ON order_lines TO atrium_app")
    op.execute("GRANT DELETE ON order_lines TO atrium_app")
    distribute("order_lines", "tenant")
    op.execute(
        """
        CREATE TABLE order_payments (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            order_id UUID NOT NULL,
            kind VARCHAR(6) NOT NULL,
            state VARCHAR(8) NOT NULL,
            amount BIGINT NOT NULL,
            currency VARCHAR(3) NOT NULL,
            source TEXT NOT NULL,
            reference TEXT,
            reason VARCHAR(200),
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            settled_at TIMESTAMP WITH TIME ZONE,
            CONSTRAINT pk_order_payments PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_order_payments_kind CHECK (kind IN ('charge', 'refund')),
            CONSTRAINT ck_order_payments_state CHECK (state IN ('pending', 'accepted', 'declined')),
            CONSTRAINT ck_order_payments_amount CHECK (amount >= 0),
            CONSTRAINT ck_order_payments_settled CHECK ((state = 'pending') = (settled_at IS NULL)),
            CONSTRAINT fk_order_payments_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_order_payments_order ON order_payments (tenant_id, order_id)")
    op.execute(
        "CREATE UNIQUE INDEX uq_order_payments_accepted ON order_payments (tenant_id, order_id, kind) WHERE state = 'accepted'"
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_order_payments_pending ON order_payments (tenant_id, order_id) WHERE state = 'pending'"
    )
    op.execute("ALTER TABLE order_payments ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE order_payments FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY order_payments_app ON order_payments AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON order_payments TO atrium_app")
    op.execute("GRANT INSERT ON order_payments TO atrium_app")
    op.execute("GRANT UPDATE (state, reference, reason, settled_at) ON order_payments TO atrium_app")
    op.execute("GRANT DELETE ON order_payments TO atrium_app")
    distribute("order_payments", "tenant")
    op.execute(
        "ALTER TABLE order_lines ADD CONSTRAINT fk_order_lines_order_id FOREIGN KEY(tenant_id, order_id) REFERENCES orders (tenant_id, id) ON DELETE CASCADE"
    )
    op.execute(
        "ALTER TABLE order_payments ADD CONSTRAINT fk_order_payments_order_id FOREIGN KEY(tenant_id, order_id) REFERENCES orders (tenant_id, id) ON DELETE CASCADE"
    )


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE order_payments DROP CONSTRAINT fk_order_payments_order_id")
    op.execute("ALTER TABLE order_lines DROP CONSTRAINT fk_order_lines_order_id")
    op.execute("DROP TABLE order_payments")
    op.execute("DROP TABLE order_lines")
    op.execute("DROP TABLE orders")
    op.execute("DROP TABLE order_counters")
