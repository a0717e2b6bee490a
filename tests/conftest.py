"""What several tests need: clients on the embedded service, and clients whose responses are made up."""

import json
import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.loaders import JSONFileLoader
from botocore.stub import Stubber
from each_client import client_of, client_over, connect, each_client, new_client, stubber_of
from hypothesis import HealthCheck, settings

from customer_profiles_sdk import CustomerProfilesClient
from customer_profiles_sdk.local import LocalCustomerProfiles
from customer_profiles_sdk.local.wire import Response

pytest_plugins = ["customer_profiles_sdk.pytest_plugin", "pytester"]

# In CI hypothesis tries the same examples each time; everywhere else it tries new ones.
settings.register_profile(
    "ordinary", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", settings.get_profile("ordinary"), derandomize=False, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinary"))

__all__ = ["each_client"]

ServiceResponds = Callable[..., CustomerProfilesClient]


def pytest_report_header() -> str | None:
    """Say which tests are left out."""
    return None if find_spec("aiobotocore") else "aiobotocore: not installed, so its tests are left out"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need aiobotocore where it is not installed: `.ci/run` has environments with it."""
    if not find_spec("aiobotocore"):
        config.hook.pytest_deselected(items=[each for each in items if each.get_closest_marker("aiobotocore")])
        items[:] = [each for each in items if not each.get_closest_marker("aiobotocore")]


@pytest.fixture(autouse=True)
def _no_aws_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's AWS and proxy settings out of the tests."""
    for name in [name for name in os.environ if name.startswith("AWS_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture(scope="session", autouse=True)
def _data_files_are_read_once() -> Iterator[None]:
    """Let all of botocore's sessions share the contents of its data files: to parse them takes 100 ms a session."""
    contents: dict[str, object] = {}
    load_file = JSONFileLoader.load_file

    def load_once(self: JSONFileLoader, file_path: str) -> object:
        if file_path not in contents:
            contents[file_path] = load_file(self, file_path)
        return contents[file_path]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JSONFileLoader, "load_file", load_once)
        yield


@pytest.fixture
def service() -> Iterator[LocalCustomerProfiles]:
    """Return an embedded service with the domain ``acme``."""
    with LocalCustomerProfiles(domains=["acme"]) as service:
        yield service


@pytest.fixture(scope="session")
def shared() -> Iterator[LocalCustomerProfiles]:
    """Return an embedded service for tests of many examples; what one test stores, another may find."""
    with LocalCustomerProfiles(domains=["acme"], keep_requests=False) as service:
        yield service


@pytest.fixture
def client(service: LocalCustomerProfiles) -> CustomerProfilesClient:
    """Return a client of the embedded service."""
    return client_of(service)


@pytest.fixture(scope="session")
def session() -> boto3.Session:
    """Return a session with credentials that open nothing; making one is slow."""
    return boto3.Session(region_name="eu-central-1", aws_access_key_id="id", aws_secret_access_key="secret")


@pytest.fixture
def stubber(session: boto3.Session) -> Iterator[Stubber]:
    """Return a stubbed plain client; it checks what is sent, and that all that is expected was sent."""
    with stubber_of(session) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.fixture
def stubbed_client(stubber: Stubber) -> CustomerProfilesClient:
    """Return a client over the stubbed one."""
    return client_over(stubber.client)


@pytest.fixture
def service_responds(session: boto3.Session) -> ServiceResponds:
    """Return a function that makes a client whose every call gets the same response and is not retried."""

    def make(status: int, content: Any, headers: dict[str, str] | None = None) -> CustomerProfilesClient:
        client = new_client("acme", session=session, config=Config(retries={"total_max_attempts": 1}))
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        response = Response(status, {"x-amzn-RequestId": "r-1", **(headers or {})}, body)
        connect(client, lambda _: response)
        return client

    return make
