"""What the models declare keeps the rules of tables; and each rule refuses a table that breaks it."""

from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, DOMAIN, ENUM

from app.db.base import NAMING, Base, Facts, Grants, Policy, Role, TableKind, app_owns, grant
from app.db.rls import own_row, protect
from app.installed import metadata
from tests.support import table_rules
from tests.support.table_rules import RULES, Rule, faults_of

TENANT, REFERENCE, LOCAL = TableKind


def table(
    name: str,
    *parts: Any,
    kind: TableKind | None = TENANT,
    grants: tuple[Grants, ...] = app_owns(),
    policies: tuple[Policy, ...] = (),
    within: MetaData | None = None,
) -> Table:
    """A table in metadata of its own, or beside others."""
    made = Table(name, MetaData(naming_convention=NAMING) if within is None else within, *parts)
    if kind is not None:
        made.info["facts"] = Facts(kind, grants, policies)
    return made


def key(*names: str) -> list[Column[Any]]:
    """UUID columns that make the primary key."""
    return [Column(name, Uuid, primary_key=True) for name in names]


def two(kind: TableKind, target: TableKind, *constraints: Any) -> Table:
    """A table of one kind with a key to a table of another."""
    within = MetaData(naming_convention=NAMING)
    table("others", *key("tenant_id", "id") if target is TENANT else key("id"), kind=target, within=within)
    names = ("tenant_id", "id") if kind is TENANT else ("id",)
    return table("things", *key(*names), Column("other_id", Uuid), *constraints, kind=kind, within=within)


def refused(rule: Rule, broken: Table) -> bool:
    """Whether the rule finds a fault, and the whole set of rules with it."""
    return bool(list(rule(broken))) and any(fault.startswith(rule.__name__) for fault in faults_of(broken))


class TestInstalled:
    """The tables of all installed modules."""

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
    def test_keeps(self, rule: Rule) -> None:
        """Every table keeps the rule."""
        for found in metadata().sorted_tables:
            assert not [f"{found.name} {fault}" for fault in rule(found)]

    def test_not_blind(self) -> None:
        """The rules saw the tables that there are, of every kind."""
        kinds = [table_rules.kind_of(found) for found in metadata().sorted_tables]
        assert len(kinds) >= 12
        assert set(kinds) == set(TableKind)

    def test_kind_demanded_at_import(self) -> None:
        """A mapped class without a kind cannot even be defined."""
        with pytest.raises(TypeError, match="declare __kind__"):
            type(
                "Nameless",
                (Base,),
                {"__tablename__": "nameless", "metadata": MetaData(), "id": Column(Integer, primary_key=True)},
            )


