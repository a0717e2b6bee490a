"""What the tests of the asynchronous client share: event loops, transports, and what may be left behind."""

import asyncio
import gc
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
import uvloop

_T = TypeVar("_T")
LoopFactory = Callable[[], asyncio.AbstractEventLoop]

TRANSPORTS = ["threads", pytest.param("aiobotocore", marks=pytest.mark.aiobotocore)]
each_transport = pytest.mark.parametrize("transport", TRANSPORTS)
each_loop = pytest.mark.parametrize(
    "loop_factory", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"]
)


def run(main: Coroutine[Any, Any, _T], loop_factory: LoopFactory | None = None) -> _T:
    """Run a coroutine on an event loop of its own, as ``asyncio.run`` does."""
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(main)


async def until(condition: Callable[[], object]) -> None:
    """Wait until something holds, 20 seconds at most."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 (what sets it may be in another thread)
            await asyncio.sleep(0.01)


def threads_of_clients() -> list[str]:
    """Return the names of the threads that clients have started."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("customer-profiles-async")]


def pending_tasks() -> list[str | None]:
    """Return the tasks of the running event loop, but for the one that asks."""
    return [str(task.get_coro()) for task in asyncio.all_tasks() if task is not asyncio.current_task()]


def open_sockets() -> set[str]:
    """Return the sockets that this process has open."""
    gc.collect()
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(str(descriptor.readlink()))
    return {each for each in found if each.startswith("socket:")}
