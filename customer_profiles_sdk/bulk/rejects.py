"""The file of rejects: the rows that are not in, as they stood in the input, with what is wrong with them.

It is the only file of a load that holds customers' data, so it is readable by its owner only. It can be loaded again as
it is, with the same options: its delimiter and encoding are those of the input, and its added columns are ignored.
"""

import csv
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from customer_profiles_sdk.bulk.columns import ADDED_COLUMNS
from customer_profiles_sdk.bulk.errors import JournalError
from customer_profiles_sdk.bulk.journal import Journal
from customer_profiles_sdk.bulk.records import Records
from customer_profiles_sdk.bulk.rows import Row, RowOutcome

_ADDED: Final = ADDED_COLUMNS[:3]


class Rejects:
    """The file of rejects of one load; it is made when the first row is written.

    Args:
        path: the file.
        records: the input, whose columns and dialect it has.
        journal: knows the file of an earlier run of this load. It is removed, for each run writes all.

    Attributes:
        path: the file.
        has_rows: whether a row was written.

    Raises:
        JournalError: there is a file that is not this load's or was changed since, or none can be made.
    """

    def __init__(self, path: Path, records: Records, journal: Journal | None = None) -> None:
        self.path = path
        self.has_rows: bool = False
        path = path.absolute()
        if os.path.lexists(path) and not (journal is not None and journal.owns(path)):
            raise JournalError(
                f"the file of rejects {path} exists and is not this load's, or was changed since: move it away, or "
                "name another one"
            )
        if not os.access(path.parent, os.W_OK):
            raise JournalError(f"the file of rejects {path}: its folder is missing or cannot be written to")
        if journal is not None:
            path.unlink(missing_ok=True)
            journal.note_rejects(path, is_open=False)
        self._path = path
        self._journal = journal
        self._records = records
        self._header = [name for name in records.header if name not in _ADDED]
        self._file: IO[str] | None = None
        self._writer: Any = None  # what csv.writer returns has no name

    def write(self, row: Row, outcome: RowOutcome) -> None:
        """Write a row that is not in."""
        try:
            self._write(row, outcome)
        except OSError as error:
            failure = error.with_traceback(None)  # the frames below hold what was written
        else:
            return
        raise failure

    def _write(self, row: Row, outcome: RowOutcome) -> None:
        file = self._file or self._open()
        self.has_rows = True
        reasons = "; ".join([*map(str, outcome.problems), *filter(None, [outcome.error])])
        added = (row.number, outcome.action.value, reasons)
        if self._writer is not None:
            self._writer.writerow([*self._cells_of_input(row), *added])
            return
        content = dict(zip(row.names, row.cells, strict=True)) if row.names else {"_line": row.cells[0]}
        content = {name: cell for name, cell in content.items() if name not in _ADDED}
        content |= dict(zip(_ADDED, added, strict=True))
        json.dump(content, file, ensure_ascii=not self._records.encoding.startswith("utf"), default=str)
        file.write("\n")

    def _open(self) -> IO[str]:
        records = self._records
        if self._journal is not None:
            self._journal.note_rejects(self._path, is_open=True)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        file = self._file = os.fdopen(descriptor, "w", encoding=records.encoding, errors="backslashreplace", newline="")
        if records.header:
            # With these ends of lines a line feed and a carriage return in a cell are quoted both.
            self._writer = csv.writer(file, delimiter=records.delimiter, lineterminator="\r\n")
            file.writelines(f"{line}\r\n" for line in records.preamble)
            self._writer.writerow([*self._header, *_ADDED])
        return file

    def flush(self) -> None:
        """Write out what was written so far."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Close the file. What was not written out by then is lost: a disk is full, and the load has stopped."""
        if self._file is None:
            return
        with suppress(OSError, JournalError):
            self._file.close()
            if self._journal is not None:
                self._journal.note_rejects(self._path, is_open=False)

    def _cells_of_input(self, row: Row) -> list[object]:
        """Return a row's cells without those that a file of rejects had added before."""
        cells = list(row.cells)
        if not row.names:  # a line that cannot be read must not look like a row of a single cell
            return [*cells, ""] if len(self._header) == 1 else cells
        if len(cells) != len(row.names):  # what stands where is not known, but that a file of rejects adds at the end
            return cells[: -len(_ADDED)] if row.names[-len(_ADDED) :] == _ADDED else cells
        return [cell for name, cell in zip(row.names, cells, strict=True) if name not in _ADDED]
