"""Catalog grows."""

from alembic import op
from app.db.steps import distribute

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE categories (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            parent_id UUID,
            name VARCHAR(120) NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            version INTEGER NOT NULL,
            CONSTRAINT pk_categories PRIMARY KEY (tenant_id, id),
            CONSTRAINT uq_categories_name UNIQUE NULLS NOT DISTINCT (tenant_id, parent_id, name),
            CONSTRAINT fk_categories_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_categories_names ON categories (tenant_id, name, id)")
    op.execute("ALTER TABLE categories ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE categories FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY categories_app ON categories AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON categories TO atrium_app")
    op.execute("GRANT INSERT ON categories TO atrium_app")
    op.execute("GRANT UPDATE ON categories TO atrium_app")
    op.execute("GRANT DELETE ON categories TO atrium_app")
    distribute("categories", "tenant")
    op.execute(
        """
        CREATE TABLE reservations (
            tenant_id UUID NOT NULL,
            order_id UUID NOT NULL,
            state VARCHAR(10) NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            CONSTRAINT pk_reservations PRIMARY KEY (tenant_id, order_id),
            CONSTRAINT ck_reservations_state CHECK (state IN ('held', 'committed', 'released', 'returned')),
            CONSTRAINT fk_reservations_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE reservations ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE reservations FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY reservations_app ON reservations AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON reservations TO atrium_app")
    op.execute("GRANT INSERT ON reservations TO atrium_app")
    op.execute("GRANT UPDATE ON reservations TO atrium_app")
    op.execute("GRANT DELETE ON reservations TO atrium_app")
    distribute("reservations", "tenant")
    op.execute(
        """
        CREATE TABLE price_changes (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            product_id UUID NOT NULL,
            variant_id UUID NOT NULL,
            previous_price BIGINT NOT NULL,
            previous_currency VARCHAR(3) NOT NULL,
            price BIGINT NOT NULL,
            currency VARCHAR(3) NOT NULL,
            changed_by VARCHAR(120) NOT NULL,
            changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_price_changes PRIMARY KEY (tenant_id, id),
            CONSTRAINT fk_price_changes_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_price_changes_product ON price_changes (tenant_id, product_id, id)")
    op.execute("ALTER TABLE price_changes ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE price_changes FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY price_changes_app ON price_changes AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON price_changes TO atrium_app")
    op.execute("GRANT INSERT ON price_changes TO atrium_app")
    op.execute("GRANT DELETE ON price_changes TO atrium_app")
    distribute("price_changes", "tenant")
    op.execute(
        """
        CREATE TABLE reservation_lines (
            tenant_id UUID NOT NULL,
            order_id UUID NOT NULL,
            variant_id UUID NOT NULL,
            quantity BIGINT NOT NULL,
            CONSTRAINT pk_reservation_lines PRIMARY KEY (tenant_id, order_id, variant_id),
            CONSTRAINT ck_reservation_lines_quantity CHECK (quantity > 0),
            CONSTRAINT fk_reservation_lines_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_reservation_lines_variant ON reservation_lines (tenant_id, variant_id)")
    op.execute("ALTER TABLE reservation_lines ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE reservation_lines FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY reservation_lines_app ON reservation_lines AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON reservation_lines TO atrium_app")
    op.execute("GRANT INSERT ON reservation_lines TO atrium_app")
    op.execute("GRANT UPDATE ON reservation_lines TO atrium_app")
    op.execute("GRANT DELETE ON reservation_lines TO atrium_app")
    distribute("reservation_lines", "tenant")
    op.execute("ALTER TABLE products ADD COLUMN reserved BIGINT DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE products ADD COLUMN product_id UUID")
    op.execute("ALTER TABLE products ADD COLUMN category_id UUID")
    op.execute(
        "ALTER TABLE categories ADD CONSTRAINT fk_categories_parent_id FOREIGN KEY(tenant_id, parent_id) REFERENCES categories (tenant_id, id) ON DELETE CASCADE"
    )
    op.execute(
        "ALTER TABLE price_changes ADD CONSTRAINT fk_price_changes_variant_id FOREIGN KEY(tenant_id, variant_id) REFERENCES products (tenant_id, id) ON DELETE CASCADE"
    )
    op.execute(
        "ALTER TABLE reservation_lines ADD CONSTRAINT fk_reservation_lines_order_id FOREIGN KEY(tenant_id, order_id) REFERENCES reservations (tenant_id, order_id) ON DELETE CASCADE"
    )
    op.execute(
        "ALTER TABLE reservation_lines ADD CONSTRAINT fk_reservation_lines_variant_id FOREIGN KEY(tenant_id, variant_id) REFERENCES products (tenant_id, id) ON DELETE CASCADE"
    )
    op.execute(
        "ALTER TABLE products ADD CONSTRAINT fk_products_category_id FOREIGN KEY(tenant_id, category_id) REFERENCES categories (tenant_id, id) ON DELETE RESTRICT NOT VALID"
    )
    op.execute(
        "ALTER TABLE products ADD CONSTRAINT fk_products_product_id FOREIGN KEY(tenant_id, product_id) REFERENCES products (tenant_id, id) ON DELETE CASCADE NOT VALID"
    )
    op.execute(
        "ALTER TABLE products ADD CONSTRAINT ck_products_reserved CHECK (reserved >= 0 AND reserved <= stock) NOT VALID"
    )
    op.execute("ALTER TABLE products ADD CONSTRAINT ck_products_stock CHECK (stock <= 9007199254740991) NOT VALID")


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE products DROP CONSTRAINT ck_products_stock")
    op.execute("ALTER TABLE products DROP CONSTRAINT ck_products_reserved")
    op.execute("ALTER TABLE products DROP CONSTRAINT fk_products_product_id")
    op.execute("ALTER TABLE products DROP CONSTRAINT fk_products_category_id")
    op.execute("ALTER TABLE products DROP COLUMN category_id")
    op.execute("ALTER TABLE products DROP COLUMN product_id")
    op.execute("ALTER TABLE products DROP COLUMN reserved")
    op.execute("ALTER TABLE reservation_lines DROP CONSTRAINT fk_reservation_lines_variant_id")
    op.execute("ALTER TABLE reservation_lines DROP CONSTRAINT fk_reservation_lines_order_id")
    op.execute("ALTER TABLE price_changes DROP CONSTRAINT fk_price_changes_variant_id")
    op.execute("ALTER TABLE categories DROP CONSTRAINT fk_categories_parent_id")
    op.execute("DROP TABLE reservation_lines")
    op.execute("DROP TABLE price_changes")
    op.execute("DROP TABLE reservations")
    op.execute("DROP TABLE categories")
