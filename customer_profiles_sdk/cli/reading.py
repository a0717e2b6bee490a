"""The options of a command as those of the loader."""

from typing import Literal, cast

from customer_profiles_sdk.bulk import ColumnMapping
from customer_profiles_sdk.bulk.reading import ReadingOptions
from customer_profiles_sdk.cli.options import CheckArguments


def reading_options(arguments: CheckArguments) -> ReadingOptions:
    """Return how a file is read.

    Raises:
        ColumnsError: the mapping file cannot be read, or a rule is none.
    """
    mapping = ColumnMapping() if arguments.mapping is None else ColumnMapping.read(arguments.mapping)
    return {
        "format": cast('Literal["csv", "jsonl", "parquet"] | None', arguments.format),
        "mapping": mapping.updated(dict(arguments.columns)),
        "delimiter": arguments.delimiter,
        "encoding": arguments.encoding,
        "skip_rows": arguments.skip_rows,
        "blank": cast('Literal["keep", "clear"]', arguments.blank),
        "clear_marker": arguments.clear_marker,
    }
