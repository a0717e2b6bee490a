"""Sends calls with aiobotocore, whose clients belong to one event loop each.

It needs the extra ``aio``. Nothing imports this module before aiobotocore is asked for.
"""

# pyright: reportMissingImports=false, reportUnnecessaryTypeIgnoreComment=false
# aiobotocore pins botocore, so it is not installed where the code is type-checked.

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from threading import Lock
from time import perf_counter
from typing import Any, TypeVar

import attrs
import boto3
from aiobotocore.client import AioBaseClient
from aiobotocore.config import AioConfig
from aiobotocore.httpsession import AIOHTTPSession
from aiobotocore.session import AioSession
from botocore.client import BaseClient
from botocore.config import Config
from botocore.credentials import Credentials, ReadOnlyCredentials, RefreshableCredentials

from customer_profiles_sdk._aws.async_driver import Transport
from customer_profiles_sdk._aws.attempts import Attempts, register
from customer_profiles_sdk._aws.calls import failure_of, log
from customer_profiles_sdk._aws.cancellation import check_waiting, end_with_waiting, stop_cancelled_calls
from customer_profiles_sdk._aws.config import ClientSettings, default_session, settings_in_force, with_defaults
from customer_profiles_sdk._aws.pace import Pace, check_rate
from customer_profiles_sdk._aws.pacing import before_sending, before_signing, keep_pace
from customer_profiles_sdk._aws.retries import after_attempt
from customer_profiles_sdk._aws.sync_driver import SyncDriver
from customer_profiles_sdk._core.flow import Call
from customer_profiles_sdk._core.recent_profiles import RecentProfiles

_Result = TypeVar("_Result")


@attrs.define(eq=False, repr=False)
class _Opened:
    """What is open on an event loop."""

    lock: asyncio.Lock = attrs.Factory(asyncio.Lock)
    client: Any = None
    connections: AsyncGenerator[Any, None] | None = None


class AiobotocoreTransport:
    """An aiobotocore client for each event loop, with the settings, the credentials and the checks of a boto3 client.

    Args:
        settings: what the boto3 client is built from.
        session: the session that it is built from, else boto3's default session.
        prepare: is called with each aiobotocore client that is built.
    """

    can_end_calls = True

    def __init__(
        self,
        settings: ClientSettings,
        session: boto3.Session | None = None,
        prepare: Callable[[Any], object] = lambda _: None,
    ) -> None:
        self._driver = SyncDriver.with_settings(settings, session)
        self._session = session or default_session()
        self._credentials = self._session.get_credentials()  # found already, when the boto3 client was built
        self._given = settings.config
        self._prepare = prepare
        built = self._driver.boto3_client
        proxies: Any = {"proxies": getattr(built.meta.config, "proxies", None)}
        config = with_defaults(self._session, settings.config).merge(Config(**proxies))
        self._settings = settings_in_force(settings._replace(config=config), built)
        self._guard = Lock()
        self._opened: dict[asyncio.AbstractEventLoop, _Opened] = {}

    def __reduce__(self) -> tuple[object, ...]:
        _, arguments = self._driver.__reduce__()
        return AiobotocoreTransport, arguments

    @property
    def boto3_client(self) -> BaseClient:
        """A boto3 client with the same settings."""
        return self._driver.boto3_client

    @property
    def recent(self) -> RecentProfiles:
        """The profiles that were created lately in this process."""
        return self._driver.recent

    async def send(self, call: Call[_Result]) -> _Result:
        """Send a call with this event loop's client, which is built first where there is none."""
        return await _send(await self.client(), call, self._driver.paces)

    async def client(self) -> Any:
        """Return this event loop's client."""
        opened = self._on(asyncio.get_running_loop())
        if opened.client is not None:
            return opened.client
        async with opened.lock:
            if opened.client is None:  # no other task was faster
                connections = self._connections(opened)
                opened.client = await anext(connections)
                opened.connections = connections
            return opened.client

    async def aclose(self) -> None:
        """Close the connections of this event loop. A later call opens new ones."""
        with self._guard:
            opened = self._opened.pop(asyncio.get_running_loop(), None)
        if opened is not None and opened.connections is not None:
            await opened.connections.aclose()

    def _on(self, loop: asyncio.AbstractEventLoop) -> _Opened:
        with self._guard:
            if loop not in self._opened:
                self._opened = {each: opened for each, opened in self._opened.items() if not each.is_closed()}
                self._opened[loop] = _Opened()
            return self._opened[loop]

    async def _connections(self, opened: _Opened) -> AsyncGenerator[Any, None]:
        # As a generator, so that an event loop which shuts down its generators, as ``asyncio.run`` does, closes them.
        async with self._new_client() as client:
            _observe(client, self._driver.paces, adds_rules=True)
            self._prepare(client)
            try:
                yield client
            finally:
                opened.client = None

    def _new_client(self) -> Any:
        session = AioSession()
        source: Any = self._session._session  # noqa: SLF001 (boto3 has no other way to what was configured)
        # What it finds in the environment and the AWS configuration file, and the data that botocore has read already.
        for name in ("config_store", "data_loader"):
            session.register_component(name, source.get_component(name))
        session.register_component("credential_provider", _CredentialProvider(self._credentials))
        return session.create_client(
            "customer-profiles",
            region_name=self._settings.region_name,
            endpoint_url=self._settings.endpoint_url,
            config=self._config(),
        )

    def _config(self) -> Any:
        config = AioConfig(connector_args=getattr(self._given, "connector_args", None)).merge(self._settings.config)
        chosen = getattr(self._given, "http_session_cls", AIOHTTPSession)
        config.http_session_cls = _HttpSession if chosen is AIOHTTPSession else chosen
        return config


