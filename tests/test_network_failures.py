"""What a failed connection means: never sent only where that is certain, else unknown; told with host and cause."""

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import botocore.exceptions
import pytest
import trustme
import urllib3
from botocore.config import Config
from each_client import client_over, is_aiobotocore, new_client, plain_client

from benchmarks.network import Action, Drop, HttpRequest, Last, Proxy, Server, TunnelFault, closed_port, response
from customer_profiles_sdk import (
    ConnectionFailedError,
    CustomerProfilesClient,
    CustomerProfilesError,
    OutcomeUnknownError,
    Profile,
    ThrottlingError,
)

pytestmark = pytest.mark.usefixtures("each_client")

ID = "0123456789abcdef0123456789abcdef"
CREATED = response(json.dumps({"ProfileId": ID}).encode())
CUSTOMER = Profile(account_number="C-1", first_name="s3cret")


def retries(attempts: int) -> Any:
    """Return botocore's setting for so many attempts."""
    return {"mode": "standard", "total_max_attempts": attempts}


def client_of(url: str, *, attempts: int = 3, is_own: bool = False, **options: Any) -> CustomerProfilesClient:
    """Return a client of a server, with a boto3 client of the caller's own where it is wanted."""
    chosen: dict[str, Any] = {"connect_timeout": 10, "read_timeout": 10} | options
    config = Config(retries=retries(attempts), **chosen)
    session = boto3.Session("access", "secret", region_name="eu-central-1")
    if is_own:
        plain = plain_client(session, endpoint_url=url, config=config)
        return client_over(plain)
    return new_client("acme", session=session, endpoint_url=url, config=config)


def failure(client: CustomerProfilesClient) -> CustomerProfilesError:
    """Return the error of a create."""
    with pytest.raises(CustomerProfilesError) as caught:
        client.create_profile(CUSTOMER)
    assert "s3cret" not in str(caught.value)
    return caught.value


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore's pauses between attempts be short."""
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return a certificate authority of the tests."""
    return trustme.CA()


@pytest.fixture(scope="module")
def trusted(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the file of certificates that a client has to trust."""
    file: Path = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return str(file)


