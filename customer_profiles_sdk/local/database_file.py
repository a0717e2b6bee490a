"""The file that the embedded service keeps its data in: looked at before it is opened.

Nothing is changed that is not the service's own. What the database contains is left to ``store``.
"""

import os
import sqlite3
import stat
from pathlib import Path
from typing import Final

from customer_profiles_sdk._sqlite_header import sqlite_header

APPLICATION_ID: Final = 0x43505253
"""The number in the header of an SQLite file that says which application it belongs to."""
VERSION: Final = 1
"""The version of the schema, in the header too."""

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def prepared(path: str | os.PathLike[str]) -> Path:
    """Return the path of a file that the service may open, made if it is not there, for its owner only.

    It is the path without symbolic links, because SQLite puts its other files beside the file that a link leads to.

    Raises:
        ValueError: the path is empty.
        RuntimeError: the file cannot be used, or is not the service's.
    """
    if not os.fspath(path):
        raise ValueError("the path is empty: name a file, or leave the path out to keep everything in memory")
    real = Path(path).resolve()
    try:
        _prepare(real)
    except FileNotFoundError:
        raise RuntimeError(f"the folder of {real} does not exist") from None
    except OSError as error:
        raise RuntimeError(f"{real} cannot be used: {error.strerror}") from None
    return real


def explained(error: sqlite3.Error, path: Path | None) -> str:
    """Return in one line what is wrong with a database."""
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)  # errors of Python's own module have no name
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        reason = "it is locked by another process"
    elif name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        reason = "it is damaged"
    elif name.startswith("SQLITE_READONLY"):
        reason = "it, or its folder, is read-only"
    elif name.startswith("SQLITE_CANTOPEN"):
        reason = "it, or a file that SQLite keeps beside it, cannot be opened"
    else:
        reason = name
    return f"{path or 'the database'} cannot be used: {reason}"


def _prepare(path: Path) -> None:
    found = path.stat() if path.exists() else None
    if found is None or (stat.S_ISREG(found.st_mode) and not found.st_size):
        _check_beside(path)
    if found is None:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return
    if not stat.S_ISREG(found.st_mode):
        raise RuntimeError(f"{path} is not a regular file")
    if found.st_size:
        _check_header(path)
    if not found.st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise RuntimeError(f"{path} is read-only")
    # Customers' data: also what an earlier process left beside it.
    modes = {each: each.lstat().st_mode for each in (path, *_beside(path))}
    for each, mode in modes.items():
        if not stat.S_ISREG(mode):
            raise RuntimeError(f"{each} is not a regular file")
    for each, mode in modes.items():
        if mode & _OTHERS:
            each.chmod(stat.S_IMODE(mode) & ~_OTHERS)


def _beside(path: Path) -> list[Path]:
    """Return the files in which SQLite keeps what is not in the main file yet."""
    names = (path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm", "-journal"))
    return [each for each in names if os.path.lexists(each)]


def _check_beside(path: Path) -> None:
    # SQLite deletes what it finds beside an empty database.
    if beside := _beside(path):
        raise RuntimeError(f"{beside[0]} belongs to another database: move it away, or name another file")


def _check_header(path: Path) -> None:
    try:
        header = sqlite_header(path)
    except sqlite3.Error as error:
        raise RuntimeError(explained(error, path)) from None
    if header is None:
        raise RuntimeError(f"{path} is not an SQLite database: name another file")
    if header.application_id != APPLICATION_ID:
        raise RuntimeError(
            f"{path} belongs to another application (schema version {header.user_version}; this release reads version "
            f"{VERSION} of its own): name another file"
        )
    if header.user_version != VERSION:
        raise RuntimeError(f"{path} has schema version {header.user_version}; this release reads version {VERSION}")
