"""A whole file checked: how many rows it has, which of them a load would reject, and which keys occur twice."""

from collections.abc import Iterable, Iterator

from customer_profiles_sdk._core.upsert import names_of
from customer_profiles_sdk.bulk.checking import checked
from customer_profiles_sdk.bulk.duplicates import KeysSeen
from customer_profiles_sdk.bulk.rows import Row, RowOutcome
from customer_profiles_sdk.enums import SearchKey


class FileCheck:
    """A check that counts as it goes.

    Attributes:
        rows: how many rows there were so far.
        rejected: how many of them would be rejected.
    """

    def __init__(self, keys: tuple[SearchKey, ...]) -> None:
        self.rows: int = 0
        self.rejected: int = 0
        self._keys = keys
        self._seen = KeysSeen()

    @property
    def duplicate_keys(self) -> int:
        """How many rows have a key that an earlier row has too."""
        return self._seen.duplicates

    def rejects(self, rows: Iterable[Row]) -> Iterator[tuple[Row, RowOutcome]]:
        """Yield each row that would be rejected, and why."""
        try:
            for row in rows:
                self.rows += 1
                rejected = checked(row, self._keys)[1]
                if rejected is None and row.profile is not None:
                    self._seen.add(names_of("", row.profile, self._keys))
                if rejected is not None:
                    self.rejected += 1
                    yield row, rejected
        finally:
            self._seen.close()
