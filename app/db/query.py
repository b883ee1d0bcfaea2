"""Query objects: SQLAlchemy as the language, compiled once, run on the unit of work's connection, rows to records.

What a statement selects and what its record declares are compared when the module is imported: names, order, types and
nullability. So is the second lock: every tenant table in it must be compared with the parameter `tenant_id`.
"""

import types
import typing
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    Column,
    ColumnClause,
    FromClause,
    Join,
    Label,
    Select,
    Table,
    TableClause,
    cast,
    extract,
    literal_column,
)
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList
from sqlalchemy.sql.selectable import AliasedReturnsRows

from app.db.base import Base, is_tenant_table

R = TypeVar("R")
MOST_SHAPES = 300
"""Of one statement: what clients may combine is more than anybody does, and each costs memory."""
_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped


class Bound(Protocol):
    """What a query needs of a unit of work."""

    tenant_id: UUID | None

    @property
    def connection(self) -> Any:
        """The bound connection."""


class QueryError(TypeError):
    """A statement that does not fit its record or forgets the tenant; raised at import."""


class Query(Generic[R]):
    """A compiled SELECT whose rows are records of one dataclass, made by position."""

    def __init__(self, statement: Select[*tuple[Any, ...]], record: type[R], *, across_tenants: str = "") -> None:
        """`across_tenants` is the reason why a tenant table is read without the tenant parameter (allow-listed by test).

        Raises:
            QueryError: the statement and the record differ, or a tenant table is not bound.
        """
        check_record(statement, record)
        if not across_tenants:
            check_tenant(statement)
        compiled = statement.compile(dialect=_DIALECT)
        if "POSTCOMPILE" in compiled.string:
            raise QueryError(
                "write `column == any_(bindparam(...))` instead of IN: the text must not depend on the values"
            )
        self.sql = compiled.string
        self.record = record
        self.across_tenants = across_tenants
        self._names: tuple[str, ...] = tuple(compiled.positiontup or ())
        self._defaults = dict(compiled.params)

    def arguments(self, uow: Bound, values: dict[str, Any]) -> list[Any]:
        """The values in the order of the statement's parameters; the tenant comes from the unit of work alone."""
        values = {**values, "tenant_id": uow.tenant_id}
        return [values[name] if name in values else self._defaults[name] for name in self._names]

    async def all(self, uow: Bound, **values: Any) -> list[R]:
        """All records."""
        rows = await uow.connection.fetch(self.sql, *self.arguments(uow, values))
        record = self.record
        return [record(*row) for row in rows]

    async def first(self, uow: Bound, **values: Any) -> R | None:
        """The first record, or None."""
        row = await uow.connection.fetchrow(self.sql, *self.arguments(uow, values))
        return None if row is None else self.record(*row)


class QueryShapes(Generic[R]):
    """A statement that has several shapes (filters, sort, cursor); each is compiled when it is first asked for."""

    def __init__(self, record: type[R], *, across_tenants: str = "") -> None:
        """All shapes make the same record. `across_tenants` is as that of `Query`."""
        self._record = record
        self._across_tenants = across_tenants
        self._shapes: dict[Hashable, Query[R]] = {}

    def get(self, shape: Hashable, build: typing.Callable[[], Select[*tuple[Any, ...]]]) -> Query[R]:
        """The query of the shape. Beyond the most that are kept, the one that was built first makes room."""
        query = self._shapes.get(shape)
        if query is None:
            query = Query(build(), self._record, across_tenants=self._across_tenants)
            if len(self._shapes) >= MOST_SHAPES:
                del self._shapes[next(iter(self._shapes))]
            self._shapes[shape] = query
        return query


def version_since(beginning: Any, version: Any) -> Label[int]:
    """The version that is shown of a row whose key may come again: the microseconds of its beginning, and the changes since.

    Nothing changes as often as once a microsecond: the next of the same key begins above all that its last had. Were a clock set
    back between them, the two would have to meet in the same microsecond.
    """
    begun = cast(extract("epoch", beginning) * literal_column("1000000"), BigInteger)
    found: Label[int] = (begun + version).label("version")
    return found


