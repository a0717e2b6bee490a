"""Parquet files: structs and maps become names with dots, and values what JSON has for them."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from customer_profiles_sdk.bulk import parquet_files
from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.files import open_records
from customer_profiles_sdk.bulk.records import Format, Record

pa: Any = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install '.[parquet]'")
pq: Any = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install '.[parquet]'")

Reads = Callable[..., list[Record]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file is."""
    return tmp_path / "customers.parquet"


@pytest.fixture
def read(path: Path) -> Reads:
    """Write a table and read its records."""

    def read_all(table: Any, **options: object) -> list[Record]:  # pyarrow has no types
        pq.write_table(table, path, **options)
        with open_records(path) as records:
            return list(records)

    return read_all


def value_of(read: Reads, array: Any) -> object:
    """Return the value that an array of one has in a record."""
    (record,) = read(pa.table({"a": array}))
    assert (("a",), None) == (record.names, record.problem)
    return record.cells[0]


def test_records_have_the_columns_names(read: Reads, path: Path) -> None:
    """A record has its number, the columns' names, and a value or None for each."""
    found = read(pa.table({"name": ["Ana", None], "level": [1, 2], "vip": [True, None]}))
    assert [("Ana", 1, True), (None, 2, None)] == [record.cells for record in found]
    assert [(1, 1), (2, 2)] == [(record.number, record.line) for record in found]
    with open_records(path) as records:
        assert ("name", "level", "vip") == records.header == records.names == found[0].names
        assert (Format.PARQUET, ()) == (records.format, records.preamble)


def test_doubled_names_have_numbers(read: Reads) -> None:
    """Of two columns of one name each has a number; so has one that has a struct's dotted name."""
    struct = pa.array([{"city": "Köln"}])
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"]), struct, pa.array(["c"])], ["x", "x", "y", "y.city"])
    (record,) = read(table)
    assert ("x#1", "x#2", "y.city#1", "y.city#2") == record.names
    assert ("a", "b", "Köln", "c") == record.cells


def test_structs_become_dotted_names(read: Reads) -> None:
    """A struct's members are columns, at any depth; of one that is missing all are None."""
    kind = pa.struct([("city", pa.string()), ("geo", pa.struct([("lat", pa.int64())]))])
    found = read(pa.table({"address": pa.array([{"city": "Köln", "geo": {"lat": 1}}, None], kind), "z": ["x", "y"]}))
    assert {("address.city", "address.geo.lat", "z")} == {record.names for record in found}
    assert [("Köln", 1, "x"), (None, None, "y")] == [record.cells for record in found]


def test_maps_give_each_record_names_of_its_own(read: Reads, path: Path) -> None:
    """A map's entries are names of a record; equal ones are shared, and the file as a whole has none."""
    maps = pa.array([[("tier", "gold")], None, [("a", "b"), ("c", None)], [("tier", "x")]], pa.map_("string", "string"))
    found = read(pa.table({"name": ["1", "2", "3", "4"], "attributes": maps}))
    names = [("name", "attributes.tier"), ("name",), ("name", "attributes.a", "attributes.c")]
    assert [*names, names[0]] == [record.names for record in found]
    assert [["1", "gold"], ["2"], ["3", "b", None], ["4", "x"]] == [record.cells for record in found]
    assert found[0].names is found[3].names
    with open_records(path) as records:
        assert () == records.header == records.names


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array([date(1984, 3, 5)]), "1984-03-05"),
        (pa.array([datetime(2024, 3, 5, 8, 31, 2)]), "2024-03-05T08:31:02"),  # noqa: DTZ001
        (pa.array([1709627462000000001], pa.timestamp("ns")), "2024-03-05T08:31:02"),
        (pa.array([datetime(2024, 3, 5, 8, tzinfo=UTC)]), "2024-03-05T08:00:00+00:00"),
        (
            pa.array([datetime(2024, 3, 5, 8, tzinfo=timezone(timedelta(hours=2)))], pa.timestamp("ms", "+02:00")),
            "2024-03-05T08:00:00+02:00",
        ),
        (pa.array([time(8, 31)]), "08:31:00"),
        (pa.array([Decimal("10000.00")]), "10000.00"),
        (pa.array([Decimal("1E+3")], pa.decimal128(20, 0)), "1000"),
        (pa.array([1.5]), 1.5),
        (pa.array([b"x"]), b"x"),
        (pa.array(["x"]).dictionary_encode(), "x"),
        (pa.array(["x"], pa.large_string()), "x"),
        (pa.array([None]), None),
        (pa.array([[date(1984, 3, 5), None]]), ["1984-03-05", None]),
        (pa.array([[{"key": Decimal("1.10")}]]), [{"key": "1.10"}]),
        (pa.array([UUID(int=1).bytes], pa.uuid()), "00000000-0000-0000-0000-000000000001"),
        (pa.array([2**62]), 2**62),
    ],
)
def test_values_are_what_json_has_for_them(read: Reads, array: Any, expected: object) -> None:
    """Dates and times are texts as ISO 8601 has them, decimals texts with all their digits, all others as they are."""
    assert expected == value_of(read, array)


