"""The customers that every way sends, and the responses that it gets; made up, and the same in each run."""

import json
from typing import Any, Final

from customer_profiles_sdk import Address, Gender, PartyType, Profile, ProfileType
from customer_profiles_sdk.serializer import create_profile_kwargs

DOMAIN: Final = "acme"
PROFILE_ID: Final = "6dc80ee3fa874a9e84457a8b81d35f3e"


def full_address(street: str) -> Address:
    """Return an address with all ten lines."""
    return Address(
        address1=f"12 {street}",
        address2="Building C",
        address3="Floor 3",
        address4="Desk 7",
        city="Seattle",
        county="King",
        state="WA",
        province="Northwest",
        country="US",
        postal_code="98101",
    )


def full_profile() -> Profile:
    """Return a profile with every text, four addresses, two attributes, an enum member and a free text."""
    return Profile(
        account_number="C-100042",
        additional_information="Prefers to be called in the morning; speaks Spanish and English.",
        party_type=PartyType.INDIVIDUAL,
        business_name="Example Trading",
        first_name="Ana",
        middle_name="Maria",
        last_name="Example",
        birth_date="1984-05-17",
        gender="non-binary",
        phone_number="+12065550100",
        mobile_phone_number="+12065550101",
        home_phone_number="+12065550102",
        business_phone_number="+12065550103",
        email_address="ana@mail.example",
        personal_email_address="ana.home@mail.example",
        business_email_address="ana.work@mail.example",
        address=full_address("Main Street"),
        shipping_address=full_address("Harbour Road"),
        mailing_address=full_address("Post Lane"),
        billing_address=full_address("Bank Square"),
        attributes={"tier": "gold", "source": "web"},
        profile_type=ProfileType.PROFILE,
    )


def minimal_profile() -> Profile:
    """Return a profile with two texts."""
    return Profile(account_number="C-100042", gender=Gender.FEMALE)


def members(profile: Profile) -> dict[str, Any]:
    """Return what boto3's ``create_profile`` takes for a profile."""
    return create_profile_kwargs(DOMAIN, profile)


def profile_with_attributes(count: int) -> Profile:
    """Return a profile with so many attributes."""
    return Profile(attributes={f"key{number}": "some value of the customer" for number in range(count)})


def profile_with_text(length: int) -> Profile:
    """Return a profile with a text of so many characters."""
    return Profile(additional_information="x" * length)


def search_items(count: int) -> dict[str, object]:
    """Return a response to ``search_profiles`` with so many full profiles, as boto3 returns it."""
    contents = {name: value for name, value in members(full_profile()).items() if name != "DomainName"}
    # A response has the enum and the free text of a pair, and by which key the search found the profile.
    held = {**contents, "Gender": "UNSPECIFIED", "PartyTypeString": "INDIVIDUAL"}
    found_by = [{"KeyName": "_email", "Values": ["ana@mail.example"]}]
    return {"Items": [{"ProfileId": f"{number:032x}", **held, "FoundByItems": found_by} for number in range(count)]}


CREATED: Final = json.dumps({"ProfileId": PROFILE_ID}).encode()
PAGE: Final = json.dumps(search_items(100)).encode()
