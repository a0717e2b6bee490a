"""The embedded service over HTTP: what plain boto3, a raw socket and a process see of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
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

from customer_profiles_sdk import CustomerProfilesClient, Profile
from customer_profiles_sdk.local import Fault, Faults, LocalCustomerProfiles, Trouble, __main__
from customer_profiles_sdk.local.server import Server

UNKNOWN = "0" * 32
ONE_ATTEMPT = Config(retries={"total_max_attempts": 1}, read_timeout=1)


@pytest.fixture
def server(service: LocalCustomerProfiles) -> Iterator[Server]:
    """Return a server of the embedded service."""
    with service.serve() as server:
        yield server


@pytest.fixture
def plain(server: Server, session: boto3.Session) -> Any:
    """Return a plain boto3 client that sends nothing again, on the server."""
    return session.client("customer-profiles", endpoint_url=server.url, config=ONE_ATTEMPT)


def exchange(server: Server, *pieces: bytes, half_close: bool = True) -> tuple[bytes, dict[bytes, bytes], Any]:
    """Send bytes and return the status line, the headers and the JSON of the answer."""
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

    def test_refusals(self, plain: Any) -> None:
        """A refusal has the class that boto3 knows it by, and a request id."""
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

    def test_no_proxy_is_asked(self, server: Server, monkeypatch: pytest.MonkeyPatch, session: boto3.Session) -> None:
        """A client on a loopback address goes there itself, whatever proxy the environment names."""
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
        """Many threads at once are all answered."""
        client = CustomerProfilesClient("acme", session=session, endpoint_url=server.url)
        with ThreadPoolExecutor(8) as pool:
            ids = set(pool.map(lambda _: client.create_profile(Profile()).profile_id, range(100)))

        assert 100 == len(ids)
        assert 100 == len(service.requests)


class TestBadInput:
    """What is no proper request gets a 4xx in the service's shape, and the server goes on."""

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
            ([b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"], b"404", b"UnknownOperationException"),
            ([b"PATCH /domains/acme HTTP/1.1\r\nHost: x\r\n\r\n"], b"405", b"MethodNotAllowedException"),
            ([b"nonsense\r\n\r\n"], b"400", b"BadRequestException"),
            ([b"GET /domains HTTP/1.1\r\nno colon\r\n\r\n"], b"400", b"BadRequestException"),
        ],
    )
    def test_it_is_refused(
        self, server: Server, service: LocalCustomerProfiles, pieces: list[bytes], status: bytes, code: bytes
    ) -> None:
        """Each kind of malformed request is refused, nothing is stored, and the next one is answered."""
        line, headers, content = exchange(server, *pieces)

        assert status == line.split()[1]
        assert code == headers[b"x-amzn-errortype"]
        assert content["Message"]
        assert headers[b"x-amzn-requestid"]
        assert 0 == service.boto3_client().get_domain(DomainName="acme")["Stats"]["ProfileCount"]
        assert b"200" == exchange(server, b"GET /domains HTTP/1.1\r\nHost: x\r\n\r\n")[0].split()[1]

    def test_a_request_that_stops_halfway(self, server: Server) -> None:
        """A request of which no more comes is told so after a while."""
        server._server.timeout = 0.5
        line, headers, _ = exchange(server, self.HEAD, b"Content-Length: 9\r\n\r\n{", half_close=False)

        assert b"408" == line.split()[1]
        assert b"RequestTimeoutException" == headers[b"x-amzn-errortype"]


class TestTrouble:
    """Trouble on purpose, in process and over HTTP alike."""

    @pytest.fixture(params=["in process", "over HTTP"])
    def client(self, request: pytest.FixtureRequest, service: LocalCustomerProfiles) -> Any:
        """Return a plain boto3 client that sends nothing again."""
        if request.param == "in process":
            return service.boto3_client(config=ONE_ATTEMPT)
        return request.getfixturevalue("plain")

    def stored(self, service: LocalCustomerProfiles) -> int:
        """Return how many profiles there are, past all trouble."""
        assert service.faults is not None
        service.faults = Faults()
        count: int = service.boto3_client().get_domain(DomainName="acme")["Stats"]["ProfileCount"]
        return count

    @pytest.mark.parametrize(
        ("trouble", "code", "stored"),
        [
            (Trouble.THROTTLED, "ThrottlingException", 0),
            (Trouble.CONCURRENT_UPDATE, "BadRequestException", 0),
            (Trouble.FAILED, "InternalServerException", 1),
        ],
    )
    def test_refusals(
        self, service: LocalCustomerProfiles, client: Any, trouble: Trouble, code: str, stored: int
    ) -> None:
        """Throttling and concurrent updates keep a request from being carried out; a failure comes after it was."""
        service.faults = Faults(Fault(trouble))
        with pytest.raises(ClientError) as caught:
            client.create_profile(DomainName="acme")

        response: Any = caught.value.response
        assert code == response["Error"]["Code"]
        assert stored == self.stored(service)

    def test_a_lost_answer(self, service: LocalCustomerProfiles, client: Any) -> None:
        """A lost answer is a dropped connection after the profile was stored."""
        service.faults = Faults(Fault(Trouble.LOST))
        with pytest.raises(ConnectionClosedError):
            client.create_profile(DomainName="acme")

        assert 1 == self.stored(service)

    def test_a_stalled_answer(self, service: LocalCustomerProfiles, client: Any) -> None:
        """A stall longer than the client's patience is a timeout after the profile was stored; a shorter one is not."""
        service.faults = Faults(Fault(Trouble.STALLED), stall_seconds=1.5)
        with pytest.raises(ReadTimeoutError):
            client.create_profile(DomainName="acme")
        service.faults = Faults(Fault(Trouble.STALLED), stall_seconds=0.05)
        started = time.monotonic()
        client.create_profile(DomainName="acme")

        assert time.monotonic() - started >= 0.05
        assert 2 == self.stored(service)

    def test_a_quota(self, service: LocalCustomerProfiles, client: Any) -> None:
        """Above the quota requests are throttled, and after a pause they are not."""
        service.faults = Faults(requests_per_second=5)

        def refused() -> bool:
            try:
                client.list_domains()
            except client.exceptions.ThrottlingException:
                return True
            return False

        started = time.monotonic()
        at_once = [refused() for _ in range(50)]
        client.get_domain(DomainName="acme")  # each operation has a quota of its own
        refilled = 5 * (time.monotonic() - started)
        time.sleep(0.5)

        assert not any(at_once[:5])
        assert 5 <= at_once.count(False) <= 5 + refilled
        assert not refused()


