"""What the header of an SQLite file says, read before the file is opened. Whose a file may be is left to its users."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import attrs

_SMALLEST_BYTES: Final = 512
"""The size of the smallest SQLite database that is not empty."""


@attrs.frozen
class SqliteHeader:
    """What the header of a database says.

    Attributes:
        application_id: the number of the application that it belongs to; 0 where none is named.
        user_version: the version of the schema, as that application counts.
        pages: how many pages it has.
    """

    application_id: int
    user_version: int
    pages: int


def sqlite_header(path: Path) -> SqliteHeader | None:
    """Return what the header of a file says, ``None`` for what is no database; nothing is locked or written.

    Raises:
        sqlite3.Error: SQLite cannot read the file.
    """
    if path.stat().st_size < _SMALLEST_BYTES:
        return None
    try:
        # SQLite reads it, and not this module: a process that closes a file loses every lock that it has on it, also
        # those of another part of the process. A file that is just growing is not called damaged.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA writable_schema = ON")
            names = ("application_id", "user_version", "page_count")
            found = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            return None
        raise
    return SqliteHeader(*found)
