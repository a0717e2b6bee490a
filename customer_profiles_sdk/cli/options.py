"""What can be said on the command line: arguments, options, and how they are written.

Nothing here imports more than click and the enums, because ``--help`` must be quick.
"""

import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

import attrs
import click

from customer_profiles_sdk.enums import SearchKey

_MATCH_KEYS: Final = {"account": SearchKey.ACCOUNT, "email": SearchKey.EMAIL, "phone": SearchKey.PHONE}
_DELIMITERS: Final = {"tab": "\t", r"\t": "\t"}
_MAX_CONCURRENCY: Final = 1000
_DOMAIN: Final = re.compile("[A-Za-z0-9_-]{1,64}")

_Command = TypeVar("_Command", bound=Callable[..., Any])  # a function that click calls with the options' values


@attrs.frozen(kw_only=True)
class FileArguments:
    """How a file is read."""

    file: str
    format: str | None
    delimiter: str | None
    encoding: str
    skip_rows: int


@attrs.frozen(kw_only=True)
class CheckArguments(FileArguments):
    """What is made of a file's columns and cells, and what is said about it."""

    mapping: str | None
    columns: tuple[tuple[str, str], ...]
    match_on: tuple[SearchKey, ...]
    blank: str
    clear_marker: str | None
    output: str
    no_progress: bool
    quiet: bool


@attrs.frozen(kw_only=True)
class LoadArguments(CheckArguments):
    """Where to and how a file is sent."""

    domain: str | None
    local: bool
    region: str | None
    profile: str | None
    endpoint_url: str | None
    requests_per_second: float
    concurrency: int
    settle_seconds: float
    max_rejects: str | None
    rejects: str | None
    journal: str | None
    fresh: bool


