"""Cancelling, timeouts, task groups, and event loops: nothing is left behind, and the client can be used afterwards."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import attrs
import boto3
import pytest
from botocore.client import BaseClient
from botocore.config import Config
from event_loops import (
    LoopFactory,
    each_loop,
    each_transport,
    open_sockets,
    pending_tasks,
    run,
    threads_of_clients,
    until,
)

from benchmarks.network import HttpRequest, Server, response
from customer_profiles_sdk import (
    AsyncCustomerProfilesClient,
    CustomerProfilesError,
    Profile,
    ProfileNotFoundError,
    SearchKey,
)
from customer_profiles_sdk._aws.async_driver import AsyncDriver
from customer_profiles_sdk._aws.async_locks import AsyncNameLocks
from customer_profiles_sdk._aws.cancellation import begin_waiting, end_waiting, end_with_waiting
from customer_profiles_sdk._core.flow import Call, Steps
from customer_profiles_sdk._core.operations import create_profile
from customer_profiles_sdk._core.recent_profiles import RecentProfiles
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

ID = "0123456789abcdef0123456789abcdef"
FOUND = response(b'{"Profiles": [{"ProfileId": "%s"}], "ProfileId": "%s", "Items": []}' % (ID.encode(), ID.encode()))
CUSTOMER = Profile(account_number="C-1")
ONE_ATTEMPT: Any = {"total_max_attempts": 1}


@attrs.define
class Held:
    """A service that responds to creates when it is told to, and to all else at once.

    Attributes:
        arrived: set when a create has arrived.
        respond: to be set for the response.
        creates: how many creates have arrived.
    """

    arrived: threading.Event = attrs.Factory(threading.Event)
    respond: threading.Event = attrs.Factory(threading.Event)
    creates: int = 0

    def __call__(self, request: HttpRequest) -> bytes:
        """Return the response to a request."""
        if request.target == "/domains/acme/profiles":
            self.creates += 1
            self.arrived.set()
            self.respond.wait(30)
        return FOUND


@pytest.fixture
def held() -> Iterator[Held]:
    """Return such a service; at the end it responds."""
    held = Held()
    yield held
    held.respond.set()


@pytest.fixture
def server(held: Held) -> Iterator[Server]:
    """Serve it over HTTP."""
    with Server(held) as server:
        yield server
        held.respond.set()


def client_of(server: Server, transport: Any, **options: Any) -> AsyncCustomerProfilesClient:
    """Return a client of a server."""
    session = boto3.Session("access", "secret", region_name="eu-central-1")
    config = Config(retries=ONE_ATTEMPT, **options)
    return AsyncCustomerProfilesClient(
        "acme", transport=transport, session=session, endpoint_url=server.url, config=config
    )


@asynccontextmanager
async def nothing_left(client: AsyncCustomerProfilesClient, held: Held) -> AsyncIterator[AsyncCustomerProfilesClient]:
    """Use a client, show that it still can be used, and that nothing of it is left once it is closed."""
    before = open_sockets()
    async with client:
        yield client
        assert ID == (await client.get_profile(ID)).profile_id
    assert [] == threads_of_clients()
    assert [] == pending_tasks()
    held.respond.set()  # the sockets of the server are in this process too
    await until(lambda: not open_sockets() - before)


class TestCancelling:
    """A call that is cancelled."""

    @each_loop
    @each_transport
    def test_a_create(self, held: Held, server: Server, transport: Any, loop_factory: LoopFactory) -> None:
        """The task ends at once, the request was sent once, and nothing is left."""

        async def main() -> None:
            async with nothing_left(client_of(server, transport), held) as client:
                task = asyncio.create_task(client.create_profile(CUSTOMER))
                await until(held.arrived.is_set)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert not held.respond.is_set()
                if transport == "threads":
                    held.respond.set()  # a thread is waited for

        run(main(), loop_factory)
        assert 1 == held.creates

    @each_loop
    @each_transport
    def test_a_timeout(self, held: Held, server: Server, transport: Any, loop_factory: LoopFactory) -> None:
        """``asyncio.timeout`` ends a call, and comes out as ``TimeoutError``."""

        async def main() -> None:
            async with nothing_left(client_of(server, transport), held) as client:
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.2):
                        await client.create_profile(CUSTOMER)
                held.respond.set()

        run(main(), loop_factory)

    @each_loop
    @each_transport
    def test_a_group(self, held: Held, server: Server, transport: Any, loop_factory: LoopFactory) -> None:
        """Where one task of a group fails the others are cancelled, and the failure comes out."""

        async def fail(client: AsyncCustomerProfilesClient) -> None:
            await until(held.arrived.is_set)
            await client.get_profile("x")

        async def main() -> None:
            async with nothing_left(client_of(server, transport), held) as client:
                with pytest.raises(ExceptionGroup) as caught:  # noqa: PT012
                    async with asyncio.TaskGroup() as group:
                        for _ in range(5):
                            group.create_task(client.create_profile(CUSTOMER))
                        group.create_task(fail(client))
                assert caught.group_contains(CustomerProfilesError)
                held.respond.set()

        run(main(), loop_factory)

    @each_transport
    def test_while_the_customer_is_held(self, service: LocalCustomerProfiles, transport: Any) -> None:
        """A create whose upsert was cancelled goes on: the next upsert of the customer waits, and finds it."""
        service.faults = Faults(
            Fault(FaultType.STALLED, operations=["CreateProfile"]), stall_seconds=0.3, search_lag_seconds=60
        )

        async def main() -> None:
            async with service.async_client("acme", transport=transport) as client:
                task = asyncio.create_task(client.upsert_profile(CUSTOMER))
                await until(lambda: any(request.operation == "CreateProfile" for request in service.requests))
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert "unchanged" == (await client.upsert_profile(CUSTOMER)).action

        run(main())
        assert 1 == [request.operation for request in service.requests].count("CreateProfile")

    @each_transport
    def test_it_is_not_attempted_again(
        self, service: LocalCustomerProfiles, transport: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A create that was cancelled while botocore paused between attempts is not attempted again."""
        monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0.3)
        service.faults = Faults(Fault(FaultType.THROTTLED))

        async def main() -> None:
            async with service.async_client("acme", transport=transport) as client:
                task = asyncio.create_task(client.create_profile(CUSTOMER))
                await until(lambda: service.requests)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                await asyncio.sleep(0.4)

        run(main())
        assert 1 == len(service.requests)

    @each_transport
    def test_before_it_is_sent(self, held: Held, server: Server, transport: Any) -> None:
        """A call that waits for a connection, and is cancelled, is not sent."""

        async def main() -> None:
            async with nothing_left(client_of(server, transport, max_pool_connections=1), held) as client:
                first = asyncio.create_task(client.create_profile(CUSTOMER))
                await until(held.arrived.is_set)
                waiting = [asyncio.create_task(client.get_profile(ID)) for _ in range(20)]
                await asyncio.sleep(0.05)
                for task in waiting:
                    task.cancel()
                results = await asyncio.gather(*waiting, return_exceptions=True)
                assert {asyncio.CancelledError} == {type(result) for result in results}
                held.respond.set()
                assert ID == (await first).profile_id

        run(main())
        assert 2 == len(server.requests)

    @each_transport
    def test_the_end_of_a_client_ends_what_nobody_waits_for(self, held: Held, server: Server, transport: Any) -> None:
        """``aclose`` while a cancelled create is still being sent."""

        async def main() -> None:
            client = client_of(server, transport)
            task = asyncio.create_task(client.create_profile(CUSTOMER))
            await until(held.arrived.is_set)
            task.cancel()
            await asyncio.wait([task])
            closing = asyncio.create_task(client.aclose())
            if transport == "threads":
                await asyncio.sleep(0.05)
                assert not closing.done()
                held.respond.set()
            await closing
            assert [] == pending_tasks()
            assert [] == threads_of_clients()

        run(main())

    @each_transport
    def test_an_abandoned_search(self, service: LocalCustomerProfiles, transport: Any) -> None:
        """A search may be left at any place; nothing has to be closed."""

        async def main() -> None:
            async with service.async_client("acme", transport=transport) as client:
                for _ in range(3):
                    await client.create_profile(CUSTOMER)
                async for _ in client.search_profiles({SearchKey.ACCOUNT: "C-1"}, page_size=1):
                    break
                found = client.search_profiles({SearchKey.ACCOUNT: "C-1"}, page_size=1)
                await anext(found)
                assert [] == pending_tasks()

        run(main())
        assert 2 == [request.operation for request in service.requests].count("SearchProfiles")

    @each_transport
    def test_an_upsert_that_settles(self, service: LocalCustomerProfiles, transport: Any) -> None:
        """An upsert that searches for what it may have created ends at once."""
        service.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"]), search_lag_seconds=60)

        async def main() -> None:
            async with service.async_client("acme", transport=transport) as client:
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.5):
                        await client.upsert_profile(CUSTOMER, settle_seconds=60)
                assert [] == pending_tasks()

        run(main())


