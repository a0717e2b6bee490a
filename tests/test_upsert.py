"""Upserts: find first, send what differs, create where nothing is found, and never guess."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import pytest
from botocore.config import Config
from botocore.stub import Stubber
from each_client import client_of

from customer_profiles_sdk import (
    CLEAR,
    AmbiguousMatchError,
    CustomerProfilesClient,
    InvalidRequestError,
    OutcomeUnknownError,
    Profile,
    SearchKey,
    ThrottlingError,
    UpsertAction,
)
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

pytestmark = pytest.mark.usefixtures("each_client")

FIRST = "0" * 32
SECOND = "1" * 32
NO_VALUE = "match_on: the profile has no value to look for; set account_number (not a filler)"
KEYS = "match_on: expected one of _account, _email, _phone"
SECONDS = "settle_seconds: expected a number of seconds, 0 or more"
ONE_ATTEMPT = Config(retries={"total_max_attempts": 1})


@pytest.fixture
def client(service: LocalCustomerProfiles) -> CustomerProfilesClient:
    """Return a client of the embedded service that retries nothing."""
    return client_of(service, ONE_ATTEMPT)


def received(service: LocalCustomerProfiles) -> list[str]:
    """Return the names of the operations that arrived."""
    return [request.operation for request in service.requests]


def stubbed_hits(stubber: Stubber, *profiles: dict[str, Any]) -> None:
    """Let a search find these profiles, and a batch read them again."""
    stubber.add_response("search_profiles", {"Items": [{"ProfileId": each["ProfileId"]} for each in profiles]})
    if profiles:
        stubber.add_response("batch_get_profile", {"Profiles": list(profiles)})


class TestActions:
    """What an upsert does."""

    def test_created_updated_unchanged(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """The first upsert creates, one with other values sends those, and one without sends nothing."""
        first = client.upsert_profile(Profile(account_number="1", first_name="Ana", last_name="x"))
        second = client.upsert_profile(Profile(account_number="1", first_name="Anna", last_name=CLEAR, gender=CLEAR))
        third = client.upsert_profile(Profile(account_number="1", first_name="Anna"))

        assert ["created", "updated", "unchanged"] == [first.action, second.action, third.action]
        assert first.profile_id == second.profile_id == third.profile_id
        updates = [request.parameters for request in service.requests if request.operation == "UpdateProfile"]
        expected = {"DomainName": "acme", "ProfileId": first.profile_id, "FirstName": "Anna", "LastName": ""}
        assert [expected] == updates

    def test_what_others_stored_is_kept(self, client: CustomerProfilesClient) -> None:
        """None keeps: an upsert does not drop other people's fields and attributes."""
        stored = Profile(account_number="1", phone_number="1", attributes={"theirs": "x", "mine": "1"})
        profile_id = client.create_profile(stored).profile_id

        client.upsert_profile(Profile(account_number="1", attributes={"mine": "2"}))

        expected = attrs.evolve(stored, attributes={"theirs": "x", "mine": "2"})
        assert expected == client.get_profile(profile_id).profile

    @pytest.mark.parametrize(
        ("profile", "options", "problem"),
        [
            (Profile(), {}, NO_VALUE),
            (Profile(account_number=CLEAR), {}, NO_VALUE),
            (Profile(account_number="n/a"), {}, NO_VALUE),
            (Profile(account_number="1"), {"match_on": SearchKey.PROFILE_ID}, KEYS),
            (Profile(first_name="Ana", last_name="B"), {"match_on": SearchKey.FULL_NAME}, KEYS),
            (Profile(account_number="1"), {"match_on": []}, KEYS),
            (Profile(account_number="1"), {"settle_seconds": "1"}, SECONDS),
            (Profile(account_number="1"), {"settle_seconds": -1}, SECONDS),
            (Profile(account_number="1"), {"settle_seconds": float("nan")}, SECONDS),
            (Profile(account_number="x" * 256), {}, "account_number: 256 characters, at most 255"),
            (None, {}, "profile: expected Profile, got NoneType"),
        ],
    )
    def test_an_invalid_upsert(
        self,
        service: LocalCustomerProfiles,
        client: CustomerProfilesClient,
        profile: Any,
        options: Any,
        problem: str,
    ) -> None:
        """A profile without a value for the key, and any other problem, is listed before anything is sent."""
        with pytest.raises(InvalidRequestError, match="upsert_profile") as caught:
            client.upsert_profile(profile, **options)

        assert [problem] == [str(each) for each in caught.value.problems]
        assert [] == received(service)


