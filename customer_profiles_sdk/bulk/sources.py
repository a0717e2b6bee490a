"""Where the bytes come from: a file or standard input. The records that are read from a file close it."""

import sys
from types import TracebackType
from typing import BinaryIO, Final, Self

import attrs

from customer_profiles_sdk.bulk.errors import InputFileError

STANDARD_INPUT: Final = "-"


@attrs.frozen(eq=False, repr=False)
class Source:
    """An open file of bytes.

    Attributes:
        binary: the bytes.
        is_standard_input: whether it is standard input, which is nobody's to close.
    """

    binary: BinaryIO
    is_standard_input: bool

    def close(self) -> None:
        """Close the file, but not standard input."""
        if not self.is_standard_input:
            self.binary.close()


class OpenedRecords:
    """What the records of all formats are: a context manager that closes the file."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._source.close()


def open_source(path: str) -> Source:
    """Open a file, or standard input for ``"-"``.

    Raises:
        InputFileError: it cannot be opened.
    """
    if path == STANDARD_INPUT:
        binary = getattr(sys.stdin, "buffer", None)
        if binary is None:
            raise InputFileError("there is no standard input, or none of bytes")
        return Source(binary, is_standard_input=True)
    try:
        return Source(open(path, "rb"), is_standard_input=False)  # noqa: PTH123  (the records close it)
    except OSError as error:
        reason = error.strerror
    except ValueError:
        reason = "no path of a file"
    raise InputFileError(f"{path!r} cannot be opened: {reason}")
