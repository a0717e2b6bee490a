"""The embedded service over HTTP, behind cheroot: a well-kept WSGI server with threads and keep-alive.

It carries bytes and nothing else; what they mean is left to ``wire``. It needs the extra ``local``.
"""

import errno
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from ipaddress import ip_address
from threading import Thread
from time import sleep
from types import TracebackType
from typing import TYPE_CHECKING, Self

from customer_profiles_sdk.local.contract import ServiceException
from customer_profiles_sdk.local.wire import MAX_BODY_BYTES, Request, Response, error_response

try:
    from cheroot.server import HTTPConnection, HTTPRequest
    from cheroot.wsgi import Server as WSGIServer
except ImportError as _error:
    raise RuntimeError("serving over HTTP needs an extra: pip install 'customer-profiles-sdk[local]'") from _error

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LOOPBACK = "127.0.0.1"
_THREADS = 10
_SECONDS_BETWEEN_CHECKS = 0.05  # of connections that are over, and of the wish to stop
_MAX_BYTES_READ = 16 * MAX_BODY_BYTES


class Server:
    """An HTTP server of its own threads; a context manager that stops it.

    Args:
        handle: what returns the response to a request.
        host: the address to listen on.
        port: the port to listen on; 0 for any that is free.
        allow_remote: whether an address that others can reach is meant. There is no encryption and no check of
            signatures, so it is rejected otherwise.
    """

    def __init__(
        self, handle: Callable[[Request], Response], *, host: str = LOOPBACK, port: int = 0, allow_remote: bool = False
    ) -> None:
        if not allow_remote and not ip_address(host).is_loopback:
            raise ValueError(
                f"{host} can be reached by other machines, and nothing is encrypted: pass allow_remote=True"
            )
        self._handle = handle
        self._server = WSGIServer((host, port), self._application, numthreads=_THREADS)
        self._server.ConnectionClass = _Connection
        self._server.expiration_interval = _SECONDS_BETWEEN_CHECKS
        self._server.prepare()
        self._thread = Thread(target=self._server.serve, name="customer-profiles", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address to give to a client as its ``endpoint_url``."""
        host, port = self._server.bind_addr[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def stop(self) -> None:
        """Respond to the requests that have arrived, and stop."""
        self._server.stop()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _application(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        try:
            response = self._handle(_request(environ))
        except ServiceException as exception:
            response = error_response(exception)
        sleep(response.stalled_seconds)
        if response.lost:
            # cheroot takes this for what it says and closes the connection without a word.
            raise ConnectionResetError(errno.ECONNRESET, "lost on purpose")
        status = HTTPStatus(response.status)
        headers = {**response.headers, "Content-Length": str(len(response.body))}
        start_response(f"{status.value} {status.phrase}", list(headers.items()))
        return [response.body]


def _request(environ: "WSGIEnvironment") -> Request:
    length: str = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        raise ServiceException("BadRequestException", 400, "Content-Length is not a number")
    body: bytes = environ["wsgi.input"].read(MAX_BODY_BYTES + 1)
    if len(body) > MAX_BODY_BYTES:
        # It will be rejected. A client that is still sending would not read that: so the rest is read, within bounds.
        environ["wsgi.input"].read(_MAX_BYTES_READ)
    elif len(body) < int(length):
        raise ServiceException("BadRequestException", 400, "The body is shorter than its Content-Length")
    return Request(environ["REQUEST_METHOD"], environ["REQUEST_URI"], body)


class _Request(HTTPRequest):
    """Lets cheroot reject a malformed request in the service's shape instead of in plain text."""

    def simple_response(self, status: str, msg: str = "") -> None:
        code, _, phrase = str(status).partition(" ")
        name = f"{phrase.title().replace(' ', '')}Exception"
        response = error_response(ServiceException(name, int(code), msg or phrase))
        self.close_connection = True
        headers = {**response.headers, "Content-Length": len(response.body), "Connection": "close"}
        lines = [f"{self.server.protocol} {status}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        self.conn.wfile.write("\r\n".join(lines).encode("latin-1") + response.body)


class _Connection(HTTPConnection):
    RequestHandlerClass = _Request

    def close(self) -> None:
        # What a client that is gone has not taken would be tried again, and complained of, when it is collected.
        with suppress(OSError):
            self.wfile.close()
        super().close()