def test_a_value_that_cannot_be_read_is_a_problem_of_its_record(read: Reads) -> None:
    """A text that is no UTF-8 or a year beyond 9999 spoils its own record alone."""
    texts = pa.Array.from_buffers(
        pa.string(), 3, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0"), pa.py_buffer(b"a\xfcc")]
    )
    found = read(pa.table({"name": texts, "seen": pa.array([0, 0, 2**60], pa.timestamp("ms"))}))
    problem = "the value of column {!r} is out of range or no UTF-8"
    assert [None, problem.format("name"), problem.format("seen")] == [record.problem for record in found]
    assert [("a", "1970-01-01T00:00:00"), ("1970-01-01T00:00:00",), ("c",)] == [tuple(each.cells) for each in found]


def test_a_map_with_a_key_twice_is_a_problem(read: Reads) -> None:
    """A key that is in a map twice, or also the name of a column, is a problem of its record."""
    maps = pa.array([[("a", "1"), ("a", "2")], [("b", "1")], [("c", "1")]], pa.map_("string", "string"))
    found = read(pa.table({"m": maps, "m.b": ["x", "x", "x"]}))
    twice = "the same name twice: in a map, or once with a dot and once in a map"
    assert [twice, twice, None] == [record.problem for record in found]


def test_large_files_are_read_in_batches(read: Reads) -> None:
    """Records are numbered through all batches and groups of rows."""
    size = 2 * parquet_files.BATCH + 1
    found = read(pa.table({"a": range(size)}), row_group_size=1_500)
    assert [(number + 1, (number,)) for number in range(size)] == [(record.number, record.cells) for record in found]


@pytest.mark.parametrize("keep", [0, 3, 100, -1])
def test_a_file_that_is_no_parquet_is_an_error(path: Path, keep: int) -> None:
    """An empty file, one that is cut short, and one of another kind are errors."""
    pq.write_table(pa.table({"a": ["x"] * 100}), path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(InputFileError, match="no Parquet file, not a whole one"):
        open_records(path)


def test_a_file_that_is_damaged_within_is_an_error(path: Path) -> None:
    """Where the records cannot be read, those before are, and then there is an error."""
    pq.write_table(pa.table({"a": [f"{number:09}" for number in range(8_000)]}), path, row_group_size=4_000)
    contents = bytearray(path.read_bytes())
    middle = len(contents) // 2
    contents[middle + 50 : -2_000] = b"\xff" * len(contents[middle + 50 : -2_000])
    path.write_bytes(contents)
    found: list[Record] = []
    with open_records(path) as records, pytest.raises(InputFileError, match="cannot be read beyond"):
        found.extend(records)
    assert 4_000 == len(found)


def test_without_pyarrow_the_error_says_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pyarrow is imported for a Parquet file only, and named where it is not there."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    path.write_bytes(b"")
    with pytest.raises(InputFileError, match=r"pip install 'customer-profiles-sdk\[parquet\]'"):
        open_records(path)
