"""What a request may carry: the finished request of an operation is checked whole, before it is sent.

A rule looks at one value and names every problem in it, with paths in the SDK's words and never a value. The rules of a
profile are read off its model: the types of the fields and the ``Limits`` that they declare. Nothing is changed here.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from customer_profiles_sdk.serializer import NAME_LIKE, TWINS, Members, Misfit, free_text_member, type_name, wire_name

MOST_PROFILE_BYTES: Final = 250 * 1024
"""The service's quota for one profile, taken as the UTF-8 JSON of its contents."""

MOST_PROFILES_AT_A_TIME: Final = 20
"""How many ids the API takes in one request, to read and to merge."""

MOST_SEARCH_KEYS: Final = 5
MOST_PAGE_SIZE: Final = 100

_HARMLESS_ENTRIES: Final = 50
"""So many attributes and preferences cannot reach the quota, whatever they and all other fields hold."""


def checked(operation: str, request: Members) -> Members:
    """Return the request as it is; ``InvalidRequestError`` with every problem of it where there are any."""
    if problems := rules()[operation].problems(request):
        raise InvalidRequestError(operation, problems)
    return request


class Rule(Protocol):
    """What a value in a request may be."""

    def problems(self, value: object) -> Sequence[Problem]:
        """Return everything that is wrong with the value, with paths that start at it."""
        ...


def _no_problems(_: Members) -> Sequence[Problem]:
    return ()


@attrs.frozen(eq=False)
class Text:
    """A text of at least so many characters, within its limits."""

    least: int
    limits: Limits
    _pattern: re.Pattern[str] | None = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: re.compile(self.limits.pattern) if self.limits.pattern else None, takes_self=True
        ),
    )

    @property
    def lengths(self) -> range:
        """The lengths that it may have: all that is asked of an ASCII text without a pattern."""
        return range(self.least, self.limits.most + 1)

    def problems(self, value: object) -> Sequence[Problem]:
        """Return why the value is no such text."""
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
        if self._pattern is not None and not self._pattern.fullmatch(text):
            return f"expected {limits.pattern_words}"
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                return "a lone surrogate is no text that can be sent"
        return None


@attrs.frozen(eq=False)
class Record:
    """An object: for each member of the API the name that callers know it by, and its rule.

    Attributes:
        members: the names and rules.
        whole: what the object must be once its members are what they must be.
    """

    members: Mapping[str, tuple[str, Rule]]
    whole: Callable[[Members], Sequence[Problem]] = _no_problems
    _lengths: Mapping[str, range] = attrs.field(
        init=False, default=attrs.Factory(lambda self: _plain_lengths(self.members), takes_self=True)
    )

    def problems(self, value: object) -> Sequence[Problem]:
        """Return what is wrong with the members that are there."""
        if type(value) is not dict:
            return (_misfit(value),)
        found: list[Problem] = []
        lengths = (
            self._lengths
        )  # asked here, since a call of its rule for each of sixty texts takes three times as long
        for member, content in value.items():
            if type(content) is str and len(content) in lengths.get(member, ()) and content.isascii():
                continue
            name, rule = self.members.get(member) or (member, _NOTHING)
            if problems := rule.problems(content):
                found += _below(name, problems)
        return found or self.whole(value)


def _plain_lengths(members: Mapping[str, tuple[str, Rule]]) -> Mapping[str, range]:
    """Return the lengths that those members may have of which nothing else is asked."""
    texts = {member: rule for member, (_, rule) in members.items() if isinstance(rule, Text)}
    return {member: text.lengths for member, text in texts.items() if text.limits.pattern is None}


@attrs.frozen(eq=False)
class Entries:
    """A mapping of texts to texts."""

    key: Text
    value: Text

    def problems(self, value: object) -> Sequence[Problem]:
        """Return what is wrong with the keys and the values."""
        if type(value) is not dict:
            return (_misfit(value),)
        found: list[Problem] = []
        keys, values = self.key.lengths, self.value.lengths
        for position, (key, content) in enumerate(value.items()):
            if not (type(key) is str and len(key) in keys and key.isascii()):
                found += (Problem(f"[{position}]", f"key: {each.message}") for each in self.key.problems(key))
            if not (type(content) is str and len(content) in values and content.isascii()):
                shown = type(key) is str and NAME_LIKE.fullmatch(key)
                found += _below(key if shown else f"[{position}]", self.value.problems(content))
        return found


