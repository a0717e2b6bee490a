"""What goes over the wire and how it is read: the three states of a field, the twins, and tolerance in reading."""

from enum import StrEnum
from functools import partial
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import profiles

from customer_profiles_sdk import (
    CLEAR,
    Address,
    BatchGetResult,
    ContactPreference,
    ContactType,
    CreateProfileResult,
    EngagementPreferences,
    FoundBy,
    Gender,
    PartyType,
    Profile,
    ResponseMetadata,
    SearchKey,
    UnexpectedResponseError,
)
from customer_profiles_sdk.deserializer import (
    SearchPage,
    batch_get_result,
    create_profile_result,
    search_page,
    update_profile_result,
)
from customer_profiles_sdk.models import FailedProfile
from customer_profiles_sdk.serializer import (
    create_profile_request,
    get_profile_request,
    update_profile_request,
    wire_name,
)

ID = "0123456789abcdef0123456789abcdef"
ADDRESSES = {"address", "shipping_address", "mailing_address", "billing_address"}
TEXT_FIELDS = [
    each.name
    for each in attrs.fields(Profile)
    if each.name not in ADDRESSES | {"party_type", "gender", "attributes", "engagement_preferences"}
]
MEMBERS = ["ProfileId", "ResponseMetadata", "RequestId", "Profiles", "Items", "Errors", "Code", "Message", "NextToken"]
MEMBERS += ["FirstName", "Gender", "GenderString", "Address", "City", "Attributes", "EngagementPreferences", "Phone"]
MEMBERS += ["KeyName", "FoundByItems", "Values", "NewMember"]
each_text_field = pytest.mark.parametrize("name", TEXT_FIELDS)
each_address = pytest.mark.parametrize("name", sorted(ADDRESSES))
each_twin = pytest.mark.parametrize(
    ("name", "member"), [("party_type", PartyType.BUSINESS), ("gender", Gender.FEMALE)], ids=["party_type", "gender"]
)


def having(name: str, value: Any) -> Profile:
    """Return a profile with one field."""
    return Profile(**{name: value})


def created(profile: Profile) -> dict[str, Any]:
    """Return what create_profile sends of a profile."""
    request: dict[str, Any] = create_profile_request("acme", profile)
    assert request.pop("DomainName") == "acme"
    return request


def updated(changes: Profile) -> dict[str, Any]:
    """Return what update_profile sends of changes."""
    request: dict[str, Any] = update_profile_request("acme", ID, changes)
    assert request.pop("DomainName") == "acme"
    assert request.pop("ProfileId") == ID
    return request


def read(members: dict[str, Any]) -> Profile:
    """Return the profile that is read from the service's members."""
    result = batch_get_result("get_profile", {"Profiles": [{"ProfileId": ID, **members}]})
    return result.found[0].profile


