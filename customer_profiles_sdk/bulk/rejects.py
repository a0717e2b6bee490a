"""The file of rejects: the rows that are not in, as they stood in the input, with what is wrong with them.

It is the only file of a load that holds customers' data, so it is readable by its owner only. It can be loaded again as
it is, with the same options: its delimiter and encoding are those of the input, and its added columns are ignored.
"""

import csv
import json
import os
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
        journal: what an earlier run of this load noted. A file that this run wrote, and nobody changed, is removed:
            each run writes all.

    Raises:
        JournalError: there is a file that is not this load's, or that was changed.
    """

    def __init__(self, path: Path, records: Records, journal: Journal | None) -> None:
        if os.path.lexists(path):
            known, state = (None, "") if journal is None else journal.rejects()
            remedy = "move it away, or name another one"
            if path.absolute() != known:
                raise JournalError(f"the file of rejects {path} exists and is not this load's: {remedy}")
            if state and state != _state_of(path):
                raise JournalError(f"the file of rejects {path} was changed since this load wrote it: {remedy}")
            path.unlink()
        if journal is not None:
            journal.note_rejects(path.absolute())
        self.path = path
        self.has_rows: bool = False
        self._journal = journal
        self._records = records
        self._file: IO[str] | None = None
        self._writer: Any = None  # what csv.writer returns has no name

    def write(self, row: Row, outcome: RowOutcome) -> None:
        """Write a row that is not in."""
        file = self._file or self._open()
        self.has_rows = True
        reasons = "; ".join([*map(str, outcome.problems), *filter(None, [outcome.error])])
        added = (row.number, outcome.action.value, reasons)
        if self._writer is not None:
            self._writer.writerow([*_cells_of_input(row), *added])
            return
        content = dict(zip(row.names, row.cells, strict=True)) if row.names else {"_line": row.cells[0]}
        content = {name: cell for name, cell in content.items() if name not in _ADDED}
        content |= dict(zip(_ADDED, added, strict=True))
        json.dump(content, file, ensure_ascii=not self._records.encoding.startswith("utf"), default=str)
        file.write("\n")

    def _open(self) -> IO[str]:
        records = self._records
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        file = self._file = os.fdopen(descriptor, "w", encoding=records.encoding, errors="backslashreplace", newline="")
        if records.header:
            self._writer = csv.writer(file, delimiter=records.delimiter, lineterminator="\n")
            file.writelines(line if line.endswith("\n") else f"{line}\n" for line in records.preamble)
            self._writer.writerow([*(name for name in records.header if name not in _ADDED), *_ADDED])
        return file

    def flush(self) -> None:
        """Write out what was written so far."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Close the file, and note its state, by which a later run sees whether somebody changed it."""
        if self._file is not None:
            self._file.close()
            if self._journal is not None:
                self._journal.note_rejects(self.path.absolute(), _state_of(self.path))


def _state_of(path: Path) -> str:
    status = path.lstat()
    return f"{status.st_size} bytes at {status.st_mtime_ns}"


def _cells_of_input(row: Row) -> list[object]:
    """Return a row's cells without those that a file of rejects had added before."""
    cells = list(row.cells)
    if len(cells) != len(row.names):  # what stands where is not known, but that a file of rejects adds at the end
        return cells[: -len(_ADDED)] if row.names[-len(_ADDED) :] == _ADDED else cells
    return [cell for name, cell in zip(row.names, cells, strict=True) if name not in _ADDED]
