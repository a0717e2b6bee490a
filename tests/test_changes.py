"""The smallest update from one whole profile to another: ``Profile.changes_to``."""

from typing import Any

import attrs
import pytest
from each_client import client_of
from hypothesis import given
from strategies import profiles

from customer_profiles_sdk import CLEAR, Address, ContactPreference, EngagementPreferences, Gender, Profile
from customer_profiles_sdk.local import LocalCustomerProfiles


@pytest.mark.usefixtures("each_client")
@given(old=profiles(new_values=False), new=profiles(new_values=False))
def test_it_leads_there(shared: LocalCustomerProfiles, old: Profile, new: Profile) -> None:
    """Store one profile, send the changes, read back the other; what cannot be removed stays."""
    client = client_of(shared)
    profile_id = client.create_profile(old).profile_id
    before, after = old.engagement_preferences or EngagementPreferences(), new.engagement_preferences
    phone = before.phone if after is None or after.phone is None else after.phone
    email = before.email if after is None or after.email is None else after.email
    reachable = attrs.evolve(
        new,
        profile_type=new.profile_type or old.profile_type,
        engagement_preferences=EngagementPreferences(phone=phone, email=email),
    )
    if reachable.engagement_preferences == EngagementPreferences():
        reachable = attrs.evolve(reachable, engagement_preferences=None)

    client.update_profile(profile_id, old.changes_to(new))

    assert reachable == client.get_profile(profile_id).profile


@given(profile=profiles())
def test_nothing_to_itself(profile: Profile) -> None:
    """From a profile to itself there is nothing to send, and from nothing to it there is all of it."""
    assert Profile() == profile.changes_to(profile)
    assert profile == Profile().changes_to(profile)


def test_line_by_line_and_key_by_key() -> None:
    """What is equal is left out and what is no longer there is CLEAR, in addresses and attributes too."""
    old = Profile(
        first_name="Ana",
        last_name="x",
        gender="nb",
        address=Address(city="Cork", state="x"),
        mailing_address=Address(city="Cork"),
        attributes={"a": "1", "b": "2", "c": "3"},
    )
    new = Profile(
        first_name="Ana",
        gender=Gender.FEMALE,
        address=Address(city="Cork", country="Ireland"),
        attributes={"a": "1", "b": "9"},
    )

    assert Profile(
        last_name=CLEAR,
        gender=Gender.FEMALE,
        address=Address(state=CLEAR, country="Ireland"),
        mailing_address=Address(city=CLEAR),
        attributes={"b": "9", "c": CLEAR},
    ) == old.changes_to(new)


def test_what_cannot_be_removed_is_left_alone() -> None:
    """The profile type and the channels of preferences stay where the desired profile does not have them."""
    preferences = EngagementPreferences(phone=[ContactPreference(key_name="k")])

    assert Profile() == Profile(profile_type="PROFILE", engagement_preferences=preferences).changes_to(Profile())


@pytest.mark.parametrize("field", ["first_name", "gender", "address", "attributes", "engagement_preferences"])
def test_values_of_wrong_types_are_passed_on(field: str) -> None:
    """A value that no profile can have stands in the changes, for the check of the request to name."""
    wrong: Any = {field: object()}
    changes = Profile(first_name="Ana").changes_to(Profile(**wrong))

    assert wrong[field] is getattr(changes, field)
