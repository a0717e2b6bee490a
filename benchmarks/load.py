"""The goals of a load, each beside what is measured: pace, crashes, memory, time, the journal, the command's help.

::

    python -m benchmarks.load                        # all of it, with a million rows: about an hour
    python -m benchmarks.load --load-rows 250000     # less of the longest part: a quarter of an hour
    python -m benchmarks.load --quick                # whether it runs; too short for its times to mean anything

It exits with 1 where a goal is missed that no machine is too slow for: no duplicates, nothing lost. What is stored is
counted in the service. It needs Linux and the extras ``local`` and ``cli``.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

import attrs

from benchmarks import load_check, load_help, load_journal, load_kills, load_memory, pace
from benchmarks.environment import as_text, environment, write
from benchmarks.goals import Goal
from benchmarks.load_files import write_customers

PACKAGES: Final = ("boto3", "botocore", "attrs", "click", "h11")
THREADS: Final = 16
LAG_SECONDS: Final = 1.0
SETTINGS: Final = {
    "threads": THREADS,
    "lag_seconds": LAG_SECONDS,
    "latency_seconds": pace.LATENCY_SECONDS,
    "quota": pace.QUOTA,
}


class Measured(attrs.AttrsInstance, Protocol):
    """What was measured of one part."""

    def goals(self) -> Iterator[Goal]:
        """Yield what was to be reached."""
        ...


@attrs.frozen(kw_only=True)
class Sizes:
    """How much is measured."""

    pace_seconds: float
    others: Sequence[float]
    customers: int
    kills: int
    settle_seconds: float
    rows: int
    load_rows: int
    journal_rows: int
    helps: int


FULL: Final = Sizes(
    pace_seconds=20.0,
    others=(30.0, 60.0),
    customers=600,
    kills=4,
    settle_seconds=10.0,
    rows=1_000_000,
    load_rows=1_000_000,
    journal_rows=20_000,
    helps=20,
)
QUICK: Final = Sizes(
    pace_seconds=2.0,
    others=(60.0,),
    customers=40,
    kills=1,
    settle_seconds=1.5,
    rows=2_000,
    load_rows=1_000,
    journal_rows=1_000,
    helps=2,
)


@attrs.frozen
class Paced:
    """What came of the runs on a quota, by their names."""

    runs: Mapping[str, pace.Result]
    others: Sequence[float]

    def goals(self) -> Iterator[Goal]:
        """Yield what was to be reached."""
        return pace.goals(self.runs, self.others)


def measure(part: str, sizes: Sizes, folder: Path) -> Measured:
    """Measure one part."""
    path = folder / f"{part}.csv"
    match part:
        case "pace":
            return Paced(pace.measure_all(sizes.others, THREADS, sizes.pace_seconds), sizes.others)
        case "kills":
            return load_kills.measure(
                sizes.customers, sizes.kills, lag_seconds=LAG_SECONDS, settle_seconds=sizes.settle_seconds
            )
        case "check":
            write_customers(path, sizes.rows)
            return load_check.measure(path)
        case "load":
            write_customers(path, sizes.load_rows)
            return load_memory.measure(path)
        case "journal":
            return load_journal.measure(sizes.journal_rows, folder)
        case _:
            return load_help.measure(sizes.helps)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="Measure the goals of a load.")
    parser.add_argument("--quick", action="store_true", help="everything small, in less than half a minute")
    parser.add_argument("--load-rows", type=int, help=f"rows of the file that is loaded ({FULL.load_rows:,})")
    parts = ("pace", "kills", "check", "load", "journal", "help")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts, help="measure only these")
    parser.add_argument("--json", type=Path, help="write the result to this file")
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    sizes = attrs.evolve(sizes, load_rows=options.load_rows or sizes.load_rows)
    print(as_text(environment(*PACKAGES)), end="\n\n")
    goals: list[Goal] = []
    results: dict[str, object] = {"settings": {**attrs.asdict(sizes), **SETTINGS}}
    with TemporaryDirectory() as folder:
        for part in options.only:
            found = measure(part, sizes, Path(folder))
            reached = list(found.goals())
            goals += reached
            print(*reached, sep="\n", flush=True)
            results[part] = {"goals": [attrs.asdict(goal) for goal in reached], "measured": attrs.asdict(found)}
    if options.json:
        write(options.json, results, *PACKAGES)
    if missed := [goal.figure for goal in goals if goal.is_exact and not goal.is_met]:
        sys.exit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
