"""Parquet files, with pyarrow: a struct's members become columns, a map's entries names of their own in each record."""

import importlib
from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from itertools import count
from typing import Any, Final, NamedTuple, cast

from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.record_names import RecordNames
from customer_profiles_sdk.bulk.records import Format, Record, unique_names
from customer_profiles_sdk.bulk.sources import OpenedRecords, Source

# pyarrow is no dependency and has no types: whatever comes from it is Any.

BATCH: Final = 2_000  # records
_BUFFER: Final = 1 << 20  # bytes of a column that are read at once, however large its row groups are
_UNREADABLE: Final = object()
_KEPT: Final = (str, int, float, bytes, type(None))


class _Column(NamedTuple):
    """The values of a column in a batch; with ``readable``, there is none that is ``_UNREADABLE``."""

    values: Sequence[object]
    readable: bool


class ParquetRecords(OpenedRecords):
    """The records of a Parquet file. With a column that is a map, each record has names of its own."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.format = Format.PARQUET
        self.delimiter = ","
        self.encoding = "utf-8"
        self.preamble: tuple[str, ...] = ()
        self._arrow = arrow = _pyarrow()
        try:
            self._file: Any = arrow.parquet.ParquetFile(source.binary, buffer_size=_BUFFER)
            columns = list(_columns(arrow, self._file.schema_arrow.empty_table()))
        except (arrow.ArrowException, OSError):
            columns = []
        if not columns:
            raise InputFileError("no Parquet file, not a whole one, or one without columns")
        header = tuple(name for name, _ in columns)
        self._names = unique_names(header)
        self._maps = frozenset(
            position for position, (_, column) in enumerate(columns) if arrow.types.is_map(column.type)
        )
        self.header: tuple[str, ...] = () if self._maps else header
        self.names: tuple[str, ...] = () if self._maps else self._names

    def __iter__(self) -> Iterator[Record]:
        numbers = count(1)
        shared = RecordNames().shared
        for columns in self._batches():
            rows = zip(*(column.values for column in columns), strict=True)
            if not self._maps and all(column.readable for column in columns):
                for cells in rows:
                    number = next(numbers)
                    yield Record(number, number, self._names, cells)
            else:
                for cells in rows:
                    number = next(numbers)
                    names, own_cells, problem = self._own_names(cells)
                    yield Record(number, number, shared(names), own_cells, problem)

    def _batches(self) -> Iterator[list[_Column]]:
        """Yield the columns, a batch of records at a time."""
        failed = False
        batches = self._file.iter_batches(batch_size=BATCH, use_threads=False)
        while not failed:
            try:
                batch = next(batches, None)
            except (self._arrow.ArrowException, OSError):
                failed = True
            else:
                if batch is None:
                    return
                yield [_column(self._arrow, column) for _, column in _columns(self._arrow, batch)]
                del batch  # a traceback may show it
        raise InputFileError("the Parquet file cannot be read beyond the records before this: is it a whole one?")

    def _own_names(self, cells: Sequence[object]) -> tuple[tuple[str, ...], list[object], str | None]:
        names: list[str] = []
        own_cells: list[object] = []
        problem = None
        for position, cell in enumerate(cells):
            name = self._names[position]
            if cell is _UNREADABLE:
                problem = f"the value of column {name!r} is out of range or no UTF-8"
            elif position not in self._maps:
                names.append(name)
                own_cells.append(cell)
            else:
                entries = cast("list[tuple[str, object]]", cell)
                names += [f"{name}.{key}" for key, _ in entries]
                own_cells += [value for _, value in entries]
        if len(set(names)) != len(names):
            problem = "the same name twice: in a map, or once with a dot and once in a map"
        return tuple(names), own_cells, problem


def _pyarrow() -> Any:
    try:
        importlib.import_module("pyarrow.parquet")
        return importlib.import_module("pyarrow")
    except ImportError:
        pass
    raise InputFileError("Parquet files are read with pyarrow: pip install 'customer-profiles-sdk[parquet]'")


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
