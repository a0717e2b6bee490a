"""Reading, searching, deleting, keys, merging and upserting through the client, on the embedded service."""

import time
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from botocore.config import Config
from botocore.stub import Stubber
from hypothesis import given
from strategies import profiles

from customer_profiles_sdk import (
    CLEAR,
    Address,
    AmbiguousMatchError,
    BatchGetResult,
    ContactPreference,
    CustomerProfilesClient,
    EngagementPreferences,
    FailedProfile,
    FoundBy,
    Gender,
    InvalidRequestError,
    OutcomeUnknownError,
    Profile,
    ProfileNotFoundError,
    SearchKey,
    SearchKeyNotFoundError,
    StoredProfile,
    ThrottlingError,
    UnexpectedResponseError,
    UpsertAction,
)
from customer_profiles_sdk.local import Fault, Faults, LocalCustomerProfiles, Trouble

UNKNOWN = "0" * 32
NO_VALUE = "the profile has no value for it; set account_number"
KEYS = "expected one of _account, _fullName, _phone, _email"
SECONDS = "expected a number of seconds, 0 or more"
ONE_ATTEMPT = Config(retries={"total_max_attempts": 1})


@pytest.fixture
def client(service: LocalCustomerProfiles) -> CustomerProfilesClient:
    """Return a client of the embedded service that sends nothing again."""
    return service.client("acme", config=ONE_ATTEMPT)


@pytest.fixture(scope="module")
def shared() -> Iterator[LocalCustomerProfiles]:
    """Return an embedded service for tests of many examples."""
    with LocalCustomerProfiles(domains=["acme"], keep_requests=False) as service:
        yield service


def sent(service: LocalCustomerProfiles) -> list[str]:
    """Return the names of the operations that arrived."""
    return [request.operation for request in service.requests]


def problems(error: pytest.ExceptionInfo[InvalidRequestError]) -> list[str]:
    """Return the problems of an error as text."""
    return [str(problem) for problem in error.value.problems]


