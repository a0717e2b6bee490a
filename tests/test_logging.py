"""One line is logged for each call, at DEBUG, with nothing of the customer in it."""

import logging
from collections.abc import Callable

import botocore.exceptions
import pytest
from each_client import new_client

from customer_profiles_sdk import BadRequestError, CustomerProfilesClient, Profile, UnexpectedResponseError

pytestmark = pytest.mark.usefixtures("each_client")

ID = "0123456789abcdef0123456789abcdef"
LOGGER = "customer_profiles_sdk"
ServiceResponds = Callable[..., CustomerProfilesClient]


@pytest.fixture(autouse=True)
def _debug(caplog: pytest.LogCaptureFixture) -> None:
    """Let the SDK log."""
    caplog.set_level(logging.DEBUG, LOGGER)


def line(caplog: pytest.LogCaptureFixture) -> str:
    """Return the only line that the SDK logged."""
    (record,) = [each for each in caplog.records if each.name == LOGGER]
    assert logging.DEBUG == record.levelno
    return record.getMessage()


def test_a_call(service_responds: ServiceResponds, caplog: pytest.LogCaptureFixture) -> None:
    """A call that went well is logged with its request id, attempts and time."""
    service_responds(200, {"ProfileId": ID}).create_profile(Profile(first_name="Ana"))

    assert line(caplog).startswith("create_profile: ok, request r-1, attempts 1, ")
    assert line(caplog).endswith(" ms")


def test_an_unreadable_response(service_responds: ServiceResponds, caplog: pytest.LogCaptureFixture) -> None:
    """A call whose response cannot be read is no success, and is logged with its request id."""
    with pytest.raises(UnexpectedResponseError):
        service_responds(200, {}).create_profile(Profile())

    assert line(caplog).startswith("create_profile: UnexpectedResponseError, request r-1, attempts 1, ")


def test_a_response_without_metadata(service_responds: ServiceResponds, caplog: pytest.LogCaptureFixture) -> None:
    """A response without metadata, as a caller's hook may make it, is logged without a request id."""
    client = service_responds(200, {"ProfileId": ID})
    client.boto3_client.meta.events.register(
        "after-call.customer-profiles", lambda parsed, **_: parsed.update(ResponseMetadata=None)
    )
    client.create_profile(Profile())

    assert line(caplog).startswith("create_profile: ok, request None, attempts 1, ")


def test_a_rejected_call(service_responds: ServiceResponds, caplog: pytest.LogCaptureFixture) -> None:
    """A call that the service rejected is logged with the class of the error, and without the service's text."""
    client = service_responds(400, {"Message": "Ana"}, {"x-amzn-ErrorType": "BadRequestException"})
    with pytest.raises(BadRequestError):
        client.update_profile(ID, Profile(first_name="Ana"))

    assert line(caplog).startswith("update_profile: BadRequestError, request r-1, attempts 1, ")
    assert "Ana" not in line(caplog)


def test_a_call_that_was_never_sent(caplog: pytest.LogCaptureFixture) -> None:
    """A call that another exception ended is logged too."""
    with pytest.raises(botocore.exceptions.NoCredentialsError):
        new_client("acme", region_name="eu-central-1").create_profile(Profile())

    assert line(caplog).startswith("create_profile: NoCredentialsError, request None, attempts 0, ")


def test_silence(service_responds: ServiceResponds, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is logged above DEBUG."""
    caplog.set_level(logging.INFO, LOGGER)
    service_responds(200, {"ProfileId": ID}).create_profile(Profile())

    assert [] == [each for each in caplog.records if each.name == LOGGER]
