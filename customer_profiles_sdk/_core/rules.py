"""One walk that checks a value and puts it into a request, or lists what is wrong with it.

A rule knows one kind of value. It adds what is sent under the API's member and each problem under the caller's own
path; a problem never holds the value. The rules of a model are read off its table in ``members``; which rules an
operation has is in ``requests``.

The rules are plain classes, because attrs takes time to make a class whenever a program starts.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import attrs

from customer_profiles_sdk._core.members import (
    ENUM_OR_TEXT_MEMBERS,
    MAX_SEARCH_KEYS,
    NAME,
    REQUIRED_TEXT,
    TEXT,
    Field,
    Kind,
    Limits,
    fields_of,
    text_member,
)
from customer_profiles_sdk._core.problems import put_under
from customer_profiles_sdk._core.text import plain_text
from customer_profiles_sdk._core.walk import Members, NamedRule, Rule, Walk
from customer_profiles_sdk.errors import Problem


def is_shown(key: str) -> bool:
    """Return whether an attribute's key may be shown: it reads as a name. Any other could be a customer's data."""
    return bool(re.fullmatch("[A-Za-z_][A-Za-z0-9_.-]{0,63}", key))


def text_problem(text: str, limits: Limits) -> str | None:
    """Return what is wrong with a text that must not be empty."""
    if not text:
        return "0 characters, at least 1"
    if len(text) > limits.max_length:
        return f"{len(text)} characters, at most {limits.max_length}"
    if limits.pattern is not None and not limits.pattern.fullmatch(text):
        return f"expected {limits.pattern_words}"
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return "contains half of a surrogate pair, which cannot be sent"
    return None


class RequiredTextRule:
    """A text that must be there: an argument of a method, an item of a list, a key of a mapping."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._max_length = limits.max_length
        self._fullmatch = limits.pattern.fullmatch if limits.pattern else None

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the text."""
        if type(value) is str and self._fullmatch and len(value) <= self._max_length and self._fullmatch(value):
            members[member] = value
            return
        text = plain_text(value)
        if text is None:
            walk.wrong_type("str", value)
        elif message := text_problem(text, self.limits):
            walk.problem(message)
        else:
            members[member] = text


class TextRule:
    """A text of a model: empty, it is ``CLEAR``."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the text; ``CLEAR`` only where it is sent."""
        text = plain_text(value)
        if text is None:
            walk.wrong_type("str", value)
        elif not text and not walk.sends_clear:
            return
        elif (text or not self.limits.clearable) and (message := text_problem(text, self.limits)):
            walk.problem(message)
        else:
            members[member] = text


class ModelRule:
    """Another model; where nothing of it is sent, it is left out.

    Nearly every text of a customer is plain ASCII and not too long. Such a text needs no rule: it is sent as it is. Nor
    does an enum's member. Where the API has a second member for any other text, that one takes the text.
    """

    def __init__(self, model: type[attrs.AttrsInstance]) -> None:
        fields = fields_of(model)
        self.model = model
        self._fields = [(each.name, _member_of_text(each), each.enum, each.member, rule_of(each)) for each in fields]
        limits = [each.limits for each in fields]
        self._plain_length = 0 if any(each.pattern for each in limits) else min(each.max_length for each in limits)

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the model's members as one object, or without a name for it beside the members that are there."""
        if not isinstance(value, self.model):
            walk.wrong_type(self.model.__name__, value)
            return
        sent: Members = {} if member else members
        plain_length = self._plain_length
        contents = value.__dict__
        for name, plain_member, enum, member_name, rule in self._fields:
            content = contents[name]
            if content is None:
                continue
            kind = type(content)
            if kind is str and plain_member and content and len(content) <= plain_length and content.isascii():
                sent[plain_member] = content
            elif kind is enum:
                sent[member_name] = str.__str__(content)
            else:
                start = len(walk)
                rule.add(sent, plain_member or member_name, content, walk)
                if len(walk) > start:
                    put_under(name, walk, start)
        if member and sent:
            members[member] = sent


def _member_of_text(field: Field) -> str:
    """Return the member that a plain text is sent as; none where a text does not belong."""
    if field.kind is not Kind.TEXT:
        return ""
    return text_member(field.member) if field.member in ENUM_OR_TEXT_MEMBERS else field.member


