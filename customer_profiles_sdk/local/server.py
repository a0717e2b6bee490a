"""The embedded service over HTTP: a listening socket, and one thread with an event loop for all connections.

What happens on a connection is left to ``connection``. It needs the extra ``local``.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from ipaddress import ip_address
from threading import Thread
from types import TracebackType
from typing import Any, Final, Self

from customer_profiles_sdk.local.faults import FAILURE
from customer_profiles_sdk.local.store import ClosedError
from customer_profiles_sdk.local.wire import Request, Response, error_response

try:
    from customer_profiles_sdk.local.connection import Connection
except ImportError as _error:
    raise RuntimeError("serving over HTTP needs an extra: pip install 'customer-profiles-sdk[local]'") from _error

LOOPBACK = "127.0.0.1"
_BACKLOG: Final = 1024
_SECONDS_UNTIL_ACCEPTING: Final = 0.5  # where there are too many
_SECONDS_TO_FINISH: Final = 1.0
_LOGGER: Final = logging.getLogger("customer_profiles_sdk.local")


class Server:
    """An HTTP server of its own thread; a context manager that stops it.

    Args:
        handle: what returns the response to a request. It is called in the server's thread, a request at a time.
        host: the address to listen on.
        port: the port to listen on; 0 for any that is free.
        allow_remote: whether an address that others can reach is meant. There is no encryption and no check of
            signatures, so it is rejected otherwise.
    """

    _accepting_later: asyncio.TimerHandle

    def __init__(
        self, handle: Callable[[Request], Response], *, host: str = LOOPBACK, port: int = 0, allow_remote: bool = False
    ) -> None:
        if not allow_remote and not ip_address(host).is_loopback:
            raise ValueError(
                f"{host} can be reached by other machines, and nothing is encrypted: pass allow_remote=True"
            )
        self._handle = handle
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=_BACKLOG)
        self._address = self._socket.getsockname()[:2]
        self._socket.settimeout(0)
        self._connections: set[Connection] = set()
        self._connecting: set[asyncio.Task[object]] = set()
        self._is_full = False  # once, which is logged
        self._loop = asyncio.SelectorEventLoop()
        self._loop.set_exception_handler(_log_type)
        self._stopping = asyncio.Event()
        self._thread = Thread(target=self._run, name="customer-profiles", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address to give to a client as its ``endpoint_url``."""
        host, port = self._address
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def stop(self) -> None:
        """Stop. Responses that are on their way are sent, but for stalled ones."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._accept_after(0)
        await self._stopping.wait()
        # Accept no more, but let what was accepted become connections.
        self._accepting_later.cancel()
        self._loop.remove_reader(self._socket)
        await asyncio.gather(*self._connecting, return_exceptions=True)
        self._socket.close()
        await asyncio.sleep(0)  # what has arrived is still read
        finishing = [each.finish() for each in tuple(self._connections)]
        if finishing:
            await asyncio.wait(finishing, timeout=_SECONDS_TO_FINISH)
        for each in tuple(self._connections):
            each.abort()
        await asyncio.sleep(0)

    def _accept_after(self, seconds: float) -> None:
        self._accepting_later = self._loop.call_later(seconds, self._loop.add_reader, self._socket, self._accept)

    def _accept(self) -> None:
        # asyncio's own way logs a thousand errors a second where no more files can be open. One at a time, so that the
        # connections have their turn.
        try:
            accepted, _ = self._socket.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # nobody waits any more
        except OSError as error:
            self._loop.remove_reader(self._socket)
            self._accept_after(_SECONDS_UNTIL_ACCEPTING)
            if not self._is_full:
                _LOGGER.warning("new connections have to wait: %s", error.strerror)
            self._is_full = True
            return
        accepted.settimeout(0)
        task = self._loop.create_task(self._loop.connect_accepted_socket(self._new_connection, accepted))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    def _new_connection(self) -> Connection:
        return Connection(self._respond, self._connections)

    def _respond(self, request: Request) -> Response:
        try:
            return self._handle(request)
        except ClosedError:
            return error_response(FAILURE)


def _log_type(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    # ``Any`` is asyncio's. Neither the message nor the frames are logged: they can have customers' data.
    _LOGGER.error("%s on a connection", type(context.get("exception")).__name__)