class TestGetProfiles:
    """Any number of profiles at once."""

    def test_many(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """Ids are sent 20 at a time and each once; what is found keeps the order asked, and no failure is dropped."""
        ids = [client.create_profile(Profile(account_number=str(number))).profile_id for number in range(45)]
        asked = [*reversed(ids), UNKNOWN, ids[0]]

        result = client.get_profiles(iter(asked))

        assert list(reversed(ids)) == [stored.profile_id for stored in result.found]
        assert [(UNKNOWN, "ResourceNotFoundException")] == [(each.profile_id, each.code) for each in result.failed]
        batches = [
            request.parameters["ProfileIds"] for request in service.requests if request.operation.startswith("B")
        ]
        assert [20, 20, 6] == [len(batch) for batch in batches if isinstance(batch, list)]

    def test_none(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """Asked for nothing, nothing is sent."""
        assert BatchGetResult() == client.get_profiles([])
        assert [] == sent(service)

    @pytest.mark.parametrize(
        ("profile_ids", "problem"),
        [
            ("0" * 32, "profile_ids: expected list of str, got str"),
            (7, "profile_ids: expected list of str, got int"),
            ({UNKNOWN: 1}, "profile_ids: expected list of str, got dict"),
            ([UNKNOWN, "x", None], "profile_ids[1]: expected 32 lower-case hexadecimal digits"),
        ],
    )
    def test_what_is_no_list_of_ids(self, client: CustomerProfilesClient, profile_ids: Any, problem: str) -> None:
        """Anything but ids is a listed problem, before anything is sent."""
        with pytest.raises(InvalidRequestError) as caught:
            client.get_profiles(profile_ids)

        assert problem == problems(caught)[0]

    def test_an_id_without_an_answer(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """An id that the service does not mention is reported as failed, not dropped."""
        stubber.add_response("batch_get_profile", {"Profiles": []})

        (failed,) = stubbed_client.get_profiles([UNKNOWN]).failed

        assert (UNKNOWN, "NotAnswered") == (failed.profile_id, failed.code)
        assert isinstance(failed, FailedProfile)

    @given(profile=profiles(new_values=False))
    def test_what_was_read_changes_nothing(self, shared: LocalCustomerProfiles, profile: Profile) -> None:
        """A profile that was read can be handed to update_profile unchanged, and changes nothing."""
        client = shared.client("acme")
        profile_id = client.create_profile(profile).profile_id
        read = client.get_profile(profile_id)

        client.update_profile(profile_id, read.profile)

        assert read == client.get_profile(profile_id)


class TestSearch:
    """An iterator over all that is found."""

    def test_all_pages_lazily(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """Pages are asked for as they are needed: none before the first profile, no second when abandoned."""
        ids = [client.create_profile(Profile(account_number="1")).profile_id for _ in range(5)]
        hits = client.search_profiles({SearchKey.ACCOUNT: "1"}, page_size=2)

        assert 0 == sent(service).count("SearchProfiles")
        first = next(hits)
        assert 1 == sent(service).count("SearchProfiles")
        assert ids == [first.profile_id, *(hit.profile_id for hit in hits)]
        assert 3 == sent(service).count("SearchProfiles")

    def test_what_a_hit_tells(self, client: CustomerProfilesClient) -> None:
        """A hit is the stored profile and what it was found by."""
        profile = Profile(email_address="Ana@mail.example", account_number="1", gender="nb")
        profile_id = client.create_profile(profile).profile_id

        (hit,) = client.search_profiles({"_email": "ana@mail.example", "_account": "1"}, match="all")

        found_by = (
            FoundBy(key=SearchKey.EMAIL, values=("ana@mail.example",)),
            FoundBy(key=SearchKey.ACCOUNT, values=("1",)),
        )
        assert StoredProfile(profile_id=profile_id, profile=profile, found_by=found_by) == hit

    def test_any_and_all(self, client: CustomerProfilesClient) -> None:
        """With "any" it finds what has one of the values, with "all" what has all of them."""
        both = client.create_profile(Profile(account_number="1", email_address="a@mail.example")).profile_id
        one = client.create_profile(Profile(account_number="1")).profile_id
        keys: dict[SearchKey | str, str] = {SearchKey.ACCOUNT: "1", SearchKey.EMAIL: "a@mail.example"}

        assert [both, one] == [hit.profile_id for hit in client.search_profiles(keys)]
        assert [both] == [hit.profile_id for hit in client.search_profiles(keys, match="all")]

    @pytest.mark.parametrize(
        ("keys", "options", "expected"),
        [
            ({}, {}, ["keys: expected mapping of 1 to 5 search keys to values, got dict"]),
            ("_email", {}, ["keys: expected mapping of 1 to 5 search keys to values, got str"]),
            ({"_email": ""}, {}, ["keys[0].value: 0 characters, at least 1"]),
            ({"a b": "x"}, {}, ["keys[0].key: expected letters, digits, _ and - only"]),
            ({"a": "x", "b c": "y"}, {}, ["keys[1].key: expected letters, digits, _ and - only"]),
            ({"a": "x", "b": 7}, {}, ["keys[1].value: expected str, got int"]),
            ({str(number): "x" for number in range(6)}, {}, ["keys: 6 items, at most 5"]),
            ({"a": "x"}, {"match": "some"}, ['match: expected "any" or "all"']),
            ({"a": "x"}, {"match": []}, ['match: expected "any" or "all"']),
            ({"a": "x"}, {"page_size": 101}, ["page_size: not within 1 to 100"]),
            ({"a": "x"}, {"page_size": True}, ["page_size: expected int, got bool"]),
        ],
    )  # fmt: skip
    def test_what_cannot_be_searched(
        self, client: CustomerProfilesClient, keys: Any, options: dict[str, Any], expected: list[str]
    ) -> None:
        """All problems are listed when the method is called, not when the iterator is used."""
        with pytest.raises(InvalidRequestError) as caught:
            client.search_profiles(keys, **options)

        assert expected == problems(caught)

    def test_a_token_that_comes_again(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A service that answers with the same token again does not keep the caller going round."""
        for _ in range(2):
            stubber.add_response("search_profiles", {"Items": [{"ProfileId": UNKNOWN}], "NextToken": "t"})

        hits = stubbed_client.search_profiles({SearchKey.ACCOUNT: "1"})

        assert [UNKNOWN, UNKNOWN] == [next(hits).profile_id, next(hits).profile_id]
        with pytest.raises(UnexpectedResponseError, match="next_token: is the same once more"):
            next(hits)


class TestOtherOperations:
    """Deleting, keys and merging."""

    def test_delete(self, client: CustomerProfilesClient) -> None:
        """A deleted profile is gone, and deleting it again says so."""
        profile_id = client.create_profile(Profile()).profile_id
        client.delete_profile(profile_id)

        for call in (client.get_profile, client.delete_profile):
            with pytest.raises(ProfileNotFoundError):
                call(profile_id)

    def test_keys(self) -> None:
        """A key that was added finds the profile until it is deleted; a single text is one value."""
        with LocalCustomerProfiles(domains=["acme"], search_keys=["LoyaltyId"]) as service:
            client = service.client("acme")
            profile_id = client.create_profile(Profile()).profile_id
            client.add_profile_key(profile_id, "LoyaltyId", "L-1")
            assert [profile_id] == [hit.profile_id for hit in client.search_profiles({"LoyaltyId": "L-1"})]
            client.delete_profile_key(profile_id, "LoyaltyId", ["L-1"])
            assert [] == list(client.search_profiles({"LoyaltyId": "L-1"}))

    def test_a_key_without_values(self, client: CustomerProfilesClient) -> None:
        """A key takes at least one value."""
        with pytest.raises(InvalidRequestError) as caught:
            client.add_profile_key(UNKNOWN, "a b", [])

        assert ["key: expected letters, digits, _ and - only", "values: 0 items, at least 1"] == problems(caught)

    def test_merge(self, client: CustomerProfilesClient) -> None:
        """Merging leaves the main profile with what it lacked."""
        main = client.create_profile(Profile(first_name="Ana")).profile_id
        other = client.create_profile(Profile(first_name="x", last_name="Example")).profile_id

        client.merge_profiles(main, [other])

        assert Profile(first_name="Ana", last_name="Example") == client.get_profile(main).profile
        with pytest.raises(ProfileNotFoundError):
            client.get_profile(other)

    def test_what_cannot_be_merged(self, client: CustomerProfilesClient) -> None:
        """1 to 20 profiles are merged at a time, none into itself."""
        other = "1" * 32

        def refused(profile_ids: list[str]) -> list[str]:
            with pytest.raises(InvalidRequestError) as caught:
                client.merge_profiles(UNKNOWN, profile_ids)
            return problems(caught)

        assert ["profile_ids: 0 items, at least 1"] == refused([])
        assert ["profile_ids: 21 items, at most 20"] == refused([other] * 21)
        assert ["profile_ids[1]: is the main profile, which cannot be merged into itself"] == refused([other, UNKNOWN])


class TestChangesTo:
    """The smallest update from one whole profile to another."""

    @given(old=profiles(new_values=False), new=profiles(new_values=False))
    def test_it_leads_there(self, shared: LocalCustomerProfiles, old: Profile, new: Profile) -> None:
        """Store one profile, send the changes, read back the other; what cannot be removed stays."""
        client = shared.client("acme")
        profile_id = client.create_profile(old).profile_id
        before, after = old.engagement_preferences or EngagementPreferences(), new.engagement_preferences
        phone = before.phone if after is None or after.phone is None else after.phone
        email = before.email if after is None or after.email is None else after.email
        reachable = attrs.evolve(
            new,
            profile_type=new.profile_type or old.profile_type,
            engagement_preferences=EngagementPreferences(phone=phone, email=email),
        )
        if reachable.engagement_preferences == EngagementPreferences():
            reachable = attrs.evolve(reachable, engagement_preferences=None)

        client.update_profile(profile_id, old.changes_to(new))

        assert reachable == client.get_profile(profile_id).profile

    @given(profile=profiles())
    def test_nothing_to_itself(self, profile: Profile) -> None:
        """From a profile to itself there is nothing to send, and from nothing to it there is all of it."""
        assert Profile() == profile.changes_to(profile)
        assert profile == Profile().changes_to(profile)

    def test_line_by_line_and_key_by_key(self) -> None:
        """What is equal is left out and what is no longer there is CLEAR, in addresses and attributes too."""
        old = Profile(
            first_name="Ana",
            last_name="x",
            gender="nb",
            address=Address(city="Cork", state="x"),
            mailing_address=Address(city="Cork"),
            attributes={"a": "1", "b": "2", "c": "3"},
        )
        new = Profile(
            first_name="Ana",
            gender=Gender.FEMALE,
            address=Address(city="Cork", country="Ireland"),
            attributes={"a": "1", "b": "9"},
        )

        assert Profile(
            last_name=CLEAR,
            gender=Gender.FEMALE,
            address=Address(state=CLEAR, country="Ireland"),
            mailing_address=Address(city=CLEAR),
            attributes={"b": "9", "c": CLEAR},
        ) == old.changes_to(new)

    def test_what_cannot_be_removed_is_left_alone(self) -> None:
        """The profile type and the channels of preferences stay where the desired profile does not have them."""
        preferences = EngagementPreferences(phone=[ContactPreference(key_name="k")])

        assert Profile() == Profile(profile_type="PROFILE", engagement_preferences=preferences).changes_to(Profile())

    @pytest.mark.parametrize("field", ["first_name", "gender", "address", "attributes", "engagement_preferences"])
    def test_values_of_wrong_types_are_passed_on(self, field: str) -> None:
        """A value that no profile can have stands in the changes, for the check of the request to name."""
        wrong: Any = {field: object()}
        changes = Profile(first_name="Ana").changes_to(Profile(**wrong))

        assert wrong[field] is getattr(changes, field)


class TestUpsert:
    """Create safely: find first, send what differs, and never take a guess."""

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
        ("match_on", "stored", "given_profile"),
        [
            (
                SearchKey.EMAIL,
                Profile(business_email_address="A@mail.example"),
                Profile(email_address="a@MAIL.example"),
            ),
            (SearchKey.PHONE, Profile(home_phone_number="+1 (206) 345-7890"), Profile(phone_number="2063457890")),
            (SearchKey.FULL_NAME, Profile(first_name="Ana", last_name="B"), Profile(first_name="ana", last_name="b")),
        ],
    )
    def test_the_keys_own_comparison(
        self, client: CustomerProfilesClient, match_on: SearchKey, stored: Profile, given_profile: Profile
    ) -> None:
        """A hit counts if it has the value under the key, by the key's own rule of comparison."""
        profile_id = client.create_profile(stored).profile_id

        result = client.upsert_profile(given_profile, match_on=match_on)

        assert (profile_id, "updated") == (result.profile_id, result.action)

    def test_a_hit_that_only_looks_alike(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A hit that does not have the value asked for is not updated: a profile is created."""
        hit = {"ProfileId": UNKNOWN, "PhoneNumber": "555 0100 99"}
        stubber.add_response("search_profiles", {"Items": [hit]})
        stubber.add_response("batch_get_profile", {"Profiles": [hit]})
        stubber.add_response("create_profile", {"ProfileId": "1" * 32})

        result = stubbed_client.upsert_profile(Profile(phone_number="555 0100"), match_on=SearchKey.PHONE)

        assert ("1" * 32, UpsertAction.CREATED) == (result.profile_id, result.action)

    def test_a_hit_that_is_gone(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A hit that was deleted meanwhile is no match."""
        gone = {"Errors": [{"Code": "ResourceNotFoundException", "Message": "m", "ProfileId": UNKNOWN}]}
        stubber.add_response("search_profiles", {"Items": [{"ProfileId": UNKNOWN}]})
        stubber.add_response("batch_get_profile", gone)
        stubber.add_response("batch_get_profile", gone)
        stubber.add_response("create_profile", {"ProfileId": "1" * 32})

        assert "created" == stubbed_client.upsert_profile(Profile(account_number="1")).action

    def test_a_hit_that_cannot_be_read(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A hit that cannot be read for another reason is not taken for "no match": nothing is created."""
        failed = {"Errors": [{"Code": "ThrottlingException", "Message": "m", "ProfileId": UNKNOWN}]}
        stubber.add_response("search_profiles", {"Items": [{"ProfileId": UNKNOWN}]})
        stubber.add_response("batch_get_profile", failed)
        stubber.add_response("batch_get_profile", failed)

        with pytest.raises(ThrottlingError):
            stubbed_client.upsert_profile(Profile(account_number="1"))

    def test_several_matches(self, client: CustomerProfilesClient) -> None:
        """Several matches raise an error with their ids, and nothing is changed."""
        ids = {client.create_profile(Profile(account_number="1")).profile_id for _ in range(3)}

        with pytest.raises(AmbiguousMatchError, match="3 profiles match") as caught:
            client.upsert_profile(Profile(account_number="1", first_name="Ana"))

        assert ids == set(caught.value.profile_ids)
        assert all(client.get_profile(each).profile.first_name is None for each in ids)

    @pytest.mark.parametrize(
        ("profile", "options", "problem"),
        [
            (Profile(), {}, f"match_on: {NO_VALUE}"),
            (Profile(account_number=CLEAR), {}, f"match_on: {NO_VALUE}"),
            (Profile(), {"match_on": SearchKey.PROFILE_ID}, f"match_on: {KEYS}"),
            (Profile(), {"match_on": []}, f"match_on: {KEYS}"),
            (Profile(account_number="1"), {"settle_seconds": "1"}, f"settle_seconds: {SECONDS}"),
            (Profile(account_number="1"), {"settle_seconds": -1}, f"settle_seconds: {SECONDS}"),
            (Profile(account_number="x" * 256), {}, "account_number: 256 characters, at most 255"),
            (None, {}, "profile: expected Profile, got NoneType"),
        ],
    )
    def test_what_cannot_be_upserted(
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

        assert [problem] == problems(caught)
        assert [] == sent(service)

    @pytest.mark.parametrize("trouble", [Trouble.LOST, Trouble.FAILED])
    def test_an_unknown_outcome_that_settles(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, trouble: Trouble
    ) -> None:
        """After a lost answer the profile is searched for until it shows up, and not created again."""
        service.faults = Faults(Fault(trouble, operations=["CreateProfile"], times=1), search_lag_seconds=0.3)

        result = client.upsert_profile(Profile(account_number="1"))

        assert "created" == result.action
        assert [result.profile_id] == [hit.profile_id for hit in client.search_profiles({SearchKey.ACCOUNT: "1"})]
        assert 1 == sent(service).count("CreateProfile")

    def test_an_unknown_outcome_that_does_not_settle(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """If the profile does not show up in time the outcome is unknown; the same upsert later finds it."""
        service.faults = Faults(Fault(Trouble.LOST, operations=["CreateProfile"], times=1), search_lag_seconds=2)
        started = time.monotonic()

        with pytest.raises(OutcomeUnknownError, match=r"^upsert_profile: ") as caught:
            client.upsert_profile(Profile(account_number="1"), settle_seconds=0.2)
        assert 0.2 <= time.monotonic() - started < 2
        assert caught.value.__context__ is None
        time.sleep(2)
        assert "unchanged" == client.upsert_profile(Profile(account_number="1")).action

    def test_a_search_that_fails_while_it_settles(
        self, stubber: Stubber, stubbed_client: CustomerProfilesClient
    ) -> None:
        """A search that cannot be made after a lost create is made again: the outcome is still unknown."""
        stored = {"ProfileId": UNKNOWN, "AccountNumber": "1"}
        stubber.add_response("search_profiles", {"Items": []})
        stubber.add_client_error("create_profile", "InternalServerException", http_status_code=500)
        stubber.add_client_error("search_profiles", "ThrottlingException", http_status_code=429)
        stubber.add_response("search_profiles", {"Items": [stored]})
        stubber.add_response("batch_get_profile", {"Profiles": [stored]})

        result = stubbed_client.upsert_profile(Profile(account_number="1"))

        assert (UNKNOWN, "created") == (result.profile_id, result.action)

    def test_somebody_elses_profile_shows_up(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """If what shows up after a lost create lacks what was given, it is updated."""
        theirs = service.client("acme")

        def create(_: Profile) -> None:
            theirs.create_profile(Profile(account_number="1"))
            raise OutcomeUnknownError("create_profile", "ReadTimeoutError")

        monkeypatch.setattr(client, "create_profile", create)

        assert "updated" == client.upsert_profile(Profile(account_number="1", first_name="Ana")).action


class TestMistakes:
    """What users of raw boto3 get wrong is impossible or loudly wrong here."""

    def test_a_search_that_fails_is_not_no_match(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """A throttled search raises; nothing is created on the strength of it."""
        service.faults = Faults(Fault(Trouble.THROTTLED, operations=["SearchProfiles"]))

        with pytest.raises(ThrottlingError):
            client.upsert_profile(Profile(account_number="1"))
        assert "CreateProfile" not in sent(service)

    def test_a_hundred_ids(self, client: CustomerProfilesClient) -> None:
        """A hundred ids are no problem, though the API takes twenty."""
        ids = [client.create_profile(Profile()).profile_id for _ in range(100)]

        assert 100 == len(client.get_profiles(ids).found)

    def test_a_field_name_for_a_key(self, client: CustomerProfilesClient) -> None:
        """A field's name where a search key belongs raises an error that names the cause."""
        with pytest.raises(SearchKeyNotFoundError, match="KeyName EmailAddress is not defined in the domain"):
            next(client.search_profiles({"EmailAddress": "a@mail.example"}))

    def test_x_or_empty_in_attributes(self, client: CustomerProfilesClient) -> None:
        """An empty attribute does not fail a create."""
        missing: str | None = None
        profile_id = client.create_profile(Profile(attributes={"tier": missing or "", "a": "1"})).profile_id

        assert {"a": "1"} == client.get_profile(profile_id).profile.attributes

    def test_both_twins_after_a_read(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """A profile that was read is sent back with one twin."""
        profile_id = client.create_profile(Profile(gender=Gender.MALE)).profile_id
        client.update_profile(profile_id, client.get_profile(profile_id).profile)

        assert {"DomainName": "acme", "ProfileId": profile_id, "Gender": "MALE"} == service.requests[-1].parameters
