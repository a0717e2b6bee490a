"""Creates on an event loop, over HTTP, where connections are reset after the profile was stored."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import boto3
from event_loops import each_transport, run

from benchmarks import resets
from customer_profiles_sdk import AsyncCustomerProfilesClient, Profile

CREATES = 300


@each_transport
def test_no_duplicates(transport: Any) -> None:
    """Each customer is stored once; what was reset is unknown, and all else is acknowledged."""

    @asynccontextmanager
    async def opened(url: str) -> AsyncIterator[resets.Create]:
        session = boto3.Session("access", "secret", region_name="eu-central-1")
        async with AsyncCustomerProfilesClient(
            "acme", transport=transport, session=session, endpoint_url=url
        ) as client:
            yield lambda account_number: client.create_profile(Profile(account_number=account_number))

    tally = run(resets.tally(opened, CREATES))

    assert (0, 0) == (tally["duplicates"], tally["failed"])
    assert CREATES == tally["acknowledged"] + tally["unknown"]
    assert 10 <= tally["unknown"] <= 60
