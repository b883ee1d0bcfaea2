"""The declarative base: naming convention, the class of every table, and the grants declared beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class TableKind(StrEnum):
    """How a table stands to tenants; every table declares one (ADR 0008)."""

    TENANT = "tenant"
    """Belongs to a tenant: tenant_id first, composite keys, row-level security; distributed by tenant_id."""
    REFERENCE = "reference"
    """Read often and joined with tenant tables, written rarely; foreign keys never point from here to tenant tables."""
    LOCAL = "local"
    """Never joined with tenant tables."""


class Role(StrEnum):
    """The database's serving roles. The owner, who migrates, is not among them."""

    APP = "atrium_app"
    IDENTITY = "atrium_identity"
    SYSTEM = "atrium_system"


ALL_COLUMNS: tuple[str, ...] = ()
"""Marks a privilege on the whole table."""


@dataclass(frozen=True, slots=True)
class Grants:
    """What one role may do with a table: privilege -> columns (empty: the whole table)."""

    role: Role
    privileges: Mapping[str, tuple[str, ...]]


def grant(role: Role, *whole: str, **by_column: tuple[str, ...]) -> Grants:
    """What a role may do: privileges on the whole table by name, on columns by keyword, as in `update=("name",)`."""
    privileges = dict.fromkeys(whole, ALL_COLUMNS)
    privileges.update({privilege.upper(): columns for privilege, columns in by_column.items()})
    return Grants(role, privileges)


def app_owns() -> tuple[Grants, ...]:
    """The usual grants of a business table: the app role reads and writes rows; nobody else sees them."""
    return (grant(Role.APP, "SELECT", "INSERT", "UPDATE", "DELETE"),)


def identity_owns() -> tuple[Grants, ...]:
    """The usual grants of a table of sign-in: the identity role reads and writes rows; nobody else sees them."""
    return (grant(Role.IDENTITY, "SELECT", "INSERT", "UPDATE", "DELETE"),)


@dataclass(frozen=True, slots=True)
class Policy:
    """One permissive row-level policy: who, for which command, with which condition (in both directions)."""

    name: str
    role: Role
    condition: str
    command: str = "ALL"

    @property
    def using(self) -> str:
        """Which rows are seen; INSERT reads none."""
        return "" if self.command == "INSERT" else self.condition

    @property
    def check(self) -> str:
        """Which rows may be written; SELECT and DELETE write none."""
        return "" if self.command in {"SELECT", "DELETE"} else self.condition


@dataclass(frozen=True, slots=True)
class Facts:
    """What a table declares of itself; kept in `Table.info["facts"]`."""

    kind: TableKind
    grants: tuple[Grants, ...] = ()
    policies: tuple[Policy, ...] = field(default=())
    sequence: str | None = None


class Base(DeclarativeBase):
    """The base of all tables. A mapped class without a kind is refused when its module is imported."""

    metadata = MetaData(naming_convention=NAMING)
    __kind__: ClassVar[TableKind]
    __grants__: ClassVar[tuple[Grants, ...]] = ()
    __policies__: ClassVar[tuple[Policy, ...]] = ()
    __sequence__: ClassVar[str | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Map the class and write its facts into the table's info."""
        super().__init_subclass__(**kwargs)
        table = cls.__dict__.get("__table__")
        if not isinstance(table, Table):
            return
        if not hasattr(cls, "__kind__"):
            raise TypeError(f"{cls.__name__}: declare __kind__ (tenant, reference or local)")
        table.info["facts"] = Facts(cls.__kind__, cls.__grants__, cls.__policies__, cls.__sequence__)


def facts(table: Table) -> Facts:
    """What the table declares of itself.

    Raises:
        TypeError: for a table that was not made through `Base`.
    """
    found = table.info.get("facts")
    if not isinstance(found, Facts):
        raise TypeError(f"{table.name}: no facts; map it through app.db.base.Base")
    return found


def is_tenant_table(table: Table) -> bool:
    """Whether the rows of the table belong to tenants."""
    return facts(table).kind is TableKind.TENANT


SECRET: dict[Any, Any] = {"secret": True}
"""For `info` of a column that leaves the database in no export: hashes of secrets."""


def is_secret(column: Column[Any]) -> bool:
    """Whether the column is declared secret."""
    return bool(column.info.get("secret"))
