"""Policies and grants as SQL, derived from what the tables declare. The migration template and the tests use it."""

from collections.abc import Iterator

from sqlalchemy import Table

from app.db.base import ALL_COLUMNS, Policy, Role, TableKind, facts

TENANT_BOUND = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"
"""Unset means zero rows: after SET LOCAL has ended the setting is the empty string, not NULL, hence nullif."""
USER_BOUND = "{column} = nullif(current_setting('app.user_id', true), '')::uuid"


def own_row(table: str, column: str, *, command: str = "ALL", role: Role = Role.APP) -> Policy:
    """A policy that shows a person the rows that are theirs."""
    return Policy(f"{table}_own", role, USER_BOUND.format(column=column), command)


def own_tenant(table: str, column: str, *, command: str, role: Role = Role.APP) -> Policy:
    """A policy on a table that is not a tenant's: what is written there is the bound tenant's."""
    return Policy(f"{table}_{command.lower()}", role, TENANT_BOUND.replace("tenant_id =", f"{column} ="), command)


def every_row(table: str, role: Role, *, command: str = "ALL") -> Policy:
    """A policy for a role that must see all rows of a table that is not a tenant's."""
    return Policy(f"{table}_{role.removeprefix('atrium_')}", role, "true", command)


def policies_of(table: Table) -> tuple[Policy, ...]:
    """All policies of a table: one per serving role that has grants on a tenant table, then those it declares."""
    declared = facts(table)
    bound: tuple[Policy, ...] = ()
    if declared.kind is TableKind.TENANT:
        roles = [grants.role for grants in declared.grants if grants.role is not Role.SYSTEM]
        bound = tuple(Policy(f"{table.name}_{role.removeprefix('atrium_')}", role, TENANT_BOUND) for role in roles)
    return bound + declared.policies


def protect(table: Table) -> Iterator[str]:
    """Row-level security and grants of one table, statement by statement."""
    policies = policies_of(table)
    if policies:
        yield f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY"
    for policy in policies:
        yield policy_statement(table.name, policy)
    yield from _grants(table)


def policy_statement(table: str, policy: Policy) -> str:
    """The statement that makes a policy."""
    using = f" USING ({policy.using})" if policy.using else ""
    check = f" WITH CHECK ({policy.check})" if policy.check else ""
    return f"CREATE POLICY {policy.name} ON {table} AS PERMISSIVE FOR {policy.command} TO {policy.role}{using}{check}"


def _grants(table: Table) -> Iterator[str]:
    for grants in facts(table).grants:
        for privilege, columns in grants.privileges.items():
            of = "" if columns == ALL_COLUMNS else f" ({', '.join(columns)})"
            yield f"GRANT {privilege}{of} ON {table.name} TO {grants.role}"
        if facts(table).sequence and "INSERT" in grants.privileges:
            yield f"GRANT USAGE ON SEQUENCE {facts(table).sequence} TO {grants.role}"
