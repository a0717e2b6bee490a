"""What the embedded service remembers, in SQLite: domains and profiles, in memory or in a file.

The store keeps and finds; what an operation means is left to ``service``.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Final, cast

Contents = dict[str, object]
"""A profile's members as the API names them, without its id."""

_VERSION: Final = 1
_SCHEMA: Final = (
    "CREATE TABLE domains (name TEXT PRIMARY KEY) WITHOUT ROWID",
    """
    CREATE TABLE profiles (
        domain TEXT NOT NULL REFERENCES domains (name) ON DELETE CASCADE,
        id TEXT NOT NULL,
        contents TEXT NOT NULL,
        PRIMARY KEY (domain, id)
    ) WITHOUT ROWID
    """,
)


class Store:
    """A database of domains and their profiles, safe under threads."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        if path is not None:
            # Customers' data: the file is made before SQLite would make it readable to others.
            Path(path).touch(mode=0o600)
        self._lock = RLock()
        self._database = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA foreign_keys = ON")
        with self.transaction():
            self._prepare()

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
        """Let what happens inside happen whole or not at all, one thread at a time."""
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

    def add_domain(self, name: str) -> None:
        """Add a domain; one that is there stays as it is."""
        with self._lock:
            self._database.execute("INSERT OR IGNORE INTO domains VALUES (?)", (name,))

    def has_domain(self, name: str) -> bool:
        """Tell whether there is such a domain."""
        return self._one("SELECT 1 FROM domains WHERE name = ?", name) is not None

    def put_profile(self, domain: str, profile_id: str, contents: Contents) -> None:
        """Store a profile, in place of what was stored under its id."""
        with self._lock:
            self._database.execute(
                "INSERT OR REPLACE INTO profiles VALUES (?, ?, ?)",
                (domain, profile_id, json.dumps(contents)),
            )

    def profile(self, domain: str, profile_id: str) -> Contents | None:
        """Return what is stored under an id."""
        row = self._one("SELECT contents FROM profiles WHERE domain = ? AND id = ?", domain, profile_id)
        return cast("Contents", json.loads(row[0])) if row else None

    def _one(self, query: str, *values: str) -> tuple[str, ...] | None:
        with self._lock:
            return cast("tuple[str, ...] | None", self._database.execute(query, values).fetchone())
