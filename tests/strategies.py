"""Customers as hypothesis makes them up."""

from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from customer_profiles_sdk import (
    CLEAR,
    Address,
    ContactPreference,
    ContactType,
    EngagementPreferences,
    Gender,
    PartyType,
    Profile,
    ProfileType,
    SearchKey,
)

texts = st.text(min_size=1, max_size=255)
names = st.from_regex(r"[a-zA-Z0-9_-]{1,64}", fullmatch=True)
keys = st.sampled_from([*SearchKey, "own"])
FILLERS = [
    "n/a",
    "N/A",
    " n/a ",
    "none",
    "NULL",
    "unknown",
    "Anonymous",
    "keine Angabe",
    "not provided",
    "nan",
    "NaT",
    "<NA>",
    "N / A",
    "unknown.",
    "no account",
    "null\u200b",
    "Guest",
    "-",
    "...",
    "",
]
key_values = (
    st.text(max_size=20)
    | st.text(alphabet="0123456789+-() Aa", max_size=14)
    | st.sampled_from([*FILLERS, "Ana@Mail.example", "ana@mail.example", "C-1"])
)
profile_ids = st.from_regex(r"[a-f0-9]{32}", fullmatch=True)


def profiles(*, clears: bool = False, new_values: bool = True) -> SearchStrategy[Profile]:
    """Return profiles that the SDK sends.

    With ``clears``, some of what can be removed is ``CLEAR``. Without ``new_values``, no enum that takes no free text
    has a value that the API does not have yet.
    """
    clear = st.just(CLEAR) if clears else st.nothing()
    new = texts if new_values else st.nothing()
    text = st.none() | texts | clear
    lines = st.fixed_dictionaries({}, optional={each.name: text for each in attrs.fields(Address)})
    addresses = lines.map(lambda given: Address(**given)).filter(lambda address: address != Address())
    preferences = st.builds(
        ContactPreference,
        key_name=names,
        key_value=st.none() | texts,
        profile_id=st.none() | profile_ids,
        contact_type=st.none() | st.sampled_from(ContactType) | new,
    )
    special: dict[str, SearchStrategy[Any]] = {
        "party_type": st.none() | st.sampled_from(PartyType) | texts,
        "gender": st.none() | st.sampled_from(Gender) | texts,
        "profile_type": st.none() | st.sampled_from(ProfileType) | new,
        "additional_information": st.none() | st.text(min_size=1, max_size=1000) | clear,
        "attributes": st.none() | st.dictionaries(texts, texts | clear, min_size=1, max_size=3),
        "engagement_preferences": st.none()
        | st.builds(
            EngagementPreferences, phone=st.lists(preferences, max_size=2), email=st.lists(preferences, max_size=1)
        ),
    }
    plain: dict[str, SearchStrategy[Any]] = {
        each.name: st.none() | addresses if each.type == Address | None else text for each in attrs.fields(Profile)
    }
    return st.fixed_dictionaries({}, optional=plain | special).map(lambda given: Profile(**given))
