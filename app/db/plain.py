"""Tables for classes that know no storage: the full form of a module maps its entities from outside (`orm.py`).

Such a class has no mixin, so that its table says what the mixins of `app/db/mixins.py` would. The session treats it as any other
tenant's: it fills the tenant of new rows and puts it into every statement.
"""

from functools import cache
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, Uuid
from sqlalchemy.orm import Mapper, object_mapper
from sqlalchemy.schema import SchemaItem

from app.db.base import Base, Facts, Grants, TableKind, app_owns, is_tenant_table
from app.db.mixins import TenantMixin


def tenant_table(name: str, *items: SchemaItem, grants: tuple[Grants, ...] | None = None) -> Table:
    """A table of tenants' rows behind a plain class: `tenant_id` and `id` come first and are its key.

    Without `grants` the app role owns the rows.
    """
    return Table(
        name,
        Base.metadata,
        Column("tenant_id", Uuid, ForeignKey("tenants.id", ondelete="RESTRICT"), primary_key=True),
        Column("id", Uuid, primary_key=True),
        *items,
        info={"facts": Facts(TableKind.TENANT, app_owns() if grants is None else grants)},
    )


def is_plain(mapper: Mapper[Any]) -> bool:
    """Whether the mapped class knows nothing of tenants, and its rows are theirs."""
    table = mapper.local_table
    return isinstance(table, Table) and not issubclass(mapper.class_, TenantMixin) and is_tenant_table(table)


@cache
def plain_classes(mapper: Mapper[Any]) -> frozenset[type[Any]]:
    """The mapped class and all that it leads to, as far as they know nothing of tenants: a statement may join any of them."""
    found: dict[Mapper[Any], bool] = {}
    left = [mapper]
    while left:
        each = left.pop()
        if each not in found:
            found[each] = is_plain(each)
            left += [relationship.mapper for relationship in each.relationships]
    return frozenset(each.class_ for each, plain in found.items() if plain)


def belongs_to_a_tenant(row: object) -> bool:
    """Whether the row of a mapped class is a tenant's."""
    return isinstance(row, TenantMixin) or is_plain(object_mapper(row))
