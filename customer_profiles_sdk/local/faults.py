"""Trouble on purpose: what may go wrong with a request to the embedded service, how often, and for which operations.

What trouble means for the bytes is left to those who carry them: ``inprocess`` and ``server``.
"""

import time
from collections.abc import Iterable
from enum import Enum, auto
from random import Random
from threading import Lock
from typing import Final

import attrs
from attrs import field

from customer_profiles_sdk.local.contract import FaultError


class Trouble(Enum):
    """What can happen to a request."""

    THROTTLED = auto()
    """It is refused with ThrottlingException and not carried out."""
    CONCURRENT_UPDATE = auto()
    """It is refused, as while another update of the same profile is in progress, and not carried out."""
    FAILED = auto()
    """It is carried out and answered with InternalServerException."""
    LOST = auto()
    """It is carried out, and the connection is dropped instead of an answer."""
    STALLED = auto()
    """It is carried out, and the answer comes too late."""


REFUSALS: Final = {
    Trouble.THROTTLED: FaultError("ThrottlingException", 429, "Rate exceeded"),
    Trouble.CONCURRENT_UPDATE: FaultError(
        "BadRequestException", 400, "Failed to update profile due to concurrent update in-progress."
    ),
}
"""Troubles that keep a request from being carried out."""

FAILURE: Final = FaultError("InternalServerException", 500, "Internal service error")


def _frozen(operations: Iterable[str]) -> frozenset[str]:
    return frozenset(operations)


@attrs.frozen
class Fault:
    """One kind of trouble.

    Attributes:
        trouble: what happens.
        rate: to which share of the requests, 0 to 1.
        operations: the API's operations that it happens to, as in ``["CreateProfile"]``; all of them where empty.
        times: how often at most; without end where ``None``.
    """

    trouble: Trouble
    rate: float = field(default=1.0, kw_only=True)
    operations: frozenset[str] = field(default=frozenset(), converter=_frozen, kw_only=True)
    times: int | None = field(default=None, kw_only=True)


class Faults:
    """All trouble of a service; safe under threads, and the same again for the same seed and order of requests.

    Args:
        faults: kinds of trouble; the first that strikes a request is what happens to it.
        seed: what chance begins with.
        requests_per_second: a quota of each operation, above which its requests are throttled: a bucket of tokens that
            holds one second's worth. The real service's default is 100 for most operations.
        search_lag_seconds: how long after a write search sees it.
        stall_seconds: how long a stalled answer takes.
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
        self._chance = Random(seed)  # noqa: S311 (chance that can be repeated is what is wanted)
        self._quota = requests_per_second
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def strike(self, operation: str) -> Trouble | None:
        """Return what happens to the next request of an operation."""
        with self._lock:
            if self._quota is not None and not self._take_token(operation, self._quota):
                return Trouble.THROTTLED
            for position, each in enumerate(self._faults):
                if (not each.operations or operation in each.operations) and self._strikes(position, each):
                    return each.trouble
        return None

    def _strikes(self, position: int, fault: Fault) -> bool:
        left = self._left[position]
        if left == 0 or self._chance.random() >= fault.rate:
            return False
        if left is not None:
            self._left[position] = left - 1
        return True

    def _take_token(self, operation: str, quota: float) -> bool:
        now = time.monotonic()
        tokens, filled_at = self._buckets.get(operation, (quota, now))
        tokens = min(quota, tokens + (now - filled_at) * quota)
        is_there = tokens >= 1
        self._buckets[operation] = (tokens - 1 if is_there else tokens, now)
        return is_there
