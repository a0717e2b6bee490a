"""JSON Lines: each line one record, with names of its own; a line that is none is a record with a problem."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_profiles_sdk.bulk import record_names
from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.files import open_records
from customer_profiles_sdk.bulk.records import Record

Reads = Callable[[str | bytes], list[Record]]


@pytest.fixture
def read(tmp_path: Path) -> Reads:
    """Read the records of a file with these contents."""

    def read_all(contents: str | bytes) -> list[Record]:
        path = tmp_path / "customers.jsonl"
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        with open_records(path) as records:
            return list(records)

    return read_all


def test_values_are_as_json_has_them(read: Reads) -> None:
    """Texts, numbers however large, booleans, null and lists are values as they stand there."""
    value = {"a": "x", "b": 12345678901234567890123, "c": 1.5, "d": True, "e": None, "f": [1, {"g": 2}], "h": "\ud83d"}
    (record,) = read(json.dumps(value))
    assert value == dict(zip(record.names, record.cells, strict=True))
    assert [type(each) for each in value.values()] == [type(each) for each in record.cells]
    assert record.problem is None


def test_objects_become_dotted_names(read: Reads) -> None:
    """What is in an object within the object has a dotted name, at any depth; an empty object has none."""
    (record,) = read('{"a": {"city": "Köln", "geo": {"lat": 1}}, "attributes": {"tier.x": "gold"}, "b": {}, "c": 2}')
    assert ("a.city", "a.geo.lat", "attributes.tier.x", "c") == record.names
    assert ["Köln", 1, "gold", 2] == record.cells


def test_numbers_and_lines(read: Reads) -> None:
    """Blank lines are no records; a record's line is its own."""
    records = read(b'\n  \n{"a": 1}\r\n\r\n{"a": 2}\r{"a": 3}')
    assert [(1, 3, [1]), (2, 5, [2]), (3, 6, [3])] == [(each.number, each.line, each.cells) for each in records]


def test_equal_names_are_one_tuple(read: Reads) -> None:
    """Records of the same names share them."""
    first, other, last = read('{"a": 1, "b": 2}\n{"a": 1}\n{"a": 3, "b": 4}\n')
    assert first.names is last.names
    assert first.names != other.names


def test_ever_new_names_do_not_fill_the_memory(read: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than so many tuples of names are kept."""
    monkeypatch.setattr(record_names, "_MAX", 2)
    records = read("".join(f'{{"a{position % 4}": 1}}\n' for position in range(8)))
    assert [(f"a{position % 4}",) for position in range(8)] == [record.names for record in records]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"a": 1', "not a whole JSON object: wrong at column 8"),
        ('{"a": "S3CRET', "not a whole JSON object: wrong at column 14"),
        ('{"a": 1} {"b": 2}', "not a whole JSON object: wrong at column 10"),
        ("{'a': 1}", "not a whole JSON object: wrong at column 2"),
        ("[1, 2]", "JSON, but no object"),
        ('"S3CRET"', "JSON, but no object"),
        ("null", "JSON, but no object"),
        ('{"a": NaN}', "NaN or Infinity, which is no JSON"),
        ('{"a": [-Infinity]}', "NaN or Infinity, which is no JSON"),
        ('{"a": 1e999}', "a number that is too large"),
        ('{"a": ' + "9" * 5000 + "}", "a number with too many digits"),
        ('{"a": ' + "[" * 200_000, "JSON that is nested too deeply"),
        ('{"a": 1, "a": 1}', "the same name twice in one object"),
        ('{"b": {"a": 1, "a": 1}}', "the same name twice in one object"),
        ('{"a.b": 1, "a": {"b": 2}}', "the same name twice: once with a dot, and once as an object in an object"),
    ],
)
def test_a_line_that_is_no_record_has_a_problem(read: Reads, line: str, expected: str) -> None:
    """A line that is no object is a record with a problem and the line as its only cell; the next one is read."""
    good, bad, last = read(f'{{"a": 1.5}}\n{line}\r\n{{"a": 2}}\n')
    assert (2, 2, (), [line], expected) == (bad.number, bad.line, bad.names, bad.cells, bad.problem)
    assert [[1.5], [2]] == [good.cells, last.cells]


@pytest.mark.parametrize("contents", ['[{"a": 1},\n{"a": 2}]', '\n\n  [\n{"a": 1}]', '{\n  "a": 1\n}\n', "\ufeff[]"])
def test_a_file_that_is_one_json_value_is_an_error(read: Reads, contents: str) -> None:
    """A list of objects, or an object over several lines, is an error that says what to write instead."""
    with pytest.raises(InputFileError, match="one whole object in each line"):
        read(contents)


texts = st.text(max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(objects=st.lists(st.dictionaries(texts, values, max_size=4), min_size=1), ascii_only=st.booleans())
def test_any_flat_objects_are_read_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, object]], *, ascii_only: bool
) -> None:
    """Objects that json writes, one a line, are read as they were."""
    path = tmp_path_factory.mktemp("json") / "customers.jsonl"
    path.write_bytes(b"".join(json.dumps(each, ensure_ascii=ascii_only).encode() + b"\n" for each in objects))
    with open_records(path) as records:
        assert objects == [dict(zip(record.names, record.cells, strict=True)) for record in records]
