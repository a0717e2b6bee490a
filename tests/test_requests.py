"""A request is checked whole before it is sent; what is wrong is named by place and rule, never by value."""

import math
from array import array
from collections import UserDict, UserString
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import botocore.session
import pytest
from botocore.validate import ParamValidator
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import profiles

from customer_profiles_sdk import (
    CLEAR,
    Address,
    ContactPreference,
    CustomerProfilesClient,
    EngagementPreferences,
    Gender,
    InvalidRequestError,
    Profile,
)
from customer_profiles_sdk._core import requests
from customer_profiles_sdk._core.members import MAX_PROFILE_BYTES
from customer_profiles_sdk.serializer import create_profile_kwargs, update_profile_kwargs

ID = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"
MODEL = botocore.session.Session().get_service_model("customer-profiles")
NOT_A_NAME = "expected letters, digits, _ and - only"
NOT_AN_ID = "expected 32 lower-case hexadecimal digits"


class Proxy:
    """A lazy proxy, as ``werkzeug.LocalProxy``: it says that it has the type of what it stands for."""

    def __init__(self, target: Any) -> None:
        self._target = target

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    # No decorator: the type checkers do not agree on which of the two lines has to be ignored.
    __class__: Any = property(lambda self: type(self._target))

    def __len__(self) -> int:
        return len(self._target)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._target)

    def __le__(self, other: Any) -> bool:
        return bool(self._target <= other)

    def __ge__(self, other: Any) -> bool:
        return bool(self._target >= other)


class Missing:
    """A value that can be neither compared nor tested for truth, as ``pandas.NA`` and NumPy's arrays."""

    def __bool__(self) -> bool:
        raise TypeError("secret: the truth value is ambiguous")

    def __eq__(self, other: object) -> bool:
        raise TypeError("secret: the truth value is ambiguous")

    def __hash__(self) -> int:
        return 0

    def __len__(self) -> int:
        return 6


class FailingMapping(UserDict[str, str]):
    """A mapping that loses its connection while it is read."""

    failure = OSError("connection lost")

    def __iter__(self) -> Iterator[str]:
        raise self.failure


def name_of(value: object) -> str:
    """Return how a parameter appears in a test's name."""
    return value if type(value) is str else type(value).__name__


def problems_of(make: Callable[..., object], *arguments: Any) -> list[str]:
    """Return what is wrong with a request."""
    try:
        make(*arguments)
    except InvalidRequestError as error:
        return [str(problem) for problem in error.problems]
    return []


def create_problems(profile: Any) -> list[str]:
    """Return what is wrong with creating a profile."""
    return problems_of(create_profile_kwargs, "acme", profile)


def update_problems(changes: Any) -> list[str]:
    """Return what is wrong with an update."""
    return problems_of(update_profile_kwargs, "acme", ID, changes)


def search_problems(keys: Any, match: Any = "any", page_size: Any = 100) -> list[str]:
    """Return what is wrong with a search."""
    return problems_of(requests.search_profiles_request, "acme", keys, match, page_size)


def preferring(*preferences: Any) -> Profile:
    """Return a profile with preferences for calls."""
    return Profile(engagement_preferences=EngagementPreferences(phone=[*preferences]))


def botocore_report(api_operation: str, request: Mapping[str, Any]) -> str:
    """Return what botocore's own validation of an operation finds wrong with a request."""
    shape = MODEL.operation_model(api_operation).input_shape
    assert shape
    return str(ParamValidator().validate(request, shape).generate_report())


