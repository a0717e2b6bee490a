"""What the journal takes of a row's time."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from benchmarks.goals import Goal
from benchmarks.load_files import account_number
from benchmarks.pace import PACE
from customer_profiles_sdk.bulk import RowAction, RowOutcome
from customer_profiles_sdk.bulk.journal import Journal

MOST_PERCENT: Final = 1
_CONTENTS: Final = '{"AccountNumber": "C-0000001", "FirstName": "Ana", "LastName": "Example"}'


@attrs.frozen(kw_only=True)
class Noted:
    """What a journal took.

    Attributes:
        rows: how many rows were noted.
        seconds: how long all of them took.
        cpu_seconds: how long the process worked.
    """

    rows: int
    seconds: float
    cpu_seconds: float

    def goals(self) -> Iterator[Goal]:
        """Yield what was to be reached, of the time that a row has at the default pace."""
        share = 100 * PACE * self.seconds / self.rows
        figure = f"journal: share of a row's time at {PACE:g} rows a second"
        yield Goal(figure=figure, measured=share, limit=MOST_PERCENT, unit="%")


def measure(rows: int, folder: Path) -> Noted:
    """Note so many rows as a load does."""
    with Journal(folder / "customers.journal", {"domain": "acme"}) as journal:
        started, cpu_started = time.perf_counter(), time.process_time()
        for number in range(1, rows + 1):
            contents = journal.hash_of(_CONTENTS)
            names = (journal.hash_of(account_number(number)),)
            journal.past_row(number, contents)
            journal.start(number, contents)
            journal.profile_ids(names)
            outcome = RowOutcome(row=number, action=RowAction.CREATED, profile_id=f"{number:032x}")
            journal.finish(outcome, contents, names)
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    return Noted(rows=rows, seconds=seconds, cpu_seconds=cpu_seconds)
