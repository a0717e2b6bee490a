"""What is sent of a profile, and what is read from the API's members: the three states, enum or free text."""

import pickle
from collections import ChainMap, UserDict
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs
import pytest
from hypothesis import given
from strategies import profiles

from customer_profiles_sdk import (
    CLEAR,
    Address,
    ContactPreference,
    ContactType,
    EngagementPreferences,
    Gender,
    InvalidRequestError,
    PartyType,
    Profile,
    SearchKey,
    UnexpectedResponseError,
)
from customer_profiles_sdk._core import requests
from customer_profiles_sdk._core.members import member_name
from customer_profiles_sdk.serializer import create_profile_kwargs, profile_from_members, update_profile_kwargs

ID = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"
ADDRESSES = ["address", "billing_address", "mailing_address", "shipping_address"]
NESTED = {*ADDRESSES, "attributes", "engagement_preferences"}
TEXT_FIELDS = [each.name for each in attrs.fields(Profile) if each.name not in NESTED | {"party_type", "gender"}]
EVENT: dict[str, Any] = {
    "SchemaVersion": 0,
    "EventId": "7a9f3c51-55a4-4a0f-8e6e-0d6f5d1c8a11",
    "EventTimestamp": "2023-10-19T14:23:05Z",
    "EventType": "UPDATED",
    "DomainName": "acme",
    "ObjectTypeName": "_profile",
    "Object": {
        "ProfileId": ID,
        "AccountNumber": "C-1",
        "FirstName": "Ana",
        "Gender": "FEMALE",
        "GenderString": "FEMALE",
        "PartyTypeString": "cooperative",
        "Address": {"City": "Cork"},
        "Attributes": {"tier": "gold"},
        "FoundByItems": [],
    },
    "IsMessageRealTime": True,
}
each_text_field = pytest.mark.parametrize("name", TEXT_FIELDS)
each_pair = pytest.mark.parametrize(
    ("name", "member"), [("party_type", PartyType.BUSINESS), ("gender", Gender.FEMALE)], ids=["party_type", "gender"]
)


def having(name: str, value: Any) -> Profile:
    """Return a profile with one field."""
    return Profile(**{name: value})


def created(profile: Profile) -> dict[str, Any]:
    """Return what create_profile sends of a profile."""
    kwargs = create_profile_kwargs("acme", profile)
    assert "acme" == kwargs.pop("DomainName")
    return kwargs


def updated(changes: Profile) -> dict[str, Any]:
    """Return what update_profile sends of changes."""
    kwargs = update_profile_kwargs("acme", ID, changes)
    assert ("acme", ID) == (kwargs.pop("DomainName"), kwargs.pop("ProfileId"))
    return kwargs


