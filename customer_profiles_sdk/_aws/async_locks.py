"""Locks by name for coroutines, also of several event loops in several threads."""

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections import deque
from contextlib import suppress
from threading import Lock

_Turn = tuple[AbstractEventLoop, "Future[None]"]


class AsyncNameLocks:
    """A lock for each name, for as long as somebody holds it or waits for it.

    An ``asyncio.Lock`` belongs to one event loop; these keep the flows of all loops apart.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: dict[str, deque[_Turn]] = {}  # has every name that is held

    async def acquire(self, name: str) -> None:
        """Wait until nobody else holds the name, and hold it."""
        loop = get_running_loop()
        with self._guard:
            waiting = self._waiting.get(name)
            if waiting is None:
                self._waiting[name] = deque()
                return
            turn: Future[None] = loop.create_future()
            waiting.append((loop, turn))
        try:
            await turn
        except BaseException:
            # Cancelled: either the turn had come already and is passed on, or it is given up.
            if turn.done() and not turn.cancelled():
                self.release(name)
            else:
                self._give_up(name, loop, turn)
            raise

    def release(self, name: str) -> None:
        """Let the next one hold the name. Any thread may call this."""
        with self._guard:
            waiting = self._waiting[name]
            while waiting:
                loop, turn = waiting.popleft()
                with suppress(RuntimeError):  # its loop was closed
                    loop.call_soon_threadsafe(self._grant, name, turn)
                    return
            del self._waiting[name]

    def _grant(self, name: str, turn: "Future[None]") -> None:
        if turn.done():  # cancelled meanwhile
            self.release(name)
        else:
            turn.set_result(None)

    def _give_up(self, name: str, loop: AbstractEventLoop, turn: "Future[None]") -> None:
        with self._guard, suppress(KeyError, ValueError):  # it may have been called already
            self._waiting[name].remove((loop, turn))
