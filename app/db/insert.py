"""Inserting one new row without the ORM's flush: the statement of a class compiled once, run on the unit of work's connection.

A flush plans, sorts and re-reads what is a single INSERT: five times the cost of the statement (ADR 0022).
"""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, Insert, Table, insert
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.orm import Mapper, object_mapper
from sqlalchemy.orm.attributes import set_committed_value

from app.db.base import Base
from app.db.mixins import TenantMixin
from app.db.uow import UnitOfWork

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its dialects untyped
_TENANT = "tenant_id"
_inserts: dict[tuple[type[Base], frozenset[str]], "CompiledInsert"] = {}


class CompiledInsert:
    """INSERT of one row of a class; what the database fills in comes back by RETURNING."""

    def __init__(self, mapper: Mapper[Any], left_out: frozenset[str]) -> None:
        """`left_out` are the attributes that the database fills in. The number of such shapes is that of the callers'.

        Raises:
            TypeError: a class over several tables, or a default that only a flush can compute.
        """
        table = mapper.local_table
        if not isinstance(table, Table) or len(mapper.tables) != 1:
            raise TypeError(f"{mapper.class_.__name__} is no class of one table; use add")
        self._attributes = tuple(prop.key for prop in mapper.column_attrs if prop.key not in left_out)
        columns = [mapper.columns[key] for key in self._attributes]
        self.returned = tuple(prop.key for prop in mapper.column_attrs if prop.key in left_out)
        self._defaults = {
            key: _default(column) for key, column in zip(self._attributes, columns, strict=True) if column.default
        }
        statement = insert(table).values(dict.fromkeys(column.key for column in columns))
        if self.returned:
            statement = statement.returning(*(mapper.columns[key] for key in self.returned))
        self.sql, order = _compiled(statement)
        places = {column.key: place for place, column in enumerate(columns)}
        self._order = tuple(places[name] for name in order)
        self._processors = tuple(_processor(columns[place]) for place in self._order)

    def arguments(self, row: Base) -> list[Any]:
        """The values of the row's attributes, defaults filled in, in the order of the statement's parameters."""
        values = [self._value(row, key) for key in self._attributes]
        ordered = zip(self._order, self._processors, strict=True)
        return [
            values[place] if process is None or values[place] is None else process(values[place])
            for place, process in ordered
        ]

    def _value(self, row: Base, key: str) -> Any:
        if key in self._defaults and key not in row.__dict__:
            set_committed_value(row, key, self._defaults[key]())
        return getattr(row, key)


async def insert_row(uow: UnitOfWork, row: Base) -> None:
    """Write a new row now; afterwards it has every value that the database has.

    It is not attached to the session: whoever wants to change it in the same unit of work gets it first.

    Raises:
        RuntimeError: a tenant's row without a bound tenant, or of another tenant.
        asyncpg.IntegrityConstraintViolationError: a broken constraint, by name.
    """
    mapper = object_mapper(row)
    _bind(uow, row)
    left_out = frozenset(_left_out(mapper, row))
    key = (type(row), left_out)
    statement = _inserts.get(key)
    if statement is None:
        statement = _inserts[key] = CompiledInsert(mapper, left_out)
    arguments = statement.arguments(row)
    if not statement.returned:
        await uow.connection.execute(statement.sql, *arguments)
        return
    returned = await uow.connection.fetchrow(statement.sql, *arguments)
    for name, value in zip(statement.returned, returned, strict=True):
        set_committed_value(row, name, value)


def _bind(uow: UnitOfWork, row: Base) -> None:
    """As the session does before a flush: the row gets the bound tenant, and a row of another is refused."""
    if not isinstance(row, TenantMixin):
        return
    if uow.tenant_id is None:
        raise RuntimeError(f"{type(row).__name__} belongs to a tenant: bind one first")
    if row.__dict__.get(_TENANT) not in {None, uow.tenant_id}:
        raise RuntimeError(f"{type(row).__name__} of another tenant than the bound one")
    row.tenant_id = uow.tenant_id


def _left_out(mapper: Mapper[Any], row: Base) -> Iterator[str]:
    """The attributes that were not set and that only the database has a default for."""
    for prop in mapper.column_attrs:
        column = mapper.columns[prop.key]
        if column.server_default is not None and column.default is None and prop.key not in row.__dict__:
            yield prop.key


def _compiled(statement: Insert) -> tuple[str, tuple[str, ...]]:
    compiled = statement.compile(dialect=_DIALECT)
    return compiled.string, tuple(compiled.positiontup or ())


def _default(column: Column[Any]) -> Callable[[], Any]:
    """A constant or a function of no arguments."""
    default: Any = column.default
    if default.is_scalar:
        return lambda: default.arg
    if default.is_callable:
        return lambda: default.arg(None)  # SQLAlchemy wraps every function to take its context
    raise TypeError(f"{column}: only a flush can compute its default; use add")


def _processor(column: Column[Any]) -> Callable[[Any], Any] | None:
    """What the type does to a value before the driver sees it (JSON to text)."""
    processor: Callable[[Any], Any] | None = column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return processor
