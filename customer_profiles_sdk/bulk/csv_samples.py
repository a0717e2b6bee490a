"""What the first records of a CSV file say of it: the delimiter, and lines before the header that nobody skipped."""

import csv
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from customer_profiles_sdk.bulk.errors import InputFileError

DELIMITERS: Final = (",", ";", "\t", "|")
SAMPLE_LINES: Final = 100
SAMPLE_CHARACTERS: Final = 1 << 20
_NAMES: Final = {"\\t": "\t", "tab": "\t"}  # what can be typed in a shell


def known_delimiter(delimiter: str) -> str:
    r"""Return the delimiter that is meant; a tab may be written as ``\t`` or ``tab``.

    Raises:
        InputFileError: it cannot be one.
    """
    delimiter = _NAMES.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise InputFileError("delimiter (--delimiter) is one character, as , or ; or | or tab")
    return delimiter


class _SampleRecord(NamedTuple):
    line: int
    cells: Sequence[str]
    whole: bool  # its quotes are in order


class CsvSample:
    """The first records of a file, as each delimiter gives them."""

    def __init__(self, lines: Sequence[str], *, whole: bool, first_line: int) -> None:
        """Take the first lines; ``whole`` says that there are no others."""
        self._lines = lines
        self._whole = whole
        self._first_line = first_line

    def delimiter(self) -> str:
        """Return the delimiter by which most records have the same width, and of such the one of the greatest width."""
        return max(DELIMITERS, key=self._evidence)

    def check_preamble(self, delimiter: str) -> None:
        """Raise an error where the first lines certainly are no header, but a report's title, for instance."""
        if self._lines and self._lines[0].lower().startswith("sep="):
            skipped = self._first_line
            raise InputFileError(
                f"this line tells spreadsheets the delimiter: skip it with skip_rows={skipped} (--skip-rows {skipped})",
                line=skipped,
            )
        line = _line_of_later_header(self._records(delimiter))
        if line is not None:
            raise InputFileError(
                f"fewer columns than the lines after it, so it is not the header, which seems to be in line {line}: "
                f"skip the lines before that with skip_rows={line - 1} (--skip-rows {line - 1})",
                line=self._first_line,
            )

    def _evidence(self, delimiter: str) -> tuple[bool, float, int]:
        records = self._records(delimiter)
        width = _usual_width(records)
        share = sum(each.whole and len(each.cells) == width for each in records) / max(1, len(records))
        separates = width > 1 and (len(records[0].cells) > 1 or _line_of_later_header(records) is not None)
        return separates, share, width

    def _records(self, delimiter: str) -> list[_SampleRecord]:
        records: list[_SampleRecord] = []
        reader = csv.reader(self._lines, delimiter=delimiter, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error:
                if not self._whole and reader.line_num == len(self._lines):
                    break  # it goes on beyond the sample
                # As well as it can be read.
                cells = next(csv.reader(self._lines[line - 1 : reader.line_num], delimiter=delimiter))
                records.append(_SampleRecord(self._first_line + line - 1, cells, whole=False))
            else:
                if cells is None:
                    break
                if cells:
                    records.append(_SampleRecord(self._first_line + line - 1, cells, whole=True))
            line = reader.line_num + 1
        return records


def _usual_width(records: Sequence[_SampleRecord]) -> int:
    widths = Counter(len(each.cells) for each in records)
    return max(widths, key=widths.__getitem__, default=0)  # of two as frequent the one that comes first


def _line_of_later_header(records: Sequence[_SampleRecord]) -> int | None:
    """Return the line of the header where that is certainly not the first record.

    That is so where every record is wider than the first, up to the last one that has the usual width, and the first
    record of that width reads like a header.
    """
    width = _usual_width(records)
    as_wide = [position for position, each in enumerate(records) if len(each.cells) == width]
    if not as_wide or as_wide[0] == 0:
        return None
    likely = records[as_wide[0]]
    between = records[as_wide[0] : as_wide[-1] + 1]
    certain = _reads_like_header(likely.cells) and all(len(each.cells) > len(records[0].cells) for each in between)
    return likely.line if certain else None


def _reads_like_header(names: Sequence[str]) -> bool:
    """Say whether these are names and no values, or one value that has a delimiter in it ("Smith, John")."""
    return len(set(names)) == len(names) and not any(
        not name or name != name.strip() or "@" in name or name[0].isdigit() for name in names
    )
