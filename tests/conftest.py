"""What several tests need: a client on the embedded service, and one whose wire is stubbed."""

import os
from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import Stubber
from hypothesis import HealthCheck, settings

from customer_profiles_sdk import CustomerProfilesClient
from customer_profiles_sdk.local import LocalCustomerProfiles

pytest_plugins = ["customer_profiles_sdk.pytest_plugin", "pytester"]

# What decides whether a change lands tries the same examples each time; everybody else tries new ones.
settings.register_profile(
    "ordinary", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", settings.get_profile("ordinary"), derandomize=False, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinary"))


@pytest.fixture(autouse=True)
def _no_aws_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's AWS settings out of the tests."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture
def service() -> Iterator[LocalCustomerProfiles]:
    """Return an embedded service with the domain ``acme``."""
    with LocalCustomerProfiles(domains=["acme"]) as service:
        yield service


@pytest.fixture
def client(service: LocalCustomerProfiles) -> CustomerProfilesClient:
    """Return a client of the embedded service."""
    return service.client("acme")


@pytest.fixture(scope="session")
def session() -> boto3.Session:
    """Return a session with credentials that open nothing; making one is slow."""
    return boto3.Session(region_name="eu-central-1", aws_access_key_id="id", aws_secret_access_key="secret")


@pytest.fixture
def stubber(session: boto3.Session) -> Iterator[Stubber]:
    """Return a stubbed boto3 client; it checks what is sent, and that all that is expected was sent."""
    with Stubber(session.client("customer-profiles")) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.fixture
def stubbed_client(stubber: Stubber) -> CustomerProfilesClient:
    """Return a client over the stubbed boto3 client."""
    return CustomerProfilesClient("acme", boto3_client=stubber.client)