class TestErrors:
    """One error for all that is wrong."""

    @given(profiles(clears=True))
    def test_what_the_api_accepts_has_no_problem(self, profile: Profile) -> None:
        """No profile within the API's limits has a problem, and botocore's own validation finds none either."""
        assert "" == botocore_report("CreateProfile", create_profile_kwargs("acme", profile))
        assert "" == botocore_report("UpdateProfile", update_profile_kwargs("acme", ID, profile))

    def test_all_problems_are_reported_together(self) -> None:
        """One error names the operation, that nothing was sent, and each problem with its place and rule."""
        profile = Profile(first_name="x" * 300, shipping_address=Address(city=7))  # type: ignore[arg-type]

        with pytest.raises(InvalidRequestError) as caught:
            create_profile_kwargs("a b", profile)
        assert "create_profile" == caught.value.operation
        assert (
            "create_profile: 3 problems, nothing was sent\n"
            f"  domain_name: {NOT_A_NAME}\n"
            "  first_name: 300 characters, at most 255\n"
            "  shipping_address.city: expected str, got int"
        ) == str(caught.value)

    @pytest.mark.parametrize(
        ("operation", "make", "arguments"),
        [
            ("create_profile", requests.create_profile_request, (Profile(),)),
            ("update_profile", requests.update_profile_request, (ID, Profile())),
            ("upsert_profile", requests.check_upsert, (Profile(),)),
            ("get_profile", requests.get_profile_request, (ID,)),
            ("get_profiles", requests.get_profiles_request, ([ID],)),
            ("search_profiles", requests.search_profiles_request, ({"own": "1"}, "any", 1)),
            ("delete_profile", requests.delete_profile_request, (ID,)),
            ("merge_profiles", requests.merge_profiles_request, (ID, [OTHER])),
        ],
    )
    def test_every_operation_checks_the_domain(
        self, operation: str, make: Callable[..., object], arguments: tuple[Any, ...]
    ) -> None:
        """Every operation checks the domain's name, and its error names the operation."""
        assert [] == problems_of(make, "acme", *arguments)
        with pytest.raises(InvalidRequestError, match=f"^{operation}: 1 problem, nothing was sent\n  domain_name: "):
            make("", *arguments)

    @pytest.mark.parametrize("operation", ["add_profile_key", "delete_profile_key"])
    def test_search_keys_of_a_profile_check_the_domain(self, operation: str) -> None:
        """Adding and deleting a search key check the domain's name too."""
        with pytest.raises(InvalidRequestError, match=f"^{operation}: 1 problem, nothing was sent\n  domain_name: "):
            requests.profile_key_request(operation, "", ID, "own", "1")