class TestFaults:
    """How often trouble strikes, and where."""

    def test_the_same_seed_strikes_the_same(self) -> None:
        """The same seed and order of requests make the same trouble, at about the rate asked for."""

        def struck(seed: int) -> list[Trouble | None]:
            faults = Faults(Fault(Trouble.LOST, rate=0.3), Fault(Trouble.FAILED, rate=0.2), seed=seed)
            return [faults.strike("CreateProfile") for _ in range(1000)]

        assert struck(1) == struck(1)
        assert struck(1) != struck(2)
        assert 240 < struck(1).count(Trouble.LOST) < 360
        assert 90 < struck(1).count(Trouble.FAILED) < 190

    def test_operations_and_times(self) -> None:
        """A fault strikes the operations named only, and so often at most."""
        faults = Faults(Fault(Trouble.LOST, operations=["CreateProfile"], times=2))

        assert [None, None] == [faults.strike("UpdateProfile") for _ in range(2)]
        assert [Trouble.LOST, Trouble.LOST, None] == [faults.strike("CreateProfile") for _ in range(3)]


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
        """It says where it is, answers, and stops cleanly on SIGTERM and SIGINT."""
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
                client = self.client(url, boto3.Session("id", "secret", region_name="eu-central-1"))
                while True:
                    try:
                        answer = client.create_profile(DomainName="acme", AccountNumber=str(number))
                    except (ConnectionClosedError, OSError, ReadTimeoutError):
                        return
                    acknowledged.append(answer["ProfileId"])

            with ThreadPoolExecutor(4) as pool:
                writers = [pool.submit(write, number) for number in range(4)]
                while len(acknowledged) < 100 and not all(writer.done() for writer in writers):
                    time.sleep(0.01)
                os.kill(process.pid, signal.SIGKILL)
                for writer in writers:
                    writer.exception()

        with LocalCustomerProfiles(domains=["acme"], path=path) as service:
            result = service.client("acme").get_profiles(acknowledged)
        assert () == result.failed
        assert len(acknowledged) == len(result.found) >= 100

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # cheroot leaves its socket open
    def test_what_it_cannot_do(self, capsys: pytest.CaptureFixture[str], server: Server) -> None:
        """An address that others can reach, or a port that is taken, ends it with a word on what is wrong."""
        taken = str(urlsplit(server.url).port)

        assert 1 == __main__.main(["--host", "0.0.0.0", "--port", "0"])
        assert "allow_remote" in capsys.readouterr().err
        assert 1 == __main__.main(["--port", taken])
        assert capsys.readouterr().err

    def test_it_runs_until_told(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """In the words of the code: it serves, waits to be told, and returns 0."""
        handlers: dict[int, Any] = {}
        monkeypatch.setattr(signal, "signal", handlers.__setitem__)

        class ToldAtOnce:
            def set(self) -> None:
                """Do nothing."""

            def wait(self) -> None:
                handlers[signal.SIGTERM](signal.SIGTERM, None)

        monkeypatch.setattr(__main__, "Event", ToldAtOnce)

        assert 0 == __main__.main(["--port", "0", "--host", "::1", "--domain", "acme"])
        assert "AWS_ENDPOINT_URL_CUSTOMER_PROFILES=http://[::1]:" in capsys.readouterr().out


def test_serving_needs_the_extra(service: LocalCustomerProfiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without cheroot, serving says what to install; everything else works."""
    monkeypatch.setitem(sys.modules, "cheroot.server", None)
    monkeypatch.delitem(sys.modules, "customer_profiles_sdk.local.server")

    with pytest.raises(RuntimeError, match=r"pip install 'customer-profiles-sdk\[local\]'"):
        service.serve()


def test_without_the_extra() -> None:
    """Without the extra installed the message says what to install."""
    script = (
        "import sys; sys.modules['cheroot.server'] = None\n"
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

    def test_it_is_there_and_imports_no_boto3(self, pytester: pytest.Pytester) -> None:
        """Once the SDK is installed the fixtures are there, and who does not use them does not import boto3."""
        pytester.makepyfile(
            test_one="""
            import sys

            def test_nothing():
                assert not {"boto3", "botocore"} & set(sys.modules)
            """,
            test_two="""
            def test_fixture(customer_profiles_client):
                assert customer_profiles_client.domain_name == "test"
            """,
        )
        result = pytester.runpytest_subprocess("-p", "no:cov")

        result.assert_outcomes(passed=2)
