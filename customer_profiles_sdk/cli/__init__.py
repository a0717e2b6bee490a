"""The command ``customer-profiles``: check a file of customers, propose a mapping for it, load it, serve the emulator.

It needs the extra ``cli``. Its modules::

    commands -> options         what can be said on the command line
             -> checking        check: the problems of every row
             -> proposing       columns: a mapping for a file
             -> loading         load: what is said while it goes on, and at the end
                -> connecting   the client that a load sends with
             -> failures        errors as lines and exit codes
    interrupts                  signals: the first one finishes what is in work
    progress                    how far a command is
    reading                     options as those of the loader
    texts                       what people and machines read

For ``--help`` only ``commands`` and ``options`` are imported, and neither boto3 nor the loader.
"""

import sys
from collections.abc import Sequence

from customer_profiles_sdk.cli.interrupts import Interrupted, ending_at_once


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        arguments: the command line without the command's name, else the process's.
    """
    try:
        with ending_at_once():
            try:
                from customer_profiles_sdk.cli.commands import run  # noqa: PLC0415 (click may be missing)
            except ModuleNotFoundError as error:
                if error.name != "click":
                    raise
                print("the command needs an extra: pip install 'customer-profiles-sdk[cli]'", file=sys.stderr)  # noqa: T201
                return 2
            return run(arguments)
    except Interrupted as interrupted:
        print("customer-profiles: interrupted", file=sys.stderr)  # noqa: T201
        return interrupted.exit_code
