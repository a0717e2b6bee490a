"""Enum or free text: what a text becomes when a model is made."""

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


class Theirs(StrEnum):
    """An enum of the caller's own; its names are not its values."""

    MAN = "MALE"
    MOBILE = "MobilePhoneNumber"
    OTHER = "non-binary"


@pytest.mark.parametrize("member", Gender)
def test_gender_text_becomes_the_member(member: Gender) -> None:
    """Text equal to a gender's value becomes the member."""
    assert Profile(gender=member.value).gender is member


@pytest.mark.parametrize("member", PartyType)
def test_party_type_text_becomes_the_member(member: PartyType) -> None:
    """Text equal to a party type's value becomes the member."""
    assert Profile(party_type=member.value).party_type is member


@pytest.mark.parametrize("member", ProfileType)
def test_profile_type_text_becomes_the_member(member: ProfileType) -> None:
    """Text equal to a profile type's value becomes the member."""
    assert Profile(profile_type=member.value).profile_type is member


@pytest.mark.parametrize("member", ContactType)
def test_contact_type_text_becomes_the_member(member: ContactType) -> None:
    """Text equal to a contact type's value becomes the member."""
    assert ContactPreference(contact_type=member.value).contact_type is member


@pytest.mark.parametrize("member", SearchKey)
def test_search_key_text_becomes_the_member(member: SearchKey) -> None:
    """Text equal to a search key's value becomes the member."""
    assert FoundBy(key=member.value).key is member


@pytest.mark.parametrize("text", ["male", "Male", " MALE", "MALE ", "MALE\n", "non-binary", ""])
def test_other_text_stays_to_the_letter(text: str) -> None:
    """Text that is no member's value stays as it is: no case folding, no trimming."""
    gender = Profile(gender=text).gender

    assert text == gender
    assert not isinstance(gender, Gender)


def test_text_of_a_foreign_enum_is_text_too() -> None:
    """A StrEnum of the caller's own is resolved by its value, not by its name."""
    assert Profile(gender=Theirs.MAN).gender is Gender.MALE
    assert ContactPreference(contact_type=Theirs.MOBILE).contact_type is ContactType.MOBILE_PHONE_NUMBER
    assert Profile(gender=Theirs.OTHER).gender is Theirs.OTHER
