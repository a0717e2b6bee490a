"""Every field, its member and its limits, as Markdown; read off the models and the rules of validation."""

import re
from collections.abc import Iterator, Mapping

import attrs

from customer_profiles_sdk import (
    Address,
    BatchGetResult,
    ContactPreference,
    CreateProfileResult,
    EngagementPreferences,
    FailedProfile,
    FoundBy,
    Profile,
    ResponseMetadata,
    StoredProfile,
    UpdateProfileResult,
)
from customer_profiles_sdk.models import Limits, declared_limits
from customer_profiles_sdk.serializer import TEXTS, TWINS, free_text_member, wire_name
from customer_profiles_sdk.validation import Entries, Items, Record, Rule, Text, rules

API_TEXT = "https://docs.aws.amazon.com/connect/latest/APIReference/API_connect-customer-profiles_"
API_PAGES = {
    "AddProfileKey",
    "Address",
    "BatchGetProfile",
    "BatchGetProfileError",
    "ContactPreference",
    "CreateProfile",
    "DeleteProfile",
    "DeleteProfileKey",
    "EngagementPreferences",
    "FoundByKeyValue",
    "MergeProfiles",
    "Profile",
    "SearchProfiles",
    "UpdateAddress",
    "UpdateProfile",
}
"""What has a page of its own in the API's text."""


SENT = (Profile, Address, EngagementPreferences, ContactPreference)
READ = (
    BatchGetResult,
    CreateProfileResult,
    FailedProfile,
    FoundBy,
    ResponseMetadata,
    StoredProfile,
    UpdateProfileResult,
)
ON_THE_WIRE = {kind.__name__: kind for kind in (*SENT, *READ)}


def markdown() -> str:
    """Return the tables of a profile and of what is nested in it."""
    created, updated = rules()["create_profile"], rules()["update_profile"]
    return "\n".join(
        [
            *_table("Profile", Profile, created, updated),
            *_table(
                "Address",
                Address,
                _below(created, "Address"),
                _below(updated, "Address"),
            ),
            *_table(
                "EngagementPreferences",
                EngagementPreferences,
                _below(created, "EngagementPreferences"),
                _below(updated, "EngagementPreferences"),
            ),
            *_table(
                "ContactPreference",
                ContactPreference,
                _below(created, "EngagementPreferences", "Phone"),
                _below(updated, "EngagementPreferences", "Phone"),
            ),
        ]
    )


def of_field(name: str) -> list[str]:
    """Return what there is to add to the docstring of a model's field: its member, and the limits of a text."""
    *_, class_name, field_name = name.split(".")
    kind = ON_THE_WIRE.get(class_name)
    if kind is None or name.endswith(
        ".StoredProfile.profile"
    ):  # whose members stand beside the profile's id
        return []
    field = attrs.fields_dict(kind)[field_name]
    is_sent_text = kind in SENT and field.type in TEXTS
    limits = f", {_text(1, declared_limits(field))}" if is_sent_text else ""
    unit = (
        " characters" if is_sent_text and declared_limits(field).pattern is None else ""
    )
    return ["", f"API: {_code(_members(field_name), '``')}{limits}{unit}.", ""]


def with_links(line: str) -> str:
    """Return a line of reStructuredText in which ``API: ``Name`` `` leads to the API's text, where it has a page."""

    def links(match: re.Match[str]) -> str:
        return re.sub(
            r"``(\w+)``",
            lambda name: (
                f"`{name[1]} <{API_TEXT}{name[1]}.html>`__"
                if name[1] in API_PAGES
                else name[0]
            ),
            match[0],
        )

    return re.sub(r"\(API: [^)]*\)", links, line)


def _table(
    title: str, kind: type[attrs.AttrsInstance], created: Record, updated: Record
) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| field | member | create | update | read |"
    yield "| --- | --- | --- | --- | --- |"
    for field in attrs.fields(kind):
        member = wire_name(field.name)
        cells = (
            _code(_members(field.name), "`"),
            _said(created.members[member][1]),
            _said(updated.members[member][1]),
        )
        yield f"| `{field.name}` | {' | '.join(cells)} | {_read(field.name, created.members[member][1])} |"
    yield ""


def _members(field_name: str) -> list[str]:
    member = wire_name(field_name)
    return [member, free_text_member(member)] if member in TWINS else [member]


def _code(members: list[str], quote: str) -> str:
    return ", ".join(f"{quote}{member}{quote}" for member in members)


def _below(record: Record, *names: str) -> Record:
    rule: Rule = record
    for name in names:
        assert isinstance(rule, Record)
        rule = rule.members[name][1]
        rule = rule.item if isinstance(rule, Items) else rule
    assert isinstance(rule, Record)
    return rule


def _said(rule: Rule) -> str:
    if isinstance(rule, Text):
        return _text(rule.least, rule.limits)
    if isinstance(rule, Entries):
        key, value = rule.key, rule.value
        return f"keys {_text(key.least, key.limits)}, values {_text(value.least, value.limits)}"
    return "a list of those below" if isinstance(rule, Items) else "see below"


def _text(least: int, limits: Limits) -> str:
    said = f"{least} to {limits.most:,}"
    if limits.pattern:
        said = (
            limits.pattern_words
            if limits.most == len("0" * 32)
            else f"{said}, {limits.pattern_words}"
        )
    return said


def _read(field_name: str, rule: Rule) -> str:
    if wire_name(field_name) in TWINS:
        return "any text of either"
    texts: Mapping[type, str] = {
        Text: "any text",
        Entries: "any texts",
        Items: "a tuple",
    }
    return texts.get(type(rule), "see below")
