"""Sends calls with a boto3 client in threads of its own, so that an event loop does not wait for a socket."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from threading import Lock, Thread
from typing import Any, TypeVar

from botocore.client import BaseClient

from customer_profiles_sdk._aws.cancellation import stop_cancelled_calls
from customer_profiles_sdk._aws.sync_driver import SyncDriver, send
from customer_profiles_sdk._core.flow import Call
from customer_profiles_sdk._core.recent_profiles import RecentProfiles

_Result = TypeVar("_Result")


class ThreadsTransport:
    """An executor as wide as the boto3 client's connection pool.

    Args:
        driver: what has the boto3 client.
        owns_client: whether the boto3 client's connections are closed with the executor.
    """

    can_end_calls = False
    """A thread that waits for a response cannot be interrupted."""

    def __init__(self, driver: SyncDriver, *, owns_client: bool) -> None:
        self._driver = driver
        self._owns_client = owns_client
        self._guard = Lock()
        self._executor: ThreadPoolExecutor | None = None
        self._process_id = os.getpid()

    def __reduce__(self) -> tuple[object, ...]:
        return partial(ThreadsTransport, owns_client=True), (self._driver,)

    @property
    def boto3_client(self) -> BaseClient:
        """The boto3 client of this process."""
        return self._driver.boto3_client

    @property
    def recent(self) -> RecentProfiles:
        """The profiles that were created lately in this process."""
        return self._driver.recent

    async def send(self, call: Call[_Result]) -> _Result:
        """Send a call in a thread, in a copy of the context; cancelled before its turn, it is not sent."""
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[None] = loop.create_future()

        def wake(_: object) -> None:
            with suppress(RuntimeError):  # the loop was closed
                loop.call_soon_threadsafe(_set, arrived)

        future = self._submit(copy_context().run, send, self.boto3_client, call, self._driver.paces)
        future.add_done_callback(wake)
        try:
            await arrived
        except BaseException:
            future.cancel()
            raise
        result: _Result = future.result()
        return result

    async def aclose(self) -> None:
        """Wait for the calls that are being sent, and end the threads. A later call starts new ones."""
        await _in_a_thread(self.close)

    def close(self) -> None:
        """Do the same outside an event loop."""
        with self._guard:
            executor, self._executor = self._executor, None
            if self._process_id != os.getpid():
                executor = None  # its threads are the parent's
        if executor is not None:
            executor.shutdown()
        if self._owns_client:
            self.boto3_client.close()

    def _submit(self, *work: Any) -> "Future[Any]":
        with self._guard:  # so that no other thread closes the executor meanwhile
            if self._executor is None or self._process_id != os.getpid():  # after a fork there are no threads
                client = self.boto3_client
                stop_cancelled_calls(client)
                width: int = getattr(client.meta.config, "max_pool_connections")  # noqa: B009 (the stubs lack it)
                self._executor = ThreadPoolExecutor(width, thread_name_prefix="customer-profiles-async")
                self._process_id = os.getpid()
            return self._executor.submit(*work)


def _set(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


async def _in_a_thread(function: Callable[[], object]) -> None:
    # A thread for this alone: the loop's default executor would keep one.
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def run() -> None:
        function()
        with suppress(RuntimeError):  # the loop was closed
            loop.call_soon_threadsafe(_set, done)

    thread = Thread(target=run, name="customer-profiles-async close", daemon=True)
    thread.start()
    await done
    thread.join()
