"""Load many customers: a file or any iterable of profiles in, and what became of each row out.

``load_file`` is the whole of it; ``read_rows``, ``check_rows`` and ``load_rows`` are its parts. The modules::

    load_file -> reading  -> files    a file as records of cells
                          -> columns  which column fills which field
              -> checking             what is wrong with a row
              -> loader   -> in_work  many rows at a time, those of one customer in their order
                          -> journal  what is known of each row from an earlier run
              -> rejects              the rows that are not in
    proposals                         a mapping for the columns of a file
"""

from customer_profiles_sdk.bulk.checking import check_rows
from customer_profiles_sdk.bulk.columns import ColumnMapping
from customer_profiles_sdk.bulk.errors import ColumnsError, InputFileError, JournalError, LoadStoppedError
from customer_profiles_sdk.bulk.load_file import load_file
from customer_profiles_sdk.bulk.loader import load_rows
from customer_profiles_sdk.bulk.reading import read_rows
from customer_profiles_sdk.bulk.rows import LoadSummary, Row, RowAction, RowOutcome

__all__ = [
    "ColumnMapping",
    "ColumnsError",
    "InputFileError",
    "JournalError",
    "LoadStoppedError",
    "LoadSummary",
    "Row",
    "RowAction",
    "RowOutcome",
    "check_rows",
    "load_file",
    "load_rows",
    "read_rows",
]
