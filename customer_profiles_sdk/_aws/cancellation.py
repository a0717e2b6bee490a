"""Whether somebody still waits for a call: a call that was cancelled is not attempted again.

The synchronous client imports it too, so asyncio is imported only where a call can be cancelled.
"""

import time
from contextvars import ContextVar, Token
from threading import Event
from typing import TYPE_CHECKING, Any, Final, cast

from botocore.client import BaseClient

if TYPE_CHECKING:
    import asyncio

_EVENT: Final = "request-created.customer-profiles"


class Waiting:
    """Whether somebody waits for a call.

    Attributes:
        is_over: set once nobody does.
        pausing: the pause that the call makes on its event loop.
    """

    def __init__(self) -> None:
        self.is_over = Event()
        self.pausing: asyncio.Future[None] | None = None


_current: Final[ContextVar[Waiting | None]] = ContextVar("customer_profiles_sdk_waiting", default=None)


def begin_waiting() -> tuple[Waiting, Token[Waiting | None]]:
    """Begin to wait for a call that is made in this context, or in a copy of it; ``end_waiting`` takes the token."""
    waiting = Waiting()
    return waiting, _current.set(waiting)


def end_waiting(waiting: Waiting, token: Token[Waiting | None]) -> None:
    """Wait for a call no more, which ends the pause that it makes."""
    waiting.is_over.set()
    if waiting.pausing is not None:
        waiting.pausing.cancel()
    _current.reset(token)


def check_waiting() -> None:
    """Raise ``CancelledError`` where nobody waits any more for the call that is being made."""
    waiting = _current.get()
    if waiting is not None and waiting.is_over.is_set():
        from asyncio import CancelledError  # noqa: PLC0415

        raise CancelledError


def pause(seconds: float) -> None:
    """Sleep in this thread, while somebody waits for the call; ``CancelledError`` where nobody does any more."""
    waiting = _current.get()
    if waiting is None:
        time.sleep(seconds)
    else:
        waiting.is_over.wait(seconds)
        check_waiting()


def end_with_waiting(pausing: "asyncio.Future[None]") -> None:
    """Cancel a pause that the call makes on its event loop as soon as nobody waits for the call."""
    waiting = _current.get()
    if waiting is not None:
        waiting.pausing = pausing


def stop_cancelled_calls(client: BaseClient) -> None:
    """Let no attempt of a call be made for which nobody waits any more. The client may be boto3's or aiobotocore's."""

    def before_attempt(**_: object) -> None:
        check_waiting()

    # Once, however many clients share it.
    client.meta.events.register_first(_EVENT, cast("Any", before_attempt), unique_id="customer-profiles-sdk cancelled")
