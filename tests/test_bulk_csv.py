"""CSV files: every record is read as it stands there, or it has a problem; a file that is none is an error."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customer_profiles_sdk.bulk import csv_files
from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.files import open_records
from customer_profiles_sdk.bulk.records import Record, Records

BROKEN = "a quote within a cell is not doubled, or one at the start of a cell is not closed"
DOUBTFUL = "the quotes of the record before are broken, and this may be the rest of it"

Opens = Callable[..., Records]


@pytest.fixture
def opened(tmp_path: Path) -> Opens:
    """Open a file of these contents."""

    def open_contents(contents: str | bytes, **options: object) -> Records:
        path = tmp_path / "customers.csv"
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return open_records(path, **options)  # type: ignore[arg-type]  # tests name only options that there are

    return open_contents


def all_of(records: Records) -> list[Record]:
    """Read all records, and close the file."""
    with records:
        return list(records)


def rows_of(records: Records) -> list[list[str]]:
    """Read the cells of all records, none of which may have a problem."""
    found = all_of(records)
    assert [] == [record.problem for record in found if record.problem]
    return [[str(cell) for cell in record.cells] for record in found]


def error_of(opened: Opens, contents: str | bytes, **options: object) -> str:
    """Return the text of the error that contents give."""
    with pytest.raises(InputFileError) as caught:
        all_of(opened(contents, **options))
    return str(caught.value)


# What can stand in a cell: also what delimits cells, ends lines, quotes, and what other standards take for line ends.
cells = st.text(
    alphabet=st.sampled_from('ab,;\t|"\r\n \x0b\x1c\x85\u2028é0') | st.characters(exclude_categories=["Cs"]), max_size=6
).filter(lambda text: "\0" not in text)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(
    table=TABLES,
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030"]),
    style=st.sampled_from(
        [
            (csv.QUOTE_ALL, "\n"),
            (csv.QUOTE_ALL, "\r\n"),
            (csv.QUOTE_ALL, "\r"),
            (csv.QUOTE_MINIMAL, "\r\n"),  # with another end, some versions of Python leave other ends unquoted
        ]
    ),
)
@example(table=[["a\r"], ["\r\nb"]], delimiter=",", encoding="utf-8", style=(csv.QUOTE_ALL, "\r"))
def test_any_table_reads_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    delimiter: str,
    encoding: str,
    style: tuple[int, str],
) -> None:
    """What csv.writer writes is read as it was, in each delimiter, encoding, style of quotes and kind of line end."""
    out = io.StringIO(newline="")
    quoting, end = style
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    path = tmp_path_factory.mktemp("csv") / "customers.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    with open_records(path, delimiter=delimiter, encoding=encoding) as records:
        assert tuple(table[0]) == records.header
        found = list(records)
    assert table[1:] == [record.cells for record in found]
    assert list(range(1, len(table))) == [record.number for record in found]


names = st.text(alphabet="abcdefghij _", min_size=1, max_size=8).filter(str.strip)


@given(
    header=st.lists(names, min_size=2, max_size=8),
    rows=st.integers(0, 30),
    delimiter=st.sampled_from(",;\t|"),
    cell=st.sampled_from(["x", "1,5", "a;b", "Main St, 5|6", "x\ty", 'say "hi"', "two\nlines", ""]),
)
def test_the_delimiter_is_found(
    tmp_path_factory: pytest.TempPathFactory, header: list[str], rows: int, delimiter: str, cell: str
) -> None:
    """The delimiter that csv.writer used is found by the header and the first records."""
    path = tmp_path_factory.mktemp("csv") / "customers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *([[cell] * len(header)] * rows)])
    with open_records(path) as records:
        assert (delimiter, tuple(header)) == (records.delimiter, records.header)


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ("Name;Betrag\nAnna;1,5\nBert;2,5\n", ";"),  # a decimal comma in every record
        ("name,notes\nAnna,a;b;c\nBert,a;b;c\n", ","),
        ("name,company|name\n", ","),  # of two that fit, the one that is more common
        ('"name","notes"\n"Anna","a;b"\n', ","),
        ("a,b,c\n1,2,3\n1,2\nfooter\n4,5,6\n", ","),  # not every record has to fit
        ('a;b\n1;"x" y\n2;z\n', ";"),
        ('a\tb\n1\t"open', "\t"),
    ],
)
def test_the_delimiter_of_files_that_are_not_plain(opened: Opens, contents: str, expected: str) -> None:
    """Delimiters within cells, ragged and broken records do not mislead."""
    with opened(contents) as records:
        assert expected == records.delimiter


@pytest.mark.parametrize(
    "rows",
    [["ana@mail.example", "bob@mail.example"], ["Smith, John", "Doe, Jane", "Roe, Ann"], ["1,5", "2,5", "3,5"], []],
)
def test_a_file_of_one_column(opened: Opens, rows: list[str]) -> None:
    """A file of one column is read whole, also where a delimiter stands in its cells."""
    assert [[row] for row in rows] == rows_of(opened("\n".join(["column", *rows])))


@pytest.mark.parametrize(("said", "expected"), [(":", ":"), ("tab", "\t"), ("\\t", "\t"), ("\t", "\t")])
def test_the_delimiter_that_is_said_counts(opened: Opens, said: str, expected: str) -> None:
    """A delimiter that is named is used; a tab has names that can be typed."""
    records = opened(f"a{expected}b;c\n1{expected}2;3\n", delimiter=said)
    assert expected == records.delimiter
    assert [["1", "2;3"]] == rows_of(records)


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n", "\r", "\0"])
def test_what_cannot_be_a_delimiter(opened: Opens, delimiter: str) -> None:
    """A delimiter is one character, and none that a CSV file uses otherwise."""
    assert "--delimiter" in error_of(opened, "a\n1\n", delimiter=delimiter)


def test_lines_are_those_in_which_records_begin(opened: Opens) -> None:
    """A record's line is where it begins; every kind of line end counts, mixed ones and those within cells too."""
    found = all_of(opened('a,b\r\n\r\n1,"x\r\ny"\n\n2,"\n\n"\r3,z\r\r4,z'))
    assert [(1, 3), (2, 6), (3, 9), (4, 11)] == [(record.number, record.line) for record in found]


