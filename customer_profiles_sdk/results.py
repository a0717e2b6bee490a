"""What callers receive: the results of operations.

A result shows its ids in ``repr``, which are not customers' data, and hides what is.
"""

from enum import StrEnum
from typing import final

import attrs
from attrs import field

from customer_profiles_sdk import enums
from customer_profiles_sdk._core.reprs import PlainRepr, RedactedRepr
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.models import Profile


@attrs.frozen(kw_only=True, repr=False, slots=False)
class ResponseMetadata(PlainRepr):
    """What came with a response besides its contents (botocore: ``ResponseMetadata``)."""

    request_id: str | None = None
    """The id that AWS support asks for."""
    http_status: int | None = None
    """The HTTP status of the response."""
    retry_attempts: int = 0
    """How often botocore retried the request before this response."""


@attrs.frozen(kw_only=True, repr=False, slots=False)
class CreateProfileResult(PlainRepr):
    """The result of ``create_profile`` (API: ``CreateProfileResponse``)."""

    profile_id: str
    """The id that the service gave to the new profile, 32 lower-case hexadecimal digits."""
    metadata: ResponseMetadata = ResponseMetadata()
    """The request id, HTTP status and retries of the response."""


@attrs.frozen(kw_only=True, repr=False, slots=False)
class UpdateProfileResult(PlainRepr):
    """The result of ``update_profile`` (API: ``UpdateProfileResponse``)."""

    profile_id: str
    """The id of the profile that was updated."""
    metadata: ResponseMetadata = ResponseMetadata()
    """The request id, HTTP status and retries of the response."""


@final
@attrs.frozen(kw_only=True, repr=False, slots=False)
class FoundBy(RedactedRepr):
    """A search key and the values under it that a search matched (API: ``FoundByKeyValue``)."""

    key: SearchKey | str = field(default="", converter=enums.search_key)
    """The key that matched."""
    values: tuple[str, ...] = ()
    """The values that matched. They are customers' data."""


@attrs.frozen(kw_only=True, repr=False, slots=False)
class StoredProfile(PlainRepr):
    """A profile as the service holds it (API: ``Profile``)."""

    profile_id: str
    """The profile's id."""
    profile: Profile
    """The profile's contents."""
    found_by: tuple[FoundBy, ...] = ()
    """What a search found it by; empty where it was not searched for."""


class UpsertAction(StrEnum):
    """What ``upsert_profile`` did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@attrs.frozen(kw_only=True, repr=False, slots=False)
class UpsertResult(PlainRepr):
    """The result of ``upsert_profile``."""

    profile_id: str
    """The id of the profile that was created or found."""
    action: UpsertAction
    """What was done, which is a text too (``"created"``, ``"updated"`` or ``"unchanged"``)."""


@attrs.frozen(kw_only=True, repr=False, slots=False)
class FailedProfile(PlainRepr):
    """A profile that could not be read together with others (API: ``BatchGetProfileError``)."""

    profile_id: str
    """The id that was asked for."""
    code: str
    """The service's error code for it."""
    message: str = ""
    """The service's text for it."""


@attrs.frozen(kw_only=True, repr=False, slots=False)
class BatchGetResult(PlainRepr):
    """Profiles that were asked for by id (API: ``BatchGetProfileResponse``)."""

    found: tuple[StoredProfile, ...] = ()
    """The profiles that there are."""
    failed: tuple[FailedProfile, ...] = ()
    """The ids for which there is an error instead."""
