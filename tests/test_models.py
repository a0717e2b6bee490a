"""Models are plain values: frozen, keyword-only, compared by value, and silent about customers."""

import copy
import pickle
from collections import UserDict
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from strategies import profiles

from customer_profiles_sdk import (
    CLEAR,
    Address,
    ContactPreference,
    CreateProfileResult,
    EngagementPreferences,
    FoundBy,
    Gender,
    Profile,
    ResponseMetadata,
    StoredProfile,
    UpdateProfileResult,
)
from customer_profiles_sdk.models import BatchGetResult, FailedProfile

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
    """A positional argument is refused."""
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


def test_repr_of_a_subclass_shows_no_value() -> None:
    """Even a subclass, which the models are not made for, shows no value of the fields that it inherits."""

    @attrs.frozen(kw_only=True)
    class Vip(Profile):  # type: ignore[misc]
        pass

    assert "4711" not in repr(Vip(first_name="4711"))


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


def test_a_mapping_that_cannot_be_read_is_kept() -> None:
    """Making a profile never raises: a mapping that fails is left for the check of the request."""

    class Broken(UserDict[str, str]):
        def __iter__(self) -> Iterator[str]:
            raise RuntimeError

    broken = Broken(a="1")

    assert broken is Profile(attributes=broken).attributes


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
