"""The fields of a profile that a column can fill, by each name that they go by.

What a cell must be like to fill one is left to ``cells``, and which column fills which to ``columns``.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Final

import attrs

from customer_profiles_sdk._core.members import ENUM_OR_TEXT_MEMBERS, Kind, fields_of, member_name, text_member
from customer_profiles_sdk._core.search_keys import FIELDS
from customer_profiles_sdk.enums import SearchKey
from customer_profiles_sdk.models import Profile

ATTRIBUTES: Final = "attributes"
_MAX_ATTRIBUTE_KEY: Final = 255


@attrs.frozen
class FieldPath:
    """A field that holds one text.

    Attributes:
        group: the field of the profile that it is in, such as ``address`` or ``attributes``; empty for one of the
            profile's own.
        key: its name there.
    """

    group: str
    key: str

    def __str__(self) -> str:
        return f"{self.group}.{self.key}" if self.group else self.key

    @cached_property
    def is_number(self) -> bool:
        """Whether it holds digits that a spreadsheet may have spoiled."""
        return self.key in _NUMBERS and self.group != ATTRIBUTES

    @cached_property
    def is_email(self) -> bool:
        """Whether it holds an e-mail address."""
        return not self.group and self.key in FIELDS[SearchKey.EMAIL]

    @cached_property
    def is_phone(self) -> bool:
        """Whether it holds a phone number."""
        return not self.group and self.key in FIELDS[SearchKey.PHONE]


_NEAR: Final = 0.75
"""How alike two names must be; with less, ``Title`` is near to ``state``."""
_NUMBERS: Final = frozenset({*FIELDS[SearchKey.ACCOUNT], *FIELDS[SearchKey.PHONE], "postal_code"})


def field_path(name: str) -> FieldPath | None:
    """Return the field of a name, or ``None``: ``first_name``, ``FirstName``, ``address.city``, ``attributes.tier``."""
    group, dot, key = name.partition(".")
    if dot and group in {ATTRIBUTES, member_name(ATTRIBUTES)}:
        return FieldPath(ATTRIBUTES, key) if 0 < len(key) <= _MAX_ATTRIBUTE_KEY else None
    return _paths().get(name)


def nearest_field(name: str) -> str | None:
    """Return the field whose name is nearest to a column's, or ``None`` where none is near."""
    names = _plain_names()
    found = get_close_matches(_plain(name), names, n=1, cutoff=_NEAR)
    return names[found[0]] if found else None


def is_group(name: str) -> bool:
    """Tell whether a name is that of a field that holds others, such as ``address`` or ``Attributes``."""
    return name in _groups()


@cache
def _groups() -> frozenset[str]:
    groups = {path.group for path in _paths().values() if path.group} | {ATTRIBUTES}
    return frozenset(groups | {member_name(each) for each in groups})


@cache
def _plain_names() -> dict[str, str]:
    names = {_plain(each): str(path) for each, path in _paths().items()}
    for path in _paths().values():
        names.setdefault(_plain(path.key), str(path))
        names.setdefault(_plain(path.key.removesuffix("_address").removesuffix("_number")), str(path))
    return names


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


@cache
def _paths() -> dict[str, FieldPath]:
    return dict(_named_paths())


def _named_paths() -> Iterator[tuple[str, FieldPath]]:
    for field in fields_of(Profile):
        if field.kind is Kind.TEXT:
            path = FieldPath("", field.name)
            yield field.name, path
            yield field.member, path
            if field.member in ENUM_OR_TEXT_MEMBERS:
                yield text_member(field.member), path
        elif field.kind is Kind.MODEL and field.model is not None:
            for line in fields_of(field.model):
                if line.kind is Kind.TEXT:
                    path = FieldPath(field.name, line.name)
                    yield f"{field.name}.{line.name}", path
                    yield f"{field.member}.{line.member}", path
