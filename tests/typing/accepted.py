"""What type checkers must accept, and what they must infer. Checked by mypy and pyright, never run."""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Literal, Protocol, TypedDict, assert_type

import boto3
from botocore.config import Config

from customer_profiles_sdk import (
    CLEAR,
    Address,
    AsyncCustomerProfilesClient,
    BatchGetResult,
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
    UpsertAction,
    UpsertResult,
)
from customer_profiles_sdk.local import LocalCustomerProfiles
from customer_profiles_sdk.serializer import create_profile_kwargs, profile_from_members, update_profile_kwargs

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
CustomerProfilesClient("acme", endpoint_url="http://emulator:8080", allow_insecure_endpoint=True)
assert_type(client.create_profile(profile), CreateProfileResult)
assert_type(client.create_profile(profile).profile_id, str)
assert_type(client.update_profile("id", Profile(gender=Gender.FEMALE)), UpdateProfileResult)
assert_type(client.get_profile("id"), StoredProfile)
assert_type(client.get_profile("id").profile, Profile)
assert_type(client.get_profiles({"id", "another"}), BatchGetResult)
assert_type(client.get_profiles(each for each in ("id", "another")).found, tuple[StoredProfile, ...])
assert_type(client.upsert_profile(profile, match_on=SearchKey.EMAIL, settle_seconds=2.5), UpsertResult)
assert_type(client.upsert_profile(profile).action, UpsertAction)
assert_type(client.for_domain("other"), CustomerProfilesClient)
assert_type(client.boto3_client, Any)
client.add_profile_key("id", "own", "value")
client.delete_profile_key("id", SearchKey.EMAIL, ["ana@mail.example"])
client.merge_profiles("id", ("another",))

# A dict of search keys that is held in a variable has one type of key: its own.
predefined_keys = {SearchKey.EMAIL: "ana@mail.example", SearchKey.ACCOUNT: "C-1"}
assert_type(predefined_keys, dict[SearchKey, str])
assert_type(client.search_profiles(predefined_keys), Iterator[StoredProfile])
named_keys = {"own": "1", "_email": "ana@mail.example"}
assert_type(named_keys, dict[str, str])
assert_type(client.search_profiles(named_keys, match="all", page_size=10), Iterator[StoredProfile])
mixed_keys: Mapping[str, str] = {SearchKey.EMAIL: "ana@mail.example", "own": "1"}
assert_type(client.search_profiles(mixed_keys), Iterator[StoredProfile])
assert_type(client.search_profiles({SearchKey.EMAIL: "ana@mail.example", "own": "1"}), Iterator[StoredProfile])


class AddressMembers(TypedDict, total=False):
    """An address as boto3's stubs type it."""

    City: str


class Boto3Client(Protocol):
    """The methods of boto3 as its stubs type them: each member has a type of its own."""

    def create_profile(
        self,
        *,
        DomainName: str,  # noqa: N803
        FirstName: str = ...,  # noqa: N803
        Gender: Literal["MALE", "FEMALE", "UNSPECIFIED"] = ...,  # noqa: N803
        Address: AddressMembers = ...,  # noqa: N803
        Attributes: Mapping[str, str] = ...,  # noqa: N803
    ) -> object:
        """Create a profile."""

    def update_profile(self, *, DomainName: str, ProfileId: str, FirstName: str = ...) -> object:  # noqa: N803
        """Update a profile."""


def call_boto3_yourself(stubbed: Boto3Client, members: AddressMembers) -> None:
    """Use the serializer with a boto3 client, with stubs and without."""
    assert_type(create_profile_kwargs("acme", profile), dict[str, Any])
    assert_type(update_profile_kwargs("acme", "id", profile), dict[str, Any])
    for boto3_client in (stubbed, client.boto3_client, boto3.client("customer-profiles")):
        boto3_client.create_profile(**create_profile_kwargs("acme", profile))
        boto3_client.update_profile(**update_profile_kwargs("acme", "id", profile))
    stubbed.create_profile(**create_profile_kwargs("acme", profile))
    stubbed.update_profile(**update_profile_kwargs("acme", "id", profile))
    assert_type(profile_from_members({"FirstName": "Ana"}), Profile)
    profile_from_members(create_profile_kwargs("acme", profile))
    profile_from_members(members)


with LocalCustomerProfiles(domains=["acme"]) as service:
    assert_type(service.client("acme"), CustomerProfilesClient)
    assert_type(service.async_client("acme"), AsyncCustomerProfilesClient)
    assert_type(service.async_client("acme", transport="aiobotocore"), AsyncCustomerProfilesClient)


async def await_calls() -> None:
    """Await the methods of the asynchronous client."""
    AsyncCustomerProfilesClient("acme", transport="aiobotocore", session=boto3.Session(), requests_per_second=98)
    AsyncCustomerProfilesClient("acme", boto3_client=boto3.client("customer-profiles"))
    async with AsyncCustomerProfilesClient("acme", region_name="eu-central-1", config=Config()) as client:
        assert_type(client, AsyncCustomerProfilesClient)
        assert_type(client.for_domain("other"), AsyncCustomerProfilesClient)
        assert_type(client.boto3_client, Any)
        assert_type(await client.create_profile(profile), CreateProfileResult)
        assert_type(await client.update_profile("id", Profile(gender=Gender.FEMALE)), UpdateProfileResult)
        assert_type((await client.get_profile("id")).profile, Profile)
        assert_type(await client.get_profiles({"id"}), BatchGetResult)
        assert_type(await client.upsert_profile(profile, match_on=SearchKey.EMAIL), UpsertResult)
        assert_type(client.search_profiles(predefined_keys), AsyncIterator[StoredProfile])
        assert_type([hit async for hit in client.search_profiles(named_keys, match="all")], list[StoredProfile])
        await client.add_profile_key("id", "own", "value")
        await client.delete_profile_key("id", SearchKey.EMAIL, ["ana@mail.example"])
        await client.merge_profiles("id", ("another",))
        await client.delete_profile("id")
        await client.aclose()


def handle(error: InvalidRequestError | ServiceError) -> None:
    """Narrow an error to its attributes."""
    if isinstance(error, InvalidRequestError):
        assert_type(error.problems, tuple[Problem, ...])
    else:
        assert_type(error.http_status, int | None)
