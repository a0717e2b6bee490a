"""What can go wrong with a load as a whole. What is wrong with a single row is in its outcome."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from customer_profiles_sdk.errors import CustomerProfilesError, Problem

if TYPE_CHECKING:
    from customer_profiles_sdk.bulk.rows import LoadSummary


class InputFileError(CustomerProfilesError, ValueError):
    """The file cannot be read as what it is said to be.

    Attributes:
        reason: what is wrong with it, and what would help.
        line: the line where it is wrong, if that is known; the first line is 1.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason if line is None else f"line {line}: {reason}")


class ColumnsError(CustomerProfilesError, ValueError):
    """Columns and mapping do not fit together; nothing was sent.

    Attributes:
        problems: everything that is wrong; the path is a column's name.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n  ".join([f"columns: {count}, nothing was sent", *map(str, self.problems)]))


class JournalError(CustomerProfilesError, ValueError):
    """A journal or a file of rejects is not this load's, or cannot be used; nothing in it was changed."""


class LoadStoppedError(CustomerProfilesError):
    """A load stopped before its last row. The same load, started again, goes on where it stopped.

    Attributes:
        reason: why it stopped.
        summary: what became of the rows so far. ``__cause__`` is the error that stopped it, if there is one.
    """

    def __init__(self, reason: str, summary: "LoadSummary") -> None:
        self.reason = reason
        self.summary = summary
        super().__init__(f"the load stopped: {reason}; start it again to go on")
