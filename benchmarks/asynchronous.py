"""What a create costs on an event loop: in threads, with aiobotocore, and with packages beside them.

All ways send real HTTP to a server in another process, which responds at once or after a while, and keep as many
connections as there are calls at a time. Three things are measured: the CPU time of the whole process for each call,
calls a second, and how long the event loop stood still at the longest, which is how late a task ran that wanted to run
every millisecond. The ways take turns, in the opposite order in each round.

Then creates are sent to a service that resets connections after it has stored the profile, and duplicates are counted.
It needs the extras ``aio`` and ``benchmarks``, in an environment of their own because aiobotocore pins botocore::

    python -m benchmarks.asynchronous
    python -m benchmarks.asynchronous --check     # exits with 1 where a budget is exceeded or there are duplicates
"""

# pyright: reportMissingImports=false
# aiobotocore pins botocore, so it is not installed where the code is type-checked.

import argparse
import asyncio
import gc
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final

import attrs
import boto3
from aiobotocore.config import AioConfig
from aiobotocore.session import AioSession
from botocore.config import Config
from capo_customer_profiles import AsyncCustomerProfilesClient as AsyncCapoClient
from capo_customer_profiles import Credentials

from benchmarks import resets
from benchmarks.budgets import ASYNCHRONOUS_BUDGET
from benchmarks.customers import DOMAIN, full_profile, members
from benchmarks.environment import as_text, environment, write
from benchmarks.fixed_reply import serving
from benchmarks.ways import ACCESS_KEY, REGION, SECRET_KEY, boto3_client, snake_case
from customer_profiles_sdk import AsyncCustomerProfilesClient, Profile

PACKAGES: Final = ("boto3", "botocore", "aiobotocore", "aiohttp", "urllib3", "capo-customer-profiles")
THREADS: Final = "customer_profiles_sdk, threads"
AIOBOTOCORE: Final = "customer_profiles_sdk, aiobotocore"

Create = Callable[[], Awaitable[object]]
Opened = Callable[[str, int], AbstractAsyncContextManager[Create]]


@attrs.frozen
class Sample:
    """What one round of one way took.

    Attributes:
        cpu_us: microseconds of CPU time of a call.
        calls_per_second: calls a second.
        standstill_ms: the longest time that the event loop stood still, in milliseconds.
    """

    cpu_us: float
    calls_per_second: float
    standstill_ms: float


@asynccontextmanager
async def boto3_in_threads(url: str, width: int) -> AsyncIterator[Create]:
    """Create with boto3, each call in a thread of an executor."""
    client, ready = boto3_client(url, Config(max_pool_connections=width)), members(full_profile())
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(width) as pool:
        yield lambda: loop.run_in_executor(pool, lambda: client.create_profile(**ready))


@asynccontextmanager
async def aiobotocore_alone(url: str, width: int) -> AsyncIterator[Create]:
    """Create with aiobotocore."""
    ready = members(full_profile())
    async with plain_client(url, AioConfig(max_pool_connections=width)) as client:
        yield lambda: client.create_profile(**ready)


