"""The asynchronous client beside the synchronous one, and what only it has. Behaviour is in the tests of all three."""

# pyright: reportMissingImports=false
# aiobotocore pins botocore, so it is not installed where the code is type-checked.

import asyncio
import copy
import inspect
import pickle
import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from importlib import metadata
from typing import Any, get_type_hints

import boto3
import pytest
from botocore.config import Config
from botocore.credentials import RefreshableCredentials
from event_loops import each_transport, run

from benchmarks.network import Server, response
from customer_profiles_sdk import (
    AsyncCustomerProfilesClient,
    CustomerProfilesClient,
    InvalidRequestError,
    Profile,
    ProfileNotFoundError,
    SearchKey,
)
from customer_profiles_sdk._aws import transports
from customer_profiles_sdk.local import LocalCustomerProfiles

ONLY_ASYNCHRONOUS = {"aclose"}
OWN_ARGUMENTS = {"transport", "aiobotocore_client"}


def public(kind: type) -> dict[str, Any]:
    """Return the public members of a class."""
    return {name: value for name, value in vars(kind).items() if not name.startswith("_")}


def documented(member: Any) -> str:
    """Return a docstring without its examples."""
    text: str = inspect.getdoc(member) or ""
    return re.sub(r"\n*^>>> .*", "", text, flags=re.DOTALL | re.MULTILINE)


METHODS = sorted(name for name, member in public(CustomerProfilesClient).items() if inspect.isfunction(member))


