"""The record of a call's attempts, and how the handlers of botocore's events find it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar, Token
from typing import Any, Final, cast

from botocore.client import BaseClient

from customer_profiles_sdk._aws.pace import Pace
from customer_profiles_sdk._core.flow import Call
from customer_profiles_sdk._core.members import member_name


class Attempts:
    """What happened to the attempts of one call of the SDK's. The record begins when it is made.

    Attributes:
        call: the call.
        handled: the exception that the caller is handling while the call is made.
        paces: the paces of which each attempt waits for its turn.
        turns: the turns of the attempt that is being made, until it is sent.
        count: how many attempts there were.
        is_answered: whether a response arrived that is no error.
        unknown: the name and the reason of the first failure after which the request may have been executed.
        is_json: whether the last response was a JSON object.
    """

    turns: Sequence[Iterator[float]] = ()
    count = 0
    is_answered = False
    unknown: tuple[str, str] | None = None
    is_json = True

    def __init__(self, call: Call[Any], paces: Sequence[Pace] = ()) -> None:
        self.call = call
        self.paces = paces
        self.handled = sys.exception()
        self._token: Token[Attempts | None] = _current.set(self)

    def end(self) -> None:
        """End the record, which gives back the turns that the call has not used."""
        if self.turns:
            for pace in self.paces:
                pace.give_back(member_name(self.call.method))
        _current.reset(self._token)


_current: Final[ContextVar[Attempts | None]] = ContextVar("customer_profiles_sdk_attempts", default=None)

current_attempts: Final = _current.get
"""Returns the record of the call that is being made; ``None`` where it is none of the SDK's."""


def register(client: BaseClient, event: str, handler: Callable[..., object]) -> None:
    """Register a handler of a client's event, once, however many of the SDK's clients share it.

    It is called before any handler that is registered in the usual way, so it sees what they see.
    """
    unique_id = f"customer-profiles-sdk {event}"
    client.meta.events.register_first(f"{event}.customer-profiles", cast("Any", handler), unique_id=unique_id)
