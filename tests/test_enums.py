"""Enum or free text: what a text becomes when a model is made."""

from collections.abc import Callable
from enum import StrEnum

import pytest

from customer_profiles_sdk import (
    ContactPreference,
    ContactType,
    FoundBy,
    Gender,
    PartyType,
    Profile,
    ProfileType,
    SearchKey,
)

READ_FIELD: dict[type[StrEnum], Callable[[str], object]] = {
    PartyType: lambda text: Profile(party_type=text).party_type,
    Gender: lambda text: Profile(gender=text).gender,
    ProfileType: lambda text: Profile(profile_type=text).profile_type,
    ContactType: lambda text: ContactPreference(contact_type=text).contact_type,
    SearchKey: lambda text: FoundBy(key=text).key,
}
"""For each enum, the value of the field that it belongs to after a model was made with a text."""


class TheirEnum(StrEnum):
    """An enum of the caller's own; its names are not its values."""

    MAN = "MALE"
    MOBILE = "MobilePhoneNumber"
    OTHER = "non-binary"


@pytest.mark.parametrize("member", [member for enum in READ_FIELD for member in enum], ids=str)
def test_text_equal_to_a_value_becomes_the_member(member: StrEnum) -> None:
    """Text equal to the value of an enum's member becomes the member, in every field that has an enum."""
    assert member is READ_FIELD[type(member)](member.value)


@pytest.mark.parametrize("enum", READ_FIELD, ids=lambda enum: enum.__name__)
@pytest.mark.parametrize(
    "change",
    [str.swapcase, " {}".format, "{} ".format, "{}\n".format],
    ids=["another case", "space before", "space after", "newline after"],
)
def test_any_other_text_stays_to_the_letter(enum: type[StrEnum], change: Callable[[str], str]) -> None:
    """Text that is no member's value stays as it is: no case folding, no trimming."""
    for member in enum:
        text = change(member.value)

        assert text is READ_FIELD[enum](text)


@pytest.mark.parametrize("enum", READ_FIELD, ids=lambda enum: enum.__name__)
@pytest.mark.parametrize("text", ["", "non-binary"])
def test_text_that_no_enum_knows_stays(enum: type[StrEnum], text: str) -> None:
    """The empty text and a text that is unlike any member's value are kept as text."""
    assert text is READ_FIELD[enum](text)


def test_a_member_of_another_enum_counts_by_its_value() -> None:
    """A StrEnum of the caller's own is looked up by its value, not by its name, and is kept where it is free text."""
    assert Gender.MALE is Profile(gender=TheirEnum.MAN).gender
    assert ContactType.MOBILE_PHONE_NUMBER is ContactPreference(contact_type=TheirEnum.MOBILE).contact_type
    assert TheirEnum.OTHER is Profile(gender=TheirEnum.OTHER).gender
