"""SIGINT and SIGTERM: a command ends at once, or finishes what is in work first."""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_EXIT_CODE_OF_SIGNAL: Final = 128  # what a shell adds to the number of the signal that ended a command


class Interrupted(BaseException):
    """The command ends because of a signal. No ``except Exception`` catches it.

    Attributes:
        exit_code: the command's exit code.
    """

    def __init__(self, number: int) -> None:
        self.exit_code: int = _EXIT_CODE_OF_SIGNAL + number
        super().__init__(f"signal {number}")


@contextmanager
def ending_at_once() -> Iterator[None]:
    """Let the signals raise ``Interrupted`` wherever the main thread is."""

    def interrupt(number: int, _frame: FrameType | None) -> None:
        raise Interrupted(number)

    with _handled_by(interrupt):
        yield


class Finishing:
    """The first signal asks the command to finish what is in work, the second ends the process at once.

    A context manager, during which the signals are handled like that.
    """

    def __init__(self) -> None:
        self._number: int | None = None
        self._is_reading = False

    def check(self) -> None:
        """Raise ``Interrupted`` if there was a signal."""
        if self._number is not None:
            raise Interrupted(self._number)

    @contextmanager
    def handling(self, *, reads_standard_input: bool) -> Iterator[None]:
        """Handle the signals, also while standard input is waited for."""
        standard_input = sys.stdin
        raw = getattr(getattr(standard_input, "buffer", None), "raw", None)
        if reads_standard_input and isinstance(raw, io.FileIO):
            sys.stdin = io.TextIOWrapper(io.BufferedReader(_InterruptibleInput(raw, self)))
        try:
            with _handled_by(self._handle):
                yield
        finally:
            sys.stdin = standard_input

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let a signal end what is waited for now: nothing that is in work is lost by that."""
        self._is_reading = True
        try:
            self.check()
            yield
        finally:
            self._is_reading = False

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if self._number is not None:
            with suppress(Exception):
                sys.stdout.flush()
            os._exit(_EXIT_CODE_OF_SIGNAL + self._number)
        self._number = number
        # Not through sys.stderr: the signal may have come in the middle of what is written there.
        start = "\n" if sys.stderr is not None and sys.stderr.isatty() else ""
        with suppress(OSError):
            os.write(2, f"{start}finishing the rows in work; press Ctrl-C again to stop at once\n".encode())
        if self._is_reading:
            raise Interrupted(number)


class _InterruptibleInput(io.RawIOBase):
    """Standard input, such that a signal ends the waiting for it."""

    def __init__(self, raw: io.FileIO, finishing: Finishing) -> None:
        self._raw = raw
        self._finishing = finishing

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        with self._finishing.reading():
            return self._raw.readinto(buffer)


@contextmanager
def _handled_by(handle: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = [signal.signal(number, handle) for number in _SIGNALS]
    try:
        yield
    finally:
        for number, handler in zip(_SIGNALS, before, strict=True):
            signal.signal(number, handler)
