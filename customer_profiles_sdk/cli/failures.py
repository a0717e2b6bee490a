"""Errors as lines on standard error, without a traceback and without a customer's value, and their exit codes."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from customer_profiles_sdk.bulk import ColumnsError, InputFileError, JournalError
from customer_profiles_sdk.cli.texts import note
from customer_profiles_sdk.errors import InvalidRequestError

USAGE: Final = 2
STOPPED: Final = 3


def report(error: Exception) -> int:
    """Write what went wrong, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return USAGE
    for line in _lines(error):
        note(line)
    is_users = isinstance(error, click.UsageError | InvalidRequestError | ColumnsError | InputFileError | JournalError)
    return USAGE if is_users else STOPPED


def _lines(error: Exception) -> Iterator[str]:
    if isinstance(error, click.UsageError):
        yield error.format_message()
        yield f"see {error.ctx.command_path if error.ctx else 'customer-profiles'} --help"
    elif isinstance(error, InvalidRequestError):
        for problem in error.problems:
            yield f"--{problem.path.replace('_', '-')}: {problem.message}"
    elif isinstance(error, ColumnsError):
        for problem in error.problems:
            yield str(problem)
        yield "nothing was sent"
    elif isinstance(error, InputFileError | JournalError):
        yield str(error)
    elif isinstance(error, OSError) and error.strerror:
        yield f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    else:
        # Its text may repeat a customer's value, so only its kind and its place are told.
        place = traceback.extract_tb(error.__traceback__)[-1]
        yield f"unexpected {type(error).__name__} in {Path(place.filename).name}, line {place.lineno}: please report it"
