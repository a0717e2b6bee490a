"""What the embedded service costs: creates a second over HTTP, and searching by key as the store grows.

It starts the server as a process of its own on the loopback address, pinned to one core, and loads it from another;
both end by themselves. It needs Linux and the extra ``local``::

    python -m benchmarks.local_service
"""

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from http.client import HTTPConnection
from multiprocessing.pool import ThreadPool
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.environment import as_text, environment, write
from customer_profiles_sdk.local import contract
from customer_profiles_sdk.local.dispatcher import Dispatcher
from customer_profiles_sdk.local.service import Service
from customer_profiles_sdk.local.store import Store
from customer_profiles_sdk.local.wire import Request

PACKAGES = ("botocore", "h11")
BODY = json.dumps(
    {
        "AccountNumber": "C-1",
        "FirstName": "Ana",
        "LastName": "Example",
        "PhoneNumber": "+1 206 555 0100",
        "EmailAddress": "ana@mail.example",
        "Address": {"City": "Seattle", "Country": "US"},
        "Attributes": {"tier": "gold"},
    }
).encode()


def creates_per_second(connections: int, seconds: float) -> float:
    """Return how many creates a second the server acknowledges over so many kept connections."""
    command = [sys.executable, "-m", "customer_profiles_sdk.local", "--port", "0", "--domain", "acme"]
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[:1])  # the server's threads get what this process has when it starts them
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        os.sched_setaffinity(0, cores[1:] or cores)
        assert process.stdout
        process.stdout.readline()
        address = urlsplit(process.stdout.readline().strip().partition("=")[2]).netloc
        try:
            ends_at = time.monotonic() + seconds
            with ThreadPool(connections) as pool:
                counts = pool.map(lambda _: load(address, ends_at), range(connections))
        finally:
            process.terminate()
            os.sched_setaffinity(0, cores)
    return sum(counts) / seconds


def load(address: str, ends_at: float) -> int:
    """Create over one connection until the time is over and return how many creates were acknowledged."""
    connection = HTTPConnection(address)
    count = 0
    while time.monotonic() < ends_at:
        connection.request("POST", "/domains/acme/profiles", BODY, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        count += response.status == 200
    connection.close()
    return count


def search_milliseconds(sizes: list[int], searches: int) -> dict[int, tuple[float, float]]:
    """Return the median milliseconds of a search that finds one profile, and of a page of 20 of many, at each size."""
    parts = contract.customer_profiles()
    store = Store()
    service = Service(parts, store)
    dispatcher = Dispatcher(parts, service)
    with store.transaction():
        store.put_domain("acme", {})
    stored, medians = 0, {}
    for size in sizes:
        while stored < size:
            members = {"DomainName": "acme", "AccountNumber": f"C-{stored}", "FirstName": "Ana", "LastName": "Example"}
            service.perform("CreateProfile", members)
            stored += 1
        one: list[dict[str, object]] = [
            {"KeyName": "_account", "Values": [f"C-{number * (size // searches)}"]} for number in range(searches)
        ]
        many: list[dict[str, object]] = [{"KeyName": "_fullName", "Values": ["ana example"]}] * searches
        medians[size] = (median(dispatcher, one, 1), median(dispatcher, many, 20))
    return medians


def median(dispatcher: Dispatcher, searches: list[dict[str, object]], hits: int) -> float:
    """Return the median milliseconds of searches that each find so many on the first page."""
    times = []
    for search in searches:
        body = json.dumps(search).encode()
        started = time.perf_counter()
        response = dispatcher.handle(Request("POST", "/domains/acme/profiles/search", body))
        times.append((time.perf_counter() - started) * 1000)
        assert hits == len(json.loads(response.body)["Items"])
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the embedded service.")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--json", type=Path, help="write the result to this file")
    options = parser.parse_args()
    print(f"{as_text(environment(*PACKAGES))}, SQLite {sqlite3.sqlite_version}")
    rate = creates_per_second(options.connections, options.seconds)
    print(f"creates over HTTP keep-alive, {options.connections} connections, server on one core: {rate:,.0f} a second")
    medians = search_milliseconds(options.sizes, searches=1_000)
    for size, (one, many) in medians.items():
        print(f"search among {size:>9,} profiles: one hit {one:.3f} ms, first 20 of all {many:.3f} ms (medians)")
    if options.json:
        settings = {"connections": options.connections, "seconds": options.seconds, "sqlite": sqlite3.sqlite_version}
        searches = [{"profiles": size, "one_ms": one, "page_ms": many} for size, (one, many) in medians.items()]
        write(options.json, {"settings": settings, "creates_per_second": rate, "searches": searches}, *PACKAGES)


if __name__ == "__main__":
    main()
