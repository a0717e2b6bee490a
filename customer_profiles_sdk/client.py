"""The client: one short method for each operation, and the list of what the SDK can do.

A method joins three pure steps around one call: a request is made (``serializer``), checked (``validation``), sent
(``transport``), and the answer is read (``serializer``).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from customer_profiles_sdk import serializer
from customer_profiles_sdk.models import CreateProfileResult, Profile, StoredProfile, UpdateProfileResult
from customer_profiles_sdk.validation import checked

if TYPE_CHECKING:
    import boto3
    from botocore.client import BaseClient
    from botocore.config import Config


class CustomerProfilesClient:
    """The standard profiles of one domain of Amazon Connect Customer Profiles.

    A client may be shared between threads. It can be pickled where it was built from settings, that is, without
    ``boto3_client`` and ``session``; the copy builds a boto3 client of its own.

    Every method raises ``InvalidRequestError`` before anything is sent where the request breaks a rule of the API, the
    fitting ``ServiceError`` where the service says no, ``ConnectionFailedError`` where it could not be reached, and
    ``UnexpectedResponseError`` where its answer cannot be read. Missing credentials stay botocore's own exceptions.

    Args:
        domain_name: the domain, 1 to 64 letters, digits, ``_`` and ``-``.
        boto3_client: a ``customer-profiles`` client to use as it is; the other arguments are then not looked at.
        session: the session to build a boto3 client from; else boto3's default session where one was set up, else a
            new one.
        region_name: the region to build it for, else the session's.
        endpoint_url: the endpoint to build it for, else the service's own. ``http://`` is refused for anything but a
            loopback address: it would carry customers' data in clear text.
        config: options to build it with, which win over the SDK's defaults: botocore's ``standard`` retry mode unless
            the environment or the AWS configuration file chooses one, no second validation by botocore, and a
            suffix to the user agent.

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
        if boto3_client is None and session is None:
            self._settings = {"region_name": region_name, "endpoint_url": endpoint_url, "config": config}
        self._transport = Transport(boto3_client or build_client(session, region_name, endpoint_url, config))

    @property
    def domain_name(self) -> str:
        """The domain whose profiles these are."""
        return self._domain_name

    @property
    def boto3_client(self) -> Any:
        """The boto3 client in use, for the API's other operations. ``Any``: boto3 makes its methods at run time."""
        return self._transport.boto3_client

    def for_domain(self, domain_name: str) -> Self:
        """Return a client for another domain, which shares this one's boto3 client."""
        client = object.__new__(type(self))
        client._domain_name = domain_name
        client._settings = self._settings
        client._transport = self._transport
        return client

    def create_profile(self, profile: Profile) -> CreateProfileResult:
        """Create a profile (API: ``CreateProfile``).

        Fields that are ``None`` or ``CLEAR`` are not sent. The API has no protection against creating a profile twice.

        Raises:
            OutcomeUnknownError: the answer was lost, and the profile may or may not have been created.
        """
        request = checked("create_profile", serializer.create_profile_request(self._domain_name, profile))
        return serializer.create_profile_result(self._transport.call("create_profile", request))

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
        return serializer.update_profile_result(self._transport.call("update_profile", request))

    def get_profile(self, profile_id: str) -> StoredProfile:
        """Return the profile as the service holds it (API: ``BatchGetProfile``).

        Args:
            profile_id: the profile's id, 32 lower-case hexadecimal digits.

        Raises:
            ProfileNotFoundError: there is no such profile.
        """
        request = checked("get_profile", serializer.get_profile_request(self._domain_name, profile_id))
        response = self._transport.call("get_profile", request, method="batch_get_profile")
        result = serializer.get_profile_result(response)
        if not result.found:
            raise self._transport.refusal_of_one("get_profile", request, response)
        return result.found[0]

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
