"""Reading, searching, deleting, search keys and merging through the client, on the embedded service."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.stub import Stubber
from each_client import client_of
from hypothesis import given
from strategies import profiles

from customer_profiles_sdk import (
    BatchGetResult,
    CustomerProfilesClient,
    FailedProfile,
    FoundBy,
    InvalidRequestError,
    Profile,
    ProfileNotFoundError,
    SearchKey,
    SearchKeyNotFoundError,
    StoredProfile,
    UnexpectedResponseError,
)
from customer_profiles_sdk.local import LocalCustomerProfiles

pytestmark = pytest.mark.usefixtures("each_client")

UNKNOWN = "0" * 32


def received(service: LocalCustomerProfiles) -> list[str]:
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
        assert [] == received(service)

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

    def test_an_id_that_the_response_lacks(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """An id that the service does not mention is reported as failed, not dropped."""
        stubber.add_response("batch_get_profile", {"Profiles": []})

        (failed,) = stubbed_client.get_profiles([UNKNOWN]).failed

        assert (UNKNOWN, "NotInResponse") == (failed.profile_id, failed.code)
        assert isinstance(failed, FailedProfile)

    def test_what_the_callers_iterator_raises(self, client: CustomerProfilesClient) -> None:
        """An exception of the iterator that gives the ids comes out as it is."""

        def ids_from_a_database() -> Iterator[str]:
            yield UNKNOWN
            raise OSError("connection lost")

        with pytest.raises(OSError, match="connection lost"):
            client.get_profiles(ids_from_a_database())

    @given(profile=profiles(new_values=False))
    def test_what_was_read_changes_nothing(self, shared: LocalCustomerProfiles, profile: Profile) -> None:
        """A profile that was read can be handed to update_profile unchanged, and changes nothing."""
        client = client_of(shared)
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

        assert 0 == received(service).count("SearchProfiles")
        first = next(hits)
        assert 1 == received(service).count("SearchProfiles")
        assert ids == [first.profile_id, *(hit.profile_id for hit in hits)]
        assert 3 == received(service).count("SearchProfiles")

    def test_what_a_hit_holds(self, client: CustomerProfilesClient) -> None:
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
        keys = {SearchKey.ACCOUNT: "1", SearchKey.EMAIL: "a@mail.example"}

        assert [both, one] == [hit.profile_id for hit in client.search_profiles(keys)]
        assert [both] == [hit.profile_id for hit in client.search_profiles(keys, match="all")]

    @pytest.mark.parametrize(
        ("keys", "options", "expected"),
        [
            ({}, {}, ["keys: 0 items, at least 1"]),
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
    )
    def test_an_invalid_search(
        self, client: CustomerProfilesClient, keys: Any, options: dict[str, Any], expected: list[str]
    ) -> None:
        """All problems are listed when the method is called, not when the iterator is used."""
        with pytest.raises(InvalidRequestError) as caught:
            client.search_profiles(keys, **options)

        assert expected == problems(caught)

    def test_a_key_that_is_not_defined(self, client: CustomerProfilesClient) -> None:
        """A field's name in place of a search key raises an error that names the key."""
        with pytest.raises(SearchKeyNotFoundError, match="KeyName EmailAddress is not defined in the domain"):
            next(client.search_profiles({"EmailAddress": "a@mail.example"}))

    def test_a_repeated_token(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """A service that returns the same token again does not keep the caller in a loop."""
        for _ in range(2):
            stubber.add_response("search_profiles", {"Items": [{"ProfileId": UNKNOWN}], "NextToken": "t"})

        hits = stubbed_client.search_profiles({SearchKey.ACCOUNT: "1"})

        assert UNKNOWN == next(hits).profile_id
        with pytest.raises(UnexpectedResponseError, match="next_token: is one that was used before"):
            next(hits)


class TestOtherOperations:
    """Deleting, keys and merging."""

    def test_delete(self, client: CustomerProfilesClient) -> None:
        """A deleted profile is gone, and deleting it again raises."""
        profile_id = client.create_profile(Profile()).profile_id
        client.delete_profile(profile_id)

        for call in (client.get_profile, client.delete_profile):
            with pytest.raises(ProfileNotFoundError):
                call(profile_id)

    def test_keys(self) -> None:
        """A key that was added finds the profile until it is deleted; a single text is one value."""
        with LocalCustomerProfiles(domains=["acme"], search_keys=["LoyaltyId"]) as service:
            client = client_of(service)
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

        def rejected(profile_ids: list[str]) -> list[str]:
            with pytest.raises(InvalidRequestError) as caught:
                client.merge_profiles(UNKNOWN, profile_ids)
            return problems(caught)

        assert ["profile_ids: 0 items, at least 1"] == rejected([])
        assert ["profile_ids: 21 items, at most 20"] == rejected([other] * 21)
        assert ["profile_ids[1]: is the main profile, which cannot be merged into itself"] == rejected([other, UNKNOWN])
