"""The pace: steady, never too many in one second, and it gives way to others on the quota; all in virtual time."""

import heapq
import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, pairwise
from random import Random
from threading import TIMEOUT_MAX

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_profiles_sdk._aws.pace import Pace

LATENCY_SECONDS = 0.04
QUOTA = 100


class Timeline:
    """A clock that is moved from event to event."""

    def __init__(self) -> None:
        self.now = 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    def clock(self) -> float:
        """Return the time."""
        return self.now

    def after(self, seconds: float, event: Callable[[], None]) -> None:
        """Let something happen in so many seconds."""
        heapq.heappush(self._events, (self.now + seconds, next(self._numbers), event))

    def run_until(self, end: float) -> None:
        """Let everything happen up to a time."""
        while self._events and self._events[0][0] <= end:
            self.now, _, event = heapq.heappop(self._events)
            event()


class Quota:
    """A token bucket that holds one second's worth, as the embedded service has it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tokens, self._filled_at = float(QUOTA), 0.0

    def accepts(self) -> bool:
        """Take a token, and tell whether there was one."""
        now = self._clock()
        self._tokens = min(QUOTA, self._tokens + (now - self._filled_at) * QUOTA)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


@attrs.define
class Seen:
    """What a service sees: when our requests were sent and accepted, and how many of the other's were throttled."""

    sent: list[float] = attrs.Factory(list)
    accepted: list[float] = attrs.Factory(list)
    others_throttled: int = 0


def on_a_quota(  # noqa: C901 (the events of one simulation)
    pace: Callable[[Callable[[], float]], Pace] | None,
    seconds: float,
    *,
    other_rate: float = 0,
    other_stops_at: float = math.inf,
    threads: int = 16,
) -> Seen:
    """Return what a service sees of so many threads that send as fast as they may, beside another application."""
    timeline, random, seen = Timeline(), Random(2026), Seen()
    quota = Quota(timeline.clock)
    ours = pace(timeline.clock) if pace else None

    def begin(retries: int = 0) -> None:
        turn = iter(()) if ours is None else ours.turn("CreateProfile")

        def wait() -> None:
            seconds = next(turn, None)
            if seconds is None:
                seen.sent.append(timeline.now)
                timeline.after(LATENCY_SECONDS / 2 + random.uniform(0, 0.002), lambda: arrive(retries))
            else:
                timeline.after(seconds + random.uniform(0, 0.002), wait)

        wait()

    def arrive(retries: int) -> None:
        is_accepted = quota.accepts()
        if is_accepted:
            seen.accepted.append(timeline.now)
        timeline.after(LATENCY_SECONDS / 2, lambda: receive(retries, is_accepted=is_accepted))

    def receive(retries: int, *, is_accepted: bool) -> None:
        if ours is not None and not is_accepted:
            ours.throttled("CreateProfile")
        if is_accepted or retries == 2:
            begin()
        else:  # as botocore's standard retry mode waits
            timeline.after(random.uniform(0, 2**retries), lambda: begin(retries + 1))

    def other() -> None:
        if timeline.now < other_stops_at:
            timeline.after(random.uniform(0.5, 1.5) / other_rate, other)
            seen.others_throttled += not quota.accepts()

    for _ in range(threads):
        timeline.after(0, begin)
    if other_rate:
        timeline.after(0, other)
    timeline.run_until(seconds)
    return seen


def pace_98(clock: Callable[[], float]) -> Pace:
    """Return the loader's pace."""
    return Pace(98, clock)


def between(moments: list[float], start: float, end: float) -> int:
    """Return how many there are from a time to another."""
    return sum(1 for moment in moments if start <= moment < end)


def most_in_one_second(moments: list[float]) -> int:
    """Return the most in any one second, its first and its last moment included."""
    return max(bisect_right(moments, first + 1) - i for i, first in enumerate(moments))


def sent_alone(pace: Pace, timeline: Timeline, operation: str, seconds: float) -> list[float]:
    """Return when one thread sends that does nothing else."""
    sent = []
    while timeline.now < seconds:
        for wait in pace.turn(operation):
            timeline.now += wait
        sent.append(timeline.now)
    return sent


