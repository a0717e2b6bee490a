"""Whether the pace holds a quota of 100 requests a second, alone and beside another application on the same quota.

Threads upsert new customers at an embedded service, in process, over a wire that takes 40 ms. The other application is
plain boto3, which searches and creates evenly; it runs beside a loader without a pace and beside one with the default
pace. All is counted in the service: what arrived, and what it throttled. It takes two minutes::

    python -m benchmarks.pace
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

import attrs
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from benchmarks.environment import as_text, environment, write
from customer_profiles_sdk import CustomerProfilesClient, CustomerProfilesError, Profile
from customer_profiles_sdk.local import Faults, LocalCustomerProfiles, inprocess
from customer_profiles_sdk.local.wire import Request, Response

PACKAGES = ("boto3", "botocore")
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
        self._session = boto3.Session("access", "secret", region_name="us-east-1")
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

        client = self._session.client("customer-profiles", endpoint_url="https://profile.invalid", config=config)
        inprocess.connect(client, handle)
        return client


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
    return (len(moments) - 1) / (moments[-1] - moments[0])


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


def compare(figure: str, measured: float, goal: str, *, met: bool) -> None:
    """Print what was measured beside its goal."""
    print(f"{figure:<66}{measured:>8.1f}   goal {goal:<12}{'met' if met else 'MISSED'}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the pace on a quota.")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each run")
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--others", type=float, nargs="*", default=[30.0, 60.0], help="rates of the other application")
    parser.add_argument("--json", type=Path, help="write the result to this file")
    options = parser.parse_args()
    print(as_text(environment(*PACKAGES)))
    print(f"quota {QUOTA:g}/s, pace {PACE:g}/s, {LATENCY_SECONDS * 1000:g} ms, {options.threads} threads\n")
    alone = measure(PACE, 0, options.threads, options.seconds)
    compare("alone: rows a second", alone.rows_per_second, ">= 98", met=alone.rows_per_second >= 98)
    most = alone.most_in_one_second
    compare("alone: most requests of an operation in any one second", most, "<= 100", met=most <= 100)
    compare("alone: requests throttled", alone.throttled, "0", met=alone.throttled == 0)
    compare("alone: rows failed", alone.failed, "0", met=alone.failed == 0)
    results = {"alone": attrs.asdict(alone)}
    for other in options.others:
        unpaced = measure(None, other, options.threads, options.seconds)
        paced = measure(PACE, other, options.threads, options.seconds)
        results[f"unpaced beside {other:g}/s"] = attrs.asdict(unpaced)
        results[f"paced beside {other:g}/s"] = attrs.asdict(paced)
        limit, floor = unpaced.others_throttled / 10, 0.85 * (QUOTA - other)
        print()
        beside = f"beside another at {other:g}/s"
        compare(
            f"{beside}: its requests throttled",
            paced.others_throttled,
            f"<= {limit:.1f}",
            met=paced.others_throttled <= limit,
        )
        steady = paced.steady_rows_per_second
        compare(f"{beside}: rows a second", steady, f">= {floor:.1f}", met=steady >= floor)
        print(f"  its requests: {paced.others}, and {unpaced.others} beside a loader without a pace")
        print(f"  our requests throttled: {paced.throttled}, without a pace {unpaced.throttled}")
        print(f"  our rows failed: {paced.failed}, without a pace {unpaced.failed}")
    if options.json:
        settings = {"seconds": options.seconds, "threads": options.threads, "quota": QUOTA, "pace": PACE}
        write(options.json, {"settings": settings, "runs": results}, *PACKAGES)


if __name__ == "__main__":
    main()