def _column_rules(_: click.Context, __: click.Parameter, texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return columns and fields of texts such as ``Ort=address.city``; a column's name may hold an equals sign."""
    rules = tuple(text.rpartition("=") for text in texts)
    if not all(column and field for column, _, field in rules):
        raise click.BadParameter('expected a column and its field, such as "Ort=address.city"')
    return tuple((column, field) for column, _, field in rules)


def _delimiter(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    """Return the character, which may be written as ``tab``."""
    return None if text is None else _DELIMITERS.get(text, text)


def _domain(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    """Return the name of a domain."""
    if text is not None and not _DOMAIN.fullmatch(text):
        raise click.BadParameter("expected 1 to 64 letters, digits, '_' and '-'")
    return text


class _MatchKey(click.Choice[str]):
    """A key to match on, also as the API calls it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the search key."""
        return _MATCH_KEYS[super().convert(str(value).removeprefix("_"), param, ctx)]


_FILE: Final = click.Path(allow_dash=True)


def file_options(command: _Command) -> _Command:
    """Add what is needed to read a file."""
    return _with(
        command,
        click.argument("file", type=_FILE),
        click.option(
            "--format",
            type=click.Choice(["csv", "jsonl", "parquet"]),
            help="The format of the file.  [default: as the file's name ends; csv for standard input]",
        ),
        click.option(
            "--delimiter",
            metavar="CHARACTER",
            callback=_delimiter,
            help="What separates the cells of a CSV file, such as ';' or tab.  [default: found out]",
        ),
        click.option(
            "--encoding",
            default="utf-8-sig",
            help="The encoding of a text file, such as cp1252. A byte order mark counts for more.",
        ),
        click.option(
            "--skip-rows",
            type=click.IntRange(0),
            default=0,
            metavar="NUMBER",
            help="How many lines to pass over before the header of a CSV file.",
        ),
    )


def check_options(command: _Command) -> _Command:
    """Add what is needed to understand the rows of a file, and to say what was found."""
    return _with(
        command,
        click.option(
            "--mapping",
            type=_FILE,
            metavar="FILE.toml",
            help="Which column fills which field. The command columns proposes such a file.",
        ),
        click.option(
            "--map",
            "columns",
            metavar="COLUMN=FIELD",
            callback=_column_rules,
            multiple=True,
            help="Map one column, such as --map 'Ort=address.city'; a column that is not wanted is mapped to ignore. "
            "It counts for more than --mapping. Can be repeated.",
        ),
        click.option(
            "--match-on",
            type=_MatchKey(list(_MATCH_KEYS), case_sensitive=False),
            multiple=True,
            default=["account"],
            help="The key that finds a customer. If repeated, the first key that a row has counts.",
        ),
        click.option(
            "--blank",
            type=click.Choice(["keep", "clear"]),
            default="keep",
            help="Whether a blank cell keeps the value that is stored, or removes it.",
        ),
        click.option(
            "--clear-marker", metavar="TEXT", help="A cell with this text, such as '#N/A', removes the stored value."
        ),
        click.option(
            "--output",
            type=click.Choice(["text", "json"]),
            default="text",
            help="How the summary is written to standard output.",
        ),
        click.option("--no-progress", is_flag=True, help="Show no progress on standard error."),
        click.option("--quiet", is_flag=True, help="Write nothing but errors to standard error."),
    )


def load_options(command: _Command) -> _Command:
    """Add what is needed to send the rows of a file."""
    return _with(
        command,
        click.option(
            "--domain", metavar="NAME", callback=_domain, help="The domain to load into. Required, except with --local."
        ),
        click.option(
            "--local",
            is_flag=True,
            help="Try the load without AWS: load into an embedded service, which keeps its data in a file beside the "
            "journal, under the domain 'local' unless --domain names one. The options for AWS are not used. To load "
            "the file into AWS afterwards, add --fresh.",
        ),
        click.option("--region", metavar="REGION", help="The AWS Region to use.  [default: the configured one]"),
        click.option("--profile", metavar="NAME", help="The profile of the AWS configuration to use."),
        click.option("--endpoint-url", metavar="URL", help="Send the requests to this address."),
        click.option(
            "--requests-per-second",
            type=click.FloatRange(0, min_open=True),
            default=98.0,
            metavar="NUMBER",
            help="How many requests of each operation are sent in a second, retries included. The service's default "
            "quota is 100. While the service throttles, fewer are sent.",
        ),
        click.option(
            "--concurrency",
            type=click.IntRange(1, _MAX_CONCURRENCY),
            default=16,
            metavar="NUMBER",
            help="How many rows are in work at a time, up to 1000.",
        ),
        click.option(
            "--settle-seconds",
            type=click.FloatRange(0),
            default=10.0,
            metavar="SECONDS",
            help="How long search may take to show a new profile. A load that goes on waits so long before it sends "
            "rows whose outcome is unknown.",
        ),
        click.option(
            "--max-rejects",
            metavar="NUMBER|PERCENT%",
            help="Stop when more rows than this are rejected or fail, such as 100 or 5%.  [default: no limit]",
        ),
        click.option(
            "--rejects",
            type=_FILE,
            metavar="PATH",
            help="The file for the rows that are not in.  [default: customers.rejects.csv beside customers.csv]",
        ),
        click.option(
            "--journal",
            type=_FILE,
            metavar="PATH",
            help="The file that notes which rows are in, so that the load can go on after it was interrupted.  "
            "[default: customers.journal beside customers.csv; none for standard input]",
        ),
        click.option("--fresh", is_flag=True, help="Begin anew, whatever the journal says."),
    )


def serve_options(command: _Command) -> _Command:
    """Add what is needed to serve the embedded service; the names and defaults of ``customer_profiles_sdk.local``."""
    return _with(
        command,
        click.option("--domain", "domains", multiple=True, metavar="NAME", help="A domain to create. Can be repeated."),
        click.option(
            "--search-key",
            "search_keys",
            multiple=True,
            metavar="NAME",
            help="A search key to define besides the predefined ones. Can be repeated.",
        ),
        click.option(
            "--path", type=_FILE, metavar="PATH", help="The file that keeps what is stored.  [default: in memory]"
        ),
        click.option("--port", type=click.IntRange(0, 65535), default=4599, metavar="NUMBER", help="The port."),
        click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="The address to listen on."),
        click.option(
            "--allow-remote",
            is_flag=True,
            help="Listen on an address that other machines can reach. Nothing is encrypted, and nobody is asked for "
            "credentials.",
        ),
    )


def _with(command: _Command, *decorators: Callable[[_Command], _Command]) -> _Command:
    for decorator in reversed(decorators):
        command = decorator(command)
    return command
