"""What people and machines read: the summary and the problems on standard output, the rest on standard error."""

import json
from collections.abc import Iterator
from contextlib import suppress

import attrs
import click

from customer_profiles_sdk.bulk.rows import LoadSummary
from customer_profiles_sdk.errors import Problem


def write(text: str) -> None:
    """Write to standard output."""
    click.echo(text, nl=False)


def note(text: str) -> None:
    """Write a line to standard error; that nobody can read it does not end a load."""
    with suppress(OSError):
        click.echo(f"customer-profiles: {printable(text)}", err=True)


def printable(text: str) -> str:
    """Return a text without the characters that control a terminal; a column's name may hold some."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def counted(count: int, noun: str) -> str:
    """Return ``1 row`` or ``2,000 rows``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def load_text(summary: LoadSummary) -> str:
    """Return the summary of a load for people."""
    return "\n".join(_load_lines(summary))


def _load_lines(summary: LoadSummary) -> Iterator[str]:
    rows = counted(summary.rows, "row")
    if summary.checked_rows > summary.rows:
        rows = f"{summary.rows:,} of {counted(summary.checked_rows, 'row')}"
    names = ("created", "updated", "unchanged", "rejected", "failed", "unknown")
    yield f"{rows}: {', '.join(f'{getattr(summary, name):,} {name}' for name in names)}"
    yield from _duplicates(summary)
    if summary.resumed:
        yield f"{counted(summary.resumed, 'row')} of these loaded by an earlier run"
    if summary.settled:
        yield f"{counted(summary.settled, 'row')} of these left in doubt by an earlier run, and settled"
    requests = f"{counted(summary.requests, 'request')}, {summary.throttled_requests:,} throttled"
    yield f"{summary.seconds:.1f} s, {summary.rows_per_second:.1f} rows a second, {requests}"


def check_text(summary: LoadSummary) -> str:
    """Return the summary of a check for people."""
    rows = counted(summary.checked_rows, "row")
    lines = [f"{rows}: {summary.checked_rows - summary.rejected:,} fit to load, {summary.rejected:,} rejected"]
    return "\n".join([*lines, *_duplicates(summary)])


def _duplicates(summary: LoadSummary) -> Iterator[str]:
    if summary.duplicate_keys:
        verb = "shares" if summary.duplicate_keys == 1 else "share"
        yield f"{counted(summary.duplicate_keys, 'row')} {verb} a key with an earlier row: the same customer"


def load_json(summary: LoadSummary) -> str:
    """Return the summary of a load for machines; the keys are the names of ``LoadSummary``."""
    return json.dumps({name: _rounded(value) for name, value in attrs.asdict(summary).items()})


def check_json(summary: LoadSummary) -> str:
    """Return the summary of a check for machines."""
    names = ("rejected", "duplicate_keys", "seconds")
    return json.dumps({"rows": summary.checked_rows} | {name: _rounded(getattr(summary, name)) for name in names})


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


def problem_text(row: int, line: int | None, problem: Problem) -> str:
    """Return a problem of a row for people, as one line."""
    return printable(f"row {row}: {problem}" if line is None else f"row {row} (line {line}): {problem}")


def problem_json(row: int, line: int | None, problem: Problem) -> str:
    """Return a problem of a row for machines."""
    return json.dumps({"row": row, "line": line, "path": problem.path, "message": problem.message})
