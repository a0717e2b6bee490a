"""CSV files: delimiter, header, records. A record that cannot be read is one with a problem; the next one is read."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import Final

from customer_profiles_sdk.bulk.csv_samples import SAMPLE_CHARACTERS, SAMPLE_LINES, CsvSample, known_delimiter
from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.lines import TextLines, split_lines
from customer_profiles_sdk.bulk.records import Format, Record, unique_names
from customer_profiles_sdk.bulk.sources import OpenedRecords, Source

MAX_CELL: Final = 1 << 24
MAX_LINES_AGAIN: Final = 1_000_000  # after so many lines that were read once more a file is given up
_BROKEN: Final = "a quote within a cell is not doubled, or one at the start of a cell is not closed"
_DOUBTFUL: Final = "the quotes of the record before are broken, and this may be the rest of it"


class CsvRecords(OpenedRecords):
    """The records of a CSV file.

    A line with a quote too many may be the start of a record of several lines, or its quote is a mistake and the next
    line is a record. So reading goes on with the next line, and what follows must look whole to count as a record.
    """

    def __init__(self, source: Source, encoding: str, delimiter: str | None, skip_rows: int) -> None:
        super().__init__(source)
        self.format = Format.CSV
        # The limit is the process's: another part of it may rely on a higher one, so it is never lowered.
        if csv.field_size_limit() < MAX_CELL:
            csv.field_size_limit(MAX_CELL)
        if delimiter is not None:
            delimiter = known_delimiter(delimiter)
        self._lines = lines = TextLines(source.binary, encoding)
        self.encoding: str = lines.encoding
        self.preamble: tuple[str, ...] = lines.skip(skip_rows)
        lines.look_ahead(SAMPLE_LINES, SAMPLE_CHARACTERS)
        sample = CsvSample(lines.ahead, whole=lines.ended, first_line=lines.first_line)
        self.delimiter: str = sample.delimiter() if delimiter is None else delimiter
        sample.check_preamble(self.delimiter)
        self._kept: list[str] = []  # the lines from that on in which the record begins that is being read
        self._kept_from = self._line = self._first_line = lines.first_line
        self._taken_to = 0  # the last line that a reader has taken from the file
        self._taken_again = 0
        self._careful = False  # every record is looked at: there are NUL characters, or a broken record was the last
        self._doubtful = False
        self._blocks = chain.from_iterable(self._keep_lines())
        self._reader = csv.reader(self._blocks, delimiter=self.delimiter, strict=True)
        self.header: tuple[str, ...] = self._read_header()
        self.names: tuple[str, ...] = unique_names(self.header)

    def __iter__(self) -> Iterator[Record]:
        names, width = self.names, len(self.names)
        line, number = self._line, 0
        cells: list[str] = []
        failure = None
        while failure is None:
            reader, first = self._reader, self._first_line
            try:
                for cells in reader:
                    end = first + reader.line_num
                    if len(cells) == width and not self._careful:
                        number += 1
                        yield Record(number, line, names, cells)
                    elif cells:
                        number += 1
                        yield Record(number, line, names, cells, self._problem(cells, line, end))
                    self._line = line = end
            except csv.Error as error:
                failure = self._stopping_error(error, line, first + reader.line_num)
            except InputFileError as error:
                failure = error
            else:
                return
            if failure is None:
                number += 1
                yield Record(number, line, (), [self._lines_between(line, line + 1)[0].rstrip("\r\n")], _BROKEN)
                failure = self._go_back(line, first + reader.line_num)
                line = self._line
        cells = []  # a traceback may show them
        raise failure.with_traceback(None)

    def _keep_lines(self) -> Iterator[list[str]]:
        for block in self._lines.blocks():
            self._careful = self._careful or self._lines.has_nul
            del self._kept[: self._line - self._kept_from]
            self._kept_from = self._line
            self._kept += block
            yield block

    def _lines_between(self, line: int, end: int) -> list[str]:
        return self._kept[line - self._kept_from : end - self._kept_from]

    def _read_header(self) -> tuple[str, ...]:
        failure = None
        try:
            for cells in self._reader:
                line, self._line = self._line, self._first_line + self._reader.line_num
                if any("\0" in cell for cell in cells):
                    raise InputFileError("a NUL character in the header", line)
                if cells:
                    return tuple(cells)
        except csv.Error as error:
            end = self._first_line + self._reader.line_num
            failure = self._stopping_error(error, self._line, end) or InputFileError(_BROKEN, self._line)
        raise failure or InputFileError("the file is empty", self._first_line)

    def _problem(self, cells: list[str], line: int, end: int) -> str | None:
        if len(cells) != len(self.names):
            return f"{len(cells)} cells, expected {len(self.names)}"
        if self._doubtful and sum(each.count('"') for each in self._lines_between(line, end)) % 2:
            return _DOUBTFUL
        self._doubtful, self._careful = False, self._lines.has_nul
        return "a NUL character in a cell" if any("\0" in cell for cell in cells) else None

    def _stopping_error(self, error: csv.Error, line: int, end: int) -> InputFileError | None:
        """Return the error where the record that begins in the line and stops before ``end`` is the last to be read."""
        reason = str(error)
        if reason.startswith("unexpected end"):
            return InputFileError("a quote opens here and never closes", self._open_quote(line, end))
        if reason.startswith("field larger"):
            opened = self._open_quote(line, end - 1)  # the last line made it too large
            return InputFileError(f"a cell of more than {MAX_CELL >> 20} Mi characters: is its quote closed?", opened)
        return None

    def _open_quote(self, line: int, end: int) -> int:
        """Return the line in which the quote opens that is still open before ``end``."""
        records = list(csv.reader(self._lines_between(line, end), delimiter=self.delimiter))
        return end - max(1, len(split_lines(records[-1][-1]))) if records else line

    def _go_back(self, line: int, end: int) -> InputFileError | None:
        """Go on with the line after that in which the broken record begins."""
        self._taken_to = max(self._taken_to, end)
        again = self._lines_between(line + 1, self._taken_to)
        self._taken_again += len(again)
        if self._taken_again > MAX_LINES_AGAIN:
            return InputFileError("here and before, too many quotes are not doubled or not closed", line)
        self._line = self._first_line = line + 1
        self._reader = csv.reader(chain(again, self._blocks), delimiter=self.delimiter, strict=True)
        self._careful = self._doubtful = True
        return None
