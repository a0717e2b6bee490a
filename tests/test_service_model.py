"""What the SDK believes of the API is held against botocore's own service model, so that drift is named."""

import re
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
from customer_profiles_sdk._core.deserializer import SearchPage
from customer_profiles_sdk._core.members import (
    ENUM_OR_TEXT_MEMBERS,
    MAX_BATCH_SIZE,
    MAX_PAGE_SIZE,
    MAX_SEARCH_KEYS,
    NAME,
    PROFILE_ID,
    REQUIRED_TEXT,
    TEXT,
    Field,
    Kind,
    Limits,
    fields_of,
    text_member,
)
from customer_profiles_sdk._core.requests import PARAMETERS
from customer_profiles_sdk._core.rules import (
    MapRule,
    ModelRule,
    ModelsRule,
    NumberRule,
    OneTextRule,
    RequiredTextRule,
    SearchKeysRule,
    TextRule,
    TextsRule,
    WordRule,
    model_rule,
    rule_of,
)
from customer_profiles_sdk._core.service_errors import _NOT_PERSONAL, MODELLED_ERRORS
from customer_profiles_sdk._core.walk import Rule

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
WITH_A_PROFILE = {"create_profile", "update_profile"}
# Members that the SDK does not send: the token is the iterator's own, the sources of merged fields are left to boto3.
NOT_SENT = {"SearchProfiles.NextToken", "MergeProfiles.FieldSourceProfileIds"}
SENT_IN_BATCHES = {"BatchGetProfile.ProfileIds"}
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
SHAPES_OF_KINDS = {
    Kind.TEXT: "string",
    Kind.MODEL: "structure",
    Kind.MAP: "map",
    Kind.TEXTS: "list of string",
    Kind.MODELS: "list of structure",
}
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


def input_of(api_operation: str) -> StructureShape:
    """Return the shape of an operation's request."""
    shape = MODEL.operation_model(api_operation).input_shape
    assert shape
    return shape


def rules_of_operation(operation: str) -> dict[str, Rule]:
    """Return the rule of each member that an operation sends."""
    rules = {parameter.member: parameter.rule for parameter in PARAMETERS[operation]}
    if "AdditionalSearchKeys" in rules:  # whose rule sends the first key beside the others
        rules |= {"KeyName": RequiredTextRule(NAME), "Values": OneTextRule(REQUIRED_TEXT)}
    return rules | (rules_of_model(Profile) if operation in WITH_A_PROFILE else {})


def rules_of_model(model: type[attrs.AttrsInstance]) -> dict[str, Rule]:
    """Return the rule of each member that a model has."""
    rules: dict[str, Rule] = {}
    for field in fields_of(model):
        rule = rule_of(field)
        rules[field.member] = rule
        if field.member in ENUM_OR_TEXT_MEMBERS:
            assert field.enum
            rules[field.member] = WordRule({each: each.value for each in field.enum})
            rules[text_member(field.member)] = rule
    return rules


def members_drift(rules: dict[str, Rule], shape: StructureShape, path: str, *, clear: bool) -> Iterator[str]:
    """Yield every place where the members of a request and a shape disagree; ``clear`` is whether CLEAR is sent."""
    yield from (f"{path}.{name}: the SDK lacks it" for name in shape.members.keys() - rules.keys())
    yield from (f"{path}.{name}: the API lacks it" for name in rules.keys() - shape.members.keys())
    for name in shape.members.keys() & rules.keys():
        yield from drift(rules[name], shape.members[name], f"{path}.{name}", clear=clear)


