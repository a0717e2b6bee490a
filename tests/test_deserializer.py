"""Reading responses: tolerant of what is new, strict on what an operation promises."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_profiles_sdk import (
    BatchGetResult,
    CreateProfileResult,
    FailedProfile,
    FoundBy,
    Gender,
    Profile,
    ResponseMetadata,
    SearchKey,
    StoredProfile,
    UnexpectedResponseError,
    UpdateProfileResult,
)
from customer_profiles_sdk._core.deserializer import (
    SearchPage,
    batch_get_result,
    create_profile_result,
    joined_batches,
    profile_from_members,
    search_page,
    update_profile_result,
)

ID = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"
METADATA = {"RequestId": "r-1", "HTTPStatusCode": 200, "RetryAttempts": 2, "HTTPHeaders": {"server": "x"}}
MEMBERS = ["ProfileId", "ResponseMetadata", "RequestId", "HTTPStatusCode", "RetryAttempts", "Profiles", "Items"]
MEMBERS += ["Errors", "Code", "Message", "NextToken", "FirstName", "Gender", "GenderString", "Address", "City"]
MEMBERS += ["Attributes", "EngagementPreferences", "Phone", "KeyName", "FoundByItems", "Values", "NewMember"]
READERS: dict[type, Callable[[Any], object]] = {
    CreateProfileResult: create_profile_result,
    UpdateProfileResult: partial(update_profile_result, ID),
    BatchGetResult: partial(batch_get_result, "get_profiles", [ID]),
    SearchPage: search_page,
    Profile: profile_from_members,
}
SECRET = "secret"

read_batch = partial(batch_get_result, "get_profiles", [ID, OTHER])


def problems(read: Callable[[Any], object], response: Any) -> list[str]:
    """Return what is wrong with a response."""
    with pytest.raises(UnexpectedResponseError) as caught:
        read(response)
    return [str(problem) for problem in caught.value.problems]


class TestResults:
    """What becomes of a response that is whole."""

    def test_of_a_create_and_an_update(self) -> None:
        """A result holds the profile's id and the metadata that botocore adds."""
        response = {"ProfileId": ID, "ResponseMetadata": METADATA}
        metadata = ResponseMetadata(request_id="r-1", http_status=200, retry_attempts=2)

        assert CreateProfileResult(profile_id=ID, metadata=metadata) == create_profile_result(response)
        assert UpdateProfileResult(profile_id=ID, metadata=metadata) == update_profile_result(ID, response)

    def test_without_metadata(self) -> None:
        """A response without metadata, as a stub gives it, is read all the same."""
        assert CreateProfileResult(profile_id=ID) == create_profile_result({"ProfileId": ID})

    def test_of_a_batch(self) -> None:
        """A batch holds the profiles found and an error for each of the others, whose text may be absent or empty."""
        errors = [
            {"Code": "c", "Message": "m", "ProfileId": ID},
            {"Code": "c", "ProfileId": ID},
            {"Code": "c", "Message": "", "ProfileId": ID},
        ]
        response = {"Profiles": [{"ProfileId": OTHER, "FirstName": "Ana"}], "Errors": errors}

        result = read_batch(response)

        assert (StoredProfile(profile_id=OTHER, profile=Profile(first_name="Ana")),) == result.found
        assert (
            FailedProfile(profile_id=ID, code="c", message="m"),
            FailedProfile(profile_id=ID, code="c"),
            FailedProfile(profile_id=ID, code="c"),
        ) == result.failed

    @pytest.mark.parametrize("response", [{"Profiles": []}, {"Errors": []}, {"Profiles": [], "Errors": []}])
    def test_of_an_empty_batch(self, response: dict[str, Any]) -> None:
        """One of the two members of a batch is enough."""
        assert BatchGetResult() == read_batch(response)

    def test_of_several_batches(self) -> None:
        """Several batches become one result in the order of the ids, with an error for each id that none mentions."""
        stored = {each: StoredProfile(profile_id=each, profile=Profile()) for each in "abcd"}
        failed = FailedProfile(profile_id="e", code="c")
        batches = [
            BatchGetResult(found=(stored["b"], stored["a"])),
            BatchGetResult(found=(stored["c"],), failed=(failed,)),
        ]

        result = joined_batches("ecbaf", batches)

        assert (stored["c"], stored["b"], stored["a"]) == result.found
        assert [("e", "c"), ("f", "NotInResponse")] == [(each.profile_id, each.code) for each in result.failed]

    def test_of_a_search(self) -> None:
        """A page of a search holds profiles with what they were found by, and the token of the next page."""
        found_by = [{"KeyName": "_email", "Values": ["ana@mail.example"]}, {"KeyName": "own", "Values": []}]
        item = {"ProfileId": ID, "Gender": "FEMALE", "GenderString": "FEMALE", "FoundByItems": found_by}

        page = search_page({"Items": [item], "NextToken": "t"})

        assert (
            StoredProfile(
                profile_id=ID,
                profile=Profile(gender=Gender.FEMALE),
                found_by=(FoundBy(key=SearchKey.EMAIL, values=("ana@mail.example",)), FoundBy(key="own")),
            ),
        ) == page.items
        assert "t" == page.next_token

    @pytest.mark.parametrize("response", [{"Items": []}, {"Items": [], "NextToken": None}])
    def test_of_a_search_that_finds_nothing(self, response: dict[str, Any]) -> None:
        """An empty page without a token is the end of a search that found nothing."""
        assert SearchPage(items=()) == search_page(response)

    @pytest.mark.parametrize("read", READERS.values(), ids=[kind.__name__ for kind in READERS])
    def test_unknown_members_are_left_out(self, read: Callable[[Any], object]) -> None:
        """Members that do not exist yet change nothing, whatever they hold."""
        response = {"ProfileId": ID, "Items": [], "Profiles": []}

        assert read(response) == read({**response, "NewMember": {"a": [1]}, "Another": None})