class TestTexts:
    """Lengths and characters."""

    @pytest.mark.parametrize(
        ("profile", "longest", "path"),
        [
            (lambda text: Profile(first_name=text), 255, "first_name"),
            (lambda text: Profile(gender=text), 255, "gender"),
            (lambda text: Profile(party_type=text), 255, "party_type"),
            (lambda text: Profile(profile_type=text), 255, "profile_type"),
            (lambda text: Profile(additional_information=text), 1000, "additional_information"),
            (lambda text: Profile(billing_address=Address(postal_code=text)), 255, "billing_address.postal_code"),
            (lambda text: Profile(attributes={"tier": text}), 255, "attributes.tier"),
            (
                lambda text: preferring(ContactPreference(key_value=text)),
                255,
                "engagement_preferences.phone[0].key_value",
            ),
        ],
        ids=name_of,
    )
    @pytest.mark.parametrize("character", ["x", "é", "😀"])
    def test_greatest_lengths(self, profile: Callable[[str], Profile], longest: int, path: str, character: str) -> None:
        """A text may be as long as the API allows, in characters, and not one character longer."""
        fits, too_long = profile(character * longest), profile(character * (longest + 1))

        assert [] == create_problems(fits) == update_problems(fits)
        assert [f"{path}: {longest + 1} characters, at most {longest}"] == create_problems(too_long)
        assert create_problems(too_long) == update_problems(too_long)

    @pytest.mark.parametrize(
        ("profile", "path"),
        [
            (Profile(profile_type=CLEAR), "profile_type"),
            (preferring(ContactPreference(key_name=CLEAR)), "engagement_preferences.phone[0].key_name"),
            (preferring(ContactPreference(key_value=CLEAR)), "engagement_preferences.phone[0].key_value"),
            (preferring(ContactPreference(profile_id=CLEAR)), "engagement_preferences.phone[0].profile_id"),
            (preferring(ContactPreference(contact_type=CLEAR)), "engagement_preferences.phone[0].contact_type"),
        ],
        ids=name_of,
    )
    def test_what_cannot_be_removed_cannot_be_clear(self, profile: Profile, path: str) -> None:
        """CLEAR is a problem in an update where the API has no way to remove; a create leaves it out."""
        assert [f"{path}: 0 characters, at least 1"] == update_problems(profile)
        assert [] == create_problems(profile)

    def test_half_of_a_surrogate_pair(self) -> None:
        """Text that UTF-8 cannot carry is a problem, wherever it stands; a whole pair's character is none."""
        problem = "contains half of a surrogate pair, which cannot be sent"

        assert [f"first_name: {problem}"] == create_problems(Profile(first_name="Ana\ud83d"))
        assert [f"attributes[0]: key: {problem}"] == create_problems(Profile(attributes={"\ud83d": "x"}))
        assert [f"attributes.tier: {problem}"] == create_problems(Profile(attributes={"tier": "\ude00"}))
        assert [f"keys[0].value: {problem}"] == search_problems({"own": "\ud83d"})
        assert [] == create_problems(Profile(first_name="Ana😀", attributes={"😀": "😀"}))

    @pytest.mark.parametrize("domain_name", ["acme", "A-_9", "x" * 64])
    def test_domain_names(self, domain_name: str) -> None:
        """A domain's name is 1 to 64 letters, digits, _ and -."""
        assert [] == problems_of(create_profile_kwargs, domain_name, Profile())

    @pytest.mark.parametrize(
        ("domain_name", "problem"),
        [
            ("", "0 characters, at least 1"),
            ("x" * 65, "65 characters, at most 64"),
            ("a b", NOT_A_NAME),
            ("acme\n", NOT_A_NAME),
            ("ácme", NOT_A_NAME),
            ("٣", NOT_A_NAME),
            (None, "expected str, got NoneType"),
            (7, "expected str, got int"),
            (b"acme", "expected str, got bytes"),
        ],
    )
    def test_malformed_domain_names(self, domain_name: Any, problem: str) -> None:
        """Anything else is a problem."""
        assert [f"domain_name: {problem}"] == problems_of(create_profile_kwargs, domain_name, Profile())

    @pytest.mark.parametrize(
        ("profile_id", "problem"),
        [
            ("", "0 characters, at least 1"),
            ("x", NOT_AN_ID),
            (ID.upper(), NOT_AN_ID),
            (ID[:-1] + "g", NOT_AN_ID),
            (ID[:-1] + "\n", NOT_AN_ID),
            (ID + "0", "33 characters, at most 32"),
            (None, "expected str, got NoneType"),
            (b"0" * 32, "expected str, got bytes"),
        ],
    )
    def test_malformed_profile_ids(self, profile_id: Any, problem: str) -> None:
        """A profile's id that is not 32 lower-case hexadecimal digits is a problem, wherever it is given."""
        assert [f"profile_id: {problem}"] == problems_of(update_profile_kwargs, "acme", profile_id, Profile())
        assert [f"profile_id: {problem}"] == problems_of(requests.get_profile_request, "acme", profile_id)
        assert [f"profile_id: {problem}"] == problems_of(requests.delete_profile_request, "acme", profile_id)
        assert [f"profile_ids[1]: {problem}"] == problems_of(
            requests.get_profiles_request, "acme", [ID, profile_id, ID]
        )

    def test_a_profile_id_in_a_preference(self) -> None:
        """The id that a preference holds has the same form."""
        assert [f"engagement_preferences.phone[0].profile_id: {NOT_AN_ID}"] == create_problems(
            preferring(ContactPreference(profile_id="x"))
        )


