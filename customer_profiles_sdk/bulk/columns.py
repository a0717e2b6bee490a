"""Which column of a file fills which field of a profile.

A mapping is checked against the columns of a file once; each record is then read by the plan that comes of it. What a
cell says is left to ``cells``, what a rule may be to ``rules``.
"""

import json
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Self

import attrs

from customer_profiles_sdk._core.search_keys import FIELDS
from customer_profiles_sdk.bulk.cells import CellError, Cells, shown_column
from customer_profiles_sdk.bulk.errors import ColumnsError
from customer_profiles_sdk.bulk.fields import ATTRIBUTES, FieldPath, field_path, is_group, nearest_field
from customer_profiles_sdk.bulk.records import Record
from customer_profiles_sdk.bulk.rows import Row
from customer_profiles_sdk.bulk.rules import (
    IGNORE,
    IGNORED,
    NO_GROUP,
    OTHERS,
    UNNAMED,
    ColumnRule,
    Rule,
    RuleError,
    is_secret,
    parsed,
    plain_label,
)
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.errors import Problem
from customer_profiles_sdk.models import CLEAR, Address, Profile

ADDED_COLUMNS: Final = ("_row", "_action", "_problems", "_line")
"""The columns that a file of rejects has besides the input's; they are ignored when it is loaded."""

_MAX_PLANS: Final = 256


class ColumnMapping:  # noqa: PLW1641 (it compares by value and holds dicts)
    """Which column fills which field, by the columns' names.

    A column is mapped to one of these::

        "first_name"                                            a field; address.city, attributes.tier likewise
        "ignore"
        {"field": "phone_number", "strip": "'"}                 without these characters at the front
        {"field": "email_address", "first_of": " ::: "}         the first of several values
        {"field": "birth_date", "blank": "0/0/00"}              texts that stand for a blank cell
        {"split": ["first_name", "last_name"]}                  the first word, and all that follows it
        {"field_by": "Phone 1 - Label",                         the field for the label in another column
         "labels": {"Mobile": "mobile_phone_number", "*": "phone_number"}}

    ``"*"`` stands for all other columns: they are ``"ignore"`` or ``"attributes"``, the latter never for a column whose
    name says password, token, secret or hash. Labels are compared without case. Where a row has a field already, the
    value goes to the field of the label ``"*"``.

    A column whose name is a field's or a member's of the API (``first_name``, ``FirstName``, ``address.city``) maps
    itself. Of two columns of one name each has a number: ``Title#1``, ``Title#2``.

    Args:
        columns: the rules by the columns' names.

    Raises:
        ColumnsError: a rule is none.
    """

    def __init__(self, columns: Mapping[str, ColumnRule] | None = None) -> None:
        self.columns: Mapping[str, ColumnRule] = dict(columns or {})
        self._rules: dict[str, Rule] = {}
        problems = []
        for position, (name, rule) in enumerate(self.columns.items(), start=1):
            try:
                if name == OTHERS:
                    _check_others(rule)
                else:
                    self._rules[name] = parsed(rule)
            except RuleError as error:
                problems.append(Problem(shown_column(name, position), str(error)))
        if problems:
            raise ColumnsError(problems)
        self._label_columns = {rule.label_column for rule in self._rules.values()}

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Self:
        """Return the mapping of a TOML file with a table ``[columns]``.

        Raises:
            ColumnsError: it is no such file, or a rule in it is none.
        """
        try:
            content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise ColumnsError([Problem("mapping", f"the file cannot be read: {error.strerror}")]) from None
        except ValueError as error:  # the file is no UTF-8, or no TOML
            raise ColumnsError([Problem("mapping", f"the file is no TOML: {error}")]) from None
        columns = content.get("columns")
        if not isinstance(columns, dict) or len(content) > 1:
            raise ColumnsError([Problem("mapping", "expected a table [columns] and nothing else")])
        return cls(columns)

    def updated(self, columns: Mapping[str, ColumnRule]) -> Self:
        """Return this mapping with other rules for some columns."""
        return type(self)({**self.columns, **columns})

    def __eq__(self, other: object) -> bool:
        return self.columns == other.columns if isinstance(other, ColumnMapping) else NotImplemented

    def __repr__(self) -> str:
        return f"ColumnMapping({json.dumps(self.columns, default=dict)})"

    def plan(self, names: tuple[str, ...], *, is_whole: bool = True) -> "Plan":
        """Return how records with these columns are read.

        Args:
            names: the columns' names, each once.
            is_whole: whether these are all columns of the file, so that a rule for another one is a mistake.

        Raises:
            ColumnsError: a column is neither mapped nor ignored, or two columns fill one field.
        """
        problems: list[Problem] = []
        rules = []
        for position, name in enumerate(names, start=1):
            rule = self._rule_of(name)
            if rule is None and is_group(name) and not is_whole:  # records of JSON Lines, where it may be null
                rule = NO_GROUP
            if rule is None:
                nearest = nearest_field(name)
                hint = f" (the nearest is {nearest})" if nearest else ""
                message = f"is not mapped: map it to a field{hint} or to ignore"
                problems.append(Problem(shown_column(name, position), message))
            rules.append(rule or IGNORED)
        if is_whole:
            problems += self._missing_columns(names)
        problems += _fields_filled_twice(names, rules)
        if problems:
            raise ColumnsError(problems)
        return Plan(names, rules)

    def _rule_of(self, name: str) -> Rule | None:
        if name in self._rules:
            return self._rules[name]
        if path := field_path(name):
            return Rule(fields=(path,))
        if name in ADDED_COLUMNS or name in self._label_columns:
            return IGNORED
        if name.startswith("#"):
            return UNNAMED
        others = self.columns.get(OTHERS)
        if others == ATTRIBUTES and not is_secret(name) and (path := field_path(f"{ATTRIBUTES}.{name}")):
            return Rule(fields=(path,))
        return None if others is None else IGNORED

    def _missing_columns(self, names: tuple[str, ...]) -> Iterator[Problem]:
        for position, (name, rule) in enumerate(self._rules.items(), start=1):
            shown = shown_column(name, position)
            if f"{name}#1" in names:
                yield Problem(shown, f"there are several columns of this name: map {name}#1, {name}#2 and so on")
            elif name not in names and rule != IGNORED:
                yield Problem(shown, "is mapped, but the file has no such column")
            elif rule.label_column is not None and rule.label_column not in names:
                yield Problem(shown, "the file has no column of the name that field_by says")