class TestRules:
    """Every rule refuses a table that breaks it, and lets one pass that does not."""

    def test_good(self) -> None:
        """A table that keeps every rule has no fault."""
        constraint = ForeignKeyConstraint(
            ["tenant_id", "other_id"], ["others.tenant_id", "others.id"], ondelete="CASCADE"
        )
        assert faults_of(two(TENANT, TENANT, constraint)) == []

    def test_no_kind(self) -> None:
        """A table that says nothing of tenants is refused."""
        assert refused(table_rules.declares_its_kind, table("things", *key("id"), kind=None))

    @pytest.mark.parametrize("kind", [REFERENCE, LOCAL])
    def test_hidden_tenant(self, kind: TableKind) -> None:
        """A table with a tenant_id cannot call itself anything else than a tenant's."""
        assert refused(table_rules.declares_its_kind, table("things", *key("tenant_id", "id"), kind=kind))

    def test_tenant_last(self) -> None:
        """A column before tenant_id is refused."""
        assert refused(table_rules.tenant_comes_first, table("things", *key("id", "tenant_id")))

    def test_tenant_text(self) -> None:
        """A tenant_id that is text is refused."""
        broken = table("things", Column("tenant_id", String(36), primary_key=True), *key("id"))
        assert refused(table_rules.tenant_comes_first, broken)

    def test_plain_key(self) -> None:
        """A primary key without the tenant is refused."""
        broken = table("things", Column("tenant_id", Uuid, nullable=False), *key("id"))
        assert refused(table_rules.key_begins_with_the_tenant, broken)

    def test_unique_across(self) -> None:
        """A unique constraint without the tenant is refused."""
        broken = table("things", *key("tenant_id", "id"), Column("sku", String(9)), UniqueConstraint("sku"))
        assert refused(table_rules.uniques_hold_the_tenant, broken)

    @pytest.mark.parametrize("functional", [False, True])
    def test_unique_index_across(self, functional: bool) -> None:
        """So is a unique index, on a column or on an expression."""
        sku: Column[str] = Column("sku", String(9))
        broken = table("things", *key("tenant_id", "id"), sku)
        Index("uq_things_sku", func.lower(sku) if functional else sku, unique=True)
        assert refused(table_rules.uniques_hold_the_tenant, broken)

    def test_plain_foreign_key(self) -> None:
        """A key between tenant tables that leaves the tenant out is refused."""
        constraint = ForeignKeyConstraint(["other_id"], ["others.id"], ondelete="RESTRICT")
        assert refused(table_rules.foreign_keys_hold_the_tenant, two(TENANT, TENANT, constraint))

    def test_crossed_foreign_key(self) -> None:
        """So is one that pairs tenant_id with another column."""
        constraint = ForeignKeyConstraint(["tenant_id", "other_id"], ["others.id", "others.tenant_id"])
        assert refused(table_rules.foreign_keys_hold_the_tenant, two(TENANT, TENANT, constraint))

    @pytest.mark.parametrize(
        ("kind", "target"),
        [(REFERENCE, TENANT), (REFERENCE, LOCAL), (LOCAL, TENANT), (TENANT, LOCAL)],
    )
    def test_direction(self, kind: TableKind, target: TableKind) -> None:
        """A key in a forbidden direction is refused."""
        broken = two(kind, target, ForeignKeyConstraint(["other_id"], ["others.id"], ondelete="RESTRICT"))
        assert refused(table_rules.foreign_keys_point_inwards, broken)

    def test_long_name(self) -> None:
        """A constraint name of 51 characters is refused, one of 50 is not."""
        sku: Column[str] = Column("sku", String(9))
        made = table("things", *key("tenant_id", "id"), sku, UniqueConstraint("tenant_id", "sku", name="u" * 50))
        assert not list(table_rules.names_are_short(made))
        Index("u" * 51, sku)
        assert refused(table_rules.names_are_short, made)

    def test_long_policy_name(self) -> None:
        """So is a policy's."""
        broken = table("t" * 48, *key("tenant_id", "id"))
        assert refused(table_rules.names_are_short, broken)

    def test_no_name(self) -> None:
        """A constraint that leaves its name to the server is refused."""
        assert refused(table_rules.names_are_short, table("things", *key("tenant_id", "id"), within=MetaData()))

    @pytest.mark.parametrize("ondelete", [None, "NO ACTION", "SET NULL", "SET DEFAULT"])
    def test_on_delete(self, ondelete: str | None) -> None:
        """ON DELETE of a tenant table that is neither RESTRICT nor CASCADE is refused."""
        constraint = ForeignKeyConstraint(["other_id"], ["others.id"], ondelete=ondelete)
        assert refused(table_rules.deletes_are_plain, two(TENANT, REFERENCE, constraint))

    @pytest.mark.parametrize(
        "kind",
        [
            Enum("a", "b", name="letters"),
            ENUM("a", "b", name="letters"),
            Enum("a", "b", native_enum=False),
            DOMAIN("slug", String()),
            ARRAY(ENUM("a", name="letters")),
            DateTime(),
        ],
        ids=repr,
    )
    def test_type(self, kind: Any) -> None:
        """An enum, a domain, an array of them and a time without its zone are refused."""
        assert refused(table_rules.types_are_built_in, table("things", *key("tenant_id", "id"), Column("state", kind)))

    def test_no_policy(self) -> None:
        """A tenant table that serves nobody but the system role has no policy, and is refused."""
        broken = table("things", *key("tenant_id", "id"), grants=(grant(Role.SYSTEM, "SELECT"),))
        assert refused(table_rules.policies_are_the_required, broken)

    @pytest.mark.parametrize(
        "policy",
        [
            Policy("things_all", Role.APP, "true"),
            Policy("things_all", Role.APP, "true", command="SELECT"),
            own_row("things", "user_id"),
            own_row("things", "id", command="SELECT"),
        ],
    )
    def test_wide_policy(self, policy: Policy) -> None:
        """A second policy that shows or changes more than a person's own rows is refused."""
        broken = table("things", *key("tenant_id", "id"), policies=(policy,))
        assert refused(table_rules.policies_are_the_required, broken)

    def test_role_without_policy(self) -> None:
        """A role with grants on a protected table and no policy there would see nothing: refused."""
        broken = table("things", *key("id"), kind=LOCAL, policies=(own_row("things", "id", role=Role.IDENTITY),))
        assert refused(table_rules.policies_are_the_required, broken)

    def test_one_name_twice(self) -> None:
        """Two policies of one name are refused."""
        same = own_row("things", "id")
        broken = table("things", *key("id"), kind=LOCAL, policies=(same, same))
        assert refused(table_rules.policies_are_the_required, broken)

    @pytest.mark.parametrize("condition", ["id IN (SELECT id FROM users)", "may_see(id)"])
    def test_reading_policy(self, condition: str) -> None:
        """A condition that reads a table, by itself or by a function, is refused."""
        broken = table("things", *key("id"), kind=LOCAL, policies=(Policy("things_all", Role.APP, condition),))
        assert refused(table_rules.conditions_read_no_table, broken)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("AS PERMISSIVE", "AS RESTRICTIVE"),
            ("ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"),
            ("FORCE ROW", "NO FORCE ROW"),
            ("WITH CHECK", "WITHOUT"),
            ("USING", "WITHOUT"),
        ],
    )
    def test_insecure(self, before: str, after: str) -> None:
        """SQL that says RESTRICTIVE, or leaves out ENABLE, FORCE, USING or WITH CHECK, is refused."""
        made = table("things", *key("tenant_id", "id"))
        statements = list(protect(made))
        assert not list(table_rules.is_secured(made, statements))
        assert list(table_rules.is_secured(made, [text.replace(before, after) for text in statements]))

    def test_system(self) -> None:
        """A business table that is open to the role that looks past the policies is refused."""
        broken = table(
            "things", *key("tenant_id"), Column("n", BigInteger), grants=(*app_owns(), grant(Role.SYSTEM, "SELECT"))
        )
        assert refused(table_rules.system_keeps_off, broken)

    def test_reference_to_itself(self) -> None:
        """A reference table may point to reference tables."""
        made = table("things", *key("id"), Column("up_id", Uuid, ForeignKey("things.id")), kind=REFERENCE)
        assert not list(table_rules.foreign_keys_point_inwards(made))
