"""A request is checked whole before it is sent; what is wrong is named by place and rule, never by value."""

import math
from collections import UserDict, UserString
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import profiles

from customer_profiles_sdk import (
    CLEAR,
    Address,
    ContactPreference,
    EngagementPreferences,
    InvalidRequestError,
    Profile,
)
from customer_profiles_sdk.serializer import create_profile_request, get_profile_request, update_profile_request
from customer_profiles_sdk.validation import MOST_PROFILE_BYTES, checked

ID = "0123456789abcdef0123456789abcdef"


def problems(profile: Any, *, domain: Any = "acme") -> list[str]:
    """Return what is wrong with creating a profile."""
    return _problems("create_profile", create_profile_request(domain, profile))


def update_problems(changes: Any, *, profile_id: Any = ID) -> list[str]:
    """Return what is wrong with an update."""
    return _problems("update_profile", update_profile_request("acme", profile_id, changes))


def _problems(operation: str, request: dict[str, object]) -> list[str]:
    try:
        checked(operation, request)
    except InvalidRequestError as error:
        return [str(problem) for problem in error.problems]
    return []


@given(profiles(clears=True))
def test_what_the_api_accepts_passes(profile: Profile) -> None:
    """No profile within the API's limits has a problem, and its request stays as it is."""
    request = create_profile_request("acme", profile)

    assert [] == problems(profile) == update_problems(profile)
    assert request is checked("create_profile", request)


def test_all_problems_are_reported_together() -> None:
    """One error names the operation, that nothing was sent, and each problem with its place and rule."""
    profile = Profile(first_name="x" * 300, shipping_address=Address(city=7))  # type: ignore[arg-type]
    with pytest.raises(InvalidRequestError) as caught:
        checked("create_profile", create_profile_request("acme", profile))

    assert (
        "create_profile: 2 problems, nothing was sent\n"
        "  first_name: 300 characters, at most 255\n"
        "  shipping_address.city: expected str, got int"
    ) == str(caught.value)


@pytest.mark.parametrize(
    ("profile", "most", "path"),
    [
        (lambda text: Profile(first_name=text), 255, "first_name"),
        (lambda text: Profile(gender=text), 255, "gender"),
        (lambda text: Profile(party_type=text), 255, "party_type"),
        (lambda text: Profile(profile_type=text), 255, "profile_type"),
        (lambda text: Profile(additional_information=text), 1000, "additional_information"),
        (lambda text: Profile(billing_address=Address(postal_code=text)), 255, "billing_address.postal_code"),
        (lambda text: Profile(attributes={"tier": text}), 255, "attributes.tier"),
    ],
)
@pytest.mark.parametrize("character", ["x", "é", "😀"])
def test_greatest_lengths(profile: Any, most: int, path: str, character: str) -> None:
    """A text may be as long as the API allows, in characters, and not one character longer."""
    assert [] == problems(profile(character * most)) == update_problems(profile(character * most))
    assert [f"{path}: {most + 1} characters, at most {most}"] == problems(profile(character * (most + 1)))


@pytest.mark.parametrize(
    "profile",
    [
        Profile(profile_type=CLEAR),
        Profile(engagement_preferences=EngagementPreferences(email=[ContactPreference(key_value=CLEAR)])),
    ],
)
def test_what_cannot_be_removed_cannot_be_clear(profile: Profile) -> None:
    """CLEAR is a problem in an update where the API has no way to remove; a create leaves it out."""
    (problem,) = update_problems(profile)

    assert problem.endswith(": 0 characters, at least 1")
    assert [] == problems(profile)


@pytest.mark.parametrize("domain", ["acme", "A-_9", "x" * 64])
def test_domain_names(domain: str) -> None:
    """A domain's name is 1 to 64 letters, digits, _ and -."""
    assert [] == problems(Profile(), domain=domain)


@pytest.mark.parametrize(
    ("domain", "problem"),
    [
        ("", "0 characters, at least 1"),
        ("x" * 65, "65 characters, at most 64"),
        ("a b", "expected letters, digits, _ and - only"),
        ("acme\n", "expected letters, digits, _ and - only"),
        ("ácme", "expected letters, digits, _ and - only"),
        (None, "expected str, got NoneType"),
        (7, "expected str, got int"),
    ],
)
def test_malformed_domain_names(domain: Any, problem: str) -> None:
    """Anything else is a problem."""
    assert [f"domain_name: {problem}"] == problems(Profile(), domain=domain)