class TestPaths:
    """A path is made of the caller's own names and numbers."""

    def test_an_empty_preference_counts(self) -> None:
        """The number in a path is the caller's own, also behind a preference of which nothing is sent."""
        profile = preferring(ContactPreference(), ContactPreference(), ContactPreference(key_name="a b"))

        assert [f"engagement_preferences.phone[2].key_name: {NOT_A_NAME}"] == create_problems(profile)

    def test_the_argument_is_named_as_the_method_names_it(self) -> None:
        """What is too large is named by the method's own argument."""
        attributes = {f"{number:04}{'k' * 200}": "x" * 255 for number in range(600)}

        assert ["profile"] == [each.split(":")[0] for each in create_problems(Profile(attributes=attributes))]
        assert ["changes"] == [each.split(":")[0] for each in update_problems(Profile(attributes=attributes))]

    @pytest.mark.parametrize(
        "profile", [None, "Ana", {"first_name": "Ana"}, Profile, Address(), Proxy("Ana")], ids=name_of
    )
    def test_what_is_no_profile(self, profile: Any) -> None:
        """Anything but a Profile in its place is a listed problem that names the argument."""
        name = type(profile).__name__

        assert [f"profile: expected Profile, got {name}"] == create_problems(profile)
        assert [f"changes: expected Profile, got {name}"] == update_problems(profile)
        assert [f"profile: expected Profile, got {name}"] == problems_of(requests.check_upsert, "acme", profile)

    def test_attribute_keys(self) -> None:
        """An attribute's key is 1 to 255 characters of text; another is named by its position."""
        attributes: Any = {"": "a", "k" * 256: "b", 7: "c", "k" * 255: "d"}

        assert [
            "attributes[0]: key: 0 characters, at least 1",
            "attributes[1]: key: 256 characters, at most 255",
            "attributes[2]: key: expected str, got int",
        ] == create_problems(Profile(attributes=attributes))

    def test_only_keys_that_read_as_names_are_shown(self) -> None:
        """A path shows an attribute's key that is a name; any other could be a customer's data."""
        attributes: Any = {"tier": 1, "ana@mail.example": 2, "+49 30 555 0100": 3, "Ana Example": 4, "k" * 65: 5}

        assert [
            "attributes.tier: expected str, got int",
            "attributes[1]: expected str, got int",
            "attributes[2]: expected str, got int",
            "attributes[3]: expected str, got int",
            "attributes[4]: expected str, got int",
        ] == create_problems(Profile(attributes=attributes))