class TestThreeStates:
    """None keeps, CLEAR removes, any other value is sent."""

    @each_text_field
    def test_none_is_not_sent(self, name: str) -> None:
        """A field that is None is sent by neither operation."""
        assert {} == created(having(name, None)) == updated(having(name, None))

    @each_text_field
    def test_clear_is_sent_by_an_update_only(self, name: str) -> None:
        """A field that is CLEAR is sent as an empty string by an update and not sent by a create."""
        assert {} == created(having(name, CLEAR))
        assert {wire_name(name): ""} == updated(having(name, CLEAR))

    @each_text_field
    def test_a_value_is_sent(self, name: str) -> None:
        """Any other value is sent by both operations, to the letter."""
        assert {wire_name(name): " Añá "} == created(having(name, " Añá ")) == updated(having(name, " Añá "))

    @each_address
    @pytest.mark.parametrize("line", [each.name for each in attrs.fields(Address)])
    def test_lines_of_an_address(self, name: str, line: str) -> None:
        """The same holds for each line of each address."""
        value, clear = having(name, Address(**{line: "x"})), having(name, Address(**{line: CLEAR}))

        assert {wire_name(name): {wire_name(line): "x"}} == created(value) == updated(value)
        assert {} == created(clear)
        assert {wire_name(name): {wire_name(line): ""}} == updated(clear)

    def test_values_of_attributes(self) -> None:
        """The same holds for each value of attributes."""
        profile = Profile(attributes={"set": "1", "clear": CLEAR, "keep": None})

        assert {"Attributes": {"set": "1"}} == created(profile)
        assert {"Attributes": {"set": "1", "clear": ""}} == updated(profile)

    @pytest.mark.parametrize(
        "profile",
        [
            Profile(address=Address()),
            Profile(attributes={}),
            Profile(attributes={"keep": None}),
            Profile(engagement_preferences=EngagementPreferences()),
            Profile(engagement_preferences=EngagementPreferences(phone=[ContactPreference()])),
        ],
    )
    def test_a_nested_object_with_nothing_to_send_is_not_sent(self, profile: Profile) -> None:
        """What holds nothing to send is left out as a whole."""
        assert {} == created(profile) == updated(profile)

    def test_a_nested_object_of_clears_is_not_sent_by_a_create(self) -> None:
        """A create leaves out what holds nothing but CLEAR."""
        assert {} == created(Profile(address=Address.cleared(), attributes={"a": CLEAR}))

    def test_an_empty_list_of_preferences_is_a_value(self) -> None:
        """An empty list was given, so it is sent."""
        profile = Profile(engagement_preferences=EngagementPreferences(phone=[]))

        assert {"EngagementPreferences": {"Phone": []}} == created(profile) == updated(profile)

    @given(profiles(clears=True))
    def test_an_update_sends_exactly_what_is_set(self, changes: Profile) -> None:
        """An update sends each field that is not None, and a create each of those that is not CLEAR."""

        def sent(*unsent: str | None) -> set[str]:
            return {each.name for each in attrs.fields(Profile) if not holds_only(getattr(changes, each.name), unsent)}

        def names(request: dict[str, Any]) -> set[str]:
            twins = {"PartyTypeString": "PartyType", "GenderString": "Gender"}
            members = {twins.get(member, member) for member in request}
            return {each.name for each in attrs.fields(Profile) if wire_name(each.name) in members}

        assert sent(None) == names(updated(changes))
        assert sent(None, CLEAR) == names(created(changes))

    @given(profiles(clears=True))
    def test_nothing_sent_by_a_create_is_empty(self, profile: Profile) -> None:
        """No text that a create sends is empty, at any depth."""

        def texts(value: object) -> list[str]:
            match value:
                case dict():
                    return [text for content in value.values() for text in texts(content)]
                case list():
                    return [text for content in value for text in texts(content)]
                case _:
                    return [str(value)]

        assert "" not in texts(created(profile))


def holds_only(value: object, unsent: tuple[str | None, ...]) -> bool:
    """Tell whether there is nothing in a field's value but what is not sent."""
    match value:
        case Address():
            return all(line in unsent for line in attrs.astuple(value))
        case dict():
            return all(text in unsent for text in value.values())
        case EngagementPreferences():
            return value.phone is None and value.email is None
        case _:
            return value in unsent


