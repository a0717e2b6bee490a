"""What creating, updating and reading a profile does."""

import re

from conformance.behaviours import known, likely, unknown
from conformance.observing import Observe
from conformance.target import UNKNOWN_ID, Target

CITY = {"City": "Cork", "State": "Munster", "Country": "IE"}
NAMES = ("FirstName", "LastName")
LINES = (
    "Address1",
    "Address2",
    "Address3",
    "Address4",
    "City",
    "County",
    "State",
    "Province",
    "Country",
    "PostalCode",
)


@known("an id is 32 lower-case hexadecimal digits")
def test_ids(target: Target, observe: Observe) -> None:
    """The id of a new profile."""
    shape = re.sub("[0-9a-f]", "x", target.create())

    observe("x" * 32, shape)


@known("a member that is not set is absent from a response")
def test_unset_members(target: Target, observe: Observe) -> None:
    """A profile that has a name only."""
    profile_id = target.create(FirstName="Ana")

    observe(
        ["AccountNumber", "AdditionalInformation", "FirstName", "ProfileId"],
        sorted(target.read_all(profile_id)),
    )


@unknown("reading by id sees a create, an update and a delete at once")
def test_reading_at_once(target: Target, observe: Observe) -> None:
    """What is read right after each write."""
    profile_id = target.create(FirstName="Ana")
    seen = [target.read(profile_id, "FirstName")]
    target.update(profile_id, FirstName="Anna")
    seen.append(target.read(profile_id, "FirstName"))
    target.delete(profile_id)
    left = len(target.call("batch_get_profile", ProfileIds=[profile_id])["Profiles"])

    observe([{"FirstName": "Ana"}, {"FirstName": "Anna"}, 0], [*seen, left])


@known("an update removes a value on an empty string and keeps it if it is absent")
def test_update(target: Target, observe: Observe) -> None:
    """An update with one new value and one empty."""
    profile_id = target.create(FirstName="Ana", LastName="Example", MiddleName="B.")
    target.update(profile_id, FirstName="Anna", MiddleName="")

    observe({"FirstName": "Anna", "LastName": "Example"}, target.read(profile_id, *NAMES, "MiddleName"))


@likely("an empty string removes an e-mail address and a phone number too", "one user believes that it fails")
def test_clearing_contacts(target: Target, observe: Observe) -> None:
    """An update that empties what search looks at."""
    profile_id = target.create(EmailAddress=target.email(), PhoneNumber=target.phone())
    target.update(profile_id, EmailAddress="", PhoneNumber="")

    observe({}, target.read(profile_id, "EmailAddress", "PhoneNumber"))


@likely("an address is updated line by line")
def test_lines_of_an_address(target: Target, observe: Observe) -> None:
    """An update with one new line, one empty and one absent."""
    profile_id = target.create(Address=CITY)
    target.update(profile_id, Address={"City": "Kinsale", "State": ""})

    observe({"Address": {"City": "Kinsale", "Country": "IE"}}, target.read(profile_id, "Address"))


@unknown("an update with an empty address changes nothing")
def test_an_empty_address(target: Target, observe: Observe) -> None:
    """An update whose address has no line."""
    profile_id = target.create(Address=CITY)
    target.update(profile_id, Address={})

    observe({"Address": CITY}, target.read(profile_id, "Address"))


@likely("an address whose lines are all emptied is gone")
def test_all_lines_empty(target: Target, observe: Observe) -> None:
    """An update that empties the ten lines."""
    profile_id = target.create(Address=CITY)
    target.update(profile_id, Address=dict.fromkeys(LINES, ""))

    observe({}, target.read(profile_id, "Address"))


@unknown("a create with an empty address, empty attributes and an empty list of preferences has none of the first two")
def test_empty_objects_at_the_start(target: Target, observe: Observe) -> None:
    """A create with objects that have nothing in them."""
    profile_id = target.create(Address={}, Attributes={}, EngagementPreferences={"Phone": []})

    observe(
        {"EngagementPreferences": {"Phone": []}},
        target.read(profile_id, "Address", "Attributes", "EngagementPreferences"),
    )


@likely("attributes are merged by key", "some users believe that they are replaced")
def test_attributes(target: Target, observe: Observe) -> None:
    """An update with one of two attributes, and a new one."""
    profile_id = target.create(Attributes={"a": "1", "b": "2"})
    target.update(profile_id, Attributes={"a": "9", "c": "3"})

    observe({"Attributes": {"a": "9", "b": "2", "c": "3"}}, target.read(profile_id, "Attributes"))


@likely("an attribute with an empty value is removed")
def test_an_empty_attribute(target: Target, observe: Observe) -> None:
    """An update that names all attributes, and empties one."""
    profile_id = target.create(Attributes={"a": "1", "b": "2"})
    target.update(profile_id, Attributes={"a": "1", "b": ""})

    observe({"Attributes": {"a": "1"}}, target.read(profile_id, "Attributes"))


