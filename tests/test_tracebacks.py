"""No tool that prints the local variables of a traceback finds a customer's data in the frames of an SDK error."""

import io
import json
import re
import traceback
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import boto3
import loguru
import pytest
from botocore.config import Config
from each_client import client_over, new_client, plain_client

import customer_profiles_sdk
from benchmarks.network import Action, Drop, Server, response
from customer_profiles_sdk import (
    AmbiguousMatchError,
    CustomerProfilesClient,
    CustomerProfilesError,
    OutcomeUnknownError,
    Profile,
    SearchKey,
    UnexpectedResponseError,
)
from customer_profiles_sdk.serializer import create_profile_kwargs, profile_from_members, update_profile_kwargs

pytestmark = pytest.mark.usefixtures("each_client")

ID = "0123456789abcdef0123456789abcdef"
SECRET = "s3cret-value"
PACKAGE = str(Path(customer_profiles_sdk.__file__).parent)
CUSTOMER = Profile(account_number=SECRET, email_address=f"{SECRET}@mail.example", attributes={"tier": SECRET})
TOO_LONG = Profile(first_name=SECRET * 100, attributes={f"{SECRET}@": SECRET})


def as_json(content: object, status: int = 200) -> bytes:
    """Return a response with a JSON body."""
    return response(json.dumps(content).encode(), status)


CALLS: dict[str, Callable[[CustomerProfilesClient], object]] = {
    "create_profile": lambda client: client.create_profile(CUSTOMER),
    "update_profile": lambda client: client.update_profile(ID, CUSTOMER),
    "search_profiles": lambda client: list(client.search_profiles({SearchKey.EMAIL: SECRET})),
    "add_profile_key": lambda client: client.add_profile_key(ID, SearchKey.ACCOUNT, [SECRET]),
    "delete_profile_key": lambda client: client.delete_profile_key(ID, SearchKey.ACCOUNT, SECRET),
    "upsert_profile": lambda client: client.upsert_profile(CUSTOMER, settle_seconds=0),
}
ACTIONS: dict[str, Action] = {
    "closed": Drop.CLOSE,
    "rejected": as_json({"__type": "BadRequestException", "Message": f"Value '{SECRET}' is wrong"}, 400),
    "failed": as_json({"__type": "InternalServerException", "Message": SECRET}, 500),
    "throttled": as_json({"__type": SECRET, "Message": SECRET}, 429),
    "a page": response(f"<html>{SECRET}</html>".encode()),
    "of a wrong type": as_json({"ProfileId": [SECRET], "Items": SECRET, "Profiles": [{"FirstName": {"a": SECRET}}]}),
    "a list": response(json.dumps([SECRET]).encode()),
}


@pytest.fixture(params=[False, True], ids=["built by the SDK", "the caller's own"])
def client(request: pytest.FixtureRequest) -> Iterator[Callable[[Action], CustomerProfilesClient]]:
    """Return a function that makes a client whose every call ends in the same way."""
    servers: list[Server] = []
    retries: Any = {"total_max_attempts": 1}

    def make(action: Action) -> CustomerProfilesClient:
        servers.append(Server(lambda _: action))
        session = boto3.Session("access", "secret-key", region_name="eu-central-1")
        options: Any = {"endpoint_url": servers[-1].url, "config": Config(retries=retries)}
        if request.param:
            return client_over(plain_client(session, **options))
        return new_client("acme", session=session, **options)

    yield make
    for server in servers:
        server.stop()


def frames_of_the_sdk(error: BaseException) -> str:
    """Return all that ``capture_locals`` shows of an error but for the frames of this test."""
    shown = []
    for each in (error, error.__cause__, error.__context__):
        if each is not None:
            captured = traceback.TracebackException.from_exception(each, capture_locals=True)
            captured.stack = traceback.StackSummary.from_list(
                [frame for frame in captured.stack if frame.filename != __file__]
            )
            shown += list(captured.format())
    return "".join(shown)


def logged_by_loguru(call: Callable[[], object]) -> str:
    """Return what loguru's default prints of the error of a call that is made elsewhere than in this function."""
    sink = io.StringIO()
    logger = loguru.logger
    logger.remove()
    handler = logger.add(sink, backtrace=True, diagnose=True, colorize=False)
    with logger.catch(CustomerProfilesError):
        call()
    logger.remove(handler)
    return _without_own_frames(sink.getvalue())


