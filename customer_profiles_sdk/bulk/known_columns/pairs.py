"""Pairs of columns of which one says what the other holds: ``Phone 1 - Label`` and ``Phone 1 - Value``."""

from collections.abc import Mapping, Sequence
from typing import Final

from customer_profiles_sdk.bulk.known_columns import words as known
from customer_profiles_sdk.bulk.known_columns.lookup import attribute, is_fax, phone_kind
from customer_profiles_sdk.bulk.known_columns.spelling import compact, words
from customer_profiles_sdk.bulk.rules import plain_label

SEPARATOR: Final = " ::: "
"""What stands between several values of one label."""

_VALUE: Final = "value"
_LABELS: Final = ("label", "type", "typ")
_EXCHANGE: Final = frozenset(
    {"emailtype", "emailtyp", "typedemessagerie", "typedecourrier", "tipodecorreoelectronico", "tipodecorreo"}
)
_MAX_LABELS: Final = 60


def label_columns(names: Sequence[str]) -> Mapping[str, str]:
    """Return the column with the label for each column with a value that has one."""
    by_words = {words(name): name for name in reversed(names)}
    labels: dict[str, str] = {}
    for name in names:
        found = words(name)
        if found and found[-1] == _VALUE:
            found = found[:-1]
        elif not is_phone(name):
            continue
        label = next((by_words[(*found, each)] for each in _LABELS if (*found, each) in by_words), None)
        if found and label is not None and label != name:
            labels[name] = label
    return labels


def stem(name: str) -> str:
    """Return a name without the word that says that it is the value."""
    found = words(name)
    return " ".join(found[:-1] if found and found[-1] == _VALUE else found)


def is_value(name: str) -> bool:
    """Whether a name says that it is the value of a pair."""
    return words(name)[-1:] == (_VALUE,)


def is_phone(name: str) -> bool:
    """Whether the value is a phone number whose kind the name leaves open."""
    found = set(words(stem(name)))
    return not found.isdisjoint(known.PHONE) and all(
        word in known.PHONE or word in known.NUMBERS or word.isdecimal() for word in found
    )


def phone_labels(seen: Sequence[str], target: str, taken: frozenset[str]) -> dict[str, str]:
    """Return the field for each label of a phone number; a fax or a pager never fills a phone's field.

    Args:
        seen: the labels in the sample.
        target: the field for any other label.
        taken: attributes that other columns fill.
    """
    if seen and not any(phone_kind(label.lstrip("* ")) or is_fax(label) for label in seen):
        return {}
    labels: dict[str, str] = {}
    is_english = all(plain_label(label) in known.ENGLISH_LABELS for label in seen)
    faxes = known.FAX_LABELS if is_english else (*known.FAX_LABELS, *known.OTHER_FAX_LABELS)
    for label in (*known.PHONE_LABELS, *faxes, *dict.fromkeys(seen)):
        plain = plain_label(label)
        field = attribute(plain) if is_fax(plain) else phone_kind(plain)
        if field in taken:
            field = f"{field}_number"
        if plain and field and plain not in map(str.lower, labels) and len(labels) < _MAX_LABELS:
            labels[label if label[0] != "*" else plain] = field
    return {**labels, "*": target}


def exchange_label(names: Sequence[str], bases: Sequence[str]) -> str | None:
    """Return the column that says whether an e-mail address is a path within Exchange."""
    return next((name for name, base in zip(names, bases, strict=True) if compact(base) in _EXCHANGE), None)
