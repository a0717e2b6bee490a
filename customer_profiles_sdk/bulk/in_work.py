"""Rows that are in work: a bounded number at a time, those of one customer one after another.

What is done for a row is left to ``loader``.
"""

import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event
from types import TracebackType
from typing import Final, Self

from customer_profiles_sdk.bulk.rows import RowOutcome

_SECONDS_BETWEEN_TICKS: Final = 0.1

_Future = Future[RowOutcome | None]


class RowsInWork:
    """Threads that work on rows; a context manager that waits for what is in work.

    The first failure ends the work: what is not yet begun is dropped, and what is in work is finished.

    Args:
        concurrency: how many rows are worked on at a time. As many again wait for their turn.
        stop: is set when the work ends.
        tick: is called several times a second while outcomes are waited for. What it raises is a failure.
    """

    def __init__(self, concurrency: int, stop: Event, tick: Callable[[], None] | None = None) -> None:
        self.failure: BaseException | None = None
        self._pool = ThreadPoolExecutor(concurrency, thread_name_prefix="customer-profiles-load")
        self._limit = 2 * concurrency
        self._stop = stop
        self._tick = tick
        self._finished: queue.SimpleQueue[_Future] = queue.SimpleQueue()
        self._names: dict[_Future, tuple[str, ...]] = {}
        self._last: dict[str, _Future] = {}

    def add(self, names: Iterable[str], work: Callable[[], RowOutcome | None]) -> None:
        """Work on a row as soon as those rows are done that share one of its names."""
        names = tuple(names)
        earlier = {self._last[name] for name in names if name in self._last}

        def work_in_turn() -> RowOutcome | None:
            wait(earlier)
            return None if self._stop.is_set() else work()

        future = self._pool.submit(work_in_turn)
        self._names[future] = names
        self._last.update(dict.fromkeys(names, future))
        future.add_done_callback(self._finished.put)

    def outcomes(self, *, of_all: bool = False) -> Iterator[RowOutcome]:
        """Yield what is known by now, and wait while there are too many rows in work; or wait for all of them."""
        while self._names:
            must_wait = of_all or self.failure is not None or len(self._names) >= self._limit
            future = self._next() if must_wait else self._next_finished()
            if future is None:
                return
            for name in self._names.pop(future):
                if self._last.get(name) is future:
                    del self._last[name]
            outcome = self._outcome(future)
            if outcome is not None:
                yield outcome

    def fail(self, failure: BaseException) -> None:
        """End the work because of a failure."""
        if self.failure is None:
            self.failure = failure
        self._stop.set()
        for each in list(self._names):
            each.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop.set()
        self._pool.shutdown(cancel_futures=True)

    def _outcome(self, future: _Future) -> RowOutcome | None:
        if future.cancelled():
            return None
        failure = future.exception()
        if failure is None:
            return future.result()
        self.fail(failure)
        return None

    def _next_finished(self) -> _Future | None:
        try:
            return self._finished.get_nowait()
        except queue.Empty:
            return None

    def _next(self) -> _Future:
        while True:
            try:
                return self._finished.get(timeout=_SECONDS_BETWEEN_TICKS)
            except queue.Empty:
                self.tick()

    def tick(self) -> None:
        """Let others do what they do now and then."""
        if self._tick is None or self.failure is not None:
            return
        try:
            self._tick()
        except BaseException as error:  # noqa: BLE001 (raised after the rows that are in work)
            self.fail(error)
