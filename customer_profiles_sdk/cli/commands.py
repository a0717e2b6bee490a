"""The commands and their help. What they do is in modules that are imported when a command runs."""

import io
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

import click

from customer_profiles_sdk._version import __version__
from customer_profiles_sdk.cli.options import (
    CheckArguments,
    FileArguments,
    LoadArguments,
    check_options,
    file_options,
    load_options,
    serve_options,
)

NAME: Final = "customer-profiles"
_OUTPUT_CLOSED: Final = 141  # as of a command that SIGPIPE ends
_EXIT_CODES: Final = """\
\b
Exit codes:
  0          All rows are in, or fit to be.
  1          Done, and some rows are not.
  2          Usage, columns, input file, journal or file of rejects: nothing was sent.
  3          Stopped. The same command, run again, goes on.
  130, 143   Interrupted by SIGINT or SIGTERM. The same command, run again, goes on.
"""


def run(arguments: Sequence[str] | None) -> int:
    """Run the command and return its exit code; errors are lines on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a column's name may not fit the terminal's encoding
    try:
        code = int(command.main(arguments, NAME, standalone_mode=False) or 0)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # click exits where standard output is closed, and nowhere else
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # for what is still to be written
        return _OUTPUT_CLOSED
    except Exception as error:  # noqa: BLE001 (a traceback may show customers' data)
        from customer_profiles_sdk.cli.failures import report  # noqa: PLC0415

        return report(error)
    return code


@click.group(
    NAME,
    epilog=_EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True, "max_content_width": 100},
)
@click.version_option(__version__, prog_name=NAME)
def command() -> None:
    """Load files of customers into Amazon Connect Customer Profiles.

    A file is CSV, JSON Lines or Parquet. A customer who is stored already is updated, any other is created.

    \b
    Usual steps:
      customer-profiles columns customers.csv > mapping.toml
      customer-profiles check customers.csv --mapping mapping.toml
      customer-profiles load customers.csv --mapping mapping.toml --domain acme
    """  # noqa: D301 (click's mark of a text that is not to be wrapped)


@command.command(epilog=_EXIT_CODES)
@file_options
@check_options
def check(**options: Any) -> int:
    """Check every row of a file and list all problems. Nothing is sent.

    FILE is the file, or - for standard input. The problems and the summary are written to standard output.
    """
    from customer_profiles_sdk.cli.checking import run_check  # noqa: PLC0415

    return run_check(CheckArguments(**options))


@command.command()
@file_options
def columns(**options: Any) -> int:
    """Propose which column of a file fills which field.

    FILE is the file, or - for standard input. The proposal is written to standard output as a mapping file for the
    option --mapping of check and load. Read it before you use it: what is not certain is commented out.
    """
    from customer_profiles_sdk.cli.proposing import run_columns  # noqa: PLC0415

    return run_columns(FileArguments(**options))


@command.command(epilog=_EXIT_CODES)
@file_options
@load_options
@check_options
def load(**options: Any) -> int:
    """Check every row of a file, then load the rows into a domain.

    FILE is the file, or - for standard input, which is checked while it is sent. All other files are checked whole
    before the first row is sent.

    A journal beside the file notes which rows are in: after an interruption the same command goes on where the load
    stopped, and creates no customer twice. Rows that are not in are written to a file of rejects, with what is wrong
    with them.

    Ctrl-C finishes the rows that are in work and stops; pressed again, it stops at once.
    """
    from customer_profiles_sdk.cli.loading import run_load  # noqa: PLC0415

    return run_load(LoadArguments(**options))


@command.command()
@serve_options
def serve(**options: Any) -> int:
    """Serve an emulator of Customer Profiles on this machine, over HTTP, until Ctrl-C or SIGTERM.

    It needs the extra local: pip install 'customer-profiles-sdk[local]'
    """
    from customer_profiles_sdk.local.__main__ import serve as serve_until_stopped  # noqa: PLC0415

    return serve_until_stopped(**options)
