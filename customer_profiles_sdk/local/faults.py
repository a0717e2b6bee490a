"""Faults that can be injected: what goes wrong with a request, how often, and for which operations.

What a fault means for the bytes of a response is left to those who carry them: ``inprocess`` and ``server``.
"""

import time
from collections.abc import Iterable
from enum import Enum, auto
from random import Random
from threading import TIMEOUT_MAX, Lock
from typing import Final

import attrs
from attrs import field

from customer_profiles_sdk.local.contract import OFFERED, ServiceException


class FaultType(Enum):
    """What can happen to a request."""

    THROTTLED = auto()
    """It is rejected with ThrottlingException and not carried out."""
    CONCURRENT_UPDATE = auto()
    """It is rejected, as while another update of the same profile is in progress, and not carried out."""
    FAILED = auto()
    """It is carried out, and the response is an InternalServerException."""
    LOST = auto()
    """It is carried out, and the connection is closed without a response."""
    STALLED = auto()
    """It is carried out, and the response comes too late."""


REJECTIONS: Final = {
    FaultType.THROTTLED: ServiceException("ThrottlingException", 429, "Rate exceeded"),
    FaultType.CONCURRENT_UPDATE: ServiceException(
        "BadRequestException", 400, "Failed to update profile due to concurrent update in-progress."
    ),
}
"""The faults that keep a request from being carried out."""

FAILURE: Final = ServiceException("InternalServerException", 500, "Internal service error")


def _frozen(operations: Iterable[str]) -> frozenset[str]:
    if isinstance(operations, str):
        raise TypeError('operations is a list of names, as in ["CreateProfile"]')
    return frozenset(operations)


def _check_number(name: str, value: float, lowest: float, greatest: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= greatest:
        bounds = f"{lowest:g} or more" if greatest == TIMEOUT_MAX else f"from {lowest:g} to {greatest:g}"
        raise ValueError(f"{name} is a number {bounds}")


@attrs.frozen
class Fault:
    """A rule for one type of fault.

    Attributes:
        fault_type: what happens.
        rate: the share of the requests that it happens to, 0 to 1.
        operations: the API's operations that it happens to, as in ``["CreateProfile"]``; all of them where empty.
        times: how often it happens at most, 1 or more; no limit where ``None``. A request that fails by itself does not
            count.

    Raises:
        TypeError: ``fault_type`` is not a ``FaultType``, or ``operations`` is a single text.
        ValueError: the rule could never apply: an operation is not offered, or a number is out of range.
    """

    fault_type: FaultType
    rate: float = field(default=1.0, kw_only=True)
    operations: frozenset[str] = field(default=frozenset(), converter=_frozen, kw_only=True)
    times: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.fault_type, FaultType):
            raise TypeError("fault_type is a FaultType")
        _check_number("rate", self.rate, 0, 1)
        if unknown := self.operations.difference(OFFERED):
            raise ValueError(
                f"{', '.join(sorted(map(str, unknown)))}: no such operation; known are {', '.join(OFFERED)}"
            )
        if self.times is not None and (type(self.times) is not int or self.times < 1):
            raise ValueError("times is a whole number, 1 or more, or None")

    def applies_to(self, operation: str) -> bool:
        """Return whether the rule is about an operation."""
        return not self.operations or operation in self.operations


class Faults:
    """All faults of a service; safe between threads, and the same again for the same seed and order of requests.

    Args:
        faults: the rules; the first that applies to a request decides.
        seed: the random seed.
        requests_per_second: a quota for each operation, above 0, over which its requests are throttled: a token bucket
            that holds one second's worth, and one request at least. The real service's default is 100 for most
            operations.
        search_lag_seconds: how long after a write search sees it.
        stall_seconds: how long a stalled response takes.

    Raises:
        TypeError: a rule is not a ``Fault``.
        ValueError: a number is out of range.
    """

    def __init__(
        self,
        *faults: Fault,
        seed: int = 0,
        requests_per_second: float | None = None,
        search_lag_seconds: float = 0.0,
        stall_seconds: float = 1.0,
    ) -> None:
        if not all(isinstance(each, Fault) for each in faults):
            raise TypeError("the rules are Fault objects, as in Fault(FaultType.LOST)")
        if requests_per_second is not None:
            _check_number("requests_per_second", requests_per_second, 0, TIMEOUT_MAX)
            if not requests_per_second:
                raise ValueError("requests_per_second is above 0: nothing else would ever be carried out")
        _check_number("search_lag_seconds", search_lag_seconds, 0, TIMEOUT_MAX)
        _check_number("stall_seconds", stall_seconds, 0, TIMEOUT_MAX)
        self.search_lag_seconds = search_lag_seconds
        self.stall_seconds = stall_seconds
        self._faults = faults
        self._left = [each.times for each in faults]
        self._random = Random(seed)  # noqa: S311 (it must be repeatable, not secret)
        self._quota = requests_per_second
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def next_fault(self, operation: str) -> FaultType | None:
        """Return what happens to the next request of an operation."""
        with self._lock:
            if self._quota is not None and not self._take_token(operation, self._quota):
                return FaultType.THROTTLED
            for position, each in enumerate(self._faults):
                if each.applies_to(operation) and self._applies(position, each):
                    return each.fault_type
        return None

    def give_back(self, operation: str, fault_type: FaultType) -> None:
        """Do not count a fault that ``next_fault`` returned, because the request failed by itself."""
        with self._lock:
            for position, each in enumerate(self._faults):
                left = self._left[position]
                if each.fault_type is fault_type and each.applies_to(operation) and left != each.times:
                    self._left[position] = (left or 0) + 1
                    return

    def _applies(self, position: int, fault: Fault) -> bool:
        left = self._left[position]
        if left == 0 or self._random.random() >= fault.rate:
            return False
        if left is not None:
            self._left[position] = left - 1
        return True

    def _take_token(self, operation: str, quota: float) -> bool:
        now = time.monotonic()
        size = max(quota, 1.0)
        tokens, filled_at = self._buckets.get(operation, (size, now))
        tokens = min(size, tokens + (now - filled_at) * quota)
        has_token = tokens >= 1
        self._buckets[operation] = (tokens - 1 if has_token else tokens, now)
        return has_token
