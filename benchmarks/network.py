"""Servers and proxies on the loopback address that fail as real ones do.

``Server`` is an HTTP server, with or without TLS, whose handler decides for each request what is sent back: a
response, half of one, nothing, or a reset. ``Proxy`` is an HTTP proxy that makes tunnels, or does not, or
breaks them. The tests and ``benchmarks.proxies`` use both.
"""

import socket
import ssl
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum, auto
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Final, Self

import attrs

HOST: Final = "127.0.0.1"


class Drop(Enum):
    """What a server does in place of a response."""

    CLOSE = auto()
    """It closes the connection."""
    RESET = auto()
    """It resets the connection (TCP RST)."""
    STALL = auto()
    """It sends nothing until it is stopped."""


@attrs.frozen
class Last:
    """The last bytes of a connection, which is closed behind them."""

    data: bytes


Action = bytes | Last | Drop
"""The bytes that are sent, after which the connection stays open unless they are the last, or what is done instead."""


@attrs.frozen
class HttpRequest:
    """A request as a server received it."""

    method: str
    target: str
    body: bytes = attrs.field(repr=False)


Handler = Callable[[HttpRequest], Action]


def connected_processes(port: int) -> list[int]:
    """Return the processes of this machine that have a connection to one of its ports; Linux tells."""
    lines = map(str.split, Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:])
    sockets = {f"socket:[{each[9]}]" for each in lines if int(each[2].partition(":")[2], 16) == port}
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if sockets & _open_files(folder)]


def _open_files(process: Path) -> set[str]:
    found: set[str] = set()
    with suppress(OSError):  # it is gone, or not ours
        for each in (process / "fd").iterdir():
            with suppress(OSError):  # it was closed
                found.add(str(each.readlink()))
    return found


def response(
    body: bytes, status: int = 200, headers: Mapping[str, str] | None = None, *, content_length: int | None = None
) -> bytes:
    """Return the bytes of a response; ``content_length`` is what it claims to have."""
    announced = len(body) if content_length is None else content_length
    fields = {"Content-Type": "application/json", "Content-Length": str(announced), **(headers or {})}
    head = "\r\n".join([f"HTTP/1.1 {status} Status", *(f"{name}: {value}" for name, value in fields.items()), "", ""])
    return head.encode() + body


class _Listener:
    """Accepts connections in threads of its own until it is stopped, and then closes all of them."""

    def __init__(self) -> None:
        self._socket = socket.create_server((HOST, 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.stopped: Final = Event()
        self._lock = Lock()
        self._connections: set[socket.socket] = set()
        self._threads: list[Thread] = []
        self.connections = 0
        self._acceptor = Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def handle(self, connection: socket.socket) -> None:
        """Serve one connection."""
        raise NotImplementedError

    def drop_connections(self) -> None:
        """Close every connection that is open."""
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            _shut_down(connection)

    def stop(self) -> None:
        """Accept no more connections and end those that are open."""
        self.stopped.set()
        with suppress(OSError):
            socket.create_connection((HOST, self.port), timeout=1).close()  # wakes up the acceptor
        self._acceptor.join()
        self._socket.close()
        self.drop_connections()
        for thread in self._threads:
            thread.join(timeout=5)

    def _accept(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            if self.stopped.is_set():
                connection.close()
                return
            self.connections += 1
            thread = Thread(target=self._run, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _run(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.add(connection)
        try:
            with suppress(OSError):  # the other side may be gone at any moment
                self.handle(connection)
        finally:
            with self._lock:
                self._connections.discard(connection)
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()


class Server(_Listener):
    """An HTTP server with keep-alive.

    Args:
        handler: returns what is done with a request.
        tls: makes it an HTTPS server.
    """

    def __init__(self, handler: Handler, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[HttpRequest] = []
        self._handler = handler
        self._tls = tls
        super().__init__()

    @property
    def url(self) -> str:
        """The address to give to a client as its ``endpoint_url``."""
        return f"http://{HOST}:{self.port}" if self._tls is None else f"https://localhost:{self.port}"

    def handle(self, connection: socket.socket) -> None:
        """Serve the requests of one connection."""
        plain = connection if self._tls is None else self._tls.wrap_socket(connection.dup(), server_side=True)
        try:
            for request in _requests(plain):
                self.requests.append(request)
                action = self._handler(request)
                if isinstance(action, bytes):
                    plain.sendall(action)
                    continue
                if isinstance(action, Last):
                    plain.sendall(action.data)
                elif action is Drop.STALL:
                    self.stopped.wait()
                elif action is Drop.RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
        finally:
            if plain is not connection:
                plain.close()


class TunnelFault(Enum):
    """What a proxy does with the request for a tunnel."""

    REJECTED = auto()
    """It responds with 407."""
    CLOSED = auto()
    """It closes the connection."""
    CLOSED_AFTERWARDS = auto()
    """It responds that the tunnel is made and closes it."""


class Proxy(_Listener):
    """An HTTP proxy that makes tunnels (``CONNECT``) on this machine.

    Args:
        fault: returns what goes wrong with the next tunnel, if anything does.
    """

    def __init__(self, fault: Callable[[], TunnelFault | None] = lambda: None) -> None:
        self._fault = fault
        super().__init__()

    @property
    def url(self) -> str:
        """The address to give to a client as its proxy."""
        return f"http://{HOST}:{self.port}"

    def handle(self, connection: socket.socket) -> None:
        """Make one tunnel."""
        request = next(_requests(connection), None)
        fault = self._fault()
        if request is None or fault is TunnelFault.CLOSED:
            return
        if fault is TunnelFault.REJECTED:
            connection.sendall(response(b"<html>no</html>", 407))
            return
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        if fault is TunnelFault.CLOSED_AFTERWARDS:
            return
        _, _, port = request.target.rpartition(":")
        with socket.create_connection((HOST, int(port))) as upstream:
            backwards = Thread(target=_copy, args=(upstream, connection), daemon=True)
            backwards.start()
            _copy(connection, upstream)
            backwards.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    _shut_down(source)
    _shut_down(target)


def _shut_down(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _requests(connection: socket.socket) -> Iterator[HttpRequest]:
    """Yield the requests that arrive on a connection until the other side closes it."""
    with connection.makefile("rb") as stream:
        while line := stream.readline():
            words = line.decode("latin-1").split()
            if len(words) != 3:  # no HTTP
                return
            method, target, _ = words
            length = 0
            while (header := stream.readline().strip()) != b"":
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            yield HttpRequest(method, target, stream.read(length))


@contextmanager
def closed_port() -> Iterator[int]:
    """Reserve a port on which nothing listens."""
    with socket.socket() as reserved:
        reserved.bind((HOST, 0))
        yield reserved.getsockname()[1]
