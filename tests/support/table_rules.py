"""The rules of a table, each a small function that yields what is wrong; an empty answer means it keeps the rule."""

import re
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import (
    JSON,
    UUID,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Enum,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from app.db.base import Facts, Role, TableKind
from app.db.rls import TENANT_BOUND, USER_BOUND, policies_of, protect

Rule = Callable[[Table], Iterator[str]]
LONGEST_NAME = 50
SYSTEM_TABLES = frozenset({
    "tenants",  # operators' lists, states and plans
    "slug_aliases",  # those of a purged tenant and the expired ones go
    "deliveries",  # the relay's sweep
    "events",  # a purge leaves none
    "audit_entries",  # the sealer numbers them; a purge leaves none
    "audit_seals",
    "idempotency_keys",  # what has expired is swept: keys and times are read of it; a purge leaves none
    "schedule_runs",  # relays fire schedules, operators run them
    "tasks",  # what has expired is swept; a purge leaves none
    "users",  # disabled in one transaction with ...
    "sessions",
    "memberships",
    "registrations",  # what has expired is swept: keys and times are read of it, nothing else ...
    "one_time_tokens",
    "email_changes",
    "invitations",
    "schema_compatibility",  # the relay reads it at its start
})  # fmt: skip
"""What the role that looks past the policies may touch; never a business table."""
BUILT_IN = (Uuid, UUID, String, Integer, BigInteger, Boolean, Date, Numeric, LargeBinary, JSON)
CALLS = re.compile(r"(\w+)\s*\(")
DIRECTIONS = {
    TableKind.TENANT: {TableKind.TENANT, TableKind.REFERENCE},
    TableKind.REFERENCE: {TableKind.REFERENCE},
    TableKind.LOCAL: {TableKind.REFERENCE, TableKind.LOCAL},
}


def kind_of(table: Table) -> TableKind | None:
    """How the table stands to tenants, if it says so."""
    found = table.info.get("facts")
    return found.kind if isinstance(found, Facts) else None


def declares_its_kind(table: Table) -> Iterator[str]:
    """Every table says tenant, reference or local, and what has a tenant_id is a tenant's."""
    if kind_of(table) is None:
        yield "declares no kind"
    elif "tenant_id" in table.columns and kind_of(table) is not TableKind.TENANT:
        yield "has a tenant_id and is no tenant table"


def tenant_comes_first(table: Table) -> Iterator[str]:
    """tenant_id is the first column of a tenant table, a UUID, never null."""
    if kind_of(table) is not TableKind.TENANT:
        return
    first = next(iter(table.columns))
    if first.name != "tenant_id":
        yield f"begins with {first.name}"
    elif not isinstance(first.type, Uuid) or first.nullable:
        yield "has a tenant_id that is no UUID NOT NULL"


def key_begins_with_the_tenant(table: Table) -> Iterator[str]:
    """The primary key of a tenant table is (tenant_id, ...)."""
    key = [column.name for column in table.primary_key.columns]
    if kind_of(table) is TableKind.TENANT and key[:1] != ["tenant_id"]:
        yield f"has the primary key {key}"


def uniques_hold_the_tenant(table: Table) -> Iterator[str]:
    """What is unique is unique within its tenant, constraints and indexes alike."""
    if kind_of(table) is not TableKind.TENANT:
        return
    uniques = {item.name: item.columns for item in table.constraints if isinstance(item, UniqueConstraint)}
    uniques.update({index.name: index.columns for index in table.indexes if index.unique})
    for name, columns in uniques.items():
        if "tenant_id" not in columns:
            yield f"{name} is unique across tenants"


def foreign_keys_hold_the_tenant(table: Table) -> Iterator[str]:
    """A key from one tenant table to another pairs tenant_id with tenant_id."""
    for key in table.foreign_key_constraints:
        pairs = [(element.parent.name, element.column.name) for element in key.elements]
        both = kind_of(table) is kind_of(key.referred_table) is TableKind.TENANT
        if both and ("tenant_id", "tenant_id") not in pairs:
            yield f"{key.name} may point into another tenant"


def foreign_keys_point_inwards(table: Table) -> Iterator[str]:
    """tenant -> tenant or reference, local -> local or reference, reference -> reference; nothing else."""
    kind = kind_of(table)
    for key in table.foreign_key_constraints:
        if kind is not None and kind_of(key.referred_table) not in DIRECTIONS[kind]:
            yield f"{key.name} points from {kind} to {kind_of(key.referred_table)}"


def names_are_short(table: Table) -> Iterator[str]:
    """Constraints, indexes and policies have names of at most 50 characters: a shard appends its number."""
    names = [str(item.name or "") for item in table.constraints]
    names += [str(index.name or "") for index in table.indexes]
    if kind_of(table) is not None:
        names += [policy.name for policy in policies_of(table)]
    for name in names:
        if not name or "_unnamed_" in name:
            yield "has a constraint without a name"
        elif len(name) > LONGEST_NAME:
            yield f"{name} is longer than {LONGEST_NAME} characters"


def deletes_are_plain(table: Table) -> Iterator[str]:
    """ON DELETE of a tenant table says RESTRICT or CASCADE: SET NULL would null tenant_id too."""
    keys = table.foreign_key_constraints if kind_of(table) is TableKind.TENANT else set[ForeignKeyConstraint]()
    for key in keys:
        if key.ondelete not in {"RESTRICT", "CASCADE"} or key.onupdate is not None:
            yield f"{key.name} says ON DELETE {key.ondelete}, ON UPDATE {key.onupdate}"


def types_are_built_in(table: Table) -> Iterator[str]:
    """No enums, domains or composite types: the driver would have to look them up; times hold their zone."""
    for column in table.columns:
        if not _is_built_in(column.type):
            yield f"{column.name} has the type {column.type!r}"


def _is_built_in(kind: TypeEngine[object]) -> bool:
    if isinstance(kind, ARRAY):
        return _is_built_in(kind.item_type)
    if isinstance(kind, DateTime):
        return kind.timezone
    return isinstance(kind, BUILT_IN) and not isinstance(kind, Enum)


def policies_are_the_required(table: Table) -> Iterator[str]:
    """One policy per role on a tenant's rows; beside it only a person's own rows, to be seen and not changed."""
    kind = kind_of(table)
    if kind is None:
        return
    found, policies = table.info["facts"], policies_of(table)
    served = {grants.role for grants in found.grants if grants.role is not Role.SYSTEM}
    if kind is TableKind.TENANT:
        bound = {item.role for item in policies if (item.command, item.condition) == ("ALL", TENANT_BOUND)}
        if bound != served or not served:
            yield f"binds {sorted(bound)} to the tenant, but serves {sorted(served)}"
        for policy in found.policies:
            if policy.command != "SELECT" or policy.condition != USER_BOUND.format(column="user_id"):
                yield f"{policy.name} widens what a tenant's policy allows"
    elif policies and (without := served - {item.role for item in policies}):
        yield f"has no policy for {sorted(without)}"
    if len({policy.name for policy in policies}) != len(policies):
        yield "has two policies of one name"


def conditions_read_no_table(table: Table) -> Iterator[str]:
    """A policy's condition has no subquery and calls nothing but nullif and current_setting."""
    for policy in policies_of(table) if kind_of(table) is not None else ():
        called = {name.lower() for name in CALLS.findall(policy.condition)}
        if "select" in policy.condition.lower() or called - {"nullif", "current_setting"}:
            yield f"{policy.name} does more than compare: {policy.condition}"


def is_secured(table: Table, statements: Iterable[str] | None = None) -> Iterator[str]:
    """What protects the table is ENABLE, FORCE and permissive policies with USING, and WITH CHECK where rows are written."""
    if kind_of(table) is None:
        return
    said = list(protect(table) if statements is None else statements)
    made = [statement for statement in said if statement.startswith("CREATE POLICY")]
    if kind_of(table) is TableKind.TENANT or made:
        for word in ("ENABLE", "FORCE"):
            if f"ALTER TABLE {table.name} {word} ROW LEVEL SECURITY" not in said:
                yield f"is not protected by {word}"
    for statement in made:
        reads = " FOR SELECT " in statement or " FOR DELETE " in statement
        inserts = " FOR INSERT " in statement
        halves = (" USING (" in statement, " WITH CHECK (" in statement)
        if " AS PERMISSIVE " not in statement or halves != (not inserts, not reads):
            yield f"has a policy of another form: {statement}"


def system_keeps_off(table: Table) -> Iterator[str]:
    """The role that looks past the policies has grants on a short list of tables alone."""
    found = table.info.get("facts")
    roles = {grants.role for grants in found.grants} if isinstance(found, Facts) else set()
    if Role.SYSTEM in roles and table.name not in SYSTEM_TABLES:
        yield "is open to the system role"


RULES: tuple[Rule, ...] = (
    declares_its_kind,
    tenant_comes_first,
    key_begins_with_the_tenant,
    uniques_hold_the_tenant,
    foreign_keys_hold_the_tenant,
    foreign_keys_point_inwards,
    names_are_short,
    deletes_are_plain,
    types_are_built_in,
    policies_are_the_required,
    conditions_read_no_table,
    is_secured,
    system_keeps_off,
)


def faults_of(table: Table) -> list[str]:
    """Everything that is wrong with a table, each fault behind its rule."""
    return [f"{rule.__name__}: {table.name} {fault}" for rule in RULES for fault in rule(table)]