@pytest.mark.parametrize("profile_id", ["", "x", ID.upper(), ID + "0", ID + "\n", ID[:-1] + "g", None, 7, b"0" * 32])
def test_malformed_profile_ids(profile_id: Any) -> None:
    """A profile's id that is not 32 lower-case hexadecimal digits is a problem, wherever it is given."""
    (problem,) = update_problems(Profile(), profile_id=profile_id)
    preference = ContactPreference(profile_id=profile_id or "-")

    assert problem.startswith("profile_id: ")
    assert [problem] == _problems("get_profile", get_profile_request("acme", profile_id))
    assert update_problems(Profile(engagement_preferences=EngagementPreferences(phone=[preference])))


def test_attribute_keys() -> None:
    """An attribute's key is 1 to 255 characters of text."""
    attributes: Any = {"": "a", "k" * 256: "b", 7: "c", "k" * 255: "d"}

    assert [
        "attributes[0]: key: 0 characters, at least 1",
        "attributes[1]: key: 256 characters, at most 255",
        "attributes[2]: key: expected str, got int",
    ] == problems(Profile(attributes=attributes))


def test_only_keys_that_read_as_names_are_shown() -> None:
    """A path shows an attribute's key that is a name; any other could be a customer's data."""
    attributes: Any = {"tier": 1, "ana@mail.example": 2, "+49 30 555 0100": 3, "Ana Example": 4}

    assert [
        "attributes.tier: expected str, got int",
        "attributes[1]: expected str, got int",
        "attributes[2]: expected str, got int",
        "attributes[3]: expected str, got int",
    ] == problems(Profile(attributes=attributes))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"first_name": 7}, "first_name: expected str, got int"),
        ({"first_name": b"Ana"}, "first_name: expected str, got bytes"),
        ({"first_name": UserString("Ana")}, "first_name: expected str, got UserString"),
        ({"gender": 7}, "gender: expected str, got int"),
        ({"party_type": True}, "party_type: expected str, got bool"),
        ({"profile_type": math.nan}, "profile_type: expected str, got float"),
        ({"address": "Main St. 1"}, "address: expected Address, got str"),
        ({"address": {"City": "Cork"}}, "address: expected Address, got dict"),
        ({"address": Profile()}, "address: expected Address, got Profile"),
        ({"attributes": "tier=gold"}, "attributes: expected mapping of str to str, got str"),
        ({"attributes": [("tier", "gold")]}, "attributes: expected mapping of str to str, got list"),
        ({"attributes": {"a": {"b": "c"}}}, "attributes.a: expected str, got dict"),
        ({"engagement_preferences": {}}, "engagement_preferences: expected EngagementPreferences, got dict"),
        (
            {"engagement_preferences": EngagementPreferences(phone="PhoneNumber")},  # type: ignore[arg-type]
            "engagement_preferences.phone: expected list of ContactPreference, got str",
        ),
        (
            {"engagement_preferences": EngagementPreferences(email=[ContactPreference(key_name="k"), None])},  # type: ignore[list-item]
            "engagement_preferences.email[1]: expected ContactPreference, got NoneType",
        ),
        (
            {"engagement_preferences": EngagementPreferences(email=[ContactPreference(key_name="a b")])},
            "engagement_preferences.email[0].key_name: expected letters, digits, _ and - only",
        ),
    ],
)
def test_wrong_types(fields: dict[str, Any], problem: str) -> None:
    """A value of the wrong type is a listed problem, in a create and in an update."""
    assert [problem] == problems(Profile(**fields)) == update_problems(Profile(**fields))


@pytest.mark.parametrize("profile", [None, "Ana", {"first_name": "Ana"}, Profile, Address()])
def test_what_is_no_profile(profile: Any) -> None:
    """Anything but a Profile in its place is a listed problem that names the parameter."""
    name = type(profile).__name__

    assert [f"profile: expected Profile, got {name}"] == problems(profile)
    assert [f"changes: expected Profile, got {name}"] == update_problems(profile)


