"""What a request may carry: the finished request of an operation is checked whole, before it is sent.

A rule looks at one value and names every problem in it, with paths in the SDK's words and never a value. The rules of a
profile are read off its model: the types of the fields and the ``Limits`` that they declare. Nothing is changed here.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, Protocol, cast

import attrs

from customer_profiles_sdk.errors import InvalidRequestError, Problem
from customer_profiles_sdk.models import (
    NAME,
    PROFILE_ID,
    TEXT,
    Address,
    ContactPreference,
    EngagementPreferences,
    Limits,
    Profile,
    declared_limits,
)
from customer_profiles_sdk.serializer import TWINS, Members, Misfit, type_name, wire_name

MOST_PROFILE_BYTES: Final = 250 * 1024
"""The service's quota for one profile, taken as the UTF-8 JSON of its contents."""

_HARMLESS_ENTRIES: Final = 50
"""So many attributes and preferences cannot reach the quota, whatever they and all other fields hold."""

_SHOWN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
"""An attribute's key that reads as a name is shown in a path; any other could be a customer's data."""


def checked(operation: str, request: Members) -> Members:
    """Return the request as it is; ``InvalidRequestError`` with every problem of it where there are any."""
    problems = list(rules()[operation].problems(request)) or _size_problems(request)
    if problems:
        raise InvalidRequestError(operation, problems)
    return request


class Rule(Protocol):
    """What a value in a request may be."""

    def problems(self, value: object) -> Sequence[Problem]:
        """Return everything that is wrong with the value, with paths that start at it."""
        ...


@attrs.frozen
class Text:
    """A text of at least so many characters, within its limits."""

    least: int
    limits: Limits

    def problems(self, value: object) -> Sequence[Problem]:
        """Return why the value is no such text."""
        limits = self.limits
        if (
            type(value) is str
            and value.isascii()
            and limits.pattern is None
            and self.least <= len(value) <= limits.most
        ):
            return ()
        if not issubclass(type(value), str):
            return (_wrong_type("str", type_name(value)),)
        message = self._message(str.__str__(cast("str", value)))
        return (Problem("", message),) if message else ()

    def _message(self, text: str) -> str | None:
        limits = self.limits
        if len(text) < self.least:
            return f"{len(text)} characters, at least {self.least}"
        if len(text) > limits.most:
            return f"{len(text)} characters, at most {limits.most}"
        if limits.pattern is not None and not re.fullmatch(limits.pattern, text):
            return f"expected {limits.pattern_words}"
        try:
            text.encode()
        except UnicodeEncodeError:
            return "a lone surrogate is no text that can be sent"
        return None


@attrs.frozen
class Record:
    """An object: for each member of the API the name that callers know it by, and its rule."""

    members: Mapping[str, tuple[str, Rule]]

    def problems(self, value: object) -> Sequence[Problem]:
        """Return what is wrong with the members that are there."""
        if type(value) is not dict:
            return (_misfit(value),)
        found: list[Problem] = []
        for member, content in value.items():
            name, rule = self.members.get(member) or (member, _NOTHING)
            if problems := rule.problems(content):
                found += _below(name, problems)
        return found


@attrs.frozen
class Entries:
    """A mapping of texts to texts."""

    key: Text
    value: Text

    def problems(self, value: object) -> Sequence[Problem]:
        """Return what is wrong with the keys and the values."""
        if type(value) is not dict:
            return (_misfit(value),)
        found: list[Problem] = []
        for position, (key, content) in enumerate(value.items()):
            if problems := self.key.problems(key):
                found += (Problem(f"[{position}]", f"key: {problem.message}") for problem in problems)
            if problems := self.value.problems(content):
                shown = type(key) is str and _SHOWN_KEY.fullmatch(key)
                found += _below(key if shown else f"[{position}]", problems)
        return found


@attrs.frozen
class Items:
    """A list; its paths are numbered unless it stands for one value."""

    item: Rule
    numbered: bool = True

    def problems(self, value: object) -> Sequence[Problem]:
        """Return what is wrong with the items."""
        if type(value) is not list:
            return (_misfit(value),)
        found: list[Problem] = []
        for position, content in enumerate(value):
            found += _below(f"[{position}]" if self.numbered else "", self.item.problems(content))
        return found


def _wrong_type(expected: str, got: str) -> Problem:
    return Problem("", f"expected {expected}, got {got}")


def _misfit(value: object) -> Problem:
    misfit = cast("Misfit", value)
    return _wrong_type(misfit.expected, misfit.got)


def _below(name: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    for problem in problems:
        dot = "." if problem.path and not problem.path.startswith("[") else ""
        yield Problem(f"{name}{dot}{problem.path}", problem.message)


_NOTHING: Final = Record({})


@cache
def rules() -> Mapping[str, Record]:
    """Return for each operation what its request may carry."""
    domain = {"DomainName": ("domain_name", Text(1, NAME))}
    profile_id = Text(1, PROFILE_ID)
    return {
        "create_profile": Record({**domain, **_profile_members(least=1)}),
        "update_profile": Record({**domain, "ProfileId": ("profile_id", profile_id), **_profile_members(least=0)}),
        "get_profile": Record({**domain, "ProfileIds": ("profile_id", Items(profile_id, numbered=False))}),
    }


def _profile_members(least: int) -> dict[str, tuple[str, Rule]]:
    preferences = Items(_model(ContactPreference, least, {}))
    engagement = _model(EngagementPreferences, least, {tuple[ContactPreference, ...] | None: preferences})
    nested: dict[object, Rule] = {
        Address | None: _model(Address, least, {}),
        Mapping[str, str] | None: Entries(Text(1, TEXT), Text(least, TEXT)),
        EngagementPreferences | None: engagement,
    }
    members = dict(_model(Profile, least, nested).members)
    for name in TWINS:
        members[f"{name}String"] = members[name]
    return members


def _model(kind: type[attrs.AttrsInstance], least: int, nested: Mapping[object, Rule]) -> Record:
    def rule(attribute: "attrs.Attribute[object]") -> Rule:
        limits = declared_limits(attribute)
        return nested.get(attribute.type) or Text(least if limits.clearable else 1, limits)

    return Record({wire_name(each.name): (each.name, rule(each)) for each in attrs.fields(kind)})


def _size_problems(request: Members) -> list[Problem]:
    entries = len(cast("Members", request.get("Attributes", {})))
    entries += sum(map(len, cast("dict[str, list[object]]", request.get("EngagementPreferences", {})).values()))
    if entries <= _HARMLESS_ENTRIES:
        return []
    size = len(json.dumps(request, ensure_ascii=False).encode())
    return [Problem("profile", f"{size} bytes, at most {MOST_PROFILE_BYTES}")] if size > MOST_PROFILE_BYTES else []