def _without_own_frames(printed: str) -> str:
    parts = re.split(r"^(?=[> ] File )", printed, flags=re.MULTILINE)
    return "".join(part for part in parts if __file__ not in part or "Error: " in part.rpartition("\n\n")[2])


def check(call: Callable[[], object]) -> CustomerProfilesError:
    """Make a call that fails, search all that is shown for the secret, and return the error."""
    with pytest.raises(CustomerProfilesError) as caught:
        call()
    shown = frames_of_the_sdk(caught.value) + str(caught.value) + repr(caught.value)
    printed = logged_by_loguru(call)
    assert type(caught.value).__name__ in printed
    for secret in (SECRET, "Signature=", "AWS4-HMAC", "Credential="):
        assert secret not in shown
        assert secret not in printed
    return caught.value


@pytest.mark.parametrize(
    ("operation", "action"),
    # An operation without a result takes any JSON object for "done".
    [each for each in product(CALLS, ACTIONS) if "_key" not in each[0] or each[1] != "of a wrong type"],
)
def test_a_call_that_fails(client: Callable[[Action], CustomerProfilesClient], operation: str, action: str) -> None:
    """Whatever ends a call, nothing that was sent or received shows, nor the signature."""
    failing = client(ACTIONS[action])

    check(lambda: CALLS[operation](failing))


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.create_profile(TOO_LONG),
        lambda client: client.update_profile(SECRET, TOO_LONG),
        lambda client: client.upsert_profile(TOO_LONG),
        lambda client: client.search_profiles({SearchKey.EMAIL: SECRET * 100}),
        lambda client: client.add_profile_key(ID, "a b", [SECRET]),
        lambda _: create_profile_kwargs("acme", TOO_LONG),
        lambda _: update_profile_kwargs("acme", SECRET, TOO_LONG),
        lambda _: profile_from_members({"FirstName": [SECRET], "Attributes": SECRET}),
    ],
)
def test_a_request_with_problems(
    client: Callable[[Action], CustomerProfilesClient], call: Callable[[CustomerProfilesClient], object]
) -> None:
    """What is wrong with a request is told without the request."""
    sound = client(as_json({}))

    check(lambda: call(sound))


def test_an_upsert_that_finds_two(client: Callable[[Action], CustomerProfilesClient]) -> None:
    """What an upsert read before it gave up does not show."""
    held = [{"ProfileId": each * 32, "AccountNumber": SECRET} for each in "ab"]
    two = client(as_json({"Items": held, "Profiles": held}))

    assert isinstance(check(lambda: two.upsert_profile(CUSTOMER)), AmbiguousMatchError)


def test_a_page_that_cannot_be_read(client: Callable[[Action], CustomerProfilesClient]) -> None:
    """What an iterator holds when its next page fails does not show."""
    found = client(as_json({"Items": [{"ProfileId": ID, "FirstName": SECRET}], "NextToken": "same"})).search_profiles(
        {SearchKey.EMAIL: SECRET}
    )
    next(found)

    def call() -> None:
        next(found)

    with pytest.raises(UnexpectedResponseError) as caught:
        call()
    assert SECRET not in frames_of_the_sdk(caught.value)


def test_the_traceback_begins_where_the_caller_called(client: Callable[[Action], CustomerProfilesClient]) -> None:
    """Of the SDK one frame is left, so that the caller's own line is the last that matters."""
    error = check(lambda: client(Drop.CLOSE).create_profile(CUSTOMER))

    assert isinstance(error, OutcomeUnknownError)
    frames = traceback.extract_tb(error.__traceback__)
    assert 1 == sum(frame.filename.startswith(PACKAGE) for frame in frames)
    assert not any("botocore" in frame.filename for frame in frames)


def test_an_error_of_the_callers_own_keeps_its_traceback(client: Callable[[Action], CustomerProfilesClient]) -> None:
    """What the caller's own code raises inside a call comes out as it is, with the frames that led to it."""

    def failing_ids() -> Iterator[str]:
        yield ID
        raise ConnectionError("the database is gone")

    with pytest.raises(ConnectionError, match="the database is gone") as caught:
        client(as_json({})).get_profiles(failing_ids())
    assert "failing_ids" in [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
