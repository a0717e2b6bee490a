"""Duplicates and lost rows of a load that is killed and started again: counted in the store, not believed.

Each customer is in the file twice. The embedded service runs in this process, over HTTP and with a search that lags,
and so keeps its store while the process that loads is ended with ``kill -9`` and started again at once.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import attrs
import boto3
from botocore.config import Config

from benchmarks.goals import Goal
from benchmarks.load_files import REVISION, account_number, write_repeated_customers
from customer_profiles_sdk import CustomerProfilesClient, SearchKey
from customer_profiles_sdk.bulk import LoadSummary, RowAction, load_file
from customer_profiles_sdk.local import Faults, LocalCustomerProfiles

DOMAIN: Final = "acme"
TIMES: Final = 2
_SECONDS_BETWEEN_LOOKS: Final = 0.005
_MAX_SECONDS: Final = 240.0


@attrs.frozen(kw_only=True)
class Kills:
    """What came of a load that was killed several times.

    Attributes:
        customers: how many customers are in the file, each twice.
        kills: how often the process was killed.
        duplicates: profiles beyond one for each customer.
        lost: customers that are not stored as their last row in the file has them.
        strangers: profiles of no customer of the file.
        reports: how often the load reported what became of its rows, whatever run it was in.
        wrong_sums: reports whose rows are not the sum of the six counts, and summaries of less than the whole file.
        settled: rows that an earlier run left in doubt and a later one settled.
        seconds: how long it all took.
    """

    customers: int
    kills: int
    duplicates: int
    lost: int
    strangers: int
    reports: int
    wrong_sums: int
    settled: int
    seconds: float

    def goals(self) -> Iterator[Goal]:
        """Yield what was to be reached."""
        what = f"`kill -9`, {self.kills} times"
        yield Goal(figure=f"{what}: duplicates", measured=self.duplicates + self.strangers, limit=0, is_exact=True)
        yield Goal(figure=f"{what}: customers lost", measured=self.lost, limit=0, is_exact=True)
        yield Goal(figure=f"{what}: reports that do not add up", measured=self.wrong_sums, limit=0, is_exact=True)


def measure(customers: int, kills: int, *, lag_seconds: float, settle_seconds: float) -> Kills:
    """Load a file, killing the load after equal shares of its customers are created, and count what is stored."""
    started = time.perf_counter()
    faults = Faults(search_lag_seconds=lag_seconds)
    with TemporaryDirectory() as folder, LocalCustomerProfiles([DOMAIN], faults=faults) as service:
        path = Path(folder, "customers.csv")
        write_repeated_customers(path, customers, TIMES)
        reports: list[dict[str, float]] = []
        with service.serve() as server:
            for kill in range(1, kills + 1):
                reports += _run(path, server.url, settle_seconds, service, customers * kill // (kills + 1))
            reports += _run(path, server.url, settle_seconds)
        seconds = time.perf_counter() - started
        time.sleep(lag_seconds + 0.5)  # until search sees all of it
        return _counted(service, customers, kills, reports, seconds)


def _run(
    path: Path, url: str, settle_seconds: float, service: LocalCustomerProfiles | None = None, stored: int = 0
) -> list[dict[str, float]]:
    """Load in a process of its own and return its reports; it is killed once so many profiles are stored."""
    reports = path.with_suffix(".reports")
    command = [sys.executable, "-m", __spec__.name, str(path), url, str(settle_seconds)]
    ends_at = time.monotonic() + _MAX_SECONDS
    with reports.open("wb") as output, subprocess.Popen(command, stdout=output) as process:
        try:
            while process.poll() is None and (service is None or _count(service) < stored):
                if time.monotonic() > ends_at:
                    raise RuntimeError("the load takes too long")
                time.sleep(_SECONDS_BETWEEN_LOOKS)
        finally:
            process.kill()
    if process.returncode != (0 if service is None else -signal.SIGKILL):
        raise RuntimeError(f"the load ended with {process.returncode}, perhaps before it could be killed")
    lines = []
    for line in reports.read_text().splitlines():
        with suppress(json.JSONDecodeError):  # the last one may be cut off
            lines.append(json.loads(line))
    return lines


def _count(service: LocalCustomerProfiles) -> int:
    """Return how many profiles the store has."""
    return int(service.boto3_client().get_domain(DomainName=DOMAIN)["Stats"]["ProfileCount"])


def _counted(
    service: LocalCustomerProfiles, customers: int, kills: int, reports: list[dict[str, float]], seconds: float
) -> Kills:
    client = service.client(DOMAIN)
    stored, duplicates, lost = 0, 0, 0
    for number in range(customers):
        found = [each.profile for each in client.search_profiles({SearchKey.ACCOUNT: account_number(number)})]
        stored += len(found)
        duplicates += max(len(found) - 1, 0)
        lost += str(TIMES) not in {(each.attributes or {}).get(REVISION) for each in found}
    wrong = sum(1 for each in reports if each["rows"] != sum(each[action] for action in RowAction))
    return Kills(
        customers=customers,
        kills=kills,
        duplicates=duplicates,
        lost=lost,
        strangers=_count(service) - stored,
        reports=len(reports),
        wrong_sums=wrong + (reports[-1]["rows"] != customers * TIMES),
        settled=sum(int(each["settled"]) for each in reports if each.get("is_last")),
        seconds=seconds,
    )


def main(path: str, url: str, settle_seconds: str) -> None:
    """Load the file and print each report, and the summary, as a line of JSON."""
    session = boto3.Session("access", "secret", region_name="us-east-1")
    client = CustomerProfilesClient(DOMAIN, session=session, endpoint_url=url, config=Config(max_pool_connections=16))

    def report(summary: LoadSummary, *, is_last: bool = False) -> None:
        print(json.dumps({**attrs.asdict(summary), "is_last": is_last}), flush=True)

    report(load_file(client, path, settle_seconds=float(settle_seconds), on_progress=report), is_last=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