@pytest.fixture
def _no_aiobotocore(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let aiobotocore not be installed."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "aiobotocore"]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("_aws.aiobotocore_transport", "local.inprocess_aio"):
        monkeypatch.delitem(sys.modules, f"customer_profiles_sdk.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "aiobotocore", None)


class TestInStep:
    """The two clients are lists of the same methods."""

    def test_the_same_members(self) -> None:
        """What the one has, the other has."""
        assert set(public(CustomerProfilesClient)) | ONLY_ASYNCHRONOUS == set(public(AsyncCustomerProfilesClient))

    @pytest.mark.parametrize("name", METHODS)
    def test_signatures(self, name: str) -> None:
        """Arguments, their types and their defaults are the same, and so is the result, awaited."""
        one, other = (public(kind)[name] for kind in (CustomerProfilesClient, AsyncCustomerProfilesClient))
        expected, found = get_type_hints(one), get_type_hints(other)
        if name == "search_profiles":
            assert expected["return"].__origin__ is Iterator
            assert found["return"].__origin__ is AsyncIterator
            expected["return"], found["return"] = expected["return"].__args__, found["return"].__args__
        else:
            assert (name != "for_domain") == inspect.iscoroutinefunction(other)

        assert expected == found
        assert [(each.name, each.kind, each.default) for each in inspect.signature(one).parameters.values()] == [
            (each.name, each.kind, each.default) for each in inspect.signature(other).parameters.values()
        ]

    @pytest.mark.parametrize("name", sorted({*METHODS, "domain_name"} - {"for_domain"}))
    def test_docstrings(self, name: str) -> None:
        """What a method does, its arguments and the errors that it raises are told in the same words."""
        assert documented(public(CustomerProfilesClient)[name]) == documented(public(AsyncCustomerProfilesClient)[name])

    def test_how_they_are_built(self) -> None:
        """The arguments and defaults are the same, besides those for the way to send."""
        one, other = (
            {each.name: (each.kind, each.default) for each in inspect.signature(kind).parameters.values()}
            for kind in (CustomerProfilesClient, AsyncCustomerProfilesClient)
        )

        assert OWN_ARGUMENTS == set(other) - set(one)
        assert one == {name: value for name, value in other.items() if name not in OWN_ARGUMENTS}


class TestTransports:
    """Which way of sending a client gets: chosen by name, never by what is installed."""

    def test_threads_are_the_default(self) -> None:
        """Without a choice calls are sent in threads, and aiobotocore is not imported."""
        script = (
            "import sys, customer_profiles_sdk as sdk;"
            "client = sdk.AsyncCustomerProfilesClient('acme', region_name='eu-central-1');"
            "print(client.boto3_client.meta.region_name, 'aiobotocore' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

        assert "eu-central-1 False\n" == done.stdout

    @pytest.mark.parametrize("name", ["aiohttp", "", "Threads", None, 7])
    def test_a_name_that_is_none(self, name: Any) -> None:
        """Any other name is a problem of the argument."""
        with pytest.raises(InvalidRequestError, match='transport: expected "threads" or "aiobotocore"'):
            AsyncCustomerProfilesClient("acme", transport=name)

    def test_arguments_that_contradict_each_other(self, session: boto3.Session) -> None:
        """A boto3 client is not used by aiobotocore, nor beside an aiobotocore client."""
        given: Any = session.client("customer-profiles")
        with pytest.raises(InvalidRequestError, match="boto3_client: is used in threads; give aiobotocore_client, or"):
            AsyncCustomerProfilesClient("acme", boto3_client=given, transport="aiobotocore")
        with pytest.raises(InvalidRequestError, match="boto3_client: give this or aiobotocore_client, not both"):
            AsyncCustomerProfilesClient("acme", boto3_client=given, aiobotocore_client=given)

    @pytest.mark.parametrize("arguments", [{"transport": "aiobotocore"}, {"aiobotocore_client": object()}])
    @pytest.mark.usefixtures("_no_aiobotocore")
    def test_without_the_extra(self, arguments: Any) -> None:
        """The message says what to install, and which botocore that brings."""
        with pytest.raises(RuntimeError, match=r"pip install 'customer-profiles-sdk\[aio\]'") as caught:
            AsyncCustomerProfilesClient("acme", region_name="eu-central-1", **arguments)

        assert "replaces botocore" in str(caught.value)
        assert transports.NEWEST_TRIED in str(caught.value)

    @pytest.mark.usefixtures("_no_aiobotocore")
    def test_without_the_extra_in_process(self, service: LocalCustomerProfiles) -> None:
        """The embedded service says the same."""
        with pytest.raises(RuntimeError, match="needs an extra"):
            service.async_client("acme", transport="aiobotocore")

    @each_transport
    def test_an_endpoint_in_clear_text(self, transport: Any) -> None:
        """It is rejected as by the synchronous client, under this client's name."""
        with pytest.raises(InvalidRequestError, match=r"^AsyncCustomerProfilesClient: (.|\n)*endpoint_url: http://"):
            AsyncCustomerProfilesClient(
                "acme", transport=transport, region_name="eu-central-1", endpoint_url="http://profile.example"
            )

    @pytest.mark.parametrize("rate", [0, -1, True, "98", float("nan")])
    @each_transport
    def test_a_rate_that_is_none(self, transport: Any, rate: Any) -> None:
        """It is rejected as by the synchronous client."""
        with pytest.raises(InvalidRequestError, match=r"^AsyncCustomerProfilesClient: (.|\n)*requests_per_second: "):
            AsyncCustomerProfilesClient(
                "acme", transport=transport, region_name="eu-central-1", requests_per_second=rate
            )

    @pytest.mark.aiobotocore
    def test_a_client_that_is_none_of_aiobotocores(self, session: boto3.Session) -> None:
        """boto3's client in place of aiobotocore's is told at once."""
        given: Any = session.client("customer-profiles")
        with pytest.raises(TypeError, match="aiobotocore_client is not one of aiobotocore's"):
            AsyncCustomerProfilesClient("acme", aiobotocore_client=given)


class TestOneClient:
    """A client and its parts."""

    @each_transport
    def test_another_domain(self, transport: Any) -> None:
        """``for_domain`` shares the connections, and what one closes the other opens again."""
        with LocalCustomerProfiles(domains=["acme", "other"]) as service:

            async def main() -> None:
                async with service.async_client("acme", transport=transport) as client:
                    other = client.for_domain("other")
                    created = await other.create_profile(Profile(first_name="Ana"))
                    assert ("acme", "other") == (client.domain_name, other.domain_name)
                    with pytest.raises(ProfileNotFoundError):
                        await client.get_profile(created.profile_id)
                    await client.aclose()
                    assert "Ana" == (await other.get_profile(created.profile_id)).profile.first_name

            run(main())

    @each_transport
    def test_the_end_of_a_client(self, service: LocalCustomerProfiles, transport: Any) -> None:
        """It may be closed twice, also unused, and used again."""

        async def main() -> None:
            client = service.async_client("acme", transport=transport)
            await client.aclose()
            async with client as same:
                assert same is client
                await client.create_profile(Profile())
            await client.aclose()
            await client.create_profile(Profile())
            await client.aclose()

        run(main())

    @each_transport
    def test_a_search_that_tasks_share(self, service: LocalCustomerProfiles, transport: Any) -> None:
        """Each profile is handed out once, and no page is asked for twice."""

        async def main() -> list[str]:
            async with service.async_client("acme", transport=transport) as client:
                for _ in range(7):
                    await client.create_profile(Profile(account_number="1"))
                found = client.search_profiles({SearchKey.ACCOUNT: "1"}, page_size=2)

                async def take() -> list[str]:
                    return [stored.profile_id async for stored in found]

                return [each for taken in await asyncio.gather(take(), take(), take()) for each in taken]

        ids = run(main())

        assert 7 == len(ids) == len(set(ids))
        assert 4 == [request.operation for request in service.requests].count("SearchProfiles")

    @each_transport
    def test_copies(self, transport: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """A copy shares the connections; a pickled one builds its own, for the same region, endpoint and rate."""
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        with Server(lambda _: response(b'{"ProfileId": "%s"}' % (b"0" * 32))) as server:
            client = AsyncCustomerProfilesClient(
                "acme",
                transport=transport,
                region_name="eu-central-1",
                endpoint_url=server.url,
                requests_per_second=50,
            )
            pickled: AsyncCustomerProfilesClient = pickle.loads(pickle.dumps(client))

            async def main() -> None:
                async with client, pickled:
                    assert copy.deepcopy(client)._driver is client._driver
                    for each in (client, pickled):
                        assert "0" * 32 == (await each.create_profile(Profile())).profile_id

            run(main())
        assert pickled._driver is not client._driver
        assert (server.url, "eu-central-1") == (
            pickled.boto3_client.meta.endpoint_url,
            pickled.boto3_client.meta.region_name,
        )
        driver: Any = pickled._driver._transport
        assert 50 == driver._driver._rate

    @each_transport
    def test_what_cannot_be_pickled(self, session: boto3.Session, transport: Any) -> None:
        """A client with a session or a client of the caller's says so."""
        client = AsyncCustomerProfilesClient("acme", transport=transport, session=session)
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(client)

    def test_a_callers_own_client(self, service: LocalCustomerProfiles) -> None:
        """Its connections stay the caller's: closing the SDK's client does not close it."""
        boto3_client = service.boto3_client()

        async def main() -> None:
            for _ in range(2):
                async with AsyncCustomerProfilesClient("acme", boto3_client=boto3_client) as client:
                    await client.create_profile(Profile())
                    assert client.boto3_client is boto3_client

        run(main())

    @pytest.mark.aiobotocore
    def test_an_aiobotocore_client_of_the_callers(self) -> None:
        """It is used as it is, and there is no boto3 client beside it, nor a pickle of it."""
        aio_session: Any = pytest.importorskip("aiobotocore.session").AioSession

        async def main(url: str) -> None:
            options: Any = {"aws_access_key_id": "id", "aws_secret_access_key": "secret", "region_name": "eu-central-1"}
            async with aio_session().create_client("customer-profiles", endpoint_url=url, **options) as given:
                async with AsyncCustomerProfilesClient("acme", aiobotocore_client=given) as client:
                    await client.create_profile(Profile())
                await client.create_profile(Profile())
                with pytest.raises(AttributeError, match="an aiobotocore_client was given"):
                    client.boto3_client  # noqa: B018 (it raises)
                with pytest.raises(TypeError, match="cannot be pickled"):
                    pickle.dumps(client)

        with Server(lambda _: response(b'{"ProfileId": "%s"}' % (b"0" * 32))) as server:
            run(main(server.url))
        assert 2 == len(server.requests)


@pytest.mark.aiobotocore
class TestAiobotocore:
    """What is between the SDK and aiobotocore."""

    def test_tasks_build_one_client(self, service: LocalCustomerProfiles) -> None:
        """Tasks that send at the same time, before there is a client, get the same one."""

        async def main() -> None:
            async with service.async_client("acme", transport="aiobotocore") as client:
                sending: Any = client._driver._transport
                lock = sending._on(asyncio.get_running_loop()).lock
                await lock.acquire()
                tasks = [asyncio.create_task(sending.client()) for _ in range(3)]
                await asyncio.sleep(0)
                lock.release()
                assert 1 == len({id(each) for each in await asyncio.gather(*tasks)})

        run(main())

    def test_credentials(self) -> None:
        """boto3's credentials are used; those that have to be renewed are renewed in a thread."""
        renewed_in: list[str] = []
        sent: list[bytes] = []

        def renew() -> dict[str, str]:
            renewed_in.append(threading.current_thread().name)
            later = datetime.now(UTC) + timedelta(hours=1)
            return {
                "access_key": "new",
                "secret_key": "s",
                "token": "t",
                "expiry_time": later.isoformat(),
                "account_id": "111122223333",
            }

        found = RefreshableCredentials("old", "s", "t", datetime.now(UTC) - timedelta(hours=1), renew, "test")
        source: Any = boto3.Session(region_name="eu-central-1")
        source._session._credentials = found
        with Server(lambda _: response(b'{"ProfileId": "%s"}' % (b"0" * 32))) as server:

            async def main() -> None:
                async with AsyncCustomerProfilesClient(
                    "acme", transport="aiobotocore", session=source, endpoint_url=server.url
                ) as client:
                    sending: Any = client._driver._transport
                    events = (await sending.client()).meta.events
                    events.register("before-send", lambda request, **_: sent.append(request.headers["Authorization"]))
                    for _ in range(2):
                        await client.create_profile(Profile())
                    # What aiobotocore asks for where an operation's address has the account in it.
                    used: Any = (await sending.client())._request_signer._credentials
                    assert "111122223333" == await used.get_account_id()

            run(main())

        assert 2 == len(sent)
        assert all(b"Credential=new/" in each for each in sent)
        assert 1 == len(renewed_in)
        assert renewed_in != ["MainThread"]


@pytest.mark.aiobotocore
def test_the_botocore_that_the_extra_brings() -> None:
    """The message that names aiobotocore's botocore is true of the version that it names."""
    found = re.fullmatch(r"aiobotocore (\S+) allows botocore (\S+) to (\d+\.\d+)\.(\d+)", transports.NEWEST_TRIED)
    assert found
    named, first, series, last = found.groups()
    if metadata.version("aiobotocore") != named:
        pytest.skip(f"aiobotocore {named} is not installed")

    [required] = [each for each in metadata.requires("aiobotocore") or [] if re.match(r"botocore\b", each)]

    assert {f">={first}", f"<{series}.{int(last) + 1}"} == set(re.findall(r"[<>]=?[\d.]+", required))


@pytest.mark.aiobotocore
class TestConfig:
    """``Config`` and ``AioConfig`` are both taken."""

    @pytest.mark.parametrize("transport", ["threads", "aiobotocore"])
    @pytest.mark.parametrize("kind", ["Config", "AioConfig"])
    def test_either(self, session: boto3.Session, transport: Any, kind: str) -> None:
        """What a config says is in force, with the SDK's name and retry mode beside it."""
        aio_config: Any = pytest.importorskip("aiobotocore.config").AioConfig

        options: Any = {"read_timeout": 7, "user_agent_extra": "app/1", "max_pool_connections": 3}
        config = (
            Config(**options) if kind == "Config" else aio_config(connector_args={"keepalive_timeout": 5}, **options)
        )

        async def main() -> Any:
            async with AsyncCustomerProfilesClient(
                "acme", transport=transport, session=session, config=config
            ) as client:
                sending: Any = client._driver._transport
                used = await sending.client() if transport == "aiobotocore" else client.boto3_client
                return used.meta.config

        used = run(main())

        assert (7, 3, "standard") == (used.read_timeout, used.max_pool_connections, used.retries["mode"])
        assert used.user_agent_extra.startswith("app/1 customer-profiles-sdk/")
        if transport == "aiobotocore":
            assert {"keepalive_timeout": 12 if kind == "Config" else 5} == used.connector_args


FORK = textwrap.dedent(
    """
    import asyncio, os, sys
    from customer_profiles_sdk import AsyncCustomerProfilesClient, Profile

    os.environ.update(AWS_ACCESS_KEY_ID="access", AWS_SECRET_ACCESS_KEY="secret")
    client = AsyncCustomerProfilesClient(
        "acme", transport=sys.argv[2], region_name="eu-central-1", endpoint_url=sys.argv[1]
    )

    async def upsert(number):
        return (await client.upsert_profile(Profile(account_number=f"C-{number}"))).action.value

    async def main():
        actions = await asyncio.gather(*[upsert(1) for _ in range(8)])
        await client.aclose()
        return sorted(set(actions)), actions.count("created")

    async def warm_up():
        await upsert(0)

    asyncio.run(warm_up())  # threads have been started, or connections made
    sys.stdout.flush()
    child = os.fork()
    if not child:
        asyncio.run(client.aclose())
        print(*asyncio.run(main()), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    asyncio.run(client.aclose())
    """
)


@each_transport
def test_a_forked_process(transport: str) -> None:
    """A child has threads, connections and locks of its own."""
    with LocalCustomerProfiles(domains=["acme"]) as service, service.serve() as server:
        command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORK, server.url, transport]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert ("['created', 'unchanged'] 1\n", "") == (done.stdout, done.stderr)