def test_names_are_the_headers_each_once(opened: Opens) -> None:
    """The header is as it stands there, quoted line breaks included; a doubled name and none have a number."""
    records = opened('"Ti\ntle",x, x,x,\n1,2,3,4,5\n')
    (record,) = all_of(records)
    assert ("Ti\ntle", "x", " x", "x", "") == records.header
    assert ("Ti\ntle", "x#1", " x", "x#2", "#5") == records.names
    assert records.names is record.names
    assert 3 == record.line


def test_a_header_alone_has_no_records(opened: Opens) -> None:
    """A header without records is a file of none."""
    assert [] == all_of(opened("a,b,c"))


@pytest.mark.parametrize("contents", ['a,"b" c\n1,2\n', 'a,"b\n"c,d\n'])
def test_a_header_with_broken_quotes_is_an_error(opened: Opens, contents: str) -> None:
    """Without a header no record has names."""
    assert f"line 1: {BROKEN}" == error_of(opened, contents)


def test_a_header_with_a_nul_is_an_error(opened: Opens) -> None:
    """A name with a NUL character is none."""
    assert "line 2: a NUL character in the header" == error_of(opened, "\nfirst name,last\0name\nAnna,Meier\n")


def test_a_cell_with_a_nul_is_a_problem(opened: Opens) -> None:
    """A record with a NUL character has a problem and keeps its cells; the others have none."""
    found = all_of(opened("first,last\nAnna,Mei\0er\nBert,Roe\n"))
    assert [["Anna", "Mei\0er"], ["Bert", "Roe"]] == [record.cells for record in found]
    assert ["a NUL character in a cell", None] == [record.problem for record in found]


def test_a_record_of_another_width_is_a_problem(opened: Opens) -> None:
    """Cells that are too few or too many are left as they are, neither shifted nor padded; the next record is read."""
    found = all_of(opened('a,b,c\n1,2,3\nfooter\n1,2,3,""\n4,5,6\n'))
    assert [None, "1 cells, expected 3", "4 cells, expected 3", None] == [record.problem for record in found]
    assert [["1", "2", "3"], ["footer"], ["1", "2", "3", ""], ["4", "5", "6"]] == [record.cells for record in found]
    assert [1, 2, 3, 4] == [record.number for record in found]


def test_a_quote_within_a_plain_cell_is_a_character(opened: Opens) -> None:
    """A quote that does not stand at the start of a cell is a part of it."""
    assert [['5" pipe', 'a"b"']] == rows_of(opened('a,b\n5" pipe,a"b"\n'))


def test_a_quote_that_is_not_doubled_is_a_problem_of_its_record(opened: Opens) -> None:
    """The record has the line as its only cell, under no name; reading goes on with the next line."""
    found = all_of(opened('a,b\n1,2\n3,"say "hi" now"\r\n4,5\n'))
    assert [(1, None), (2, BROKEN), (3, None)] == [(record.number, record.problem) for record in found]
    assert ((), ['3,"say "hi" now"'], 3) == (found[1].names, found[1].cells, found[1].line)
    assert ["4", "5"] == found[2].cells


