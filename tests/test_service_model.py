"""What the SDK believes of the API is held against botocore's own service model, so that drift is named."""

from collections.abc import Iterator
from enum import StrEnum

import attrs
import botocore.session
import pytest
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

from customer_profiles_sdk import (
    Address,
    BatchGetResult,
    ContactPreference,
    ContactType,
    CreateProfileResult,
    EngagementPreferences,
    FailedProfile,
    FoundBy,
    Gender,
    PartyType,
    Profile,
    ProfileType,
    StoredProfile,
    UpdateProfileResult,
)
from customer_profiles_sdk.deserializer import SearchPage
from customer_profiles_sdk.serializer import wire_name
from customer_profiles_sdk.transport import _ERRORS
from customer_profiles_sdk.validation import (
    MOST_PROFILES_AT_A_TIME,
    Choice,
    Entries,
    Items,
    Number,
    Record,
    Rule,
    Text,
    rules,
)

MODEL = botocore.session.Session().get_service_model("customer-profiles")
OPERATIONS = {
    "create_profile": "CreateProfile",
    "update_profile": "UpdateProfile",
    "get_profile": "BatchGetProfile",
    "get_profiles": "BatchGetProfile",
    "search_profiles": "SearchProfiles",
    "delete_profile": "DeleteProfile",
    "add_profile_key": "AddProfileKey",
    "delete_profile_key": "DeleteProfileKey",
    "merge_profiles": "MergeProfiles",
}
# Members that the SDK does not send: the token is the iterator's own, the sources of merged fields are left to boto3.
NOT_SENT = {"SearchProfiles.NextToken", "MergeProfiles.FieldSourceProfileIds"}
ENUMS: dict[str, type[StrEnum]] = {
    "PartyType": PartyType,
    "Gender": Gender,
    "ProfileType": ProfileType,
    "ContactType": ContactType,
}
READ_MODELS: dict[str, type[attrs.AttrsInstance]] = {
    "CreateProfileResponse": CreateProfileResult,
    "UpdateProfileResponse": UpdateProfileResult,
    "BatchGetProfileResponse": BatchGetResult,
    "BatchGetProfileError": FailedProfile,
    "Profile": StoredProfile,
    "Address": Address,
    "EngagementPreferences": EngagementPreferences,
    "ContactPreference": ContactPreference,
    "FoundByKeyValue": FoundBy,
    "SearchProfilesResponse": SearchPage,
}
SENT_IN_BATCHES = {"BatchGetProfile.ProfileIds"}
NOT_CUSTOMERS_DATA = {"DomainName", "ProfileId", "ProfileIds", "MainProfileId", "ProfileIdsToBeMerged"}
UNMARKED = {
    "KeyName",
    "Values",
    "AdditionalSearchKeys",
    "LogicalOperator",
    "NextToken",
    "MaxResults",
    "FieldSourceProfileIds",
}


def drift(rule: Rule, shape: Shape, path: str) -> Iterator[str]:
    """Yield every place where a rule and a shape disagree."""
    match rule, shape:
        case Record(), StructureShape():
            yield from (f"{path}.{name}: the SDK lacks it" for name in shape.members.keys() - rule.members.keys())
            yield from (f"{path}.{name}: the API lacks it" for name in rule.members.keys() - shape.members.keys())
            for name in shape.members.keys() & rule.members.keys():
                yield from drift(rule.members[name][1], shape.members[name], f"{path}.{name}")
        case Entries(), MapShape():
            yield from drift(rule.key, shape.key, f"{path}.key")
            yield from drift(rule.value, shape.value, f"{path}.value")
        case Items(), ListShape():
            yield from drift(rule.item, shape.member, f"{path}[]")
            most = shape.metadata.get("max")
            if path not in SENT_IN_BATCHES and rule.most != (most and most + rule.first):
                yield f"{path}: at most {most} items"
        case ((Number() | Choice()), _):
            yield from few_drift(rule, shape, path)
        case Text(), StringShape():
            yield from text_drift(rule, shape, path)
        case _:
            yield f"{path}: {type(rule).__name__} for {shape.type_name}"


def few_drift(rule: Number | Choice, shape: Shape, path: str) -> Iterator[str]:
    """Yield where a rule for a number or for one of a few texts and its shape disagree."""
    if isinstance(rule, Number) and (rule.least, rule.most) != (shape.metadata["min"], shape.metadata["max"]):
        yield f"{path}: {shape.metadata}"
    if isinstance(rule, Choice) and set(rule.texts) != set(shape.metadata["enum"]):
        yield f"{path}: {shape.metadata}"


