"""Duplicates of creates on an event loop, where connections are reset after the profile was stored.

aiobotocore calls such a reset ``EndpointConnectionError``, the name that it also has for a connection that could not be
made, and retries the create.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from threading import Lock
from typing import Final

from benchmarks.network import Action, Drop, HttpRequest, Server, response
from customer_profiles_sdk import OutcomeUnknownError

SHARE: Final = 0.1
TASKS: Final = 16
Create = Callable[[str], Awaitable[object]]


class ResettingService:
    """Stores what it is sent and resets one connection in ten in place of the response.

    Attributes:
        stored: how many profiles each account number has.
    """

    def __init__(self, share: float = SHARE) -> None:
        self.stored: Counter[str] = Counter()
        self._share = share
        self._random = random.Random(2026)
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> Action:
        """Store a profile and return what becomes of the response."""
        with self._lock:
            self.stored[json.loads(request.body)["AccountNumber"]] += 1
            profile_id = f"{self.stored.total():032x}"
            is_reset = self._random.random() < self._share
        return Drop.RESET if is_reset else response(json.dumps({"ProfileId": profile_id}).encode())


async def create_all(create: Create, creates: int) -> Counter[str]:
    """Create so many customers from some tasks, and return what the caller learns."""
    left = iter(range(creates))
    outcomes: Counter[str] = Counter()

    async def work() -> None:
        for number in left:
            try:
                await create(f"C-{number}")
            except OutcomeUnknownError:
                outcomes["unknown"] += 1
            except Exception:  # noqa: BLE001 (whatever a way raises)
                outcomes["failed"] += 1
            else:
                outcomes["acknowledged"] += 1

    await asyncio.gather(*[work() for _ in range(TASKS)])
    return outcomes


async def tally(opened: Callable[[str], AbstractAsyncContextManager[Create]], creates: int) -> dict[str, int]:
    """Return what became of the creates of one way, which is opened for an address."""
    service = ResettingService()
    with Server(service) as server:
        async with opened(server.url) as create:
            outcomes = await create_all(create, creates)
    duplicates = sum(count - 1 for count in service.stored.values())
    return {**{name: outcomes[name] for name in ("acknowledged", "unknown", "failed")}, "duplicates": duplicates}
