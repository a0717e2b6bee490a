"""A file is opened as what its name, its options and its first bytes say, or the error says what would help."""

import codecs
import errno
import io
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from customer_profiles_sdk.bulk import lines
from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.files import open_records
from customer_profiles_sdk.bulk.lines import TextLines
from customer_profiles_sdk.bulk.records import Format, Record, Records


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a file and return its path."""

    def write(contents: str | bytes, name: str = "customers.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return path

    return write


def cells_of(records: Records) -> list[list[object]]:
    """Read all records to the end, and close the file."""
    with records:
        return [list(record.cells) for record in records]


def reason_of(path: str | Path, **options: object) -> str:
    """Return the text of the error that a file gives when it is opened and read."""
    with pytest.raises(InputFileError) as caught:
        cells_of(open_records(path, **options))  # type: ignore[arg-type]  # what is wrong is what is tested
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", Format.CSV),
        ("a.TSV", Format.CSV),
        ("a.b.txt", Format.CSV),
        ("a.jsonl", Format.JSONL),
        ("a.ndjson", Format.JSONL),
        ("a.json", Format.JSONL),
    ],
)
def test_the_name_says_the_format(written: Callable[..., Path], name: str, expected: Format) -> None:
    """The ending of a file's name says its format, in capitals too."""
    with open_records(written('{"a": 1}', name)) as records:
        assert expected == records.format


@pytest.mark.parametrize("format_", [Format.JSONL, "jsonl"])
def test_the_option_counts_for_more_than_the_name(written: Callable[..., Path], format_: Format | str) -> None:
    """A format that is named counts, whatever the name's ending says."""
    assert [[1]] == cells_of(open_records(str(written('{"a": 1}')), format=format_))


@pytest.mark.parametrize("name", ["customers.xlsx", "customers", "customers.csv.gz"])
def test_an_ending_that_says_nothing_is_an_error(written: Callable[..., Path], name: str) -> None:
    """Where neither the name nor the option says the format, the error names the option."""
    assert "--format" in reason_of(written("a\n1\n", name))


def test_an_unknown_format_is_an_error(written: Callable[..., Path]) -> None:
    """The error of an unknown format lists the known ones."""
    assert "csv, jsonl, parquet" in reason_of(written("a\n1\n"), format="xlsx")


@pytest.mark.parametrize("options", [{"skip_rows": 1}, {"delimiter": ","}])
@pytest.mark.parametrize("name", ["customers.jsonl", "customers.parquet"])
def test_options_of_csv_files_are_for_csv_files(
    written: Callable[..., Path], name: str, options: dict[str, object]
) -> None:
    """An option that would do nothing is an error."""
    assert "for CSV files only" in reason_of(written('{"a": 1}', name), **options)


def test_fewer_lines_than_none_cannot_be_skipped(written: Callable[..., Path]) -> None:
    """A negative number of lines is an error."""
    assert "--skip-rows" in reason_of(written("a\n1\n"), skip_rows=-1)


@pytest.mark.parametrize("make", [lambda path: path / "none.csv", lambda path: path, lambda path: f"{path}/\0.csv"])
def test_a_path_that_cannot_be_opened_is_an_error_of_one_line(
    tmp_path: Path, make: Callable[[Path], Path | str]
) -> None:
    """A path that leads nowhere, to a folder, or is none gives an error of one line."""
    reason = reason_of(make(tmp_path), format="csv")
    assert "cannot be opened" in reason
    assert 1 == len(reason.splitlines())


class FailingFile(io.BytesIO):
    """A file on a disk that fails after its first bytes."""

    def read1(self, size: int | None = -1, /) -> bytes:
        """Return what there is, then fail."""
        data = super().read1(-1 if size is None else size)
        if not data:
            raise OSError(errno.EIO, "Input/output error")
        return data


def test_a_disk_that_fails_is_an_error_with_the_line() -> None:
    """What the operating system says while a file is read is an error with the line."""
    text = TextLines(FailingFile(b"x" * 600 + b"\nab"), "utf-8")
    with pytest.raises(InputFileError, match="line 2: cannot be read: Input/output error"):
        list(text)


