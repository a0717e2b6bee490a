"""Opens a file of records: which format it has, and which options go with it. The formats have their own modules."""

import os
from pathlib import PurePath
from typing import Final

from customer_profiles_sdk.bulk.csv_files import CsvRecords
from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.json_lines import JsonLinesRecords
from customer_profiles_sdk.bulk.parquet_files import ParquetRecords
from customer_profiles_sdk.bulk.records import Format, Records
from customer_profiles_sdk.bulk.sources import STANDARD_INPUT, Source, open_source

_FORMATS: Final = {
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSONL,
    ".parquet": Format.PARQUET,
}
_EXPECTED: Final = ", ".join(Format)


def open_records(
    path: str | os.PathLike[str],
    *,
    format: Format | str | None = None,  # noqa: A002  (what it is called everywhere)
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    skip_rows: int = 0,
) -> Records:
    """Open a file of records. Use it in a ``with`` statement; standard input is left open.

    Args:
        path: the file, or ``"-"`` for standard input.
        format: its format; left out, the ending of the file's name says it, and standard input is CSV.
        delimiter: what separates the cells of a CSV file; left out, the first records say it.
        encoding: the encoding of a text file. A byte order mark counts for more.
        skip_rows: how many lines stand before the header of a CSV file.

    Raises:
        InputFileError: the file cannot be opened, or not as what it is said to be.
    """
    name = os.fsdecode(path)
    kind = _format_of(name, format)
    if skip_rows < 0:
        raise InputFileError("skip_rows (--skip-rows) is a number of lines, 0 or more")
    if kind is not Format.CSV and (skip_rows or delimiter is not None):
        raise InputFileError("skip_rows and delimiter (--skip-rows, --delimiter) are for CSV files only")
    if kind is Format.PARQUET and name == STANDARD_INPUT:
        raise InputFileError("a Parquet file is not read in order, so not from standard input: name the file")
    source = open_source(name)
    try:
        return _records(source, kind, delimiter, encoding, skip_rows)
    except InputFileError as error:
        failure = error.with_traceback(None)  # the frames below hold what was read
    source.close()
    raise failure


def _format_of(name: str, format_: Format | str | None) -> Format:
    if format_ is not None and format_ in tuple(Format):
        return Format(format_)
    if format_ is not None:
        raise InputFileError(f"format (--format) is none that can be read: expected one of {_EXPECTED}")
    if name == STANDARD_INPUT:
        return Format.CSV
    ending = PurePath(name).suffix.lower()
    if ending in _FORMATS:
        return _FORMATS[ending]
    raise InputFileError(
        f"the name's ending {ending!r} does not say what the file is: say it with format (--format), one of {_EXPECTED}"
    )


def _records(source: Source, kind: Format, delimiter: str | None, encoding: str, skip_rows: int) -> Records:
    if kind is Format.CSV:
        return CsvRecords(source, encoding, delimiter, skip_rows)
    if kind is Format.JSONL:
        return JsonLinesRecords(source, encoding)
    return ParquetRecords(source)
