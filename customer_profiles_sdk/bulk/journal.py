"""The journal of a load: what became of each row, so that a load that was interrupted can go on without duplicates.

It holds no customer's data: of a row its number and a keyed hash of its contents, of a customer keyed hashes of the
keys and the profile's id. The key of the hashes is random and is kept in the journal.

A row is marked as started before its first call. Found started when a journal is opened, it is in doubt: its profile
may or may not have been created.
"""

import json
import os
import secrets
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self, cast

import attrs

from customer_profiles_sdk._sqlite_header import sqlite_header
from customer_profiles_sdk.bulk.errors import JournalError
from customer_profiles_sdk.bulk.rows import NOT_IN, RowAction, RowOutcome

_APPLICATION_ID: Final = 0x43504A31
_STARTED: Final = "started"
_WAITED: Final = "waited"  # in doubt still, but search shows by now what may have been created
_TO_WAIT_FOR: Final = (_STARTED, RowAction.UNKNOWN.value)
_DOUBTFUL: Final = frozenset({*_TO_WAIT_FOR, _WAITED})
_DONE: Final = frozenset(RowAction) - NOT_IN
_SCHEMA: Final = (
    f"PRAGMA application_id = {_APPLICATION_ID}",
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE rows (number INTEGER PRIMARY KEY, contents BLOB NOT NULL, state TEXT NOT NULL, profile_id TEXT)",
    "CREATE TABLE profiles (name BLOB, profile_id TEXT, PRIMARY KEY (name, profile_id)) WITHOUT ROWID",
)
_HASH_BYTES: Final = 16
_PLACE: Final = ("domain", "region", "endpoint")


@attrs.frozen
class PastRow:
    """What a journal knows of a row.

    Attributes:
        outcome: what became of it, where it is in.
        is_known: whether a row of its number was sent before, be it another one.
        is_doubtful: whether its profile may have been created.
    """

    outcome: RowOutcome | None = None
    is_known: bool = False
    is_doubtful: bool = False


