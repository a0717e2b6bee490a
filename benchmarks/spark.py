"""Whether a load from Spark holds a quota of 100 requests a second, and whether a killed task makes duplicates.

Spark runs in ``local[2]``, its tasks in processes of their own; the embedded service is served over HTTP and
keeps what arrives. Beside it, ``load_rows`` in one process loads the same rows. All is counted in the service. It takes
two minutes::

    python -m benchmarks.spark

It exits with 1 where customers are lost or doubled. It needs Linux, the extra ``spark`` and Java 17.
"""

import argparse
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

import attrs
from pyspark.sql import DataFrame, SparkSession

from benchmarks.environment import as_text, environment, write
from benchmarks.goals import Goal
from benchmarks.network import connected_processes
from benchmarks.pace import PACE, QUOTA, most_in_one_second
from customer_profiles_sdk import CustomerProfilesClient, Profile
from customer_profiles_sdk.bulk import load_rows
from customer_profiles_sdk.bulk.rows import NOT_IN
from customer_profiles_sdk.local import Faults, LocalCustomerProfiles
from customer_profiles_sdk.local.server import Server
from customer_profiles_sdk.local.wire import Request, Response
from customer_profiles_sdk.spark import load_profiles

PACKAGES = ("pyspark", "pyarrow", "pandas", "boto3", "botocore")
TASKS = 2
LAG_SECONDS = 1.0
SETTLE_SECONDS = 4.0
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@attrs.frozen
class Arrival:
    """A request that arrived in the service, and the HTTP status of its response."""

    time: float
    operation: str
    http_status: int


class Wire:
    """The service over HTTP, which keeps what arrives."""

    def __init__(self, faults: Faults) -> None:
        self.arrivals: list[Arrival] = []
        self.service = LocalCustomerProfiles(domains=["acme"], faults=faults)
        self._handle = self.service._dispatcher.handle  # noqa: SLF001 (it counts what arrives there)

    def handle(self, request: Request) -> Response:
        """Respond, and note the request."""
        response = self._handle(request)
        operation = request.target.partition("?")[0].rpartition("/")[2]
        self.arrivals.append(Arrival(time.monotonic(), operation, response.status))
        return response

    def created(self) -> Counter[object]:
        """Count the profiles that were created by their account numbers."""
        requests = self.service.requests
        return Counter(each.parameters["AccountNumber"] for each in requests if each.operation == "CreateProfile")


@contextmanager
def served(faults: Faults) -> Iterator[tuple[Wire, str]]:
    """Serve a new service; its address is for the clients of this machine."""
    wire = Wire(faults)
    with wire.service, Server(wire.handle) as server:
        yield wire, server.url


@attrs.frozen
class Result:
    """What came of one load.

    Attributes:
        seconds: how long the whole of it took, with Spark's tasks.
        rows_per_second: creates, from the first to the last.
        steady_rows_per_second: the same for the middle of them, in which all tasks have rows.
        most_in_one_second: the most creates in any one second.
        throttled: requests that were throttled.
        not_in: rows that were not created, updated or found unchanged.
        duplicates: profiles too many.
        lost: customers without a profile.
        cpu_ms: CPU time of the loading process for each row, where it is one process.
    """

    seconds: float
    rows_per_second: float
    steady_rows_per_second: float
    most_in_one_second: int
    throttled: int
    not_in: int
    duplicates: int
    lost: int
    cpu_ms: float | None = None


