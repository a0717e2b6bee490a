"""Everything that is wrong with a row, before anything is sent."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import cast

import attrs

from customer_profiles_sdk._core.identity import IDENTIFYING_KEYS
from customer_profiles_sdk._core.requests import profile_members
from customer_profiles_sdk._core.search_keys import FIELDS, values_for_key
from customer_profiles_sdk._core.text import plain_text
from customer_profiles_sdk._core.upsert import names_of
from customer_profiles_sdk._core.walk import Members
from customer_profiles_sdk.bulk.columns import path_of
from customer_profiles_sdk.bulk.rows import Row, RowAction, RowOutcome
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import InvalidRequestError, Problem
from customer_profiles_sdk.models import Profile


def match_keys(operation: str, match_on: SearchKey | Sequence[SearchKey]) -> tuple[SearchKey, ...]:
    """Return the keys that a load matches on.

    Raises:
        InvalidRequestError: one of them identifies nobody.
    """
    given = list(match_on) if isinstance(match_on, Iterable) and not isinstance(match_on, str) else [match_on]
    keys = [next((key for key in IDENTIFYING_KEYS if key == plain_text(each)), None) for each in given]
    if not keys or None in keys:
        message = f"expected one or more of {', '.join(IDENTIFYING_KEYS)}"
        raise InvalidRequestError(operation, [Problem("match_on", message)])
    return tuple(dict.fromkeys(cast("list[SearchKey]", keys)))


def check_rows(
    rows: Iterable[Row | Profile], *, match_on: SearchKey | Sequence[SearchKey] = SearchKey.ACCOUNT
) -> Iterator[RowOutcome]:
    """Return an outcome for each row that a load would reject; nothing is sent.

    Args:
        rows: rows of a file, or profiles.
        match_on: the key that finds a customer; of several, the first that a row has.

    Raises:
        InvalidRequestError: ``match_on`` is not made of ``SearchKey.ACCOUNT``, ``EMAIL`` and ``PHONE``.

    >>> from customer_profiles_sdk import Profile
    >>> outcome, = check_rows([Profile(account_number="C-1"), Profile(account_number="C-2", first_name="A" * 300)])
    >>> outcome.row, str(outcome.problems[0])
    (2, 'first_name: 300 characters, at most 255')
    """
    keys = match_keys("check_rows", match_on)
    return (outcome for row in numbered(rows) if (outcome := checked(row, keys).rejected) is not None)


def numbered(rows: Iterable[Row | Profile]) -> Iterator[Row]:
    """Return rows; a profile becomes the row of its position."""
    for number, each in enumerate(rows, start=1):
        # What is neither is a row, too, and will be rejected as one.
        yield each if isinstance(each, Row) else Row(number=number, profile=each)


@attrs.frozen(eq=False, repr=False)
class Checked:
    """What the check of a row found.

    Attributes:
        members: what may be sent of it.
        names: the names of its customer in the domain; none where it is rejected.
        rejected: its outcome, where it is rejected.
    """

    members: Members
    names: tuple[str, ...] = ()
    rejected: RowOutcome | None = None


def checked(row: Row, keys: Sequence[SearchKey], domain_name: str = "") -> Checked:
    """Check a row that is to be sent to a domain."""
    problems = list(row.problems)
    members: Members = {}
    profile = cast("Profile", row.profile)  # what is none is found to be none
    if row.profile is not None or not problems:
        try:
            members = profile_members(profile)
        except InvalidRequestError as error:
            problems += [_in_columns(each, row) for each in error.problems]
    if not problems:
        if names := names_of(domain_name, profile, keys):
            return Checked(members, names)
        problems.append(_without_key(row, profile, keys))
    return Checked(members, (), RowOutcome(row=row.number, action=RowAction.REJECTED, problems=tuple(problems)))


def _in_columns(problem: Problem, row: Row) -> Problem:
    column = row.columns.get(problem.path)
    return problem if column is None else Problem(path_of(column, problem.path), problem.message)


def _without_key(row: Row, profile: Profile, keys: Sequence[SearchKey]) -> Problem:
    fields = [field for key in keys for field in FIELDS[key]]
    places = [path_of(row.columns[field], field) for field in fields if field in row.columns] or fields
    has_text = any(values_for_key(key, partial(getattr, profile)) for key in keys)
    message = "what is there is a filler, or no such value" if has_text else "the row has no value"
    return Problem(" or ".join(places), f"{message} to find the customer by")
