"""How many rows have a key that an earlier row has too, for any number of rows in little memory."""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b


class KeysSeen:
    """The keys of the rows so far, as hashes in a temporary database, which SQLite moves to a file when it grows."""

    def __init__(self) -> None:
        self.duplicates: int = 0
        self._connection = sqlite3.connect("", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("CREATE TABLE seen (hash INTEGER PRIMARY KEY)")
        self._connection.execute("BEGIN")

    def add(self, names: Iterable[str]) -> None:
        """Add the names of one row's customer; without any, nothing is counted."""
        is_new = True
        for name in set(names):
            digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            number = int.from_bytes(digest, "big", signed=True)
            is_new &= self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,)).rowcount > 0
        self.duplicates += not is_new

    def close(self) -> None:
        """Close the database, which is gone then."""
        self._connection.close()