class TestSteady:
    """A pace holds its rate, evenly."""

    def test_the_rate_is_held(self) -> None:
        """At 98, 16 threads over 40 ms send 98 to 98.5 a second, never more than 100 in one, and none is throttled."""
        seen = on_a_quota(pace_98, 60)

        assert len(seen.sent) == pytest.approx(98.25 * 60, rel=0.003)
        assert most_in_one_second(seen.sent) <= 100
        assert len(seen.sent) - len(seen.accepted) < 16

    def test_requests_follow_each_other_evenly(self) -> None:
        """After the first, which waits for nothing, each request waits for its time."""
        timeline = Timeline()
        sent = sent_alone(Pace(10, timeline.clock), timeline, "CreateProfile", 3)

        assert 0 == sent[0]
        assert [0.1] * 29 == pytest.approx([after - before for before, after in pairwise(sent[:30])], rel=0.01)

    @given(
        rate=st.sampled_from([2.5, 10, 98, 500]),
        threads=st.sampled_from([1, 16, 100]),
        random=st.randoms(use_true_random=False),
    )
    def test_never_too_many_in_any_one_second(self, rate: float, threads: int, random: Random) -> None:
        """Not after idle times, not from many threads, and not where threads wake up late, all of them at once too."""
        timeline, sent = Timeline(), list[float]()
        pace = Pace(rate, timeline.clock)
        stalled_until = [0.0]

        def begin() -> None:
            turn = pace.turn("CreateProfile")

            def wait() -> None:
                if timeline.now < stalled_until[0]:
                    timeline.after(stalled_until[0] - timeline.now, wait)
                elif (seconds := next(turn, None)) is not None:
                    timeline.after(seconds + random.choice([0, 0, 0.001, 0.02, 0.3]), wait)
                else:
                    sent.append(timeline.now)
                    timeline.after(random.choice([0, 0.04, 0.04, 2]), begin)

            wait()

        def stall() -> None:
            stalled_until[0] = timeline.now + random.uniform(0, 0.8)
            timeline.after(random.uniform(0.5, 2), stall)

        timeline.after(1, stall)
        for _ in range(threads):
            timeline.after(random.choice([0, 1.5]), begin)
        timeline.run_until(5)

        assert most_in_one_second(sent) <= 1.02 * rate + 1
        assert pace.requests == len(sent)

    def test_what_threads_lose_by_waking_up_late_is_made_up_for(self) -> None:
        """Where all threads stand still for a tenth of a second now and then, the rate is held all the same."""
        timeline, sent = Timeline(), list[float]()
        pace = Pace(98, timeline.clock)

        def begin() -> None:
            turn = pace.turn("CreateProfile")

            def wait() -> None:
                if (seconds := next(turn, None)) is None:
                    sent.append(timeline.now)
                    timeline.after(LATENCY_SECONDS, begin)
                else:
                    wakes_at = timeline.now + seconds
                    stalls = wakes_at % 30 < 0.1
                    timeline.after(seconds + (0.1 - wakes_at % 30 if stalls else 0.005), wait)

            wait()

        for _ in range(16):
            timeline.after(0, begin)
        timeline.run_until(120)

        assert between(sent, 1, 120) / 119 >= 98
        assert most_in_one_second(sent) <= 100

    def test_each_operation_has_a_pace_of_its_own(self) -> None:
        """What one operation sends keeps no other waiting: the quotas are for each operation."""
        timeline = Timeline()
        pace = Pace(1, timeline.clock)

        first = [next(pace.turn(operation)) for operation in ("CreateProfile", "SearchProfiles")]
        second = [next(pace.turn(operation)) for operation in ("CreateProfile", "SearchProfiles")]

        assert [0, 0] == first
        assert [1, 1] == pytest.approx(second, rel=0.01)

    @pytest.mark.parametrize(("rate", "seconds"), [(0.1, 10), (0.001, 1000), (1e-300, TIMEOUT_MAX)])
    def test_a_low_rate_is_a_long_wait(self, rate: float, seconds: float) -> None:
        """The wait is as long as the rate says, and never longer than a thread can sleep."""
        pace = Pace(rate, Timeline().clock)

        assert 0 == next(pace.turn("CreateProfile"))
        assert seconds == pytest.approx(next(pace.turn("CreateProfile")), rel=0.01)

    def test_a_clock_that_stands_still_ends_no_pace(self) -> None:
        """Where a test freezes the clock, the times that were waited are counted: the waits do not grow."""
        pace = Pace(10, lambda: 5.0)
        waits = [list(pace.turn("CreateProfile")) for _ in range(50)]

        assert [0.0] == waits[0]
        assert {1} == {len(each) for each in waits}
        assert all(0.099 < seconds < 0.1001 for (seconds,) in waits[1:])

    def test_it_is_safe_between_threads(self) -> None:
        """Many threads at once lose no request of the count, and never send too fast."""
        pace = Pace(1_000_000)

        def send(_: int) -> None:
            for _ in range(500):
                list(pace.turn("CreateProfile"))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(send, range(8)))

        assert 4000 == pace.requests


