"""The ids of profiles that a client lately created or updated, which search does not find yet."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Final

_MAX_IDS: Final = 10_000
_SECONDS: Final = 300.0


class RecentProfiles:
    """Ids by the names that profiles were given; bounded in number and time, safe between threads.

    The names are made of customers' data, and are kept no longer than the ids.

    Args:
        clock: returns seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ids: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._lock = Lock()

    def remember(self, names: Iterable[str], profile_id: str) -> None:
        """Remember the id of a profile that was given these names."""
        expires_at = self._clock() + _SECONDS
        with self._lock:
            for name in names:
                self._ids.pop(name, None)
                self._ids[name] = (profile_id, expires_at)
            while self._ids and (len(self._ids) > _MAX_IDS or next(iter(self._ids.values()))[1] < self._clock()):
                self._ids.popitem(last=False)

    def find(self, names: Iterable[str]) -> set[str]:
        """Return the ids that are remembered under any of these names."""
        now = self._clock()
        with self._lock:
            remembered = (self._ids[name] for name in names if name in self._ids)
            return {profile_id for profile_id, expires_at in remembered if expires_at >= now}

    def forget(self, names: Iterable[str], profile_id: str) -> None:
        """Forget the id of a profile that is gone."""
        with self._lock:
            for name in names:
                if self._ids.get(name, ("", 0.0))[0] == profile_id:
                    del self._ids[name]