@asynccontextmanager
async def capo(url: str, _: int) -> AsyncIterator[Create]:
    """Create with capo, whose connections are as many as it wants."""
    ready = snake_case(members(full_profile()))
    credentials = Credentials(access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    async with AsyncCapoClient(region=REGION, endpoint=url, credentials=credentials) as client:
        yield lambda: client.create_profile(**ready)


def sdk(transport: Any) -> Opened:
    """Create with the SDK."""

    @asynccontextmanager
    async def opened(url: str, width: int) -> AsyncIterator[Create]:
        async with sdk_client(url, transport, Config(max_pool_connections=width)) as client:
            yield lambda: client.create_profile(full_profile())

    return opened


WAYS: Final[dict[str, Opened]] = {
    "boto3 in threads": boto3_in_threads,
    THREADS: sdk("threads"),
    "aiobotocore": aiobotocore_alone,
    AIOBOTOCORE: sdk("aiobotocore"),
    "capo-customer-profiles": capo,
}


def creating(transport: Any) -> Callable[[str], AbstractAsyncContextManager[resets.Create]]:
    """Create with the SDK, for a service that resets connections."""

    @asynccontextmanager
    async def opened(url: str) -> AsyncIterator[resets.Create]:
        async with sdk_client(url, transport) as client:
            yield lambda account_number: client.create_profile(Profile(account_number=account_number))

    return opened


@asynccontextmanager
async def creating_with_aiobotocore(url: str) -> AsyncIterator[resets.Create]:
    """Create with aiobotocore alone."""
    async with plain_client(url) as client:
        yield lambda account_number: client.create_profile(DomainName=DOMAIN, AccountNumber=account_number)


UNDER_RESETS: Final = {
    "aiobotocore": creating_with_aiobotocore,
    THREADS: creating("threads"),
    AIOBOTOCORE: creating("aiobotocore"),
}


def plain_client(url: str, config: Any = None) -> Any:  # aiobotocore makes its clients at run time
    """Return what opens an aiobotocore client."""
    return AioSession().create_client(
        "customer-profiles",
        region_name=REGION,
        endpoint_url=url,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=config,
    )


def sdk_client(url: str, transport: Any, config: Config | None = None) -> AsyncCustomerProfilesClient:
    """Return the SDK's client."""
    session = boto3.Session(ACCESS_KEY, SECRET_KEY, region_name=REGION)
    return AsyncCustomerProfilesClient(DOMAIN, transport=transport, session=session, endpoint_url=url, config=config)


async def sample(create: Create, calls: int, width: int) -> Sample:
    """Make so many calls, so many at a time, and return what they took.

    Then the event loop is watched during half as many: to watch it takes CPU time too.
    """
    started, cpu = time.perf_counter(), time.process_time()
    await make_calls(create, calls, width)
    cpu, elapsed = time.process_time() - cpu, time.perf_counter() - started
    watching = asyncio.create_task(longest_standstill())
    await make_calls(create, calls // 2, width)
    watching.cancel()
    return Sample(1e6 * cpu / calls, calls / elapsed, 1000 * await watching)


async def make_calls(create: Create, calls: int, width: int) -> None:
    """Make so many calls, so many at a time."""
    left = iter(range(calls))

    async def work() -> None:
        for _ in left:
            await create()

    await asyncio.gather(*[work() for _ in range(width)])


async def longest_standstill() -> float:
    """Return, once it is cancelled, by how many seconds a task was late that wanted to run every millisecond."""
    longest, tick = 0.0, 0.001
    try:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(tick)
            longest = max(longest, time.perf_counter() - started - tick)
    except asyncio.CancelledError:
        return longest


async def rounds_of(url: str, width: int, calls: int, rounds: int) -> dict[str, list[Sample]]:
    """Return the samples of each way, whose connections are open before the first of them."""
    samples: dict[str, list[Sample]] = {name: [] for name in WAYS}
    async with AsyncExitStack() as stack:
        creates = {name: await stack.enter_async_context(opened(url, width)) for name, opened in WAYS.items()}
        for create in creates.values():
            await make_calls(create, 2 * width, width)
        gc.collect()
        for number in range(rounds):
            for name in list(WAYS) if number % 2 else reversed(WAYS):
                samples[name].append(await sample(creates[name], calls, width))
    return samples


def costs(rounds: int, calls: int) -> list[dict[str, Any]]:
    """Measure each way at each latency, with 1, 16 and 100 calls at a time."""
    rows: list[dict[str, Any]] = []
    for latency_ms in (0, 40):
        with serving(latency_ms / 1000) as url:
            for width in (1, 16, 100):
                count = min(calls, 50 * width) if latency_ms else calls
                samples = asyncio.run(rounds_of(url, width, count, rounds))
                for name, found in samples.items():
                    ratios = [one.cpu_us / other.cpu_us for one, other in zip(found, samples[THREADS], strict=True)]
                    medians = {
                        field.name: statistics.median(getattr(each, field.name) for each in found)
                        for field in attrs.fields(Sample)
                    }
                    rows.append(
                        {"latency_ms": latency_ms, "at_a_time": width, "way": name}
                        | medians
                        | {"cpu_ratio": statistics.median(ratios)}
                    )
                    print(row_as_text(rows[-1]), flush=True)
    return rows


def row_as_text(row: dict[str, Any]) -> str:
    """Return one row of the table that is printed."""
    return (
        f"{row['latency_ms']:>3} ms {row['at_a_time']:>4} at a time  {row['way']:<36}{row['cpu_us']:>8,.0f} us CPU"
        f"{row['cpu_ratio']:>7.2f}{row['calls_per_second']:>9,.0f} calls/s{row['standstill_ms']:>8.1f} ms still"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure creates on an event loop.")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--calls", type=int, default=400, help="how many calls a sample has (400)")
    parser.add_argument("--creates", type=int, default=2000, help="how many creates meet resets (2000)")
    parser.add_argument("--check", action="store_true", help="fail where a budget is exceeded")
    parser.add_argument("--json", type=Path, help="write the result to this file")
    options = parser.parse_args()
    print(as_text(environment(*PACKAGES)), end="\n\n")
    rows = costs(options.rounds, options.calls)
    tallies = {name: asyncio.run(resets.tally(opened, options.creates)) for name, opened in UNDER_RESETS.items()}
    for name, tally in tallies.items():
        print(f"{name:<36}" + "".join(f"{value:>8,} {key}" for key, value in tally.items()))
    if options.json:
        settings = {
            "rounds": options.rounds,
            "calls": options.calls,
            "creates": options.creates,
            "tasks": resets.TASKS,
            "share": resets.SHARE,
        }
        write(options.json, {"settings": settings, "costs": rows, "resets": tallies}, *PACKAGES)
    beyond = [row for row in rows if row["way"] == AIOBOTOCORE and row["cpu_ratio"] > ASYNCHRONOUS_BUDGET]
    if options.check and (beyond or any(tallies[name]["duplicates"] for name in (THREADS, AIOBOTOCORE))):
        sys.exit("\n".join(["more than the budget, or duplicates:", *map(row_as_text, beyond)]))


if __name__ == "__main__":
    main()
