"""A row of a load, what becomes of it, and the sum of all rows."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, final

import attrs

from customer_profiles_sdk._core.reprs import RedactedRepr
from customer_profiles_sdk.errors import Problem
from customer_profiles_sdk.models import Profile


class RowAction(StrEnum):
    """What became of a row."""

    CREATED = "created"
    """A profile was created."""
    UPDATED = "updated"
    """A profile was found, and what differs was sent."""
    UNCHANGED = "unchanged"
    """A profile was found that holds all that the row has."""
    REJECTED = "rejected"
    """The row breaks a rule; nothing was sent."""
    FAILED = "failed"
    """The row is not in; ``error`` says why."""
    UNKNOWN = "unknown"
    """The profile may or may not have been created; the same load, started again, finds out."""


NOT_IN: Final = frozenset({RowAction.REJECTED, RowAction.FAILED, RowAction.UNKNOWN})
"""What becomes of a row that is not in, or not certainly."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Row(RedactedRepr):
    """A row of a file as a profile, or what is wrong with it."""

    number: int
    """Its number; 1 is the first row after the header."""
    line: int | None = None
    """The line of the file in which it begins; the first line is 1."""
    profile: Profile | None = None
    """What it says of a customer; ``None`` where that cannot be read."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with its cells; the path is the column's name and the field."""
    columns: Mapping[str, str] = attrs.field(factory=dict)
    """The name of the column by the field that it fills."""
    names: tuple[str, ...] = ()
    """The names of all its columns."""
    cells: Sequence[object] = ()
    """The cells under them, as they stand in the file."""


@attrs.frozen(kw_only=True)
class RowOutcome:
    """What became of a row. It never holds a customer's value."""

    row: int
    """The row's number; 1 is the first row after the header."""
    action: RowAction
    """What became of it."""
    profile_id: str | None = None
    """The profile that was created or found."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with a row that was rejected; the path is the column's name and the field."""
    error: str | None = None
    """The class and the text of the error of a row that failed or whose outcome is unknown."""


@attrs.frozen(kw_only=True)
class LoadSummary:
    """The sum of a load. ``rows`` is always the sum of the six counts behind it."""

    rows: int = 0
    """The rows so far."""
    created: int = 0
    """Rows whose profile was created."""
    updated: int = 0
    """Rows whose profile was updated."""
    unchanged: int = 0
    """Rows whose profile held everything already."""
    rejected: int = 0
    """Rows that break a rule."""
    failed: int = 0
    """Rows that are not in."""
    unknown: int = 0
    """Rows of which it is unknown whether their profile was created."""
    seconds: float = 0.0
    """How long this run took."""
    rows_per_second: float = 0.0
    """Rows that this run sent, a second."""
    requests: int = 0
    """Requests of this run, retries included."""
    throttled_requests: int = 0
    """Requests of this run that the service throttled."""
    checked_rows: int = 0
    """Rows of the file that were checked before the first was sent; 0 for standard input."""
    duplicate_keys: int = 0
    """Checked rows that share a key with an earlier row."""
    resumed: int = 0
    """Rows that an earlier run has brought in; they are counted above as what became of them then."""
    settled: int = 0
    """Rows that an earlier run left in doubt and this run settled."""
    rejects_file: str | None = None
    """The file of rejects; ``None`` while there are none."""