class TestTwins:
    """One field for two members of the API."""

    @each_twin
    def test_a_member_goes_out_as_the_enum(self, name: str, member: StrEnum) -> None:
        """A member, or its text, is sent as the enum's member of the API, as plain text."""
        for value in (member, member.value):
            sent = created(having(name, value))
            assert {wire_name(name): member.value} == sent == updated(having(name, value))
            assert type(sent[wire_name(name)]) is str

    @each_twin
    def test_free_text_goes_out_as_the_string(self, name: str, member: StrEnum) -> None:
        """Any other text is sent as the String twin."""
        text = f"not {member}"

        assert {f"{wire_name(name)}String": text} == created(having(name, text)) == updated(having(name, text))

    @each_twin
    def test_clear_goes_out_as_the_string(self, name: str, member: StrEnum) -> None:
        """CLEAR is sent by an update as an empty String twin, which no enum refuses."""
        assert {f"{wire_name(name)}String": ""} == updated(having(name, CLEAR))
        assert {} == created(having(name, CLEAR))
        assert CLEAR not in set(type(member))

    @each_twin
    def test_a_member_of_another_enum_is_free_text(self, name: str, member: StrEnum) -> None:
        """A StrEnum that is not the API's goes out as free text, as plain str."""

        class Theirs(StrEnum):
            MEMBER = f"theirs, not {member}"

        sent = created(having(name, Theirs.MEMBER))

        assert {f"{wire_name(name)}String": Theirs.MEMBER.value} == sent
        assert [str] == [type(value) for value in sent.values()]

    def test_an_empty_member_of_a_foreign_enum_is_clear(self) -> None:
        """A StrEnum's empty text is CLEAR like any other empty text."""

        class Theirs(StrEnum):
            NOTHING = ""

        assert {} == created(Profile(gender=Theirs.NOTHING, first_name=Theirs.NOTHING))
        assert {"GenderString": "", "FirstName": ""} == updated(
            Profile(gender=Theirs.NOTHING, first_name=Theirs.NOTHING)
        )

    @given(profiles(clears=True))
    def test_never_both(self, profile: Profile) -> None:
        """No request holds both twins."""
        for request in (created(profile), updated(profile)):
            assert not {"PartyType", "PartyTypeString"} <= set(request)
            assert not {"Gender", "GenderString"} <= set(request)

    @each_twin
    @pytest.mark.parametrize("nothing", [None, ""])
    def test_reading_the_string_counts(self, name: str, member: StrEnum, nothing: str | None) -> None:
        """The String twin counts where it is there and not empty, else the enum's."""
        enum, text = wire_name(name), f"{wire_name(name)}String"

        assert "free" == getattr(read({enum: "OTHER", text: "free"}), name)
        assert member is getattr(read({enum: "OTHER", text: member.value}), name)
        assert member is getattr(read({enum: member.value, text: nothing}), name)
        assert member is getattr(read({enum: member.value}), name)
        assert "NEW" == getattr(read({enum: "NEW"}), name)
        assert None is getattr(read({}), name)


class TestRequests:
    """The rest of what a request is made of."""

    def test_the_members_of_a_request(self) -> None:
        """A request holds the domain, the id where there is one, and the API's members for the fields."""
        assert {"DomainName": "acme", "FirstName": "Ana"} == create_profile_request("acme", Profile(first_name="Ana"))
        assert {"DomainName": "acme", "ProfileId": ID} == update_profile_request("acme", ID, Profile())
        assert {"DomainName": "acme", "ProfileIds": [ID]} == get_profile_request("acme", ID)

    def test_contact_preferences(self) -> None:
        """Preferences go out as lists of objects, in their order."""
        preferences = EngagementPreferences(
            phone=[ContactPreference(contact_type=ContactType.PHONE_NUMBER), ContactPreference(key_name="k")],
            email=[ContactPreference(key_value="v", profile_id=ID)],
        )

        assert {
            "EngagementPreferences": {
                "Phone": [{"ContactType": "PhoneNumber"}, {"KeyName": "k"}],
                "Email": [{"KeyValue": "v", "ProfileId": ID}],
            }
        } == created(Profile(engagement_preferences=preferences))

    @given(profiles())
    def test_a_created_profile_reads_back_as_itself(self, profile: Profile) -> None:
        """structure(unstructure(profile)) == profile, for any profile that holds no CLEAR."""
        assert profile == read(created(profile))

    @given(profiles(clears=True))
    def test_an_update_reads_back_as_itself(self, profile: Profile) -> None:
        """The same holds for an update with CLEAR, but for the twins: they read as nothing."""
        expected = attrs.evolve(profile, party_type=profile.party_type or None, gender=profile.gender or None)

        assert expected == read(updated(profile))


