"""The client: how it is built, what it sends and answers, and what it makes of failures."""

import json
import logging
import pickle
import traceback
from functools import partial
from pathlib import Path
from typing import Any

import boto3
import botocore.exceptions
import botocore.session
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.stub import Stubber

from customer_profiles_sdk import (
    CLEAR,
    AccessDeniedError,
    Address,
    BadRequestError,
    ConcurrentUpdateError,
    ConnectionFailedError,
    CreateProfileResult,
    CustomerProfilesClient,
    CustomerProfilesError,
    DomainNotFoundError,
    Gender,
    InternalServerError,
    InvalidRequestError,
    OutcomeUnknownError,
    Profile,
    ProfileNotFoundError,
    ResourceNotFoundError,
    ServiceError,
    ThrottlingError,
    UnexpectedResponseError,
    UpdateProfileResult,
    __version__,
    transport,
)
from customer_profiles_sdk.local import inprocess
from customer_profiles_sdk.local.wire import Response

ID = "0123456789abcdef0123456789abcdef"
REGION = "eu-central-1"


def user_agent_sent(config: Config | None = None) -> str:
    """Return the User-Agent header of a call through a client that the SDK built."""
    session = boto3.Session("access", "secret", region_name=REGION)
    client = CustomerProfilesClient("acme", session=session, config=config)
    sent: list[str] = []

    def goes_no_further(request: AWSPreparedRequest, **_: object) -> None:
        agent: str | bytes = request.headers["User-Agent"]
        sent.append(agent if isinstance(agent, str) else agent.decode())
        raise InterruptedError

    client.boto3_client.meta.events.register("before-send.customer-profiles", goes_no_further)
    with pytest.raises(InterruptedError):
        client.delete_profile(ID)
    return sent[0]


def retry_mode(client: CustomerProfilesClient) -> str:
    """Return the retry mode that a client's boto3 client was built with."""
    mode: str = client.boto3_client.meta.config.retries["mode"]
    return mode


