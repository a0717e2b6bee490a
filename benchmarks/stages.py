"""The SDK's own work, stage by stage, beside botocore's validation of the same request, which it replaces."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from botocore.validate import ParamValidator

from benchmarks import ways
from benchmarks.customers import DOMAIN, PROFILE_ID, full_profile, minimal_profile, search_items
from benchmarks.sampling import Group, cpu_seconds
from customer_profiles_sdk import Profile
from customer_profiles_sdk._core.deserializer import create_profile_result, search_page, update_profile_result
from customer_profiles_sdk._core.requests import create_profile_request, update_profile_request
from customer_profiles_sdk._core.walk import Members

RESPONSE = {
    "ProfileId": PROFILE_ID,
    "ResponseMetadata": {"RequestId": "5ce6c1a4", "HTTPStatusCode": 200, "RetryAttempts": 0},
}
LOOPS = 400


def groups() -> Iterator[Group]:
    """Yield what is measured."""
    for size, make in {"full": full_profile, "minimal": minimal_profile}.items():
        yield stages(f"create_profile, {size}, own work", "create_profile", make, create, create_profile_result)
        read_update = partial(update_profile_result, PROFILE_ID)
        yield stages(f"update_profile, {size}, own work", "update_profile", make, update, read_update)
    page = search_items(100)
    yield Group("search_profiles, page of 100, own work", {"parse": cpu_seconds(lambda: search_page(page), 4)})


def create(profile: Profile) -> Members:
    """Return the request to create a profile."""
    return create_profile_request(DOMAIN, profile)


def update(profile: Profile) -> Members:
    """Return the request to update a profile."""
    return update_profile_request(DOMAIN, PROFILE_ID, profile)


def stages(
    name: str,
    operation: str,
    make: Callable[[], Profile],
    convert: Callable[[Profile], Members],
    parse: Callable[[dict[str, Any]], object],
) -> Group:
    """Return botocore's validation, the stages of one operation, and all stages in one go."""
    profile = make()
    request = convert(profile)
    client = ways.boto3_client("http://127.0.0.1:9")
    shape = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation]).input_shape

    def whole() -> None:
        convert(make())
        parse(RESPONSE)

    calls: dict[str, ways.Call] = {
        "botocore's validation": lambda: ParamValidator().validate(request, shape).has_errors(),
        "make": make,
        "convert and check": lambda: convert(profile),
        "parse": lambda: parse(RESPONSE),
        "all": whole,
    }
    return Group(name, {way: cpu_seconds(call, LOOPS) for way, call in calls.items()})
