"""Whether the pace holds a quota of 100 requests a second, alone and beside another application on the same quota.

Threads upsert new customers at an embedded service, in process, over a wire that takes 40 ms. The other application is
plain boto3, which searches and creates evenly; it runs beside a loader without a pace and beside one with the default
pace. All is counted in the service: what arrived, and what it throttled. It takes two minutes::

    python -m benchmarks.load --only pace
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from threading import Lock
from typing import Any

import attrs
from botocore.config import Config
from botocore.exceptions import ClientError

from benchmarks.goals import Goal
from benchmarks.in_process import boto3_client
from customer_profiles_sdk import CustomerProfilesClient, CustomerProfilesError, Profile
from customer_profiles_sdk.local import Faults, LocalCustomerProfiles
from customer_profiles_sdk.local.wire import Request, Response

QUOTA = 100.0
PACE = 98.0
LATENCY_SECONDS = 0.04
STEADY_AFTER_SECONDS = 5.0  # the quota saves up one second's requests, which are used up by then
OTHER_THREADS = 64  # so many that those of its calls that are retried delay no others
CREATE = "CreateProfile"
OPERATIONS = {"/domains/acme/profiles": CREATE, "/domains/acme/profiles/search": "SearchProfiles"}


@attrs.frozen
class Arrival:
    """A request that arrived in the service."""

    time: float
    sender: str
    operation: str
    http_status: int


class Wire:
    """The service behind a wire with a latency, which keeps what arrived."""

    def __init__(self, service: LocalCustomerProfiles) -> None:
        self.arrivals: list[Arrival] = []
        self._handle = service._dispatcher.handle  # noqa: SLF001 (it counts what arrives there)
        self._lock = Lock()

    def boto3_client(self, sender: str, config: Config | None = None) -> Any:
        """Return a boto3 client whose requests arrive under the sender's name."""

        def handle(request: Request) -> Response:
            time.sleep(LATENCY_SECONDS / 2)
            response = self._handle(request)
            operation = OPERATIONS[request.target.partition("?")[0]]
            with self._lock:
                self.arrivals.append(Arrival(time.monotonic(), sender, operation, response.status))
            time.sleep(LATENCY_SECONDS / 2)
            return response

        return boto3_client(handle, config)


@attrs.frozen
class Result:
    """What came of one run, as the service saw it.

    Attributes:
        rows_per_second: creates of the loader, from the first to the last.
        steady_rows_per_second: the same, once what the quota had saved up is used up.
        most_in_one_second: the most requests of one operation of the loader in any one second.
        throttled: requests of the loader that were throttled.
        failed: rows that raised an error.
        others: requests of the other application.
        others_throttled: how many of them were throttled.
    """

    rows_per_second: float
    steady_rows_per_second: float
    most_in_one_second: int
    throttled: int
    failed: int
    others: int
    others_throttled: int


def measure_all(others: Sequence[float], threads: int, seconds: float) -> dict[str, Result]:
    """Upsert alone, and beside other applications without a pace and with one."""
    runs = {"alone": measure(PACE, 0, threads, seconds)}
    for other in others:
        runs[f"unpaced beside {other:g}/s"] = measure(None, other, threads, seconds)
        runs[f"paced beside {other:g}/s"] = measure(PACE, other, threads, seconds)
    return runs


def goals(runs: Mapping[str, Result], others: Sequence[float]) -> Iterator[Goal]:
    """Yield what was to be reached."""
    alone = runs["alone"]
    yield Goal(figure="alone: rows a second", measured=alone.rows_per_second, limit=PACE, is_least=True)
    most = alone.most_in_one_second
    yield Goal(figure="alone: most requests of an operation in any one second", measured=most, limit=QUOTA)
    yield Goal(figure="alone: requests throttled", measured=alone.throttled, limit=0)
    yield Goal(figure="alone: rows failed", measured=alone.failed, limit=0)
    for other in others:
        unpaced, paced = runs[f"unpaced beside {other:g}/s"], runs[f"paced beside {other:g}/s"]
        beside = f"beside another application at {other:g} a second"
        limit = unpaced.others_throttled / 10  # a tenth of what it has beside a loader without a pace
        yield Goal(figure=f"{beside}: its requests throttled", measured=paced.others_throttled, limit=limit)
        rows, least = paced.steady_rows_per_second, 0.85 * (QUOTA - other)
        yield Goal(figure=f"{beside}: rows a second", measured=rows, limit=least, is_least=True)