class TestWrongTypes:
    """Any ordinary wrong object is a listed problem, and its value is not shown."""

    @pytest.mark.parametrize(
        ("fields", "problem"),
        [
            ({"first_name": 7}, "first_name: expected str, got int"),
            ({"first_name": b"Ana"}, "first_name: expected str, got bytes"),
            ({"first_name": UserString("Ana")}, "first_name: expected str, got UserString"),
            ({"first_name": Proxy("Ana")}, "first_name: expected str, got Proxy"),
            ({"first_name": Missing()}, "first_name: expected str, got Missing"),
            ({"account_number": Decimal(4711)}, "account_number: expected str, got Decimal"),
            ({"birth_date": date(1990, 1, 1)}, "birth_date: expected str, got date"),
            ({"middle_name": array("i", [1])}, "middle_name: expected str, got array"),
            ({"gender": 7}, "gender: expected str, got int"),
            ({"gender": Missing()}, "gender: expected str, got Missing"),
            ({"gender": Proxy("MALE")}, "gender: expected str, got Proxy"),
            ({"gender": Proxy(Gender.MALE)}, "gender: expected str, got Proxy"),
            ({"party_type": True}, "party_type: expected str, got bool"),
            ({"profile_type": math.nan}, "profile_type: expected str, got float"),
            ({"address": "Main St. 1"}, "address: expected Address, got str"),
            ({"address": {"City": "Cork"}}, "address: expected Address, got dict"),
            ({"address": Profile()}, "address: expected Address, got Profile"),
            ({"address": Missing()}, "address: expected Address, got Missing"),
            ({"attributes": "tier=gold"}, "attributes: expected mapping of str to str, got str"),
            ({"attributes": [("tier", "gold")]}, "attributes: expected mapping of str to str, got list"),
            ({"attributes": Missing()}, "attributes: expected mapping of str to str, got Missing"),
            ({"attributes": {"tier": {"b": "c"}}}, "attributes.tier: expected str, got dict"),
            ({"attributes": {"tier": Proxy("gold")}}, "attributes.tier: expected str, got Proxy"),
            ({"attributes": {Proxy("tier"): "gold"}}, "attributes[0]: key: expected str, got Proxy"),
            ({"engagement_preferences": {}}, "engagement_preferences: expected EngagementPreferences, got dict"),
            (
                {"engagement_preferences": EngagementPreferences(phone="PhoneNumber")},  # type: ignore[arg-type]
                "engagement_preferences.phone: expected list of ContactPreference, got str",
            ),
            (
                {"engagement_preferences": EngagementPreferences(phone=Missing())},  # type: ignore[arg-type]
                "engagement_preferences.phone: expected list of ContactPreference, got Missing",
            ),
            (
                {"engagement_preferences": EngagementPreferences(email=[ContactPreference(key_name="k"), None])},  # type: ignore[list-item]
                "engagement_preferences.email[1]: expected ContactPreference, got NoneType",
            ),
            (
                {"engagement_preferences": EngagementPreferences(email=[ContactPreference(key_name="a b")])},
                f"engagement_preferences.email[0].key_name: {NOT_A_NAME}",
            ),
        ],
        ids=name_of,
    )
    def test_in_a_profile(self, fields: dict[str, Any], problem: str) -> None:
        """A value of the wrong type is a listed problem, in a create and in an update."""
        assert [problem] == create_problems(Profile(**fields)) == update_problems(Profile(**fields))

    def test_each_once_and_in_the_order_of_the_fields(self) -> None:
        """Texts where none belong are reported once each, whatever text they are, and not after all the others."""
        texts: dict[str, Any] = {"address": "Hauptstraße 1", "attributes": "tier=gold", "mailing_address": ""}
        problems = create_problems(Profile(profile_type="x" * 256, **texts))

        assert [
            "address: expected Address, got str",
            "mailing_address: expected Address, got str",
            "attributes: expected mapping of str to str, got str",
            "profile_type: 256 characters, at most 255",
        ] == problems

    @pytest.mark.parametrize(
        ("keys", "problems"),
        [
            ({}, ["keys: 0 items, at least 1"]),
            (None, ["keys: expected mapping of 1 to 5 search keys to values, got NoneType"]),
            ("_email", ["keys: expected mapping of 1 to 5 search keys to values, got str"]),
            (Missing(), ["keys: expected mapping of 1 to 5 search keys to values, got Missing"]),
            ([("_email", "x")], ["keys: expected mapping of 1 to 5 search keys to values, got list"]),
            (dict.fromkeys("abcdef", "x"), ["keys: 6 items, at most 5"]),
            ({"a b": "x", "own": ""}, [f"keys[0].key: {NOT_A_NAME}", "keys[1].value: 0 characters, at least 1"]),
            ({7: "x", "own": ["x"]}, ["keys[0].key: expected str, got int", "keys[1].value: expected str, got list"]),
            ({"own": Missing()}, ["keys[0].value: expected str, got Missing"]),
            ({"own": Proxy("x")}, ["keys[0].value: expected str, got Proxy"]),
            ({"own": "x" * 256}, ["keys[0].value: 256 characters, at most 255"]),
        ],
        ids=name_of,
    )
    def test_in_search_keys(self, keys: Any, problems: list[str]) -> None:
        """Search keys are 1 to 5 names with one text each; a key, which may be a value by mistake, is not shown."""
        assert problems == search_problems(keys)

    @pytest.mark.parametrize("match", ["", "ANY", "or", None, ["any"], Missing(), Proxy("any")], ids=name_of)
    def test_in_the_match(self, match: Any) -> None:
        """A search matches "any" or "all"."""
        assert ['match: expected "any" or "all"'] == search_problems({"own": "1"}, match=match)

    @pytest.mark.parametrize(
        ("page_size", "problem"),
        [
            (0, "not within 1 to 100"),
            (101, "not within 1 to 100"),
            (True, "expected int, got bool"),
            ("10", "expected int, got str"),
            (10.0, "expected int, got float"),
            (None, "expected int, got NoneType"),
            (Missing(), "expected int, got Missing"),
            (Proxy(10), "expected int, got Proxy"),
        ],
        ids=name_of,
    )
    def test_in_the_page_size(self, page_size: Any, problem: str) -> None:
        """A page has 1 to 100 profiles."""
        assert [f"page_size: {problem}"] == search_problems({"own": "1"}, page_size=page_size)

    @pytest.mark.parametrize(
        ("values", "problem"),
        [
            ([], "values: 0 items, at least 1"),
            ("", "values[0]: 0 characters, at least 1"),
            (["1", ""], "values[1]: 0 characters, at least 1"),
            (["1", 2], "values[1]: expected str, got int"),
            (7, "values: expected list of str, got int"),
            (b"1", "values: expected list of str, got bytes"),
            ({"1": "2"}, "values: expected list of str, got dict"),
            (Missing(), "values: expected list of str, got Missing"),
        ],
        ids=name_of,
    )
    def test_in_the_values_of_a_search_key(self, values: Any, problem: str) -> None:
        """The values of a search key are texts, at least one."""
        assert [problem] == problems_of(requests.profile_key_request, "add_profile_key", "acme", ID, "own", values)

    @pytest.mark.parametrize(
        ("profile_ids", "problem"),
        [
            ([], "profile_ids: 0 items, at least 1"),
            ([OTHER] * 21, "profile_ids: 21 items, at most 20"),
            (OTHER, "profile_ids: expected list of str, got str"),
            ([OTHER, "x"], f"profile_ids[1]: {NOT_AN_ID}"),
            ([OTHER, ID], "profile_ids[1]: is the main profile, which cannot be merged into itself"),
        ],
    )
    def test_in_the_profiles_to_merge(self, profile_ids: Any, problem: str) -> None:
        """A merge takes 1 to 20 ids, and not that of the main profile."""
        assert [problem] == problems_of(requests.merge_profiles_request, "acme", ID, profile_ids)
        assert [] == problems_of(requests.merge_profiles_request, "acme", ID, [OTHER] * 20)


