"""The pytest plugin of customer-profiles-sdk: fixtures for people who test code that uses the SDK.

pytest loads it in every test run where the SDK is installed. So it stands beside the package, not in it, and imports
the package when a fixture is asked for and not before.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from customer_profiles_sdk import AsyncCustomerProfilesClient, CustomerProfilesClient
    from customer_profiles_sdk.local import LocalCustomerProfiles

DOMAIN_NAME = "test"


@pytest.fixture
def local_customer_profiles() -> "Iterator[LocalCustomerProfiles]":
    """Return an embedded service of the test's own, in memory, with the domain ``test``."""
    from customer_profiles_sdk.local import LocalCustomerProfiles  # noqa: PLC0415

    with LocalCustomerProfiles(domains=[DOMAIN_NAME]) as service:
        yield service


@pytest.fixture
def customer_profiles_client(local_customer_profiles: "LocalCustomerProfiles") -> "CustomerProfilesClient":
    """Return a client for the domain ``test`` of the embedded service."""
    return local_customer_profiles.client(DOMAIN_NAME)


@pytest.fixture
def async_customer_profiles_client(
    local_customer_profiles: "LocalCustomerProfiles",
) -> "AsyncCustomerProfilesClient":
    """Return an asynchronous client for the domain ``test`` of the embedded service. No plugin has to await it."""
    return local_customer_profiles.async_client(DOMAIN_NAME)