class TestEventLoops:
    """A client and several event loops."""

    @each_loop
    @each_transport
    def test_one_after_the_other(
        self, service: LocalCustomerProfiles, transport: Any, loop_factory: LoopFactory
    ) -> None:
        """A client that was not closed works on the next event loop, and what it left is ended there."""
        client = service.async_client("acme", transport=transport)

        async def main() -> str:
            return (await client.create_profile(CUSTOMER)).profile_id

        ids = {run(main(), loop_factory) for _ in range(3)}
        run(client.aclose(), loop_factory)

        assert 3 == len(ids)
        assert [] == threads_of_clients()

    @each_transport
    def test_an_event_loop_that_is_closed_early(self, held: Held, server: Server, transport: Any) -> None:
        """A create is being sent while its loop ends: that is no error anywhere, and the client still works."""
        client = client_of(server, transport)

        async def leave() -> None:
            task = asyncio.create_task(client.create_profile(CUSTOMER))
            await until(held.arrived.is_set)
            assert not task.done()

        run(leave())
        held.respond.set()

        async def go_on() -> None:
            async with client:
                assert ID == (await client.get_profile(ID)).profile_id

        run(go_on())
        assert [] == threads_of_clients()

    @each_loop
    @each_transport
    def test_two_at_the_same_time(
        self, service: LocalCustomerProfiles, transport: Any, loop_factory: LoopFactory
    ) -> None:
        """Upserts of the same customers on two event loops in two threads make each customer once."""
        service.faults = Faults(search_lag_seconds=60)
        client = service.async_client("acme", transport=transport)
        start = threading.Barrier(2)
        actions: list[str] = []

        async def main() -> None:
            start.wait()
            customers = [Profile(account_number=f"C-{number % 5}") for number in range(30)]
            results = await asyncio.gather(*[client.upsert_profile(customer) for customer in customers])
            actions.extend(result.action for result in results)
            if transport == "aiobotocore":  # the connections of the loop; the threads are those of both
                await client.aclose()

        threads = [threading.Thread(target=run, args=(main(), loop_factory)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        run(client.aclose())

        assert (60, 5) == (len(actions), actions.count("created"))
        assert [] == threads_of_clients()

    @each_transport
    def test_stalls_do_not_block(self, service: LocalCustomerProfiles, transport: Any) -> None:
        """While a response of the embedded service stalls, the event loop goes on."""
        service.faults = Faults(Fault(FaultType.STALLED), stall_seconds=0.5)

        async def main() -> int:
            rounds = 0
            async with service.async_client("acme", transport=transport) as client:
                call = asyncio.create_task(client.create_profile(CUSTOMER))
                while not call.done():
                    await asyncio.sleep(0.01)
                    rounds += 1
                await call
            return rounds

        assert run(main()) >= 10

    def test_a_service_that_is_closed(self) -> None:
        """Closing the embedded service ends the threads of its clients, also outside an event loop."""

        async def main(client: AsyncCustomerProfilesClient) -> None:
            with pytest.raises(ProfileNotFoundError):
                await client.get_profile(ID)

        with LocalCustomerProfiles(domains=["acme"]) as service:
            run(main(service.async_client("acme")))
            assert [] != threads_of_clients()
        assert [] == threads_of_clients()


class TestLocks:
    """A name is held by one flow at a time, in the order in which they ask."""

    def test_in_turn(self) -> None:
        """Each one that waits gets the name once, and in the end nobody holds it."""
        locks, order = AsyncNameLocks(), list[int]()

        async def hold(number: int) -> None:
            await locks.acquire("a")
            await asyncio.sleep(0)
            order.append(number)
            locks.release("a")

        async def main() -> None:
            await asyncio.gather(*[hold(number) for number in range(5)])

        run(main())
        assert [0, 1, 2, 3, 4] == order
        assert {} == locks._waiting

    @pytest.mark.parametrize("has_turn", [False, True], ids=["waiting", "its turn has come"])
    def test_a_cancelled_one(self, *, has_turn: bool) -> None:
        """One that is cancelled while it waits, or just as its turn has come, leaves it to the next."""
        locks = AsyncNameLocks()

        async def main() -> None:
            await locks.acquire("a")
            first, second = (asyncio.create_task(locks.acquire("a")) for _ in range(2))
            await asyncio.sleep(0)
            if has_turn:
                locks.release("a")
                asyncio.get_running_loop().call_soon(first.cancel)
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            else:
                first.cancel()
                await asyncio.sleep(0)
                locks.release("a")
            await second
            assert first.cancelled()
            locks.release("a")

        run(main())
        assert {} == locks._waiting

    @pytest.mark.parametrize("then", ["release", "cancel"])
    def test_just_as_it_is_released(self, then: str) -> None:
        """Whichever of the two comes first, the name is free afterwards."""
        locks = AsyncNameLocks()

        async def main() -> None:
            await locks.acquire("a")
            waiting = asyncio.create_task(locks.acquire("a"))
            await asyncio.sleep(0)
            actions: list[Callable[[], object]] = [lambda: locks.release("a"), waiting.cancel]
            for action in actions if then == "release" else reversed(actions):
                action()
            await asyncio.wait([waiting])
            await asyncio.sleep(0)
            assert waiting.cancelled()

        run(main())
        assert {} == locks._waiting

    def test_an_event_loop_that_is_gone(self) -> None:
        """One that waited on an event loop that was closed is passed over."""
        locks = AsyncNameLocks()

        async def wait() -> None:
            await locks.acquire("a")

        loop = asyncio.new_event_loop()
        loop.run_until_complete(wait())
        waiting = loop.create_task(wait())
        loop.run_until_complete(asyncio.sleep(0))
        turn = waiting.get_coro()
        loop.close()
        locks.release("a")

        assert {} == locks._waiting
        assert turn is not None
        turn.close()
        waiting._log_destroy_pending = False  # type: ignore[attr-defined] # it is left on purpose


@attrs.define
class Endless:
    """A transport whose calls end only when they are cancelled."""

    can_end_calls = True
    recent: RecentProfiles = attrs.Factory(lambda: RecentProfiles(lambda: 0))
    sending: int = 0

    @property
    def boto3_client(self) -> BaseClient:
        """There is none."""
        raise AttributeError("boto3_client")

    async def send(self, call: Call[Any]) -> Any:
        """Send a call that is never responded to."""
        assert "create_profile" == call.method
        self.sending += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.sending -= 1

    async def aclose(self) -> None:
        """Close it."""


@attrs.define
class Prompt(Endless):
    """A transport whose caller is cancelled in the moment in which its result is there."""

    caller: "asyncio.Task[None] | None" = None

    async def send(self, call: Call[Any]) -> Any:
        """Return the result."""
        assert self.caller is not None
        asyncio.get_running_loop().call_soon(self.caller.cancel)
        return call.read({"ProfileId": ID})


def test_cancelled_as_the_result_is_there() -> None:
    """The flow learns the id of a created profile although its caller is cancelled before it gets it."""
    learned = []

    def flow() -> Steps[None]:
        learned.append((yield from create_profile("acme", CUSTOMER)).profile_id)

    async def main() -> None:
        transport = Prompt()
        transport.caller = asyncio.create_task(AsyncDriver(transport).run(flow()))
        with pytest.raises(asyncio.CancelledError):
            await transport.caller
        await asyncio.sleep(0)

    run(main())
    assert [ID] == learned


def test_what_nobody_waits_for_is_ended_where_it_can_be() -> None:
    """Where calls can be ended, ``aclose`` ends those without a caller."""
    transport = Endless()
    driver = AsyncDriver(transport)

    async def main() -> None:
        task = asyncio.create_task(driver.run(create_profile("acme", CUSTOMER)))
        await until(lambda: transport.sending)
        task.cancel()
        await asyncio.wait([task])
        assert 1 == transport.sending
        await driver.aclose()
        assert 0 == transport.sending
        assert [] == pending_tasks()

    run(main())


@pytest.mark.parametrize("is_waited_for", [True, False])
def test_a_pause_of_a_call(*, is_waited_for: bool) -> None:
    """A pause that a call makes on its event loop is cancelled as soon as nobody waits for the call."""

    async def main() -> bool:
        pausing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting, token = begin_waiting()
        if is_waited_for:
            end_with_waiting(pausing)
        end_waiting(waiting, token)
        end_with_waiting(pausing)  # of no call
        return pausing.cancelled()

    assert is_waited_for == run(main())