def as_mapping(mapping: ColumnMapping | Mapping[str, ColumnRule] | None) -> ColumnMapping:
    """Return a mapping that was given in any of its forms."""
    return mapping if isinstance(mapping, ColumnMapping) else ColumnMapping(mapping)


def _check_others(rule: ColumnRule) -> None:
    if rule not in {IGNORE, ATTRIBUTES} if isinstance(rule, str) else True:
        raise RuleError(f'expected "{IGNORE}" or "{ATTRIBUTES}"')


def _fields_filled_twice(names: Sequence[str], rules: Sequence[Rule]) -> Iterator[Problem]:
    first: dict[FieldPath, str] = {}
    for position, (name, rule) in enumerate(zip(names, rules, strict=True), start=1):
        shown = shown_column(name, position)
        for path in rule.fields:
            if path in first:
                yield Problem(shown, f"fills {path}, as {first[path]} does: map one of them to ignore")
            first.setdefault(path, shown)


@attrs.frozen
class _Column:
    """A column of a plan: its name as it may be shown, its place, its rule."""

    shown: str
    position: int
    rule: Rule


class Plan:
    """How the records with certain columns are read."""

    def __init__(self, names: tuple[str, ...], rules: Sequence[Rule]) -> None:
        columns = [
            _Column(shown_column(name, position + 1), position, rule)
            for position, (name, rule) in enumerate(zip(names, rules, strict=True))
        ]
        self.columns: Mapping[str, str] = {str(path): each.shown for each in columns for path in each.rule.fields}
        self._plain = [(each, each.position, each.rule.fields[0]) for each in columns if each.rule.is_plain]
        self._special = [each for each in columns if each.rule.is_special]
        self._special.sort(key=lambda each: each.rule.label_column is not None)  # a label is asked last
        self._blank = [each for each in columns if each.rule.must_be_blank]
        self._rules = rules
        # Where records have columns of their own, one may lack the column of the labels: it then has no label.
        positions = {name: position for position, name in enumerate(names)}
        self._label_positions = {rule.label_column: positions.get(rule.label_column or "") for rule in rules}

    def fields(self) -> set[str]:
        """Return the fields that the columns can fill."""
        labelled = {str(path) for rule in self._rules for path in rule.labels.values() if path}
        return labelled | self.columns.keys()

    def fields_of_columns(self) -> Iterator[tuple[FieldPath, ...]]:
        """Yield for each column the fields that it can fill; none where it is ignored."""
        return ((*rule.fields, *filter(None, rule.labels.values())) for rule in self._rules)

    def check_keys(self, keys: Sequence[SearchKey]) -> None:
        """Check that one of the columns can give a value to find a customer by.

        Raises:
            ColumnsError: none fills a key's field.
        """
        fields = [field for key in keys for field in FIELDS[key]]
        if not self.fields() & set(fields):
            message = f"no column fills {' or '.join(fields)} to find a customer by: map one, or match on another key"
            raise ColumnsError([Problem("match_on", message)])

    def read(self, record: Record, cells: Cells) -> Row:
        """Return a record as a row."""
        values: _Values = defaultdict(dict)
        problems: list[Problem] = []
        content = record.cells
        for column, position, path in self._plain:
            try:
                text = cells.text(content[position], path)
            except CellError as error:
                problems.append(_problem(column, path, error))
            else:
                if text is not None:
                    values[path.group][path.key] = text
        named = self.columns
        if self._special:
            named = dict(named)
            for column in self._special:
                self._read_special(column, content, cells, values, problems, named)
        problems += [
            Problem(each.shown, each.rule.must_be_blank)
            for each in self._blank
            if str(content[each.position] or "").strip()
        ]
        return Row(
            number=record.number,
            line=record.line,
            profile=_profile(values),
            problems=tuple(problems),
            columns=named,
            names=record.names,
            cells=content,
        )

    def _read_special(
        self,
        column: _Column,
        content: Sequence[object],
        cells: Cells,
        values: "_Values",
        problems: list[Problem],
        named: dict[str, str],
    ) -> None:
        rule = column.rule
        cell = content[column.position]
        cell = rule.stripped(cell) if isinstance(cell, str) else cell
        labelled = [self._labelled(rule, content, values)] if rule.label_column else []
        fields = [*rule.fields, *filter(None, labelled)]
        if not fields:
            return
        try:
            texts = [cells.text(cell, fields[0])]
            if len(fields) > 1 and texts[0]:
                texts = _words(texts[0], len(fields))
        except CellError as error:
            problems.append(_problem(column, fields[0], error))
            return
        # A cell that clears, clears all fields that it could fill.
        texts = texts * len(fields) if texts == [CLEAR] else texts
        for path, text in zip(fields, texts, strict=False):
            is_taken = path.key in values.get(path.group, ())
            if text is None or (is_taken and text == CLEAR):
                continue
            if is_taken:
                problems.append(_problem(column, path, "the row has a value for this field already"))
            else:
                named[str(path)] = column.shown
                values[path.group][path.key] = text

    def _labelled(self, rule: Rule, content: Sequence[object], values: "_Values") -> FieldPath | None:
        position = self._label_positions[rule.label_column]
        label = "" if position is None else plain_label(content[position])
        others = rule.labels.get(OTHERS)
        path = rule.labels.get(label, others)
        return others if path and path.key in values.get(path.group, ()) else path