@likely("an update with empty attributes changes nothing")
def test_no_attributes(target: Target, observe: Observe) -> None:
    """An update with a map that has nothing in it."""
    profile_id = target.create(Attributes={"a": "1"})
    target.update(profile_id, Attributes={})

    observe({"Attributes": {"a": "1"}}, target.read(profile_id, "Attributes"))


@known("the keys of attributes are compared with regard to case")
def test_case_of_attributes(target: Target, observe: Observe) -> None:
    """Two keys that differ in case alone."""
    profile_id = target.create(Attributes={"a": "1", "A": "2"})

    observe({"Attributes": {"a": "1", "A": "2"}}, target.read(profile_id, "Attributes"))


@unknown("an update replaces the whole list of contact preferences of a channel")
def test_preferences(target: Target, observe: Observe) -> None:
    """An update of one channel of two."""
    one, two = {"KeyName": "one"}, {"KeyName": "two"}
    profile_id = target.create(EngagementPreferences={"Phone": [one, two], "Email": [one]})
    target.update(profile_id, EngagementPreferences={"Phone": [two]})

    observe(
        {"EngagementPreferences": {"Phone": [two], "Email": [one]}}, target.read(profile_id, "EngagementPreferences")
    )


@unknown("an empty list of preferences replaces the list, and is read as an empty list")
def test_no_preferences(target: Target, observe: Observe) -> None:
    """An update with a list that has nothing in it."""
    profile_id = target.create(EngagementPreferences={"Phone": [{"KeyName": "one"}]})
    target.update(profile_id, EngagementPreferences={"Phone": []})

    observe({"EngagementPreferences": {"Phone": []}}, target.read(profile_id, "EngagementPreferences"))


@known("free text in `GenderString` and `PartyTypeString` is stored as it is")
def test_free_text(target: Target, observe: Observe) -> None:
    """Texts that no enum has."""
    texts = {"GenderString": "non-binary", "PartyTypeString": "Club"}

    observe(texts, target.read(target.create(**texts), *texts))


@known("a response has both members of a pair (`Gender`, `GenderString`) with the same text")
def test_both_members_are_read(target: Target, observe: Observe) -> None:
    """A profile with a member of the enum."""
    profile_id = target.create(Gender="MALE")

    observe({"Gender": "MALE", "GenderString": "MALE"}, target.read(profile_id, "Gender", "GenderString"))


@unknown("after free text, a response does not have the enum member of the pair")
def test_free_text_has_no_enum_member(target: Target, observe: Observe) -> None:
    """A profile that had a member of the enum before."""
    profile_id = target.create(PartyType="INDIVIDUAL")
    target.update(profile_id, PartyTypeString="Club")

    observe({"PartyTypeString": "Club"}, target.read(profile_id, "PartyType", "PartyTypeString"))


@unknown("an empty `GenderString` removes both members of the pair")
def test_clearing_a_pair(target: Target, observe: Observe) -> None:
    """An update that empties the text of a pair."""
    profile_id = target.create(Gender="MALE")
    target.update(profile_id, GenderString="")

    observe({}, target.read(profile_id, "Gender", "GenderString"))


@unknown("`PartyType` together with `PartyTypeString` is rejected (BadRequestException)")
def test_both_members_at_once(target: Target, observe: Observe) -> None:
    """A create and an update with both members of a pair."""
    both = {"PartyType": "BUSINESS", "PartyTypeString": "BUSINESS"}
    profile_id = target.create()
    rejections = (
        target.rejection("create_profile", AccountNumber=target.unique(), **both),
        target.rejection("update_profile", ProfileId=profile_id, **both),
    )

    observe(
        (("BadRequestException", "Only one of PartyType and PartyTypeString can be given"),) * 2,
        rejections,
    )


@known("a missing id in BatchGetProfile is an entry of `Errors`, and the others are found")
def test_a_missing_id(target: Target, observe: Observe) -> None:
    """One id of two that exists."""
    profile_id = target.create()
    response = target.call("batch_get_profile", ProfileIds=[UNKNOWN_ID, profile_id])

    observe(
        ([profile_id], [UNKNOWN_ID]),
        (
            [each["ProfileId"] for each in response["Profiles"]],
            [each["ProfileId"] for each in response["Errors"]],
        ),
    )


@known("a profile of more than 250 KB is rejected")
def test_a_large_profile(target: Target, observe: Observe) -> None:
    """A create with 300 KB of attributes."""
    attributes = {f"a{number}": "x" * 255 for number in range(1200)}

    observe("BadRequestException", target.rejection("create_profile", Attributes=attributes)[0])
