"""From the start of a process to its first response, an import alone, a second client, and the peak memory.

Every sample is a process of its own. It ends itself as soon as it has its response, so that its end is not measured.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from time import perf_counter
from typing import Final

from benchmarks import ways
from benchmarks.customers import DOMAIN
from benchmarks.sampling import Group, Sample

FIRST_RESPONSES: Final = {
    "boto3": (
        "import boto3; "
        "boto3.client('customer-profiles').create_profile(DomainName={domain!r}, FirstName='Ana', Gender='FEMALE')"
    ),
    "customer_profiles_sdk": (
        "from customer_profiles_sdk import CustomerProfilesClient, Gender, Profile; "
        "CustomerProfilesClient({domain!r}).create_profile(Profile(first_name='Ana', gender=Gender.FEMALE))"
    ),
}
IMPORTS: Final = {"boto3": "import boto3", "customer_profiles_sdk": "import customer_profiles_sdk", "nothing": "pass"}
CLIENTS: Final = {
    "boto3": "import boto3; make = lambda: boto3.client('customer-profiles')",
    "customer_profiles_sdk": (
        "from customer_profiles_sdk import CustomerProfilesClient; make = lambda: CustomerProfilesClient({domain!r})"
    ),
}


def groups(endpoint_url: str) -> Iterator[Group]:
    """Yield what is measured."""
    first = {way: code.format(domain=DOMAIN) for way, code in FIRST_RESPONSES.items()}
    yield Group("start to first response", {way: elapsed(code, endpoint_url) for way, code in first.items()})
    yield Group("start to first response, CPU", {way: cpu(code, endpoint_url) for way, code in first.items()})
    yield Group("import", {way: elapsed(code, endpoint_url) for way, code in IMPORTS.items()})
    clients = {way: second_client(code.format(domain=DOMAIN)) for way, code in CLIENTS.items()}
    yield Group("a second client in the same process, CPU", clients)
    peaks = {way: peak_memory(code, endpoint_url) for way, code in first.items()}
    yield Group("peak memory after the first response", peaks, unit="byte")


def elapsed(code: str, endpoint_url: str) -> Sample:
    """Return what samples the seconds until a process has run the code."""

    def sample() -> float:
        started = perf_counter()
        run(code, endpoint_url)
        return perf_counter() - started

    return sample


def cpu(code: str, endpoint_url: str) -> Sample:
    """Return what samples the CPU seconds of a process that runs the code."""
    return lambda: float(run(f"{code}; from time import process_time; print(process_time())", endpoint_url))


def second_client(code: str) -> Sample:
    """Return what samples the CPU seconds that a client takes after the first one, as the mean of five.

    Neither has a session of its own, so both use boto3's default session. They are for AWS's own endpoint, and send
    nothing. The garbage collector is off: a whole collection takes ten times what a client takes, and would fall into
    the one or the other by chance.
    """
    without_collector = "import gc; gc.collect(); gc.disable(); from time import process_time"
    measured = "started = process_time(); made = [make() for _ in range(5)]; print((process_time() - started) / 5)"
    return lambda: float(run(f"{code}; make(); {without_collector}; {measured}"))


def peak_memory(code: str, endpoint_url: str) -> Sample:
    """Return what samples the most bytes that a process holds while it runs the code, as Linux reports it."""
    peak = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    return lambda: 1024.0 * int(run(f"{code}; {peak}", endpoint_url))


def run(code: str, endpoint_url: str | None = None) -> str:
    """Run the code in a process of its own, which ends at once when it is done, and return what it printed."""
    endpoint = {} if endpoint_url is None else {"AWS_ENDPOINT_URL_CUSTOMER_PROFILES": endpoint_url}
    settings = {
        "PYTHONDONTWRITEBYTECODE": "",  # pip compiles what it installs, so a checkout may keep its byte code too
        "AWS_ACCESS_KEY_ID": ways.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": ways.SECRET_KEY,
        "AWS_DEFAULT_REGION": ways.REGION,
        **endpoint,
    }
    command = [sys.executable, "-c", f"import os; {code}; os.sys.stdout.flush(); os._exit(0)"]
    return subprocess.run(command, env={**os.environ, **settings}, check=True, capture_output=True, text=True).stdout
