"""The fixtures of ``pytest_customer_profiles``, for a ``conftest.py`` that names its plugins itself."""

from pytest_customer_profiles import (
    DOMAIN_NAME,
    async_customer_profiles_client,
    customer_profiles_client,
    local_customer_profiles,
)

__all__ = ["DOMAIN_NAME", "async_customer_profiles_client", "customer_profiles_client", "local_customer_profiles"]
