"""What the embedded service remembers, in SQLite: domains, profiles and search keys, in memory or in a file.

The store keeps and finds; what an operation means is left to ``service``, which files it may open to ``database_file``.
"""

import json
import os
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from threading import RLock
from typing import Any, Final, cast

import attrs

from customer_profiles_sdk.local.database_file import APPLICATION_ID, VERSION, explained, prepared
from customer_profiles_sdk.local.schema import SCHEMA

Contents = dict[str, object]
"""Members as the API names them: those of a profile without its id, or those of a domain without its name."""
Entry = tuple[str, str]
"""A search key and a value, in the form in which values are compared."""

_LOCK_TIMEOUT_SECONDS: Final = 2.0
_PURGED_AT_ONCE: Final = 20
_SECONDS_TO_CLOSE: Final = 1.0


class ClosedError(RuntimeError):
    """The service was used after it was closed."""


@attrs.frozen
class StoredRow:
    """A profile as it is stored."""

    number: int
    id: str
    contents: Contents


class Store:
    """A database. Everything but opening and closing happens within ``reading`` or ``transaction``.

    Raises:
        ValueError: the path is empty.
        RuntimeError: the file cannot be used: it is locked, damaged, read-only, in no folder, or not the store's.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self._path = None if path is None else prepared(path)
        self._lock = RLock()
        self._is_open = True
        self._has_deleted_domains = False
        with self._explained_errors():
            self._database = sqlite3.connect(
                self._path or ":memory:", timeout=_LOCK_TIMEOUT_SECONDS, check_same_thread=False, isolation_level=None
            )
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        with self._explained_errors():
            self._database.execute("PRAGMA foreign_keys = ON")
            # Says by the header, from the first commit on, whose the file is.
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            with self.transaction():
                self._create()
        with self._explained_errors():
            self._database.execute("PRAGMA journal_mode = WAL")
            # A commit survives the end of the process; only the end of the whole machine may take the latest away.
            self._database.execute("PRAGMA synchronous = NORMAL")
            if self._path is not None:
                self._check_integrity(self._path)
            (secret,) = self._database.execute("SELECT page_tokens FROM secrets").fetchone()
            self.page_token_secret: bytes = secret
            self._has_deleted_domains = self._exists("deleted_domains")

    def _create(self) -> None:
        self._database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._database.execute(f"PRAGMA user_version = {VERSION}")
        for statement in SCHEMA:
            self._database.execute(statement)
        self._database.execute("INSERT INTO secrets VALUES (?)", (secrets.token_bytes(32),))

    def _check_integrity(self, path: Path) -> None:
        (verdict,) = self._database.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok" or not self._exists("secrets"):
            raise RuntimeError(f"{path} cannot be used: it is damaged")

    @contextmanager
    def _explained_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise RuntimeError(explained(error, self._path)) from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Execute what happens inside completely or not at all, one thread at a time."""
        with self._within("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Execute what only reads; no other process that writes has to be waited for."""
        with self._within("BEGIN"):
            yield

    @contextmanager
    def _within(self, begin: str) -> Iterator[None]:
        with self._lock, self._explained_errors():
            self.check_open()
            self._database.execute(begin)
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.OperationalError):  # SQLite itself takes some back, as on a full disk
                    self._database.execute("ROLLBACK")
                raise

    def check_open(self) -> None:
        """Raise ``ClosedError`` if the store was closed."""
        if not self._is_open:
            raise ClosedError("the embedded service is closed")

    def close(self) -> None:
        """Close the database; what was in memory is gone."""
        with self._lock:
            if self._is_open and self._path is not None:
                with suppress(RuntimeError):  # what is left is deleted the next time
                    self._purge_more()
            self._is_open = False
            self._database.close()

    # Domains

    def put_domain(self, name: str, contents: Contents) -> None:
        """Store a domain, unless there is one of this name."""
        query = "INSERT OR IGNORE INTO domains (name, contents) VALUES (?, ?)"
        self._database.execute(query, (name, json.dumps(contents)))

    def domain(self, name: str) -> Contents | None:
        """Return what is stored of a domain."""
        rows = self._database.execute("SELECT contents FROM domains WHERE name = ?", (name,)).fetchone()
        return cast("Contents", json.loads(rows[0])) if rows else None

    def has_domain(self, name: str) -> bool:
        """Return whether there is a domain of this name."""
        return self._database.execute("SELECT 1 FROM domains WHERE name = ?", (name,)).fetchone() is not None

    def domains(self, after: str, count: int) -> list[tuple[str, Contents]]:
        """Return up to ``count`` domains in the order of their names, after a name."""
        query = "SELECT name, contents FROM domains WHERE name > ? ORDER BY name LIMIT ?"
        return [(name, json.loads(contents)) for name, contents in self._database.execute(query, (after, count))]

    def delete_domain(self, name: str) -> None:
        """Delete a domain; its profiles are out of reach at once and are deleted by ``purge``."""
        number = self._domain_number(name)
        self._database.execute("DELETE FROM domains WHERE number = ?", (number,))
        self._database.execute("INSERT INTO deleted_domains VALUES (?)", (number,))
        self._has_deleted_domains = True

    def size(self, domain: str) -> tuple[int, int]:
        """Return how many profiles a domain has and how many bytes they take."""
        query = "SELECT profiles, bytes FROM domains WHERE name = ?"
        return cast("tuple[int, int]", self._database.execute(query, (domain,)).fetchone())

    def purge(self) -> None:
        """Delete a few profiles of the domains that were deleted: so nobody has to wait for all of them."""
        if not self._has_deleted_domains:
            return
        some = "SELECT number FROM profiles WHERE domain IN (SELECT number FROM deleted_domains) LIMIT ?"
        query = f"DELETE FROM profiles WHERE number IN ({some})"  # noqa: S608 (no value of a caller's in it)
        if self._database.execute(query, (_PURGED_AT_ONCE,)).rowcount == 0:
            self._database.execute("DELETE FROM deleted_domains")
            self._has_deleted_domains = False

    def _purge_more(self) -> None:
        until = time.monotonic() + _SECONDS_TO_CLOSE
        while self._has_deleted_domains and time.monotonic() < until:
            with self.transaction():
                self.purge()

    def _domain_number(self, name: str) -> int:
        return cast("int", self._database.execute("SELECT number FROM domains WHERE name = ?", (name,)).fetchone()[0])

    # Profiles

    def add_profile(self, domain: str, profile_id: str, contents: str, size: int) -> int:
        """Store a new profile, as JSON of so many bytes, and return its number."""
        domain_number = self._domain_number(domain)
        self._grow(domain_number, 1, size)
        query = "INSERT INTO profiles (domain, id, contents, bytes) VALUES (?, ?, ?, ?)"
        return cast("int", self._database.execute(query, (domain_number, profile_id, contents, size)).lastrowid)

    def set_contents(self, number: int, contents: str, size: int) -> None:
        """Replace what is stored of a profile."""
        domain_number, old_size = self._place(number)
        self._grow(domain_number, 0, size - old_size)
        query = "UPDATE profiles SET contents = ?, bytes = ? WHERE number = ?"
        self._database.execute(query, (contents, size, number))

    def profile(self, domain: str, profile_id: str) -> StoredRow | None:
        """Return the profile of an id."""
        query = """
            SELECT number, id, contents FROM profiles
            WHERE domain = (SELECT number FROM domains WHERE name = ?) AND id = ? AND NOT deleted
        """
        return next(self._rows(query, domain, profile_id), None)

    def delete_profile(self, number: int, written_at: float | None) -> None:
        """Delete a profile with its keys; until search may see that, which ``written_at`` says, it still finds it."""
        domain_number, size = self._place(number)
        self._grow(domain_number, -1, -size)
        if written_at is None:
            self._database.execute("DELETE FROM profiles WHERE number = ?", (number,))
        else:
            self.keep_searched(number)
            self._database.execute("UPDATE profiles SET deleted = 1 WHERE number = ?", (number,))
            self.postpone(number, written_at, None, ())

    def _place(self, number: int) -> tuple[int, int]:
        query = "SELECT domain, bytes FROM profiles WHERE number = ?"
        return cast("tuple[int, int]", self._database.execute(query, (number,)).fetchone())

    def _grow(self, domain_number: int, profiles: int, size: int) -> None:
        query = "UPDATE domains SET profiles = profiles + ?, bytes = bytes + ? WHERE number = ?"
        self._database.execute(query, (profiles, size, domain_number))

    # Search keys

    def change_key(self, number: int, entry: Entry, *, added: bool) -> None:
        """Add a key to those that a profile has by its contents, or take one of these away."""
        self._database.execute("INSERT OR REPLACE INTO changed_keys VALUES (?, ?, ?, ?)", (number, *entry, added))

    def forget_key(self, number: int, entry: Entry) -> None:
        """Leave a key to the contents of the profile again."""
        query = "DELETE FROM changed_keys WHERE number = ? AND key = ? AND value = ?"
        self._database.execute(query, (number, *entry))

    def changed_keys(self, number: int) -> tuple[set[Entry], set[Entry]]:
        """Return which keys were added to a profile, and which were taken away."""
        keys: tuple[set[Entry], set[Entry]] = (set(), set())
        query = "SELECT added, key, value FROM changed_keys WHERE number = ?"
        for added, key, value in self._database.execute(query, (number,)):
            keys[0 if added else 1].add((key, value))
        return keys

    def set_entries(self, domain: str, number: int, entries: Iterable[Entry], *, is_new: bool = False) -> None:
        """Make these keys and values all that search finds a profile by, from now on."""
        if not is_new:
            self._database.execute("DELETE FROM pending WHERE number = ?", (number,))
            self._database.execute("UPDATE profiles SET searched = NULL WHERE number = ?", (number,))
        self._replace_entries(self._domain_number(domain), number, entries, is_new=is_new)

    def _replace_entries(self, domain_number: int, number: int, entries: Iterable[Entry], *, is_new: bool) -> None:
        if not is_new:
            self._database.execute("DELETE FROM entries WHERE number = ?", (number,))
        rows = [(domain_number, key, value, number) for key, value in entries]
        self._database.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?)", rows)

    # What search does not see yet

    def has_pending(self, written_until: float) -> bool:
        """Return whether there are writes until a moment that search does not see yet."""
        row = self._database.execute("SELECT written_at FROM pending ORDER BY sequence LIMIT 1").fetchone()
        return row is not None and row[0] <= written_until

    def keep_searched(self, number: int) -> None:
        """Let search go on showing what it shows of a profile, whatever is written."""
        query = "UPDATE profiles SET searched = contents WHERE number = ? AND searched IS NULL"
        self._database.execute(query, (number,))

    def postpone(self, number: int, written_at: float, contents: str | None, entries: Iterable[Entry]) -> None:
        """Remember a write that search is to see later; no contents mean that the profile was deleted."""
        query = "INSERT INTO pending (number, written_at, contents, entries) VALUES (?, ?, ?, ?)"
        self._database.execute(query, (number, written_at, contents, json.dumps(list(entries))))

    def show_pending(self, written_until: float, count: int) -> bool:
        """Let search see up to ``count`` writes until a moment, in their order; return whether more may follow."""
        query = "SELECT sequence, written_at, number, contents, entries FROM pending ORDER BY sequence LIMIT ?"
        rows = self._database.execute(query, (count,)).fetchall()
        seen = list(takewhile(lambda row: row[1] <= written_until, rows))
        if seen:
            self._database.execute("DELETE FROM pending WHERE sequence <= ?", (seen[-1][0],))
        for number, (contents, entries) in {row[2]: row[3:] for row in seen}.items():
            self._show(number, contents, entries)
        return len(seen) == count

    def _show(self, number: int, contents: str | None, entries: str) -> None:
        if contents is None:
            self._database.execute("DELETE FROM profiles WHERE number = ?", (number,))
            return
        domain_number, _ = self._place(number)
        self._replace_entries(domain_number, number, map(tuple, json.loads(entries)), is_new=False)
        more = "EXISTS (SELECT 1 FROM pending WHERE pending.number = profiles.number)"
        query = f"UPDATE profiles SET searched = CASE WHEN {more} THEN ? END WHERE number = ?"  # noqa: S608
        self._database.execute(query, (contents, number))

    def _exists(self, table: str) -> bool:
        (exists,) = self._database.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()  # noqa: S608
        return bool(exists)

    # Search

    def search(
        self, domain: str, searched: Sequence[tuple[str, str | None]], *, match_all: bool, after: int, count: int
    ) -> list[StoredRow]:
        """Return up to ``count`` profiles that have any, or all, of the keys and values, after a number.

        No profile has ``None`` for a value.
        """
        number = self._domain_number(domain)
        having = "domain = ? AND key = ? AND value = ?"
        arm = f"SELECT number FROM entries WHERE {having} AND number > ?"  # noqa: S608 (no value of a caller's in it)
        if match_all:
            # The first key leads and the others are looked up, so that the work ends with the page.
            others = f" AND EXISTS (SELECT 1 FROM entries AS other WHERE {having} AND other.number = entries.number)"  # noqa: S608
            found = arm + others * (len(searched) - 1)
            values: list[object] = [number, *searched[0], after]
            values += [each for pair in searched[1:] for each in (number, *pair)]
        else:
            found = " UNION ".join([f"SELECT number FROM ({arm} ORDER BY number LIMIT {count:d})"] * len(searched))  # noqa: S608
            values = [each for pair in searched for each in (number, *pair, after)]
        shown = "number, id, coalesce(searched, contents)"
        query = f"SELECT {shown} FROM ({found}) JOIN profiles USING (number) ORDER BY number LIMIT ?"  # noqa: S608
        return list(self._rows(query, *values, count))

    def entries(self, number: int) -> set[Entry]:
        """Return the keys and values that search finds a profile by."""
        return set(self._database.execute("SELECT key, value FROM entries WHERE number = ?", (number,)))

    def _rows(self, query: str, *values: object) -> Iterator[StoredRow]:
        return map(_stored_row, self._database.execute(query, values))


def _stored_row(row: Sequence[Any]) -> StoredRow:
    number, profile_id, contents = row
    return StoredRow(number, profile_id, json.loads(contents))
