"""What a client remembers of the profiles that it lately created: bounded in number and time."""

import pytest

from customer_profiles_sdk._core.recent_profiles import RecentProfiles


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """Return the clock of ``recent``."""
    return Clock()


@pytest.fixture
def recent(clock: Clock) -> RecentProfiles:
    """Return an empty memory."""
    return RecentProfiles(clock)


def test_under_each_name(recent: RecentProfiles) -> None:
    """A profile is found under each name that it was created under, and under no other."""
    recent.remember(["a", "b"], "1")
    recent.remember(["c"], "2")

    assert {"1"} == recent.find(["a"]) == recent.find(["x", "b"])
    assert {"1", "2"} == recent.find(["a", "b", "c"])
    assert set() == recent.find(["x"])


def test_a_newer_profile_wins(recent: RecentProfiles) -> None:
    """Under one name only the newest profile is remembered."""
    recent.remember(["a"], "1")
    recent.remember(["a"], "2")

    assert {"2"} == recent.find(["a"])


def test_for_five_minutes(recent: RecentProfiles, clock: Clock) -> None:
    """A profile is remembered for 300 seconds; the next profile that is remembered then frees its memory."""
    recent.remember(["a"], "1")
    clock.seconds = 300
    assert {"1"} == recent.find(["a"])

    clock.seconds = 301
    assert set() == recent.find(["a"])
    recent.remember(["b"], "2")
    clock.seconds = 0
    assert set() == recent.find(["a"])


def test_no_more_than_ten_thousand(recent: RecentProfiles) -> None:
    """10,000 names are remembered; one more drops the oldest."""
    for number in range(10_001):
        recent.remember([str(number)], str(number))

    assert set() == recent.find(["0"])
    assert {"1", "10000"} == recent.find(["1", "10000"])


def test_a_profile_that_is_gone(recent: RecentProfiles) -> None:
    """A profile is forgotten under its names, but not one that was remembered under them since."""
    recent.remember(["a", "b"], "1")
    recent.remember(["b"], "2")

    recent.forget(["a", "b", "x"], "1")

    assert set() == recent.find(["a"])
    assert {"2"} == recent.find(["b"])
