"""What type checkers must refuse. Checked by mypy and pyright, which report an ignore without need; never run."""

from customer_profiles_sdk import (
    Address,
    ContactPreference,
    CustomerProfilesClient,
    EngagementPreferences,
    Gender,
    InvalidRequestError,
    Profile,
)

client = CustomerProfilesClient("acme")
profile = Profile()

Profile("Ana")  # type: ignore[call-arg]
Profile(first_name=7)  # type: ignore[arg-type]
Profile(gender=7)  # type: ignore[arg-type]
Profile(address="Main St. 1")  # type: ignore[arg-type]
Profile(address={"City": "Cork"})  # type: ignore[arg-type]
Profile(attributes={"tier": 7})  # type: ignore[dict-item]
Profile(email="ana@mail.example")  # type: ignore[call-arg]
Profile(gender_string="non-binary")  # type: ignore[call-arg]
Address(zip="1234")  # type: ignore[call-arg]
EngagementPreferences(phone=[Profile()])  # type: ignore[list-item]
EngagementPreferences(phone=ContactPreference())  # type: ignore[arg-type]
profile.first_name = "Ana"  # type: ignore[misc]
profile.attributes["tier"] = "gold"  # type: ignore[index]
profile.last_name.upper()  # type: ignore[union-attr]

CustomerProfilesClient()  # type: ignore[call-arg]
CustomerProfilesClient("acme", "eu-central-1")  # type: ignore[call-arg, arg-type]
CustomerProfilesClient("acme", boto3_client="customer-profiles")  # type: ignore[arg-type]
client.create_profile({"FirstName": "Ana"})  # type: ignore[arg-type]
client.create_profile(first_name="Ana")  # type: ignore[call-arg]
client.update_profile(Profile())  # type: ignore[call-arg, arg-type]
client.update_profile(7, Profile())  # type: ignore[arg-type]
client.domain_name = "other"  # type: ignore[misc]
Gender.DIVERSE  # type: ignore[attr-defined]  # noqa: B018
InvalidRequestError("create_profile", ["first_name"])  # type: ignore[list-item]
