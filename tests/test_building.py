"""How a client gets its boto3 client: defaults, session, endpoint, and what copying and pickling keep."""

import copy
import pickle
import re
from pathlib import Path
from typing import Any

import boto3
import botocore.exceptions
import botocore.session
import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.config import Config
from botocore.stub import Stubber

from customer_profiles_sdk import CustomerProfilesClient, InvalidRequestError, Profile, __version__
from customer_profiles_sdk._aws.config import is_configuration_failure

ID = "0123456789abcdef0123456789abcdef"
REGION = "eu-central-1"
SDK_NAME = f"customer-profiles-sdk/{__version__}"


def config_of(client: CustomerProfilesClient) -> Any:
    """Return the config that a client's boto3 client was built with; it gets its attributes at run time."""
    return client.boto3_client.meta.config


def retry_mode(client: CustomerProfilesClient) -> str:
    """Return the retry mode of a client's boto3 client."""
    mode: str = config_of(client).retries["mode"]
    return mode


def endpoint(client: CustomerProfilesClient) -> str:
    """Return the endpoint of a client's boto3 client."""
    url: str = client.boto3_client.meta.endpoint_url
    return url


def user_agent_sent(config: Config | None = None) -> str:
    """Return the User-Agent header of a call through a client that the SDK built."""
    session = boto3.Session("access", "secret", region_name=REGION)
    client = CustomerProfilesClient("acme", session=session, config=config)
    sent: list[str] = []

    def keep_and_stop(request: AWSPreparedRequest, **_: object) -> None:
        agent: str | bytes = request.headers["User-Agent"]
        sent.append(agent if isinstance(agent, str) else agent.decode())
        raise InterruptedError

    client.boto3_client.meta.events.register("before-send.customer-profiles", keep_and_stop)
    with pytest.raises(InterruptedError):
        client.delete_profile(ID)
    return sent[0]