class GivenClientTransport:
    """An aiobotocore client of the caller's, used as it is. Its connections are the caller's.

    Args:
        aiobotocore_client: the client.
        requests_per_second: the pace of all calls together; none where ``None``.
    """

    can_end_calls = True

    def __init__(self, aiobotocore_client: BaseClient, requests_per_second: float | None) -> None:
        if not isinstance(aiobotocore_client, AioBaseClient):
            raise TypeError(
                "aiobotocore_client is not one of aiobotocore's: "
                "pass what `async with session.create_client('customer-profiles') as client` gives"
            )
        self._client = aiobotocore_client
        rate = requests_per_second
        self._paces = () if rate is None else (Pace(check_rate("AsyncCustomerProfilesClient", rate)),)
        self.recent = RecentProfiles(time.monotonic)
        _observe(aiobotocore_client, self._paces, adds_rules=False)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(
            "an AsyncCustomerProfilesClient that was given an aiobotocore_client cannot be pickled; "
            "build it from region_name, endpoint_url and config, or build one in each process"
        )

    @property
    def boto3_client(self) -> BaseClient:
        """There is none."""
        raise AttributeError("there is no boto3 client: an aiobotocore_client was given, use that one")

    async def send(self, call: Call[_Result]) -> _Result:
        """Send a call."""
        return await _send(self._client, call, self._paces)

    async def aclose(self) -> None:
        """Leave the client as it is."""


def new_transport(
    settings: ClientSettings, session: boto3.Session | None, aiobotocore_client: BaseClient | None
) -> Transport:
    """Return the transport for the client that was given, else one that builds its own."""
    if aiobotocore_client is not None:
        return GivenClientTransport(aiobotocore_client, settings.requests_per_second)
    return AiobotocoreTransport(settings, session)


class _HttpSession(AIOHTTPSession):
    """Follows no redirect, as botocore does not: customers' data would go to an address that nobody has checked."""

    async def _get_session(self, proxy_url: str | None) -> "_NoRedirects":
        return _NoRedirects(await super()._get_session(proxy_url))


@attrs.frozen(eq=False, repr=False)
class _NoRedirects:
    session: Any

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        return await self.session.request(*args, allow_redirects=False, **kwargs)


@attrs.frozen(eq=False, repr=False)
class _CredentialProvider:
    """Gives a boto3 session's credentials to aiobotocore."""

    found: Any

    async def load_credentials(self) -> "_Credentials | None":
        return None if self.found is None else _Credentials(self.found)


@attrs.frozen(eq=False, repr=False)
class _Credentials:
    """botocore's credentials, as aiobotocore asks for them; it renews them in a thread."""

    credentials: Credentials

    def __getattr__(self, name: str) -> Any:
        return getattr(self.credentials, name)

    async def get_frozen_credentials(self) -> ReadOnlyCredentials:
        found = self.credentials
        if isinstance(found, RefreshableCredentials) and found.refresh_needed():
            return await asyncio.to_thread(found.get_frozen_credentials)
        return found.get_frozen_credentials()

    async def get_account_id(self) -> str | None:
        return (await self.get_frozen_credentials()).account_id


def _observe(client: Any, paces: Sequence[Pace], *, adds_rules: bool) -> None:
    # aiohttp waits for the final response itself, so no connection has one that is still to come.
    note = after_attempt(client, lambda: None, adds_rules=adds_rules)

    async def note_read(response: Any, **event: Any) -> float | None:
        if response is not None:
            http, parsed = response
            response = _Read(http.status_code, await http.content), parsed
        return note(response, **event)

    register(client, "needs-retry", note_read)
    if paces:
        keep_pace(client, _wait_for_turn, _send_in_turn)
    stop_cancelled_calls(client)


@attrs.frozen(eq=False, repr=False)
class _Read:
    """An HTTP response whose body was read, as botocore has it."""

    status_code: int
    content: bytes


async def _wait_for_turn(event_name: str, **_: object) -> None:
    for seconds in before_signing(event_name):
        await _pause(seconds)


async def _send_in_turn(**_: object) -> None:
    for seconds in before_sending():
        await _pause(seconds)


async def _pause(seconds: float) -> None:
    """Let the event loop go on, while somebody waits for the call."""
    pausing = asyncio.ensure_future(asyncio.sleep(seconds))
    end_with_waiting(pausing)
    try:
        await asyncio.wait([pausing])
    finally:
        pausing.cancel()
    check_waiting()


async def _send(client: Any, call: Call[_Result], paces: Sequence[Pace]) -> _Result:
    """Send a call, each attempt in its turn, read the response and log what came of it."""
    started = perf_counter()
    response: Any = None
    result: Any = None
    failure: BaseException | None = None
    attempts = Attempts(call, paces)
    try:
        response = await getattr(client, call.method)(**call.request)
        result = call.read(response)
    except BaseException as error:  # noqa: BLE001 (raised below, out of botocore's reach)
        failure = failure_of(error, attempts)
    finally:
        attempts.end()
    log(attempts, started, response, failure)
    if failure is not None:
        raise failure
    read: _Result = result
    return read