class MapRule:
    """A mapping of texts to texts, in which the empty text is ``CLEAR``; with nothing to send, it is left out."""

    def __init__(self, key: Limits, value: Limits) -> None:
        self.key = key
        self.value = value

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the entries as one object."""
        if type(value) is not dict and not isinstance(value, Mapping):
            walk.wrong_type("mapping of str to str", value)
            return
        longest_key, longest = self.key.max_length, self.value.max_length
        sent: Members = {
            key: text
            for key, text in value.items()
            if type(key) is type(text) is str
            and key
            and text
            and len(key) <= longest_key
            and len(text) <= longest
            and key.isascii()
            and text.isascii()
        }
        if len(sent) < len(value):
            for position, (key, text) in enumerate(value.items()):
                if key not in sent:
                    self._add_entry(sent, position, key, text, walk)
        if sent:
            members[member] = sent

    def _add_entry(self, sent: Members, position: int, key: object, text: object, walk: Walk) -> None:
        plain_key = plain_text(key)
        problem = f"expected str, got {type(key).__name__}" if plain_key is None else text_problem(plain_key, self.key)
        if problem:
            walk.append(Problem(f"[{position}]", f"key: {problem}"))
        name = plain_key if plain_key and is_shown(plain_key) else f"[{position}]"
        NamedRule(name, plain_key or "", TextRule(self.value)).add(sent, text, walk)


class ModelsRule:
    """A list of another model; items of which nothing is sent are left out, an empty list is sent."""

    def __init__(self, item: ModelRule) -> None:
        self.item = item

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the list."""
        if not isinstance(value, list | tuple):
            walk.wrong_type(f"list of {self.item.model.__name__}", value)
            return
        item: Members = {}
        sent = []
        for position, each in enumerate(value):
            NamedRule(f"[{position}]", "item", self.item).add(item, each, walk)
            if item:
                sent.append(item.pop("item"))
        if sent or not value:
            members[member] = sent


class TextsRule:
    """A list of texts, given as any iterable of them, or as one text where that is taken for a list of one.

    What the caller's own iterator raises comes out as it is.
    """

    def __init__(
        self, limits: Limits, min_items: int = 0, max_items: int | None = None, *, takes_one_text: bool = False
    ) -> None:
        self.limits = limits
        self.min_items = min_items
        self.max_items = max_items
        self.takes_one_text = takes_one_text

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the list."""
        if self.takes_one_text and isinstance(value, str):
            value = [value]
        items = _items(value)
        if items is None:
            walk.wrong_type("list of str", value)
            return
        item, rule = Members(), RequiredTextRule(self.limits)
        sent = []
        count = 0
        for each in items:
            NamedRule(f"[{count}]", "item", rule).add(item, each, walk)
            sent.append(item.pop("item", None))
            count += 1
        if count < self.min_items:
            walk.problem(f"{count} items, at least {self.min_items}")
        if self.max_items is not None and count > self.max_items:
            walk.problem(f"{count} items, at most {self.max_items}")
        members[member] = sent


def _items(value: Any) -> Iterator[object] | None:
    if isinstance(value, str | bytes | Mapping):  # which could be iterated, to no good end
        return None
    try:
        items: Iterator[object] = iter(value)
    except TypeError:
        return None
    return items


class OneTextRule:
    """One text that the API takes as a list of one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the list."""
        RequiredTextRule(self.limits).add(members, member, value, walk)
        members[member] = [members.get(member)]


class SearchKeysRule:
    """A mapping of 1 to 5 search keys to values: the API has the first apart from the others."""

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the first key and its value, and the others as a list."""
        if not isinstance(value, Mapping):
            walk.wrong_type(f"mapping of 1 to {MAX_SEARCH_KEYS} search keys to values", value)
            return
        searched: list[Members] = []
        for position, (key, text) in enumerate(value.items()):
            pair: Members = {}
            NamedRule(f"[{position}].key", "KeyName", RequiredTextRule(NAME)).add(pair, key, walk)
            NamedRule(f"[{position}].value", "Values", OneTextRule(REQUIRED_TEXT)).add(pair, text, walk)
            searched.append(pair)
        if not searched:
            walk.problem("0 items, at least 1")
            return
        if len(searched) > MAX_SEARCH_KEYS:
            walk.problem(f"{len(searched)} items, at most {MAX_SEARCH_KEYS}")
        members.update(searched[0])
        if len(searched) > 1:
            members[member] = searched[1:]


class NumberRule:
    """A whole number within bounds."""

    def __init__(self, minimum: int, maximum: int) -> None:
        self.minimum = minimum
        self.maximum = maximum

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the number."""
        if type(value) is not int:
            walk.wrong_type("int", value)
        elif not self.minimum <= value <= self.maximum:
            walk.problem(f"not within {self.minimum} to {self.maximum}")
        else:
            members[member] = value


class WordRule:
    """One of a few words, each of which stands for a value of the API."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add the value that the word stands for."""
        found = self.values.get(plain_text(value) or "")
        if found is None:
            words = (f'"{word}"' for word in self.values)
            walk.problem(f"expected {' or '.join(words)}")
        else:
            members[member] = found


@cache
def rule_of(field: Field) -> Rule:
    """Return the rule of a model's field."""
    if field.kind is Kind.MAP:
        return MapRule(REQUIRED_TEXT, TEXT)
    if field.model is not None:
        rule = model_rule(field.model)
        return rule if field.kind is Kind.MODEL else ModelsRule(rule)
    return TextRule(field.limits)


@cache
def model_rule(model: type[attrs.AttrsInstance]) -> ModelRule:
    """Return the rule of a model."""
    return ModelRule(model)
