"""Product words."""

from alembic import op
from app.db.steps import distribute

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE product_words (
            tenant_id UUID NOT NULL,
            product_id UUID NOT NULL,
            word TEXT NOT NULL,
            CONSTRAINT pk_product_words PRIMARY KEY (tenant_id, product_id, word),
            CONSTRAINT fk_product_words_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_product_words_word ON product_words (tenant_id, word text_pattern_ops, product_id)")
    op.execute("ALTER TABLE product_words ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE product_words FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY product_words_app ON product_words AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON product_words TO atrium_app")
    op.execute("GRANT INSERT ON product_words TO atrium_app")
    op.execute("GRANT DELETE ON product_words TO atrium_app")
    distribute("product_words", "tenant")
    op.execute("ALTER TABLE products ADD COLUMN words_of TEXT")
    op.execute(
        "ALTER TABLE product_words ADD CONSTRAINT fk_product_words_product_id FOREIGN KEY(tenant_id, product_id) REFERENCES products (tenant_id, id) ON DELETE CASCADE"
    )


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE products DROP COLUMN words_of")
    op.execute("ALTER TABLE product_words DROP CONSTRAINT fk_product_words_product_id")
    op.execute("DROP TABLE product_words")