def result(wire: Wire, seconds: float, actions: Counter[str], customers: int, cpu_ms: float | None = None) -> Result:
    """Return what came of a load, as the service saw it."""
    creates = [each.time for each in wire.arrivals if each.operation == "profiles" and each.http_status == 200]
    middle = creates[len(creates) // 10 : -len(creates) // 5]
    created = wire.created()
    return Result(
        seconds,
        rate(creates),
        rate(middle),
        most_in_one_second(creates),
        sum(each.http_status == 429 for each in wire.arrivals),
        sum(actions[action] for action in NOT_IN),
        sum(count - 1 for count in created.values()),
        customers - len(created),
        cpu_ms,
    )


def rate(moments: list[float]) -> float:
    """Return how many there were a second, from the first to the last."""
    return (len(moments) - 1) / (moments[-1] - moments[0])


def as_line(found: Result) -> str:
    """Return how fast a load was."""
    return f"{found.rows_per_second:.1f} rows a second from the first create to the last, {found.seconds:.0f} s in all"


def frame(spark: SparkSession, customers: int, times: int = 1) -> DataFrame:
    """Return a frame with each customer so many times."""
    return spark.range(customers * times).selectExpr(
        f"concat('C-', id % {customers}) AS account_number", "'Ana' AS first_name"
    )


def with_spark(spark: SparkSession, customers: int, *, kill: bool = False) -> Result:
    """Load from Spark; with ``kill``, each customer is there twice, search lags, and a worker is killed on the way."""
    faults = Faults(requests_per_second=QUOTA, search_lag_seconds=LAG_SECONDS if kill else 0)
    with served(faults) as (wire, url):
        outcomes = load_profiles(
            frame(spark, customers, 2 if kill else 1),
            domain_name="acme",
            requests_per_second=PACE,
            tasks=TASKS,
            settle_seconds=SETTLE_SECONDS if kill else 0,
            client_options={"endpoint_url": url},
        )
        if kill:
            Thread(target=kill_a_worker, args=(wire, url, customers // 2), daemon=True).start()
        started = time.monotonic()
        rows = outcomes.collect()
        if kill != all(row.attempt for row in rows):
            raise RuntimeError("no task was killed, or one that should not")
        return result(wire, time.monotonic() - started, Counter(row.action for row in rows), customers)


def kill_a_worker(wire: Wire, url: str, creates: int) -> None:
    """Kill a process that sends, after so many creates."""
    while len([each for each in wire.arrivals if each.operation == "profiles"]) < creates:
        time.sleep(0.05)
    os.kill(connected_processes(int(url.rpartition(":")[2]))[0], signal.SIGKILL)


def load_in_process(url: str, customers: int, requests_per_second: float) -> tuple[Counter[str], float]:
    """Load with ``load_rows``; return what became of the rows, and the CPU seconds."""
    client = CustomerProfilesClient("acme", endpoint_url=url)
    rows = (Profile(account_number=f"C-{number}", first_name="Ana") for number in range(customers))
    started = time.process_time()
    outcomes = load_rows(client, rows, requests_per_second=requests_per_second, settle_seconds=0)
    return Counter(outcome.action.value for outcome in outcomes), time.process_time() - started


def with_load_rows(customers: int, requests_per_second: float = PACE, quota: float | None = QUOTA) -> Result:
    """Load the same in one process of its own."""
    with served(Faults(requests_per_second=quota)) as (wire, url):
        started = time.monotonic()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            actions, cpu = pool.submit(load_in_process, url, customers, requests_per_second).result()
        return result(wire, time.monotonic() - started, actions, customers, cpu / customers * 1000)


def session() -> SparkSession:
    """Start Spark on this machine."""
    builder = SparkSession.builder.master(f"local[{TASKS},4]")
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": str(TASKS),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def goals(alone: Result, killed: Result) -> Iterator[Goal]:
    """Yield what was to be reached with Spark: alone, and with a worker killed."""
    steady = alone.steady_rows_per_second
    yield Goal(
        figure="Spark: rows a second while all tasks have rows", measured=steady, limit=PACE * 0.98, is_least=True
    )
    most = alone.most_in_one_second
    yield Goal(figure="Spark: most creates in any one second", measured=most, limit=QUOTA * 1.02)
    yield Goal(figure="Spark: requests throttled", measured=alone.throttled, limit=0)
    yield Goal(figure="Spark: rows not in", measured=alone.not_in, limit=0)
    what = "a worker killed, lag 1 s, keys twice"
    yield Goal(figure=f"{what}: duplicates", measured=killed.duplicates, limit=0, is_exact=True)
    yield Goal(figure=f"{what}: customers lost", measured=killed.lost, limit=0, is_exact=True)
    yield Goal(figure=f"{what}: rows not in", measured=killed.not_in, limit=0)


def print_paper(cpu_ms: float) -> None:
    """Print how many tasks a raised quota needs, computed from the CPU time of a row and the latency of a request."""
    each = min(1000 / cpu_ms, CONCURRENCY / (REQUESTS_PER_ROW * LATENCY_SECONDS))
    print(
        f"\non paper: a task with concurrency={CONCURRENCY} and {LATENCY_SECONDS * 1000:g} ms a request loads at most"
    )
    print(f"{each:.0f} new customers a second (each takes a search and a create, and {cpu_ms:.2f} ms of a core)")
    for quota in (100, 500, 1_000, 5_000):
        tasks = -(-quota * 0.98 // each)
        hours = 1_000_000 / (quota * 0.98) / 3600
        print(f"  quota {quota:>5}/s: {tasks:>4.0f} tasks; a million rows in {hours:.1f} h")


CONCURRENCY = 8
LATENCY_SECONDS = 0.04
REQUESTS_PER_ROW = 2


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure a load from Spark.")
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--json", type=Path, help="write the result to this file")
    options = parser.parse_args()
    os.environ.update({"PYSPARK_PYTHON": sys.executable, "AWS_EC2_METADATA_DISABLED": "true", **CREDENTIALS})
    print(as_text(environment(*PACKAGES)))
    print(f"quota {QUOTA:g}/s, pace {PACE:g}/s, {TASKS} tasks, {options.rows} rows\n")
    started = time.monotonic()
    spark = session()
    warm_up = frame(spark, 1).count() and time.monotonic() - started
    runs = {"spark": with_spark(spark, options.rows), "spark, killed": with_spark(spark, options.rows // 4, kill=True)}
    spark.stop()
    runs["load_rows"] = with_load_rows(options.rows)
    runs["load_rows, no quota"] = with_load_rows(options.rows, 1_000_000, None)
    alone, killed, rows = runs["spark"], runs["spark, killed"], runs["load_rows"]
    reached = list(goals(alone, killed))
    print(*reached, sep="\n")
    unpaced = runs["load_rows, no quota"]
    print(f"\nSpark, whose session took {warm_up:.0f} s to start: {as_line(alone)}")
    print(f"load_rows in one process: {as_line(rows)}")
    print(f"load_rows without a quota: {as_line(unpaced)}")
    print_paper(unpaced.cpu_ms or 1)
    if options.json:
        settings = {"rows": options.rows, "tasks": TASKS, "quota": QUOTA, "pace": PACE}
        results = {name: attrs.asdict(run) for name, run in runs.items()}
        found = {"settings": settings, "goals": [attrs.asdict(goal) for goal in reached], "runs": results}
        write(options.json, found, *PACKAGES)
    if missed := [goal.figure for goal in reached if goal.is_exact and not goal.is_met]:
        sys.exit(f"missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