class TestSession:
    """Where the boto3 client comes from."""

    def test_a_given_client_is_used_as_it_is(self, session: boto3.Session) -> None:
        """boto3_client wins over everything else, and keeps its config."""
        given = session.client("customer-profiles", region_name="us-west-2")
        config = given.meta.config

        client = CustomerProfilesClient("acme", boto3_client=given, session=boto3.Session(region_name=REGION))

        assert given is client.boto3_client
        assert config is client.boto3_client.meta.config

    def test_the_region(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A session's region wins over the environment's, and region_name over both."""
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        session = boto3.Session(region_name=REGION)

        def region(**arguments: Any) -> str:
            name: str = CustomerProfilesClient("acme", **arguments).boto3_client.meta.region_name
            return name

        assert "us-east-1" == region()
        assert REGION == region(session=session)
        assert "us-west-2" == region(session=session, region_name="us-west-2")

    def test_the_default_session_is_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a session, boto3's default session is used where there is one."""
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", boto3.Session(region_name="ca-central-1"))

        assert "ca-central-1" == CustomerProfilesClient("acme").boto3_client.meta.region_name

    def test_the_default_session_is_set_up_once(self) -> None:
        """Where there is no default session, the first client sets it up and the next ones use it."""
        CustomerProfilesClient("acme", region_name=REGION)
        first = boto3.DEFAULT_SESSION
        CustomerProfilesClient("acme", region_name=REGION)

        assert first is not None
        assert first is boto3.DEFAULT_SESSION

    def test_a_missing_region_is_botocores_error(self) -> None:
        """Without a region botocore's own exception is raised."""
        with pytest.raises(botocore.exceptions.NoRegionError):
            CustomerProfilesClient("acme")

    def test_missing_credentials_are_botocores_error(self) -> None:
        """Without credentials botocore's own exception is raised, by the call."""
        client = CustomerProfilesClient("acme", region_name=REGION)

        with pytest.raises(botocore.exceptions.NoCredentialsError):
            client.create_profile(Profile())


class TestConfig:
    """The SDK's defaults, and the caller's config over them."""

    def test_botocore_does_not_validate_again(self) -> None:
        """A client built here leaves the validation of parameters to the SDK, unless the caller's config says no."""
        checks = CustomerProfilesClient("acme", region_name=REGION, config=Config(parameter_validation=True))

        with pytest.raises(botocore.exceptions.NoCredentialsError):  # which comes after the validation
            CustomerProfilesClient("acme", region_name=REGION).boto3_client.create_profile(
                DomainName="acme", FirstName=""
            )
        with pytest.raises(botocore.exceptions.ParamValidationError):
            checks.boto3_client.create_profile(DomainName="acme", FirstName="")

    def test_config_is_merged_over_the_defaults(self, session: boto3.Session) -> None:
        """What the caller's config sets wins; what it leaves open is the SDK's default."""
        config = Config(retries={"max_attempts": 7}, read_timeout=3)

        built = config_of(CustomerProfilesClient("acme", session=session, config=config))

        assert 3 == built.read_timeout
        assert ("standard", 8) == (built.retries["mode"], built.retries["total_max_attempts"])

    def test_the_standard_retry_mode(self, session: boto3.Session) -> None:
        """Nothing else being chosen, calls are retried in botocore's standard mode."""
        assert "standard" == retry_mode(CustomerProfilesClient("acme", session=session))

    def test_the_callers_retry_mode_wins(self, session: boto3.Session) -> None:
        """A retry mode in the caller's config is kept."""
        config = Config(retries={"mode": "adaptive"})

        assert "adaptive" == retry_mode(CustomerProfilesClient("acme", session=session, config=config))

    @pytest.mark.parametrize("mode", ["legacy", "adaptive"])
    def test_the_environments_retry_mode_wins(self, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A retry mode in the environment is kept."""
        monkeypatch.setenv("AWS_RETRY_MODE", mode)

        assert mode == retry_mode(CustomerProfilesClient("acme", region_name=REGION))

    def test_what_the_session_was_set_to_wins(self) -> None:
        """A retry mode, and any other option, that was set on the botocore session is kept."""
        chosen, configured = botocore.session.Session(), botocore.session.Session()
        chosen.set_config_variable("retry_mode", "adaptive")
        configured.set_default_client_config(Config(retries={"mode": "legacy"}, read_timeout=3))

        def client(session: botocore.session.Session) -> CustomerProfilesClient:
            return CustomerProfilesClient("acme", session=boto3.Session(botocore_session=session), region_name=REGION)

        assert "adaptive" == retry_mode(client(chosen))
        assert "legacy" == retry_mode(client(configured))
        assert 3 == config_of(client(configured)).read_timeout

    def test_the_configuration_files_retry_mode_wins(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """A retry mode in the AWS configuration file is kept, in the profile in use only."""
        file = tmp_path / "config"
        file.write_text("[default]\noutput = json\n[profile slow]\nretry_mode = adaptive\n")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
        slow = boto3.Session(profile_name="slow")

        assert "standard" == retry_mode(CustomerProfilesClient("acme", region_name=REGION))
        assert "adaptive" == retry_mode(CustomerProfilesClient("acme", session=slow, region_name=REGION))


class TestUserAgent:
    """What the service is told of the caller's software."""

    def test_botocores_own_with_the_sdks_name(self) -> None:
        """The user agent is botocore's own, with the SDK's name added once."""
        sent = user_agent_sent()

        assert sent.startswith(f"Boto3/{boto3.__version__} ")
        assert re.search(r" ua/2\.\d ", sent)
        assert sent.split()[-1] == SDK_NAME
        assert 1 == sent.count(SDK_NAME)

    def test_the_callers_addition_is_kept(self, session: boto3.Session) -> None:
        """The SDK's name comes behind the caller's own user_agent_extra."""
        config = Config(user_agent_extra="crm/7")

        built = config_of(CustomerProfilesClient("acme", session=session, config=config))

        assert f"crm/7 {SDK_NAME}" == built.user_agent_extra
        assert user_agent_sent(config).endswith(f" crm/7 {SDK_NAME}")

    def test_the_callers_user_agent_is_kept(self) -> None:
        """A user agent that the caller sets replaces botocore's."""
        sent = user_agent_sent(Config(user_agent="mine"))

        assert sent.startswith("mine ")
        assert sent.endswith(f" {SDK_NAME}")

    def test_the_name_of_the_application(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The application's id is sent as botocore sends it, from the config and from the environment."""
        options: Any = {"user_agent_appid": "crm"}  # the type stubs do not know it

        assert " app/crm " in user_agent_sent(Config(**options))
        monkeypatch.setenv("AWS_SDK_UA_APP_ID", "billing")
        assert " app/billing " in user_agent_sent()


class TestEndpoint:
    """Which endpoints are accepted: customers' data does not leave the machine in clear text."""

    @pytest.mark.parametrize(
        "url",
        [
            "https://profile.example",
            "http://localhost:1",
            "http://127.0.0.9",
            "http://[::1]:1",
            "HTTPS://profile.example",
        ],
    )
    def test_encrypted_or_local(self, session: boto3.Session, url: str) -> None:
        """An endpoint is accepted with https, in capitals too, and with http on a loopback address."""
        assert url == endpoint(CustomerProfilesClient("acme", session=session, endpoint_url=url))

    clear_text = pytest.mark.parametrize(
        "url",
        [
            "http://profile.example",
            "HTTP://profile.example",
            "http://10.0.0.1:80",
            "http://localhost.example",
            "http://0.0.0.0",
            "http://evil.example\\@localhost",
            "http://a@localhost",
        ],
    )

    @clear_text
    def test_clear_text_is_rejected(self, session: boto3.Session, url: str) -> None:
        """http to any other address is rejected, and the message names the ways out."""
        with pytest.raises(
            InvalidRequestError, match=r"clear text; use https://, or allow_insecure_endpoint=True"
        ) as e:
            CustomerProfilesClient("acme", session=session, endpoint_url=url)

        assert ["endpoint_url"] == [problem.path for problem in e.value.problems]

    @clear_text
    def test_clear_text_can_be_allowed(self, session: boto3.Session, url: str) -> None:
        """With allow_insecure_endpoint an http endpoint is accepted, as for an emulator in another container."""
        client = CustomerProfilesClient("acme", session=session, endpoint_url=url, allow_insecure_endpoint=True)

        assert url == endpoint(client)

    def test_other_schemes_are_never_allowed(self, session: boto3.Session) -> None:
        """A scheme other than http and https is rejected, with allow_insecure_endpoint too."""
        for allowed in (False, True):
            with pytest.raises(InvalidRequestError):
                CustomerProfilesClient(
                    "acme", session=session, endpoint_url="ftp://localhost", allow_insecure_endpoint=allowed
                )

    def test_in_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An endpoint in clear text is rejected from the environment too."""
        monkeypatch.setenv("AWS_ENDPOINT_URL_CUSTOMER_PROFILES", "http://profile.example")

        with pytest.raises(InvalidRequestError, match="clear text"):
            CustomerProfilesClient("acme", region_name=REGION)

    def test_in_the_configuration_file(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """An endpoint in clear text is rejected from the AWS configuration file too."""
        file = tmp_path / "config"
        file.write_text("[default]\nendpoint_url = http://profile.example\n")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(file))

        with pytest.raises(InvalidRequestError, match="clear text"):
            CustomerProfilesClient("acme", region_name=REGION)


class TestCopies:
    """Clients for other domains, copies, and copies in other processes."""

    def test_for_domain(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """for_domain gives a client for another domain over the same boto3 client."""
        stubber.add_response("create_profile", {"ProfileId": ID}, {"DomainName": "other"})

        other = stubbed_client.for_domain("other")
        other.create_profile(Profile())

        assert ("acme", "other") == (stubbed_client.domain_name, other.domain_name)
        assert stubbed_client.boto3_client is other.boto3_client

    @pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
    def test_copies_share_the_connection(self, session: boto3.Session, copied: Any) -> None:
        """copy and deepcopy give a client over the same boto3 client."""
        client = CustomerProfilesClient("acme", session=session)

        same = copied(client)

        assert same is not client
        assert "acme" == same.domain_name
        assert client.boto3_client is same.boto3_client

    def test_pickled_as_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A client built from settings, and one for another domain of it, is pickled as its settings in force."""
        monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
        monkeypatch.setenv("AWS_ENDPOINT_URL_CUSTOMER_PROFILES", "https://profile.example")
        client = CustomerProfilesClient("acme", config=Config(read_timeout=3)).for_domain("other")
        pickled = pickle.dumps(client)
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
        monkeypatch.delenv("AWS_ENDPOINT_URL_CUSTOMER_PROFILES")
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)

        same = pickle.loads(pickled)

        assert "other" == same.domain_name
        assert (REGION, "https://profile.example") == (same.boto3_client.meta.region_name, endpoint(same))
        assert 3 == config_of(same).read_timeout

    def test_a_fips_endpoint_is_kept(self) -> None:
        """A client for a FIPS endpoint is unpickled for the same endpoint."""
        options: Any = {"use_fips_endpoint": True}  # the type stubs do not know it
        client = CustomerProfilesClient("acme", region_name="us-east-1", config=Config(**options))

        same = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(client))))

        assert "fips" in endpoint(client)
        assert endpoint(client) == endpoint(same)

    def test_an_insecure_endpoint_stays_allowed(self) -> None:
        """A client that was allowed an endpoint in clear text is unpickled with it."""
        url = "http://profile.example"
        client = CustomerProfilesClient("acme", region_name=REGION, endpoint_url=url, allow_insecure_endpoint=True)

        assert url == endpoint(pickle.loads(pickle.dumps(client)))

    @pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda client: pickle.loads(pickle.dumps(client))])
    def test_subclasses_keep_their_attributes(self, copied: Any) -> None:
        """A subclass with an __init__ of its own is copied and unpickled with its attributes."""
        client = TenantClient("crm")

        same = copied(client)

        assert isinstance(same, TenantClient)
        assert ("crm", "tenant-crm") == (same.tenant, same.domain_name)
        assert REGION == same.boto3_client.meta.region_name

    @pytest.mark.parametrize("live", ["boto3_client", "session"])
    def test_a_live_object_cannot_be_pickled(self, session: boto3.Session, live: str) -> None:
        """A client that was given a live object cannot be pickled, and the message says what to do."""
        given: Any = session if live == "session" else session.client("customer-profiles")

        with pytest.raises(TypeError, match="build it from region_name, endpoint_url and config"):
            pickle.dumps(CustomerProfilesClient("acme", **{live: given}))


class TenantClient(CustomerProfilesClient):
    """A client that takes other arguments than the class above it."""

    def __init__(self, tenant: str) -> None:
        super().__init__(f"tenant-{tenant}", region_name=REGION)
        self.tenant = tenant


@pytest.mark.parametrize(
    ("error", "is_one"), [(botocore.exceptions.NoCredentialsError(), True), (ValueError("a hook's own"), False)]
)
def test_a_failure_of_the_configuration(error: Exception, *, is_one: bool) -> None:
    """botocore's own exception says that something is not configured; any other does not."""
    assert is_one == is_configuration_failure(error)
