"""Catalog grows online."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_products_category")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_products_category ON products (tenant_id, category_id) WHERE category_id IS NOT NULL"
        )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_products_variants")
        op.execute(
            "CREATE INDEX CONCURRENTLY ix_products_variants ON products (tenant_id, product_id, id) WHERE product_id IS NOT NULL"
        )
        op.execute("ALTER TABLE products VALIDATE CONSTRAINT fk_products_category_id")
        op.execute("ALTER TABLE products VALIDATE CONSTRAINT fk_products_product_id")
        op.execute("ALTER TABLE products VALIDATE CONSTRAINT ck_products_reserved")
        op.execute("ALTER TABLE products VALIDATE CONSTRAINT ck_products_stock")


def downgrade() -> None:
    """Take it back."""
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_products_variants")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_products_category")
