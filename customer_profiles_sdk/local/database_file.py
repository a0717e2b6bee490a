"""The file that the embedded service keeps its data in: looked at before it is opened.

Nothing is changed that is not the service's own. What the database contains is left to ``store``.
"""

import os
import sqlite3
import stat
from pathlib import Path
from typing import Final

APPLICATION_ID: Final = 0x43505253
"""The number in the header of an SQLite file that says which application it belongs to."""
VERSION: Final = 1
"""The version of the schema, in the header too."""

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 100
_USER_VERSION: Final = slice(60, 64)
_APPLICATION_ID: Final = slice(68, 72)
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def prepared(path: str | os.PathLike[str]) -> Path:
    """Return the absolute path of a file that the service may open, made if it is not there, for its owner only.

    Raises:
        ValueError: the path is empty.
        RuntimeError: the file cannot be used, or is not the service's.
    """
    if not os.fspath(path):
        raise ValueError("the path is empty: name a file, or leave the path out to keep everything in memory")
    absolute = Path(path).absolute()
    try:
        _prepare(absolute)
    except FileNotFoundError:
        raise RuntimeError(f"the folder of {absolute} does not exist") from None
    except OSError as error:
        raise RuntimeError(f"{absolute} cannot be used: {error.strerror}") from None
    return absolute


def explained(error: sqlite3.Error, path: Path | None) -> str:
    """Return in one line what is wrong with a database."""
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)  # errors of Python's own module have no name
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        reason = "it is locked by another process"
    elif name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        reason = "it is damaged"
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
    for each in (path, *_beside(path)):
        mode = stat.S_IMODE(each.stat().st_mode)
        if mode & _OTHERS:
            each.chmod(mode & ~_OTHERS)


def _beside(path: Path) -> list[Path]:
    """Return the files in which SQLite keeps what is not in the main file yet."""
    names = (path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm", "-journal"))
    return [each for each in names if each.exists()]


def _check_beside(path: Path) -> None:
    # SQLite deletes what it finds beside an empty database.
    if beside := _beside(path):
        raise RuntimeError(f"{beside[0]} belongs to another database: move it away, or name another file")


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise RuntimeError(f"{path} is not an SQLite database: name another file")
    version = int.from_bytes(header[_USER_VERSION], "big")
    if int.from_bytes(header[_APPLICATION_ID], "big") != APPLICATION_ID:
        raise RuntimeError(
            f"{path} belongs to another application (schema version {version}; this release reads version {VERSION} "
            "of its own): name another file"
        )
    if version != VERSION:
        raise RuntimeError(f"{path} has schema version {version}; this release reads version {VERSION}")