class TestWhatTheCallerRaises:
    """An exception of the caller's own iterator or mapping comes out as it is, the same object."""

    def test_in_ids(self, client: CustomerProfilesClient) -> None:
        """A generator of ids that fails is not "no list of str"."""
        failure = OSError("connection lost")

        def ids() -> Iterator[str]:
            yield ID
            raise failure

        for read in (client.get_profiles, lambda ids: client.merge_profiles(OTHER, ids)):
            with pytest.raises(OSError) as caught:
                read(ids())
            assert failure is caught.value

    def test_in_attributes(self) -> None:
        """A mapping of attributes that fails does so where the profile is made."""
        with pytest.raises(OSError) as caught:
            Profile(attributes=FailingMapping(tier="gold"))
        assert FailingMapping.failure is caught.value

    def test_in_search_keys(self, client: CustomerProfilesClient) -> None:
        """A mapping of search keys that fails is not "no mapping"."""
        with pytest.raises(OSError) as caught:
            client.search_profiles(FailingMapping(own="1"))
        assert FailingMapping.failure is caught.value


class TestSize:
    """A profile has at most 250 KB."""

    @pytest.mark.parametrize("character", ["x", "é", "\x00", "\\"], ids=repr)
    def test_attributes(self, character: str) -> None:
        """Attributes may hold 250 KB as UTF-8 JSON, whatever their characters, and not more."""

        def profile(count: int) -> Profile:
            return Profile(attributes={f"{number:04}{character * 200}": character * 255 for number in range(count)})

        assert [] == create_problems(profile(50))
        (problem,) = create_problems(profile(600))
        assert problem.startswith("profile: ")
        assert problem.endswith(f" bytes, at most {MAX_PROFILE_BYTES}")

    def test_to_the_byte(self) -> None:
        """Exactly 250 KB pass, and one byte more does not."""
        entry = len(', "0000": ""') + 255
        count, rest = divmod(MAX_PROFILE_BYTES - len('{"DomainName": "acme", "Attributes": {}}') + len(", "), entry)
        attributes = {f"{number:04}": "x" * 255 for number in range(count)}
        attributes["last"] = "x" * (rest - len(', "last": ""'))

        assert [] == create_problems(Profile(attributes=attributes))
        attributes["last"] += "x"
        assert [f"profile: {MAX_PROFILE_BYTES + 1} bytes, at most {MAX_PROFILE_BYTES}"] == create_problems(
            Profile(attributes=attributes)
        )

    def test_preferences_count_too(self) -> None:
        """The size of a profile counts its contact preferences."""
        preferences = [ContactPreference(key_value="x" * 255)] * 1000

        assert [] == create_problems(preferring(*preferences[:500]))
        (problem,) = create_problems(preferring(*preferences))
        assert problem.endswith(f" bytes, at most {MAX_PROFILE_BYTES}")