def drift(rule: Rule, shape: Shape, path: str, *, clear: bool = False) -> Iterator[str]:
    """Yield every place where a rule and a shape disagree."""
    match rule, shape:
        case ModelRule(), StructureShape():
            yield from members_drift(rules_of_model(rule.model), shape, path, clear=clear)
        case ModelsRule(), ListShape():
            yield from bounds_drift(shape, 0, None, path)
            yield from drift(rule.item, shape.member, f"{path}[]", clear=clear)
        case MapRule(), MapShape():
            yield from drift(RequiredTextRule(rule.key), shape.key, f"{path}.key")
            yield from drift(TextRule(rule.value), shape.value, f"{path}.value", clear=clear)
        case TextsRule(), ListShape():
            max_items = MAX_BATCH_SIZE if path in SENT_IN_BATCHES else rule.max_items
            yield from bounds_drift(shape, rule.min_items, max_items, path)
            yield from drift(RequiredTextRule(rule.limits), shape.member, f"{path}[]")
        case OneTextRule(), ListShape():
            yield from drift(RequiredTextRule(rule.limits), shape.member, f"{path}[]")
        case SearchKeysRule(), ListShape():
            yield from bounds_drift(shape, 1, MAX_SEARCH_KEYS - 1, path)
            pair: dict[str, Rule] = {"KeyName": RequiredTextRule(NAME), "Values": OneTextRule(REQUIRED_TEXT)}
            assert isinstance(shape.member, StructureShape)
            yield from members_drift(pair, shape.member, f"{path}[]", clear=False)
        case _:
            yield from value_drift(rule, shape, path, clear=clear)


def value_drift(rule: Rule, shape: Shape, path: str, *, clear: bool) -> Iterator[str]:
    """Yield every place where the rule of a single value and a shape disagree."""
    match rule, shape:
        case NumberRule(), _ if shape.type_name == "integer":
            yield from bounds_drift(shape, rule.minimum, rule.maximum, path)
        case WordRule(), StringShape():
            yield from enum_drift(set(rule.values.values()), shape, path)
        case RequiredTextRule(), StringShape():
            yield from text_drift(rule.limits, 1, shape, path)
        case TextRule(), StringShape():
            yield from text_drift(rule.limits, 0 if clear and rule.limits.clearable else 1, shape, path)
        case _:
            yield f"{path}: {type(rule).__name__} for {shape.type_name}"


def bounds_drift(shape: Shape, minimum: int, maximum: int | None, path: str) -> Iterator[str]:
    """Yield where the bounds of a list or number and its shape disagree."""
    if minimum > 0 and shape.metadata.get("min", minimum) != minimum:
        yield f"{path}: at least {shape.metadata['min']}"
    if shape.metadata.get("max") != maximum:
        yield f"{path}: at most {shape.metadata.get('max')}"


def enum_drift(values: set[str], shape: StringShape, path: str) -> Iterator[str]:
    """Yield where the values of an enum and its shape disagree."""
    if set(shape.enum) != {str(value) for value in values}:
        yield f"{path}: one of {', '.join(shape.enum)}"


def text_drift(limits: Limits, min_length: int, shape: StringShape, path: str) -> Iterator[str]:
    """Yield every place where the limits of a text and its shape disagree."""
    metadata = shape.metadata
    pattern = metadata["pattern"].removeprefix("^").removesuffix("$") if "pattern" in metadata else None
    if pattern != (limits.pattern and limits.pattern.pattern):
        yield f"{path}: pattern {pattern}"
    # A text that has no length of its own, because it is an enum or all pattern, has the SDK's.
    if metadata.get("max", limits.max_length) != limits.max_length:
        yield f"{path}: at most {metadata['max']}"
    if metadata.get("min", min_length) != min_length:
        yield f"{path}: at least {metadata['min']}"
    if "max" not in metadata and not metadata.keys() & {"enum", "pattern"}:
        yield f"{path}: no limit"


