"""What the readers of files hand on: records of cells under the names of columns. No cell is understood here."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

import attrs


class Format(StrEnum):
    """The formats of files that can be read."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


@attrs.frozen(eq=False, repr=False)
class Record:
    """One record of a file.

    Attributes:
        number: its number, 1 for the first record after the header.
        line: the line in which it begins; for Parquet, its number.
        names: the columns' names, each once: of two columns ``Title`` the names are ``Title#1`` and ``Title#2``, and a
            fourth column without a name is ``#4``. None where the record is a line that cannot be read.
        cells: what stands under each name.
        problem: why the record is none that can be read, in which case the cells are what there is of it.
    """

    number: int
    line: int
    names: tuple[str, ...]
    cells: Sequence[object]
    problem: str | None = None


class Records(Protocol):
    """A file that is open: a context manager, which can be iterated over once.

    Attributes:
        format: the file's format.
        header: the columns as the file has them; empty where each record has names of its own, as in JSON Lines and in
            Parquet files with a map.
        names: the same, each once.
        delimiter: what separates the cells of a CSV file.
        encoding: the encoding of a text file, as ``open`` takes it to write another file alike.
        preamble: the lines before the header that were skipped.
    """

    @property
    def format(self) -> Format: ...  # noqa: D102
    @property
    def header(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def names(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def delimiter(self) -> str: ...  # noqa: D102
    @property
    def encoding(self) -> str: ...  # noqa: D102
    @property
    def preamble(self) -> tuple[str, ...]: ...  # noqa: D102
    def __iter__(self) -> Iterator[Record]: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns' names, each once: ``Title#1`` and ``Title#2`` for two of one name, ``#4`` for none."""
    counts = Counter(header)
    seen: Counter[str] = Counter()
    names = []
    for position, name in enumerate(header, start=1):
        seen[name] += 1
        if not name.strip():
            names.append(f"#{position}")
        else:
            names.append(f"{name}#{seen[name]}" if counts[name] > 1 else name)
    return tuple(names)
