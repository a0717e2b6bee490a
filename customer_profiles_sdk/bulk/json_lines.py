"""JSON Lines: one object in each line, with names of its own. Objects within it become dotted names."""

import json
import math
from collections.abc import Iterator

from customer_profiles_sdk.bulk.errors import InputFileError
from customer_profiles_sdk.bulk.lines import TextLines
from customer_profiles_sdk.bulk.record_names import RecordNames
from customer_profiles_sdk.bulk.records import Format, Record
from customer_profiles_sdk.bulk.sources import OpenedRecords, Source


class _NoRecordError(ValueError):
    """JSON that is no record; the text is the reason, without a value."""


class JsonLinesRecords(OpenedRecords):
    """The records of a JSON Lines file."""

    def __init__(self, source: Source, encoding: str) -> None:
        super().__init__(source)
        self.format = Format.JSONL
        self.header: tuple[str, ...] = ()
        self.names: tuple[str, ...] = ()
        self.delimiter = ","
        self.preamble: tuple[str, ...] = ()
        self._lines = TextLines(source.binary, encoding)
        self.encoding: str = self._lines.encoding
        self._lines.skip_blank_lines()
        if not self._lines.ahead:
            raise InputFileError("the file is empty", line=1)
        first = self._lines.ahead[0].strip()
        if first.startswith("[") or first == "{":
            line = self._lines.first_line
            raise InputFileError("no JSON Lines: write one whole object in each line, without a list around them", line)

    def __iter__(self) -> Iterator[Record]:
        number = 0
        shared = RecordNames().shared
        decode = json.JSONDecoder(
            object_pairs_hook=_members, parse_constant=_constant, parse_float=_finite_float
        ).decode
        line = ""
        names: tuple[str, ...] = ()
        cells: list[object] = []
        failure = None
        try:
            for line_number, line in enumerate(self._lines, start=self._lines.first_line):
                if line.isspace():
                    continue
                number += 1
                try:
                    names, cells = _named_cells(decode(line))
                except (ValueError, RecursionError) as error:
                    problem = _problem(error)
                else:
                    yield Record(number, line_number, shared(names), cells)
                    continue
                yield Record(number, line_number, (), [line.rstrip("\r\n")], problem)
        except InputFileError as error:
            failure = error
        if failure is not None:
            del line, names, cells  # a traceback may show them
            raise failure.with_traceback(None)


def _problem(error: ValueError | RecursionError) -> str:
    if isinstance(error, _NoRecordError):
        return str(error)
    if isinstance(error, json.JSONDecodeError):
        return f"not a whole JSON object: wrong at column {min(error.pos, len(error.doc.rstrip())) + 1}"
    if isinstance(error, RecursionError):
        return "JSON that is nested too deeply"
    return "a number with too many digits"


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _NoRecordError("the same name twice in one object")
    return members


def _constant(_text: str) -> object:
    raise _NoRecordError("NaN or Infinity, which is no JSON")


def _finite_float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise _NoRecordError("a number that is too large")
    return value


def _named_cells(value: object) -> tuple[tuple[str, ...], list[object]]:
    if not isinstance(value, dict):
        raise _NoRecordError("JSON, but no object")
    if dict not in map(type, value.values()):
        return tuple(value), list(value.values())
    names: list[str] = []
    cells: list[object] = []
    _flatten(value, "", names, cells)
    if len(set(names)) != len(names):
        raise _NoRecordError("the same name twice: once with a dot, and once as an object in an object")
    return tuple(names), cells


def _flatten(members: dict[str, object], prefix: str, names: list[str], cells: list[object]) -> None:
    for name, value in members.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}{name}.", names, cells)
        else:
            names.append(prefix + name)
            cells.append(value)
