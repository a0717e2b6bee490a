"""No value of a customer's field shows in anything that is printed, logged or raised."""

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import attrs
import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import HTTPClientError
from each_client import connect, new_client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customer_profiles_sdk import (
    Address,
    AmbiguousMatchError,
    ContactPreference,
    CustomerProfilesError,
    EngagementPreferences,
    InvalidRequestError,
    Profile,
    SearchKey,
    UnexpectedResponseError,
)
from customer_profiles_sdk._aws.config import ClientSettings
from customer_profiles_sdk._core.operations import create_profile
from customer_profiles_sdk._core.recent_profiles import RecentProfiles
from customer_profiles_sdk._core.upsert import upsert_profile
from customer_profiles_sdk.local.wire import Response

pytestmark = pytest.mark.usefixtures("each_client")

ID = "0123456789abcdef0123456789abcdef"
MARK = "m4rked"
LOGGER = "customer_profiles_sdk"
marked = st.text(max_size=30).map(lambda text: f"{text}{MARK}{text}")


def profile_of(value: str) -> Profile:
    """Return a profile with the value in every field, line, attribute and preference that takes any text."""
    address = Address(**{each.name: value for each in attrs.fields(Address)})
    nested: dict[str, Any] = {
        "attributes": {"tier": value, f"{value}@": value},
        "engagement_preferences": EngagementPreferences(phone=[ContactPreference(key_value=value, contact_type=value)]),
    }
    addresses: dict[str, Any] = {each.name: address for each in attrs.fields(Profile) if each.type == Address | None}
    texts: dict[str, Any] = {each.name: value for each in attrs.fields(Profile) if each.name not in nested | addresses}
    return Profile(**(texts | addresses | nested))


def everything_printed(error: BaseException) -> str:
    """Return all that a log, a debugger or an error report could show of an error, but for .response."""
    attributes = {name: value for name, value in vars(error).items() if name != "response"}
    shown = [str(error), repr(error), repr(error.args), repr(attributes), *traceback.format_exception(error)]
    for other in (error.__cause__, error.__context__):
        assert other is None
    return "\n".join(shown)


class Marks:
    """A client whose every call gets the same response, and a search of what each call leaves behind."""

    def __init__(self, session: boto3.Session, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, LOGGER)
        self.log = caplog
        self.response = Response(200, {}, b"{}")
        self.client = new_client("acme", session=session, config=Config(retries={"total_max_attempts": 1}))
        connect(self.client, lambda _: self.response)

    def check(self, call: Callable[[], object], *, is_sent: bool = True) -> None:
        """Make a call and search everything that it left for the mark."""
        self.log.clear()
        printed = ""
        try:
            printed = repr(call())
        except CustomerProfilesError as error:
            printed = everything_printed(error) + everything_printed(pickle.loads(pickle.dumps(error)))
        lines = [record.getMessage() for record in self.log.records if record.name == LOGGER]
        # Without this the search of the log could pass because nothing is logged at all.
        assert is_sent == bool(lines)
        assert MARK not in "\n".join([printed, *lines]).lower()


@pytest.fixture
def marks(session: boto3.Session, caplog: pytest.LogCaptureFixture) -> Marks:
    """Return a client to leave marks with."""
    return Marks(session, caplog)


fixtures_are_fine = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)


@given(value=marked, status=st.sampled_from([400, 403, 404, 418, 429, 500]))
@fixtures_are_fine
def test_what_the_service_repeats(marks: Marks, value: str, status: int) -> None:
    """In every error response the echo of the input is masked, in another case and as JSON too."""
    code = {400: "BadRequestException", 404: "ResourceNotFoundException", 429: "ThrottlingException"}.get(
        status, "Other"
    )
    echo = f"Value '{value}' or {value.upper()} or {value.lower()} or {json.dumps(value)} at 'firstName' is invalid"
    marks.response = Response(status, {"x-amzn-ErrorType": code}, json.dumps({"Message": echo}).encode())
    profile, client = profile_of(value), marks.client

    for call in (
        lambda: client.create_profile(profile),
        lambda: client.update_profile(ID, profile),
        lambda: list(client.search_profiles({SearchKey.EMAIL: value, "theirs": value})),
        lambda: client.add_profile_key(ID, "theirs", [value]),
        lambda: client.delete_profile_key(ID, "theirs", [value]),
        lambda: client.upsert_profile(profile),
    ):
        marks.check(call)