class TestRequests:
    """What the SDK sends."""

    @pytest.mark.parametrize(("operation", "api_operation"), OPERATIONS.items())
    def test_members(self, operation: str, api_operation: str) -> None:
        """Every member of a request is known, with its type, lengths and pattern, and no other."""
        rules, clear = rules_of_operation(operation), operation == "update_profile"

        found = set(members_drift(rules, input_of(api_operation), api_operation, clear=clear))

        known = {f"{name}: the SDK lacks it" for name in NOT_SENT if name.startswith(f"{api_operation}.")}
        assert known == found, "what to do is in CONTRIBUTING.md: Add a field when AWS adds one"

    @pytest.mark.parametrize(("operation", "api_operation"), OPERATIONS.items())
    def test_required_members(self, operation: str, api_operation: str) -> None:
        """What the API requires is an argument of the operation, and nothing of a profile is."""
        required = set(input_of(api_operation).required_members)
        sent = set(rules_of_operation(operation))

        assert required <= sent
        assert not required & rules_of_model(Profile).keys()

    def test_every_operation_is_covered(self) -> None:
        """Each operation that has parameters is held against the model here; an upsert is made of others."""
        assert {*OPERATIONS, "upsert_profile"} == PARAMETERS.keys()
        assert PARAMETERS["create_profile"] == PARAMETERS["upsert_profile"]

    def test_numbers(self) -> None:
        """Ids are sent in batches of as many as the API takes at a time, and a page is as large as it gives."""
        assert MODEL.shape_for("BatchGetProfileIdList").metadata["max"] == MAX_BATCH_SIZE
        assert input_of("MergeProfiles").members["ProfileIdsToBeMerged"].metadata["max"] == MAX_BATCH_SIZE
        assert input_of("SearchProfiles").members["MaxResults"].metadata["max"] == MAX_PAGE_SIZE

    @pytest.mark.parametrize(("member", "enum"), ENUM_OR_TEXT_MEMBERS.items())
    def test_pairs_of_members(self, member: str, enum: type[StrEnum]) -> None:
        """The members of a pair are an enum and a text, in a create, in an update and when reading."""
        shapes = [input_of("CreateProfile"), input_of("UpdateProfile"), MODEL.shape_for("Profile")]
        for shape in shapes:
            assert isinstance(shape, StructureShape)
            assert set(enum) == set(getattr(shape.members[member], "enum", ()))
            assert [] == getattr(shape.members[text_member(member)], "enum", None)


class TestResponses:
    """What the SDK reads."""

    @pytest.mark.parametrize(("shape_name", "model"), READ_MODELS.items())
    def test_members(self, shape_name: str, model: type[attrs.AttrsInstance]) -> None:
        """Every member of a response is read as the type that it has, and no other member is expected."""
        shape = MODEL.shape_for(shape_name)
        assert isinstance(shape, StructureShape)
        expected = {name: type_of(member) for name, member in shape.members.items()}

        assert expected == {
            name: SHAPES_OF_KINDS[field.kind] for field in read_fields(model) for name in members_of(field)
        }

    @pytest.mark.parametrize(("shape_name", "model"), READ_MODELS.items())
    def test_required_members(self, shape_name: str, model: type[attrs.AttrsInstance]) -> None:
        """The SDK requires what the API does not promise in two places only."""
        shape = MODEL.shape_for(shape_name)
        assert isinstance(shape, StructureShape)
        required = {field.member for field in read_fields(model) if field.is_required}
        # A profile without an id would be of no use, and a search without items is no response to a search.
        promised = {
            *shape.required_members,
            *{"Profile": ["ProfileId"], "SearchProfilesResponse": ["Items"]}.get(shape_name, []),
        }

        assert required <= promised


def read_fields(model: type[attrs.AttrsInstance]) -> list[Field]:
    """Return the fields that are read from the members of one object: a profile's stand beside its id."""
    fields = [field for field in fields_of(model) if field.name != "metadata" and field.model is not Profile]
    return [*fields, *fields_of(Profile)] if model is StoredProfile else fields


def members_of(field: Field) -> list[str]:
    """Return the members that a field is read from."""
    return [field.member, *([text_member(field.member)] if field.member in ENUM_OR_TEXT_MEMBERS else [])]


def type_of(shape: Shape) -> str:
    """Return the type of a shape, and of the items of a list."""
    return f"list of {shape.member.type_name}" if isinstance(shape, ListShape) else shape.type_name


@pytest.mark.parametrize(("shape_name", "enum"), ENUMS.items())
def test_enums(shape_name: str, enum: type[StrEnum]) -> None:
    """Every value of an enum is a member, and no other."""
    shape = MODEL.shape_for(shape_name)
    assert isinstance(shape, StringShape)

    assert set(shape.enum) == set(enum)


