"""The embedded service's connections: many at once, slow, silent, stalled and dropped."""

import gc
import json
import logging
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config

from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles, connection
from customer_profiles_sdk.local.server import Server
from customer_profiles_sdk.local.wire import Request, Response

LARGE = {"AccountNumber": "1", "Attributes": {f"a{number}": "x" * 255 for number in range(100)}}
SEARCH = (
    b"POST /domains/acme/profiles/search HTTP/1.1\r\nHost: x\r\nContent-Length: 39\r\n\r\n"
    b'{"KeyName": "_account", "Values":["1"]}'
)
LIST = b"GET /domains HTTP/1.1\r\nHost: x\r\n\r\n"
CREATE = b"POST /domains/acme/profiles HTTP/1.1\r\nHost: x\r\n"
SOON = 5.0
"""Seconds that are much for a response and less than any time limit of the server's."""


@pytest.fixture
def server(service: LocalCustomerProfiles) -> Iterator[Server]:
    """Return a server of the embedded service."""
    with service.serve() as server:
        yield server


def connect(server: Server) -> socket.socket:
    """Return a new connection."""
    url = urlsplit(server.url)
    return socket.create_connection((url.hostname or "", url.port or 0), timeout=30)


def read_all(connection: socket.socket) -> bytes:
    """Return what comes until the server closes the connection."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def read_response(connection: socket.socket) -> tuple[bytes, bytes]:
    """Return the head and the body of one response."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line_end = connection.recv(65536, socket.MSG_PEEK).find(b"\n") + 1
        piece = connection.recv(line_end or 65536)
        assert piece, head
        head += piece
    (length,) = (
        int(line.split(b": ")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    body = b""
    while len(body) < length:
        body += connection.recv(length - len(body))
    return head, body


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    started = time.monotonic()
    call()
    return time.monotonic() - started


def is_cut_off(connection: socket.socket, data: bytes) -> bool:
    """Send again and again, up to 256 MiB, and return whether the server closed the connection."""
    with suppress(ConnectionResetError, BrokenPipeError):
        for _ in range(256 * 1024 * 1024 // len(data)):
            connection.sendall(data)
        return False
    return True


def list_domains(server: Server) -> bytes:
    """Send one request over a new connection and return the response's head."""
    with connect(server) as connection:
        connection.sendall(LIST)
        return read_response(connection)[0]


class TestMany:
    """Many connections at once."""

    def test_a_burst(self, server: Server) -> None:
        """Two hundred connections that are opened at once are all accepted and get their responses."""
        with ExitStack() as stack:

            def burst() -> None:
                connections = [stack.enter_context(connect(server)) for _ in range(200)]
                for each in connections:
                    each.sendall(LIST)
                assert {b"HTTP/1.1 200 OK"} == {read_response(each)[0].split(b"\r\n")[0] for each in connections}

            assert seconds(burst) < SOON

    def test_64_threads_of_boto3(self, server: Server, session: boto3.Session, service: LocalCustomerProfiles) -> None:
        """So many threads with a connection each get their responses at the first attempt."""
        config = Config(retries={"total_max_attempts": 1}, max_pool_connections=64)
        client = session.client("customer-profiles", endpoint_url=server.url, config=config)
        barrier = threading.Barrier(64)

        def create(_: int) -> str:
            barrier.wait()
            profile_id: str = client.create_profile(DomainName="acme")["ProfileId"]
            return profile_id

        with ThreadPoolExecutor(64) as pool:
            assert 64 == len(set(pool.map(create, range(64))))

        assert 64 == len(service.requests)

    def test_silent_connections(self, server: Server) -> None:
        """Connections on which nothing, or half a request, arrives delay nobody."""
        with ExitStack() as stack:
            for number in range(100):
                silent = stack.enter_context(connect(server))
                silent.sendall((b"", b"GET", CREATE, CREATE + b"Content-Length: 9\r\n\r\n{")[number % 4])

            assert seconds(lambda: list_domains(server)) < SOON

    def test_stalled_responses(self, server: Server, service: LocalCustomerProfiles) -> None:
        """Stalled responses delay nobody, nor the server's stop."""
        service.faults = Faults(Fault(FaultType.STALLED), stall_seconds=600)
        with ExitStack() as stack:
            for _ in range(50):
                stack.enter_context(connect(server)).sendall(LIST)
            while len(service.requests) < 50:
                time.sleep(0.01)
            service.faults = Faults()

            assert seconds(lambda: list_domains(server)) < SOON
            assert seconds(server.stop) < SOON

    def test_more_than_can_be_open(self) -> None:
        """Where no more files can be open, new connections wait until others are closed, and one line says so."""
        script = """
import resource
from customer_profiles_sdk.local.__main__ import main

_, limit = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (48, limit))
main(["--port", "0"])
"""
        command = [sys.executable, "-c", script]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.readline()
            address = ("127.0.0.1", int(process.stdout.readline().rpartition(":")[2]))
            with ExitStack() as stack:
                for _ in range(100):
                    many = stack.enter_context(socket.create_connection(address, timeout=30))
                    many.sendall(LIST)
                assert "new connections have to wait: Too many open files\n" == process.stderr.readline()
                time.sleep(1.2)  # the server looks every half a second, and says no more
            with socket.create_connection(address, timeout=30) as one:
                one.sendall(LIST)
                assert read_response(one)[0].startswith(b"HTTP/1.1 200 OK\r\n")
            process.terminate()
            _, printed = process.communicate(timeout=30)

        assert ("", 0) == (printed, process.returncode)

    def test_one_that_is_gone(self, server: Server) -> None:
        """Where a connection is gone before it is accepted, the next one is."""
        is_done = threading.Event()
        server._loop.call_soon_threadsafe(server._accept)
        server._loop.call_soon_threadsafe(is_done.set)

        assert is_done.wait(30)
        assert list_domains(server).startswith(b"HTTP/1.1 200 OK\r\n")


class TestKeepAlive:
    """Several requests over one connection."""

    def test_pipelining(self, server: Server, service: LocalCustomerProfiles) -> None:
        """Requests that are sent without waiting for responses get them in their order, also behind a stalled one."""
        service.faults = Faults(Fault(FaultType.STALLED, times=1), stall_seconds=0.1)
        with connect(server) as connection:
            connection.sendall(LIST + CREATE + b"Content-Length: 2\r\n\r\n{}" + LIST)
            bodies = [json.loads(read_response(connection)[1]) for _ in range(3)]

        assert ["Items", "ProfileId", "Items"] == [next(iter(body)) for body in bodies]

    def test_chunks_with_trailers(self, server: Server) -> None:
        """Trailers after the chunks of a body are no part of the next request."""
        chunks = b"Transfer-Encoding: chunked\r\n\r\n2;x=y\r\n{}\r\n0\r\nChecksum: 1\r\nOther: 2\r\n\r\n"
        with connect(server) as connection:
            for _ in range(2):
                connection.sendall(CREATE + chunks)
                assert b"ProfileId" in read_response(connection)[1]

    def test_head(self, server: Server) -> None:
        """A response to HEAD has no body, so the next response begins where it is expected."""
        with connect(server) as connection:
            connection.sendall(LIST.replace(b"GET", b"HEAD") + LIST)
            received = b""
            while not received.endswith(b"}"):
                received += connection.recv(65536)

        head, _, rest = received.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 405 ")
        assert rest.startswith(b"HTTP/1.1 200 OK\r\n")

    def test_expect_100_continue(self, server: Server) -> None:
        """A client that waits for leave to send its body gets it."""
        with connect(server) as connection:
            connection.sendall(CREATE + b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            assert b"HTTP/1.1 100 \r\n\r\n" == connection.recv(65536)
            connection.sendall(b"{}")
            assert b"ProfileId" in read_response(connection)[1]

    @pytest.mark.parametrize("request_line", [b"GET /domains HTTP/1.0", b"GET /domains HTTP/1.1\r\nConnection: close"])
    def test_a_client_that_keeps_none(self, server: Server, request_line: bytes) -> None:
        """A connection is closed after the response where the client says so."""
        with connect(server) as connection:
            connection.sendall(request_line + b"\r\nHost: x\r\n\r\n")

            assert read_all(connection).startswith(b"HTTP/1.1 200 OK\r\n")

    def test_an_idle_connection_is_closed(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """A connection on which no more requests come is closed after a while."""
        monkeypatch.setattr(connection, "IDLE_SECONDS", 0.2)
        with connect(server) as silent:
            silent.sendall(LIST)
            assert b"acme" in read_all(silent)

    def test_a_client_that_leaves(self, server: Server) -> None:
        """A connection that a client closes, with or without a request on its way, is closed here too."""
        for begun in (b"", LIST, CREATE):
            with connect(server) as gone:
                gone.sendall(begun)
        while server._connections:
            time.sleep(0.01)

        assert b"200" in list_domains(server)


class TestBounds:
    """What a client can make the server keep."""

    def test_a_client_that_reads_nothing(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """Responses that are not taken stop the handling of more requests, and end the connection after a while."""
        monkeypatch.setattr(connection, "RECEIVE_SECONDS", 0.5)
        with connect(server) as deaf:
            assert is_cut_off(deaf, LIST * 1000)

            assert b"200" in list_domains(server)

    def test_a_client_that_reads_late(self, server: Server, service: LocalCustomerProfiles) -> None:
        """All responses come, however late they are read, and those to requests that waited for it too."""
        service.boto3_client().create_profile(DomainName="acme", **LARGE)
        count = 1000
        with connect(server) as slow:
            slow.sendall(SEARCH * count)
            handled = -1
            while handled != len(service.requests):
                handled = len(service.requests)
                time.sleep(0.1)
            for _ in range(count):
                assert b"x" * 255 in read_response(slow)[1]

        assert handled < count

    @pytest.mark.parametrize("head", ["HTTP/1.1", "HTTP/1.0", "HTTP/1.1\r\nConnection: close"])
    @pytest.mark.parametrize("is_half_closed", [True, False])
    def test_a_client_that_reads_slowly(self, monkeypatch: pytest.MonkeyPatch, head: str, is_half_closed: bool) -> None:  # noqa: FBT001
        """A large response that is taken bit by bit comes whole, however long it takes."""
        monkeypatch.setattr(connection, "RECEIVE_SECONDS", 0.5)
        monkeypatch.setattr(connection, "LINGER_SECONDS", 0.1)
        size = 16 * 1024 * 1024
        with Server(lambda _: Response(200, {}, bytes(size))) as server, connect(server) as slow:
            slow.sendall(f"GET / {head}\r\nHost: x\r\n\r\n".encode())
            if is_half_closed:
                slow.shutdown(socket.SHUT_WR)
            received = 0
            while received < size and (data := slow.recv(128 * 1024)):
                received += len(data)
                time.sleep(0.01)

        assert size <= received

    def test_requests_that_are_sent_without_end(self, server: Server) -> None:
        """Of requests that are sent faster than they are handled, little is read before its turn."""
        with connect(server) as eager:
            eager.settimeout(1)
            with suppress(TimeoutError):
                eager.sendall(LIST * 1_000_000)
            (only,) = server._connections

            assert len(only._http.trailing_data[0]) < 1024 * 1024

    def test_requests_behind_a_stalled_response(self, server: Server, service: LocalCustomerProfiles) -> None:
        """What arrives behind a stalled response is not read without bound."""
        service.faults = Faults(Fault(FaultType.STALLED, times=1), stall_seconds=1.0)
        count = 3000
        with connect(server) as eager:
            sender = threading.Thread(target=lambda: eager.sendall(LIST * count))
            sender.start()
            for _ in range(count):
                assert b"acme" in read_response(eager)[1]
            sender.join()

    @pytest.mark.parametrize("head", [b"Content-Length: 99999999999\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n"])
    def test_a_body_without_end(self, server: Server, head: bytes) -> None:
        """A client that goes on sending gets its response and is then cut off."""
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        with connect(server) as connection:
            connection.sendall(CREATE + head)
            assert is_cut_off(connection, chunk)

        assert b"200" in list_domains(server)

    def test_a_sender_that_does_not_listen(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """A connection is closed a while after a rejection, whether its client closes it or not."""
        monkeypatch.setattr(connection, "LINGER_SECONDS", 0.2)
        with connect(server) as stubborn:
            stubborn.sendall(b"nonsense\r\n\r\n")
            assert read_all(stubborn).startswith(b"HTTP/1.1 400 Bad Request\r\n")
            while server._connections:
                time.sleep(0.01)
            assert is_cut_off(stubborn, LIST)


@pytest.mark.parametrize(
    "start",
    [
        b"POST /domains/acme/profiles HTTP/1.1\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n",
        b"POST /" + b"a" * connection.MAX_TARGET_BYTES + b" HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
        CREATE + b"Transfer-Encoding: chunked\r\n" + b"a: b\r\n" * 3000,
    ],
    ids=["two lengths", "long path", "many headers"],
)
def test_a_rejected_request_that_is_there_as_a_whole(
    server: Server, caplog: pytest.LogCaptureFixture, start: bytes
) -> None:
    """A request that is rejected for its head is not carried out when its body came at the same time."""
    host = b"" if b"Host" in start else b"Host: x\r\n"
    with connect(server) as sender, caplog.at_level(logging.ERROR):
        sender.sendall(start + host + b"\r\n2\r\n{}\r\n0\r\n\r\n" + LIST)
        sender.shutdown(socket.SHUT_WR)
        received = read_all(sender)
    server.stop()

    assert re.match(rb"HTTP/1.1 4\d\d ", received)
    assert received.count(b"HTTP/1.1 ") == 1
    assert [] == caplog.messages


class TestStop:
    """How a server ends."""

    def test_twice(self, server: Server) -> None:
        """A server that has stopped can be stopped again, and its port is free."""
        server.stop()
        server.stop()

        with pytest.raises(ConnectionRefusedError):
            connect(server)

    def test_a_client_that_takes_nothing(self, server: Server, service: LocalCustomerProfiles) -> None:
        """A client that does not take its responses does not hold up the stop."""
        service.boto3_client().create_profile(DomainName="acme", **LARGE)
        with connect(server) as deaf:
            deaf.settimeout(1)
            with suppress(TimeoutError):
                deaf.sendall(SEARCH * 10_000)
            deadline = time.monotonic() + 60
            while not any(each._is_blocked for each in server._connections) and time.monotonic() < deadline:
                time.sleep(0.01)
            assert seconds(server.stop) < SOON

    def test_kept_connections(self, server: Server) -> None:
        """Connections that are kept open do not hold up the stop."""
        kept = HTTPConnection(urlsplit(server.url).netloc)
        with closing(kept):
            kept.request("GET", "/domains")
            kept.getresponse().read()

            assert seconds(server.stop) < SOON

    def test_connections_of_the_last_moment(self, server: Server) -> None:
        """Connections that were just accepted are closed as well."""
        with ExitStack() as stack:
            late = [stack.enter_context(connect(server)) for _ in range(50)]
            server.stop()
            gc.collect()  # a connection that was forgotten would be a ResourceWarning here

            for each in late:
                with suppress(ConnectionResetError):
                    assert b"" == each.recv(1)

    def test_after_the_service_was_closed(self, server: Server, service: LocalCustomerProfiles) -> None:
        """A server whose service is closed responds that it failed, as the API has it."""
        service.close()
        with connect(server) as connection:
            connection.sendall(LIST)
            head, body = read_response(connection)

        assert head.startswith(b"HTTP/1.1 500 ")
        assert b"x-amzn-ErrorType: InternalServerException" in head
        assert {"Message": "Internal service error"} == json.loads(body)


def test_a_failure_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    """A defect is logged by its type alone, its connection is closed, and the server goes on."""

    def handle(request: Request) -> Response:
        if request.target == "/":
            raise KeyError("a customer's data")
        return Response(200, {}, b"{}")

    with Server(handle) as server, caplog.at_level(logging.ERROR):
        with connect(server) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"" == read_all(connection)
        assert b"200" in list_domains(server)

    assert ["KeyError on a connection"] == caplog.messages
