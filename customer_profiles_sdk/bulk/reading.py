"""Files of customers as rows: how a file is read, in one place for all who read one."""

import os
from collections.abc import Iterator, Mapping
from typing import Literal, TypedDict

import attrs

from customer_profiles_sdk.bulk.cells import BlankCells, Cells
from customer_profiles_sdk.bulk.columns import ColumnMapping, RowReader, as_mapping
from customer_profiles_sdk.bulk.files import open_records
from customer_profiles_sdk.bulk.records import Format, Records
from customer_profiles_sdk.bulk.rows import Row
from customer_profiles_sdk.bulk.rules import ColumnRule
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import InvalidRequestError, Problem


class ReadingOptions(TypedDict, total=False):
    """The options of ``read_rows``."""

    format: Literal["csv", "jsonl", "parquet"] | None
    mapping: ColumnMapping | Mapping[str, ColumnRule] | None
    delimiter: str | None
    encoding: str
    skip_rows: int
    blank: BlankCells
    clear_marker: str | None


def read_rows(
    path: str | os.PathLike[str],
    *,
    format: Literal["csv", "jsonl", "parquet"] | None = None,  # noqa: A002 (the option's name)
    mapping: ColumnMapping | Mapping[str, ColumnRule] | None = None,
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    skip_rows: int = 0,
    blank: BlankCells = "keep",
    clear_marker: str | None = None,
) -> Iterator[Row]:
    """Read a file of customers, a row at a time.

    A row whose cells cannot be taken for values has ``problems`` and is not a reason to stop. What the rows must be
    like to be sent is checked by ``check_rows`` and ``load_rows``.

    Args:
        path: a CSV, JSON Lines or Parquet file; ``"-"`` is standard input. The file is opened when the first row is
            asked for.
        format: ``"csv"``, ``"jsonl"`` or ``"parquet"``, else as the file's name says. Parquet needs the extra
            ``parquet``.
        mapping: which column fills which field. A column that is named like a field maps itself.
        delimiter: what separates the cells of a CSV file, else the one of ``,``, ``;``, tab and ``|`` that fits.
        encoding: the encoding of a text file. A byte order mark is taken off; one of UTF-16 counts more than this.
        skip_rows: how many lines to pass over before a CSV file's header.
        blank: whether a blank cell keeps what is stored (``"keep"``) or removes it (``"clear"``).
        clear_marker: a cell that removes what is stored, such as ``"#N/A"``.

    Raises:
        InvalidRequestError: an option breaks a rule.
        InputFileError: the file cannot be read as what it is said to be.
        ColumnsError: a column is neither mapped nor ignored, or two of them fill one field.
    """
    reading = Reading(
        path=path,
        mapping=mapping,
        cells=Cells(blank, clear_marker),
        format=format,
        delimiter=delimiter,
        encoding=encoding,
        skip_rows=skip_rows,
    )
    return _rows_of(reading)


def _rows_of(reading: "Reading") -> Iterator[Row]:
    with reading.open() as records:
        yield from reading.rows(records)


@attrs.frozen(kw_only=True)
class Reading:
    """How one file is read; the arguments of ``read_rows``."""

    path: str | os.PathLike[str]
    mapping: ColumnMapping = attrs.field(converter=as_mapping)
    cells: Cells
    format: Format | str | None
    delimiter: str | None
    encoding: str
    skip_rows: int

    def __attrs_post_init__(self) -> None:
        if self.cells.blank not in {"keep", "clear"}:
            raise InvalidRequestError("read_rows", [Problem("blank", 'expected "keep" or "clear"')])

    @classmethod
    def with_options(cls, path: str | os.PathLike[str], options: ReadingOptions) -> "Reading":
        """Return how a file is read, with the defaults of ``read_rows``."""
        return cls(
            path=path,
            mapping=options.get("mapping"),
            cells=Cells(options.get("blank", "keep"), options.get("clear_marker")),
            format=options.get("format"),
            delimiter=options.get("delimiter"),
            encoding=options.get("encoding", "utf-8-sig"),
            skip_rows=options.get("skip_rows", 0),
        )

    def open(self) -> Records:
        """Open the file."""
        return open_records(
            self.path,
            format=self.format,
            delimiter=self.delimiter,
            encoding=self.encoding,
            skip_rows=self.skip_rows,
        )

    def rows(self, records: Records) -> Iterator[Row]:
        """Yield the records of the open file as rows."""
        reader = RowReader(self.mapping, self.cells)
        is_table = bool(records.names)
        if is_table:
            reader.check(records.names)
        for record in records:
            yield reader.row(record, is_whole=is_table)

    def check_columns(self, records: Records, keys: tuple[SearchKey, ...]) -> None:
        """Check the columns of the open file, and that one of them can give a value to find a customer by.

        Raises:
            ColumnsError: a column is neither mapped nor ignored, two fill one field, or none fills a key's field.
        """
        if not records.names:
            return  # each record has columns of its own
        self.mapping.plan(records.names).check_keys(keys)
