"""What a cell says: a text, nothing, or something that must not be taken for a customer's value.

Spreadsheets spoil cells: they shorten long numbers, put an apostrophe in front of them and leave their own errors. Such
a cell is named, never repaired by a guess. Which field a cell fills is left to ``columns``.
"""

import re
from typing import Final, Literal

import attrs

from customer_profiles_sdk.bulk.fields import ATTRIBUTES, FieldPath
from customer_profiles_sdk.models import CLEAR

BlankCells = Literal["keep", "clear"]

_SHORTENED: Final = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
_FLOAT: Final = re.compile(r"[+-]?[0-9]+\.0")
_SPREADSHEET_ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_SEVERAL: Final = re.compile(r" ::: |[;|\n]|, ")
_FEWEST_DIGITS: Final = 5
_LONGEST_SHOWN: Final = 128


@attrs.frozen
class Cells:
    """How cells without a value are read.

    Attributes:
        blank: whether a blank cell keeps what is stored or removes it.
        clear_marker: a text that removes what is stored.
    """

    blank: BlankCells = "keep"
    clear_marker: str | None = None

    def text(self, cell: object, path: FieldPath) -> str | None:
        """Return what a cell says: a text, ``CLEAR``, or ``None`` for nothing.

        Raises:
            CellError: it must not be taken for a value.
        """
        text = cell if isinstance(cell, str) else _as_text(cell, path)
        if not text or text.isspace():
            return CLEAR if self.blank == "clear" else None
        if text == self.clear_marker:
            return CLEAR
        if text[0] == "#" and text in _SPREADSHEET_ERRORS:
            raise CellError("is an error of a spreadsheet")
        if path.is_number and (message := _spoiled(text)):
            raise CellError(message)
        if (path.is_email and text.count("@") > 1) or (path.is_phone and _is_list_of_phones(text)):
            raise CellError("holds several values: map the column with first_of, or edit the cell")
        return text


class CellError(ValueError):
    """A cell must not be taken for a value; the text says why and never what it holds."""


def _as_text(cell: object, path: FieldPath) -> str:
    if cell is None:
        return ""
    if type(cell) is int:
        return str(cell)
    if path.group == ATTRIBUTES and isinstance(cell, bool | float):
        return str(cell).lower() if isinstance(cell, bool) else repr(cell)
    raise CellError(f"expected a text, got {type(cell).__name__}")


def _spoiled(text: str) -> str | None:
    if text[0] == "'":
        return "begins with the apostrophe of a spreadsheet: map the column with strip"
    if text.startswith('="'):
        return "is a formula of a spreadsheet: export the column as text"
    if _SHORTENED.fullmatch(text.strip()):
        return "is a number that a spreadsheet has shortened: export the column as text"
    if _FLOAT.fullmatch(text.strip()):
        return "is a whole number with a decimal place: export the column as text"
    return None


def _is_list_of_phones(text: str) -> bool:
    parts = _SEVERAL.split(text)
    return len(parts) > 1 and sum(sum(map(str.isdecimal, part)) >= _FEWEST_DIGITS for part in parts) > 1


def shown_column(name: str, position: int) -> str:
    """Return a column's name, or its position where the name reads like a customer's value.

    It does where a file has no header: its first row is then taken for one.
    """
    digits = sum(map(str.isdecimal, name))
    letters = sum(map(str.isalpha, name))
    is_value = re.search(r"\S@\S", name) is not None or (digits >= _FEWEST_DIGITS and letters <= 1)
    return f"column {position}" if is_value or len(name) > _LONGEST_SHOWN else name
