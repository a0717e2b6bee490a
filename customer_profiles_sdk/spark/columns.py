"""Which columns of a frame are read and carried, and whether their types fit the fields that they fill.

All of it is checked on the driver, before a task starts. What a cell says is left to ``bulk.cells``.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs
from pyspark.sql import types

from customer_profiles_sdk.bulk.cells import shown_column
from customer_profiles_sdk.bulk.columns import ColumnMapping
from customer_profiles_sdk.bulk.errors import ColumnsError
from customer_profiles_sdk.bulk.fields import ATTRIBUTES, FieldPath, field_path
from customer_profiles_sdk.bulk.records import unique_names
from customer_profiles_sdk.bulk.rules import IGNORE, OTHERS
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import Problem

_TEXTS: Final = (
    types.StringType,
    types.CharType,
    types.VarcharType,
    types.ByteType,
    types.ShortType,
    types.IntegerType,
    types.LongType,
    types.DecimalType,
    types.DateType,
    types.TimestampType,
    types.TimestampNTZType,
    types.NullType,
)
"""The types whose values have one text."""
_ATTRIBUTES: Final = (*_TEXTS, types.BooleanType, types.FloatType, types.DoubleType)
"""The same for attributes, which are often numbers."""
_NAMED_IN_ROWS: Final = (types.MapType, types.VariantType, types.UserDefinedType)
"""The types whose values have names of their own in Arrow, of which the frame's schema says nothing."""


@attrs.frozen
class FrameColumns:
    """The columns of a frame that are used.

    Attributes:
        read: those that are read.
        carry: those that go into the outcomes as they are.
        mapping: the mapping, in which carried columns that fill no field are ignored.
    """

    read: tuple[str, ...]
    carry: tuple[str, ...]
    mapping: ColumnMapping


def checked_columns(
    schema: types.StructType,
    mapping: ColumnMapping,
    keys: Sequence[SearchKey],
    carry: Sequence[str] = (),
    *,
    case_sensitive: bool = False,
) -> FrameColumns:
    """Return which columns are used.

    Raises:
        ColumnsError: columns and mapping do not fit together, or a type does not fit.
    """
    problems = [*_named_twice(schema.names, case_sensitive=case_sensitive), *_unknown(carry, schema.names)]
    if problems:
        raise ColumnsError(problems)
    columns = {each.name: dict(_flat(each.name, each.dataType)) for each in schema.fields}
    problems = list(_named_twice([name for name, _ in _all(columns)], case_sensitive=True))
    if problems:
        raise ColumnsError(problems)
    unmapped = (name for each in carry for name in columns[each] if not _fills_something(mapping, name))
    mapping = mapping.updated(dict.fromkeys(unmapped, IGNORE))
    read = tuple(each for each, flat in columns.items() if not _is_left_out(flat, mapping))
    _check_read({name: kind for each in read for name, kind in columns[each].items()}, mapping, keys)
    return FrameColumns(read, tuple(carry), mapping)


def _is_left_out(flat: dict[str, types.DataType], mapping: ColumnMapping) -> bool:
    """Tell whether a column is ignored by not reading it. A text is read, because it may be another column's label."""
    is_ignored = all(mapping.columns.get(name) == IGNORE for name in flat)
    return is_ignored and not all(isinstance(kind, _ATTRIBUTES) for kind in flat.values())


def _check_read(columns: dict[str, types.DataType], mapping: ColumnMapping, keys: Sequence[SearchKey]) -> None:
    problems = [
        Problem(name, f"cannot be ignored alone, as it is {kind.simpleString()}: ignore all of its struct, or drop it")
        for name, kind in columns.items()
        if isinstance(kind, _NAMED_IN_ROWS) and mapping.columns.get(name) == IGNORE != mapping.columns.get(OTHERS)
    ]
    if problems:
        raise ColumnsError(problems)
    maps = {name: kind for name, kind in columns.items() if isinstance(kind, types.MapType)}
    entries = {
        entry: kind.valueType
        for name, kind in maps.items()
        for entry in mapping.columns
        if entry.startswith(f"{name}.")
    }
    kinds = {name: kind for name, kind in columns.items() if name not in maps} | entries
    if any(_is_attributes(name) for name in maps):
        kinds[f"{ATTRIBUTES}.*"] = next(kind.valueType for name, kind in maps.items() if _is_attributes(name))
    names = unique_names(list(kinds))
    plan = mapping.plan(names)
    plan.check_keys(keys)
    problems = [
        Problem(shown_column(name, position), message)
        for position, (name, fields) in enumerate(zip(names, plan.fields_of_columns(), strict=True), start=1)
        if (message := _type_problem(kinds[name], fields))
    ]
    problems += [
        Problem(name, f"is a map whose entries are not mapped: map them, as in {name}.key, or map the column to ignore")
        for name in maps
        if not (_is_attributes(name) or OTHERS in mapping.columns or any(e.startswith(f"{name}.") for e in entries))
    ]
    if problems:
        raise ColumnsError(problems)


def _named_twice(names: Sequence[str], *, case_sensitive: bool) -> Iterator[Problem]:
    seen: set[str] = set()
    for position, name in enumerate(names, start=1):
        plain = name if case_sensitive else name.lower()
        if plain in seen:
            yield Problem(shown_column(name, position), "is the name of two columns: rename one")
        seen.add(plain)


def _unknown(carry: Sequence[str], names: Sequence[str]) -> Iterator[Problem]:
    for name in carry:
        if name not in names:
            yield Problem("carry", f"there is no column {name!r}")


def _flat(name: str, kind: types.DataType) -> Iterator[tuple[str, types.DataType]]:
    """Yield a column, or for a struct its members, with dotted names."""
    if not isinstance(kind, types.StructType):
        yield name, kind
        return
    for member in kind.fields:
        yield from _flat(f"{name}.{member.name}", member.dataType)


def _all(columns: dict[str, dict[str, types.DataType]]) -> Iterator[tuple[str, types.DataType]]:
    for flat in columns.values():
        yield from flat.items()


def _fills_something(mapping: ColumnMapping, name: str) -> bool:
    return name in mapping.columns or OTHERS in mapping.columns or field_path(name) is not None or _is_attributes(name)


def _is_attributes(name: str) -> bool:
    path = field_path(f"{name}.key")
    return path is not None and path.group == ATTRIBUTES and path.key == "key"


def _type_problem(kind: types.DataType, fields: tuple[FieldPath, ...]) -> str | None:
    if not fields:
        return None
    fits = isinstance(kind, _ATTRIBUTES if all(path.group == ATTRIBUTES for path in fields) else _TEXTS)
    return None if fits else f"is {kind.simpleString()}, which is no text: cast the column to string"