@pytest.fixture(scope="module")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    """Return what makes a server one with TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


class TestNeverSent:
    """While a connection is being made no byte of a request is sent: a create has not been executed."""

    def test_a_closed_port(self) -> None:
        """Nothing listens: the error names host, port and cause."""
        with closed_port() as port:
            error = failure(client_of(f"http://127.0.0.1:{port}"))

        assert isinstance(error, ConnectionFailedError)
        assert ("EndpointConnectionError", f"127.0.0.1:{port}: connection refused") == (error.cause_name, error.reason)

    def test_a_name_that_does_not_resolve(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """There is no such host."""

        def no_such_host(*_: object, **__: object) -> None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", no_such_host)
        error = failure(client_of("https://profile.invalid", attempts=1))

        assert isinstance(error, ConnectionFailedError)
        assert "profile.invalid:443: the host name does not resolve" == error.reason

    def test_a_certificate_that_is_not_trusted(self, tls: ssl.SSLContext) -> None:
        """A certificate of an unknown authority ends the handshake."""
        with Server(lambda _: CREATED, tls) as server:
            error = failure(client_of(server.url))

        assert isinstance(error, ConnectionFailedError)
        assert error.reason.startswith(f"localhost:{server.port}: certificate not trusted (")
        assert [] == server.requests

    @pytest.mark.parametrize("is_own", [False, True])
    def test_a_certificate_of_another_host(
        self, authority: trustme.CA, trusted: str, monkeypatch: pytest.MonkeyPatch, *, is_own: bool
    ) -> None:
        """A certificate for another name ends the handshake."""
        monkeypatch.setenv("AWS_CA_BUNDLE", trusted)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("other.example").configure_cert(context)
        with Server(lambda _: CREATED, context) as server:
            error = failure(client_of(server.url, is_own=is_own))

        assert isinstance(error, ConnectionFailedError)
        assert "certificate not trusted" in error.reason
        assert [] == server.requests

    def test_a_port_that_speaks_no_tls(self) -> None:
        """The handshake fails."""
        with Server(lambda _: CREATED) as server:
            error = failure(client_of(f"https://127.0.0.1:{server.port}", attempts=1))

        assert isinstance(error, ConnectionFailedError)
        assert error.reason.startswith(f"127.0.0.1:{server.port}: ")

    def test_a_handshake_that_never_ends(self) -> None:
        """A server that accepts the connection and says nothing has not seen the request."""
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            error = failure(client_of(f"https://127.0.0.1:{port}", attempts=1, connect_timeout=0.2))

        assert isinstance(error, ConnectionFailedError)
        assert f"127.0.0.1:{port}: timed out while connecting" == error.reason

    @pytest.mark.parametrize("fault", list(TunnelFault))
    def test_a_proxy_that_makes_no_tunnel(self, fault: TunnelFault, tls: ssl.SSLContext) -> None:
        """A proxy that rejects the tunnel, or closes it before a request was sent."""
        with Server(lambda _: CREATED, tls) as server, Proxy(lambda: fault) as proxy:
            error = failure(client_of(server.url, proxies={"https": proxy.url}))

        assert isinstance(error, ConnectionFailedError)
        assert [] == server.requests

    def test_a_proxy_that_is_not_there(self) -> None:
        """The error names the proxy, and not the name and password that it was given."""
        with closed_port() as port:
            proxies = {"https": f"http://user:pa55word@127.0.0.1:{port}"}
            error = failure(client_of("https://profile.example", proxies=proxies))

        assert isinstance(error, ConnectionFailedError)
        assert f"the proxy 127.0.0.1:{port}: connection refused" == error.reason
        assert "pa55word" not in str(error)

    @pytest.mark.parametrize("proxy", ["http://127.0.0.1:abc", "http://user:pa#55word@127.0.0.1:1"])
    def test_a_proxy_whose_address_is_not_valid(self, proxy: str) -> None:
        """Nothing can be sent through it, and its address, which may hold a password, is not shown."""
        error = failure(client_of("https://profile.example", proxies={"https": proxy}))

        assert isinstance(error, ConnectionFailedError)
        assert error.reason.endswith("the address or the settings of the proxy are not valid")
        assert "pa" not in error.reason.replace("the settings of the proxy are not valid", "")

    def test_it_is_retried(self) -> None:
        """What was never sent is retried as botocore's mode says."""
        with closed_port() as port:
            client = client_of(f"http://127.0.0.1:{port}", attempts=3)
            attempts: list[object] = []
            client.boto3_client.meta.events.register(
                "before-send.customer-profiles", lambda request, **_: attempts.append(request)
            )
            failure(client)

        assert 3 == len(attempts)