def _cycle() -> list[Any]:
    cycle: list[Any] = []
    cycle.append(cycle)
    return cycle


ordinary_objects = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.uuids()
    | st.binary()
    | st.builds(bytearray, st.binary())
    | st.text()
    | st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf"]), max_size=3)
    | st.builds(UserString, st.text())
    | st.builds(lambda numbers: array("d", numbers), st.lists(st.floats(), max_size=3))
    | st.builds(object)
    | st.builds(Missing)
    | st.sampled_from([Proxy("secret"), Proxy(Gender.MALE), Proxy(7), Proxy(b"secret")])
    | st.sampled_from([_cycle(), Profile, Profile(), Address(), print, ..., Gender, NotImplemented]),
    lambda children: (
        st.lists(children, max_size=3)
        | st.tuples(children)
        | st.builds(iter, st.lists(children, max_size=2))
        | st.dictionaries(st.text() | st.integers() | st.none(), children, max_size=3)
        | st.builds(UserDict, st.dictionaries(st.text(), children, max_size=2))
        | st.builds(lambda value: Address(city=value, state=value), children)
        | st.builds(lambda value: EngagementPreferences(phone=value, email=[value, value]), children)
        | st.builds(lambda value: ContactPreference(key_name=value, contact_type=value), children)
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from([each.name for each in attrs.fields(Profile)]), ordinary_objects, max_size=2),
    ordinary_objects,
    st.sampled_from(["an argument", "the profile", "its fields"]),
)
@example({"first_name": "x" * 10_000_000}, None, "its fields")
@example({"attributes": {"x" * 10_000_000: "y"}}, None, "its fields")
def test_any_object_anywhere_ends_in_a_listed_problem(fields: dict[str, Any], value: Any, place: str) -> None:
    """Whatever is passed, the outcome is a request that botocore accepts or an InvalidRequestError without a value."""
    profile = value if place == "the profile" else Profile(**fields)
    text = value if place == "an argument" else "acme"
    calls: list[tuple[str, Any, tuple[Any, ...]]] = [
        ("CreateProfile", requests.create_profile_request, (text, profile)),
        ("UpdateProfile", requests.update_profile_request, ("acme", ID, profile)),
        ("UpdateProfile", requests.update_profile_request, ("acme", text, profile)),
        ("BatchGetProfile", requests.get_profile_request, ("acme", text)),
        ("BatchGetProfile", requests.get_profiles_request, ("acme", [ID, text])),
        ("SearchProfiles", requests.search_profiles_request, ("acme", value, "any", 1)),
        ("SearchProfiles", requests.search_profiles_request, ("acme", {"own": text}, text, 1)),
        ("SearchProfiles", requests.search_profiles_request, ("acme", {"own": "1"}, "any", value)),
        ("AddProfileKey", requests.profile_key_request, ("add_profile_key", "acme", ID, text, value)),
        ("MergeProfiles", requests.merge_profiles_request, ("acme", ID, value)),
    ]
    for api_operation, make, arguments in calls:
        try:
            request = make(*arguments)
        except InvalidRequestError as error:
            assert error.problems
            assert "secret" not in str(error)
            assert len(str(error)) < 200 * (len(error.problems) + 1)
        else:
            assert "" == botocore_report(api_operation, request)


@given(ordinary_objects)
def test_any_object_as_ids(value: Any) -> None:
    """Whatever is passed as ids, the outcome is a list of them or an InvalidRequestError without a value."""
    try:
        request = requests.get_profiles_request("acme", value)
    except InvalidRequestError as error:
        assert "secret" not in str(error)
    else:
        assert {"DomainName": "acme", "ProfileIds": []} == request


@pytest.mark.parametrize(
    ("name", "problems"),
    [
        ("acme", []),
        ("a b", ["domain_name: expected letters, digits, _ and - only"]),
        (1, ["domain_name: expected str, got int"]),
    ],
)
def test_the_name_of_a_domain(name: object, problems: list[str]) -> None:
    """It can be checked by itself, before there is a request."""
    assert problems == [str(each) for each in requests.domain_name_problems(name)]
