"""An asynchronous client with ``requests_per_second``: what waits, and that waiting blocks and costs nothing."""

import asyncio
import time
from typing import Any

import pytest
from botocore.config import Config
from each_client import client_over, new_client, plain_client_of
from event_loops import each_transport, pending_tasks, run, until

from benchmarks.network import Server, response
from customer_profiles_sdk import AsyncCustomerProfilesClient, Profile
from customer_profiles_sdk._aws.pace import Pace
from customer_profiles_sdk.local import LocalCustomerProfiles

RATE = 10.0
INTERVAL_SECONDS = 0.098
"""The shortest time between two requests at that rate, a little less than a tenth of a second."""
CREATED = response(b'{"ProfileId": "%s"}' % (b"0" * 32))


def client_of(server: Server, transport: Any, rate: float, **options: Any) -> AsyncCustomerProfilesClient:
    """Return a client with a pace, of a server."""
    return AsyncCustomerProfilesClient(
        "acme",
        transport=transport,
        region_name="eu-central-1",
        endpoint_url=server.url,
        requests_per_second=rate,
        **options,
    )


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be credentials."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


class TestWhatWaits:
    """Every attempt of every task waits for its turn."""

    @each_transport
    def test_tasks_together(self, transport: Any) -> None:
        """Tasks at the same time are sent one after the other, and the event loop goes on."""

        async def main(server: Server) -> int:
            rounds = 0
            async with client_of(server, transport, RATE) as client:
                calls = asyncio.gather(*[client.create_profile(Profile()) for _ in range(4)])
                while not calls.done():
                    await asyncio.sleep(0.01)
                    rounds += 1
            return rounds

        with Server(lambda _: CREATED) as server:
            started = time.monotonic()
            rounds = run(main(server))

        assert time.monotonic() - started >= 3 * INTERVAL_SECONDS
        assert rounds >= 5

    @each_transport
    def test_retries(self, transport: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each retry waits and counts."""
        monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
        throttled = response(b'{"__type": "ThrottlingException"}', 429)
        replies = iter([throttled, throttled, CREATED])

        async def main(server: Server) -> None:
            async with client_of(server, transport, RATE) as client:
                await client.create_profile(Profile())
                sending: Any = client._driver._transport
                (pace,) = sending._driver.paces
                assert (3, 2) == (pace.requests, pace.throttled_requests)

        with Server(lambda _: next(replies)) as server:
            started = time.monotonic()
            run(main(server))

        assert time.monotonic() - started >= 2 * INTERVAL_SECONDS

    @pytest.mark.usefixtures("each_client")
    def test_a_callers_own_client(self, service: LocalCustomerProfiles) -> None:
        """A pace holds on a client of the caller's too."""
        client = client_over(plain_client_of(service), requests_per_second=RATE)

        started = time.monotonic()
        for _ in range(3):
            client.create_profile(Profile())
        assert time.monotonic() - started >= 2 * INTERVAL_SECONDS

    @pytest.mark.usefixtures("each_client")
    def test_without_a_pace(self, service: LocalCustomerProfiles) -> None:
        """Another client over the same one does not wait."""
        plain = plain_client_of(service)
        client_over(plain, requests_per_second=0.001).create_profile(Profile())

        client_over(plain).create_profile(Profile())

    @pytest.mark.usefixtures("each_client")
    def test_a_turn_that_is_missed(self) -> None:
        """What comes between the turn and the sending, such as new credentials, makes an attempt wait once more."""
        with Server(lambda _: CREATED) as server:
            client = new_client("acme", region_name="eu-central-1", endpoint_url=server.url, requests_per_second=RATE)
            slow = iter([0.15, 0])
            client.boto3_client.meta.events.register("before-sign", lambda **_: time.sleep(next(slow)))
            started = time.monotonic()
            for _ in range(2):
                client.create_profile(Profile())

        assert time.monotonic() - started >= 0.15 + INTERVAL_SECONDS


class TestCancelling:
    """A call that is cancelled while it waits for its turn."""

    @each_transport
    def test_it_is_not_sent(self, transport: Any) -> None:
        """It ends at once, is not sent, and leaves its turn to others."""

        async def main(server: Server) -> None:
            async with client_of(server, transport, 2, config=Config(max_pool_connections=50)) as client:
                await client.create_profile(Profile())
                tasks = [asyncio.create_task(client.create_profile(Profile())) for _ in range(40)]
                sending: Any = client._driver._transport
                (pace,) = sending._driver.paces
                await until(lambda: pace._lanes["CreateProfile"]._next_slot > time.monotonic() + 15)
                started = time.monotonic()
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks)
                await until(lambda: not pending_tasks())
                await client.create_profile(Profile())
                assert time.monotonic() - started < 10

        with Server(lambda _: CREATED) as server:
            run(main(server))
        assert len(server.requests) <= 4

    def test_on_a_client_that_was_used_without_a_pace(self, service: LocalCustomerProfiles) -> None:
        """It is not sent either where another client without a pace has used the same boto3 client before."""
        shared = service.boto3_client()

        async def main() -> None:
            async with AsyncCustomerProfilesClient("acme", boto3_client=shared) as client:
                await client.create_profile(Profile())
            async with AsyncCustomerProfilesClient("acme", boto3_client=shared, requests_per_second=0.001) as client:
                await client.create_profile(Profile())
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(client.create_profile(Profile()), 0.1)

        run(main())
        assert ["CreateProfile"] * 2 == [request.operation for request in service.requests]


def test_a_turn_that_is_given_back() -> None:
    """Another attempt has it, and the pace holds all the same."""
    now = 100.0
    pace = Pace(1, clock=lambda: now)
    for _ in range(5):
        next(pace.turn("a"))
    for _ in range(3):
        pace.give_back("a")

    assert pytest.approx(2, abs=0.05) == next(pace.turn("a"))
    assert 0 == next(pace.turn("b"))
