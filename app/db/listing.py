"""Lists of rows, declared: what a parameter of the query means in SQL, what may be sorted by, and where the next page begins.

A list is one statement a page, by keyset: it goes on behind the last row's values, so that the thousandth page costs what
the first does, and rows that come and go between pages neither repeat nor hide others. The order always ends in the key.
NULL is the largest value, as PostgreSQL has it: last where values rise, first where they fall.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    any_,
    bindparam,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from app.db.query import Bound, QueryError, QueryShapes, check_record, check_tenant
from app.exceptions import InvalidCursor
from app.extensions.pages import MAX_TOTAL, PageQuery, sort_pattern
from app.extensions.pagination import CursorCodec
from app.utils.schemas import CountedPage, Page

R = TypeVar("R")
NOTHING: Mapping[str, Any] = MappingProxyType({})
Rows = Select[*tuple[Any, ...]]
Values = Mapping[str, Any]
OF_EVERY_LIST = frozenset(PageQuery.model_fields) | {"sort", "expand"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What one parameter means: a condition on its value, the value's type, and how text of the query becomes it."""

    condition: Callable[[BindParameter[Any]], ColumnElement[bool]]
    type: TypeEngine[Any]
    read: Callable[[Any], Any] | None = None


def equals(column: Any) -> Filter:
    """The column is the value."""
    return Filter(lambda value: column == value, column.type)


def among(column: Any) -> Filter:
    """The column is one of the values that stand in the text by comma (`several` in `app/extensions/pages.py`)."""
    return Filter(lambda values: column == any_(values), ARRAY(column.type), lambda text: text.split(","))


def holds(column: Any) -> Filter:
    """The value is one of those in the column, an array."""
    return Filter(lambda value: value == any_(column), column.type.item_type)


def at_least(column: Any) -> Filter:
    """`[gte]`."""
    return Filter(lambda value: column >= value, column.type)


def at_most(column: Any) -> Filter:
    """`[lte]`."""
    return Filter(lambda value: column <= value, column.type)


def below(column: Any) -> Filter:
    """`[lt]`."""
    return Filter(lambda value: column < value, column.type)


def contains(*columns: Any) -> Filter:
    """`q`: the text stands somewhere in one of the columns, in any letter case; nothing in it is a wildcard."""
    return Filter(
        lambda value: or_(*(column.ilike(value) for column in columns)), String(), lambda text: f"%{_escaped(text)}%"
    )


def begins(column: Any) -> Filter:
    """The column is the text, or begins with it where it ends in `*`."""
    return Filter(column.like, String(), _prefix)


