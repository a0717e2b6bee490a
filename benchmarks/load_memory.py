"""What the load of a large file takes: memory, time, CPU. It runs in a process of its own.

The service is a double that answers at once and in process: that it knows no customer, and that one was created. So
time and latency are left out, but not the loader, its journal, or botocore.
"""

import json
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

import attrs
from botocore.config import Config

from benchmarks.goals import Goal
from benchmarks.in_process import boto3_client
from benchmarks.processes import MIB, bytes_in_use, measured_by, peak_bytes
from customer_profiles_sdk import CustomerProfilesClient
from customer_profiles_sdk.bulk import LoadSummary, load_file
from customer_profiles_sdk.local.wire import Request, Response

MOST_MIB: Final = 80
MOST_GROWTH_PERCENT: Final = 5
_NO_LIMIT: Final = 1e6
_HEADERS: Final = {"Content-Type": "application/json"}


@attrs.frozen(kw_only=True)
class Loaded:
    """What the load of a file took. Time is that of sending, without the check. Memory is in bytes of the process.

    Attributes:
        rows: how many rows the file has.
        created: how many of them were created.
        seconds: how long it took.
        cpu_seconds: how long the process worked.
        before: the peak before the load, with boto3 and its client.
        peak: the peak at the end.
        half: what was in use when half of the rows were in.
        most_after_half: the most that was in use after that.
    """

    rows: int
    created: int
    seconds: float
    cpu_seconds: float
    before: int
    peak: int
    half: int
    most_after_half: int

    def goals(self) -> Iterator[Goal]:
        """Yield what was to be reached."""
        what = f"load of {self.rows:,} rows"
        yield Goal(figure=f"{what}: rows not in", measured=self.rows - self.created, limit=0, is_exact=True)
        yield Goal(figure=f"{what}: memory at the peak", measured=self.peak / MIB, limit=MOST_MIB, unit="MiB")
        grown = 100 * (self.most_after_half / self.half - 1)
        yield Goal(figure=f"{what}: growth over its second half", measured=grown, limit=MOST_GROWTH_PERCENT, unit="%")


def measure(path: Path) -> Loaded:
    """Load a file in a process of its own."""
    return Loaded(**measured_by(__name__, path))


class Watch:
    """Looks at time and memory while a load reports, and keeps no more than a few numbers."""

    def __init__(self) -> None:
        self.started = self.cpu_started = 0.0
        self.half = self.most_after_half = 0

    def __call__(self, summary: LoadSummary) -> None:
        """Look at them."""
        if summary.rows and not self.started:
            self.started, self.cpu_started = time.perf_counter(), time.process_time()
        if summary.rows and 2 * summary.rows >= summary.checked_rows:
            used = bytes_in_use()
            self.half = self.half or used
            self.most_after_half = max(self.most_after_half, used)


def load(path: Path) -> Loaded:
    """Load a file with its journal and at no pace."""
    client = CustomerProfilesClient("acme", boto3_client=double())
    before = peak_bytes()
    watch = Watch()
    summary = load_file(client, path, on_progress=watch, requests_per_second=_NO_LIMIT)
    return Loaded(
        rows=summary.rows,
        created=summary.created,
        seconds=time.perf_counter() - watch.started,
        cpu_seconds=time.process_time() - watch.cpu_started,
        before=before,
        peak=peak_bytes(),
        half=watch.half,
        most_after_half=watch.most_after_half,
    )


def double() -> Any:
    """Return a boto3 client whose service knows no customer and creates every one."""
    numbers = count()

    def handle(request: Request) -> Response:
        is_search = request.target.partition("?")[0].endswith("/search")
        content: dict[str, object] = {"Items": []} if is_search else {"ProfileId": f"{next(numbers):032x}"}
        return Response(200, _HEADERS, json.dumps(content).encode())

    return boto3_client(handle, Config(retries={"mode": "standard"}))


if __name__ == "__main__":
    print(json.dumps(attrs.asdict(load(Path(sys.argv[1])))))