def text_drift(rule: Text, shape: StringShape, path: str) -> Iterator[str]:
    """Yield every place where a rule for a text and its shape disagree."""
    limits = shape.metadata
    if "pattern" in limits and rule.limits.pattern != limits["pattern"].removeprefix("^").removesuffix("$"):
        yield f"{path}: pattern {limits['pattern']}"
    if "pattern" not in limits and rule.limits.pattern is not None:
        yield f"{path}: no pattern"
    # A text that is free of limits of its own, because it is an enum or all pattern, has the SDK's.
    if limits.get("max", rule.limits.most) != rule.limits.most:
        yield f"{path}: at most {limits['max']}"
    if limits.get("min", rule.least) != rule.least:
        yield f"{path}: at least {limits['min']}"
    if "max" not in limits and not limits.keys() & {"enum", "pattern"}:
        yield f"{path}: no limit"


@pytest.mark.parametrize(("operation", "api_operation"), OPERATIONS.items())
def test_requests(operation: str, api_operation: str) -> None:
    """Every member of a request is known, with its type, lengths and pattern, and no other."""
    shape = MODEL.operation_model(api_operation).input_shape
    assert shape

    found = set(drift(rules()[operation], shape, api_operation))

    known = {f"{name}: the SDK lacks it" for name in NOT_SENT if name.startswith(f"{api_operation}.")}
    assert known == found, "what to do is in CONTRIBUTING.md: Add a field when AWS adds one"


def test_every_operation_is_covered() -> None:
    """Each operation that has rules is held against the model here."""
    assert set(OPERATIONS) | {"upsert_profile"} == set(rules())
    assert rules()["upsert_profile"].members.keys() == rules()["update_profile"].members.keys() - {"ProfileId"}


def test_batches() -> None:
    """Ids are sent in batches of as many as the API takes at a time."""
    assert MOST_PROFILES_AT_A_TIME == MODEL.shape_for("BatchGetProfileIdList").metadata["max"]


@pytest.mark.parametrize(("shape_name", "model"), READ_MODELS.items())
def test_responses(shape_name: str, model: type[attrs.AttrsInstance]) -> None:
    """Every member of a response is read, and the SDK requires nothing that the API does not."""
    shape = MODEL.shape_for(shape_name)
    assert isinstance(shape, StructureShape)
    members = {wire_name(each.name) for each in attrs.fields(model)} - {"ResponseMetadata"}
    if model is StoredProfile:
        members = members - {"Profile"} | {wire_name(each.name) for each in attrs.fields(Profile)}
        members |= {"PartyTypeString", "GenderString"}
    required = {wire_name(each.name) for each in attrs.fields(model) if each.default is attrs.NOTHING} - {"Profile"}

    assert set(shape.members) == members
    # The API calls the id of a profile that was read optional; a profile without one would be of no use.
    assert required - {"ProfileId"} <= set(shape.required_members)


@pytest.mark.parametrize(("shape_name", "choice"), ENUMS.items())
def test_enums(shape_name: str, choice: type[StrEnum]) -> None:
    """Every value of an enum is a member, and no other."""
    shape = MODEL.shape_for(shape_name)
    assert isinstance(shape, StringShape)

    assert set(shape.enum) == set(choice)


@pytest.mark.parametrize("api_operation", OPERATIONS.values())
def test_errors(api_operation: str) -> None:
    """Every error that an operation declares has a class of its own."""
    declared = {shape.name for shape in MODEL.operation_model(api_operation).error_shapes}

    assert declared <= set(_ERRORS)
    assert declared | {"AccessDeniedException"} == set(_ERRORS)  # which MergeProfiles alone does not declare


@pytest.mark.parametrize("api_operation", OPERATIONS.values())
def test_sensitive_members(api_operation: str) -> None:
    """Nothing that the SDK shows is marked sensitive, and what is so marked is hidden by a profile's repr."""
    shape = MODEL.operation_model(api_operation).input_shape
    assert shape
    sensitive = {name for name, member in shape.members.items() if "sensitive" in member.metadata}

    assert set() == sensitive & NOT_CUSTOMERS_DATA
    assert set(shape.members) - NOT_CUSTOMERS_DATA - UNMARKED == sensitive


@pytest.mark.parametrize(
    ("rule", "member", "expected"),
    [
        (Record({}), "FirstName", ["x: Record for string"]),
        (rules()["create_profile"].members["DomainName"][1], "FirstName", ["x: no pattern", "x: at most 255"]),
        (rules()["create_profile"].members["FirstName"][1], "DomainName", ["x: pattern", "x: at most 64"]),
        (rules()["update_profile"].members["FirstName"][1], "FirstName", ["x: at least 1"]),
        (
            Record({"New": ("new", Record({}))}),
            "EngagementPreferences",
            ["x.Email", "x.Phone", "x.New: the API lacks it"],
        ),
    ],
)
def test_the_guard_sees_drift(rule: Rule, member: str, expected: list[str]) -> None:
    """A rule that does not fit its shape is reported, so a green guard means something."""
    shape = MODEL.operation_model("CreateProfile").input_shape
    assert shape
    found = sorted(drift(rule, shape.members[member], "x"))

    assert len(expected) == len(found)
    assert all(any(line.startswith(start) for line in found) for start in expected)
