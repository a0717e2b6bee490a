"""Every field, its member and its limits, as Markdown; read off the tables of the models (``_core/members.py``)."""

import re
from collections.abc import Iterator

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
from customer_profiles_sdk._core.members import (
    ENUM_OR_TEXT_MEMBERS,
    PROFILE_ID,
    Field,
    Kind,
    Limits,
    fields_of,
    text_member,
)
from customer_profiles_sdk._core.rules import MapRule, rule_of

API_REFERENCE = "https://docs.aws.amazon.com/connect/latest/APIReference/API_connect-customer-profiles_"
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
"""What has a page of its own in the API's reference."""

SENT = (Profile, Address, EngagementPreferences, ContactPreference)
RECEIVED = (
    BatchGetResult,
    CreateProfileResult,
    FailedProfile,
    FoundBy,
    ResponseMetadata,
    StoredProfile,
    UpdateProfileResult,
)
MODELS: dict[str, type[attrs.AttrsInstance]] = {
    model.__name__: model for model in (*SENT, *RECEIVED)
}


def markdown() -> str:
    """Return the tables of a profile and of what is nested in it."""
    return "\n".join(line for model in SENT for line in _table(model))


def describe_field(name: str) -> list[str]:
    """Return what to add to the docstring of a model's field: its member, and the limits of a text."""
    *_, model_name, field_name = name.split(".")
    model = MODELS.get(model_name)
    if model is None:
        return []
    field = next(each for each in fields_of(model) if each.name == field_name)
    if field.model is Profile:  # whose members stand beside the profile's id
        return []
    description = f"API: {_members(field, '``')}"
    if model in SENT and field.kind is Kind.TEXT:
        unit = "" if field.limits.pattern else " characters"
        description += f", {_lengths(1, field.limits)}{unit}"
    return ["", f"{description}.", ""]


def with_links(line: str) -> str:
    """Return a line of reStructuredText in which ``API: ``Name`` `` is a link, where the name has a page."""

    def link(name: re.Match[str]) -> str:
        return (
            f"`{name[1]} <{API_REFERENCE}{name[1]}.html>`__"
            if name[1] in API_PAGES
            else name[0]
        )

    return re.sub(
        r"\(API: [^)]*\)", lambda names: re.sub(r"``(\w+)``", link, names[0]), line
    )


def _table(model: type[attrs.AttrsInstance]) -> Iterator[str]:
    yield f"## {model.__name__}\n"
    yield "| field | member | create | update | read |"
    yield "| --- | --- | --- | --- | --- |"
    for field in fields_of(model):
        create = _accepted(field, sends_clear=False)
        update = _accepted(field, sends_clear=True)
        cells = (f"`{field.name}`", _members(field, "`"), create, update, _read(field))
        yield f"| {' | '.join(cells)} |"
    yield ""


def _members(field: Field, quote: str) -> str:
    members = [field.member]
    if field.member in ENUM_OR_TEXT_MEMBERS:
        members.append(text_member(field.member))
    return ", ".join(f"{quote}{member}{quote}" for member in members)


def _accepted(field: Field, *, sends_clear: bool) -> str:
    rule = rule_of(field)
    if isinstance(rule, MapRule):
        shortest = 0 if sends_clear and rule.value.clearable else 1
        return f"keys {_lengths(1, rule.key)}, values {_lengths(shortest, rule.value)}"
    if field.kind is Kind.TEXT:
        return _lengths(
            0 if sends_clear and field.limits.clearable else 1, field.limits
        )
    return "a list of those below" if field.kind is Kind.MODELS else "see below"


def _lengths(shortest: int, limits: Limits) -> str:
    if limits == PROFILE_ID:
        return limits.pattern_words
    lengths = f"{shortest} to {limits.max_length:,}"
    return f"{lengths}, {limits.pattern_words}" if limits.pattern else lengths


def _read(field: Field) -> str:
    if field.member in ENUM_OR_TEXT_MEMBERS:
        return "any text of either"
    texts = {Kind.TEXT: "any text", Kind.MAP: "any texts", Kind.MODELS: "a tuple"}
    return texts.get(field.kind, "see below")
