"""How long the command takes to print its help: what anybody waits for who asks it anything."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from benchmarks.goals import Goal

MOST_MILLISECONDS: Final = 150
_COMMAND: Final = (sys.executable, "-m", "customer_profiles_sdk.cli", "--help")


@attrs.frozen(kw_only=True)
class Helped:
    """How many seconds each process took, from its start to its end."""

    samples: Sequence[float]

    def goals(self) -> Iterator[Goal]:
        """Yield what was to be reached."""
        median = 1000 * statistics.median(self.samples)
        figure = "`customer-profiles --help`: time (median)"
        yield Goal(figure=figure, measured=median, limit=MOST_MILLISECONDS, unit="ms")


def measure(times: int) -> Helped:
    """Ask so many times, after one that does not count, because it reads the files."""
    samples = []
    for _ in range(times + 1):
        started = time.perf_counter()
        subprocess.run(_COMMAND, check=True, stdout=subprocess.DEVNULL)
        samples.append(time.perf_counter() - started)
    return Helped(samples=samples[1:])