class TestResponses:
    """Reading is tolerant of what is new and strict on what must be there."""

    metadata: ClassVar = {"RequestId": "r-1", "HTTPStatusCode": 200, "RetryAttempts": 2, "HTTPHeaders": {}}

    def test_results(self) -> None:
        """A result holds the profile's id and what botocore says of the answer."""
        response = {"ProfileId": ID, "ResponseMetadata": self.metadata}
        metadata = ResponseMetadata(request_id="r-1", http_status=200, retry_attempts=2)

        assert CreateProfileResult(profile_id=ID, metadata=metadata) == create_profile_result(response)
        assert ID == update_profile_result(response).profile_id
        assert metadata == update_profile_result(response).metadata

    def test_metadata_may_be_absent(self) -> None:
        """An answer without metadata, as a stub gives it, is read all the same."""
        assert CreateProfileResult(profile_id=ID) == create_profile_result({"ProfileId": ID})

    def test_a_batch(self) -> None:
        """A batch holds the profiles found and the errors for the others."""
        error = {"Code": "ResourceNotFoundException", "Message": "gone", "ProfileId": ID}
        found_by = [{"KeyName": "_email", "Values": ["ana@mail.example"]}, {"KeyName": "theirs", "Values": []}]

        result = batch_get_result(
            "get_profile", {"Profiles": [{"ProfileId": ID, "FoundByItems": found_by}], "Errors": [error]}
        )

        assert (FailedProfile(profile_id=ID, code="ResourceNotFoundException", message="gone"),) == result.failed
        assert (FoundBy(key=SearchKey.EMAIL, values=("ana@mail.example",)), FoundBy(key="theirs")) == (
            result.found[0].found_by
        )

    def test_an_error_of_a_batch_without_a_text(self) -> None:
        """An error without a text, or with an empty one, is read all the same."""
        errors = [{"Code": "c", "ProfileId": ID}, {"Code": "c", "Message": "", "ProfileId": ID}]

        assert (FailedProfile(profile_id=ID, code="c"),) * 2 == batch_get_result(
            "get_profiles", {"Errors": errors}
        ).failed

    def test_what_is_new_is_tolerated(self) -> None:
        """Unknown members are left out; unknown enum values and long texts are kept as they are."""
        profile = read(
            {
                "NewMember": 1,
                "ProfileType": "NEW",
                "FirstName": "x" * 300,
                "Address": {"City": "Cork", "Planet": "Earth"},
            }
        )

        assert Profile(profile_type="NEW", first_name="x" * 300, address=Address(city="Cork")) == profile

    def test_null_is_absent(self) -> None:
        """A member that is null is read as absent, in attributes too."""
        members = {
            "FirstName": None,
            "Address": None,
            "Attributes": {"a": None, "b": "1"},
            "EngagementPreferences": None,
        }

        assert Profile(attributes={"b": "1"}) == read(members)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["MALE", "_email", ID]),
            lambda children: st.lists(children, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), children),
        )
    )
    def test_any_answer_is_read_or_refused(self, response: Any) -> None:
        """Whatever an answer holds, absent, additional or wrong, it is a typed value or an UnexpectedResponseError."""
        for read_answer, kind in (
            (create_profile_result, CreateProfileResult),
            (partial(batch_get_result, "get_profiles"), BatchGetResult),
            (search_page, SearchPage),
        ):
            try:
                result: object = read_answer(response)
            except UnexpectedResponseError as error:
                assert error.problems
            else:
                assert type(result) is kind
                assert repr(result)

    @pytest.mark.parametrize("response", [{}, {"ProfileId": None}, {"ProfileId": ""}, {"ProfileId": 7}, None, "text"])
    def test_an_answer_without_an_id(self, response: Any) -> None:
        """An answer without a ProfileId raises UnexpectedResponseError."""
        with pytest.raises(UnexpectedResponseError, match=r"^create_profile: the service's answer cannot be read"):
            create_profile_result(response)

    def test_every_unreadable_place_is_named(self) -> None:
        """All places of wrong types are named together, with no value."""
        members = {
            "FirstName": 4711,
            "Address": {"City": ["secret"]},
            "Attributes": {"secret": 4711},
            "BillingAddress": "secret",
            "EngagementPreferences": {"Phone": {"secret": 1}, "Email": [{"KeyName": 4711}]},
        }
        with pytest.raises(UnexpectedResponseError) as caught:
            read(members)

        assert {
            "found.profile.first_name: expected str, got int",
            "found.profile.address.city: expected str, got list",
            "found.profile.attributes: expected str, got int",
            "found.profile.billing_address: expected dict, got str",
            "found.profile.engagement_preferences.phone: expected list, got dict",
            "found.profile.engagement_preferences.email.key_name: expected str, got int",
        } == set(map(str, caught.value.problems))
        assert "secret" not in str(caught.value)
        assert "4711" not in str(caught.value)
