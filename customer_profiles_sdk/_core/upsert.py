"""How to create a profile that may exist already: find it, then update or create, and never guess.

What makes two values the same is left to ``identity``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

import attrs

from customer_profiles_sdk._core import operations
from customer_profiles_sdk._core.changes import changes_between
from customer_profiles_sdk._core.flow import Pause, Steps, hold
from customer_profiles_sdk._core.identity import IDENTIFYING_KEYS, Match, cleaned, compare, normalized
from customer_profiles_sdk._core.members import MAX_BATCH_SIZE
from customer_profiles_sdk._core.recent_profiles import RecentProfiles
from customer_profiles_sdk._core.requests import check_upsert, settle_problem
from customer_profiles_sdk._core.search_keys import FIELDS, values_for_key
from customer_profiles_sdk._core.text import plain_text
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import (
    AmbiguousMatchError,
    InvalidRequestError,
    OutcomeUnknownError,
    Problem,
    ProfileNotFoundError,
    UnexpectedResponseError,
)
from customer_profiles_sdk.models import Profile
from customer_profiles_sdk.results import StoredProfile, UpsertAction, UpsertResult

_OPERATION: Final = "upsert_profile"
_FIRST_PAUSE_SECONDS: Final = 0.1


@attrs.frozen(eq=False, repr=False)
class _Wanted:
    """The customer that is looked for.

    Attributes:
        values: the customer's values under the key.
        names: the same, normalized: the names under which one flow at a time works.
        all_names: the names under every key that identifies a customer.
    """

    domain_name: str
    profile: Profile
    key: SearchKey
    values: tuple[str, ...]
    names: tuple[str, ...]
    all_names: tuple[str, ...]


def upsert_profile(
    domain_name: str,
    profile: Profile,
    match_on: SearchKey,
    settle_seconds: float,
    recent: RecentProfiles,
    known_ids: Sequence[str] = (),
) -> Steps[UpsertResult]:
    """Find the profile by a key and send what differs, or create it where there is none.

    Where ids are known already and the profile of one of them certainly matches, there is no search.
    """
    check_upsert(domain_name, profile)
    return _upsert(_wanted(domain_name, profile, match_on, settle_seconds), settle_seconds, recent, known_ids)


def first_key(profile: Profile, keys: Iterable[SearchKey]) -> SearchKey | None:
    """Return the first of the keys under which a profile has a value to look for."""
    return next((key for key in keys if _values(profile, key)), None)


def names_of(domain_name: str, profile: Profile, keys: Iterable[SearchKey]) -> tuple[str, ...]:
    """Return the names under which a customer is held and remembered. They are made of customers' data."""
    return tuple(name for key in keys for name in _names(domain_name, key, _values(profile, key)))


def _upsert(
    wanted: _Wanted, settle_seconds: float, recent: RecentProfiles, known_ids: Sequence[str]
) -> Steps[UpsertResult]:
    yield from hold(wanted.names)
    stored = (yield from _known(wanted, known_ids)) if known_ids else None
    if stored is None:
        stored = yield from _find(wanted, recent)
    if stored is not None:
        return (yield from _update(wanted, stored, recent))
    try:
        created = yield from operations.create_profile(wanted.domain_name, wanted.profile)
    except OutcomeUnknownError as error:
        unknown = OutcomeUnknownError(_OPERATION, error.cause_name, error.reason)
    except UnexpectedResponseError as error:
        unknown = OutcomeUnknownError(_OPERATION, type(error).__name__, "the response to the create cannot be read")
    else:
        recent.remember(wanted.all_names, created.profile_id)
        return UpsertResult(profile_id=created.profile_id, action=UpsertAction.CREATED)
    return (yield from _settle(wanted, settle_seconds, recent, unknown))


def _wanted(domain_name: str, profile: Profile, match_on: SearchKey, settle_seconds: float) -> _Wanted:
    problems: list[Problem] = []
    key = next((each for each in IDENTIFYING_KEYS if each == plain_text(match_on)), None)
    values: Mapping[str, str] = {}
    if key is None:
        problems.append(Problem("match_on", f"expected one of {', '.join(IDENTIFYING_KEYS)}"))
    else:
        values = _values(profile, key)
        if not values:
            fields = " or ".join(FIELDS[key])
            problems.append(Problem("match_on", f"the profile has no value to look for; set {fields} (not a filler)"))
    if message := settle_problem(settle_seconds):
        problems.append(Problem("settle_seconds", message))
    if problems or key is None:
        raise InvalidRequestError(_OPERATION, problems)
    all_names = names_of(domain_name, profile, IDENTIFYING_KEYS)
    return _Wanted(domain_name, profile, key, tuple(values), _names(domain_name, key, values), all_names)


def _values(profile: Profile, key: SearchKey) -> Mapping[str, str]:
    """Return a profile's values under a key, and each normalized; a filler is none."""
    found = ((value, normalized(key, value)) for value in values_for_key(key, partial(getattr, profile)))
    return {value: form for value, form in found if form is not None}


