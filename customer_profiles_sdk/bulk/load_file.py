"""Loads a file: checks all of it, then sends it, and keeps a journal and a file of rejects beside it.

How a file is read is left to ``reading``, how rows are sent to ``loader``.
"""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, Unpack

from customer_profiles_sdk.bulk.checking import match_keys
from customer_profiles_sdk.bulk.errors import JournalError, LoadStoppedError
from customer_profiles_sdk.bulk.file_check import FileCheck
from customer_profiles_sdk.bulk.journal import Journal
from customer_profiles_sdk.bulk.limits import RejectLimit
from customer_profiles_sdk.bulk.loader import Loader, LoadSettings
from customer_profiles_sdk.bulk.reading import Reading, ReadingOptions
from customer_profiles_sdk.bulk.records import Records
from customer_profiles_sdk.bulk.rejects import Rejects
from customer_profiles_sdk.bulk.rows import NOT_IN, LoadSummary, Row, RowAction, RowOutcome
from customer_profiles_sdk.bulk.sources import STANDARD_INPUT
from customer_profiles_sdk.client import CustomerProfilesClient
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import CustomerProfilesError

_SECONDS_BETWEEN_REPORTS: Final = 0.1


class LoadOptions(ReadingOptions, total=False):
    """The options of ``read_rows`` and ``load_rows`` together, for ``load_file``."""

    match_on: SearchKey | Sequence[SearchKey]
    requests_per_second: float
    concurrency: int
    settle_seconds: float


def load_file(
    client: CustomerProfilesClient,
    path: str | os.PathLike[str],
    *,
    rejects: str | os.PathLike[str] | None = None,
    journal: str | os.PathLike[str] | None = None,
    fresh: bool = False,
    max_rejects: int | str | None = None,
    on_progress: Callable[[LoadSummary], None] | None = None,
    **reading_and_loading: Unpack[LoadOptions],
) -> LoadSummary:
    """Check a file of customers, then upsert each row, and return what became of them.

    All rows are checked before the first is sent. Rows that are not in are written to a file of rejects, which can be
    corrected and loaded again. A journal notes which rows are in: the same call, made again after a crash, goes on
    where the load stopped. Standard input (``"-"``) is checked while it is sent, and has a journal only if one is
    named.

    Args:
        client: the client to send with.
        path: the file, as for ``read_rows``.
        rejects: the file of rejects, else ``customers.rejects.csv`` beside ``customers.csv``.
        journal: the journal, else ``customers.journal`` beside ``customers.csv``.
        fresh: begin anew, whatever the journal says.
        max_rejects: stop when more rows than this are rejected or fail: a number, or a share of the file such as
            ``"5%"``.
        on_progress: is called several times a second with what became of the rows so far. What it raises ends the load
            after the rows that are in work, and comes out as it is.
        **reading_and_loading: the options of ``read_rows`` and ``load_rows``.

    Raises:
        InvalidRequestError: an argument breaks a rule.
        InputFileError: the file cannot be read as what it is said to be.
        ColumnsError: a column is neither mapped nor ignored, or two of them fill one field.
        JournalError: the journal or the file of rejects is not of this load.
        LoadStoppedError: the load stopped, and goes on when it is started again.
    """
    options = reading_and_loading
    if unknown := options.keys() - LoadOptions.__optional_keys__:
        raise TypeError(f"load_file() has no option {', '.join(sorted(unknown))}")
    load = FileLoad.with_options(client, path, options, max_rejects=max_rejects, on_progress=on_progress)
    return load.run(rejects, journal, fresh=fresh)


def is_stream(path: str | os.PathLike[str]) -> bool:
    """Tell whether a path is read while it is written, and so only once."""
    return os.fspath(path) == STANDARD_INPUT or (os.path.exists(path) and not os.path.isfile(path))  # noqa: PTH110, PTH113 (never raise)