def test_half_a_surrogate_pair() -> None:
    """Text that UTF-8 cannot carry is a problem; a whole character outside the basic plane is not."""
    assert ["first_name: a lone surrogate is no text that can be sent"] == problems(Profile(first_name="Ana\ud83d"))
    assert [] == problems(Profile(first_name="Ana😀"))


@pytest.mark.parametrize("character", ["x", "é", "\x00", "\\"])
def test_the_size_of_a_profile(character: str) -> None:
    """A profile may hold 250 KB as UTF-8 JSON, whatever its characters, and not more."""

    def profile(count: int) -> Profile:
        return Profile(attributes={f"{number:04}{character * 200}": character * 255 for number in range(count)})

    assert [] == problems(profile(50))
    (problem,) = problems(profile(600))
    assert problem.startswith("profile: ")
    assert problem.endswith(f" bytes, at most {MOST_PROFILE_BYTES}")


def test_many_preferences_count_towards_the_size() -> None:
    """The size of a profile counts its contact preferences too."""
    preferences = [ContactPreference(key_value="x" * 255)] * 1000

    assert [] == problems(Profile(engagement_preferences=EngagementPreferences(phone=preferences[:500])))
    assert problems(Profile(engagement_preferences=EngagementPreferences(phone=preferences)))


class Hostile:
    """An object whose every use fails."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError("secret")

    def _fails(self, *_: object) -> Any:
        raise RuntimeError("secret")

    __bool__ = __len__ = __iter__ = __eq__ = __ne__ = __hash__ = __str__ = __repr__ = _fails


class HostileText(str):
    """Text whose every use fails."""

    __slots__ = ()

    def _fails(self, *_: object) -> Any:
        raise RuntimeError("secret")

    __bool__ = __len__ = __eq__ = __ne__ = __hash__ = __str__ = __repr__ = _fails
    __contains__ = isascii = _fails


class HostileMapping(UserDict[str, str]):
    """A mapping that cannot be read."""

    def keys(self) -> Any:
        """Fail."""
        raise RuntimeError("secret")


cycle: list[Any] = []
cycle.append(cycle)

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.binary()
    | st.text()
    | st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf"]), max_size=3)
    | st.builds(object)
    | st.builds(Hostile)
    | st.builds(lambda: HostileText("secret"))
    | st.builds(lambda: HostileMapping(a="secret"))
    | st.sampled_from([cycle, Profile, Profile(), Address(), print]),
    lambda children: (
        st.lists(children, max_size=3)
        | st.tuples(children)
        | st.dictionaries(st.text() | st.integers() | st.none(), children, max_size=3)
        | st.builds(lambda value: Address(city=value, state=value), children)
        | st.builds(lambda value: EngagementPreferences(phone=value, email=[value, value]), children)
        | st.builds(lambda value: ContactPreference(key_name=value, contact_type=value), children)
    ),
    max_leaves=6,
)


@given(
    st.fixed_dictionaries({}, optional={each.name: anything for each in attrs.fields(Profile)}),
    anything,
    st.sampled_from(["domain_name", "profile_id", "profile", "fields"]),
)
@example({"first_name": "x" * 10_000_000}, None, "fields")
@example({"attributes": {"x" * 10_000_000: "y"}}, None, "fields")
def test_any_object_anywhere_ends_in_a_listed_problem(fields: dict[str, Any], value: Any, place: str) -> None:
    """Whatever is passed, the outcome is a request or an InvalidRequestError that tells no value."""
    profile = value if place == "profile" else Profile(**fields)
    domain = value if place == "domain_name" else "acme"
    profile_id = value if place == "profile_id" else ID
    for operation, request in (
        ("create_profile", create_profile_request(domain, profile)),
        ("update_profile", update_profile_request(domain, profile_id, profile)),
        ("get_profile", get_profile_request(domain, profile_id)),
    ):
        try:
            checked(operation, request)
        except InvalidRequestError as error:
            assert error.problems
            assert "secret" not in str(error)
            assert len(str(error)) < 200 * (len(error.problems) + 1)