class TestGivingWay:
    """Where the service throttles, another application uses the quota: the pace gives way, and comes back."""

    @pytest.mark.parametrize("other_rate", [30, 60])
    def test_beside_another_application(self, other_rate: float) -> None:
        """The other has a tenth of the rejections that a loader without a pace brings, and ours uses what is left."""
        unpaced = on_a_quota(None, 20, other_rate=other_rate)
        paced = on_a_quota(pace_98, 20, other_rate=other_rate)

        assert unpaced.others_throttled > 100
        assert paced.others_throttled <= unpaced.others_throttled / 10
        assert between(paced.accepted, 5, 20) / 15 >= 0.85 * (QUOTA - other_rate)

    @pytest.mark.parametrize("other_rate", [30, 60])
    def test_for_long(self, other_rate: float) -> None:
        """In five minutes it tries seldom whether there is more: the other loses less than one request in 400."""
        paced = on_a_quota(pace_98, 300, other_rate=other_rate)

        assert paced.others_throttled < 300 * other_rate / 400
        assert len(paced.accepted) / 300 >= 0.95 * (QUOTA - other_rate)

    @pytest.mark.parametrize("other_rate", [30, 60, 90])
    def test_it_comes_back_when_the_other_stops(self, other_rate: float) -> None:
        """Half a minute after the other has stopped it sends at the full rate again."""
        seen = on_a_quota(pace_98, 75, other_rate=other_rate, other_stops_at=30)

        assert between(seen.accepted, 65, 75) / 10 >= 97

    def test_several_within_one_second_count_once(self) -> None:
        """Requests that were on their way when the first was throttled say nothing new."""

        def sent_after(times: int) -> int:
            timeline = Timeline()
            pace = Pace(98, timeline.clock)
            sent_alone(pace, timeline, "CreateProfile", 2)
            for _ in range(times):
                pace.throttled("CreateProfile")
                timeline.now += 0.04
            timeline.now = 2.5
            return len(sent_alone(pace, timeline, "CreateProfile", 4))

        assert sent_after(1) == sent_after(10)

    def test_only_the_operation_that_was_throttled_gives_way(self) -> None:
        """The other operations keep their pace."""
        timeline = Timeline()
        pace = Pace(98, timeline.clock)
        pace.throttled("CreateProfile")

        assert len(sent_alone(pace, timeline, "SearchProfiles", 5)) >= 98 * 5

    def test_a_single_rejection_costs_little(self) -> None:
        """After one throttled request, without any other, at least 85 % of the minute's requests are sent."""
        timeline = Timeline()
        pace = Pace(98, timeline.clock)
        pace.throttled("CreateProfile")

        assert len(sent_alone(pace, timeline, "CreateProfile", 60)) >= 0.85 * 98 * 60

    def test_it_never_stops(self) -> None:
        """Throttled without end, it still sends now and then, and then comes back."""
        timeline = Timeline()
        pace = Pace(98, timeline.clock)

        def sent_until(end: float) -> Iterator[float]:
            while timeline.now < end:
                for wait in pace.turn("CreateProfile"):
                    timeline.now += wait
                yield timeline.now

        for _ in sent_until(60):
            pace.throttled("CreateProfile")
        slow = len(list(sent_until(65)))
        list(sent_until(120))

        assert 0.02 * 98 * 5 < slow < 0.1 * 98 * 5
        assert len(list(sent_until(130))) >= 97 * 10

    def test_what_was_throttled_was_not_accepted(self) -> None:
        """Where half of the requests are throttled, less than the other half is sent in the same time afterwards."""
        timeline = Timeline()
        pace = Pace(98, timeline.clock)
        pace.throttled("CreateProfile")
        first = sent_alone(pace, timeline, "CreateProfile", 0.9)
        for _ in range(len(first) // 2):
            pace.throttled("CreateProfile")
        timeline.now = 1.1
        pace.throttled("CreateProfile")

        assert len(sent_alone(pace, timeline, "CreateProfile", 2)) < len(first) / 2

    def test_where_little_was_sent_it_gives_way_step_by_step(self) -> None:
        """After an idle time what was accepted says little: the rate is not lowered to nothing at once."""
        timeline = Timeline()
        pace = Pace(98, timeline.clock)
        sent_alone(pace, timeline, "CreateProfile", 1)
        pace.throttled("CreateProfile")
        timeline.now += 9
        sent_alone(pace, timeline, "CreateProfile", timeline.now + 0.1)
        pace.throttled("CreateProfile")
        start = timeline.now

        assert len(sent_alone(pace, timeline, "CreateProfile", start + 2)) > 40

    def test_it_counts(self) -> None:
        """The attempts that were sent and those that were throttled are counted, over all operations."""
        timeline = Timeline()
        pace = Pace(98, timeline.clock)
        sent = sent_alone(pace, timeline, "CreateProfile", 1) + sent_alone(pace, timeline, "SearchProfiles", 2)
        for operation in ("CreateProfile", "CreateProfile", "SearchProfiles"):
            pace.throttled(operation)

        assert len(sent) == pace.requests
        assert 3 == pace.throttled_requests