class Listing(Generic[R]):
    """One list of the platform: its rows, its key, and what the client may ask for. It is written once and keeps no state."""

    def __init__(
        self,
        name: str,
        record: type[R],
        rows: Rows,
        query: type[PageQuery],
        *,
        key: Mapping[str, Any],
        sorts: Mapping[str, Any] | None = None,
        order: str,
        filters: Mapping[str, Filter] | None = None,
        across_tenants: str = "",
    ) -> None:
        """`name` binds the cursors. `key` and `sorts` are columns by the record's fields; `order` is the order where none is asked for.

        `filters` are by the fields of `query`. `across_tenants` is as that of `Query`.

        Raises:
            QueryError: `query` declares what has no meaning here or the other way round, a sort is no field of the
                record, or the statement does not fit the record or forgets the tenant.
        """
        self.name = name
        self.across_tenants = across_tenants
        self._record, self._statement = record, rows
        self._key = dict(key)
        self._columns = {**(sorts or {}), **self._key}
        self._order = order
        self._usual = self._terms(order)
        self._filters = dict(filters or {})
        self._shapes: QueryShapes[R] = QueryShapes(record, across_tenants=across_tenants)
        self._counts: QueryShapes[_Count] = QueryShapes(_Count, across_tenants=across_tenants)
        check_record(rows, record)
        if not across_tenants:
            check_tenant(rows)
        self._check(query, tuple(sorts or ()))

    async def page(
        self,
        uow: Bound,
        cursors: CursorCodec,
        asked: PageQuery,
        *,
        scope: Sequence[Any] = (),
        fixed: Values = NOTHING,
    ) -> Page[R]:
        """The page that is asked for. `fixed` are the statement's own parameters; `scope` binds the cursor to more than the tenant.

        Raises:
            InvalidCursor: the cursor is not of this list, tenant, scope, sort and filters.
        """
        values = self.values(vars(asked))
        order = getattr(asked, "sort", None) or self._order
        terms = self._usual if order == self._order else self._terms(order)
        bound = (self.name, str(uow.tenant_id), *scope, order, sorted(values.items()))
        after = None if asked.cursor is None else self._position(cursors.decode(asked.cursor, bound_to=bound), order)
        rows = await self.rows(uow, values, limit=asked.limit + 1, order=order, after=after, fixed=fixed)
        has_more = len(rows) > asked.limit
        following = None
        if has_more:
            rows.pop()
            here = [getattr(rows[-1], name) for name, _ in terms]
            following = cursors.encode(here, bound_to=bound)
        if asked.include is None:
            return Page(rows, has_more, following)
        total = await self._total(uow, values, fixed)
        return CountedPage(rows, has_more, following, min(total, MAX_TOTAL), total > MAX_TOTAL)

    def values(self, asked: Values) -> dict[str, Any]:
        """What was asked of the filters, by name, as their conditions take it; None asks for nothing, nor does what is no filter."""
        given: dict[str, Any] = {}
        for name, item in self._filters.items():
            value = asked.get(name)
            if value is not None:
                given[name] = value if item.read is None else item.read(value)
        return given

    async def rows(
        self,
        uow: Bound,
        values: Values,
        *,
        limit: int,
        order: str | None = None,
        after: Sequence[Any] | None = None,
        fixed: Values = NOTHING,
    ) -> list[R]:
        """The first rows that pass the filters; behind the position `after`, which is the order's values and the key's."""
        order = order or self._order
        nulls = None if after is None else tuple(value is None for value in after)
        shape = (frozenset(values), order, nulls)
        query = self._shapes.get(shape, lambda: self._ordered(shape[0], order, nulls))
        given = {"limit": limit, **fixed}
        if values:
            given.update((f"filter_{name}", value) for name, value in values.items())
        if after is not None:
            given.update((f"after_{number}", value) for number, value in enumerate(after))
        return await query.all(uow, **given)

    async def _total(self, uow: Bound, values: Values, fixed: Values) -> int:
        shape = frozenset(values)
        query = self._counts.get(shape, lambda: self._counting(shape))
        given = {f"filter_{name}": value for name, value in values.items()}
        found = await query.first(uow, **given, **fixed)
        return 0 if found is None else found.counted

    def _filtered(self, names: frozenset[str]) -> Rows:
        items = ((name, self._filters[name]) for name in sorted(names))
        return self._statement.where(
            *(item.condition(bindparam(f"filter_{name}", type_=item.type)) for name, item in items)
        )

    def _ordered(self, names: frozenset[str], order: str, nulls: tuple[bool, ...] | None) -> Rows:
        terms = [(self._columns[name], falls) for name, falls in self._terms(order)]
        statement = self._filtered(names)
        if nulls is not None:
            statement = statement.where(_behind(terms, nulls))
        by = (column.desc() if falls else column.asc() for column, falls in terms)
        return statement.order_by(*by).limit(bindparam("limit", type_=Integer))

    def _counting(self, names: frozenset[str]) -> Rows:
        found = self._filtered(names).with_only_columns(literal(1).label("one"), maintain_column_froms=True)
        return select(func.count().label("counted")).select_from(found.limit(MAX_TOTAL + 1).subquery())

    def _terms(self, order: str) -> list[tuple[str, bool]]:
        """The names to sort by and whether they fall; the key, which decides last, goes as the name before it does."""
        terms = [(name.removeprefix("-"), name.startswith("-")) for name in order.split(",")]
        return [*terms, *((name, terms[-1][1]) for name in self._key if name not in {term[0] for term in terms})]

    def _position(self, sent: list[Any], order: str) -> list[Any]:
        try:
            pairs = zip(sent, self._terms(order), strict=True)
            return [_read(value, self._columns[name].type.python_type) for value, (name, _) in pairs]
        except (ValueError, TypeError) as error:
            raise InvalidCursor from error

    def _check(self, query: type[PageQuery], sorts: tuple[str, ...]) -> None:
        declared = query.model_fields.keys() - OF_EVERY_LIST
        if declared != self._filters.keys():
            raise QueryError(f"{self.name}: parameters {sorted(declared)} but filters {sorted(self._filters)}")
        if missing := self._columns.keys() - {field.name for field in fields(self._record)}:  # type: ignore[arg-type]  # checked before
            raise QueryError(f"{self.name}: {sorted(missing)} are no fields of {self._record.__name__}")
        told = query.model_json_schema()["properties"].get("sort", {})
        pattern = {**told, **told.get("anyOf", [{}])[0]}.get("pattern")
        if pattern != (sort_pattern(*sorts) if sorts else None):
            raise QueryError(f"{self.name}: give {query.__name__}.sort as sorted_by{sorts}, in this order")
        if told.get("default") not in {None, self._order}:
            raise QueryError(f"{self.name}: the default of sort is not {self._order}")


@dataclass(slots=True)
class _Count:
    counted: int


def _behind(terms: Sequence[tuple[Any, bool]], nulls: Sequence[bool]) -> ColumnElement[bool]:
    """What stands behind the position: a comparison of rows where that says it, since an index answers it at once."""
    places = [bindparam(f"after_{number}", type_=column.type) for number, (column, _) in enumerate(terms)]
    columns = [column for column, _ in terms]
    falls = {fall for _, fall in terms}
    if len(falls) == 1 and not any(_nullable(column) for column in columns):
        here, there = tuple_(*columns), tuple_(*places)
        return here < there if falls.pop() else here > there
    steps = [
        (_next(column, place, falls=fall, is_null=is_null), column.is_(None) if is_null else column == place)
        for (column, fall), place, is_null in zip(terms, places, nulls, strict=True)
    ]
    condition = steps[-1][0]  # of the key, which no two rows share
    for behind, same in reversed(steps[:-1]):
        condition = or_(behind, and_(same, condition))
    first, fall = terms[0]
    if _nullable(first):
        return condition
    return and_(first <= places[0] if fall else first >= places[0], condition)  # what an index can begin at


def _next(column: Any, place: Any, *, falls: bool, is_null: bool) -> ColumnElement[bool]:
    """What comes behind the value alone; NULL is the largest."""
    if falls:
        return column.is_not(None) if is_null else column < place  # type: ignore[no-any-return]  # a column's comparison
    if is_null:
        return false()
    return or_(column > place, column.is_(None)) if _nullable(column) else column > place


def _nullable(column: Any) -> bool:
    return bool(getattr(column.expression if hasattr(column, "expression") else column, "nullable", True))


def _read(value: Any, kind: type) -> Any:
    """A value of a cursor as its column has it; the cursor is signed, so that it is ours."""
    if value is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(value)
    return kind(value)


def _escaped(text: str) -> str:
    """LIKE takes %, _ and the backslash for itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _prefix(text: str) -> str:
    return f"{_escaped(text.removesuffix('*'))}%" if text.endswith("*") else _escaped(text)