class TestMayHaveBeenSent:
    """Once a connection was made, a create that fails has an unknown outcome and is not retried."""

    @pytest.mark.parametrize(
        ("action", "reason"),
        [
            (Drop.CLOSE, "the connection was closed before the response was complete"),
            (Drop.RESET, "the connection was closed before the response was complete"),
            (Drop.STALL, "no response within the read timeout"),
            (Last(b"\x00\x01\x02\r\n\r\n"), "the connection was closed before the response was complete"),
        ],
        ids=["closed", "reset", "stalled", "no HTTP"],
    )
    @pytest.mark.parametrize("with_tls", [False, True], ids=["http", "https"])
    def test_a_lost_response(
        self, action: Any, reason: str, *, with_tls: bool, tls: ssl.SSLContext, trusted: str, monkeypatch: Any
    ) -> None:
        """The request arrived once, and the error says where and why there was no response."""
        monkeypatch.setenv("AWS_CA_BUNDLE", trusted)
        with Server(lambda _: action, tls if with_tls else None) as server:
            error = failure(client_of(server.url, read_timeout=0.5 if action is Drop.STALL else 10))

        assert isinstance(error, OutcomeUnknownError)
        assert 1 == len(server.requests)
        # aiobotocore does not say of which host it could not read a response.
        place = "" if is_aiobotocore() and isinstance(action, Last) else f":{server.port}: "
        assert error.reason.endswith(f"{place}{reason}")

    def test_a_tunnel_that_breaks_after_the_request(
        self, tls: ssl.SSLContext, trusted: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """botocore says ``ProxyConnectionError``, which does not mean that nothing was sent."""
        monkeypatch.setenv("AWS_CA_BUNDLE", trusted)
        with Proxy() as proxy:

            def handle(_: HttpRequest) -> Drop:
                proxy.drop_connections()
                return Drop.CLOSE

            with Server(handle, tls) as server:
                error = failure(client_of(server.url, proxies={"https": proxy.url}))

        assert isinstance(error, OutcomeUnknownError)
        assert 1 == len(server.requests)

    @pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
    def test_while_the_caller_handles_another_failure(self, mode: str) -> None:
        """What the caller is handling is no evidence, although Python makes it the context of every exception."""
        retrying: Any = {"mode": mode, "total_max_attempts": 3}
        session = boto3.Session("access", "secret", region_name="eu-central-1")
        with closed_port() as port, Server(lambda _: Drop.CLOSE) as server:
            config = Config(retries=retrying)
            client = new_client("acme", session=session, endpoint_url=server.url, config=config)
            with pytest.raises(OutcomeUnknownError) as caught:
                self._create_while_handling(client, port)

        reason = "the connection was closed before the response was complete"
        assert f"127.0.0.1:{server.port}: {reason}" == caught.value.reason
        assert 1 == len(server.requests)

    def _create_while_handling(self, client: CustomerProfilesClient, port: int) -> None:
        try:
            urllib3.PoolManager(retries=False).request("GET", f"http://127.0.0.1:{port}")
        except urllib3.exceptions.NewConnectionError:
            client.create_profile(CUSTOMER)

    def test_a_hook_that_fails_after_the_response(self) -> None:
        """A hook of the caller's that fails behind a response leaves it open what the caller knows."""
        with Server(lambda _: CREATED) as server:
            client = client_of(server.url)

            def fails(**_: object) -> None:
                raise botocore.exceptions.EndpointConnectionError(endpoint_url="https://elsewhere.example")

            client.boto3_client.meta.events.register("after-call.customer-profiles.CreateProfile", fails)
            error = failure(client)

        assert isinstance(error, OutcomeUnknownError)
        assert "the call failed after the response had arrived" == error.reason

    def test_a_kept_connection_that_breaks(self) -> None:
        """A connection that served a call before and breaks in the next one proves nothing."""
        actions: Iterator[Action] = iter([CREATED, Drop.CLOSE])
        with Server(lambda _: next(actions)) as server:
            client = client_of(server.url)
            client.create_profile(CUSTOMER)
            error = failure(client)

        assert isinstance(error, OutcomeUnknownError)
        assert 2 == len(server.requests)

    @pytest.mark.parametrize("status", [400, 408])
    @pytest.mark.parametrize("code", ["RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete"])
    def test_a_timeout_of_the_service(self, status: int, code: str) -> None:
        """A code for a timeout leaves it open, and botocore would retry it."""
        body = json.dumps({"__type": code, "Message": "timeout"}).encode()
        with Server(lambda _: response(body, status)) as server:
            error = failure(client_of(server.url))

        assert isinstance(error, OutcomeUnknownError)
        assert (1, code) == (len(server.requests), error.cause_name)

    @pytest.mark.parametrize("status", [302, 500, 502, 503, 504])
    def test_a_gateways_page(self, status: int) -> None:
        """Whether the service behind a gateway got the request is not known."""
        with Server(lambda _: response(b"<html>Bad Gateway</html>", status)) as server:
            error = failure(client_of(server.url))

        assert isinstance(error, OutcomeUnknownError)
        assert (1, str(status)) == (len(server.requests), error.cause_name)
        assert f"the response has the HTTP status {status}" == error.reason


class TestOwnClient:
    """On a caller's own boto3 client botocore retries a create; the first doubtful attempt decides."""

    throttled = response(json.dumps({"__type": "ThrottlingException"}).encode(), 429)
    failed = response(json.dumps({"__type": "InternalServerException"}).encode(), 500)

    def test_failed_and_then_throttled(self) -> None:
        """A create that may have been stored by the first attempt is no rejected one."""
        actions = iter([self.failed, self.throttled, self.throttled])
        with Server(lambda _: next(actions)) as server:
            error = failure(client_of(server.url, is_own=True))

        assert isinstance(error, OutcomeUnknownError)
        assert ("InternalServerException", 3) == (error.cause_name, len(server.requests))

    def test_failed_and_then_not_to_be_read(self) -> None:
        """A response that botocore cannot parse says nothing about the attempt before it."""
        actions = iter([self.failed, response(b"[]", 429)])
        with Server(lambda _: next(actions)) as server:
            error = failure(client_of(server.url, is_own=True))

        assert isinstance(error, OutcomeUnknownError)
        assert ("InternalServerException", 2) == (error.cause_name, len(server.requests))

    def test_lost_and_then_unreachable(self) -> None:
        """A create whose response was lost is unknown, although the retries were never sent."""
        server = Server(lambda _: Drop.CLOSE)
        client = client_of(server.url, is_own=True)

        def stop_the_server(attempts: int, **_: object) -> None:
            if attempts == 1:
                server.stop()

        client.boto3_client.meta.events.register("needs-retry.customer-profiles", stop_the_server)
        error = failure(client)

        assert isinstance(error, OutcomeUnknownError)
        assert "ConnectionClosedError" == error.cause_name

    @pytest.mark.parametrize(
        "later",
        [
            botocore.exceptions.NoCredentialsError(),
            botocore.exceptions.TokenRetrievalError(provider="sso", error_msg="expired"),
            ValueError("a hook of the caller's"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_failed_and_then_not_sent(self, later: Exception) -> None:
        """Whatever keeps the retry from being sent, the first attempt may have been executed."""
        with Server(lambda _: self.failed) as server:
            client = client_of(server.url, is_own=True)

            def fail_the_second_time(request: Any, **_: object) -> None:
                if server.requests and request:
                    raise later

            client.boto3_client.meta.events.register("request-created.customer-profiles", fail_the_second_time)
            error = failure(client)

        assert isinstance(error, OutcomeUnknownError)
        assert ("InternalServerException", 1) == (error.cause_name, len(server.requests))

    def test_throttled_each_time(self) -> None:
        """A create that was throttled each time was certainly not executed."""
        with Server(lambda _: self.throttled) as server:
            assert isinstance(failure(client_of(server.url, is_own=True)), ThrottlingError)


class TestCredentials:
    """A failure while credentials are renewed is not the service's: the request was never sent."""

    @pytest.fixture
    def client(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str], Any]]:
        """Return a function that makes a client whose credentials come from a role, by way of an STS endpoint."""
        config = tmp_path / "config"
        config.write_text(
            "[profile base]\naws_access_key_id = a\naws_secret_access_key = b\n"
            "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\n"
            "source_profile = base\nregion = eu-central-1\n"
        )
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        with Server(lambda _: CREATED) as server:

            def make(sts_url: str) -> CustomerProfilesClient:
                monkeypatch.setenv("AWS_ENDPOINT_URL_STS", sts_url)
                session = boto3.Session(profile_name="role")
                config = Config(retries=retries(1))
                return new_client("acme", session=session, endpoint_url=server.url, config=config)

            yield make
            assert [] == server.requests

    @pytest.mark.parametrize(("status", "code"), [(403, "AccessDenied"), (500, "InternalFailure")])
    def test_sts_rejects(self, client: Callable[[str], Any], status: int, code: str) -> None:
        """An error of STS is named as what it is, and a create that was never sent is not unknown."""
        page = f"<ErrorResponse><Error><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"
        with Server(lambda _: response(page.encode(), status, {"Content-Type": "text/xml"})) as sts:
            error = failure(client(sts.url))

        assert isinstance(error, ConnectionFailedError)
        assert code == error.cause_name
        assert f"AssumeRole, made to renew credentials, was rejected with {code}" == error.reason

    def test_sts_cannot_be_reached(self, client: Callable[[str], Any]) -> None:
        """The reason names STS's host."""
        with closed_port() as port:
            error = failure(client(f"http://127.0.0.1:{port}"))

        assert isinstance(error, ConnectionFailedError)
        assert f"127.0.0.1:{port}: connection refused" == error.reason

    def test_sts_stalls(self, client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
        """A read timeout of STS's is no read timeout of ours."""
        monkeypatch.setattr("botocore.httpsession.DEFAULT_TIMEOUT", 0.2)
        monkeypatch.setattr("botocore.endpoint.DEFAULT_TIMEOUT", 0.2)
        with Server(lambda _: Drop.CLOSE) as sts:
            error = failure(client(sts.url))

        assert isinstance(error, ConnectionFailedError)
        assert [] != sts.requests