@pytest.mark.parametrize("api_operation", sorted(set(OPERATIONS.values())))
def test_errors(api_operation: str) -> None:
    """Every error that an operation declares has a class of its own."""
    declared = {shape.name for shape in MODEL.operation_model(api_operation).error_shapes}

    assert declared | {"AccessDeniedException"} == set(MODELLED_ERRORS)  # which MergeProfiles alone does not declare


@pytest.mark.parametrize("api_operation", sorted(set(OPERATIONS.values())))
def test_sensitive_members(api_operation: str) -> None:
    """Nothing that the SDK shows is marked sensitive, and what is so marked is customers' data."""
    members = input_of(api_operation).members
    sensitive = {name for name, member in members.items() if "sensitive" in member.metadata}

    assert set() == sensitive & NOT_CUSTOMERS_DATA
    assert set() == sensitive & _NOT_PERSONAL
    assert members.keys() - NOT_CUSTOMERS_DATA - UNMARKED == sensitive


@pytest.mark.parametrize(
    ("rule", "member", "expected"),
    [
        (NumberRule(1, 5), "FirstName", ["x: NumberRule for string"]),
        (model_rule(Address), "FirstName", ["x: ModelRule for string"]),
        (TextRule(TEXT), "Address", ["x: TextRule for structure"]),
        (RequiredTextRule(NAME), "FirstName", ["x: at most 255", "x: pattern None"]),
        (TextRule(TEXT), "DomainName", ["x: at most 64", "x: pattern [a-zA-Z0-9_-]+"]),
        (
            RequiredTextRule(NAME._replace(pattern=re.compile("[a-z]+"))),
            "DomainName",
            ["x: pattern [a-zA-Z0-9_-]+"],
        ),
        (WordRule({"a": "MALE"}), "Gender", ["x: one of MALE, FEMALE, UNSPECIFIED"]),
        (MapRule(NAME, TEXT), "Attributes", ["x.key: at most 255", "x.key: pattern None"]),
        (
            model_rule(ContactPreference),
            "EngagementPreferences",
            [
                "x.ContactType: the API lacks it",
                "x.Email: the SDK lacks it",
                "x.KeyName: the API lacks it",
                "x.KeyValue: the API lacks it",
                "x.Phone: the SDK lacks it",
                "x.ProfileId: the API lacks it",
            ],
        ),
        (TextsRule(TEXT), "EngagementPreferences", ["x: TextsRule for structure"]),
    ],
)
def test_the_guard_sees_drift_of_a_member(rule: Rule, member: str, expected: list[str]) -> None:
    """A rule that does not fit its member of CreateProfile is reported, so a green guard means something."""
    assert expected == sorted(drift(rule, input_of("CreateProfile").members[member], "x"))


@pytest.mark.parametrize(
    ("rule", "api_operation", "member", "expected"),
    [
        (TextsRule(PROFILE_ID), "MergeProfiles", "ProfileIdsToBeMerged", ["x: at most 20"]),
        (TextsRule(PROFILE_ID, min_items=2, max_items=20), "MergeProfiles", "ProfileIdsToBeMerged", ["x: at least 1"]),
        (NumberRule(1, 99), "SearchProfiles", "MaxResults", ["x: at most 100"]),
        (NumberRule(2, 100), "SearchProfiles", "MaxResults", ["x: at least 1"]),
    ],
)
def test_the_guard_sees_drift_of_numbers(rule: Rule, api_operation: str, member: str, expected: list[str]) -> None:
    """So is another number of items, and another range."""
    assert expected == sorted(drift(rule, input_of(api_operation).members[member], "x"))


@pytest.mark.parametrize(("operation", "clear"), [("create_profile", True), ("update_profile", False)])
def test_the_guard_sees_whether_clear_is_accepted(operation: str, clear: bool) -> None:  # noqa: FBT001
    """A create that sent CLEAR, and an update that did not, would be reported for each text that can be removed."""
    shape = input_of(OPERATIONS[operation])

    found = set(members_drift(rules_of_operation(operation), shape, "x", clear=clear))

    at_least = 0 if operation == "update_profile" else 1
    assert {f"x.FirstName: at least {at_least}", f"x.Address.City: at least {at_least}"} <= found
    assert f"x.Attributes.value: at least {at_least}" in found
