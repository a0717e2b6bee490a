"""The tables of the embedded service. A change of them is a new ``VERSION`` in ``database_file``."""

from typing import Final

# Profiles are numbered in the order of their creation, which is the order of search results: so a page can go on
# after the last profile of the page before, by the index alone. What is searched by stands apart from the contents, as
# in the service: search can be behind. "pending" has the writes that search does not see yet; until it has seen them
# all, "searched" has the contents that it shows. A domain that is deleted leaves its profiles behind under its number,
# to be deleted bit by bit.
SCHEMA: Final = (
    "CREATE TABLE secrets (page_tokens BLOB NOT NULL)",
    """
    CREATE TABLE domains (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        contents TEXT NOT NULL,
        profiles INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE TABLE deleted_domains (number INTEGER PRIMARY KEY)",
    """
    CREATE TABLE profiles (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        domain INTEGER NOT NULL,
        id TEXT NOT NULL,
        contents TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        searched TEXT,
        deleted INTEGER NOT NULL DEFAULT 0,
        UNIQUE (domain, id)
    )
    """,
    """
    CREATE TABLE changed_keys (
        number INTEGER NOT NULL REFERENCES profiles (number) ON DELETE CASCADE,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        added INTEGER NOT NULL,
        PRIMARY KEY (number, key, value)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE entries (
        domain INTEGER NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        number INTEGER NOT NULL REFERENCES profiles (number) ON DELETE CASCADE,
        PRIMARY KEY (domain, key, value, number)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX entries_of_a_profile ON entries (number)",
    """
    CREATE TABLE pending (
        sequence INTEGER PRIMARY KEY,
        number INTEGER NOT NULL REFERENCES profiles (number) ON DELETE CASCADE,
        written_at REAL NOT NULL,
        contents TEXT,
        entries TEXT
    )
    """,
    "CREATE INDEX pending_of_a_profile ON pending (number)",
)
