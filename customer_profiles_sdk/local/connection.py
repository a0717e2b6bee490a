"""One connection of the HTTP server: h11 reads and writes HTTP/1.1, asyncio carries the bytes.

A connection holds no thread, whether it is idle, slow or stalled on purpose. What is listened on, and in which thread,
is left to ``server``; what a request means, to ``wire`` and ``dispatcher``.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, cast

import h11

from customer_profiles_sdk.local.contract import ServiceException
from customer_profiles_sdk.local.wire import MAX_BODY_BYTES, Request, Response, error_response

IDLE_SECONDS: Final = 75.0
"""How long a connection is kept between two requests."""
RECEIVE_SECONDS: Final = 10.0
"""How long the server waits for more of a request, or until the client has taken more of a response."""
LINGER_SECONDS: Final = 2.0
"""How long the rest of a rejected request is read, so that its sender sees the response."""

MAX_TARGET_BYTES: Final = 8 * 1024
MAX_HEAD_BYTES: Final = 64 * 1024
_HEADER_OVERHEAD_BYTES: Final = 32  # so that the number of headers is bounded too
_MAX_DISCARDED_BYTES: Final = 16 * MAX_BODY_BYTES
_MAX_WAITING_BYTES: Final = 64 * 1024

_EVENTS_IN_A_ROW: Final = 16  # of one connection, before the others and ``Server.stop`` have their turn

_REJECTIONS: Final = {
    400: ("BadRequestException", "The request is malformed"),
    408: ("RequestTimeoutException", "The rest of the request did not arrive in time"),
    413: ("RequestEntityTooLargeException", f"The body is larger than {MAX_BODY_BYTES} bytes"),
    414: ("UriTooLongException", f"The path is longer than {MAX_TARGET_BYTES} bytes"),
    431: ("RequestHeaderFieldsTooLargeException", f"The headers are larger than {MAX_HEAD_BYTES} bytes"),
    501: ("NotImplementedException", "The transfer encoding is not known here"),
}


class Connection(asyncio.Protocol):
    """The requests and responses of one connection, one after the other.

    Args:
        handle: what returns the response to a request.
        connections: the open connections, which this one joins and leaves.
    """

    _transport: asyncio.Transport

    def __init__(self, handle: Callable[[Request], Response], connections: "set[Connection]") -> None:
        self._handle = handle
        self._connections = connections
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD_BYTES)
        self._request: h11.Request | None = None
        self._body = bytearray()
        self._body_size = 0
        self._waiting_bytes = 0  # that arrived while a response was on its way
        self._is_stalled = self._is_blocked = self._is_discarding = self._has_ended = False
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = asyncio.get_running_loop().create_future()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        self._connections.add(self)
        self._wait(IDLE_SECONDS, self.abort)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's)
        """Forget what was still to be done."""
        self._connections.discard(self)
        self._is_closed.set_result(None)
        self._stop_waiting()

    def data_received(self, data: bytes) -> None:
        """Take in what arrived."""
        if self._is_discarding:
            self._count(len(data), _MAX_DISCARDED_BYTES, self.abort)
            return
        self._http.receive_data(data)
        if self._is_stalled or self._is_blocked:
            self._count(len(data), _MAX_WAITING_BYTES, self._transport.pause_reading)
            return
        self._advance()

    def eof_received(self) -> bool:
        """Respond to what arrived before the end, and close then."""
        self._has_ended = True
        if self._is_discarding:
            return False
        self._http.receive_data(b"")
        if not (self._is_stalled or self._is_blocked):
            self._advance()
        return not self._transport.is_closing()

    def pause_writing(self) -> None:
        """Respond to no more requests until the client has taken what is there for it."""
        self._is_blocked = True
        self._wait_for_client()

    def resume_writing(self) -> None:
        """Go on."""
        self._is_blocked = False
        self._advance()

    # What the server calls

    def finish(self) -> asyncio.Future[None]:
        """Close once the client has what was written, which is awaited; a stalled response is dropped."""
        self._stop_waiting()
        self._transport.close()
        return self._is_closed

    def abort(self) -> None:
        """Close at once."""
        self._transport.abort()

    # Requests

    def _advance(self) -> None:
        """Take in requests and respond, until more has to arrive or go, or it is the turn of other connections."""
        taken = 0
        try:
            while not (self._is_stalled or self._is_blocked or self._is_discarding or self._transport.is_closing()):
                if taken == _EVENTS_IN_A_ROW:
                    self._is_stalled = True
                    self._wait(0, self._take_turn)
                    return
                taken += 1
                event = self._http.next_event()
                if event is h11.NEED_DATA:
                    self._wait_for_data()
                    return
                if isinstance(event, h11.ConnectionClosed) or event is h11.PAUSED:
                    self._close()
                    return
                self._take(cast("h11.Event", event))
        except h11.RemoteProtocolError as error:
            self._reject(error.error_status_hint)

    def _take(self, event: h11.Event) -> None:
        if isinstance(event, h11.Request):
            self._request = event
            if status := _rejection(event):
                self._reject(status)
        elif isinstance(event, h11.Data):
            self._body_size += len(event.data)
            if self._body_size <= MAX_BODY_BYTES:
                self._body += event.data
            elif self._body_size > _MAX_DISCARDED_BYTES:
                self._reject(413)
        else:
            self._respond()

    def _wait_for_data(self) -> None:
        self._read_on()
        if self._http.they_are_waiting_for_100_continue:
            self._transport.write(self._http.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
        if self._http.their_state is h11.IDLE and not self._http.trailing_data[0]:
            self._wait(IDLE_SECONDS, self.abort)
        else:
            self._wait(RECEIVE_SECONDS, lambda: self._reject(408))

    def _respond(self) -> None:
        request = cast("h11.Request", self._request)
        if self._body_size > MAX_BODY_BYTES:
            self._reject(413)
            return
        received = Request(request.method.decode(), request.target.decode("latin-1"), bytes(self._body))
        self._body.clear()
        self._body_size = 0
        response = self._handle(received)
        if response.lost:
            self._close()
        elif response.stalled_seconds:
            self._is_stalled = True
            self._wait(response.stalled_seconds, lambda: self._send_late(response))
        else:
            self._send(response)

    # Responses

    def _send_late(self, response: Response) -> None:
        self._is_stalled = False
        self._send(response)
        self._advance()

    def _take_turn(self) -> None:
        self._is_stalled = False
        self._advance()

    def _send(self, response: Response, *extra: tuple[str, str]) -> None:
        headers = [*response.headers.items(), ("Content-Length", str(len(response.body))), *extra]
        phrase = HTTPStatus(response.status).phrase.encode()
        sent = self._http.send(h11.Response(status_code=response.status, headers=headers, reason=phrase)) or b""
        if self._request is None or self._request.method != b"HEAD":
            sent += self._http.send(h11.Data(data=response.body)) or b""
        sent += self._http.send(h11.EndOfMessage()) or b""
        self._transport.write(sent)
        self._request = None
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
        else:
            self._end()

    def _reject(self, status: int) -> None:
        code, message = _REJECTIONS[status]
        self._is_discarding = True
        self._send(error_response(ServiceException(code, status, message)), ("Connection", "close"))

    def _end(self) -> None:
        """Send no more; a client that is still sending is read a while, or it would not see the response."""
        self._is_discarding = True
        if self._has_ended:
            self._close()
            return
        self._read_on()
        self._transport.write_eof()
        self._wait_for_client()

    def _close(self) -> None:
        """Close once the client has what was written."""
        self._transport.close()
        self._wait_for_client()

    # Bounds

    def _read_on(self) -> None:
        self._waiting_bytes = 0
        self._transport.resume_reading()

    def _count(self, size: int, limit: int, exceeded: Callable[[], None]) -> None:
        self._waiting_bytes += size
        if self._waiting_bytes > limit:
            exceeded()

    def _wait_for_client(self) -> None:
        """Close, unless the client takes what was written: however slowly it does, it gets the whole."""
        left = self._transport.get_write_buffer_size()

        def over() -> None:
            if self._transport.get_write_buffer_size() < left:
                self._wait_for_client()
            else:
                self.abort()

        self._wait(RECEIVE_SECONDS if left else LINGER_SECONDS, over)

    def _wait(self, seconds: float, over: Callable[[], None]) -> None:
        self._stop_waiting()
        self._timer = asyncio.get_running_loop().call_later(seconds, over)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def _rejection(request: h11.Request) -> int | None:
    """Return the status with which a request is rejected before its body is read."""
    length: bytes | None = None
    is_chunked = False
    for name, value in request.headers:
        if name == b"content-length":
            length = value
        elif name == b"transfer-encoding":
            is_chunked = True
    if len(request.target) > MAX_TARGET_BYTES:
        return 414
    if sum(len(name) + len(value) + _HEADER_OVERHEAD_BYTES for name, value in request.headers) > MAX_HEAD_BYTES:
        return 431
    if is_chunked and length is not None:
        return 400
    return 413 if int(length or 0) > _MAX_DISCARDED_BYTES else None