def _names(domain_name: str, key: SearchKey, values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{domain_name} {key} {form}" for form in values.values())


def _known(wanted: _Wanted, profile_ids: Sequence[str]) -> Steps[StoredProfile | None]:
    """Return the only profile of these ids that certainly has one of the values, as it had when its id was noted."""
    matches: dict[str, StoredProfile] = {}
    yield from _read_again(wanted, profile_ids, matches, set())
    stored = next(iter(matches.values())) if len(matches) == 1 else None
    return None if stored is None or _has_another_account(wanted.profile, stored.profile) else stored


def _find(wanted: _Wanted, recent: RecentProfiles) -> Steps[StoredProfile | None]:
    """Return the profile that certainly has one of the values; ``AmbiguousMatchError`` where that is in doubt."""
    matches: dict[str, StoredProfile] = {}
    alike: set[str] = set()
    remembered = recent.find(wanted.names)
    seen = set(remembered)
    yield from _read_again(wanted, sorted(remembered), matches, alike)
    # The service may hold a value as it was given, or as it should have been.
    searched = dict.fromkeys(each for value in wanted.values for each in (value, cleaned(wanted.key, value)))
    for value in searched:
        pages = operations.SearchPages(wanted.domain_name, {wanted.key: value}, "any", MAX_BATCH_SIZE)
        while _may_be_single(matches, alike) and (page := (yield from pages.next_page())) is not None:
            hits = {hit.profile_id for hit in page.items} - seen
            seen |= hits
            yield from _read_again(wanted, sorted(hits), matches, alike)
    for profile_id in remembered - matches.keys() - alike:
        recent.forget(wanted.all_names, profile_id)
    if len(matches) > 1:
        raise AmbiguousMatchError(_OPERATION, list(matches))
    stored = next(iter(matches.values()), None)
    if stored is None and alike:
        raise AmbiguousMatchError(_OPERATION, sorted(alike), "a profile matches, but not certainly")
    if stored is not None and _has_another_account(wanted.profile, stored.profile):
        raise AmbiguousMatchError(_OPERATION, [stored.profile_id], "the profile found has another account_number")
    return stored


def _may_be_single(matches: dict[str, StoredProfile], alike: set[str]) -> bool:
    # Two certain matches are enough to know, and so are many uncertain ones.
    return len(matches) <= 1 and len(alike) <= MAX_BATCH_SIZE


def _read_again(
    wanted: _Wanted, profile_ids: Sequence[str], matches: dict[str, StoredProfile], alike: set[str]
) -> Steps[None]:
    # Search may show what was and may find by looser rules than it says: so each hit is read again by its id.
    read = yield from operations.get_profiles(wanted.domain_name, profile_ids)
    found = list(read.found)
    for failed in read.failed:
        # A profile that is gone was no match; any other reason not to read it must not look like that, and is raised.
        try:
            found.append((yield from operations.get_profile(wanted.domain_name, failed.profile_id)))
        except ProfileNotFoundError:
            continue
    for stored in found:
        match = compare(wanted.key, wanted.values, values_for_key(wanted.key, partial(getattr, stored.profile)))
        if match is Match.SAME:
            matches[stored.profile_id] = stored
        elif match is Match.ALIKE:
            alike.add(stored.profile_id)


def _has_another_account(wanted: Profile, stored: Profile) -> bool:
    numbers = {
        normalized(SearchKey.ACCOUNT, number) for number in (wanted.account_number, stored.account_number) if number
    }
    return len(numbers - {None}) > 1


def _update(wanted: _Wanted, stored: StoredProfile, recent: RecentProfiles) -> Steps[UpsertResult]:
    changes = changes_between(stored.profile, wanted.profile, absent=None)
    if changes == Profile():
        return UpsertResult(profile_id=stored.profile_id, action=UpsertAction.UNCHANGED)
    yield from operations.update_profile(wanted.domain_name, stored.profile_id, changes)
    recent.remember(wanted.all_names, stored.profile_id)  # search may not show yet what is new among its keys
    return UpsertResult(profile_id=stored.profile_id, action=UpsertAction.UPDATED)


def _settle(
    wanted: _Wanted, settle_seconds: float, recent: RecentProfiles, unknown: OutcomeUnknownError
) -> Steps[UpsertResult]:
    """Search until the seconds are over for a profile that may have been created."""
    for seconds in _pauses(settle_seconds):
        yield Pause(seconds)
        result = None
        # Whatever stops this tells nothing about the profile: it may still exist.
        with suppress(Exception):
            stored = yield from _find(wanted, recent)
            result = None if stored is None else (yield from _update(wanted, stored, recent))
        if result is not None:
            # A profile that holds all that was given is taken for the one whose creation was in doubt.
            created_here = result.action is UpsertAction.UNCHANGED
            return attrs.evolve(result, action=UpsertAction.CREATED) if created_here else result
    raise unknown


def _pauses(seconds: float) -> Iterator[float]:
    """Yield growing pauses that add up to the seconds; doubling keeps their number small.

    No clock is read: a test may freeze it.
    """
    pause, left = _FIRST_PAUSE_SECONDS, seconds
    while pause < left:
        yield pause
        left -= pause
        pause *= 2
    yield left
