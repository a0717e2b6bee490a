"""``customer-profiles columns``: a mapping for a file, proposed from its columns and its first rows."""

from itertools import islice

from customer_profiles_sdk.bulk.files import open_records
from customer_profiles_sdk.bulk.known_columns.evidence import MAX_SAMPLE
from customer_profiles_sdk.bulk.proposals import proposal_toml, propose
from customer_profiles_sdk.cli import texts
from customer_profiles_sdk.cli.options import FileArguments


def run_columns(arguments: FileArguments) -> int:
    """Write the proposal and return the exit code."""
    with open_records(
        arguments.file,
        format=arguments.format,
        delimiter=arguments.delimiter,
        encoding=arguments.encoding,
        skip_rows=arguments.skip_rows,
    ) as records:
        sample = [dict(zip(each.names, each.cells, strict=False)) for each in islice(records, MAX_SAMPLE)]
        # Where each record has names of its own, all that occur count, in the order in which they come.
        names = records.names or tuple(dict.fromkeys(name for each in sample for name in each))
    cells = [[each.get(name) for name in names] for each in sample]
    texts.write(proposal_toml(propose(names, cells)))
    return 0