class TestThreeStates:
    """None keeps, CLEAR removes, any other value is sent."""

    @each_text_field
    def test_none_is_not_sent(self, name: str) -> None:
        """A field that is None is sent by neither operation."""
        assert {} == created(having(name, None)) == updated(having(name, None))

    @pytest.mark.parametrize("name", [name for name in TEXT_FIELDS if name != "profile_type"])
    def test_clear_is_sent_by_an_update_only(self, name: str) -> None:
        """A field that is CLEAR is sent as an empty string by an update and not sent by a create."""
        assert {} == created(having(name, CLEAR))
        assert {member_name(name): ""} == updated(having(name, CLEAR))

    @each_text_field
    def test_a_value_is_sent(self, name: str) -> None:
        """Any other value is sent by both operations, to the letter."""
        assert {member_name(name): " Añá "} == created(having(name, " Añá ")) == updated(having(name, " Añá "))

    @pytest.mark.parametrize("name", ADDRESSES)
    @pytest.mark.parametrize("line", [each.name for each in attrs.fields(Address)])
    def test_lines_of_an_address(self, name: str, line: str) -> None:
        """The same holds for each line of each address."""
        value, clear = having(name, Address(**{line: "x"})), having(name, Address(**{line: CLEAR}))

        assert {member_name(name): {member_name(line): "x"}} == created(value) == updated(value)
        assert {} == created(clear)
        assert {member_name(name): {member_name(line): ""}} == updated(clear)

    def test_values_of_attributes(self) -> None:
        """The same holds for each value of attributes."""
        profile = Profile(attributes={"set": "1", "clear": CLEAR, "keep": None})

        assert {"Attributes": {"set": "1"}} == created(profile)
        assert {"Attributes": {"set": "1", "clear": ""}} == updated(profile)

    @pytest.mark.parametrize(
        "profile",
        [
            Profile(),
            Profile(address=Address()),
            Profile(attributes={}),
            Profile(attributes={"keep": None}),
            Profile(engagement_preferences=EngagementPreferences()),
            Profile(engagement_preferences=EngagementPreferences(phone=[ContactPreference()])),
        ],
        ids=repr,
    )
    def test_a_nested_object_with_nothing_to_send_is_not_sent(self, profile: Profile) -> None:
        """What holds nothing to send is left out as a whole."""
        assert {} == created(profile) == updated(profile)

    def test_a_nested_object_of_clears_is_not_sent_by_a_create(self) -> None:
        """A create leaves out what holds nothing but CLEAR."""
        assert {} == created(Profile(address=Address.cleared(), attributes={"tier": CLEAR}))

    def test_an_empty_list_of_preferences_is_a_value(self) -> None:
        """An empty list was given, so it is sent."""
        profile = Profile(engagement_preferences=EngagementPreferences(phone=[]))

        assert {"EngagementPreferences": {"Phone": []}} == created(profile) == updated(profile)

    @given(profiles(clears=True))
    def test_nothing_sent_by_a_create_is_empty(self, profile: Profile) -> None:
        """No text that a create sends is empty, at any depth."""
        assert "" not in texts_of(created(profile))

    @given(profiles(clears=True))
    def test_a_create_is_the_update_without_clears(self, profile: Profile) -> None:
        """A create sends what an update sends, but for what is empty."""
        assert without_empty(updated(profile)) == created(profile)

    @given(profiles(clears=True))
    def test_an_update_sends_what_is_set(self, changes: Profile) -> None:
        """An update sends the member of every text field that is not None, with its text."""
        expected = {member_name(name): text for name in TEXT_FIELDS if (text := getattr(changes, name)) is not None}
        text_members = {member_name(name) for name in TEXT_FIELDS}

        assert expected == {member: text for member, text in updated(changes).items() if member in text_members}


def texts_of(value: object) -> list[str]:
    """Return every text in the members of a request."""
    match value:
        case dict():
            return [text for content in value.values() for text in texts_of(content)]
        case list():
            return [text for content in value for text in texts_of(content)]
        case _:
            return [str(value)]


def without_empty(members: dict[str, Any]) -> dict[str, Any]:
    """Return members without those that are empty texts, and without objects that hold nothing else."""
    cleaned = {name: without_empty(value) if isinstance(value, dict) else value for name, value in members.items()}
    return {name: value for name, value in cleaned.items() if value not in ("", {})}


