"""Carries out flows on an event loop. How a call is sent is left to a transport: threads, or aiobotocore.

A flow may be cancelled at any moment. A create that is being sent then goes on without its caller, because it may have
been executed already: so the client learns the id, and works on this customer for nobody else meanwhile. It is not
attempted again.
"""

import asyncio
import os
from abc import abstractmethod
from collections.abc import Generator
from contextlib import suppress
from typing import Any, Protocol, Self, TypeVar

import attrs
from botocore.client import BaseClient

from customer_profiles_sdk._aws.async_locks import AsyncNameLocks
from customer_profiles_sdk._aws.cancellation import begin_waiting, end_waiting
from customer_profiles_sdk._core.flow import Call, Flow, Hold, Pause, Repeat
from customer_profiles_sdk._core.recent_profiles import RecentProfiles

_Result = TypeVar("_Result")


class Transport(Protocol):
    """A way to send calls."""

    @property
    @abstractmethod
    def can_end_calls(self) -> bool:
        """Whether a call that is being sent ends when it is cancelled."""
        ...

    @property
    @abstractmethod
    def boto3_client(self) -> BaseClient:
        """The boto3 client with the transport's settings."""
        ...

    @property
    @abstractmethod
    def recent(self) -> RecentProfiles:
        """The profiles that were created lately in this process."""
        ...

    @abstractmethod
    async def send(self, call: Call[_Result]) -> _Result:
        """Send a call, and return its result or raise one of our errors."""
        ...

    @abstractmethod
    async def aclose(self) -> None:
        """Close what the transport has opened on this event loop, and what belongs to no event loop."""
        ...


@attrs.define(eq=False, repr=False)
class _Running:
    """A flow that is being carried out, and the names that it holds."""

    flow: Generator[Any, Any, Any]
    locks: AsyncNameLocks
    names: list[str] = attrs.Factory(list)
    is_left: bool = False

    def finish(self, sent: "asyncio.Future[Any]") -> None:
        """Tell the flow how its last call ended, after its caller is gone."""
        # What it raises or wants to do next concerns nobody any more.
        with suppress(BaseException):
            self.flow.send(sent.result())
        self.flow.close()
        self.release()

    def release(self) -> None:
        """Let other flows hold the names."""
        while self.names:
            self.locks.release(self.names.pop())


class AsyncDriver:
    """A transport, and what a client remembers in one process."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._locks = AsyncNameLocks()
        self._process_id = os.getpid()
        self._left: set[asyncio.Task[Any]] = set()

    def __reduce__(self) -> tuple[object, ...]:
        return AsyncDriver, (self._transport,)

    def __deepcopy__(self, _: object) -> Self:
        return self  # connections cannot be copied, and may be shared

    @property
    def boto3_client(self) -> BaseClient:
        """The boto3 client with the transport's settings."""
        return self._transport.boto3_client

    @property
    def recent(self) -> RecentProfiles:
        """The profiles that were created lately in this process."""
        return self._transport.recent

    async def run(self, flow: Flow[_Result]) -> _Result:
        """Carry out a flow and return its result."""
        steps = flow.__iter__()
        running = _Running(steps, self._own_locks())
        outcome: object = None
        failure: BaseException | None = None
        try:
            while True:
                try:
                    step = steps.send(outcome) if failure is None else steps.throw(failure)
                except StopIteration as stop:
                    result: _Result = stop.value
                    return result
                outcome = failure = None
                try:
                    outcome = await self._perform(step, running)
                except BaseException as error:
                    if running.is_left:
                        raise
                    failure = error  # the flow decides what becomes of it
        finally:
            if not running.is_left:
                running.release()

    async def aclose(self) -> None:
        """Close what was opened on this event loop; calls without a caller end with it."""
        loop = asyncio.get_running_loop()
        if left := [each for each in self._left if each.get_loop() is loop]:
            if self._transport.can_end_calls:
                for each in left:
                    each.cancel()
            await asyncio.wait(left)
        await self._transport.aclose()

    async def _perform(self, step: Call[Any] | Pause | Hold, running: _Running) -> object:
        if isinstance(step, Call):
            return await self._send(step, running)
        if isinstance(step, Pause):
            await asyncio.sleep(step.seconds)
            return None
        for name in step.names:
            await running.locks.acquire(name)
            running.names.append(name)
        return None

    async def _send(self, call: Call[Any], running: _Running) -> object:
        waiting, token = begin_waiting()
        try:
            if call.repeat is not Repeat.CREATES_AGAIN:
                return await self._transport.send(call)
            sending = asyncio.ensure_future(self._transport.send(call))
            try:
                return await asyncio.shield(sending)
            except asyncio.CancelledError:
                self._leave(sending, running)  # also where the result is there, and only its caller is gone
                raise
        finally:
            end_waiting(waiting, token)

    def _leave(self, sending: "asyncio.Task[Any]", running: _Running) -> None:
        running.is_left = True
        self._left.add(sending)
        sending.add_done_callback(self._left.discard)
        sending.add_done_callback(running.finish)

    def _own_locks(self) -> AsyncNameLocks:
        if self._process_id != os.getpid():
            self._locks = AsyncNameLocks()  # nobody would release what the parent holds
            self._process_id = os.getpid()
        return self._locks
