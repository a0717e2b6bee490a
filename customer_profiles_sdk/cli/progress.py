"""How far a command is, on standard error: a line that is drawn anew on a terminal, a line now and then elsewhere."""

import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol, TextIO

from customer_profiles_sdk.bulk.rows import LoadSummary
from customer_profiles_sdk.cli.texts import counted

_BAR_WIDTH: Final = 20
_SECONDS_BETWEEN_LINES: Final = 10.0
_MINUTE: Final = 60
_HOUR: Final = 3600


class Progress(Protocol):
    """What shows how far a command is."""

    def show(self, summary: LoadSummary) -> None:
        """Show it, if it is time to."""

    def clear(self) -> None:
        """Take away what is drawn, so that other lines can be written."""


def standard_error(*, is_wanted: bool) -> Progress:
    """Return what fits standard error."""
    stream = sys.stderr
    if stream is None or not is_wanted:
        return NoProgress()
    return TerminalProgress(stream) if stream.isatty() else LineProgress(stream)


class NoProgress:
    """Shows nothing."""

    def show(self, summary: LoadSummary) -> None:
        """Show nothing."""

    def clear(self) -> None:
        """Do nothing."""


class TerminalProgress:
    """Draws one line over and over."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn = 0

    def show(self, summary: LoadSummary) -> None:
        """Draw the line."""
        # A line that fills the last column would make some terminals begin a new one.
        text = f"{_bar(summary)}{progress_text(summary)}"[: shutil.get_terminal_size().columns - 1]
        _write(self._stream, f"\r{text.ljust(self._drawn)}")
        self._drawn = len(text)

    def clear(self) -> None:
        """Wipe the line."""
        if self._drawn:
            _write(self._stream, f"\r{' ' * self._drawn}\r")
            self._drawn = 0


class LineProgress:
    """Writes a line every ten seconds."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._written_at = clock()

    def show(self, summary: LoadSummary) -> None:
        """Write a line, if it is time to."""
        now = self._clock()
        if now - self._written_at >= _SECONDS_BETWEEN_LINES:
            self._written_at = now
            _write(self._stream, f"{progress_text(summary)}\n")

    def clear(self) -> None:
        """Do nothing: the lines stay."""


def _write(stream: TextIO, text: str) -> None:
    with suppress(OSError):  # that nobody can read it does not end a load
        stream.write(text)
        stream.flush()


def progress_text(summary: LoadSummary) -> str:
    """Return how far a check or a load is."""
    if _is_check(summary):
        parts = [f"checked {counted(summary.checked_rows, 'row')}"]
    else:
        total = f" of {summary.checked_rows:,}" if summary.checked_rows else ""
        parts = [f"{summary.rows:,}{total} rows", f"{summary.rows_per_second:.1f} a second"]
    if summary.rejected or not _is_check(summary):  # before the rows are sent, a load has counted none
        parts.append(f"{summary.rejected:,} rejected")
    if summary.failed or summary.unknown:
        parts.append(f"{summary.failed + summary.unknown:,} failed or unknown")
    if summary.checked_rows > summary.rows > 0 and summary.rows_per_second > 0:
        parts.append(f"{duration((summary.checked_rows - summary.rows) / summary.rows_per_second)} left")
    return ", ".join(parts)


def _is_check(summary: LoadSummary) -> bool:
    return not summary.rows and not summary.requests


def _bar(summary: LoadSummary) -> str:
    if not summary.checked_rows or _is_check(summary):
        return ""
    done = summary.rows / summary.checked_rows
    return f"[{'#' * int(done * _BAR_WIDTH):-<{_BAR_WIDTH}}] {int(done * 100):3} %  "


def duration(seconds: float) -> str:
    """Return a time as people say it."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
