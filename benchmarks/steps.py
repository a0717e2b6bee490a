"""What the SDK's own work takes within a call. Each way takes one step more than the one before it.

In a loop of its own, a step finds its code and data in the processor's caches. Within a call, botocore's have taken
their place, and the same step takes longer.
"""

from collections.abc import Iterator
from typing import Any, Final

from botocore.config import Config

from benchmarks import ways
from benchmarks.customers import full_profile, members
from benchmarks.sampling import Group, cpu_seconds
from customer_profiles_sdk._aws.attempts import Attempts
from customer_profiles_sdk._aws.sync_driver import send
from customer_profiles_sdk._core.deserializer import create_profile_result
from customer_profiles_sdk._core.flow import Call, Repeat

LOOPS: Final = 60


def groups(endpoint_url: str) -> Iterator[Group]:
    """Yield what is measured."""
    profile = full_profile()
    request: dict[str, Any] = members(profile)
    validated, unvalidated = (
        ways.boto3_client(endpoint_url, Config(parameter_validation=switch)) for switch in (True, False)
    )
    sdk = ways.sdk_client(endpoint_url)
    boto3_client = sdk.boto3_client

    def step() -> Call[Any]:
        return Call("create_profile", "create_profile", request, create_profile_result, Repeat.CREATES_AGAIN)

    def recorded() -> Any:
        attempts = Attempts(step())
        try:
            return boto3_client.create_profile(**request)
        finally:
            attempts.end()

    calls: dict[str, ways.Call] = {
        "boto3": lambda: validated.create_profile(**request),
        "boto3 without its validation": lambda: unvalidated.create_profile(**request),
        "handlers of botocore's events": lambda: boto3_client.create_profile(**request),
        "the record of the attempts": recorded,
        "reading the response": lambda: create_profile_result(recorded()),
        "errors and the log": lambda: send(boto3_client, step()),
        "the flow and its driver": lambda: sdk._driver.run(step()),  # noqa: SLF001 (what is measured)
        "the request, converted and checked": lambda: sdk.create_profile(profile),
        "the profile": lambda: sdk.create_profile(full_profile()),
    }
    yield Group("create_profile, full, step by step", {way: cpu_seconds(make, LOOPS) for way, make in calls.items()})