_Values = defaultdict[str, dict[str, str]]
"""Texts by field, for the profile itself (``""``) and for each of its addresses and its attributes."""


def _profile(values: _Values) -> Profile:
    groups: dict[str, object] = {
        name: texts if name == ATTRIBUTES else Address(**texts) for name, texts in values.items() if name
    }
    return Profile(**values.get("", {}), **groups)  # type: ignore[arg-type]  # names and types are those of the fields


def _words(text: str, count: int) -> list[str | None]:
    if "," in text:
        raise CellError("holds a comma, so that it is not clear which word is which: edit the cell")
    return [*text.split(maxsplit=count - 1)]


def _problem(column: _Column, path: FieldPath, message: object) -> Problem:
    return Problem(path_of(column.shown, str(path)), str(message))


def path_of(column: str, field: str) -> str:
    """Return the path of a problem: the column's name and the field."""
    return field if column == field else f"{column} ({field})"


class RowReader:
    """Turns records into rows.

    Args:
        mapping: which column fills which field.
        cells: how cells without a value are read.
        must_fit: whether a record whose columns do not fit the mapping is an error; else it is a row without a profile.
    """

    def __init__(self, mapping: ColumnMapping, cells: Cells, *, must_fit: bool = True) -> None:
        self._cells = cells
        self._must_fit = must_fit
        self._plan = lru_cache(_MAX_PLANS)(mapping.plan)

    def check(self, names: tuple[str, ...]) -> None:
        """Check the columns of a file before its first record is read."""
        self._plan(names)

    def row(self, record: Record, *, is_whole: bool = True) -> Row:
        """Return a record as a row; one that cannot be read is a row without a profile.

        Args:
            record: the record.
            is_whole: whether it has all columns of its file.
        """
        if record.problem is None:
            try:
                return self._plan(record.names, is_whole=is_whole).read(record, self._cells)
            except ColumnsError as error:
                if self._must_fit:
                    problems = [Problem(f"line {record.line}: {each.path}", each.message) for each in error.problems]
                    raise ColumnsError(problems) from None
                return _without_profile(record, error.problems)
        return _without_profile(record, (Problem("row", record.problem),))


def _without_profile(record: Record, problems: tuple[Problem, ...]) -> Row:
    return Row(number=record.number, line=record.line, problems=problems, names=record.names, cells=record.cells)
