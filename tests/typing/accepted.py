"""What type checkers must accept, and what they must infer. Checked by mypy and pyright, never run."""

from collections.abc import Mapping
from typing import Any, assert_type

import boto3
from botocore.config import Config

from customer_profiles_sdk import (
    CLEAR,
    Address,
    ContactPreference,
    ContactType,
    CreateProfileResult,
    CustomerProfilesClient,
    EngagementPreferences,
    FoundBy,
    Gender,
    InvalidRequestError,
    PartyType,
    Problem,
    Profile,
    ProfileType,
    SearchKey,
    ServiceError,
    StoredProfile,
    UpdateProfileResult,
)
from customer_profiles_sdk.local import LocalCustomerProfiles

profile = Profile(
    first_name="Ana",
    last_name=None,
    gender="non-binary",
    party_type=PartyType.INDIVIDUAL,
    profile_type=ProfileType.PROFILE,
    email_address=CLEAR,
    address=Address(city="Cork"),
    attributes={"tier": "gold", "keep": None},
    engagement_preferences=EngagementPreferences(
        phone=[ContactPreference(contact_type=ContactType.PHONE_NUMBER)],
        email=(ContactPreference(contact_type="EmailAddress"),),
    ),
)
assert_type(profile.first_name, str | None)
assert_type(profile.gender, Gender | str | None)
assert_type(profile.party_type, PartyType | str | None)
assert_type(profile.profile_type, ProfileType | str | None)
assert_type(profile.address, Address | None)
assert_type(profile.attributes, Mapping[str, str] | None)
assert_type(Address.cleared(), Address)
assert_type(EngagementPreferences().phone, tuple[ContactPreference, ...] | None)
assert_type(FoundBy(key="_email").key, SearchKey | str)

client = CustomerProfilesClient("acme", region_name="eu-central-1", config=Config(read_timeout=5))
CustomerProfilesClient("acme", boto3_client=boto3.client("customer-profiles"))
CustomerProfilesClient("acme", session=boto3.Session())
assert_type(client.create_profile(profile), CreateProfileResult)
assert_type(client.create_profile(profile).profile_id, str)
assert_type(client.update_profile("id", Profile(gender=Gender.FEMALE)), UpdateProfileResult)
assert_type(client.get_profile("id"), StoredProfile)
assert_type(client.for_domain("other"), CustomerProfilesClient)
assert_type(client.boto3_client, Any)

with LocalCustomerProfiles(domains=["acme"]) as service:
    assert_type(service.client("acme"), CustomerProfilesClient)


def handle(error: InvalidRequestError | ServiceError) -> None:
    """Narrow an error to its attributes."""
    if isinstance(error, InvalidRequestError):
        assert_type(error.problems, tuple[Problem, ...])
    else:
        assert_type(error.http_status, int | None)