def test_a_quote_that_is_not_closed_spoils_no_other_record(opened: Opens) -> None:
    """Where a later quote shows the mistake, all records after the broken line are read."""
    rows = "".join(f'"{number}","x{number}"\n' for number in range(3, 1_000))
    found = all_of(opened(f'a,b\n"1","x1"\n"2","x2\n{rows}'))
    assert 999 == len(found)
    assert [(2, 3, BROKEN)] == [(each.number, each.line, each.problem) for each in found if each.problem]
    assert [str(number) for number in range(1, 1_000) if number != 2] == [
        each.cells[0] for each in found if not each.problem
    ]


@pytest.mark.parametrize("lines_between", [1, 1_000, 20_000])
def test_a_quote_that_is_not_closed_loses_no_line(opened: Opens, lines_between: int) -> None:
    """However far the next quote is, every line between is a record."""
    rows = "".join(f"{number},x\n" for number in range(lines_between))
    found = all_of(opened(f'a,b\n0,"open\n{rows}1,"y"\n2,"z"\n'))
    assert [BROKEN, *[None] * (lines_between + 2)] == [record.problem for record in found]
    assert list(range(2, lines_between + 5)) == [record.line for record in found]


def test_several_broken_records_that_follow_each_other(opened: Opens) -> None:
    """Each broken record is one with a problem, also where one line's quote runs into the next one's."""
    found = all_of(opened('a,b\n1,"x\n2,"y\n3,"z\n4,"two\nlines"\n5,u\n'))
    assert [BROKEN, BROKEN, BROKEN, None, None] == [record.problem for record in found]
    assert [["4", "two\nlines"], ["5", "u"]] == [record.cells for record in found[3:]]


def test_the_rest_of_a_broken_record_is_no_record(opened: Opens) -> None:
    """What follows a broken record and may be its rest is a problem too, though it has the right width."""
    found = all_of(opened('note,email\n"he said "hi"\nand left",ana@mail.example\nplain,"bob@mail.example"\n'))
    assert [BROKEN, DOUBTFUL, None] == [record.problem for record in found]


@given(contents=st.text(alphabet='a,"\n', max_size=40))
@example(contents='1,"x\n\n2,""y"\n"z\n')
def test_no_line_is_lost(tmp_path_factory: pytest.TempPathFactory, contents: str) -> None:
    """However quotes are broken: each line with something in it is a record, a part of one, or named by the error."""
    path = tmp_path_factory.mktemp("csv") / "customers.csv"
    path.write_text(f"a,b\n{contents}", encoding="utf-8", newline="")
    lines = ["a,b\n", *contents.splitlines(keepends=True)]
    found: list[Record] = []
    stops = None
    try:
        with open_records(path, delimiter=",") as records:
            found.extend(records)
    except InputFileError as error:
        stops = error.line
        assert stops is not None
    starts = [record.line for record in found]
    assert sorted(set(starts)) == starts
    for record, after in zip(found, [*starts, len(lines) + 1][1:], strict=True):
        own = lines[record.line - 1 : after - 1]
        if stops is not None and record is found[-1]:
            continue  # the record that stops the reading begins somewhere behind it
        if record.problem == BROKEN:
            assert record.cells == [own[0].rstrip("\n")]
            assert not "".join(own[1:]).strip()
        else:
            assert [record.cells] == [cells for cells in csv.reader(own, strict=True) if cells]