class TestEnumOrText:
    """One field for two members of the API."""

    @each_pair
    def test_a_member_is_sent_as_the_enum(self, name: str, member: StrEnum) -> None:
        """A member, or its text, is sent as the API's member for the enum, as plain text."""
        for value in (member, member.value):
            sent = created(having(name, value))

            assert {member_name(name): member.value} == sent == updated(having(name, value))
            assert str is type(sent[member_name(name)])

    @each_pair
    def test_free_text_is_sent_as_the_text(self, name: str, member: StrEnum) -> None:
        """Any other text is sent as the API's member for free text."""
        text = f"not {member}"

        assert {f"{member_name(name)}String": text} == created(having(name, text)) == updated(having(name, text))

    @each_pair
    def test_clear_is_sent_as_the_text(self, name: str, member: StrEnum) -> None:
        """CLEAR is sent by an update as an empty free text, for no enum has an empty value."""
        assert {f"{member_name(name)}String": ""} == updated(having(name, CLEAR))
        assert {} == created(having(name, CLEAR))
        assert CLEAR not in list(type(member))

    @each_pair
    def test_a_member_of_another_enum_is_free_text(self, name: str, member: StrEnum) -> None:
        """A StrEnum that is not the API's is sent as free text, as plain str."""

        class TheirEnum(StrEnum):
            MEMBER = f"theirs, not {member}"

        sent = created(having(name, TheirEnum.MEMBER))

        assert {f"{member_name(name)}String": f"theirs, not {member}"} == sent
        assert [str] == [type(value) for value in sent.values()]

    def test_an_empty_member_of_another_enum_is_clear(self) -> None:
        """A StrEnum's empty text is CLEAR like any other empty text."""

        class TheirEnum(StrEnum):
            NOTHING = ""

        profile = Profile(gender=TheirEnum.NOTHING, first_name=TheirEnum.NOTHING)

        assert {} == created(profile)
        assert {"GenderString": "", "FirstName": ""} == updated(profile)

    @given(profiles(clears=True))
    def test_never_both(self, profile: Profile) -> None:
        """No request holds both members of a pair."""
        for kwargs in (created(profile), updated(profile)):
            assert not kwargs.keys() >= {"PartyType", "PartyTypeString"}
            assert not kwargs.keys() >= {"Gender", "GenderString"}


class TestRequests:
    """The other members of a request."""

    def test_a_create_and_an_update(self) -> None:
        """A create names the domain, an update the profile too."""
        assert {"DomainName": "acme", "FirstName": "Ana"} == create_profile_kwargs("acme", Profile(first_name="Ana"))
        assert {"DomainName": "acme", "ProfileId": ID} == update_profile_kwargs("acme", ID, Profile())

    def test_what_is_wrong_is_listed(self) -> None:
        """What breaks a rule of the API never becomes kwargs."""
        with pytest.raises(InvalidRequestError, match=r"^create_profile: 1 problem, nothing was sent\n  domain_name: "):
            create_profile_kwargs("", Profile())
        with pytest.raises(InvalidRequestError, match=r"^update_profile: 1 problem, nothing was sent\n  profile_id: "):
            update_profile_kwargs("acme", "x", Profile())

    def test_contact_preferences(self) -> None:
        """Preferences are sent as lists of objects, in their order."""
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

    def test_texts_are_plain(self) -> None:
        """A str subclass is sent as plain str, wherever it stands."""

        class TheirText(str):
            __slots__ = ()

        kwargs = create_profile_kwargs(
            TheirText("acme"), Profile(first_name=TheirText("Ana"), attributes={TheirText("tier"): TheirText("gold")})
        )

        assert {"DomainName": "acme", "FirstName": "Ana", "Attributes": {"tier": "gold"}} == kwargs
        ((key, value),) = kwargs.pop("Attributes").items()
        assert [str] * 4 == [type(text) for text in (key, value, *kwargs.values())]

    def test_reading_by_id(self) -> None:
        """A profile is asked for as a list of one id; many are one list, which the operation splits."""
        assert {"DomainName": "acme", "ProfileIds": [ID]} == requests.get_profile_request("acme", ID)
        assert {"DomainName": "acme", "ProfileIds": [ID, OTHER]} == requests.get_profiles_request(
            "acme", (each for each in (ID, OTHER))
        )

    def test_a_search_by_one_key(self) -> None:
        """The only key of a search is sent as KeyName and Values."""
        assert {
            "DomainName": "acme",
            "KeyName": "_email",
            "Values": ["ana@mail.example"],
            "LogicalOperator": "OR",
            "MaxResults": 100,
        } == requests.search_profiles_request("acme", {SearchKey.EMAIL: "ana@mail.example"}, "any", 100)

    def test_a_search_by_several_keys(self) -> None:
        """Further keys of a search are sent as AdditionalSearchKeys, in the caller's order."""
        assert {
            "DomainName": "acme",
            "KeyName": "own",
            "Values": ["1"],
            "AdditionalSearchKeys": [
                {"KeyName": "_account", "Values": ["2"]},
                {"KeyName": "_phone", "Values": ["3"]},
            ],
            "LogicalOperator": "AND",
            "MaxResults": 1,
        } == requests.search_profiles_request("acme", {"own": "1", "_account": "2", "_phone": "3"}, "all", 1)

    @pytest.mark.parametrize("operation", ["add_profile_key", "delete_profile_key"])
    def test_search_keys_of_a_profile(self, operation: str) -> None:
        """A key is added and deleted with a list of values; a single text is one value."""
        expected = {"DomainName": "acme", "ProfileId": ID, "KeyName": "own", "Values": ["1"]}

        assert expected == requests.profile_key_request(operation, "acme", ID, "own", "1")
        assert expected == requests.profile_key_request(operation, "acme", ID, "own", ["1"])

    def test_deleting_and_merging(self) -> None:
        """A delete names one profile; a merge names the main profile and those to be merged."""
        assert {"DomainName": "acme", "ProfileId": ID} == requests.delete_profile_request("acme", ID)
        assert {"DomainName": "acme", "MainProfileId": ID, "ProfileIdsToBeMerged": [OTHER]} == (
            requests.merge_profiles_request("acme", ID, [OTHER])
        )


