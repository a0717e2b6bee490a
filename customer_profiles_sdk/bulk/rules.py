"""What a mapping may say of a column, in the words of a mapping file, and the same as plain data.

How rules meet the columns of a file is left to ``columns``.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from customer_profiles_sdk.bulk.fields import FieldPath, field_path, nearest_field

ColumnRule = str | Mapping[str, object]
"""A field (``"address.city"``), ``"ignore"``, or a table, as ``ColumnMapping`` describes them."""

IGNORE: Final = "ignore"
OTHERS: Final = "*"

_TABLES: Final = ({"field"}, {"split"}, {"field_by", "labels"})
_OPTIONS: Final = frozenset({"strip", "first_of", "blank"})


class RuleError(ValueError):
    """A rule is none; the text says why."""


@attrs.frozen(kw_only=True)
class Rule:
    """What becomes of a column.

    Attributes:
        fields: the field that it fills, the fields among which its words are split, or none where it is ignored.
        must_be_blank: what is wrong where there is a value in it.
        label_column: the column whose label says which field it fills instead.
        labels: the field for each label, in lower case; ``None`` where the value is ignored. ``*`` is any other label.
        strip: characters that are taken off the front of a cell.
        first_of: what separates several values in a cell, of which the first counts.
        blanks: texts that stand for a blank cell.
    """

    fields: tuple[FieldPath, ...] = ()
    must_be_blank: str = ""
    label_column: str | None = None
    labels: Mapping[str, FieldPath | None] = attrs.field(factory=dict)
    strip: str = ""
    first_of: str = ""
    blanks: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Whether a cell as it stands fills one field."""
        return len(self.fields) == 1 and not (self.strip or self.first_of or self.blanks)

    @property
    def is_special(self) -> bool:
        """Whether a cell fills fields in another way."""
        return not self.is_plain and bool(self.fields or self.labels)

    def stripped(self, text: str) -> str:
        """Return the part of a cell that counts."""
        text = text.lstrip(self.strip) if self.strip else text
        if self.first_of:
            text = text.split(self.first_of, 1)[0]
        return "" if text in self.blanks else text


_SECRETS: Final = (
    *("password", "passwd", "passwort", "kennwort", "token", "secret", "hash", "motdepasse", "contrasena", "senha"),
    *("wachtwoord", "apikey"),
)
"""Parts of names of columns that are never loaded unless a mapping names them."""

IGNORED: Final = Rule()
UNNAMED: Final = Rule(must_be_blank="has a value and no name: map it under this name, or ignore it")
NO_GROUP: Final = Rule(must_be_blank="expected an object of fields, or null")


def parsed(rule: ColumnRule) -> Rule:
    """Return a rule as plain data.

    Raises:
        RuleError: it is none.
    """
    if isinstance(rule, str):
        return IGNORED if rule == IGNORE else Rule(fields=(_field(rule),))
    if not isinstance(rule, Mapping):
        raise RuleError(f"expected a text or a table, got {type(rule).__name__}")
    if rule.keys() - _OPTIONS not in _TABLES:
        raise RuleError("expected a table with field, with split, or with field_by and labels")
    options: dict[str, Any] = {
        "strip": _text(rule, "strip"),
        "first_of": _text(rule, "first_of"),
        "blanks": frozenset(_texts(rule.get("blank", ()), "blank")),
    }
    if "field" in rule:
        return Rule(fields=(_field(_text(rule, "field")),), **options)
    if "split" in rule:
        return Rule(fields=tuple(map(_field, _texts(rule["split"], "split"))), **options)
    return Rule(label_column=_text(rule, "field_by"), labels=_labels(rule["labels"]), **options)


def is_secret(name: str) -> bool:
    """Tell whether a name says that its column must not be loaded unasked, whatever its case, accents, punctuation."""
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name).casefold()))
    return any(word in plain for word in _SECRETS)


def plain_label(label: object) -> str:
    """Return a label as labels are compared: in lower case, without the mark of the default."""
    return str(label if label is not None else "").strip().removeprefix("*").strip().lower()


def _labels(labels: object) -> dict[str, FieldPath | None]:
    if not isinstance(labels, Mapping) or not labels:
        raise RuleError("labels: expected a table of labels and fields")
    fields: dict[str, FieldPath | None] = {}
    for label, name in labels.items():
        if not isinstance(label, str) or not isinstance(name, str):
            raise RuleError("labels: expected a table of labels and fields")
        fields[label if label == OTHERS else plain_label(label)] = None if name == IGNORE else _field(name)
    return fields


def _field(name: str) -> FieldPath:
    path = field_path(name)
    if path is None:
        nearest = nearest_field(name)
        raise RuleError(f"there is no field of this name{f'; the nearest is {nearest}' if nearest else ''}")
    return path


def _text(rule: Mapping[str, object], name: str) -> str:
    text = rule.get(name, "")
    if not isinstance(text, str):
        raise RuleError(f"{name}: expected a text, got {type(text).__name__}")
    return text


def _texts(value: object, name: str) -> Sequence[str]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(each, str) for each in texts):
        raise RuleError(f"{name}: expected a list of texts")
    return texts
