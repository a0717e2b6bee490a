"""Faults that can be injected: what goes wrong with a request, how often, and for which operations.

What a fault means for the bytes of a response is left to those who carry them: ``inprocess`` and ``server``.
"""

import time
from collections.abc import Iterable
from enum import Enum, auto
from random import Random
from threading import Lock
from typing import Final

import attrs
from attrs import field

from customer_profiles_sdk.local.contract import ServiceException


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
    return frozenset(operations)


@attrs.frozen
class Fault:
    """A rule for one type of fault.

    Attributes:
        fault_type: what happens.
        rate: the share of the requests that it happens to, 0 to 1.
        operations: the API's operations that it happens to, as in ``["CreateProfile"]``; all of them where empty.
        times: how often it happens at most; no limit where ``None``.
    """

    fault_type: FaultType
    rate: float = field(default=1.0, kw_only=True)
    operations: frozenset[str] = field(default=frozenset(), converter=_frozen, kw_only=True)
    times: int | None = field(default=None, kw_only=True)


class Faults:
    """All faults of a service; safe between threads, and the same again for the same seed and order of requests.

    Args:
        faults: the rules; the first that applies to a request decides.
        seed: the random seed.
        requests_per_second: a quota for each operation, above which its requests are throttled: a token bucket that
            holds one second's worth. The real service's default is 100 for most operations.
        search_lag_seconds: how long after a write search sees it.
        stall_seconds: how long a stalled response takes.
    """

    def __init__(
        self,
        *faults: Fault,
        seed: int = 0,
        requests_per_second: float | None = None,
        search_lag_seconds: float = 0.0,
        stall_seconds: float = 1.0,
    ) -> None:
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
                if (not each.operations or operation in each.operations) and self._applies(position, each):
                    return each.fault_type
        return None

    def _applies(self, position: int, fault: Fault) -> bool:
        left = self._left[position]
        if left == 0 or self._random.random() >= fault.rate:
            return False
        if left is not None:
            self._left[position] = left - 1
        return True

    def _take_token(self, operation: str, quota: float) -> bool:
        now = time.monotonic()
        tokens, filled_at = self._buckets.get(operation, (quota, now))
        tokens = min(quota, tokens + (now - filled_at) * quota)
        has_token = tokens >= 1
        self._buckets[operation] = (tokens - 1 if has_token else tokens, now)
        return has_token
