"""Images of products."""

from alembic import op
from app.db.steps import distribute

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE product_images (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            product_id UUID NOT NULL,
            state VARCHAR(8) NOT NULL,
            alt VARCHAR(300) NOT NULL,
            media_type VARCHAR(20) NOT NULL,
            max_bytes INTEGER NOT NULL,
            upload_id UUID NOT NULL,
            upload_until TIMESTAMP WITH TIME ZONE NOT NULL,
            sweep_at TIMESTAMP WITH TIME ZONE,
            size INTEGER,
            width INTEGER,
            height INTEGER,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            CONSTRAINT pk_product_images PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_product_images_state CHECK (state IN ('pending', 'ready', 'removed')),
            CONSTRAINT ck_product_images_ready CHECK (state <> 'ready' OR (size > 0 AND width > 0 AND height > 0)),
            CONSTRAINT fk_product_images_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_product_images_product ON product_images (tenant_id, product_id, id)")
    op.execute(
        "CREATE INDEX ix_product_images_sweep ON product_images (tenant_id, sweep_at) WHERE sweep_at IS NOT NULL"
    )
    op.execute("ALTER TABLE product_images ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE product_images FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY product_images_app ON product_images AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON product_images TO atrium_app")
    op.execute("GRANT INSERT ON product_images TO atrium_app")
    op.execute("GRANT UPDATE ON product_images TO atrium_app")
    op.execute("GRANT DELETE ON product_images TO atrium_app")
    distribute("product_images", "tenant")
    op.execute(
        "ALTER TABLE product_images ADD CONSTRAINT fk_product_images_product_id FOREIGN KEY(tenant_id, product_id) REFERENCES products (tenant_id, id) ON DELETE CASCADE"
    )


def downgrade() -> None:
    """Take it back."""
    op.execute("DROP TABLE product_images")
