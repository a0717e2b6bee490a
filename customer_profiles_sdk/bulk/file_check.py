"""A whole file checked: how many rows it has, which of them a load would reject, and which keys occur twice."""

from collections.abc import Iterable, Iterator
from contextlib import closing

from customer_profiles_sdk.bulk.checking import checked
from customer_profiles_sdk.bulk.duplicates import KeysSeen
from customer_profiles_sdk.bulk.rows import Row, RowOutcome
from customer_profiles_sdk.enums import SearchKey


class FileCheck:
    """A check that counts as it goes.

    Attributes:
        rows: how many rows there were so far.
        rejected: how many of them would be rejected.
        duplicate_keys: how many rows have a key that an earlier row has too.
    """

    def __init__(self, keys: tuple[SearchKey, ...]) -> None:
        self.rows: int = 0
        self.rejected: int = 0
        self.duplicate_keys: int = 0
        self._keys = keys

    def rejects(self, rows: Iterable[Row]) -> Iterator[tuple[Row, RowOutcome]]:
        """Yield each row that would be rejected, and why."""
        with closing(KeysSeen()) as seen:
            for row in rows:
                self.rows += 1
                check = checked(row, self._keys)
                seen.add(check.names)
                self.duplicate_keys = seen.duplicates
                if check.rejected is not None:
                    self.rejected += 1
                    yield row, check.rejected