def measure(requests_per_second: float | None, other_rate: float, threads: int, seconds: float) -> Result:
    """Upsert new customers for so many seconds, beside another application where its rate is not 0."""
    faults = Faults(requests_per_second=QUOTA)
    with LocalCustomerProfiles(domains=["acme"], faults=faults, keep_requests=False) as service:
        wire = Wire(service)
        retries: Any = {"mode": "standard"}
        client = CustomerProfilesClient(
            "acme",
            boto3_client=wire.boto3_client("loader", Config(retries=retries)),
            requests_per_second=requests_per_second,
        )
        other = wire.boto3_client("other", Config(max_pool_connections=OTHER_THREADS))
        started = time.monotonic()
        ends_at = started + seconds
        with ThreadPoolExecutor(threads) as pool, ThreadPoolExecutor(OTHER_THREADS) as other_pool:
            if other_rate:
                other_pool.submit(run_other, other_pool.submit, other, other_rate, ends_at)
            numbers = count()
            loaders = [pool.submit(load, client, numbers, ends_at) for _ in range(threads)]
            failed = sum(loader.result() for loader in loaders)
        return result(wire.arrivals, started, ends_at, failed)


def load(client: CustomerProfilesClient, numbers: "count[int]", ends_at: float) -> int:
    """Upsert new customers until the time is over, and return how many of them failed."""
    failed = 0
    while time.monotonic() < ends_at:
        try:
            client.upsert_profile(Profile(account_number=f"C-{next(numbers)}"))
        except CustomerProfilesError:
            failed += 1
    return failed


def run_other(submit: Callable[[Callable[[], None]], object], client: Any, rate: float, ends_at: float) -> None:
    """Search and create so many times a second until the time is over."""

    def work() -> None:
        with suppress(ClientError):
            client.search_profiles(DomainName="acme", KeyName="_account", Values=["other"])
        with suppress(ClientError):
            client.create_profile(DomainName="acme", AccountNumber="other-2")

    started = time.monotonic()
    for number in count(1):
        if time.monotonic() >= ends_at:
            return
        submit(work)
        time.sleep(max(started + number / rate - time.monotonic(), 0))


def result(arrivals: Iterable[Arrival], started: float, ends_at: float, failed: int) -> Result:
    """Return what the service saw from the start to the end."""
    seen = [each for each in arrivals if each.time <= ends_at]
    ours = [each for each in seen if each.sender == "loader"]
    others = [each for each in seen if each.sender == "other"]
    created = [each.time for each in ours if each.operation == CREATE and each.http_status == 200]
    return Result(
        rate(created),
        rate([moment for moment in created if moment >= started + STEADY_AFTER_SECONDS]),
        max(most_in_one_second([each.time for each in ours if each.operation == name]) for name in OPERATIONS.values()),
        throttled(ours),
        failed,
        len(others),
        throttled(others),
    )


def rate(moments: list[float]) -> float:
    """Return how many there were a second, from the first to the last."""
    return (len(moments) - 1) / (moments[-1] - moments[0]) if len(moments) > 1 else 0.0


def most_in_one_second(moments: list[float]) -> int:
    """Return the most in any one second."""
    most = first = 0
    for position, moment in enumerate(moments):
        while moments[first] <= moment - 1:
            first += 1
        most = max(most, position - first + 1)
    return most


def throttled(arrivals: Iterable[Arrival]) -> int:
    """Return how many were throttled."""
    return Counter(each.http_status for each in arrivals)[429]
