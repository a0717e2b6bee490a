"""The three clients in one shape, so that a test of behaviour is written once and run with each of them.

A module whose tests use the fixture ``each_client`` makes its clients with the functions below. An asynchronous client
then works on an event loop in a thread of its own, and the test calls it as it calls the synchronous one.
"""

# pyright: reportMissingImports=false
# aiobotocore pins botocore, so it is not installed where the code is type-checked.

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from functools import cache
from types import SimpleNamespace
from typing import Any, Literal, TypeVar, cast

import attrs
import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from customer_profiles_sdk import AsyncCustomerProfilesClient, CustomerProfilesClient
from customer_profiles_sdk.local import LocalCustomerProfiles, inprocess
from customer_profiles_sdk.local.wire import Request, Response

Kind = Literal["sync", "threads", "aiobotocore"]

_T = TypeVar("_T")

KINDS = ["sync", "threads", pytest.param("aiobotocore", marks=pytest.mark.aiobotocore)]


@attrs.define
class _Current:
    """The kind of client of the test that runs, and what it has opened."""

    kind: Kind = "sync"
    opened: AsyncExitStack = attrs.Factory(AsyncExitStack)


_current = _Current()


@pytest.fixture(params=KINDS)
def each_client(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run a test with each of the three clients."""
    _current.kind = request.param
    yield
    _current.kind = "sync"
    opened, _current.opened = _current.opened, AsyncExitStack()
    run(opened.aclose())


def is_sync() -> bool:
    """Tell whether the test is about the synchronous client."""
    return _current.kind == "sync"


def is_aiobotocore() -> bool:
    """Tell whether the test is about the client that sends with aiobotocore."""
    return _current.kind == "aiobotocore"


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def run(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Return the result of a coroutine, or raise what it raises."""

    async def outcome() -> tuple[_T | None, BaseException | None]:
        try:
            return await coroutine, None
        except BaseException as error:  # noqa: BLE001 (raised below: the event loop is not to end by it)
            return None, error

    result, error = asyncio.run_coroutine_threadsafe(outcome(), _loop()).result()
    if error is not None:
        del coroutine
        raise error
    return cast("_T", result)


@attrs.frozen
class _Blocking:
    """An asynchronous client in the shape of the synchronous one."""

    client: AsyncCustomerProfilesClient

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.client, name)
        if not asyncio.iscoroutinefunction(found):
            return found

        def call(*args: object, **kwargs: object) -> object:
            coroutine = found(*args, **kwargs)
            del args, kwargs  # no traceback is to show them
            return run(coroutine)

        return call

    @property
    def boto3_client(self) -> Any:
        transport: Any = self.client._driver._transport
        if hasattr(transport, "client"):
            return run(transport.client())
        return getattr(transport, "_client", None) or self.client.boto3_client

    def for_domain(self, domain_name: str) -> "_Blocking":
        return _Blocking(self.client.for_domain(domain_name))

    def search_profiles(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        try:
            found = self.client.search_profiles(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 (raised without the frame that has the arguments)
            del args, kwargs
            raise error.with_traceback(None) from None
        return _BlockingIterator(aiter(found))


@attrs.frozen(eq=False)
class _BlockingIterator(Iterator[Any]):
    found: Any

    def __next__(self) -> Any:
        try:
            return run(anext(self.found))
        except StopAsyncIteration:
            raise StopIteration from None


def _opened(client: AsyncCustomerProfilesClient) -> CustomerProfilesClient:
    _current.opened.push_async_callback(client.aclose)
    return cast("CustomerProfilesClient", _Blocking(client))


def new_client(domain_name: str, **options: Any) -> CustomerProfilesClient:
    """Return a client that the SDK builds."""
    if _current.kind == "sync":
        return CustomerProfilesClient(domain_name, **options)
    return _opened(AsyncCustomerProfilesClient(domain_name, transport=_current.kind, **options))


def client_of(service: LocalCustomerProfiles, config: Config | None = None) -> CustomerProfilesClient:
    """Return a client for the domain ``acme`` of an embedded service."""
    if _current.kind == "sync":
        return service.client("acme", config=config)
    return _opened(service.async_client("acme", transport=_current.kind, config=config))


def plain_client(session: boto3.Session, **options: Any) -> Any:
    """Return a client as a user builds it, with boto3 or with aiobotocore."""
    if not is_aiobotocore():
        return session.client("customer-profiles", **options)
    aio_config: Any = pytest.importorskip("aiobotocore.config").AioConfig
    aio_session: Any = pytest.importorskip("aiobotocore.session").AioSession

    credentials: Any = session.get_credentials()
    frozen = credentials.get_frozen_credentials()
    source: Any = session._session
    given = Config(signature_version="v4").merge(options.pop("config", Config()))
    created = aio_session()
    created.register_component("data_loader", source.get_component("data_loader"))
    context = created.create_client(
        "customer-profiles",
        region_name=session.region_name,
        aws_access_key_id=frozen.access_key,
        aws_secret_access_key=frozen.secret_key,
        config=aio_config().merge(given),
        **options,
    )
    return run(_current.opened.enter_async_context(context))


def plain_client_of(service: LocalCustomerProfiles, config: Config | None = None) -> Any:
    """Return the same for an embedded service."""
    if not is_aiobotocore():
        return service.boto3_client(config=config)
    session = boto3.Session("id", "secret", region_name="us-east-1")
    client = plain_client(session, endpoint_url="https://profile.example", **({"config": config} if config else {}))
    connect_plain(client, service._dispatcher.handle)
    return client


def called(method: Callable[..., Any], **arguments: object) -> Any:
    """Return what a method of a user's own client returns."""
    return run(method(**arguments)) if is_aiobotocore() else method(**arguments)


def client_over(plain: Any, **options: Any) -> CustomerProfilesClient:
    """Return a client over a user's own client."""
    if _current.kind == "sync":
        return CustomerProfilesClient("acme", boto3_client=plain, **options)
    name = "aiobotocore_client" if is_aiobotocore() else "boto3_client"
    return _opened(AsyncCustomerProfilesClient("acme", **{name: plain}, **options))


def stubber_of(session: boto3.Session) -> Stubber:
    """Return a stub in place of the service."""
    if not is_aiobotocore():
        return Stubber(session.client("customer-profiles"))
    aio_stubber: Any = pytest.importorskip("aiobotocore.stub").AioStubber

    return cast("Stubber", aio_stubber(plain_client(session)))


def connect(client: CustomerProfilesClient, handle: Callable[[Request], Response]) -> None:
    """Let a client get its responses in process."""
    connect_plain(client.boto3_client, handle)


def connect_plain(plain: Any, handle: Callable[[Request], Response]) -> None:
    """Let a user's own client get its responses in process."""
    if is_aiobotocore():
        from customer_profiles_sdk.local import inprocess_aio  # noqa: PLC0415 (it needs aiobotocore)

        inprocess_aio.connect(plain, handle)
    else:
        inprocess.connect(plain, handle)


def replace_botocores_pauses(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    """Let botocore pause for no time between attempts, and take down the pauses that it would have made."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=pauses.append))
    monkeypatch.setattr("botocore.retries.bucket.TokenBucket.acquire", lambda *_, **__: True)
    if is_aiobotocore():
        monkeypatch.setattr("aiobotocore.endpoint.asyncio", SimpleNamespace(sleep=_taken_down(pauses)))
        monkeypatch.setattr("aiobotocore.retries.bucket.AsyncTokenBucket.acquire", _taken_down([]))


def replace_all_pauses(monkeypatch: pytest.MonkeyPatch, pauses: list[float]) -> None:
    """Let nothing pause, and take down the pauses that would have been made."""
    monkeypatch.setattr("time.sleep", pauses.append)
    monkeypatch.setattr("asyncio.sleep", _taken_down(pauses))


def _taken_down(pauses: list[Any]) -> Callable[..., Coroutine[Any, Any, None]]:
    async def sleep(*arguments: Any, **_: object) -> None:
        pauses.extend(arguments[:1])

    return sleep