class FileLoad:
    """One load of one file."""

    def __init__(
        self,
        reading: Reading,
        loader: Loader,
        keys: tuple[SearchKey, ...],
        *,
        limit: RejectLimit,
        on_progress: Callable[[LoadSummary], None] | None = None,
    ) -> None:
        self._reading = reading
        self._loader = loader
        self._keys = keys
        self._limit = limit
        self._on_progress = on_progress
        self._progress_error: BaseException | None = None
        self._path = Path(reading.path)
        self._is_stream = is_stream(reading.path)
        self._check = FileCheck(keys)
        self._counts = dict.fromkeys(RowAction, 0)
        self._in_work: dict[int, Row] = {}
        self._output: Rejects | None = None
        self._started_at = self._sending_since = time.monotonic()
        self._reported_at = 0.0

    @classmethod
    def with_options(
        cls,
        client: CustomerProfilesClient,
        path: str | os.PathLike[str],
        options: LoadOptions,
        *,
        max_rejects: int | str | None,
        on_progress: Callable[[LoadSummary], None] | None,
    ) -> "FileLoad":
        """Return a load with the arguments of ``load_file``."""
        settings = LoadSettings(
            keys=match_keys("load_file", options.get("match_on", SearchKey.ACCOUNT)),
            requests_per_second=options.get("requests_per_second", 98.0),
            concurrency=options.get("concurrency", 16),
            settle_seconds=options.get("settle_seconds", 10.0),
        )
        return cls(
            Reading.with_options(path, options),
            Loader(client, settings),
            settings.keys,
            limit=RejectLimit.parsed(max_rejects, is_stream=is_stream(path)),
            on_progress=on_progress,
        )

    def run(
        self, rejects: str | os.PathLike[str] | None, journal: str | os.PathLike[str] | None, *, fresh: bool
    ) -> LoadSummary:
        """Check the file and send it."""
        with self._reading.open() as records:
            self._reading.check_columns(records, self._keys)
            state = None if self._is_stream else _state_of(self._path)
            with closing(self._loader), closing(self._open_outputs(records, rejects, journal, fresh=fresh)) as output:
                self._output = output
                if self._is_stream:
                    return self._send(records, output)
                self._check_all(records, output)
                self._check_state(state)
                with self._reading.open() as records_again:
                    summary = self._send(records_again, output)
                self._check_state(state)
                return summary

    def summary(self) -> LoadSummary:
        """Return what became of the rows so far."""
        loader = self._loader
        rows = sum(self._counts.values())
        sent = rows - self._counts[RowAction.REJECTED] - loader.resumed
        now = time.monotonic()
        return LoadSummary(
            rows=rows,
            **{action.value: count for action, count in self._counts.items()},
            seconds=now - self._started_at,
            rows_per_second=sent / max(now - self._sending_since, 1e-9),
            requests=loader.pace.requests,
            throttled_requests=loader.pace.throttled_requests,
            checked_rows=self._check.rows,
            duplicate_keys=self._check.duplicate_keys,
            resumed=loader.resumed,
            settled=loader.settled,
            rejects_file=str(self._output.path) if self._output is not None and self._output.has_rows else None,
        )

    def _open_outputs(
        self,
        records: Records,
        rejects: str | os.PathLike[str] | None,
        journal: str | os.PathLike[str] | None,
        *,
        fresh: bool,
    ) -> Rejects:
        if journal is None and not self._is_stream:
            journal = beside(self._path, ".journal")
        path = beside(self._path, rejects_ending(records)) if rejects is None else Path(rejects)
        if journal is None:
            return Rejects(path, records)
        own = self._loader.journal = Journal(journal, self._identity(), is_fresh=fresh)
        return Rejects(path, records, own)

    def _identity(self) -> dict[str, str]:
        reading = self._reading
        options = [reading.cells.blank, reading.cells.clear_marker, reading.format, reading.delimiter]
        read = json.dumps([*options, reading.encoding, reading.skip_rows])
        mapping = json.dumps(dict(reading.mapping.columns), sort_keys=True, default=dict)
        contents = {} if self._is_stream else {"file": _hash_of_file(self._path)}
        return {
            **contents,
            "mapping": hashlib.blake2b(mapping.encode()).hexdigest(),
            "options of reading": hashlib.blake2b(read.encode()).hexdigest(),
            **self._loader.identity(),
        }

    def _check_all(self, records: Records, output: Rejects) -> None:
        try:
            for row, outcome in self._check.rejects(self._ticking(self._reading.rows(records))):
                output.write(row, outcome)
            output.flush()
        except (OSError, sqlite3.Error, JournalError) as error:  # a disk is full
            if error is self._progress_error:
                raise
            raise self._stopped(error) from error
        rejected = self._check.rejected
        if self._limit.is_exceeded(rejected, self._check.rows):
            self._counts[RowAction.REJECTED] = rejected
            raise LoadStoppedError(f"{rejected} rows are rejected, more than {self._limit}", self.summary())

    def _ticking(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self._report()
            yield row

    def _send(self, records: Records, output: Rejects) -> LoadSummary:
        self._sending_since = time.monotonic()
        outcomes = self._loader.load(self._noted(self._reading.rows(records)), self._report)
        try:
            with closing(outcomes):
                for outcome in outcomes:
                    self._take(outcome, output)
            output.flush()
        except Exception as error:
            if error is self._progress_error or isinstance(error, LoadStoppedError):
                raise
            raise self._stopped(error) from error
        self._report(is_due=True)
        return self.summary()

    def _noted(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self._in_work[row.number] = row
            yield row

    def _take(self, outcome: RowOutcome, output: Rejects) -> None:
        row = self._in_work.pop(outcome.row)
        self._counts[outcome.action] += 1
        is_new = self._is_stream or outcome.action is not RowAction.REJECTED  # those of a file are written already
        if is_new and outcome.action in NOT_IN:
            output.write(row, outcome)
        count = self._counts[RowAction.REJECTED] + self._counts[RowAction.FAILED]
        rows = sum(self._counts.values()) if self._is_stream else self._check.rows
        if self._limit.is_exceeded(count, rows):
            raise LoadStoppedError(f"{count} rows were rejected or failed, more than {self._limit}", self.summary())

    def _report(self, *, is_due: bool = False) -> None:
        now = time.monotonic()
        if self._on_progress is None or (now - self._reported_at < _SECONDS_BETWEEN_REPORTS and not is_due):
            return
        self._reported_at = now
        try:
            self._on_progress(self.summary())
        except BaseException as error:
            self._progress_error = error
            raise

    def _stopped(self, error: Exception) -> LoadStoppedError:
        # The text of any other error may repeat a customer's value.
        is_known = isinstance(error, CustomerProfilesError | OSError | sqlite3.Error)
        is_shown = is_known or type(error).__module__.startswith("botocore.")
        return LoadStoppedError(
            f"{type(error).__name__}: {error}" if is_shown else type(error).__name__, self.summary()
        )

    def _check_state(self, state: object) -> None:
        if _state_of(self._path) != state:
            raise LoadStoppedError("the file changed while it was loaded", self.summary())


def beside(path: Path, ending: str) -> Path:
    """Return a file beside another, or in the current folder where nothing can be written there."""
    name = f"{'stdin' if str(path) == STANDARD_INPUT else path.stem}{ending}"
    return path.with_name(name) if os.access(path.parent, os.W_OK) else Path(name)


def rejects_ending(records: Records) -> str:
    """Return how the name of a file of rejects ends: CSV, or JSON Lines where each record has names of its own."""
    return ".rejects.csv" if records.header else ".rejects.jsonl"


def _hash_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, hashlib.blake2b).hexdigest()


def _state_of(path: Path) -> tuple[int, ...]:
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