class TestProfileFromMembers:
    """Any dict with the API's member names is read as a profile."""

    def test_a_stream_record(self) -> None:
        """The object of a stream's event, which holds both members of a pair, is read as the profile it is."""
        assert Profile(
            account_number="C-1",
            first_name="Ana",
            gender=Gender.FEMALE,
            party_type="cooperative",
            address=Address(city="Cork"),
            attributes={"tier": "gold"},
        ) == profile_from_members(EVENT["Object"])

    @pytest.mark.parametrize(
        "kwargs",
        [
            {"DomainName": "acme", "FirstName": "Ana", "Gender": "FEMALE"},
            {"DomainName": "acme", "FirstName": "Ana", "GenderString": "FEMALE"},
            {"DomainName": "acme", "ProfileId": ID, "FirstName": "Ana", "Gender": "FEMALE", "GenderString": ""},
        ],
        ids=["the enum's member", "the text's member", "an update"],
    )
    def test_kwargs_written_by_hand(self, kwargs: dict[str, Any]) -> None:
        """The kwargs of a create or an update are read, whichever member of a pair they use."""
        assert Profile(first_name="Ana", gender=Gender.FEMALE) == profile_from_members(kwargs)

    def test_kwargs_with_members_of_other_enums(self) -> None:
        """A StrEnum of the caller's own is text, as boto3 accepts it, in fields, lines and attributes."""

        class Tier(StrEnum):
            GOLD = "gold"

        members = {"FirstName": Tier.GOLD, "Address": {"City": Tier.GOLD}, "Attributes": {"tier": Tier.GOLD}}

        assert Profile(first_name="gold", address=Address(city="gold"), attributes={"tier": "gold"}) == (
            profile_from_members(members)
        )

    @pytest.mark.parametrize("make", [MappingProxyType, UserDict, ChainMap])
    def test_any_mapping_is_read(self, make: Callable[[dict[str, Any]], Mapping[str, Any]]) -> None:
        """Members may be given as any mapping, as the signature says."""
        assert Profile(first_name="Ana", attributes={"tier": "gold"}) == profile_from_members(
            make({"FirstName": "Ana", "Attributes": {"tier": "gold"}})
        )

    def test_an_item_of_a_boto3_response(self) -> None:
        """An item of a search is read; its id and what it was found by are no part of a profile."""
        item = {"ProfileId": ID, "LastName": "Lee", "FoundByItems": [{"KeyName": "_account", "Values": ["1"]}]}

        assert Profile(last_name="Lee") == profile_from_members(item)

    @each_pair
    def test_the_text_counts_where_it_is_not_empty(self, name: str, member: StrEnum) -> None:
        """Of a pair the text counts where it is there and not empty, else the enum; an unknown value is kept."""
        enum, text = member_name(name), f"{member_name(name)}String"

        def read(**members: object) -> object:
            return getattr(profile_from_members(members), name)

        assert "free" == read(**{enum: "OTHER", text: "free"})
        assert member is read(**{enum: "OTHER", text: member.value})
        assert member is read(**{enum: member.value, text: ""})
        assert member is read(**{enum: member.value, text: None})
        assert member is read(**{enum: member.value})
        assert "NEW" == read(**{enum: "NEW"})
        assert None is read()

    def test_a_value_that_is_null_is_none(self) -> None:
        """A key of the attributes whose value is null is left out, as where a profile is made."""
        assert Profile(attributes={"set": "1"}) == profile_from_members({"Attributes": {"set": "1", "null": None}})

    @pytest.mark.parametrize("members", [{}, {"FirstName": None, "Address": None, "Attributes": None}])
    def test_what_is_absent_or_null_is_none(self, members: dict[str, Any]) -> None:
        """An absent member and one that is null are None."""
        assert Profile() == profile_from_members(members)

    def test_what_is_new_is_tolerated(self) -> None:
        """Unknown members are left out; unknown enum values and texts of any length are kept."""
        members = {
            "NewMember": {"of": "any type"},
            "ProfileType": "NEW",
            "FirstName": "x" * 300,
            "Address": {"City": "Cork", "Planet": "Earth"},
            "EngagementPreferences": {"Phone": [{"KeyName": "not a name!", "ContactType": "Fax", "New": 1}], "Fax": 1},
        }

        assert Profile(
            profile_type="NEW",
            first_name="x" * 300,
            address=Address(city="Cork"),
            engagement_preferences=EngagementPreferences(
                phone=[ContactPreference(key_name="not a name!", contact_type="Fax")]
            ),
        ) == profile_from_members(members)

    def test_every_wrong_type_is_named_without_its_value(self) -> None:
        """All places of wrong types are named together, in the SDK's names, and no value is shown."""
        members = {
            "FirstName": 4711,
            "GenderString": ["secret"],
            "Address": {"City": ["secret"]},
            "Attributes": {"tier": 4711, 4711: "secret"},
            "BillingAddress": "secret",
            "EngagementPreferences": {"Phone": {"secret": 1}, "Email": [{}, {"KeyName": 4711}]},
        }
        with pytest.raises(UnexpectedResponseError) as caught:
            profile_from_members(members)

        assert {
            "first_name: expected str, got int",
            "gender: expected str, got list",
            "address.city: expected str, got list",
            "attributes: expected str, got int",
            "billing_address: expected dict, got str",
            "engagement_preferences.phone: expected list, got dict",
            "engagement_preferences.email[1].key_name: expected str, got int",
        } == set(map(str, caught.value.problems))
        assert "profile_from_members" == caught.value.operation
        assert "secret" not in str(caught.value)
        assert "4711" not in str(caught.value)

    @pytest.mark.parametrize("members", [None, "FirstName", 7, [{"FirstName": "Ana"}], Profile()], ids=repr)
    def test_what_are_no_members(self, members: Any) -> None:
        """Anything but a dict raises the same error."""
        with pytest.raises(UnexpectedResponseError, match=f"response: expected dict, got {type(members).__name__}$"):
            profile_from_members(members)

    @given(profiles())
    def test_a_created_profile_reads_back_as_itself(self, profile: Profile) -> None:
        """profile_from_members(create_profile_kwargs(domain, profile)) == profile where nothing is CLEAR."""
        assert profile == profile_from_members(create_profile_kwargs("acme", profile))

    @given(profiles())
    def test_a_profile_that_is_read_is_the_one_that_would_be_made(self, profile: Profile) -> None:
        """It holds every field, also those that were not there, and nothing else; so it can be changed and pickled."""
        read = profile_from_members(create_profile_kwargs("acme", profile))

        assert vars(profile) == vars(read)
        assert profile == pickle.loads(pickle.dumps(attrs.evolve(read)))

    @given(profiles(clears=True))
    def test_an_update_reads_back_as_itself(self, changes: Profile) -> None:
        """The same holds for an update with CLEAR; but a pair that is CLEAR reads as None."""
        expected = attrs.evolve(changes, party_type=changes.party_type or None, gender=changes.gender or None)

        assert expected == profile_from_members(update_profile_kwargs("acme", ID, changes))
