"""Parquet files, with pyarrow. What their columns become is left to ``arrow_records``."""

import importlib
from collections.abc import Iterator
from typing import Any, Final

from customer_profiles_sdk.bulk.arrow_records import ArrowRecords
from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.records import Format, Record
from customer_profiles_sdk.bulk.sources import OpenedRecords, Source

# pyarrow is no dependency and has no types: whatever comes from it is Any.

BATCH: Final = 2_000  # records
_BUFFER: Final = 1 << 20  # bytes of a column that are read at once, however large its row groups are


class ParquetRecords(OpenedRecords):
    """The records of a Parquet file. With a column that is a map, each record has names of its own."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.format = Format.PARQUET
        self.delimiter = ","
        self.encoding = "utf-8"
        self.preamble: tuple[str, ...] = ()
        self._arrow = arrow = _pyarrow()
        columns = None
        try:
            self._file: Any = arrow.parquet.ParquetFile(source.binary, buffer_size=_BUFFER)
            columns = ArrowRecords(arrow, self._file.schema_arrow.empty_table())
        except (arrow.ArrowException, OSError):
            pass
        if columns is None or not columns.header:
            raise InputFileError("no Parquet file, not a whole one, or one without columns")
        self._columns = columns
        self.header: tuple[str, ...] = () if columns.maps else columns.header
        self.names: tuple[str, ...] = () if columns.maps else columns.names

    def __iter__(self) -> Iterator[Record]:
        return self._columns.records(self._batches())

    def _batches(self) -> Iterator[Any]:
        """Yield the file, a batch of records at a time."""
        failed = False
        batches = self._file.iter_batches(batch_size=BATCH, use_threads=False)
        while not failed:
            try:
                batch = next(batches, None)
            except (self._arrow.ArrowException, OSError):
                failed = True
            else:
                if batch is None:
                    return
                yield batch
                del batch  # a traceback may show it
        raise InputFileError("the Parquet file cannot be read beyond the records before this: is it a whole one?")


def _pyarrow() -> Any:
    try:
        importlib.import_module("pyarrow.parquet")
        return importlib.import_module("pyarrow")
    except ImportError:
        pass
    raise InputFileError("Parquet files are read with pyarrow: pip install 'customer-profiles-sdk[parquet]'")