class Journal:
    """A journal in a file of its own, readable by its owner only; a context manager that closes it.

    Args:
        path: the file. It is made where there is none.
        identity: what a load must have in common with the load that made the journal, by the name under which a
            difference is told.
        is_fresh: begin anew; which rows an earlier load noted is forgotten. Its customers' profiles in the same domain
            stay known, because search may not show them yet.

    Raises:
        JournalError: the file is no journal, or another load's, or it cannot be used.
    """

    def __init__(self, path: str | os.PathLike[str], identity: Mapping[str, str], *, is_fresh: bool = False) -> None:
        self.path: Path = Path(path)
        self._lock = Lock()
        _check_file(self.path)
        connection = sqlite3.connect(self.path, timeout=0, check_same_thread=False)
        self._connection = connection
        try:
            _prepare(connection)
            self.is_resumed: bool = self._adopt(identity, is_fresh=is_fresh)
            self._secret = self._fact("secret")
        except sqlite3.Error as error:
            connection.close()
            raise self._unusable(error) from None
        except JournalError:
            connection.close()
            raise

    def _adopt(self, identity: Mapping[str, str], *, is_fresh: bool) -> bool:
        """Return whether the journal is one of an earlier run of the same load."""
        known = self._fact("identity", default=b"") if self._has("sqlite_master") else b""
        if known and not is_fresh and self._has("rows"):  # without rows it kept a load that was stopped by its check
            _check_identity(self.path, json.loads(known), identity)
            return True
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            if known:
                self._forget_rows(is_same_place=_differing(json.loads(known), identity).isdisjoint(_PLACE))
            else:
                for statement in _SCHEMA:
                    self._connection.execute(statement)
                self._note("secret", secrets.token_bytes(32))
            self._note("identity", json.dumps(dict(identity)).encode())
        return False

    def _forget_rows(self, *, is_same_place: bool) -> None:
        if is_same_place:
            # What may have been created is still to be waited for, but is no row of this load.
            self._connection.execute("DELETE FROM rows WHERE state NOT IN (?, ?)", _TO_WAIT_FOR)
            self._connection.execute("UPDATE rows SET contents = x''")
        else:
            self._connection.execute("DELETE FROM rows")
            self._connection.execute("DELETE FROM profiles")

    def owns(self, path: Path) -> bool:
        """Tell whether a file of rejects is this load's, and nobody has changed it since."""
        known = json.loads(self._fact("rejects", default=b"null"))
        # A load that was killed could not note in which state it left the file.
        return known in ([os.fspath(path), None], [os.fspath(path), _state_of(path)])

    def note_rejects(self, path: Path, *, is_open: bool) -> None:
        """Note that a file of rejects is this load's: while it is open, whatever becomes of it."""
        with self._transaction():
            self._note("rejects", json.dumps([os.fspath(path), None if is_open else _state_of(path)]).encode())

    def must_wait(self) -> bool:
        """Tell whether profiles may have been created that search does not show yet."""
        with self._transaction():
            statement = "SELECT EXISTS (SELECT 1 FROM rows WHERE state IN (?, ?))"
            return bool(self._connection.execute(statement, _TO_WAIT_FOR).fetchone()[0])

    def note_wait(self) -> None:
        """Note that search was waited for."""
        with self._transaction():
            self._connection.execute("UPDATE rows SET state = ? WHERE state IN (?, ?)", (_WAITED, *_TO_WAIT_FOR))

    def hash_of(self, text: str) -> bytes:
        """Return the keyed hash of a text."""
        return blake2b(text.encode("utf-8", "surrogatepass"), key=self._secret, digest_size=_HASH_BYTES).digest()

    def past_row(self, number: int, contents: bytes) -> PastRow:
        """Return what is known of a row with this number and these contents."""
        with self._transaction():
            statement = "SELECT contents, state, profile_id FROM rows WHERE number = ?"
            found = self._connection.execute(statement, (number,)).fetchone()
        if found is None or found[0] != contents:
            return PastRow(is_known=found is not None)
        if found[1] in _DONE:
            outcome = RowOutcome(row=number, action=RowAction(found[1]), profile_id=found[2])
            return PastRow(outcome, is_known=True)
        return PastRow(is_known=True, is_doubtful=found[1] in _DOUBTFUL)

    def profile_ids(self, names: Iterable[bytes]) -> list[str]:
        """Return the profiles that had one of the names, hashed."""
        with self._transaction():
            found = {
                profile_id
                for name in names
                for (profile_id,) in self._connection.execute("SELECT profile_id FROM profiles WHERE name = ?", (name,))
            }
        return sorted(found)

    def start(self, number: int, contents: bytes) -> None:
        """Note that the first call for a row is about to be made."""
        self._set(number, contents, _STARTED, None, ())

    def finish(self, outcome: RowOutcome, contents: bytes, names: Iterable[bytes]) -> None:
        """Note what became of a row, and which profile its customer has."""
        self._set(outcome.row, contents, outcome.action.value, outcome.profile_id, names)

    def _set(self, number: int, contents: bytes, state: str, profile_id: str | None, names: Iterable[bytes]) -> None:
        with self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", (number, contents, state, profile_id)
            )
            if profile_id is not None:
                self._connection.executemany(
                    "INSERT OR IGNORE INTO profiles VALUES (?, ?)", [(name, profile_id) for name in names]
                )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            try:
                with self._connection:
                    yield
            except sqlite3.Error as error:
                raise self._unusable(error) from None

    def _unusable(self, error: sqlite3.Error) -> JournalError:
        reason = "another load is using it" if "locked" in str(error) else f"it cannot be used ({error})"
        return JournalError(f"the journal {self.path}: {reason}")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _has(self, table: str) -> bool:
        return bool(self._connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0])  # noqa: S608 (names of our own)

    def _fact(self, name: str, default: bytes | None = None) -> bytes:
        found = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return cast("bytes", default if found is None else found[0])

    def _note(self, name: str, value: bytes) -> None:
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))


def _state_of(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_ino, status.st_size, status.st_mtime_ns]


def _check_file(path: Path) -> None:
    """Look at a file before SQLite does, which would change it; make it where there is none."""
    try:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise JournalError(f"the journal {path}: it is no file")
        if not status.st_size:
            path.chmod(0o600)
    except OSError as error:
        raise JournalError(f"the journal {path}: it cannot be used ({error.strerror})") from None
    if status.st_size and not _is_journal(path):
        raise JournalError(f"the journal {path}: it is another file; name another one for the journal")


def _is_journal(path: Path) -> bool:
    try:
        header = sqlite_header(path)
    except sqlite3.Error as error:
        raise JournalError(f"the journal {path}: it cannot be used ({error})") from None
    if header is None:
        return False
    # A database of a single page has no tables yet: it is a journal that was not finished being made.
    is_new = header.application_id == 0 and header.pages <= 1
    return is_new or header.application_id == _APPLICATION_ID


def _prepare(connection: sqlite3.Connection) -> None:
    # One load at a time has the journal; the lock ends with the process, however that ends.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")


def _differing(known: Mapping[str, str], identity: Mapping[str, str]) -> set[str]:
    return {name for name in known.keys() | identity.keys() if known.get(name) != identity.get(name)}


def _check_identity(path: Path, known: Mapping[str, str], identity: Mapping[str, str]) -> None:
    differing = [name for name in {**known, **identity} if name in _differing(known, identity)]
    if differing:
        names = " and ".join([", ".join(differing[:-1]), differing[-1]] if len(differing) > 1 else differing)
        raise JournalError(
            f"the journal {path}: it is of another load; the {names} differ{'' if len(differing) > 1 else 's'}. "
            "Begin anew with fresh (--fresh), or name another journal"
        )
