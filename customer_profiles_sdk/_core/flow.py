"""The steps of an operation: a call, a pause, or a hold on a customer.

An operation is a flow. Most flows are a single call. Any other is a generator: it yields a step, receives the step's
outcome, and returns its result. The drivers in ``_aws`` carry out the steps, so each operation is written once for the
synchronous and the asynchronous client.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from enum import Enum, auto
from typing import Any, Generic, TypeVar

_Result = TypeVar("_Result")
_T = TypeVar("_T")


class Repeat(Enum):
    """What it means to retry a request after an attempt that may have been executed."""

    HARMLESS = auto()
    CREATES_AGAIN = auto()
    """A retry could create a second profile, so there is none."""
    NOT_FOUND_IS_DONE = auto()
    """"Not found" for a later attempt means that the earlier one did what was asked."""
    NOT_FOUND_IS_UNKNOWN = auto()
    """"Not found" for a later attempt does not tell whether the earlier one did what was asked."""


class Call(Generic[_Result]):
    """One call of a boto3 method. It is no mapping and its ``repr`` shows no value, for it holds customers' data.

    Args:
        operation: the client's method, for errors and the log.
        method: boto3's method.
        request: what boto3's method takes.
        read: what makes a result of boto3's response, or raises ``UnexpectedResponseError``.
        repeat: what it means to retry the request.
    """

    __slots__ = ("method", "operation", "read", "repeat", "request")

    def __init__(
        self,
        operation: str,
        method: str,
        request: Mapping[str, object],
        read: Callable[[Mapping[str, Any]], _Result],
        repeat: Repeat = Repeat.HARMLESS,
    ) -> None:
        self.operation = operation
        self.method = method
        self.request = request
        self.read = read
        self.repeat = repeat

    def __iter__(self) -> "Steps[_Result]":
        result: _Result = yield self
        return result

    def __repr__(self) -> str:
        return f"Call({self.operation})"


class Pause:
    """A number of seconds without a call."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


class Hold:
    """From here to the end of the flow, no other flow of the client holds any of these names.

    The names are made of customers' data.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def __repr__(self) -> str:
        return "Hold(...)"


Steps = Generator[Call[Any] | Pause | Hold, Any, _T]
"""A generator of steps, which returns the result of an operation."""

Flow = Call[_T] | Steps[_T]
"""An operation, as it is carried out. ``iter`` gives the steps of either, ``yield from`` makes them part of another."""


def hold(names: Iterable[str]) -> Steps[None]:
    """Return the flow that waits for these names. They are sorted, so that two flows never wait for each other."""
    yield Hold(tuple(sorted(set(names))))