def test_too_many_broken_records_stop_the_reading(opened: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are not read again without bounds."""
    monkeypatch.setattr(csv_files, "MAX_LINES_AGAIN", 100)
    contents = "a,b\n" + '1,"x\n' + 'y","z\n' * 200 + '"w"\n'
    assert "too many quotes" in error_of(opened, contents)


@pytest.mark.parametrize(
    ("contents", "line"),
    [
        ('a,b\n1,2\n3,"open\n4,5\n', 3),
        ('a,b\n1,2\n"two\nlines","open\n4,5\n', 4),  # not where the record begins
        ('a,b\n1,2\n"two\nlines","\n\n\n', 4),
        ('a,b\n1,2\n3,"open ""quoted""\r\n4,5\r\n6', 3),
        ('a,b\n1,"x\n2,y\n3,"z\n4,5\n', 4),  # a broken one before it
        ('a,b\n1,"', 2),
        ('a,"b\n1,2\n', 1),
        ('"a\nb","c\n1,2\n', 2),
    ],
)
def test_a_quote_that_never_closes_stops_the_reading(opened: Opens, contents: str, line: int) -> None:
    """The error has the line in which that quote opened."""
    assert f"line {line}: a quote opens here and never closes" == error_of(opened, contents)


def test_large_cells_are_read(opened: Opens) -> None:
    """A cell of some megabytes is read."""
    cell = "x" * (3 << 20)
    assert [["1", cell]] == rows_of(opened(f'a,b\n1,"{cell}"\n'))


@pytest.mark.parametrize(("before", "expected"), [("", 3), ("\n" * 5, 3), ('x"\n5,"', 3)])
def test_a_cell_without_an_end_stops_the_reading(opened: Opens, before: str, expected: int) -> None:
    """A cell that is too large for one is named by the line in which it begins."""
    contents = f'a,b\n1,2\n3,"{before}' + "x,y\n" * (csv_files.MAX_CELL // 4 + 1)
    if before.startswith("x"):
        expected += 1
    reason = error_of(opened, contents)
    assert f"line {expected}: a cell of more than 16 Mi characters: is its quote closed?" == reason


def test_the_limit_of_cells_is_never_lowered(opened: Opens) -> None:
    """The limit is the process's: what another part of it set stays."""
    before = csv.field_size_limit(1 << 30)
    try:
        all_of(opened("a\n1\n"))
        assert 1 << 30 == csv.field_size_limit()
        csv.field_size_limit(10)
        all_of(opened("a\n1\n"))
        assert csv_files.MAX_CELL == csv.field_size_limit()
    finally:
        csv.field_size_limit(max(before, csv_files.MAX_CELL))


def test_lines_before_the_header_are_skipped_and_kept(opened: Opens) -> None:
    """Lines are counted as they stand in the file, and lines of records count on."""
    records = opened('Report "x\r\n\r\na;b\r\n1;2\r\n', skip_rows=2)
    (record,) = all_of(records)
    assert (('Report "x', ""), ("a", "b"), 4) == (records.preamble, records.header, record.line)


def test_more_lines_than_there_are_cannot_be_skipped(opened: Opens) -> None:
    """A file that ends before its header is an error."""
    assert "--skip-rows" in error_of(opened, "a,b\n1,2\n", skip_rows=3)
    assert "line 3: the file is empty" == error_of(opened, "a,b\n1,2\n", skip_rows=2)


@pytest.mark.parametrize(
    ("preamble", "skipped"),
    [("Report of contacts", 1), ("Report\n", 2), ("Report\n\nMade by,Anna", 4), ("a,b", 1), ('"two\nlines"', 2)],
)
@pytest.mark.parametrize("footer", ["", "\nTotal: 2\n"])
@pytest.mark.parametrize("options", [{}, {"delimiter": ","}])
def test_lines_before_the_header_that_nobody_skipped(
    opened: Opens, preamble: str, skipped: int, footer: str, options: dict[str, object]
) -> None:
    """Where every record is wider than the first, the error says how many lines to skip, and then the file is read."""
    skipped = preamble.count("\n") + 1
    contents = f"{preamble}\nname,city,email\n" + "Anna,Köln,a@mail.example\n" * 3 + footer
    reason = error_of(opened, contents, **options)
    assert reason.startswith("line 1: ")
    assert f"skip_rows={skipped} (--skip-rows {skipped})" in reason
    with opened(contents, skip_rows=skipped) as records:
        assert ("name", "city", "email") == records.header


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_line_that_tells_spreadsheets_the_delimiter(opened: Opens, delimiter: str) -> None:
    """It is no header, and the error says how to skip it."""
    contents = f"sep={delimiter}\nname{delimiter}city\nAnna{delimiter}Köln\n"
    assert "line 1: this line tells spreadsheets the delimiter: skip it with skip_rows=1" in error_of(opened, contents)
    with opened(contents, skip_rows=1) as records:
        assert ("name", "city") == records.header


@pytest.mark.parametrize(
    "contents",
    [
        "name,city,email\nAnna,Köln,a@mail.example,\nBert,Köln,b@mail.example,\n",  # a delimiter too many in each line
        "name,email\n1,Anna,a@mail.example\n2,Bert,b@mail.example\n",  # numbers of rows, without a name
        "name,city\nAnna,Köln,x\nBert,Köln\nCarl,Köln,x\n",
    ],
)
def test_a_header_that_is_only_narrow_is_the_header(opened: Opens, contents: str) -> None:
    """Where the next line is not certainly the header, its records have problems, and nothing is guessed."""
    with opened(contents) as records:
        assert "name" == records.header[0]
        assert [False] * 2 == [record.problem is None for record in records if len(record.cells) > len(records.header)]


def test_a_long_record_at_the_end_of_the_sample_is_no_mistake(opened: Opens) -> None:
    """The first records tell the delimiter though the last of them goes on beyond the sample."""
    long = "line\n" * 300
    assert [["1", "x"], ["2", long]] == rows_of(opened(f'a;b\n1;x\n2;"{long}"\n'))
