"""The embedded service over HTTP: what plain boto3, a raw socket and a process see of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from customer_profiles_sdk import CustomerProfilesClient, CustomerProfilesError, Profile
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles, connection
from customer_profiles_sdk.local.server import Server

UNKNOWN = "0" * 32
ONE_ATTEMPT = Config(retries={"total_max_attempts": 1})
IMPATIENT = ONE_ATTEMPT.merge(Config(read_timeout=0.3))


@pytest.fixture
def server(service: LocalCustomerProfiles) -> Iterator[Server]:
    """Return a server of the embedded service."""
    with service.serve() as server:
        yield server


@pytest.fixture
def plain(server: Server, session: boto3.Session) -> Any:
    """Return a plain boto3 client of the server that retries nothing."""
    return session.client("customer-profiles", endpoint_url=server.url, config=ONE_ATTEMPT)


def exchange(server: Server, *pieces: bytes, half_close: bool = True) -> tuple[bytes, dict[bytes, bytes], Any]:
    """Send bytes and return the status line, the headers and the JSON of the response."""
    url = urlsplit(server.url)
    assert url.hostname
    assert url.port
    with socket.create_connection((url.hostname, url.port), timeout=30) as connection:
        for piece in pieces:
            connection.sendall(piece)
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(b": ") for line in lines)}
    return status, headers, json.loads(body[: int(headers[b"content-length"])])


class TestBoto3:
    """Plain boto3 against the server."""

    def test_a_profiles_life(self, plain: Any) -> None:
        """Create, update with clearing, read, search over several pages, delete."""
        ids = [plain.create_profile(DomainName="acme", AccountNumber="1", LastName="x")["ProfileId"] for _ in range(3)]
        plain.update_profile(DomainName="acme", ProfileId=ids[0], FirstName="Åna", LastName="")
        read = plain.batch_get_profile(DomainName="acme", ProfileIds=[ids[0], UNKNOWN])
        search = {"DomainName": "acme", "KeyName": "_account", "Values": ["1"], "MaxResults": 2}
        first = plain.search_profiles(**search)
        second = plain.search_profiles(**search, NextToken=first["NextToken"])
        plain.delete_profile(DomainName="acme", ProfileId=ids[0])

        assert [{"ProfileId": ids[0], "AccountNumber": "1", "FirstName": "Åna"}] == read["Profiles"]
        assert [UNKNOWN] == [error["ProfileId"] for error in read["Errors"]]
        assert ids == [item["ProfileId"] for item in (*first["Items"], *second["Items"])]
        assert not plain.batch_get_profile(DomainName="acme", ProfileIds=[ids[0]])["Profiles"]

    def test_rejections(self, plain: Any) -> None:
        """A rejection has the class that boto3 knows it by, and a request id."""
        with pytest.raises(plain.exceptions.BadRequestException, match="'firstName' failed to satisfy") as invalid:
            plain.create_profile(DomainName="acme", FirstName="x" * 256)
        with pytest.raises(plain.exceptions.ResourceNotFoundException, match="DomainName other is not found"):
            plain.create_profile(DomainName="other")

        assert invalid.value.response["ResponseMetadata"]["RequestId"]

    def test_the_sdk(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """The SDK's client is switched to the server by one environment variable."""
        monkeypatch.setenv("AWS_ENDPOINT_URL_CUSTOMER_PROFILES", server.url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        client = CustomerProfilesClient("acme", region_name="eu-central-1")

        profile_id = client.create_profile(Profile(first_name="Ana")).profile_id

        assert Profile(first_name="Ana") == client.get_profile(profile_id).profile

    def test_no_proxy_is_used(self, server: Server, monkeypatch: pytest.MonkeyPatch, session: boto3.Session) -> None:
        """A client on a loopback address connects directly, whatever proxy the environment names."""
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        client = CustomerProfilesClient("acme", session=session, endpoint_url=server.url)

        assert client.create_profile(Profile()).profile_id

    def test_connections_are_kept(self, server: Server) -> None:
        """Several requests go over one connection."""
        connection = HTTPConnection(urlsplit(server.url).netloc)
        with closing(connection):
            sockets = set()
            for _ in range(3):
                connection.request("GET", "/domains")
                assert b"acme" in connection.getresponse().read()
                sockets.add(connection.sock)

        assert 1 == len(sockets)

    def test_threads(self, server: Server, session: boto3.Session, service: LocalCustomerProfiles) -> None:
        """Many threads at once all get their responses."""
        client = CustomerProfilesClient("acme", session=session, endpoint_url=server.url)
        with ThreadPoolExecutor(8) as pool:
            ids = set(pool.map(lambda _: client.create_profile(Profile()).profile_id, range(100)))

        assert 100 == len(ids)
        assert 100 == len(service.requests)


class TestBadInput:
    """A malformed request gets a 4xx in the service's form, and the server goes on."""

    HEAD = b"POST /domains/acme/profiles HTTP/1.1\r\nHost: x\r\n"

    @pytest.mark.parametrize(
        ("pieces", "status", "code"),
        [
            ([HEAD, b"Content-Length: 1\r\n\r\n{"], b"400", b"BadRequestException"),
            ([HEAD, b"Content-Length: 9\r\n\r\n{}"], b"400", b"BadRequestException"),
            ([HEAD, b"Content-Length: -1\r\n\r\n{}"], b"400", b"BadRequestException"),
            ([HEAD, b"Content-Length: ten\r\n\r\n{}"], b"400", b"BadRequestException"),
            ([HEAD, b"Content-Length: 1048577\r\n\r\n", b"{}"], b"400", b"BadRequestException"),
            ([HEAD, b"Content-Length: 1048577\r\n\r\n", b" " * 1048577], b"413", b"RequestEntityTooLargeException"),
            (
                [HEAD, b"Transfer-Encoding: chunked\r\n\r\n", b"100001\r\n" + b" " * 0x100001 + b"\r\n0\r\n\r\n"],
                b"413",
                b"RequestEntityTooLargeException",
            ),
            ([HEAD, b"Content-Length: 9223372036854775808\r\n\r\n", b"{}"], b"413", b"RequestEntityTooLargeException"),
            ([HEAD, b"Content-Length: " + b"9" * 400 + b"\r\n\r\n{}"], b"400", b"BadRequestException"),
            ([HEAD, b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"], b"400", b"BadRequestException"),
            (
                [HEAD, b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"],
                b"400",
                b"BadRequestException",
            ),
            (
                [HEAD, b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"],
                b"400",
                b"BadRequestException",
            ),
            ([HEAD, b"Transfer-Encoding: gzip\r\n\r\n{}"], b"501", b"NotImplementedException"),
            ([HEAD, b"Transfer-Encoding: chunked\r\n\r\nten\r\n{}"], b"400", b"BadRequestException"),
            ([HEAD, b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}"], b"400", b"BadRequestException"),
            ([HEAD, b"Transfer-Encoding: chunked\r\n\r\n9\r\n{}"], b"400", b"BadRequestException"),
            ([HEAD, b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n"], b"400", b"BadRequestException"),
            ([HEAD, b"Transfer-Encoding: chunked\r\n\r\n", b"f" * 400, b"\r\n"], b"400", b"BadRequestException"),
            ([HEAD, b"x: " + b"y" * 70_000, b"\r\n\r\n"], b"431", b"RequestHeaderFieldsTooLargeException"),
            ([HEAD, b"x: y\r\n" * 20_000, b"\r\n"], b"431", b"RequestHeaderFieldsTooLargeException"),
            ([HEAD, b"x: " + b"y" * 10_000_000], b"431", b"RequestHeaderFieldsTooLargeException"),
            ([b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"], b"414", b"UriTooLongException"),
            ([HEAD, b'Content-Length: 23\r\n\r\n{"FirstName": "\\ud83d"}'], b"400", b"BadRequestException"),
            ([HEAD, b'Content-Length: 20\r\n\r\n{"FirstName": "\xed\xa0\xbd"}'], b"400", b"BadRequestException"),
            ([HEAD, b'Content-Length: 15\r\n\r\n{"Gender": NaN}'], b"400", b"BadRequestException"),
            ([b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"], b"404", b"UnknownOperationException"),
            ([b"PATCH /domains/acme HTTP/1.1\r\nHost: x\r\n\r\n"], b"405", b"MethodNotAllowedException"),
            ([b"nonsense\r\n\r\n"], b"400", b"BadRequestException"),
            ([b"GET /domains HTTP/1.1\r\nno colon\r\n\r\n"], b"400", b"BadRequestException"),
        ],
    )
    def test_it_is_rejected(
        self,
        server: Server,
        service: LocalCustomerProfiles,
        capfd: pytest.CaptureFixture[str],
        pieces: list[bytes],
        status: bytes,
        code: bytes,
    ) -> None:
        """Each kind is rejected, nothing is stored or printed, and the next request is handled."""
        line, headers, content = exchange(server, *pieces)

        assert status == line.split()[1]
        assert code == headers[b"x-amzn-errortype"]
        assert content["Message"]
        assert headers[b"x-amzn-requestid"]
        assert 0 == service.boto3_client().get_domain(DomainName="acme")["Stats"]["ProfileCount"]
        assert b"200" == exchange(server, b"GET /domains HTTP/1.1\r\nHost: x\r\n\r\n")[0].split()[1]
        assert ("", "") == capfd.readouterr()

    @pytest.mark.parametrize("number", [10**30, -(10**30), 10**400])
    def test_huge_numbers(self, server: Server, number: int) -> None:
        """A number of any size is compared with the limits of the model."""
        body = b'{"DefaultExpirationDays": %d}' % number
        head = b"POST /domains/new HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
        line, _, content = exchange(server, head, body)

        assert b"400" == line.split()[1]
        assert "'defaultExpirationDays' failed to satisfy constraint: Member must have value" in content["Message"]

    def test_a_request_that_stops_halfway(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """A request whose rest does not come is rejected after a while."""
        monkeypatch.setattr(connection, "RECEIVE_SECONDS", 0.5)
        line, headers, _ = exchange(server, self.HEAD, b"Content-Length: 9\r\n\r\n{", half_close=False)

        assert b"408" == line.split()[1]
        assert b"RequestTimeoutException" == headers[b"x-amzn-errortype"]


Connect = Callable[[Config], Any]


class TestFaultTypes:
    """Faults on purpose, in process and over HTTP alike."""

    @pytest.fixture(params=["in process", "over HTTP"])
    def connect(
        self, request: pytest.FixtureRequest, service: LocalCustomerProfiles, session: boto3.Session
    ) -> Connect:
        """Return a function that makes a plain boto3 client of a config."""
        if request.param == "in process":
            return lambda config: service.boto3_client(config=config)
        url: str = request.getfixturevalue("server").url
        return lambda config: session.client("customer-profiles", endpoint_url=url, config=config)

    def stored(self, service: LocalCustomerProfiles) -> int:
        """Return how many profiles there are, with no more faults."""
        service.faults = Faults()
        count: int = service.boto3_client().get_domain(DomainName="acme")["Stats"]["ProfileCount"]
        return count

    @pytest.mark.parametrize(
        ("fault_type", "code", "stored"),
        [
            (FaultType.THROTTLED, "ThrottlingException", 0),
            (FaultType.CONCURRENT_UPDATE, "BadRequestException", 0),
            (FaultType.FAILED, "InternalServerException", 1),
        ],
    )
    def test_rejections(
        self, service: LocalCustomerProfiles, connect: Connect, fault_type: FaultType, code: str, stored: int
    ) -> None:
        """Throttling and concurrent updates keep a request from being carried out; a failure comes after it was."""
        service.faults = Faults(Fault(fault_type))
        with pytest.raises(ClientError) as caught:
            connect(ONE_ATTEMPT).create_profile(DomainName="acme")

        response: Any = caught.value.response
        assert code == response["Error"]["Code"]
        assert stored == self.stored(service)

    def test_a_lost_response(self, service: LocalCustomerProfiles, connect: Connect) -> None:
        """A lost response is a closed connection after the profile was stored."""
        service.faults = Faults(Fault(FaultType.LOST))
        with pytest.raises(ConnectionClosedError):
            connect(ONE_ATTEMPT).create_profile(DomainName="acme")

        assert 1 == self.stored(service)

    def test_a_stalled_response(self, service: LocalCustomerProfiles, connect: Connect) -> None:
        """A stall longer than the client's read timeout is a timeout after the profile was stored; a shorter is not."""
        service.faults = Faults(Fault(FaultType.STALLED), stall_seconds=0.6)
        with pytest.raises(ReadTimeoutError):
            connect(IMPATIENT).create_profile(DomainName="acme")
        service.faults = Faults(Fault(FaultType.STALLED), stall_seconds=0.05)
        client = connect(ONE_ATTEMPT)
        started = time.monotonic()
        client.create_profile(DomainName="acme")

        assert time.monotonic() - started >= 0.05
        assert 2 == self.stored(service)

    def test_a_quota(self, service: LocalCustomerProfiles, connect: Connect) -> None:
        """Above the quota requests are throttled, and after a pause they are not."""
        service.faults = Faults(requests_per_second=5)
        client = connect(ONE_ATTEMPT)

        def is_throttled() -> bool:
            try:
                client.list_domains()
            except client.exceptions.ThrottlingException:
                return True
            return False

        started = time.monotonic()
        at_once = [is_throttled() for _ in range(50)]
        client.get_domain(DomainName="acme")  # each operation has a quota of its own
        refilled = 5 * (time.monotonic() - started)
        time.sleep(0.3)

        assert not any(at_once[:5])
        assert 5 <= at_once.count(False) <= 5 + refilled
        assert not is_throttled()


class TestFaults:
    """How often faults happen, and to which operations."""

    def test_the_same_seed(self) -> None:
        """The same seed and order of requests give the same faults, at about the rate asked for."""

        def happened(seed: int) -> list[FaultType | None]:
            faults = Faults(Fault(FaultType.LOST, rate=0.3), Fault(FaultType.FAILED, rate=0.2), seed=seed)
            return [faults.next_fault("CreateProfile") for _ in range(1000)]

        assert happened(1) == happened(1)
        assert happened(1) != happened(2)
        assert 240 < happened(1).count(FaultType.LOST) < 360
        assert 90 < happened(1).count(FaultType.FAILED) < 190

    def test_the_faults_of_a_service(self) -> None:
        """The faults that a service is made with can be read and replaced."""
        faults = Faults(seed=1)
        with LocalCustomerProfiles(faults=faults) as service:
            assert faults is service.faults
            service.faults = others = Faults(seed=2)
            assert others is service.faults

    def test_operations_and_times(self) -> None:
        """A fault happens to the operations named only, and so often at most."""
        faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"], times=2))

        assert [None, None] == [faults.next_fault("UpdateProfile") for _ in range(2)]
        assert [FaultType.LOST, FaultType.LOST, None] == [faults.next_fault("CreateProfile") for _ in range(3)]


class TestCommand:
    """``python -m customer_profiles_sdk.local``."""

    @contextmanager
    def running(self, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
        """Run the command and yield its process and address."""
        command = [sys.executable, "-m", "customer_profiles_sdk.local", "--port", "0", *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            try:
                assert "domains: acme" in process.stdout.readline()
                yield process, process.stdout.readline().strip().partition("=")[2]
            finally:
                process.kill()

    def client(self, url: str, session: boto3.Session) -> Any:
        """Return a plain boto3 client of the command."""
        return session.client("customer-profiles", endpoint_url=url, config=ONE_ATTEMPT)

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_it_stops_when_told(self, number: signal.Signals, session: boto3.Session) -> None:
        """It prints its address, handles requests, and stops cleanly on SIGTERM and SIGINT."""
        with self.running("--domain", "acme", "--search-key", "LoyaltyId") as (process, url):
            client = self.client(url, session)
            profile_id = client.create_profile(DomainName="acme")["ProfileId"]
            client.add_profile_key(DomainName="acme", ProfileId=profile_id, KeyName="LoyaltyId", Values=["1"])
            process.send_signal(number)

            assert 0 == process.wait(timeout=20)

    def test_what_was_acknowledged_survives_a_kill(self, tmp_path: Path) -> None:
        """Killed in the middle of writes, it has every profile that it acknowledged, and it opens its file again."""
        path = tmp_path / "profiles.sqlite"
        acknowledged: list[str] = []
        with self.running("--domain", "acme", "--path", str(path)) as (process, url):

            def write(number: int) -> None:
                # boto3 alone would take a response that the kill cut short for one without an id.
                session = boto3.Session("id", "secret", region_name="eu-central-1")
                client = CustomerProfilesClient("acme", session=session, endpoint_url=url)
                while True:
                    try:
                        result = client.create_profile(Profile(account_number=str(number)))
                    except CustomerProfilesError:
                        return
                    acknowledged.append(result.profile_id)

            with ThreadPoolExecutor(4) as pool:
                writers = [pool.submit(write, number) for number in range(4)]
                while len(acknowledged) < 100 and not all(writer.done() for writer in writers):
                    time.sleep(0.01)
                os.kill(process.pid, signal.SIGKILL)
                for writer in writers:
                    writer.result()

        with LocalCustomerProfiles(domains=["acme"], path=path) as service:
            result = service.client("acme").get_profiles(acknowledged)
        assert () == result.failed
        assert len(acknowledged) == len(result.found) >= 100

    def test_what_it_cannot_do(self, server: Server) -> None:
        """An address that others can reach, or a port that is taken, ends it with a message that says so."""
        taken = str(urlsplit(server.url).port)
        for arguments, message in (
            (["--host", "0.0.0.0", "--port", "0"], "allow_remote"),
            (["--port", taken], "in use"),
        ):
            command = [sys.executable, "-m", "customer_profiles_sdk.local", *arguments]
            process = subprocess.run(command, capture_output=True, text=True, check=False)
            assert 1 == process.returncode
            assert message in process.stderr


def test_ipv6(service: LocalCustomerProfiles, session: boto3.Session) -> None:
    """On an IPv6 address the server's URL has it in brackets, as clients take it."""
    with service.serve(host="::1") as server:
        client = CustomerProfilesClient("acme", session=session, endpoint_url=server.url)

        assert server.url.startswith("http://[::1]:")
        assert client.create_profile(Profile()).profile_id


def test_without_the_extra() -> None:
    """Without the extra ``local``, serving ends with a message that says what to install."""
    script = (
        "import sys; sys.modules['h11'] = None\n"
        "from customer_profiles_sdk.local import __main__\n"
        "sys.exit(__main__.main(['--port', '0']))"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert 1 == process.returncode
    assert "pip install 'customer-profiles-sdk[local]'" in process.stderr


class TestPlugin:
    """The fixtures for people who test code that uses the SDK."""

    def test_the_fixtures(
        self, local_customer_profiles: LocalCustomerProfiles, customer_profiles_client: CustomerProfilesClient
    ) -> None:
        """customer_profiles_client is a client of local_customer_profiles."""
        customer_profiles_client.create_profile(Profile(first_name="Ana"))

        assert ["CreateProfile"] == [request.operation for request in local_customer_profiles.requests]

    def test_it_is_there(self, pytester: pytest.Pytester) -> None:
        """Once the SDK is installed its fixtures are there."""
        pytester.makepyfile(
            """
            def test_fixture(customer_profiles_client):
                assert customer_profiles_client.domain_name == "test"
            """
        )

        pytester.runpytest_subprocess("-p", "no:cov").assert_outcomes(passed=1)

    def test_it_imports_nothing(self, pytester: pytest.Pytester) -> None:
        """In a test run that does not use the fixtures, the plugin is all of the SDK that is imported."""
        pytester.makepyfile(
            """
            import sys

            def test_nothing():
                assert "pytest_customer_profiles" in sys.modules
                ours = {"customer_profiles_sdk", "attr", "attrs", "boto3", "botocore"}
                assert [] == [name for name in sys.modules if name.partition(".")[0] in ours]
            """
        )

        pytester.runpytest_subprocess("-p", "no:cov").assert_outcomes(passed=1)

    @pytest.mark.parametrize("plugin", ["asyncio", "anyio"])
    def test_the_asynchronous_fixture(self, pytester: pytest.Pytester, plugin: str) -> None:
        """pytest-asyncio and anyio can both use it, beside the synchronous one; no warning is given."""
        pytester.makepyfile(
            f"""
            import pytest
            from customer_profiles_sdk import Profile

            @pytest.fixture
            def anyio_backend():
                return "asyncio"

            @pytest.mark.{plugin}
            async def test_fixture(async_customer_profiles_client, customer_profiles_client):
                created = await async_customer_profiles_client.create_profile(Profile(first_name="Ana"))
                assert "Ana" == customer_profiles_client.get_profile(created.profile_id).profile.first_name
            """
        )
        options = ["-p", "no:cov", "-W", "error", "-o", "asyncio_default_fixture_loop_scope=function"]

        pytester.runpytest_subprocess(*options).assert_outcomes(passed=1)