@attrs.frozen(eq=False)
class Items:
    """A list of so many items.

    Attributes:
        item: what each item may be.
        least: the least number of items.
        most: the greatest number, if there is one.
        numbered: whether paths have the item's number; not where the list stands for a single value.
        first: the number of the first item; the items before it stand elsewhere in the request.
    """

    item: Rule
    least: int = 0
    most: int | None = None
    numbered: bool = True
    first: int = 0

    def problems(self, value: object) -> Sequence[Problem]:
        """Return what is wrong with the number of items and with each of them."""
        if type(value) is not list:
            return (_misfit(value),)
        count = len(value) + self.first
        found: list[Problem] = []
        if count < self.least:
            found.append(Problem("", f"{count} items, at least {self.least}"))
        if self.most is not None and count > self.most:
            found.append(Problem("", f"{count} items, at most {self.most}"))
        for position, content in enumerate(value, start=self.first):
            found += _below(f"[{position}]" if self.numbered else "", self.item.problems(content))
        return found


@attrs.frozen(eq=False)
class Number:
    """A whole number within bounds."""

    least: int
    most: int

    def problems(self, value: object) -> Sequence[Problem]:
        """Return why the value is no such number."""
        if type(value) is not int:
            return (_wrong_type("int", type_name(value)),)
        return () if self.least <= value <= self.most else (Problem("", f"not within {self.least} to {self.most}"),)


@attrs.frozen(eq=False)
class Choice:
    """One of a few texts, which the serializer made of the caller's words for them."""

    texts: Sequence[str]
    words: str

    def problems(self, value: object) -> Sequence[Problem]:
        """Return why the value is none of them."""
        return () if value in self.texts else (Problem("", f"expected {self.words}"),)


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
    profile_id, key = Text(1, PROFILE_ID), Text(1, NAME)
    one = {"ProfileId": ("profile_id", profile_id)}
    values = Items(Text(1, TEXT), least=1)
    only_value = attrs.evolve(values, numbered=False)
    other_keys = Items(
        Record({"KeyName": ("key", key), "Values": ("value", only_value)}), first=1, most=MOST_SEARCH_KEYS
    )
    profile_key = Record({**domain, **one, "KeyName": ("key", key), "Values": ("values", values)})
    return {
        "create_profile": Record({**domain, **_profile_members(least=1)}, whole=_size_problems),
        "update_profile": Record({**domain, **one, **_profile_members(least=0)}, whole=_size_problems),
        "upsert_profile": Record({**domain, **_profile_members(least=0)}, whole=_size_problems),
        "get_profile": Record({**domain, "ProfileIds": ("profile_id", Items(profile_id, numbered=False))}),
        "get_profiles": Record({**domain, "ProfileIds": ("profile_ids", Items(profile_id))}),
        "search_profiles": Record(
            {
                **domain,
                "KeyName": ("keys[0].key", key),
                "Values": ("keys[0].value", only_value),
                "AdditionalSearchKeys": ("keys", other_keys),
                "LogicalOperator": ("match", Choice(("OR", "AND"), '"any" or "all"')),
                "MaxResults": ("page_size", Number(1, MOST_PAGE_SIZE)),
            }
        ),
        "delete_profile": Record({**domain, **one}),
        "add_profile_key": profile_key,
        "delete_profile_key": profile_key,
        "merge_profiles": Record(
            {
                **domain,
                "MainProfileId": ("main_profile_id", profile_id),
                "ProfileIdsToBeMerged": ("profile_ids", Items(profile_id, least=1, most=MOST_PROFILES_AT_A_TIME)),
            },
            whole=_merge_problems,
        ),
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
        members[free_text_member(name)] = members[name]
    return members


def _model(kind: type[attrs.AttrsInstance], least: int, nested: Mapping[object, Rule]) -> Record:
    def rule(attribute: "attrs.Attribute[object]") -> Rule:
        limits = declared_limits(attribute)
        return nested.get(attribute.type) or Text(least if limits.clearable else 1, limits)

    return Record({wire_name(each.name): (each.name, rule(each)) for each in attrs.fields(kind)})


def _size_problems(request: Members) -> Sequence[Problem]:
    preferences = cast("Mapping[str, list[object]]", request.get("EngagementPreferences", {}))
    entries = len(cast("Members", request.get("Attributes", ()))) + sum(map(len, preferences.values()))
    if entries <= _HARMLESS_ENTRIES:
        return ()
    size = len(json.dumps(request, ensure_ascii=False).encode())
    return (Problem("profile", f"{size} bytes, at most {MOST_PROFILE_BYTES}"),) if size > MOST_PROFILE_BYTES else ()


def _merge_problems(request: Members) -> Sequence[Problem]:
    ids = cast("list[str]", request["ProfileIdsToBeMerged"])
    message = "is the main profile, which cannot be merged into itself"
    return [
        Problem(f"profile_ids[{position}]", message)
        for position, profile_id in enumerate(ids)
        if profile_id == request["MainProfileId"]
    ]