class TestPromises:
    """A response lacks nothing that its operation promises."""

    @pytest.mark.parametrize(
        ("response", "problem"),
        [
            ({}, "profile_id: missing"),
            ({"ProfileId": None}, "profile_id: missing"),
            ({"ProfileId": ""}, "profile_id: empty"),
            ({"ProfileId": 7}, "profile_id: expected str, got int"),
            (None, "response: expected dict, got NoneType"),
            ("text", "response: expected dict, got str"),
            ([], "response: expected dict, got list"),
        ],
    )
    def test_the_id_of_a_create_and_an_update(self, response: Any, problem: str) -> None:
        """A create and an update always return the profile's id."""
        assert [problem] == problems(create_profile_result, response)
        assert [problem] == problems(partial(update_profile_result, ID), response)

    @pytest.mark.parametrize(
        ("response", "problem"),
        [
            ({}, "items: missing"),
            ({"Items": None}, "items: missing"),
            ({"NextToken": "t"}, "items: missing"),
            ({"Items": {}}, "items: expected list, got dict"),
            ({"Items": [{}]}, "items[0].profile_id: missing"),
            ({"Items": [{"ProfileId": ID}, {"ProfileId": ""}]}, "items[1].profile_id: empty"),
            ({"Items": [{"ProfileId": ID}, None]}, "items[1]: expected dict, got NoneType"),
            ({"Items": [], "NextToken": 7}, "next_token: expected str, got int"),
        ],
    )
    def test_the_items_of_a_search(self, response: Any, problem: str) -> None:
        """A search always returns items, each with an id: their absence is never "nothing found"."""
        assert [problem] == problems(search_page, response)

    @pytest.mark.parametrize(
        ("response", "problem"),
        [
            ({}, "response: contains neither profiles nor errors"),
            ({"NewMember": []}, "response: contains neither profiles nor errors"),
            ({"Profiles": [{}]}, "found[0].profile_id: missing"),
            ({"Errors": [{"ProfileId": ID, "Code": "c"}, {"Code": "c"}]}, "failed[1].profile_id: missing"),
            ({"Errors": [{"ProfileId": ID}]}, "failed[0].code: missing"),
            ({"Errors": [{"ProfileId": ID, "Code": ""}]}, "failed[0].code: empty"),
        ],
    )
    def test_the_members_of_a_batch(self, response: Any, problem: str) -> None:
        """A batch returns profiles or errors, each with an id, an error with its code too."""
        assert [problem] == problems(read_batch, response)

    def test_another_profile(self) -> None:
        """A response about another profile than those asked for counts for nothing."""
        problem = "profile_id: is not the profile that was asked for"
        read_one = partial(batch_get_result, "get_profile", [ID])

        assert [problem] == problems(partial(update_profile_result, ID), {"ProfileId": OTHER})
        assert [problem] == problems(read_one, {"Profiles": [{"ProfileId": ID}, {"ProfileId": OTHER}]})
        assert [problem] == problems(read_one, {"Profiles": [], "Errors": [{"ProfileId": OTHER, "Code": "c"}]})

    @pytest.mark.parametrize(
        ("operation", "read"),
        [
            ("create_profile", create_profile_result),
            ("update_profile", partial(update_profile_result, ID)),
            ("get_profile", partial(batch_get_result, "get_profile", [ID])),
            ("get_profiles", partial(batch_get_result, "get_profiles", [ID])),
            ("search_profiles", search_page),
        ],
    )
    def test_the_error_names_the_operation(self, operation: str, read: Callable[[Any], object]) -> None:
        """The error names the client's method."""
        with pytest.raises(UnexpectedResponseError, match=f"^{operation}: the response cannot be read\n  ") as caught:
            read({})
        assert operation == caught.value.operation


