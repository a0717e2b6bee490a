"""Whether somebody still waits for a call: a call that was cancelled is not attempted again."""

import asyncio
from contextvars import ContextVar, Token
from typing import Any, Final, cast

import attrs
from botocore.client import BaseClient

_EVENT: Final = "request-created.customer-profiles"


@attrs.define(eq=False)
class Waiting:
    """Whether somebody waits for a call."""

    is_over: bool = False


_current: Final[ContextVar[Waiting | None]] = ContextVar("customer_profiles_sdk_waiting", default=None)


def begin_waiting() -> tuple[Waiting, Token[Waiting | None]]:
    """Begin to wait for a call that is made in this context, or in a copy of it; ``end_waiting`` takes the token."""
    waiting = Waiting()
    return waiting, _current.set(waiting)


def end_waiting(token: Token[Waiting | None]) -> None:
    """Let this context wait for nothing any more."""
    _current.reset(token)


def stop_cancelled_calls(client: BaseClient) -> None:
    """Let no attempt of a call be made for which nobody waits any more. The client may be boto3's or aiobotocore's."""

    def before_attempt(**_: object) -> None:
        waiting = _current.get()
        if waiting is not None and waiting.is_over:
            raise asyncio.CancelledError

    # Once, however many clients share it.
    client.meta.events.register_first(_EVENT, cast("Any", before_attempt), unique_id="customer-profiles-sdk cancelled")
