"""The client: one short method for each operation, and the list of what the SDK can do.

A method joins three pure steps around one call: a request is made (``serializer``), checked (``validation``), sent
(``transport``), and the answer is read (``deserializer``).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

from customer_profiles_sdk import deserializer, serializer
from customer_profiles_sdk.choices import SearchKey
from customer_profiles_sdk.errors import Problem, UnexpectedResponseError
from customer_profiles_sdk.models import (
    BatchGetResult,
    CreateProfileResult,
    Profile,
    StoredProfile,
    UpdateProfileResult,
    UpsertResult,
)
from customer_profiles_sdk.serializer import MatchMode
from customer_profiles_sdk.upsert import upsert
from customer_profiles_sdk.validation import MOST_PROFILES_AT_A_TIME, checked

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config


class CustomerProfilesClient:
    """The standard profiles of one domain of Amazon Connect Customer Profiles.

    A client may be shared between threads. It can be pickled where it was built from settings, that is, without
    ``boto3_client`` and ``session``; the copy builds a boto3 client of its own for the same region, with the
    credentials that it finds where it is unpickled.

    Every method raises ``InvalidRequestError`` before anything is sent where the request breaks a rule of the API, the
    fitting ``ServiceError`` where the service says no, ``ConnectionFailedError`` where it could not be reached, and
    ``UnexpectedResponseError`` where its answer cannot be read. Missing credentials stay botocore's own exceptions.

    >>> from customer_profiles_sdk import CLEAR, CustomerProfilesClient, Profile
    >>> client = CustomerProfilesClient("acme", region_name="eu-central-1")
    >>> created = client.create_profile(Profile(account_number="C-1", email_address="ana@mail.example"))
    >>> client.update_profile(created.profile_id, Profile(email_address=CLEAR)).metadata.http_status
    200

    Args:
        domain_name: the domain, 1 to 64 letters, digits, ``_`` and ``-``.
        boto3_client: a ``customer-profiles`` client to use as it is; the other arguments are then not looked at.
        session: the session to build a boto3 client from; else boto3's default session where one was set up, else a
            new one.
        region_name: the region to build it for, else the session's.
        endpoint_url: the endpoint to build it for, else the service's own. ``http://`` is refused for anything but a
            loopback address: it would carry customers' data in clear text.
        config: options to build it with, which win over the SDK's defaults: botocore's ``standard`` retry mode unless
            the environment or the AWS configuration file chooses one, no second validation by botocore, and a user
            agent that names the SDK and is put together once.

    Raises:
        InvalidRequestError: ``endpoint_url``, from wherever it comes, is in clear text.
    """

    def __init__(
        self,
        domain_name: str,
        *,
        boto3_client: "BaseClient | None" = None,
        session: "boto3.Session | None" = None,
        region_name: str | None = None,
        endpoint_url: str | None = None,
        config: "Config | None" = None,
    ) -> None:
        # Here, so that importing the SDK imports neither boto3 nor botocore.
        from customer_profiles_sdk.transport import Transport, build_client  # noqa: PLC0415

        self._domain_name = domain_name
        self._settings: Mapping[str, object] | None = None
        if boto3_client is None:
            boto3_client = build_client(session, region_name, endpoint_url, config)
            if session is None:
                region_name = boto3_client.meta.region_name
                self._settings = {"region_name": region_name, "endpoint_url": endpoint_url, "config": config}
        self._transport = Transport(boto3_client)

    @property
    def domain_name(self) -> str:
        """The domain whose profiles these are."""
        return self._domain_name

    @property
    def boto3_client(self) -> Any:
        """The boto3 client in use, for the API's other operations.

        Its type is ``Any`` because boto3 makes its methods at run time.
        """
        return self._transport.boto3_client

    def for_domain(self, domain_name: str) -> Self:
        """Return a client for another domain, which shares this one's boto3 client."""
        client = object.__new__(type(self))
        client.__dict__.update(self.__dict__)
        client._domain_name = domain_name
        return client

    def create_profile(self, profile: Profile) -> CreateProfileResult:
        """Create a profile (API: ``CreateProfile``).

        Fields that are ``None`` or ``CLEAR`` are not sent. The API has no protection against creating a profile twice.

        Raises:
            OutcomeUnknownError: the answer was lost, and the profile may or may not have been created.
        """
        request = checked("create_profile", serializer.create_profile_request(self._domain_name, profile))
        return self._transport.call("create_profile", request, deserializer.create_profile_result)

    def update_profile(self, profile_id: str, changes: Profile) -> UpdateProfileResult:
        """Update a stored profile (API: ``UpdateProfile``).

        Fields that are ``None`` keep what is stored and ``CLEAR`` removes it, line by line in an address and key by key
        in ``attributes``; any other value replaces it.

        Args:
            profile_id: the profile's id, 32 lower-case hexadecimal digits.
            changes: what to set and what to remove.

        Raises:
            ProfileNotFoundError: there is no such profile.
        """
        request = checked("update_profile", serializer.update_profile_request(self._domain_name, profile_id, changes))
        return self._transport.call("update_profile", request, deserializer.update_profile_result)

    def get_profile(self, profile_id: str) -> StoredProfile:
        """Return the profile as the service holds it (API: ``BatchGetProfile``).

        Args:
            profile_id: the profile's id, 32 lower-case hexadecimal digits.

        Raises:
            ProfileNotFoundError: there is no such profile.
        """
        request = checked("get_profile", serializer.get_profile_request(self._domain_name, profile_id))

        def read(response: dict[str, Any]) -> StoredProfile:
            found = deserializer.batch_get_result("get_profile", response).found
            if not found:
                raise self._transport.refusal_of_one("get_profile", request, response)
            return found[0]

        return self._transport.call("get_profile", request, read, method="batch_get_profile")

    def get_profiles(self, profile_ids: Iterable[str]) -> BatchGetResult:
        """Return many profiles, and for each that could not be read the reason (API: ``BatchGetProfile``).

        Args:
            profile_ids: any number of ids. They are sent 20 at a time, each once; what is found keeps their order.
        """
        request = checked("get_profiles", serializer.get_profiles_request(self._domain_name, profile_ids))
        ids = list(dict.fromkeys(cast("list[str]", request["ProfileIds"])))
        read = partial(deserializer.batch_get_result, "get_profiles")
        results: list[BatchGetResult] = []
        for start in range(0, len(ids), MOST_PROFILES_AT_A_TIME):
            batch = {**request, "ProfileIds": ids[start : start + MOST_PROFILES_AT_A_TIME]}
            results.append(self._transport.call("get_profiles", batch, read, method="batch_get_profile"))
        return deserializer.joined_batches(ids, results)

    def search_profiles(
        self, keys: Mapping[SearchKey | str, str], *, match: MatchMode = "any", page_size: int = 100
    ) -> Iterator[StoredProfile]:
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

        >>> [stored.profile.account_number for stored in client.search_profiles({"_account": "C-1"})]
        ['C-1']
        """
        request = serializer.search_profiles_request(self._domain_name, keys, match, page_size)
        return self._pages(checked("search_profiles", request))

    def _pages(self, request: Mapping[str, object]) -> Iterator[StoredProfile]:
        token: str | None = None
        while True:
            more = {"NextToken": token} if token else {}
            page = self._transport.call("search_profiles", {**request, **more}, deserializer.search_page)
            yield from page.items
            if not page.next_token:
                return
            if page.next_token == token:
                raise UnexpectedResponseError("search_profiles", [Problem("next_token", "is the same once more")])
            token = page.next_token

    def delete_profile(self, profile_id: str) -> None:
        """Delete a profile, which cannot be undone (API: ``DeleteProfile``).

        Raises:
            ProfileNotFoundError: there is no such profile.
        """
        self._tell("delete_profile", serializer.delete_profile_request(self._domain_name, profile_id))

    def add_profile_key(self, profile_id: str, key: SearchKey | str, values: Iterable[str]) -> None:
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
        self._tell("add_profile_key", serializer.profile_key_request(self._domain_name, profile_id, key, values))

    def delete_profile_key(self, profile_id: str, key: SearchKey | str, values: Iterable[str]) -> None:
        """Let search no longer find a profile by a key that was added (API: ``DeleteProfileKey``).

        The arguments and errors are those of ``add_profile_key``.
        """
        self._tell("delete_profile_key", serializer.profile_key_request(self._domain_name, profile_id, key, values))

    def merge_profiles(self, main_profile_id: str, profile_ids: Iterable[str]) -> None:
        """Merge profiles into one, which cannot be undone (API: ``MergeProfiles``).

        The main profile keeps its values and takes over what it lacks; the others are deleted. On AWS this goes on in
        the background after the call has returned.

        Args:
            main_profile_id: the profile that stays.
            profile_ids: 1 to 20 profiles that are merged into it.

        Raises:
            ProfileNotFoundError: there is no such profile.
        """
        request = serializer.merge_profiles_request(self._domain_name, main_profile_id, profile_ids)
        self._tell("merge_profiles", request)

    def upsert_profile(
        self, profile: Profile, *, match_on: SearchKey = SearchKey.ACCOUNT, settle_seconds: float = 10
    ) -> UpsertResult:
        """Find the profile by a key and send what differs, or create it where there is none.

        This is how to create safely: run again after any failure, it finds what an earlier run has made. ``None`` keeps
        what is stored and ``CLEAR`` removes it, as in ``update_profile``. A hit counts only if the profile, read again
        by its id, has one of the given values under the key, by the key's own rule of comparison.

        Search lags behind writes, so two upserts of the same new customer within that time can still make two profiles.

        Args:
            profile: what is known of the customer, with a value for the key.
            match_on: ``SearchKey.ACCOUNT``, ``EMAIL``, ``PHONE`` or ``FULL_NAME``.
            settle_seconds: how long to go on searching for a profile of which it is unknown whether it was created.

        Raises:
            AmbiguousMatchError: several profiles match; nothing was changed.
            OutcomeUnknownError: the answer to the create was lost and the profile did not show up in time. Run the same
                upsert again later.

        >>> client.upsert_profile(Profile(account_number="C-1", first_name="Ana")).action
        <UpsertAction.UPDATED: 'updated'>
        >>> client.upsert_profile(Profile(account_number="C-1", first_name="Ana")).action
        <UpsertAction.UNCHANGED: 'unchanged'>
        """
        return upsert(self, profile, match_on, settle_seconds)

    def _tell(self, operation: str, request: dict[str, object]) -> None:
        self._transport.call(operation, checked(operation, request), deserializer.nothing)

    def __reduce__(self) -> tuple[object, ...]:
        if self._settings is None:
            raise TypeError(
                "a CustomerProfilesClient that was given a live boto3_client or session cannot be pickled; "
                "build it from region_name, endpoint_url and config, or build one in each process"
            )
        return _from_settings, (type(self), self._domain_name, self._settings)


def _from_settings(
    kind: type[CustomerProfilesClient], domain_name: str, settings: Mapping[str, Any]
) -> CustomerProfilesClient:
    return kind(domain_name, **settings)