@given(value=marked)
@fixtures_are_fine
def test_lost_calls(marks: Marks, value: str) -> None:
    """botocore's text of a lost call, which may hold anything, is in no error, traceback or log line."""

    def lose(**_: object) -> None:
        raise HTTPClientError(error=value)

    events = marks.client.boto3_client.meta.events
    events.register_first("before-send.customer-profiles", lose, unique_id="lose")
    profile, client = profile_of(value), marks.client

    marks.check(lambda: client.create_profile(profile))
    marks.check(lambda: client.update_profile(ID, profile))
    marks.check(lambda: list(client.search_profiles({SearchKey.EMAIL: value})))
    events.unregister("before-send.customer-profiles", unique_id="lose")


@given(value=marked)
@fixtures_are_fine
def test_problems_of_a_request(marks: Marks, value: str) -> None:
    """A problem names the place and the rule, and never the text that is too long, the wrong object or the key."""
    wrong: Any = {
        "first_name": value * 300,
        "gender": {value: value},
        "address": [value],
        "attributes": {f"{value}@": 1},
    }
    client = marks.client

    for call in (
        lambda: client.create_profile(Profile(**wrong)),
        lambda: client.create_profile(profile_of(value * 300)),
        lambda: client.update_profile(value, Profile(**wrong)),
        lambda: client.get_profiles([value]),
        lambda: client.search_profiles({value: value * 300}),
        lambda: client.add_profile_key(value, value, [value * 300]),
        lambda: client.merge_profiles(value, [value]),
        lambda: client.for_domain(f"{value}@").create_profile(Profile()),
    ):
        with pytest.raises(InvalidRequestError):
            call()
        marks.check(call, is_sent=False)


@given(value=marked)
@fixtures_are_fine
def test_what_is_read(marks: Marks, value: str) -> None:
    """What is read shows no value in its repr, and what cannot be read shows none in the error."""
    client = marks.client
    found_by = [{"KeyName": "_email", "Values": [value]}]
    stored: dict[str, Any] = {
        "ProfileId": ID,
        "FirstName": value,
        "Attributes": {value: value},
        "FoundByItems": found_by,
    }
    wrong: dict[str, Any] = {"ProfileId": ID, "FirstName": {value: value}, "Attributes": {value: [value]}}
    for profile in (stored, wrong):
        bodies: list[dict[str, Any]] = [{"Profiles": [profile]}, {"Items": [profile]}, {"Errors": []}]
        for body in bodies:
            marks.response = Response(200, {}, json.dumps(body).encode())
            marks.check(lambda: client.get_profile(ID))
            marks.check(lambda: client.get_profiles([ID]))
            marks.check(lambda: list(client.search_profiles({SearchKey.EMAIL: value})))


def test_settings_of_a_client() -> None:
    """The settings that a client is built from show nothing, for an address may have a password in it."""
    assert "ClientSettings(...)" == repr(ClientSettings(endpoint_url="https://user:pa55word@profile.example"))


def test_steps_of_an_operation() -> None:
    """The steps that a driver carries out show no value: a call its operation, and a hold nothing."""
    flow = upsert_profile("acme", profile_of(MARK), SearchKey.ACCOUNT, 0, RecentProfiles(lambda: 0))
    steps = [next(flow), create_profile("acme", profile_of(MARK))]

    assert ["Hold(...)", "Call(create_profile)"] == [repr(step) for step in steps]
    assert not any(MARK in str(step) for step in steps)


@given(value=marked)
def test_every_model_and_error(value: str) -> None:
    """The repr of a profile, of its parts and of its copies shows no value; ids are no such data and are shown."""
    profile = profile_of(value)

    for shown in (
        profile,
        profile.address,
        profile.engagement_preferences,
        copy.copy(profile),
        [profile],
        {"a": profile},
    ):
        assert MARK not in repr(shown)
        assert MARK not in str(shown)
    assert ID in str(UnexpectedResponseError(ID, [])) + repr(AmbiguousMatchError("x", [ID]).profile_ids)
