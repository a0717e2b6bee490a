"""Carries out flows with a boto3 client, in the thread that asks for it.

It sends a call, logs it, and turns what comes out of botocore into the SDK's errors; it also keeps what a client
remembers from one call to the next.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import Lock
from typing import Any, Self, TypeVar

import boto3
from botocore.client import BaseClient

from customer_profiles_sdk._aws.attempts import Attempts
from customer_profiles_sdk._aws.calls import failure_of, log
from customer_profiles_sdk._aws.config import ClientSettings, build_client, process_lock, settings_in_force
from customer_profiles_sdk._aws.pace import Pace, check_rate
from customer_profiles_sdk._aws.pacing import pace_boto3
from customer_profiles_sdk._aws.retries import observe_boto3
from customer_profiles_sdk._core.flow import Call, Flow, Pause
from customer_profiles_sdk._core.recent_profiles import RecentProfiles

_Result = TypeVar("_Result")


class NameLocks:
    """A lock for each name, for as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: dict[str, tuple[Lock, int]] = {}

    @contextmanager
    def hold(self, name: str) -> Iterator[None]:
        """Wait until nobody else holds the name, and hold it."""
        with self._guard:
            lock, users = self._locks.get(name, (Lock(), 0))
            self._locks[name] = lock, users + 1
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, users = self._locks.pop(name)
                if users > 1:
                    self._locks[name] = lock, users - 1


class _ProcessState:
    """What belongs to one process: after a fork, the child makes its own."""

    def __init__(self, boto3_client: BaseClient, paces: Sequence[Pace]) -> None:
        self.boto3_client = boto3_client
        self.paces = paces
        self.process_id = os.getpid()
        self.recent = RecentProfiles(time.monotonic)
        self.locks = NameLocks()


class SyncDriver:
    """One boto3 client, and what a client remembers in one process.

    Args:
        build: returns the boto3 client, which is observed. It is called again in a process that was forked off, so that
            no two processes share a connection.
        settings: what the client is built from, where it is built from settings alone.
        requests_per_second: the pace of all flows together; none where ``None``.
    """

    def __init__(
        self,
        build: Callable[[], BaseClient],
        settings: ClientSettings | None = None,
        requests_per_second: float | None = None,
    ) -> None:
        self._build = build
        self._settings = settings
        self._rate = None if requests_per_second is None else check_rate("CustomerProfilesClient", requests_per_second)
        self._state = self._new_state()

    @classmethod
    def with_settings(cls, settings: ClientSettings, session: boto3.Session | None = None) -> Self:
        """Return a driver with a boto3 client of its own."""
        build = partial(build_client, settings, session)
        return cls(build, settings if session is None else None, settings.requests_per_second)

    @classmethod
    def with_client(cls, boto3_client: BaseClient, requests_per_second: float | None = None) -> Self:
        """Return a driver with the caller's boto3 client, which is used as it is."""
        process_id = os.getpid()
        observe_boto3(boto3_client)

        def same_client() -> BaseClient:
            if os.getpid() != process_id:
                boto3_client.close()  # its connections belong to the parent; it opens new ones
            return boto3_client

        return cls(same_client, requests_per_second=requests_per_second)

    def __reduce__(self) -> tuple[object, ...]:
        if self._settings is None:
            raise TypeError(
                "a client that was given a boto3_client or session cannot be pickled; "
                "build it from region_name, endpoint_url and config, or build one in each process"
            )
        return SyncDriver.with_settings, (settings_in_force(self._settings, self.boto3_client),)

    def __deepcopy__(self, _: object) -> Self:
        return self  # connections cannot be copied, and may be shared

    @property
    def boto3_client(self) -> BaseClient:
        """The boto3 client of this process."""
        return self._own_state().boto3_client

    @property
    def recent(self) -> RecentProfiles:
        """The profiles that were created lately in this process."""
        return self._own_state().recent

    @property
    def paces(self) -> Sequence[Pace]:
        """What all attempts wait for in this process."""
        return self._own_state().paces

    def expect_pace(self) -> None:
        """Let the flows keep to the pace that ``run`` is given."""
        pace_boto3(self.boto3_client)

    def run(self, flow: Flow[_Result], pace: Pace | None = None) -> _Result:
        """Carry out a flow and return its result.

        Args:
            flow: the flow.
            pace: a pace that its attempts wait for besides the driver's own; ``expect_pace`` comes first.
        """
        state = self._own_state()
        paces = state.paces if pace is None else (pace, *state.paces)
        if isinstance(flow, Call):
            return send(state.boto3_client, flow, paces)
        outcome: object = None
        failure: BaseException | None = None
        held = None
        try:
            while True:
                try:
                    step = flow.send(outcome) if failure is None else flow.throw(failure)
                except StopIteration as stop:
                    result: _Result = stop.value
                    return result
                outcome = failure = None
                try:
                    if isinstance(step, Call):
                        outcome = send(state.boto3_client, step, paces)
                    elif isinstance(step, Pause):
                        time.sleep(step.seconds)
                    else:
                        held = held or ExitStack()
                        for name in step.names:
                            held.enter_context(state.locks.hold(name))
                except BaseException as error:  # noqa: BLE001 (the flow decides what becomes of it)
                    failure = error
        finally:
            if held is not None:
                held.close()

    def _own_state(self) -> _ProcessState:
        if self._state.process_id != os.getpid():
            with process_lock():
                if self._state.process_id != os.getpid():  # no other thread was faster
                    self._state = self._new_state()
        return self._state

    def _new_state(self) -> _ProcessState:
        boto3_client = self._build()
        if self._rate is None:
            return _ProcessState(boto3_client, ())
        pace_boto3(boto3_client)
        return _ProcessState(boto3_client, (Pace(self._rate),))


def send(boto3_client: BaseClient, call: Call[_Result], paces: Sequence[Pace] = ()) -> _Result:
    """Send a call, each attempt in its turn, read the response and log what came of it."""
    started = time.perf_counter()
    response: Any = None
    result: Any = None
    failure: BaseException | None = None
    attempts = Attempts(call, paces)
    try:
        response = getattr(boto3_client, call.method)(**call.request)
        result = call.read(response)
    except BaseException as error:  # noqa: BLE001 (raised below, out of botocore's reach)
        failure = failure_of(error, attempts)
    finally:
        attempts.end()
    log(attempts, started, response, failure)
    if failure is not None:
        raise failure
    read: _Result = result
    return read