def test_a_file_that_is_closed_is_an_error(written: Callable[..., Path]) -> None:
    """Records that are read after the file is closed are an error, not none."""
    records = open_records(written("a\n" + "1\n" * 100_000))
    with records:
        pass
    with pytest.raises(InputFileError, match="cannot be read: ValueError"):
        list(records)


def test_standard_input_is_csv_and_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard input, CSV if nothing else is said, and nobody's to close."""
    stdin = io.TextIOWrapper(io.BytesIO(b"a,b\n1,2\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert [["1", "2"]] == cells_of(open_records("-"))
    assert not stdin.buffer.closed


def test_without_standard_input_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process without standard input gives an error."""
    monkeypatch.setattr(sys, "stdin", None)
    assert "no standard input" in reason_of("-")


def test_standard_input_without_bytes_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """What some notebooks put in the place of standard input has texts alone, whose encoding is lost."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("a,b\n1,2\n"))
    assert "none of bytes" in reason_of("-")


def test_a_parquet_file_is_not_read_from_standard_input() -> None:
    """Parquet is not read in order: the error says to name the file."""
    assert "name the file" in reason_of("-", format="parquet")


@pytest.mark.parametrize(
    ("mark", "encoding", "expected"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
@pytest.mark.parametrize("said", ["utf-8-sig", "latin-1", "utf-16-be"])
def test_a_byte_order_mark_decides(
    written: Callable[..., Path], mark: bytes, encoding: str, expected: str, said: str
) -> None:
    """A byte order mark says the encoding whatever the option says, and is no part of the header."""
    path = written(mark + "name;ort\r\nJosé 🙂;Köln\r\n".encode(encoding))
    with open_records(path, encoding=said) as records:
        assert (("name", "ort"), expected) == (records.header, records.encoding)
        assert [["José 🙂", "Köln"]] == cells_of(records)


@pytest.mark.parametrize(
    ("said", "expected"),
    [("utf-8-sig", "utf-8"), ("UTF8", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16-le"), ("cp037", "cp037")],
)
def test_the_encoding_is_what_writes_another_file_alike(written: Callable[..., Path], said: str, expected: str) -> None:
    """Without a byte order mark, the encoding that records name writes none either."""
    with open_records(written("näme\nJosé\n".encode(expected)), encoding=said) as records:
        assert expected == records.encoding
        assert [["José"]] == cells_of(records)


@pytest.mark.parametrize("encoding", ["nonsense", "base64", "undefined", "a\0b"])
def test_an_encoding_that_is_none_is_an_error(written: Callable[..., Path], encoding: str) -> None:
    """An unknown encoding, and a codec of something else than texts, are an error that names the option."""
    assert "--encoding" in reason_of(written("a\n1\n"), encoding=encoding)


@pytest.mark.parametrize("records_before", [0, 1, 50, 5_000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_bytes_that_do_not_fit_the_encoding_are_named_with_their_line(
    written: Callable[..., Path], records_before: int, end: str
) -> None:
    """The error has the exact line and the option that helps, and nothing of what stands there."""
    table = ["name,city", *["Ana,Köln"] * records_before]
    secret = f"Müller{end}".encode("cp1252")
    reason = reason_of(written("".join(line + end for line in table).encode() + b"Ana," + secret))
    assert reason.startswith(f"line {records_before + 2}: not utf-8")
    assert 'encoding="latin-1"' in reason
    assert "--encoding cp1252" in reason
    assert "ller" not in reason


def test_the_records_before_a_wrong_byte_are_read(written: Callable[..., Path]) -> None:
    """What stands before the line that does not fit the encoding is read."""
    records = open_records(written(b"a,b\n" + b"1,2\n" * 20_000 + b"3,\xfc\n"))
    read: list[Record] = []
    with records, pytest.raises(InputFileError, match="line 20002"):
        read.extend(records)
    assert 20_000 == len(read)


def test_an_encoding_that_ends_within_a_character_is_named(written: Callable[..., Path]) -> None:
    """A file that was cut short within a character does not fit its encoding."""
    assert reason_of(written("a\nJosé".encode()[:-1])).startswith("line 2: not utf-8")


def test_a_byte_order_mark_that_lies_is_named(written: Callable[..., Path]) -> None:
    """Where the byte order mark is wrong, no option helps: the file has to be saved again."""
    reason = reason_of(written(codecs.BOM_UTF8 + b"a\n\xfc\n"))
    assert reason.startswith("line 2: not utf-8, though")
    assert "--encoding" not in reason


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_a_byte_order_mark_are_recognised(written: Callable[..., Path], encoding: str) -> None:
    """UTF-16 and UTF-32 without a mark are named with the option that reads them, and that option reads them."""
    path = written("name,city\nJosé,Köln\n".encode(encoding))
    assert f"--encoding {encoding}" in reason_of(path)
    assert [["José", "Köln"]] == cells_of(open_records(path, encoding=encoding))


@pytest.mark.parametrize(
    ("signature", "expected"),
    [
        (b"PK\x03\x04", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0", "spreadsheet"),
        (b"\x1f\x8b", "unpack"),
        (b"PAR1", "Parquet"),
    ],
)
def test_a_file_that_is_no_text_is_recognised(written: Callable[..., Path], signature: bytes, expected: str) -> None:
    """Spreadsheets, compressed files and Parquet files under a text's name are named."""
    assert expected in reason_of(written(signature + b"\x14\x00\xff\n"))


@pytest.mark.parametrize("name", ["customers.csv", "customers.jsonl"])
@pytest.mark.parametrize("contents", [b"", codecs.BOM_UTF8, b"\n\r\n\n"])
def test_a_file_with_nothing_in_it_is_an_error(written: Callable[..., Path], name: str, contents: bytes) -> None:
    """A file with nothing in it is an error, not a load of no customers."""
    assert "the file is empty" in reason_of(written(contents, name))


def test_a_line_without_an_end_is_an_error(written: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is longer than any line of a table is an error, not memory without bounds."""
    monkeypatch.setattr(lines, "MAX_LINE", 1 << 20)
    assert reason_of(written(b"a\n" + b"x" * (3 << 20))).startswith("line 2: longer than 1 Mi characters")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 600])
def test_lines_are_the_same_however_they_arrive(size: int) -> None:
    """A line's end may arrive in two halves, and what other standards take for line ends ends none."""
    text = "a\rb\r\nc\n\n\r\rd\x0be\x85f\u2028g\x1ch\r\n" * 40 + "z\r"

    class Pipe(io.BytesIO):
        def read1(self, _size: int | None = -1, /) -> bytes:
            return super().read1(size)

    expected = io.StringIO(text, newline="").readlines()
    assert expected == list(TextLines(Pipe(text.encode()), "utf-8"))


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("a.jsonl", b'{"name": "S3CRET \xfc"}\n'),
        ("a.csv", b"S3CRET,\xfc\n"),
        ("a.csv", b'S3CRET,"S3CRET\n'),
        ("a.csv", b'S3CRET"a,"S3CRET\n\n,"\n,"S3CRET'),
    ],
)
@pytest.mark.parametrize("before", [0, 20_000])
def test_nothing_of_a_file_shows_in_an_error(written: Callable[..., Path], name: str, end: bytes, before: int) -> None:
    """Tools that print the local variables of a traceback find no customer's data in it."""
    start, row = (b"name,city\n", b"S3CRET,S3CRET\n") if name == "a.csv" else (b"", b'{"name": "S3CRET"}\n')
    path = written(start + row * before + end, name)
    del row, end
    try:
        with open_records(path) as records:
            for _ in records:
                pass
    except InputFileError as error:
        printed = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
        assert "S3CRET" not in printed
    else:
        pytest.fail("there is an error in this file")