class TestMatches:
    """Which profile that is found is the one that was meant."""

    @pytest.mark.parametrize(
        ("match_on", "stored", "given_profile"),
        [
            (
                SearchKey.EMAIL,
                Profile(business_email_address="A@mail.example"),
                Profile(email_address="a@MAIL.example"),
            ),
            (SearchKey.PHONE, Profile(home_phone_number="+1 (206) 345-7890"), Profile(phone_number="2063457890")),
        ],
    )
    def test_the_same_value(
        self, client: CustomerProfilesClient, match_on: SearchKey, stored: Profile, given_profile: Profile
    ) -> None:
        """A hit counts if it certainly has the value, in any field of the key."""
        profile_id = client.create_profile(stored).profile_id

        result = client.upsert_profile(given_profile, match_on=match_on)

        assert (profile_id, "updated") == (result.profile_id, result.action)

    def test_another_value(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A hit with another value, as a looser search may find it, is left alone: a profile is created."""
        stubbed_hits(stubber, {"ProfileId": FIRST, "PhoneNumber": "555 0199"})
        stubber.add_response("create_profile", {"ProfileId": SECOND})

        result = stubbed_client.upsert_profile(Profile(phone_number="555 0100"), match_on=SearchKey.PHONE)

        assert (SECOND, UpsertAction.CREATED) == (result.profile_id, result.action)

    def test_a_value_that_is_alike(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A hit that may be the same customer, but not certainly, is neither overwritten nor doubled."""
        stubbed_hits(stubber, {"ProfileId": FIRST, "PhoneNumber": "+49 30 5550100"})

        with pytest.raises(AmbiguousMatchError, match="not certainly") as caught:
            stubbed_client.upsert_profile(Profile(phone_number="030 5550100"), match_on=SearchKey.PHONE)
        assert (FIRST,) == caught.value.profile_ids

    def test_another_account_number(self, client: CustomerProfilesClient) -> None:
        """A hit whose account number differs from the one given is not overwritten."""
        stored = Profile(account_number="1", email_address="family@mail.example")
        profile_id = client.create_profile(stored).profile_id

        with pytest.raises(AmbiguousMatchError, match="another account_number") as caught:
            client.upsert_profile(
                Profile(account_number="2", email_address="family@mail.example"), match_on=SearchKey.EMAIL
            )
        assert (profile_id,) == caught.value.profile_ids
        assert stored == client.get_profile(profile_id).profile

    def test_several_matches(self, client: CustomerProfilesClient) -> None:
        """Several matches raise an error with their ids, and nothing is changed."""
        ids = {client.create_profile(Profile(account_number="1")).profile_id for _ in range(3)}

        with pytest.raises(AmbiguousMatchError, match="several profiles match") as caught:
            client.upsert_profile(Profile(account_number="1", first_name="Ana"))

        assert ids == set(caught.value.profile_ids)
        assert all(client.get_profile(each).profile.first_name is None for each in ids)

    def test_two_matches_are_enough_to_know(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """After two certain matches no further page is fetched."""
        for _ in range(45):
            client.create_profile(Profile(account_number="1"))

        with pytest.raises(AmbiguousMatchError):
            client.upsert_profile(Profile(account_number="1", first_name="Ana"))
        assert 1 == received(service).count("SearchProfiles")

    def test_a_hit_that_is_gone(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A hit that was deleted meanwhile is no match."""
        gone = {"Errors": [{"Code": "ResourceNotFoundException", "Message": "m", "ProfileId": FIRST}]}
        stubber.add_response("search_profiles", {"Items": [{"ProfileId": FIRST}]})
        stubber.add_response("batch_get_profile", gone)
        stubber.add_response("batch_get_profile", gone)
        stubber.add_response("create_profile", {"ProfileId": SECOND})

        assert "created" == stubbed_client.upsert_profile(Profile(account_number="1")).action

    def test_a_hit_that_cannot_be_read(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A hit that cannot be read for another reason is not taken for "no match": nothing is created."""
        failed = {"Errors": [{"Code": "ThrottlingException", "Message": "m", "ProfileId": FIRST}]}
        stubber.add_response("search_profiles", {"Items": [{"ProfileId": FIRST}]})
        stubber.add_response("batch_get_profile", failed)
        stubber.add_response("batch_get_profile", failed)

        with pytest.raises(ThrottlingError):
            stubbed_client.upsert_profile(Profile(account_number="1"))

    def test_a_search_that_fails(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """A throttled search raises; nothing is created because of it."""
        service.faults = Faults(Fault(FaultType.THROTTLED, operations=["SearchProfiles"]))

        with pytest.raises(ThrottlingError):
            client.upsert_profile(Profile(account_number="1"))
        assert "CreateProfile" not in received(service)


class TestSearchLag:
    """Search lags behind writes: what one client does is safe all the same."""

    def test_a_repeated_upsert(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """A client finds what it created itself, though search does not see it yet."""
        service.faults = Faults(search_lag_seconds=60)

        first = client.upsert_profile(Profile(account_number="1"))
        second = client.upsert_profile(Profile(account_number="1", first_name="Ana"))

        assert (first.profile_id, "updated") == (second.profile_id, second.action)
        assert 1 == received(service).count("CreateProfile")

    def test_a_profile_that_was_deleted_since(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """A profile that the client created and that is gone since is created again."""
        service.faults = Faults(search_lag_seconds=60)
        first = client.upsert_profile(Profile(account_number="1"))
        client.delete_profile(first.profile_id)

        again = client.upsert_profile(Profile(account_number="1"))

        assert "created" == again.action
        assert first.profile_id != again.profile_id

    def test_one_customer_at_a_time(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """Upserts of one customer from many threads at once make one profile, though search sees nothing yet."""
        service.faults = Faults(search_lag_seconds=60)
        given = [Profile(account_number="1", attributes={f"n{number}": "x"}) for number in range(20)]

        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(client.upsert_profile, given))

        assert 1 == len({result.profile_id for result in results})
        assert {"created": 1, "updated": 19} == Counter(result.action for result in results)


class TestUnknownOutcomes:
    """What follows a create of which it is unknown whether it was executed."""

    @pytest.mark.parametrize("fault_type", [FaultType.LOST, FaultType.FAILED])
    def test_it_settles(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, fault_type: FaultType
    ) -> None:
        """The profile is searched for until search sees it, and not created again."""
        service.faults = Faults(Fault(fault_type, operations=["CreateProfile"], times=1), search_lag_seconds=0.3)

        result = client.upsert_profile(Profile(account_number="1"))

        assert "created" == result.action
        assert [result.profile_id] == [hit.profile_id for hit in client.search_profiles({SearchKey.ACCOUNT: "1"})]
        assert 1 == received(service).count("CreateProfile")

    def test_it_does_not_settle(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """If the profile does not show up in time the outcome is unknown; the same upsert later finds it."""
        service.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"], times=1), search_lag_seconds=60)
        started = time.monotonic()

        with pytest.raises(OutcomeUnknownError, match=r"^upsert_profile: ") as caught:
            client.upsert_profile(Profile(account_number="1"), settle_seconds=0.2)
        assert time.monotonic() - started >= 0.2
        assert "ConnectionClosedError" == caught.value.cause_name
        assert caught.value.__context__ is None
        now = time.time
        monkeypatch.setattr(time, "time", lambda: now() + 61)
        assert "unchanged" == client.upsert_profile(Profile(account_number="1")).action

    def test_an_unreadable_response(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """A create whose response cannot be read may have been executed: its profile is searched for."""
        client.boto3_client.meta.events.register(
            "after-call.customer-profiles.CreateProfile", lambda parsed, **_: parsed.pop("ProfileId")
        )

        result = client.upsert_profile(Profile(account_number="1"))

        assert "created" == result.action
        assert [result.profile_id] == [hit.profile_id for hit in client.search_profiles({SearchKey.ACCOUNT: "1"})]
        assert 1 == received(service).count("CreateProfile")

    def test_a_search_that_fails_while_it_settles(
        self, stubber: Stubber, stubbed_client: CustomerProfilesClient
    ) -> None:
        """A search that fails after a lost create is repeated: the outcome is still unknown."""
        stubbed_hits(stubber)
        stubber.add_client_error("create_profile", "InternalServerException", http_status_code=500)
        stubber.add_client_error("search_profiles", "ThrottlingException", http_status_code=429)
        stubbed_hits(stubber, {"ProfileId": FIRST, "AccountNumber": "1"})

        result = stubbed_client.upsert_profile(Profile(account_number="1"))

        assert (FIRST, "created") == (result.profile_id, result.action)

    def test_somebody_elses_profile_shows_up(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """If what shows up after a lost create lacks what was given, it is updated."""
        stubbed_hits(stubber)
        stubber.add_client_error("create_profile", "InternalServerException", http_status_code=500)
        stubbed_hits(stubber, {"ProfileId": FIRST, "AccountNumber": "1"})
        expected = {"DomainName": "acme", "ProfileId": FIRST, "FirstName": "Ana"}
        stubber.add_response("update_profile", {"ProfileId": FIRST}, expected)

        result = stubbed_client.upsert_profile(Profile(account_number="1", first_name="Ana"))

        assert (FIRST, "updated") == (result.profile_id, result.action)