def check_record(statement: Select[*tuple[Any, ...]], record: type[Any]) -> None:
    """Compare the statement's columns with the record's fields.

    Raises:
        QueryError: names, order, types or nullability differ.
    """
    if not is_dataclass(record):
        raise QueryError(f"{record.__name__} is not a dataclass")
    hints = typing.get_type_hints(record)
    declared = [(field.name, *_unwrapped(hints[field.name])) for field in fields(record)]
    selected = [(column.name, _python_type(column), _nullable(column)) for column in statement.selected_columns]
    if [name for name, *_ in declared] != [name for name, *_ in selected]:
        raise QueryError(f"{record.__name__}: fields {[d[0] for d in declared]} but columns {[s[0] for s in selected]}")
    for (name, kind, optional), (_, python_type, nullable) in zip(declared, selected, strict=True):
        if not issubclass(python_type, kind) or (nullable is not None and nullable != optional):
            raise QueryError(
                f"{record.__name__}.{name}: {kind.__name__} (None: {optional}), column {python_type.__name__} (null: {nullable})"
            )


def check_tenant(statement: Select[*tuple[Any, ...]]) -> None:
    """Demand `tenant_id = :tenant_id`, joined by AND alone, for every tenant table and every alias of one.

    Raises:
        QueryError: a tenant table is not bound.
    """
    read: set[FromClause] = set()
    bound: set[FromClause] = set()
    for element in visitors.iterate(statement):
        if isinstance(element, Select):
            bound.update(_bound_by(element.whereclause))
            for source in _sources(element.get_final_froms()):
                if isinstance(source, Join):
                    bound.update(_bound_in(source))
                elif _is_of_tenants(source):
                    read.add(source)
    if missing := read - bound:
        raise QueryError(
            f"{sorted(str(source.description) for source in missing)}: compare tenant_id with the parameter of that name"
        )


def _sources(froms: Iterable[FromClause]) -> Iterator[FromClause]:
    """What stands in FROM, joins and what they join."""
    for source in froms:
        yield source
        if isinstance(source, Join):
            yield from _sources((source.left, source.right))


def _is_of_tenants(source: FromClause) -> bool:
    """Whether it has rows of tenants. A table that is named alone is looked up; one that is mapped nowhere yet may be a tenant's."""
    table: Any = source
    while isinstance(table, AliasedReturnsRows):
        table = table.element
    if isinstance(table, TableClause) and not isinstance(table, Table):
        table = Base.metadata.tables.get(table.name)
        return table is None or is_tenant_table(table)
    return isinstance(table, Table) and is_tenant_table(table)


def _bound_in(join: Join) -> Iterator[FromClause]:
    """What its condition binds. An outer join's filters the side alone that may be absent: the other is read whatever it says."""
    if join.full:
        return
    filtered = set(_sources((join.right,)))
    for source in _bound_by(join.onclause):
        if not join.isouter or source in filtered:
            yield source


def _bound_by(condition: Any) -> Iterator[FromClause]:
    """The sources whose tenant_id the condition compares with the parameter; behind OR and NOT nothing is bound."""
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for part in condition.clauses:
            yield from _bound_by(part)
    elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
        column, value = condition.left, condition.right
        named = isinstance(column, ColumnClause) and column.name == "tenant_id"
        if named and column.table is not None and _is_tenant_parameter(value):
            yield column.table


def _is_tenant_parameter(value: Any) -> bool:
    return isinstance(value, BindParameter) and value.key == "tenant_id"


def _python_type(column: Any) -> type:
    """What the raw connection hands over."""
    kind: type = dict if isinstance(column.type, JSON) else column.type.python_type
    return kind


def _nullable(column: Any) -> bool | None:
    return column.nullable if isinstance(column, Column) else None


def _unwrapped(hint: Any) -> tuple[type, bool]:
    """The plain class of an annotation, and whether None is allowed."""
    if typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    optional = False
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        inner: Sequence[Any] = [item for item in typing.get_args(hint) if item is not type(None)]
        optional = len(inner) < len(typing.get_args(hint))
        hint = inner[0]
    if typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    if typing.get_origin(hint) is typing.Literal:
        hint = type(typing.get_args(hint)[0])
    return typing.get_origin(hint) or hint, optional
