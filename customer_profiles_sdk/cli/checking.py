"""``customer-profiles check``: the problems of every row as they are found, and then the summary."""

import time
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from customer_profiles_sdk.bulk.checking import match_keys
from customer_profiles_sdk.bulk.file_check import FileCheck
from customer_profiles_sdk.bulk.reading import Reading
from customer_profiles_sdk.bulk.records import Format, Records
from customer_profiles_sdk.bulk.rows import LoadSummary, Row
from customer_profiles_sdk.cli import texts
from customer_profiles_sdk.cli.options import CheckArguments
from customer_profiles_sdk.cli.progress import Progress, standard_error
from customer_profiles_sdk.cli.reading import reading_options

_SECONDS_BETWEEN_REPORTS: Final = 0.1


def run_check(arguments: CheckArguments) -> int:
    """Check a file and return the exit code."""
    checking = _Checking(arguments)
    reading = Reading.with_options(arguments.file, reading_options(arguments))
    keys = match_keys("check", arguments.match_on)
    check = FileCheck(keys)
    try:
        with reading.open() as records:
            reading.check_columns(records, keys)
            checking.write_problems(records, check, checking.shown(reading.rows(records), check))
    finally:
        checking.progress.clear()
    checking.write_summary(check)
    return 1 if check.rejected else 0


@attrs.define(eq=False, repr=False)
class _Checking:
    """What a check writes, and when."""

    arguments: CheckArguments
    started_at: float = attrs.Factory(time.monotonic)
    reported_at: float = 0.0
    progress: Progress = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.progress = standard_error(is_wanted=not (self.arguments.no_progress or self.arguments.quiet))

    @property
    def is_json(self) -> bool:
        return self.arguments.output == "json"

    def shown(self, rows: Iterable[Row], check: FileCheck) -> Iterator[Row]:
        """Yield the rows, and show meanwhile how far the check is."""
        for row in rows:
            now = time.monotonic()
            if now - self.reported_at >= _SECONDS_BETWEEN_REPORTS:
                self.reported_at = now
                self.progress.show(self._summary(check))
            yield row

    def write_problems(self, records: Records, check: FileCheck, rows: Iterable[Row]) -> None:
        """Write the problems of each row as they are found, so that they take no memory."""
        if self.is_json:
            texts.write('{"problems": [')
        separator = "\n"
        for row, outcome in check.rejects(rows):
            self.progress.clear()
            line = None if records.format is Format.PARQUET else row.line
            for problem in outcome.problems:
                if self.is_json:
                    texts.write(f"{separator}{texts.problem_json(row.number, line, problem)}")
                    separator = ",\n"
                else:
                    texts.write(f"{texts.problem_text(row.number, line, problem)}\n")

    def write_summary(self, check: FileCheck) -> None:
        """Write the summary."""
        summary = self._summary(check)
        texts.write(f"\n], {texts.check_json(summary)[1:]}\n" if self.is_json else f"{texts.check_text(summary)}\n")

    def _summary(self, check: FileCheck) -> LoadSummary:
        return LoadSummary(
            rejected=check.rejected,
            checked_rows=check.rows,
            duplicate_keys=check.duplicate_keys,
            seconds=time.monotonic() - self.started_at,
        )
