"""A run on AWS: which domain, what it will do, and whether that is allowed, before anything is created."""

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from conformance.target import MARK, UNKNOWN_ID, Target, Wait

if TYPE_CHECKING:
    from collections.abc import Callable

ABOUT_REQUESTS: Final = 400
ABOUT_PROFILES: Final = 125
_ON_AWS: Final = (Wait(seconds=60.0, interval=0.25), 0.05)
_ON_THIS_MACHINE: Final = (Wait(seconds=15.0, interval=0.02), 0.0)
_REFUSED: Final = {401, 403}


def announcement(domain_name: str, region: str | None) -> list[str]:
    """Return what a run will do, and what it costs."""
    return [
        f"conformance: domain {domain_name} in {region or 'the region of the AWS settings'}",
        (
            f"conformance: about {ABOUT_REQUESTS} requests, at most 20 a second (an operation's quota is 100), "
            "and four more for each second that search is waited for; AWS bills them by its price list"
        ),
        (
            f"conformance: about {ABOUT_PROFILES} profiles of made-up customers, each with AdditionalInformation "
            f'"{MARK}"; each test deletes its own, also when it fails'
        ),
    ]


def target(domain_name: str, region: str | None) -> Target:
    """Return the domain as a target.

    Raises:
        pytest.UsageError: the domain does not exist, something is not permitted, or there is no connection. Nothing was
            created.
    """
    try:
        client: Any = boto3.client("customer-profiles", region_name=region, config=Config(retries={"mode": "standard"}))
        wait, pace_seconds = _ON_THIS_MACHINE if _is_on_this_machine(client.meta.endpoint_url) else _ON_AWS
        target = Target(client, domain_name, wait, pace_seconds)
        _check(target, client.meta.region_name)
    except BotoCoreError as error:
        raise pytest.UsageError(f"conformance: {error}") from None
    return target


def _is_on_this_machine(url: str) -> bool:
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


def _check(target: Target, region: str) -> None:
    """Send a request of each operation that changes nothing, whatever the response is."""
    search = {"KeyName": "_account", "Values": ["no such number"]}
    key = {"ProfileId": UNKNOWN_ID, "KeyName": "_account", "Values": ["1"]}
    requests: dict[str, Callable[[], object]] = {
        "SearchProfiles": lambda: target.call("search_profiles", **search),
        "DeleteProfile": lambda: target.call("delete_profile", ProfileId=UNKNOWN_ID),
        "BatchGetProfile": lambda: target.call("batch_get_profile", ProfileIds=[UNKNOWN_ID]),
        "UpdateProfile": lambda: target.call("update_profile", ProfileId=UNKNOWN_ID),
        "AddProfileKey": lambda: target.call("add_profile_key", **key),
        "DeleteProfileKey": lambda: target.call("delete_profile_key", **key),
        "MergeProfiles": lambda: target.call(
            "merge_profiles", MainProfileId=UNKNOWN_ID, ProfileIdsToBeMerged=["1" * 32]
        ),
        "CreateProfile": lambda: target.call("create_profile", Gender="none of the three"),
    }
    for operation, send in requests.items():
        try:
            send()
        except ClientError as error:
            response: Any = error.response
            status, text = response["ResponseMetadata"]["HTTPStatusCode"], response["Error"].get("Message", "")
            if status in _REFUSED:
                raise pytest.UsageError(
                    f"conformance: profile:{operation} is not permitted in {target.domain_name} ({text}); nothing was "
                    "created"
                ) from None
            if operation == "SearchProfiles":
                raise pytest.UsageError(
                    f"conformance: the domain {target.domain_name} in {region} cannot be used: "
                    f"{response['Error']['Code']}, {text}; nothing was created"
                ) from None
