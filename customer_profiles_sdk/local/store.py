"""What the embedded service remembers, in SQLite: domains, profiles and search keys, in memory or in a file.

The store keeps and finds; what an operation means is left to ``service``.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Final, cast

import attrs

Contents = dict[str, object]
"""Members as the API names them: those of a profile without its id, or those of a domain without its name."""

_VERSION: Final = 1
# Profiles are numbered in the order of their creation, which is the order of search results: so a page can go on
# after the last profile of the page before, by the index alone. What is searched by stands apart from the contents, as
# in the service: an index entry can be younger or older than the profile. "pending" holds what search does not see yet.
_SCHEMA: Final = (
    "CREATE TABLE domains (name TEXT PRIMARY KEY, contents TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE profiles (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        domain TEXT NOT NULL REFERENCES domains (name) ON DELETE CASCADE,
        id TEXT NOT NULL,
        contents TEXT NOT NULL,
        UNIQUE (domain, id)
    )
    """,
    """
    CREATE TABLE added_keys (
        number INTEGER NOT NULL REFERENCES profiles (number) ON DELETE CASCADE,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (number, key, value)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE entries (
        domain TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        number INTEGER NOT NULL REFERENCES profiles (number) ON DELETE CASCADE,
        PRIMARY KEY (domain, key, value, number)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX entries_of_a_profile ON entries (number)",
    """
    CREATE TABLE pending (
        number INTEGER PRIMARY KEY REFERENCES profiles (number) ON DELETE CASCADE,
        due REAL NOT NULL
    )
    """,
    "CREATE INDEX pending_by_due ON pending (due)",
)


@attrs.frozen
class StoredRow:
    """A profile as it is stored."""

    number: int
    id: str
    contents: Contents


class Store:
    """A database. Everything but opening and closing happens within ``transaction``, one thread at a time."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        if path is not None:
            # Customers' data: before SQLite would make it readable to others, the file is made, or its owner's alone.
            path = Path(path).absolute()
            path.touch(mode=0o600)
            path.chmod(0o600)
        self._lock = RLock()
        self._database = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA foreign_keys = ON")
            with self.transaction():
                self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version not in {0, _VERSION}:
            raise RuntimeError(f"the file has schema version {version}; this release reads version {_VERSION}")
        if version == 0:
            for statement in _SCHEMA:
                self._database.execute(statement)
            self._database.execute(f"PRAGMA user_version = {_VERSION}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Execute what happens inside completely or not at all, one thread at a time."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def close(self) -> None:
        """Close the database; what was in memory is gone."""
        with self._lock:
            self._database.close()

    # Domains

    def put_domain(self, name: str, contents: Contents) -> None:
        """Store a domain, unless there is one of this name."""
        self._database.execute("INSERT OR IGNORE INTO domains VALUES (?, ?)", (name, json.dumps(contents)))

    def domain(self, name: str) -> Contents | None:
        """Return what is stored of a domain."""
        rows = self._database.execute("SELECT contents FROM domains WHERE name = ?", (name,)).fetchone()
        return cast("Contents", json.loads(rows[0])) if rows else None

    def domains(self, after: str, count: int) -> list[tuple[str, Contents]]:
        """Return up to ``count`` domains in the order of their names, after a name."""
        query = "SELECT name, contents FROM domains WHERE name > ? ORDER BY name LIMIT ?"
        return [(name, json.loads(contents)) for name, contents in self._database.execute(query, (after, count))]

    def delete_domain(self, name: str) -> None:
        """Delete a domain with all of its profiles."""
        self._database.execute("DELETE FROM domains WHERE name = ?", (name,))

    def size(self, domain: str) -> tuple[int, int]:
        """Return how many profiles a domain has and how many characters they take."""
        query = "SELECT count(*), total(length(contents)) FROM profiles WHERE domain = ?"
        count, characters = self._database.execute(query, (domain,)).fetchone()
        return count, int(characters)

    # Profiles

    def add_profile(self, domain: str, profile_id: str, contents: Contents) -> int:
        """Store a new profile and return its number."""
        query = "INSERT INTO profiles (domain, id, contents) VALUES (?, ?, ?)"
        return cast("int", self._database.execute(query, (domain, profile_id, json.dumps(contents))).lastrowid)

    def set_contents(self, number: int, contents: Contents) -> None:
        """Replace what is stored of a profile."""
        self._database.execute("UPDATE profiles SET contents = ? WHERE number = ?", (json.dumps(contents), number))

    def profile(self, domain: str, profile_id: str) -> StoredRow | None:
        """Return the profile of an id."""
        query = "SELECT number, id, contents FROM profiles WHERE domain = ? AND id = ?"
        return next(self._rows(query, domain, profile_id), None)

    def delete_profile(self, number: int) -> None:
        """Delete a profile with its keys."""
        self._database.execute("DELETE FROM profiles WHERE number = ?", (number,))

    # Search keys

    def add_key(self, number: int, key: str, value: str) -> None:
        """Add a key to those that a profile has by its contents."""
        self._database.execute("INSERT OR IGNORE INTO added_keys VALUES (?, ?, ?)", (number, key, value))

    def delete_key(self, number: int, key: str, value: str) -> None:
        """Delete a key that was added."""
        self._database.execute(
            "DELETE FROM added_keys WHERE number = ? AND key = ? AND value = ?", (number, key, value)
        )

    def added_keys(self, number: int) -> list[tuple[str, str]]:
        """Return the keys and values that were added to a profile."""
        query = "SELECT key, value FROM added_keys WHERE number = ?"
        return cast("list[tuple[str, str]]", self._database.execute(query, (number,)).fetchall())

    def set_entries(self, domain: str, number: int, entries: Iterable[tuple[str, str]]) -> None:
        """Make these keys and values all that search finds a profile by."""
        self._database.execute("DELETE FROM entries WHERE number = ?", (number,))
        rows = ((domain, key, value, number) for key, value in entries)
        self._database.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?)", rows)

    def postpone(self, number: int, seconds: float) -> None:
        """Schedule the moment from which search shows the profile as it is then."""
        query = "INSERT OR IGNORE INTO pending VALUES (?, ?)"
        self._database.execute(query, (number, time.time() + seconds))

    def pop_due(self) -> list[tuple[str, StoredRow]]:
        """Return, with their domains, the profiles that search is to see by now, and forget that it was to."""
        query = """
            SELECT domain, number, id, contents FROM pending JOIN profiles USING (number) WHERE due <= ? ORDER BY number
        """
        now = time.time()
        due = [(row[0], _stored_row(row[1:])) for row in self._database.execute(query, (now,)).fetchall()]
        if due:
            self._database.execute("DELETE FROM pending WHERE due <= ?", (now,))
        return due

    def search(
        self, domain: str, searched: Sequence[tuple[str, str]], *, match_all: bool, after: int, count: int
    ) -> list[StoredRow]:
        """Return up to ``count`` profiles that have any, or all, of the keys and values, after a number."""
        having = "domain = ? AND key = ? AND value = ?"
        arm = f"SELECT number FROM entries WHERE {having} AND number > ?"  # noqa: S608 (no value of a caller's in it)
        if match_all:
            # The first key leads and the others are looked up, so that the work ends with the page.
            others = f" AND EXISTS (SELECT 1 FROM entries AS other WHERE {having} AND other.number = entries.number)"  # noqa: S608
            found = arm + others * (len(searched) - 1)
            values: list[object] = [domain, *searched[0], after]
            values += [text for pair in searched[1:] for text in (domain, *pair)]
        else:
            found = " UNION ".join([f"SELECT number FROM ({arm} ORDER BY number LIMIT {count:d})"] * len(searched))  # noqa: S608
            values = [text for pair in searched for text in (domain, *pair, after)]
        query = f"SELECT number, id, contents FROM ({found}) JOIN profiles USING (number) ORDER BY number LIMIT ?"  # noqa: S608
        return list(self._rows(query, *values, count))

    def entries(self, number: int) -> set[tuple[str, str]]:
        """Return the keys and values that search finds a profile by."""
        return set(self._database.execute("SELECT key, value FROM entries WHERE number = ?", (number,)))

    def _rows(self, query: str, *values: object) -> Iterator[StoredRow]:
        return map(_stored_row, self._database.execute(query, values))


def _stored_row(row: Sequence[Any]) -> StoredRow:
    number, profile_id, contents = row
    return StoredRow(number, profile_id, json.loads(contents))
