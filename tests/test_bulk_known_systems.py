"""The exports of known systems are recognized, and no column is proposed for a standard field that is not its own.

Each file of ``crm_headers`` has the columns of one export. In its first line stands the system, or ``-`` where there is
none to recognize; then for each column its field. No field: it is no standard field. ``*.city``: the city of any
address. ``a|b``: either. ``?a``: ``a``, or left to a person.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customer_profiles_sdk.bulk import ColumnMapping
from customer_profiles_sdk.bulk.proposals import Proposal, propose
from customer_profiles_sdk.bulk.records import unique_names
from customer_profiles_sdk.bulk.rules import ColumnRule

HEADERS = sorted(Path(__file__).with_name("crm_headers").glob("*.csv"))
RIGHT = 0.9
"""The share of columns that must be right."""


def expected(path: Path) -> tuple[str, dict[str, str]]:
    """Return the system and the field of each column of an export."""
    with path.open(encoding="utf-8", newline="") as file:
        (_, system), *rows = csv.reader(file)
    names = unique_names([name for name, _ in rows])
    return system, dict(zip(names, (field for _, field in rows), strict=True))


def standard_fields(rule: ColumnRule | None) -> set[str]:
    """Return the fields that a rule fills, without attributes."""
    if rule is None or rule == "ignore":
        return set()
    if isinstance(rule, str):
        fields = [rule]
    elif "labels" in rule:
        # Of a column whose label decides, the field for any other label counts: the labels name the kind themselves.
        fields = [str(rule["labels"]["*"])]  # type: ignore[index]  # a table within a rule
    else:
        fields = [str(rule["field"])]
    return {field for field in fields if not field.startswith("attributes.")}


def is_right(field: str, fields: set[str]) -> bool:
    """Tell whether the standard fields of a proposal are those that are expected."""
    allowed = field.removeprefix("?").split("|")
    if not fields:
        return not field or field.startswith("?")
    (found,) = fields
    return found in allowed or any(each.startswith("*.") and found.endswith(each[1:]) for each in allowed)


def wrong_fields(proposal: Proposal, fields: dict[str, str]) -> list[str]:
    """Return the columns that would fill a standard field that is not theirs."""
    return [
        each.name
        for each in proposal.columns
        if (found := standard_fields(each.rule)) and not is_right(fields[each.name], found)
    ]


@pytest.mark.parametrize("path", HEADERS, ids=lambda path: path.stem)
def test_an_export(path: Path) -> None:
    """The system is recognized, no column fills a field that is not its own, and nine of ten are right."""
    system, fields = expected(path)
    proposal = propose(list(fields))
    right = [each.name for each in proposal.columns if is_right(fields[each.name], standard_fields(each.rule))]

    assert (system if system != "-" else None) == proposal.system
    assert [] == wrong_fields(proposal, fields)
    assert RIGHT <= len(right) / len(fields), sorted(set(fields) - set(right))
    ColumnMapping(proposal.rules()).plan(tuple(each.name for each in proposal.columns if each.rule is not None))


@pytest.mark.parametrize("path", HEADERS, ids=lambda path: path.stem)
def test_blocks_stay_together(path: Path) -> None:
    """No field is proposed for two columns."""
    proposal = propose(list(expected(path)[1]))
    filled = [field for each in proposal.columns for field in standard_fields(each.rule)]

    assert len(set(filled)) == len(filled)


@pytest.mark.parametrize("spelled", [str.upper, str.lower, str.title], ids=["upper", "lower", "title"])
@pytest.mark.parametrize("path", HEADERS, ids=lambda path: path.stem)
def test_the_case_of_a_name_does_not_count(path: Path, spelled: Callable[[str], str]) -> None:
    """A header in capitals, as some tools write it, is given no wrong field."""
    fields = {spelled(name): field for name, field in expected(path)[1].items()}

    assert [] == wrong_fields(propose(list(fields)), fields)


@st.composite
def parts_of_exports(draw: st.DrawFn) -> tuple[dict[str, str], Sequence[str]]:
    """Return the fields of an export, and some of its columns in any order."""
    path = draw(st.sampled_from(HEADERS))
    _, fields = expected(path)
    names = draw(st.lists(st.sampled_from(sorted(fields)), unique=True, min_size=1))
    return fields, names


@settings(deadline=None, max_examples=300)
@given(parts_of_exports())
def test_customers_choose_their_columns(part: tuple[dict[str, str], Sequence[str]]) -> None:
    """Whichever columns are left out, and in whatever order they stand, none fills a field that is not its own."""
    fields, names = part

    assert [] == wrong_fields(propose(names), fields)
