"""How many requests a second are sent: a steady pace for each operation, which gives way where the service throttles.

The service's quotas are per operation. Here are the times alone: nothing is sent here and nothing sleeps; ``retries``
asks before each attempt, and tells which attempts were throttled.
"""

import sys
import time
from collections.abc import Callable, Generator
from threading import TIMEOUT_MAX, Lock
from typing import Final

from customer_profiles_sdk.errors import InvalidRequestError, Problem

_FASTER: Final = 1.005
"""How much faster than the rate requests may follow each other, to make up for lost time."""
_MAX_LOST_SECONDS: Final = 0.2
"""The most time that is made up for."""
_TOLERANCE_SECONDS: Final = 0.01
"""How late a request may be sent without moving those after it."""

_SAME_CAUSE_SECONDS: Final = 1.0
"""What is throttled so soon after the rate was lowered was sent before, and says nothing new."""
_FIRST_GUESS: Final = 0.75
"""The share of the full rate that is taken for what the service accepts when it throttles for the first time."""
_LOWERED: Final = 0.72
"""The share of what the service accepts to which the rate is lowered, so that the quota fills up again."""
_SAFE: Final = 0.97
"""The share of what the service accepts to which the rate comes back soon."""
_MIN_STEP: Final = 0.5
"""The rate is never lowered by more than this at a time."""
_MIN_SHARE: Final = 0.05
"""The rate is never lowered below this share of the full one, so that it always comes back."""
_RETURN_SECONDS: Final = 5.0
"""How long the rate takes to come back to what is safe."""
_PROBE: Final = 0.1
"""By which share the rate has risen above what is safe after as long again; it rises slowly first, then faster."""


def check_rate(operation: str, requests_per_second: object) -> float:
    """Return the rate as a number; ``InvalidRequestError`` with the operation's name where it is none above 0."""
    if (
        isinstance(requests_per_second, int | float)
        and not isinstance(requests_per_second, bool)
        and sys.float_info.min <= requests_per_second <= sys.float_info.max
    ):
        return float(requests_per_second)
    raise InvalidRequestError(operation, [Problem("requests_per_second", "expected a number above 0")])


class Pace:
    """The times at which requests are sent, for each operation on its own. It is safe between threads.

    Requests follow each other evenly. In no second are more than ``1.02 * requests_per_second + 1`` of an operation
    sent, also after an idle time, from many threads, and where threads wake up late. Where the service throttles, as
    another application has a part of its quota, the rate is lowered to what the service accepted; it comes back slowly.

    Args:
        requests_per_second: the rate.
        clock: returns seconds; where it stands still, the times that were waited are counted instead.

    Attributes:
        requests: how many attempts were sent.
        throttled_requests: how many of them were throttled.
    """

    def __init__(self, requests_per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.requests: int = 0
        self.throttled_requests: int = 0
        self._rate = float(requests_per_second)
        self._clock = clock
        self._lock = Lock()
        self._lanes: dict[str, _Lane] = {}

    def turn(self, operation: str) -> Generator[float, None, None]:
        """Yield the seconds to wait before an attempt is sent, until it may be; at least once.

        The caller waits, so that it can do so as it likes. When it comes back late, it may have to wait once more.
        """
        while True:
            with self._lock:
                lane = self._lane(operation)
                now = lane.now(self._clock())
                slot = lane.take_slot(now)
            yield min(slot - now, TIMEOUT_MAX)
            with self._lock:
                if lane.send(max(self._clock(), slot)):
                    self.requests += 1
                    return

    def give_back(self, operation: str) -> None:
        """Let somebody else have a turn that was taken, for an attempt that is not sent."""
        with self._lock:
            self._lane(operation).give_back()

    def throttled(self, operation: str) -> None:
        """Give way: the service throttled an attempt."""
        with self._lock:
            self.throttled_requests += 1
            lane = self._lane(operation)
            lane.give_way(lane.now(self._clock()))

    def _lane(self, operation: str) -> "_Lane":
        lane = self._lanes.get(operation)
        if lane is None:
            lane = self._lanes[operation] = _Lane(self._rate, self._clock())
        return lane


class _Lane:
    """The pace of one operation: a generic cell rate algorithm for slots, and one for what is really sent."""

    def __init__(self, full_rate: float, now: float) -> None:
        self._full_rate = full_rate
        self._next_slot = now
        self._lost_seconds = _MAX_LOST_SECONDS
        self._sent_until = now  # up to when the requests that were sent have used up the time
        self._sent_at = now
        self._accepted = 0  # since the rate was lowered
        self._lowered_at: float | None = None
        self._low_rate = full_rate
        self._safe_rate = full_rate

    def now(self, clock: float) -> float:
        """Return the time. It never goes back behind what was sent, even if the clock stands still."""
        return max(clock, self._sent_at)

    def take_slot(self, now: float) -> float:
        """Return the time at which the next request may be sent, and take it."""
        slot = max(self._next_slot, now)
        self._lost_seconds = min(self._lost_seconds + slot - self._next_slot, _MAX_LOST_SECONDS)
        interval = 1 / self._rate_at(slot)
        made_up = min(interval - interval / _FASTER, self._lost_seconds)
        self._lost_seconds -= made_up
        self._next_slot = slot + interval - made_up
        return slot

    def give_back(self) -> None:
        """Let somebody else have a slot that was taken; ``send`` keeps those apart who have the same one then."""
        self._next_slot -= 1 / self._rate_at(self._next_slot)

    def send(self, now: float) -> bool:
        """Tell whether a request may be sent now: whether threads that woke up late are not sending too many."""
        interval = 1 / self._rate_at(now)
        if now < self._sent_until - _TOLERANCE_SECONDS:
            self._lost_seconds = min(self._lost_seconds + interval, _MAX_LOST_SECONDS)
            return False
        self._sent_until = max(self._sent_until, now) + interval / _FASTER
        self._sent_at = now
        self._accepted += 1
        return True

    def give_way(self, now: float) -> None:
        """Lower the rate to less than what the service accepted since it was lowered last."""
        self._accepted -= 1
        rate = self._rate_at(now)
        if self._lowered_at is None:
            accepted = rate * _FIRST_GUESS
        else:
            seconds = now - self._lowered_at
            if seconds < _SAME_CAUSE_SECONDS:
                return
            # The quota was used up then and is now: so this much of it was there for this client.
            accepted = min(rate, max(self._accepted / seconds, rate * _MIN_STEP))
        accepted = max(accepted, self._full_rate * _MIN_SHARE)
        self._low_rate, self._safe_rate = accepted * _LOWERED, accepted * _SAFE
        self._lowered_at = now
        self._accepted = 0
        self._lost_seconds = 0.0

    def _rate_at(self, now: float) -> float:
        if self._lowered_at is None:
            return self._full_rate
        passed = (now - self._lowered_at) / _RETURN_SECONDS - 1
        if passed < 0:
            return self._safe_rate + (self._safe_rate - self._low_rate) * passed**3
        rate = self._safe_rate * (1 + _PROBE * passed**3)
        if rate < self._full_rate:
            return rate
        self._lowered_at = None
        return self._full_rate
