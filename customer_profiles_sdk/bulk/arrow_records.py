"""Batches of Arrow as records: a struct's members become columns, a map's entries names of their own in each record.

It serves Parquet files and Spark's frames. Where the batches come from is left to those who read them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from itertools import count
from typing import Any, Final, NamedTuple, cast

from customer_profiles_sdk.bulk.record_names import RecordNames
from customer_profiles_sdk.bulk.records import Record, unique_names

# pyarrow is no dependency and has no types: whatever comes from it is Any.

_UNREADABLE: Final = object()
_KEPT: Final = (str, int, float, bytes, type(None))


class _Column(NamedTuple):
    """The values of a column in a batch; with ``readable``, there is none that is ``_UNREADABLE``."""

    values: Sequence[object]
    readable: bool


class ArrowRecords:
    """Turns batches of one schema into records. With a column that is a map, each record has names of its own.

    Args:
        arrow: the module ``pyarrow``.
        table: a table or a batch with the columns; its rows are not looked at.

    Attributes:
        header: the columns' names, dotted for a struct's members.
        names: the same, each once.
        maps: the positions of the columns that are maps.
    """

    def __init__(self, arrow: Any, table: Any) -> None:
        columns = list(_columns(arrow, table))
        self.header: tuple[str, ...] = tuple(name for name, _ in columns)
        self.names: tuple[str, ...] = unique_names(self.header)
        self.maps: frozenset[int] = frozenset(
            position for position, (_, column) in enumerate(columns) if arrow.types.is_map(column.type)
        )
        self._arrow = arrow

    def records(self, batches: Iterable[Any]) -> Iterator[Record]:
        """Yield the records of batches, numbered from 1."""
        numbers = count(1)
        shared = RecordNames().shared
        for columns in self._columns_of(batches):
            rows = zip(*(column.values for column in columns), strict=True)
            if not self.maps and all(column.readable for column in columns):
                for cells in rows:
                    number = next(numbers)
                    yield Record(number, number, self.names, cells)
            else:
                for cells in rows:
                    number = next(numbers)
                    names, own_cells, problem = self._own_names(cells)
                    yield Record(number, number, shared(names), own_cells, problem)

    def _columns_of(self, batches: Iterable[Any]) -> Iterator[list[_Column]]:
        for batch in batches:
            yield [_column(self._arrow, column) for _, column in _columns(self._arrow, batch)]
            del batch  # a traceback may show it

    def _own_names(self, cells: Sequence[object]) -> tuple[tuple[str, ...], list[object], str | None]:
        names: list[str] = []
        own_cells: list[object] = []
        problem = None
        for position, cell in enumerate(cells):
            name = self.names[position]
            if cell is _UNREADABLE:
                problem = f"the value of column {name!r} is out of range or no UTF-8"
            elif position not in self.maps:
                names.append(name)
                own_cells.append(cell)
            else:
                entries = cast("list[tuple[str, object]]", cell)
                names += [f"{name}.{key}" for key, _ in entries]
                own_cells += [value for _, value in entries]
        if len(set(names)) != len(names):
            problem = "the same name twice: in a map, or once with a dot and once in a map"
        return tuple(names), own_cells, problem


def _columns(arrow: Any, table: Any) -> Iterator[tuple[str, Any]]:
    for field, column in zip(table.schema, table.columns, strict=True):
        yield from _flat(arrow, field.name, column)


def _flat(arrow: Any, name: str, column: Any) -> Iterator[tuple[str, Any]]:
    """Yield a column, or for a struct its members as columns with dotted names."""
    if not arrow.types.is_struct(column.type):
        yield name, column
        return
    for position, member in enumerate(column.flatten()):
        yield from _flat(arrow, f"{name}.{column.type.field(position).name}", member)


def _column(arrow: Any, column: Any) -> _Column:
    types = arrow.types
    if types.is_timestamp(column.type) and column.type.unit == "ns":
        # Python's times have microseconds.
        column = column.cast(arrow.timestamp("us", column.type.tz), safe=False)
    try:
        values: list[object] = column.to_pylist()
        readable = True
    except (ValueError, OverflowError, LookupError):  # no UTF-8, a year beyond 9999, an unknown time zone
        values = [_value(scalar) for scalar in column]
        readable = False
    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    if types.is_map(kind):
        values = [value if value is _UNREADABLE else _entries(value) for value in values]
    elif not (types.is_string(kind) or types.is_large_string(kind) or types.is_integer(kind) or types.is_boolean(kind)):
        values = [_plain(value) for value in values]
    return _Column(values, readable)


def _value(scalar: Any) -> object:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError, LookupError):
        return _UNREADABLE


def _entries(pairs: Any) -> list[tuple[str, object]]:
    return [(str(key), _plain(value)) for key, value in pairs or ()]


def _plain(value: object) -> object:
    """Return a value as JSON has it: times as ISO 8601 has them, decimals with all their digits."""
    if isinstance(value, _KEPT) or value is _UNREADABLE:
        return value
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return str(value)
