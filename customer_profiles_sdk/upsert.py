"""How to create a profile that may be there already: find it, then update or create, and never take a guess.

It is made of the client's own methods and decides only which of them to call; what a key takes for equal is left to
``matching``.
"""

import math
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import attrs

from customer_profiles_sdk.choices import SearchKey
from customer_profiles_sdk.errors import (
    AmbiguousMatchError,
    ConnectionFailedError,
    InternalServerError,
    InvalidRequestError,
    OutcomeUnknownError,
    Problem,
    ProfileNotFoundError,
    ThrottlingError,
)
from customer_profiles_sdk.matching import FIELDS, comparable, values_under
from customer_profiles_sdk.models import Profile, StoredProfile, UpsertAction, UpsertResult, changes
from customer_profiles_sdk.serializer import upsert_profile_request
from customer_profiles_sdk.validation import checked

if TYPE_CHECKING:
    from customer_profiles_sdk.client import CustomerProfilesClient

_OPERATION = "upsert_profile"
_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 2.0


def upsert(
    client: "CustomerProfilesClient", profile: Profile, match_on: SearchKey, settle_seconds: float
) -> UpsertResult:
    """Do what ``CustomerProfilesClient.upsert_profile`` says."""
    checked(_OPERATION, upsert_profile_request(client.domain_name, profile))
    values = _values(profile, match_on, settle_seconds)
    stored = _match(client, match_on, values)
    if stored is not None:
        return _update(client, stored, profile)
    try:
        created = client.create_profile(profile)
    except OutcomeUnknownError as error:
        unknown = OutcomeUnknownError(_OPERATION, error.cause_name)
    else:
        return UpsertResult(profile_id=created.profile_id, action=UpsertAction.CREATED)
    for _ in _pauses(settle_seconds):
        # What keeps a search from being made says nothing of the profile: it is still unknown whether it is there.
        with suppress(ThrottlingError, InternalServerError, ConnectionFailedError):
            stored = _match(client, match_on, values)
        if stored is not None:
            result = _update(client, stored, profile)
            # A profile that holds all that was given is taken for the one whose creation was in doubt.
            created_here = result.action is UpsertAction.UNCHANGED
            return attrs.evolve(result, action=UpsertAction.CREATED) if created_here else result
    raise unknown


def _values(profile: Profile, match_on: SearchKey, settle_seconds: float) -> tuple[str, ...]:
    problems: list[Problem] = []
    values: tuple[str, ...] = ()
    if not issubclass(type(match_on), str) or match_on not in FIELDS:
        problems.append(Problem("match_on", f"expected one of {', '.join(FIELDS)}"))
    else:
        values = values_under(match_on, partial(getattr, profile))
        if not values:
            problems.append(
                Problem("match_on", f"the profile has no value for it; set {' or '.join(FIELDS[match_on])}")
            )
    if type(settle_seconds) not in {int, float} or not 0 <= settle_seconds < math.inf:
        problems.append(Problem("settle_seconds", "expected a number of seconds, 0 or more"))
    if problems:
        raise InvalidRequestError(_OPERATION, problems)
    return values


def _match(client: "CustomerProfilesClient", match_on: SearchKey, values: tuple[str, ...]) -> StoredProfile | None:
    hits = {hit.profile_id for value in values for hit in client.search_profiles({match_on: value})}
    # Search may show what was and may find by looser rules than it says: so each hit is read again and held against
    # what was asked for.
    read = client.get_profiles(sorted(hits))
    found = [*read.found, *_read_after_all(client, [each.profile_id for each in read.failed])]
    wanted = {comparable(match_on, value) for value in values}
    matching = [
        stored
        for stored in found
        if wanted & {comparable(match_on, text) for text in values_under(match_on, partial(getattr, stored.profile))}
    ]
    if len(matching) > 1:
        raise AmbiguousMatchError(_OPERATION, [stored.profile_id for stored in matching])
    return matching[0] if matching else None


def _read_after_all(client: "CustomerProfilesClient", profile_ids: list[str]) -> Iterator[StoredProfile]:
    # A profile that is gone was no match; any other reason not to read it must not look like that, and is raised.
    for profile_id in profile_ids:
        with suppress(ProfileNotFoundError):
            yield client.get_profile(profile_id)


def _update(client: "CustomerProfilesClient", stored: StoredProfile, profile: Profile) -> UpsertResult:
    changed = changes(stored.profile, profile, absent=None)
    if changed == Profile():
        return UpsertResult(profile_id=stored.profile_id, action=UpsertAction.UNCHANGED)
    client.update_profile(stored.profile_id, changed)
    return UpsertResult(profile_id=stored.profile_id, action=UpsertAction.UPDATED)


def _pauses(seconds: float) -> Iterator[None]:
    """Yield after each of ever longer pauses, once at least, until the seconds are over."""
    ends_at = time.monotonic() + seconds
    pause = _FIRST_PAUSE_SECONDS
    while True:
        time.sleep(max(0.0, min(pause, ends_at - time.monotonic())))
        yield
        if time.monotonic() >= ends_at:
            return
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
