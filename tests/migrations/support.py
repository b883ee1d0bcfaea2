"""Models beyond the installed ones, and a history of their own to migrate them by."""

import shutil
from pathlib import Path

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Uuid,
    text,
)

from app.db.base import NAMING, Facts, Policy, Role, TableKind, app_owns, grant
from app.db.migrate import VERSIONS
from app.db.rls import USER_BOUND
from app.installed import metadata


def own_history(folder: Path) -> Path:
    """A copy of the migrations that a test may add to."""
    versions = folder / "versions"
    shutil.copytree(VERSIONS, versions, ignore=shutil.ignore_patterns("__pycache__"))
    return versions


def models() -> MetaData:
    """A copy of the installed models that a test may change."""
    copied = MetaData(naming_convention=NAMING)
    for table in metadata().sorted_tables:
        table.to_metadata(copied)
    return copied


def add_crates(target: MetaData) -> Table:
    """A tenant table with a sequence, a CHECK with a colon in it, keys to a reference and a tenant table, grants by column."""
    return Table(
        "crates",
        target,
        Column("tenant_id", Uuid, nullable=False),
        Column("id", BigInteger, server_default=text("nextval('crates_id_seq')"), nullable=False),
        Column("product_id", Uuid, nullable=False),
        Column("label", String(40), nullable=False),
        PrimaryKeyConstraint("tenant_id", "id"),
        ForeignKeyConstraint(["tenant_id"], ["tenants.id"], ondelete="RESTRICT"),
        ForeignKeyConstraint(["tenant_id", "product_id"], ["products.tenant_id", "products.id"], ondelete="CASCADE"),
        CheckConstraint("label ~ '^[a-z\\\\]:x' AND label <> '%'", name="label"),
        Index("ix_crates_label", "tenant_id", "label"),
        info={
            "facts": Facts(
                TableKind.TENANT,
                (grant(Role.APP, "SELECT", insert=("tenant_id", "product_id", "label"), update=("label",)),),
                sequence="crates_id_seq",
            )
        },
    )


def add_lids(target: MetaData) -> Table:
    """A tenant table whose key leads to another new one; one that comes after it in the alphabet."""
    return Table(
        "boxes",
        target,
        Column("tenant_id", Uuid, nullable=False),
        Column("id", Uuid, nullable=False),
        Column("crate_id", BigInteger),
        PrimaryKeyConstraint("tenant_id", "id"),
        ForeignKeyConstraint(["tenant_id"], ["tenants.id"], ondelete="RESTRICT"),
        ForeignKeyConstraint(["tenant_id", "crate_id"], ["crates.tenant_id", "crates.id"], ondelete="CASCADE"),
        info={"facts": Facts(TableKind.TENANT, app_owns())},
    )


def widen_products(target: MetaData) -> None:
    """Products with a column, an index, a CHECK, a unique and a key more, narrower grants and another policy."""
    products = target.tables["products"]
    products.append_column(Column("colour", String(20), server_default="red", nullable=False))
    products.append_column(Column("parent_id", Uuid))
    products.append_constraint(CheckConstraint("colour <> ''", name="colour"))
    products.append_constraint(
        ForeignKeyConstraint(["tenant_id", "parent_id"], ["products.tenant_id", "products.id"], ondelete="RESTRICT")
    )
    Index("ix_products_colour", products.c.tenant_id, products.c.colour)
    Index("uq_products_parent_id", products.c.tenant_id, products.c.parent_id, unique=True)
    own = Policy("products_own", Role.APP, USER_BOUND.format(column="user_id").replace("user_id =", "id ="), "SELECT")
    products.info["facts"] = Facts(
        TableKind.TENANT, (grant(Role.APP, "SELECT", "INSERT", update=("name", "colour")),), (own,)
    )
