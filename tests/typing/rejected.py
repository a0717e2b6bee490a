"""What type checkers must reject. Checked by mypy and pyright, which report an ignore without need; never run."""

from customer_profiles_sdk import (
    Address,
    AsyncCustomerProfilesClient,
    ContactPreference,
    CustomerProfilesClient,
    EngagementPreferences,
    Gender,
    InvalidRequestError,
    Profile,
    SearchKey,
)
from customer_profiles_sdk.serializer import create_profile_kwargs, profile_from_members, update_profile_kwargs

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
CustomerProfilesClient("acme", allow_insecure_endpoint="yes")  # type: ignore[arg-type]
client.create_profile({"FirstName": "Ana"})  # type: ignore[arg-type]
client.create_profile(first_name="Ana")  # type: ignore[call-arg]
client.update_profile(Profile())  # type: ignore[call-arg, arg-type]
client.update_profile(7, Profile())  # type: ignore[arg-type]
client.get_profiles(7)  # type: ignore[arg-type]
client.search_profiles({SearchKey.EMAIL: 7})  # type: ignore[arg-type]
client.search_profiles({"own": ["1"]})  # type: ignore[arg-type]
client.search_profiles("own")  # type: ignore[arg-type]
client.search_profiles({"own": "1"}, match="both")  # type: ignore[arg-type]
client.search_profiles({"own": "1"}, "all")  # type: ignore[call-arg]
client.upsert_profile(profile, match_on="_email")  # type: ignore[arg-type]
client.upsert_profile(profile, SearchKey.EMAIL)  # type: ignore[call-arg]
client.domain_name = "other"  # type: ignore[misc]
Gender.DIVERSE  # type: ignore[attr-defined]  # noqa: B018
InvalidRequestError("create_profile", ["first_name"])  # type: ignore[list-item]

create_profile_kwargs(profile)  # type: ignore[call-arg, arg-type]
update_profile_kwargs("acme", profile)  # type: ignore[call-arg]
profile_from_members(profile)  # type: ignore[arg-type]
profile_from_members({"FirstName": "Ana"}).FirstName  # type: ignore[attr-defined]  # noqa: B018


async def await_calls(client: AsyncCustomerProfilesClient) -> None:
    """Use the asynchronous client in the wrong way."""
    AsyncCustomerProfilesClient("acme", transport="aiohttp")  # type: ignore[arg-type]
    AsyncCustomerProfilesClient("acme", "aiobotocore")  # type: ignore[call-arg]
    client.create_profile(profile).profile_id  # type: ignore[attr-defined]  # noqa: B018
    await client.create_profile({"FirstName": "Ana"})  # type: ignore[arg-type]
    await client.search_profiles({"own": "1"})  # type: ignore[misc]
    for _ in client.search_profiles({"own": "1"}):  # type: ignore[attr-defined]
        pass
    with client:  # type: ignore[attr-defined]
        pass
    client.close()  # type: ignore[attr-defined]
