"""Duplicates under faults: the same creates through plain boto3, through the SDK, and as upserts, in one run.

Each way gets an embedded service of its own with the same faults: throttling, responses lost and failed after the
profile was stored, and stalls longer than the client's read timeout. Run as::

    python -m benchmarks.faults
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from benchmarks.environment import as_text, environment, write
from customer_profiles_sdk import CustomerProfilesError, OutcomeUnknownError, Profile
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

PACKAGES = ("boto3", "botocore", "urllib3")
READ_TIMEOUT_SECONDS = 0.5
RATES = {FaultType.THROTTLED: 0.05, FaultType.LOST: 0.05, FaultType.STALLED: 0.02, FaultType.FAILED: 0.05}
PLAIN = Config(read_timeout=READ_TIMEOUT_SECONDS)
Create = Callable[[str], object]


@attrs.frozen
class Tally:
    """What became of the creates of one way."""

    acknowledged: int
    unknown: int
    failed: int
    duplicates: int
    lost: int
    seconds: float


def faults() -> Faults:
    """Return the faults that each way gets."""
    return Faults(
        *(Fault(kind, rate=rate) for kind, rate in RATES.items()),
        seed=2026,
        stall_seconds=2 * READ_TIMEOUT_SECONDS,
    )


def plain_boto3(service: LocalCustomerProfiles) -> Create:
    """Return a create through boto3 with its own defaults."""
    client = service.boto3_client(config=PLAIN)
    return lambda account_number: client.create_profile(DomainName="acme", AccountNumber=account_number)


def sdk_create(service: LocalCustomerProfiles) -> Create:
    """Return a create through the SDK."""
    client = service.client("acme", config=PLAIN)
    return lambda account_number: client.create_profile(Profile(account_number=account_number))


def sdk_upsert(service: LocalCustomerProfiles) -> Create:
    """Return an upsert through the SDK."""
    client = service.client("acme", config=PLAIN)
    return lambda account_number: client.upsert_profile(Profile(account_number=account_number))


def measure(way: Callable[[LocalCustomerProfiles], Create], creates: int, threads: int) -> Tally:
    """Create so many customers from so many threads and count what is stored."""
    with LocalCustomerProfiles(domains=["acme"], faults=faults(), keep_requests=False) as service:
        create = way(service)

        def outcome(number: int) -> str:
            try:
                create(f"C-{number}")
            except OutcomeUnknownError:
                return "unknown"
            except (CustomerProfilesError, BotoCoreError, ClientError):
                return "failed"
            return "acknowledged"

        started = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            outcomes = list(pool.map(outcome, range(creates)))
        seconds = time.perf_counter() - started
        service.faults = Faults()
        reader = service.client("acme")
        stored = [len(list(reader.search_profiles({"_account": f"C-{number}"}))) for number in range(creates)]
    counted = Counter(outcomes)
    lost = sum(1 for result, count in zip(outcomes, stored, strict=True) if result == "acknowledged" and not count)
    duplicates = sum(count - 1 for count in stored if count > 1)
    return Tally(counted["acknowledged"], counted["unknown"], counted["failed"], duplicates, lost, seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Count duplicates under faults.")
    parser.add_argument("--creates", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--json", type=Path, help="write the result to this file")
    options = parser.parse_args()
    rates = {kind.name.lower(): rate for kind, rate in RATES.items()}
    words = ", ".join(f"{rate:.0%} {kind}" for kind, rate in rates.items())
    print(as_text(environment(*PACKAGES)))
    print(f"{options.creates} creates from {options.threads} threads; {words}\n")
    ways: dict[str, Any] = {"boto3": plain_boto3, "create_profile": sdk_create, "upsert_profile": sdk_upsert}
    print(f"{'way':<16}" + "".join(f"{field.name:>14}" for field in attrs.fields(Tally)))
    tallies = {}
    for name, way in ways.items():
        tallies[name] = attrs.asdict(measure(way, options.creates, options.threads))
        print(f"{name:<16}" + "".join(f"{round(value, 1):>14}" for value in tallies[name].values()))
    if options.json:
        settings = {"creates": options.creates, "threads": options.threads, "rates": rates}
        write(options.json, {"settings": settings, "ways": tallies}, *PACKAGES)


if __name__ == "__main__":
    main()
