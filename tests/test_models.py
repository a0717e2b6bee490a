"""Models are plain values: frozen, keyword-only, compared by value, and silent about customers."""

import copy
import pickle
from collections import UserDict
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
import rich.pretty
from hypothesis import given
from strategies import profiles

from customer_profiles_sdk import (
    CLEAR,
    Address,
    BatchGetResult,
    ContactPreference,
    CreateProfileResult,
    EngagementPreferences,
    FailedProfile,
    FoundBy,
    Gender,
    Profile,
    ResponseMetadata,
    StoredProfile,
    UpdateProfileResult,
    UpsertAction,
    UpsertResult,
)

ID = "0123456789abcdef0123456789abcdef"
METADATA = ResponseMetadata(request_id="r-1", http_status=200)
CUSTOMER = Profile(
    first_name="Ana",
    gender="non-binary",
    address=Address(city="Cork", state=CLEAR),
    attributes={"tier": "gold"},
    engagement_preferences=EngagementPreferences(phone=[ContactPreference(key_value="x")]),
)
MODELS = (
    CUSTOMER,
    Address(city="Cork"),
    ContactPreference(key_value="x"),
    EngagementPreferences(phone=[ContactPreference(key_value="x")]),
    METADATA,
    CreateProfileResult(profile_id=ID, metadata=METADATA),
    UpdateProfileResult(profile_id=ID, metadata=METADATA),
    FoundBy(key="_email", values=("ana@mail.example",)),
    StoredProfile(profile_id=ID, profile=CUSTOMER),
    FailedProfile(profile_id=ID, code="c", message="m"),
    BatchGetResult(found=(StoredProfile(profile_id=ID, profile=CUSTOMER),)),
    UpsertResult(profile_id=ID, action=UpsertAction.CREATED),
)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)


@each_model
def test_a_model_is_frozen(model: attrs.AttrsInstance) -> None:
    """No field of a model can be set."""
    for each in attrs.fields(type(model)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(model, each.name, None)


@each_model
def test_a_model_takes_keywords_only(model: Any) -> None:
    """A positional argument is rejected."""
    with pytest.raises(TypeError, match="positional"):
        type(model)("text")


@each_model
def test_copies_equal_the_original(model: Any) -> None:
    """Pickling, copying and evolving a model give an equal one with an equal hash."""
    for same in (pickle.loads(pickle.dumps(model)), copy.copy(model), copy.deepcopy(model), attrs.evolve(model)):
        assert model == same
        assert hash(model) == hash(same)


@given(profiles(clears=True))
def test_any_profile_survives_pickle_and_asdict(profile: Profile) -> None:
    """A profile can be pickled, and asdict holds all of its top-level fields."""
    assert profile == pickle.loads(pickle.dumps(profile))
    assert {each.name for each in attrs.fields(Profile)} == set(attrs.asdict(profile))


def test_profiles_compare_by_value() -> None:
    """Two profiles are equal exactly when all of their fields are."""
    assert Profile(first_name="Ana", attributes={"a": "1"}) == Profile(first_name="Ana", attributes={"a": "1"})
    assert Profile(first_name="Ana") != Profile(last_name="Ana")
    assert Profile(first_name=None) != Profile(first_name=CLEAR)


def test_repr_names_what_is_set() -> None:
    """A customer's repr names the fields that are set, those of nested models too."""
    assert (
        "Profile(first_name=..., gender=..., address=Address(city=..., state=...), attributes=..., "
        "engagement_preferences=EngagementPreferences(phone=...))"
    ) == repr(CUSTOMER)
    assert "FoundBy(key=..., values=...)" == repr(FoundBy(key="_email", values=("ana@mail.example",)))


@given(profiles())
def test_repr_shows_no_value(profile: Profile) -> None:
    """A profile's repr is the same whatever the values of its set fields are."""
    blank = {each.name for each in attrs.fields(Profile) if getattr(profile, each.name) is None}
    flat = {"address", "shipping_address", "mailing_address", "billing_address", "engagement_preferences"}
    texts: Any = {each.name: "x" for each in attrs.fields(Profile) if each.name not in blank | flat}
    same_fields = attrs.evolve(profile, **texts)

    assert repr(profile) == repr(same_fields)


def test_results_show_their_ids() -> None:
    """A result's repr shows the profile's id and the request's: they are no customer's data."""
    shown = repr(CreateProfileResult(profile_id=ID, metadata=METADATA))

    assert ID in shown
    assert "r-1" in shown


def test_cleared_address() -> None:
    """Address.cleared has all ten lines CLEAR."""
    assert [CLEAR] * 10 == list(attrs.astuple(Address.cleared()))


def test_attributes_are_copied() -> None:
    """A profile does not change with the dict that it was made from."""
    attributes = {"tier": "gold"}
    profile = Profile(attributes=attributes)
    attributes["tier"] = "none"

    assert {"tier": "gold"} == profile.attributes


def test_an_attribute_that_is_none_is_not_given() -> None:
    """None means for an attribute what it means for a field."""
    assert Profile(attributes={"a": "1"}) == Profile(attributes={"a": "1", "b": None})


def test_any_mapping_makes_attributes() -> None:
    """Attributes may be given as any mapping."""
    assert {"a": "1"} == Profile(attributes=UserDict(a="1")).attributes


def test_what_the_callers_mapping_raises() -> None:
    """An exception of the mapping that attributes are copied from comes out as it is."""
    failure = OSError("connection lost")

    class Rows(UserDict[str, str]):
        def __iter__(self) -> Iterator[str]:
            raise failure

    with pytest.raises(OSError) as caught:
        Profile(attributes=Rows(tier="gold"))
    assert failure is caught.value


@pytest.mark.parametrize("wrong", [7, "tier=gold", [("tier", "gold")], b"tier"], ids=repr)
def test_what_is_no_mapping_is_kept(wrong: Any) -> None:
    """Making a profile rejects no type: attributes that are no mapping are left for the check of the request."""
    assert wrong is Profile(attributes=wrong).attributes


def test_a_list_of_preferences_becomes_a_tuple() -> None:
    """Preferences given as a list are held as a tuple, so that the model cannot change."""
    preference = ContactPreference(contact_type="PhoneNumber")

    class TheirList(list[ContactPreference]):
        pass

    assert (preference,) == EngagementPreferences(phone=[preference]).phone
    assert (preference,) == EngagementPreferences(phone=TheirList([preference])).phone
    assert (preference,) == EngagementPreferences(email=(preference,)).email


def test_known_text_and_member_are_one() -> None:
    """A profile made with a member equals one made with its text."""
    assert Profile(gender=Gender.MALE) == Profile(gender="MALE")


def test_rich_shows_no_value() -> None:
    """rich, which prints the fields of an attrs class past its ``__repr__``, shows what ``repr`` shows."""
    profile = Profile(first_name="s3cret", address=Address(city="s3cret"), attributes={"tier": "s3cret"})

    assert repr(profile) == rich.pretty.pretty_repr(profile, max_width=200)
