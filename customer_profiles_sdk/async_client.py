"""The asynchronous client: the methods of ``CustomerProfilesClient``, awaited.

What an operation does is in ``_core.operations`` and ``_core.upsert``; how it is carried out on an event loop is in
``_aws``.
"""

from collections import deque
from collections.abc import AsyncIterator, Iterable
from copy import copy
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from customer_profiles_sdk._core import operations
from customer_profiles_sdk._core.operations import SearchPages
from customer_profiles_sdk._core.requests import MatchMode, SearchKeys
from customer_profiles_sdk._core.tracebacks import raises_without_frames, raises_without_frames_async
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.models import Profile
from customer_profiles_sdk.results import (
    BatchGetResult,
    CreateProfileResult,
    StoredProfile,
    UpdateProfileResult,
    UpsertResult,
)

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config

    from customer_profiles_sdk._aws.async_driver import AsyncDriver


class AsyncCustomerProfilesClient:
    """The standard profiles of one domain of Amazon Connect Customer Profiles, for an event loop of asyncio.

    It has the methods, errors and retry rules of ``CustomerProfilesClient``. There are two ways to send a request:

    - ``transport="threads"``: with boto3, in threads of the client's own, as many as the connection pool has
      connections (``max_pool_connections``, 10 unless ``config`` says otherwise). It works with every botocore.
    - ``transport="aiobotocore"``: with aiobotocore, which needs the extra ``aio``. A call costs less CPU time, but
      aiobotocore requires one of a few releases of botocore.

    A client may be shared between tasks, event loops and threads. Use it with ``async with``, or call ``aclose``. Build
    it when the application starts: that reads files, and may ask the machine for credentials.

    Every method raises ``InvalidRequestError`` before anything is sent where the request breaks a rule of the API, the
    fitting ``ServiceError`` where the service rejects it, ``ConnectionFailedError`` where the service could not be
    reached, and ``UnexpectedResponseError`` where its response cannot be read. Missing credentials stay botocore's own
    exceptions.

    Any call may be cancelled. The outcome of a create that is cancelled is unknown: if its request was sent, the
    profile may be created. It is not attempted again.

    >>> import asyncio
    >>> from customer_profiles_sdk import AsyncCustomerProfilesClient, Profile
    >>> async def main() -> str:
    ...     async with AsyncCustomerProfilesClient("acme", region_name="eu-central-1") as client:
    ...         result = await client.upsert_profile(Profile(account_number="C-1", first_name="Ana"))
    ...         return result.profile_id
    >>> len(asyncio.run(main()))
    32

    Args:
        domain_name: the domain, 1 to 64 letters, digits, ``_`` and ``-``.
        transport: how requests are sent; ``"aiobotocore"`` where an ``aiobotocore_client`` is given.
        aiobotocore_client: a ``customer-profiles`` client of aiobotocore's to use as it is, with its own retry
            behaviour, on the event loop that it belongs to; of the other arguments only ``requests_per_second`` then
            counts.
        boto3_client: a ``customer-profiles`` client to use as it is, with its own retry behaviour, in threads; of the
            other arguments only ``requests_per_second`` then counts.
        session: the session to build a client from, else boto3's default session, as ``boto3.client`` uses it.
        region_name: the region to build it for, else the session's.
        endpoint_url: the endpoint to build it for, else the service's own.
        config: options to build it with, as for ``CustomerProfilesClient``. It may be aiobotocore's ``AioConfig``.
        allow_insecure_endpoint: accept ``http://`` for an address other than a loopback address, as for an emulator in
            another container. It sends customers' data in clear text.
        requests_per_second: send at most so many requests of each operation in a second, as for
            ``CustomerProfilesClient``. Tasks wait for their turn; with ``transport="threads"`` they keep their threads
            meanwhile.

    Raises:
        InvalidRequestError: the endpoint, from wherever it is configured, is in clear text, ``requests_per_second`` is
            no number above 0, or the arguments contradict each other.
        RuntimeError: the extra ``aio`` is needed, and not installed.
    """

    @raises_without_frames
    def __init__(  # noqa: PLR0913 (each is a choice of its own, and has a name)
        self,
        domain_name: str,
        *,
        transport: Literal["threads", "aiobotocore"] = "threads",
        aiobotocore_client: "BaseClient | None" = None,
        boto3_client: "BaseClient | None" = None,
        session: "boto3.Session | None" = None,
        region_name: str | None = None,
        endpoint_url: str | None = None,
        config: "Config | None" = None,
        allow_insecure_endpoint: bool = False,
        requests_per_second: float | None = None,
    ) -> None:
        # Here, so that importing the SDK imports neither boto3 nor botocore.
        from customer_profiles_sdk._aws.async_driver import AsyncDriver  # noqa: PLC0415
        from customer_profiles_sdk._aws.config import ClientSettings  # noqa: PLC0415
        from customer_profiles_sdk._aws.transports import new_transport  # noqa: PLC0415

        settings = ClientSettings(
            region_name=region_name,
            endpoint_url=endpoint_url,
            config=config,
            allow_insecure_endpoint=allow_insecure_endpoint,
            requests_per_second=requests_per_second,
        )
        self._domain_name = domain_name
        self._driver = AsyncDriver(new_transport(transport, settings, session, boto3_client, aiobotocore_client))

    @classmethod
    def _with_driver(cls, domain_name: str, driver: "AsyncDriver") -> Self:
        client = cls.__new__(cls)
        client._domain_name = domain_name  # noqa: SLF001 (a client of this class)
        client._driver = driver  # noqa: SLF001
        return client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections and end the threads, also those of the clients for other domains.

        Calls that are being sent in threads are waited for. A later call opens connections again.
        """
        await self._driver.aclose()

    @property
    def domain_name(self) -> str:
        """The domain whose profiles these are."""
        return self._domain_name

    @property
    def boto3_client(self) -> Any:
        """The boto3 client in use, for the API's other operations; its methods block the event loop.

        With ``transport="aiobotocore"`` it is one with the same settings. Its type is ``Any`` because boto3 makes its
        methods at run time.

        Raises:
            AttributeError: an ``aiobotocore_client`` was given.
        """
        return self._driver.boto3_client

    def for_domain(self, domain_name: str) -> Self:
        """Return a client for another domain, which shares this one's connections and ``requests_per_second``."""
        client = copy(self)
        client._domain_name = domain_name  # noqa: SLF001 (a client of this class)
        return client

    @raises_without_frames_async
    async def create_profile(self, profile: Profile) -> CreateProfileResult:
        """Create a profile (API: ``CreateProfile``).

        Fields that are ``None`` or ``CLEAR`` are not sent. The API has no protection against creating a profile twice.

        Raises:
            OutcomeUnknownError: the response was lost; the profile may or may not have been created.
        """
        return await self._driver.run(operations.create_profile(self._domain_name, profile))

    @raises_without_frames_async
    async def update_profile(self, profile_id: str, changes: Profile) -> UpdateProfileResult:
        """Update a stored profile (API: ``UpdateProfile``).

        Fields that are ``None`` keep what is stored and ``CLEAR`` removes it, line by line in an address and key by key
        in ``attributes``; any other value replaces it.

        Args:
            profile_id: the profile's id, 32 lower-case hexadecimal digits.
            changes: what to set and what to remove.

        Raises:
            ProfileNotFoundError: there is no such profile.
        """
        return await self._driver.run(operations.update_profile(self._domain_name, profile_id, changes))

    @raises_without_frames_async
    async def get_profile(self, profile_id: str) -> StoredProfile:
        """Return the profile as the service holds it (API: ``BatchGetProfile``).

        Args:
            profile_id: the profile's id, 32 lower-case hexadecimal digits.

        Raises:
            ProfileNotFoundError: there is no such profile.
        """
        return await self._driver.run(operations.get_profile(self._domain_name, profile_id))

    @raises_without_frames_async
    async def get_profiles(self, profile_ids: Iterable[str]) -> BatchGetResult:
        """Return many profiles, and for each that could not be read the reason (API: ``BatchGetProfile``).

        Args:
            profile_ids: any number of ids. They are sent 20 at a time, each once; what is found keeps their order.
        """
        return await self._driver.run(operations.get_profiles(self._domain_name, profile_ids))

    @raises_without_frames
    def search_profiles(
        self, keys: SearchKeys, *, match: MatchMode = "any", page_size: int = 100
    ) -> AsyncIterator[StoredProfile]:
        """Search by 1 to 5 keys and iterate over all that is found, page by page (API: ``SearchProfiles``).

        The request is checked at once and sent when the first profile is asked for; a further page is asked for when
        the one before is used up, so abandoning the iterator costs nothing. Search lags behind writes.

        Args:
            keys: values by ``SearchKey``, or by the name of a key of the domain's own, as in
                ``{SearchKey.EMAIL: "ana@mail.example"}``.
            match: ``"any"`` finds what has one of the keys' values, ``"all"`` what has all of them.
            page_size: how many profiles are fetched at a time, 1 to 100.

        Raises:
            SearchKeyNotFoundError: the domain has no such key.
        """
        return _Hits(self._driver, SearchPages(self._domain_name, keys, match, page_size))

    @raises_without_frames_async
    async def delete_profile(self, profile_id: str) -> None:
        """Delete a profile, which cannot be undone (API: ``DeleteProfile``).

        Where the response to a first attempt was lost and the retry finds no profile, it is deleted, as was asked.

        Raises:
            ProfileNotFoundError: there is no such profile.
        """
        await self._driver.run(operations.delete_profile(self._domain_name, profile_id))

    @raises_without_frames_async
    async def add_profile_key(self, profile_id: str, key: SearchKey | str, values: Iterable[str]) -> None:
        """Let search find a profile by a key and its values (API: ``AddProfileKey``).

        Args:
            profile_id: the profile's id.
            key: a key that is defined in the domain.
            values: the values, up to 255 characters each; a single text is one value. The service is believed to take
                one at a time.

        Raises:
            ProfileNotFoundError: there is no such profile.
            SearchKeyNotFoundError: the domain has no such key.
        """
        await self._driver.run(operations.add_profile_key(self._domain_name, profile_id, key, values))

    @raises_without_frames_async
    async def delete_profile_key(self, profile_id: str, key: SearchKey | str, values: Iterable[str]) -> None:
        """Let search no longer find a profile by a key that was added (API: ``DeleteProfileKey``).

        The arguments and errors are those of ``add_profile_key``.
        """
        await self._driver.run(operations.delete_profile_key(self._domain_name, profile_id, key, values))

    @raises_without_frames_async
    async def merge_profiles(self, main_profile_id: str, profile_ids: Iterable[str]) -> None:
        """Merge profiles into one, which cannot be undone (API: ``MergeProfiles``).

        The main profile keeps its values and takes over what it lacks; the others are deleted. On AWS this goes on in
        the background after the call has returned.

        Args:
            main_profile_id: the profile that stays.
            profile_ids: 1 to 20 profiles that are merged into it.

        Raises:
            ProfileNotFoundError: there is no such profile.
            OutcomeUnknownError: the response to a first attempt was lost, and the retry finds a profile no more.
        """
        await self._driver.run(operations.merge_profiles(self._domain_name, main_profile_id, profile_ids))

    @raises_without_frames_async
    async def upsert_profile(
        self, profile: Profile, *, match_on: SearchKey = SearchKey.ACCOUNT, settle_seconds: float = 10
    ) -> UpsertResult:
        """Find the profile by a key and send what differs, or create it where there is none.

        This is how to create safely: repeated after a failure, it finds what an earlier call created, once search shows
        it. ``None`` keeps what is stored and ``CLEAR`` removes it, as in ``update_profile``. A profile that search
        finds is read again by its id, and counts only if it certainly has one of the given values: a filler such as
        ``n/a`` is no value, and two phone numbers are the same only if they differ in nothing but punctuation, or in
        ``+1`` before a North American number.

        A client works on one customer at a time and remembers what it created lately. In two processes, two upserts of
        the same new customer can still create two profiles, because search lags behind writes.

        Args:
            profile: what is known of the customer, with a value for the key.
            match_on: ``SearchKey.ACCOUNT``, ``EMAIL`` or ``PHONE``. A name identifies nobody.
            settle_seconds: how long to search for a profile of which it is unknown whether it was created.

        Raises:
            AmbiguousMatchError: no profile is certainly the one that was meant; nothing was overwritten.
            OutcomeUnknownError: the response to the create was lost and the profile did not show up in time. Repeat the
                same upsert later.
        """
        from customer_profiles_sdk._core import upsert  # noqa: PLC0415 (a program without upserts starts sooner)

        flow = upsert.upsert_profile(self._domain_name, profile, match_on, settle_seconds, self._driver.recent)
        return await self._driver.run(flow)


class _Hits(AsyncIterator[StoredProfile]):
    """The results of a search. No generator, so that nothing is left to be closed where it is abandoned."""

    def __init__(self, driver: "AsyncDriver", pages: SearchPages) -> None:
        from asyncio import Lock  # noqa: PLC0415 (importing the SDK does not import asyncio)

        self._driver = driver
        self._pages = pages
        self._hits: deque[StoredProfile] = deque()
        self._lock = Lock()  # tasks that share an iterator must not ask for the same page

    @raises_without_frames_async
    async def __anext__(self) -> StoredProfile:
        async with self._lock:
            while not self._hits:
                page = await self._driver.run(self._pages.next_page())
                if page is None:
                    raise StopAsyncIteration
                self._hits.extend(page.items)
            return self._hits.popleft()
