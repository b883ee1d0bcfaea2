"""Product files."""

from alembic import op
from app.db.steps import distribute

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# The oldest revision whose code may run on what this migration makes; None: only this one's.
compatible_with = "0002"


def upgrade() -> None:
    """Expand: the previous release still runs on the new schema."""
    op.execute(
        """
        CREATE TABLE product_files (
            tenant_id UUID NOT NULL,
            id UUID NOT NULL,
            kind VARCHAR(10) NOT NULL,
            format VARCHAR(10) NOT NULL,
            task_id UUID,
            created_at TIMESTAMP WITH TIME ZONE NOT NULL,
            ready_at TIMESTAMP WITH TIME ZONE,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_product_files PRIMARY KEY (tenant_id, id),
            CONSTRAINT ck_product_files_kind CHECK (kind IN ('import', 'report', 'export')),
            CONSTRAINT ck_product_files_format CHECK (format IN ('csv', 'jsonl')),
            CONSTRAINT fk_product_files_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("CREATE INDEX ix_product_files_expires ON product_files (tenant_id, expires_at)")
    op.execute("ALTER TABLE product_files ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE product_files FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY product_files_app ON product_files AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON product_files TO atrium_app")
    op.execute("GRANT INSERT ON product_files TO atrium_app")
    op.execute("GRANT UPDATE ON product_files TO atrium_app")
    op.execute("GRANT DELETE ON product_files TO atrium_app")
    distribute("product_files", "tenant")
    op.execute(
        """
        CREATE TABLE import_refusals (
            tenant_id UUID NOT NULL,
            file_id UUID NOT NULL,
            line BIGINT NOT NULL,
            sku VARCHAR(64) NOT NULL,
            field VARCHAR(100) NOT NULL,
            code VARCHAR(80) NOT NULL,
            reason TEXT NOT NULL,
            CONSTRAINT pk_import_refusals PRIMARY KEY (tenant_id, file_id, line),
            CONSTRAINT fk_import_refusals_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
        )
        """
    )
    op.execute("ALTER TABLE import_refusals ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE import_refusals FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY import_refusals_app ON import_refusals AS PERMISSIVE FOR ALL TO atrium_app USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)"
    )
    op.execute("GRANT SELECT ON import_refusals TO atrium_app")
    op.execute("GRANT INSERT ON import_refusals TO atrium_app")
    op.execute("GRANT UPDATE ON import_refusals TO atrium_app")
    op.execute("GRANT DELETE ON import_refusals TO atrium_app")
    distribute("import_refusals", "tenant")
    op.execute(
        "ALTER TABLE import_refusals ADD CONSTRAINT fk_import_refusals_file_id FOREIGN KEY(tenant_id, file_id) REFERENCES product_files (tenant_id, id) ON DELETE CASCADE"
    )
    op.execute("ALTER TABLE products ADD COLUMN import_id UUID")


def downgrade() -> None:
    """Take it back."""
    op.execute("ALTER TABLE products DROP COLUMN import_id")
    op.execute("ALTER TABLE import_refusals DROP CONSTRAINT fk_import_refusals_file_id")
    op.execute("DROP TABLE import_refusals")
    op.execute("DROP TABLE product_files")
