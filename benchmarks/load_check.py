"""What the check of a large file takes: memory, time, CPU. It runs in a process of its own, without boto3."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from benchmarks.goals import Goal
from benchmarks.processes import MIB, measured_by, peak_bytes
from customer_profiles_sdk import SearchKey
from customer_profiles_sdk.bulk import read_rows
from customer_profiles_sdk.bulk.file_check import FileCheck

MOST_SECONDS: Final = 30
"""For a million rows."""
MOST_GROWTH_MIB: Final = 30


@attrs.frozen(kw_only=True)
class Checked:
    """What the check of a file took. Memory is in bytes of the whole process, at its peak.

    Attributes:
        rows: how many rows were checked.
        rejected: how many of them would be rejected.
        duplicate_keys: how many of them have a key that an earlier one has.
        seconds: how long it took.
        cpu_seconds: how long the process worked.
        before: the peak before the check, with the loader imported.
        peak: the peak at the end.
    """

    rows: int
    rejected: int
    duplicate_keys: int
    seconds: float
    cpu_seconds: float
    before: int
    peak: int

    def goals(self) -> Iterator[Goal]:
        """Yield what was to be reached; a smaller file has its share of the time, and all of the memory."""
        what = f"check of {self.rows:,} rows"
        seconds = MOST_SECONDS * self.rows / 1_000_000
        yield Goal(figure=f"{what}: time", measured=self.seconds, limit=seconds, unit="s")
        grown = (self.peak - self.before) / MIB
        yield Goal(figure=f"{what}: memory more than before", measured=grown, limit=MOST_GROWTH_MIB, unit="MiB")


def measure(path: Path) -> Checked:
    """Check a file in a process of its own."""
    return Checked(**measured_by(__name__, path))


def check(path: Path) -> Checked:
    """Check a file as a load does before it sends, and count the keys that occur twice."""
    before = peak_bytes()
    started, cpu_started = time.perf_counter(), time.process_time()
    checking = FileCheck((SearchKey.ACCOUNT,))
    for _ in checking.rejects(read_rows(path)):
        pass
    return Checked(
        rows=checking.rows,
        rejected=checking.rejected,
        duplicate_keys=checking.duplicate_keys,
        seconds=time.perf_counter() - started,
        cpu_seconds=time.process_time() - cpu_started,
        before=before,
        peak=peak_bytes(),
    )


if __name__ == "__main__":
    print(json.dumps(attrs.asdict(check(Path(sys.argv[1])))))