class TestWrongTypes:
    """What cannot be read is named by its place, never by its value."""

    def test_every_place_is_named(self) -> None:
        """All places of wrong types are named together, with their positions in lists and without a value."""
        members = {
            "ProfileId": ID,
            "FirstName": 4711,
            "Address": {"City": [SECRET]},
            "Attributes": {SECRET: 4711},
            "BillingAddress": SECRET,
            "EngagementPreferences": {"Phone": {SECRET: 1}, "Email": [{}, {"KeyName": 4711}]},
            "FoundByItems": [{"KeyName": "_email", "Values": ["x", 4711]}],
        }
        response = {"Profiles": [{"ProfileId": OTHER}, members], "Errors": SECRET}

        found = problems(read_batch, response)

        assert {
            "failed: expected list, got str",
            "found[1].profile.first_name: expected str, got int",
            "found[1].profile.address.city: expected str, got list",
            "found[1].profile.attributes: expected str, got int",
            "found[1].profile.billing_address: expected dict, got str",
            "found[1].profile.engagement_preferences.phone: expected list, got dict",
            "found[1].profile.engagement_preferences.email[1].key_name: expected str, got int",
            "found[1].found_by[0].values[1]: expected str, got int",
        } == set(found)

    @pytest.mark.parametrize(
        ("metadata", "problem"),
        [
            ({"HTTPStatusCode": "200"}, "metadata.http_status: expected int, got str"),
            ({"RetryAttempts": True}, "metadata.retry_attempts: expected int, got bool"),
            ({"RequestId": 7}, "metadata.request_id: expected str, got int"),
            ([], "metadata: expected dict, got list"),
        ],
    )
    def test_in_metadata(self, metadata: Any, problem: str) -> None:
        """The same holds for the metadata that botocore adds."""
        assert [problem] == problems(create_profile_result, {"ProfileId": ID, "ResponseMetadata": metadata})

    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.sampled_from(["", "MALE", "_email", ID, SECRET]),
            lambda children: (
                st.lists(children, max_size=3) | st.dictionaries(st.sampled_from([*MEMBERS, SECRET]), children)
            ),
        )
    )
    def test_any_json_is_read_or_rejected(self, response: Any) -> None:
        """Whatever a response holds, it becomes the typed result or an UnexpectedResponseError without a value."""
        for kind, read in READERS.items():
            try:
                result = read(response)
            except UnexpectedResponseError as error:
                assert error.problems
                assert SECRET not in str(error)
            else:
                assert kind is type(result)

    @given(
        st.dictionaries(
            st.sampled_from(MEMBERS),
            st.none()
            | st.sampled_from([ID, "", 7])
            | st.lists(
                st.fixed_dictionaries(
                    {"ProfileId": st.sampled_from([ID, OTHER, "", 7])},
                    optional={"FirstName": st.sampled_from(["Ana", 7]), "Code": st.just("c")},
                ),
                max_size=2,
            ),
        )
    )
    def test_no_profile_is_invented_or_lost(self, response: dict[str, Any]) -> None:
        """Whatever is read of a response, it is what the response holds, in its order."""
        for read, member, field in (
            (search_page, "Items", "items"),
            (read_batch, "Profiles", "found"),
            (read_batch, "Errors", "failed"),
        ):
            try:
                result = read(response)
            except UnexpectedResponseError:
                continue
            expected = [each["ProfileId"] for each in response.get(member) or []]
            assert expected == [each.profile_id for each in getattr(result, field)]