class TestCalls:
    """What is sent and what comes back."""

    def test_create_profile(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """create_profile sends what is set and returns the new profile's id."""
        sent = {"DomainName": "acme", "FirstName": "Ana", "GenderString": "non-binary"}
        stubber.add_response("create_profile", {"ProfileId": ID}, sent)

        result = stubbed_client.create_profile(Profile(first_name="Ana", gender="non-binary", last_name=CLEAR))

        assert CreateProfileResult(profile_id=ID) == result

    def test_update_profile(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """update_profile sends what is set and what is to be removed."""
        sent = {"DomainName": "acme", "ProfileId": ID, "Gender": "FEMALE", "EmailAddress": "", "Address": {"City": ""}}
        stubber.add_response("update_profile", {"ProfileId": ID}, sent)

        changes = Profile(gender=Gender.FEMALE, email_address=CLEAR, address=Address(city=CLEAR))

        assert UpdateProfileResult(profile_id=ID) == stubbed_client.update_profile(ID, changes)

    def test_get_profile(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """get_profile asks for one id and returns the profile."""
        answer = {"Profiles": [{"ProfileId": ID, "FirstName": "Ana", "Gender": "FEMALE", "GenderString": "FEMALE"}]}
        stubber.add_response("batch_get_profile", answer, {"DomainName": "acme", "ProfileIds": [ID]})

        stored = stubbed_client.get_profile(ID)

        assert (ID, Profile(first_name="Ana", gender=Gender.FEMALE)) == (stored.profile_id, stored.profile)

    def test_a_request_with_problems_is_not_sent(self, stubbed_client: CustomerProfilesClient) -> None:
        """A request with problems raises before anything is sent: the stub expects no call."""
        with pytest.raises(InvalidRequestError):
            stubbed_client.create_profile(Profile(first_name="x" * 256))
        with pytest.raises(InvalidRequestError):
            stubbed_client.update_profile("x", Profile())
        with pytest.raises(InvalidRequestError):
            stubbed_client.get_profile("x")

    def test_for_domain(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """for_domain gives a client for another domain over the same boto3 client."""
        stubber.add_response("create_profile", {"ProfileId": ID}, {"DomainName": "other"})

        other = stubbed_client.for_domain("other")
        other.create_profile(Profile())

        assert ("acme", "other") == (stubbed_client.domain_name, other.domain_name)
        assert stubbed_client.boto3_client is other.boto3_client

    @pytest.mark.parametrize("answer", [{}, {"ProfileId": ""}])
    def test_an_answer_without_an_id(self, service_answers: Any, answer: dict[str, Any]) -> None:
        """An answer without a ProfileId raises UnexpectedResponseError."""
        client = service_answers(200, answer)
        with pytest.raises(UnexpectedResponseError):
            client.create_profile(Profile())
        with pytest.raises(UnexpectedResponseError):
            client.update_profile(ID, Profile())

    @pytest.mark.parametrize("status", [200, 400, 500])
    @pytest.mark.parametrize("body", [b"[]", b"\xff", b"null", b"3", b"[" * 100_000], ids=lambda body: repr(body[:5]))
    def test_an_answer_that_botocore_cannot_parse(self, body: bytes, status: int, service_answers: Any) -> None:
        """What botocore's parser stumbles over raises UnexpectedResponseError, not the parser's AttributeError."""
        with pytest.raises(UnexpectedResponseError, match="response: is not the JSON that it must be"):
            service_answers(status, body).update_profile(ID, Profile())

    @pytest.mark.parametrize("body", [{"__type": {"a": 1}}, {"code": [1]}])
    def test_an_error_code_that_is_no_text(self, body: Any, service_answers: Any) -> None:
        """An error whose code is not text raises UnexpectedResponseError."""
        with pytest.raises(UnexpectedResponseError):
            service_answers(400, body).create_profile(Profile())

    @pytest.mark.parametrize("body", [b"", b"<html>", b'{"ProfileId": [1]}'])
    def test_an_answer_that_says_nothing(self, body: bytes, service_answers: Any) -> None:
        """What botocore parses to something else than an answer raises UnexpectedResponseError."""
        with pytest.raises(UnexpectedResponseError, match="profile_id: "):
            service_answers(200, body).update_profile(ID, Profile())

    def test_an_error_in_the_callers_hook_is_theirs(self, service_answers: Any) -> None:
        """An exception of a hook that the caller registered comes out as it is."""
        client = service_answers(200, {"ProfileId": ID})

        def hook(**_: object) -> None:
            raise AttributeError("theirs")

        for event in ("before-call", "before-send"):
            client.boto3_client.meta.events.register_first(f"{event}.customer-profiles", hook)
            for call in (partial(client.update_profile, ID), client.create_profile):
                with pytest.raises(AttributeError, match="theirs"):
                    call(Profile())
            client.boto3_client.meta.events.unregister(f"{event}.customer-profiles", hook)


@pytest.fixture
def service_answers(session: boto3.Session) -> Any:
    """Return a function that makes a client, built by the SDK, whose every call gets the same answer, once."""

    def make(status: int, content: Any, headers: dict[str, str] | None = None) -> CustomerProfilesClient:
        client = CustomerProfilesClient("acme", session=session, config=Config(retries={"total_max_attempts": 1}))
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        response = Response(status, {"x-amzn-RequestId": "r-1", **(headers or {})}, body)
        inprocess.connect(client.boto3_client, lambda _: response)
        return client

    return make


class TestBuilding:
    """Where the boto3 client comes from and what it is built with."""

    def test_a_given_client_is_used_as_it_is(self) -> None:
        """boto3_client wins over everything else and is not touched."""
        given = boto3.client("customer-profiles", region_name="us-west-2")
        config = given.meta.config

        client = CustomerProfilesClient("acme", boto3_client=given, session=boto3.Session(region_name=REGION))

        assert given is client.boto3_client
        assert config is client.boto3_client.meta.config

    def test_a_session_wins_over_the_defaults(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A session's region counts before the environment's, and region_name before both."""
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        session = boto3.Session(region_name=REGION)

        def region(**arguments: Any) -> str:
            name: str = CustomerProfilesClient("acme", **arguments).boto3_client.meta.region_name
            return name

        assert "us-east-1" == region()
        assert REGION == region(session=session)
        assert "us-west-2" == region(session=session, region_name="us-west-2")

    def test_the_default_session_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A default session that was set up in boto3 is used."""
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", boto3.Session(region_name="ca-central-1"))

        assert "ca-central-1" == CustomerProfilesClient("acme").boto3_client.meta.region_name

    def test_defaults(self) -> None:
        """A client built here names the SDK in its user agent, leaves checking to it, and retries in standard mode."""
        client = CustomerProfilesClient("acme", region_name=REGION)

        assert f"customer-profiles-sdk/{__version__}" == client.boto3_client.meta.config.user_agent_extra
        assert "standard" == retry_mode(client)
        with pytest.raises(botocore.exceptions.NoCredentialsError):  # and not ParamValidationError
            client.boto3_client.create_profile(DomainName="acme", FirstName="")

    def test_user_agent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The service is told of boto3, Python, the application where one is named, and the SDK, each once."""
        sent = user_agent_sent()

        assert f"Boto3/{boto3.__version__} Python/" in sent
        assert sent.endswith(f" Botocore/{botocore.__version__} customer-profiles-sdk/{__version__}")
        assert 1 == sent.count("Botocore/")
        options: Any = {"user_agent_appid": "crm"}  # an option that the type stubs do not know
        assert " app/crm " in user_agent_sent(Config(**options))
        monkeypatch.setenv("AWS_SDK_UA_APP_ID", "billing")
        assert " app/billing " in user_agent_sent()

    def test_the_callers_user_agent_wins(self) -> None:
        """A user agent of the caller's is kept, and None leaves it to botocore."""
        assert user_agent_sent(Config(user_agent="mine")).startswith("mine ")
        assert " ua/2" in user_agent_sent(Config(user_agent=None))

    def test_config_is_merged_over_the_defaults(self) -> None:
        """What the caller's config sets wins; what it leaves open is the SDK's default."""
        config = Config(user_agent_extra="mine", retries={"max_attempts": 7}, read_timeout=3)

        built = CustomerProfilesClient("acme", region_name=REGION, config=config).boto3_client.meta.config

        assert ("mine", 3) == (built.user_agent_extra, built.read_timeout)
        assert ("standard", 8) == (built.retries["mode"], built.retries["total_max_attempts"])

    def test_the_callers_retry_mode_wins(self) -> None:
        """A retry mode in the caller's config is kept."""
        config = Config(retries={"mode": "adaptive"})

        assert "adaptive" == retry_mode(CustomerProfilesClient("acme", region_name=REGION, config=config))

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
        assert 3 == client(configured).boto3_client.meta.config.read_timeout

    def test_the_configuration_files_retry_mode_wins(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """A retry mode in the AWS configuration file is kept, in the profile in use only."""
        file = tmp_path / "config"
        file.write_text("[default]\noutput = json\n[profile slow]\nretry_mode = adaptive\n")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(file))

        assert "standard" == retry_mode(CustomerProfilesClient("acme", region_name=REGION))
        assert "adaptive" == retry_mode(
            CustomerProfilesClient("acme", session=boto3.Session(profile_name="slow"), region_name=REGION)
        )

    @pytest.mark.parametrize(
        "url", ["https://profile.example", "http://localhost:1", "http://127.0.0.9", "http://[::1]:1"]
    )
    def test_endpoints_that_are_encrypted_or_local(self, url: str) -> None:
        """An endpoint is taken over https, and over http on a loopback address."""
        client = CustomerProfilesClient("acme", region_name=REGION, endpoint_url=url)

        assert url == client.boto3_client.meta.endpoint_url

    @pytest.mark.parametrize(
        "url",
        [
            "http://profile.example",
            "http://10.0.0.1:80",
            "http://localhost.example",
            "http://0.0.0.0",
            "http://evil.example\\@localhost",
            "http://a@localhost",
            "ftp://localhost",
        ],
    )
    def test_endpoints_in_clear_text_are_refused(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """http to anything else is refused, whether it comes from the argument or from the environment."""
        with pytest.raises(InvalidRequestError, match=r"endpoint_url: .*clear text; use https://"):
            CustomerProfilesClient("acme", region_name=REGION, endpoint_url=url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_CUSTOMER_PROFILES", url)
        with pytest.raises(InvalidRequestError):
            CustomerProfilesClient("acme", region_name=REGION)

    def test_an_endpoint_in_the_configuration_file(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """An endpoint in clear text is refused from the AWS configuration file too."""
        file = tmp_path / "config"
        file.write_text("[default]\nendpoint_url = http://profile.example\n")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(file))

        with pytest.raises(InvalidRequestError, match="clear text"):
            CustomerProfilesClient("acme", region_name=REGION)

    def test_a_missing_region_is_botocores_error(self) -> None:
        """Without a region botocore's own exception is raised."""
        with pytest.raises(botocore.exceptions.NoRegionError):
            CustomerProfilesClient("acme")

    def test_missing_credentials_are_botocores_error(self) -> None:
        """Without credentials botocore's own exception is raised, by the call."""
        client = CustomerProfilesClient("acme", region_name=REGION)

        with pytest.raises(botocore.exceptions.NoCredentialsError):
            client.create_profile(Profile())

    def test_a_client_from_settings_can_be_pickled(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A client built from settings, and one for another domain of it, is pickled as its settings and its region."""
        monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
        client = CustomerProfilesClient("acme", config=Config(read_timeout=3)).for_domain("other")
        monkeypatch.delenv("AWS_DEFAULT_REGION")

        same = pickle.loads(pickle.dumps(client))

        assert "other" == same.domain_name
        assert (REGION, 3) == (same.boto3_client.meta.region_name, same.boto3_client.meta.config.read_timeout)

    @pytest.mark.parametrize("live", ["boto3_client", "session"])
    def test_a_client_from_a_live_object_cannot(self, live: str) -> None:
        """A client that was given a live object cannot be pickled, and the message says what to do."""
        session = boto3.Session(region_name=REGION)
        given: Any = session if live == "session" else session.client("customer-profiles")

        with pytest.raises(TypeError, match="build it from region_name, endpoint_url and config"):
            pickle.dumps(CustomerProfilesClient("acme", **{live: given}))


class TestFailures:
    """botocore's errors become the SDK's, by cause."""

    @pytest.mark.parametrize(
        ("code", "status", "message", "error_class"),
        [
            ("BadRequestException", 400, "bad", BadRequestError),
            (
                "BadRequestException",
                400,
                "Failed to update profile due to concurrent update in-progress.",
                ConcurrentUpdateError,
            ),
            ("AccessDeniedException", 403, "denied", AccessDeniedError),
            ("ResourceNotFoundException", 404, "gone", ResourceNotFoundError),
            ("ResourceNotFoundException", 404, "DomainName acme is not found in account 1", DomainNotFoundError),
            ("ResourceNotFoundException", 404, f"ProfileId {ID} is not found", ProfileNotFoundError),
            ("ThrottlingException", 429, "slow", ThrottlingError),
            ("InternalServerException", 500, "oops", InternalServerError),
            ("UnheardOfException", 418, "tea", ServiceError),
            ("WidgetNotFoundFault", 404, "no widget", ServiceError),
        ],
    )
    def test_what_the_service_refuses(
        self,
        code: str,
        status: int,
        message: str,
        error_class: type[ServiceError],
        service_answers: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Each code, and each cause that only the text tells, raises its own class with the whole answer on it."""
        client = service_answers(status, {"Message": message}, {"x-amzn-ErrorType": code})
        monkeypatch.setattr(transport, "_CONCURRENT_PAUSE_SECONDS", 0)
        retries = 5 if error_class is ConcurrentUpdateError else 0

        with pytest.raises(ServiceError) as caught:
            client.update_profile(ID, Profile(first_name="Ana"))

        error = caught.value
        assert error_class is type(error)
        assert ("update_profile", code, message, status, "r-1", retries) == (
            error.operation,
            error.code,
            error.message,
            error.http_status,
            error.request_id,
            error.retry_attempts,
        )
        assert code == error.response["Error"]["Code"]

    @pytest.mark.parametrize("code", ["ResourceNotFoundException", "ProfileNotFound", "NOT_FOUND", "404"])
    def test_a_profile_that_is_not_there(self, code: str, service_answers: Any) -> None:
        """get_profile raises ProfileNotFoundError where the batch holds an error of that kind for the id."""
        client = service_answers(200, {"Errors": [{"Code": code, "Message": "no such thing", "ProfileId": ID}]})

        with pytest.raises(ProfileNotFoundError, match="no such thing"):
            client.get_profile(ID)

    @pytest.mark.parametrize(
        ("code", "error_class"), [("ThrottlingException", ThrottlingError), ("Strange", ServiceError)]
    )
    def test_another_error_is_not_taken_for_absence(
        self, code: str, error_class: type[ServiceError], service_answers: Any
    ) -> None:
        """A profile that could not be read for another reason is not reported as absent."""
        client = service_answers(200, {"Errors": [{"Code": code, "Message": "m", "ProfileId": ID}]})

        with pytest.raises(ServiceError) as caught:
            client.get_profile(ID)
        assert error_class is type(caught.value)

    def test_an_answer_with_neither_profile_nor_error(self, service_answers: Any) -> None:
        """An answer to get_profile that holds nothing cannot be read."""
        with pytest.raises(UnexpectedResponseError, match="neither the profile nor an error"):
            service_answers(200, {"Profiles": []}).get_profile(ID)

    @pytest.mark.parametrize(
        ("error", "unknown"),
        [
            (botocore.exceptions.EndpointConnectionError(endpoint_url="u"), False),
            (botocore.exceptions.ConnectTimeoutError(endpoint_url="u"), False),
            (botocore.exceptions.ProxyConnectionError(proxy_url="u"), False),
            (botocore.exceptions.ReadTimeoutError(endpoint_url="u"), True),
            (botocore.exceptions.ConnectionClosedError(endpoint_url="u"), True),
            (botocore.exceptions.SSLError(endpoint_url="u", error=OSError("secret")), True),
            (botocore.exceptions.HTTPClientError(error="secret"), True),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_a_lost_call(self, error: Exception, unknown: bool, service_answers: Any) -> None:  # noqa: FBT001
        """A lost create has an unknown outcome unless it was never sent; any other call may be repeated."""
        client = service_answers(200, {})

        def fails(**_: object) -> AWSResponse:
            raise error

        client.boto3_client.meta.events.register_first("before-send.customer-profiles", fails)

        with pytest.raises((OutcomeUnknownError, ConnectionFailedError)) as created:
            client.create_profile(Profile())
        with pytest.raises(ConnectionFailedError) as updated:
            client.update_profile(ID, Profile())
        failure: Any = created.value
        assert unknown == isinstance(failure, OutcomeUnknownError)
        assert ("create_profile", type(error).__name__) == (failure.operation, failure.cause_name)
        assert ("update_profile", type(error).__name__) == (updated.value.operation, updated.value.cause_name)
        assert "secret" not in "".join(traceback.format_exception(updated.value))

    def test_a_create_that_the_service_failed_on(self, service_answers: Any) -> None:
        """After a 5xx nobody knows whether the profile was created."""
        client = service_answers(503, {"Message": "oops"}, {"x-amzn-ErrorType": "InternalServerException"})

        with pytest.raises(OutcomeUnknownError, match="InternalServerException"):
            client.create_profile(Profile())

    @pytest.mark.parametrize(
        ("message", "masked"),
        [
            ("Value 'ana@mail.example' is invalid", "Value '***' is invalid"),
            ("ANA@MAIL.EXAMPLE; Cork; gold", "***; ***; ***"),
            ("Ana is no Anagram", "*** is no Anagram"),
            ('O"Brien or O\\"Brien', "*** or ***"),
            ("attributes.tier is short, ana@home.example is not; KeyName", "attributes.tier is short, *** is not; ***"),
            ("acme and 0123456789abcdef0123456789abcdef stay", "acme and 0123456789abcdef0123456789abcdef stay"),
        ],
    )
    def test_the_services_text_is_masked(self, message: str, masked: str, service_answers: Any) -> None:
        """What the request said is masked in the error's text; names and ids are not, and .response is untouched."""
        client = service_answers(400, {"Message": message}, {"x-amzn-ErrorType": "BadRequestException"})
        changes = Profile(
            first_name="Ana",
            email_address="ana@mail.example",
            address=Address(city="Cork"),
            last_name=' O"Brien ',
            attributes={"tier": "gold", "blank": " ", "ana@home.example": "KeyName"},
        )

        with pytest.raises(BadRequestError) as caught:
            client.update_profile(ID, changes)

        assert masked == caught.value.message
        assert masked in str(caught.value)
        assert message == caught.value.response["Error"]["Message"]

    def test_names_in_a_search_are_not_masked(self, service_answers: Any) -> None:
        """The names of search keys stay readable, the values searched for do not."""
        message = "KeyName Loyalty OR _email: 'ana@mail.example' or 4711"
        client = service_answers(400, {"Message": message}, {"x-amzn-ErrorType": "BadRequestException"})

        with pytest.raises(BadRequestError) as caught:
            list(client.search_profiles({"Loyalty": "4711", "_email": "Ana@mail.example"}))

        assert "KeyName Loyalty OR _email: '***' or ***" == caught.value.message

    def test_an_empty_request_leaves_the_text_alone(self, service_answers: Any) -> None:
        """Where nothing was sent that could be repeated, the service's text stays as it is."""
        client = service_answers(400, {"Message": "bad"}, {"x-amzn-ErrorType": "BadRequestException"})

        with pytest.raises(BadRequestError, match="bad"):
            client.update_profile(ID, Profile())

    def test_botocores_error_is_not_in_the_traceback(self, service_answers: Any) -> None:
        """botocore's error, whose text is not masked, is neither the cause nor the context of ours."""
        client = service_answers(400, {"Message": "no: Ana"}, {"x-amzn-ErrorType": "BadRequestException"})

        with pytest.raises(CustomerProfilesError) as caught:
            client.update_profile(ID, Profile(first_name="Ana"))

        assert caught.value.__cause__ is caught.value.__context__ is None
        assert "no: Ana" not in "".join(traceback.format_exception(caught.value))


class TestLog:
    """One line for each call, at DEBUG, with nothing of the customer in it."""

    def line(self, caplog: pytest.LogCaptureFixture) -> str:
        """Return the only line that the SDK logged."""
        (record,) = [each for each in caplog.records if each.name == "customer_profiles_sdk"]
        assert record.levelno == logging.DEBUG
        return record.getMessage()

    def test_a_call(self, service_answers: Any, caplog: pytest.LogCaptureFixture) -> None:
        """A call that went well is logged with its request id, attempts and time."""
        caplog.set_level(logging.DEBUG, "customer_profiles_sdk")
        service_answers(200, {"ProfileId": ID}).create_profile(Profile(first_name="Ana"))

        assert self.line(caplog).startswith("create_profile: ok, request r-1, attempts 1, ")
        assert self.line(caplog).endswith(" ms")

    def test_an_answer_that_is_not_what_it_must_be(
        self, service_answers: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A call is logged by what came of it: an answer that cannot be read is no success, nor an absent profile."""
        caplog.set_level(logging.DEBUG, "customer_profiles_sdk")
        client = service_answers(200, {})
        client.boto3_client.meta.events.register(
            "after-call.customer-profiles", lambda parsed, **_: parsed.update(ResponseMetadata=None)
        )
        with pytest.raises(UnexpectedResponseError):
            client.create_profile(Profile())

        assert self.line(caplog).startswith("create_profile: UnexpectedResponseError, request None, attempts ?, ")

    def test_a_refused_call(self, service_answers: Any, caplog: pytest.LogCaptureFixture) -> None:
        """A call that the service refused is logged with the class of the error."""
        caplog.set_level(logging.DEBUG, "customer_profiles_sdk")
        client = service_answers(400, {"Message": "Ana"}, {"x-amzn-ErrorType": "BadRequestException"})
        with pytest.raises(BadRequestError):
            client.update_profile(ID, Profile(first_name="Ana"))

        assert self.line(caplog).startswith("update_profile: BadRequestError, request r-1, attempts 1, ")

    def test_a_call_that_was_never_sent(self, caplog: pytest.LogCaptureFixture) -> None:
        """A call that another exception ended is logged too."""
        caplog.set_level(logging.DEBUG, "customer_profiles_sdk")
        with pytest.raises(botocore.exceptions.NoCredentialsError):
            CustomerProfilesClient("acme", region_name=REGION).create_profile(Profile())

        assert self.line(caplog).startswith("create_profile: NoCredentialsError, request None, attempts ?, ")

    def test_silence(self, service_answers: Any, caplog: pytest.LogCaptureFixture) -> None:
        """Nothing is logged above DEBUG."""
        caplog.set_level(logging.INFO, "customer_profiles_sdk")
        service_answers(200, {"ProfileId": ID}).create_profile(Profile())

        assert [] == [each for each in caplog.records if each.name == "customer_profiles_sdk"]
