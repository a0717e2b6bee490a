"""How the predefined search keys find a profile: their fields, and how the service compares."""

import pytest
from hypothesis import given
from strategies import key_values, keys

from customer_profiles_sdk import Profile, SearchKey
from customer_profiles_sdk._core.search_keys import indexed, values_for_key

ACCOUNT, EMAIL, PHONE, FULL_NAME = SearchKey.ACCOUNT, SearchKey.EMAIL, SearchKey.PHONE, SearchKey.FULL_NAME


class TestValues:
    """Which of a profile's values a key looks at."""

    profile = Profile(
        account_number="C-1",
        first_name="Ana",
        last_name="Lee",
        phone_number="1",
        mobile_phone_number="2",
        home_phone_number="3",
        business_phone_number="4",
        email_address="a@x",
        personal_email_address="b@x",
        business_email_address="c@x",
    )

    @pytest.mark.parametrize(
        ("key", "expected"),
        [
            (ACCOUNT, ("C-1",)),
            (FULL_NAME, ("Ana Lee",)),
            (PHONE, ("1", "2", "3", "4")),
            (EMAIL, ("a@x", "b@x", "c@x")),
            (SearchKey.ORDER_ID, ()),
            ("own", ()),
        ],
    )
    def test_of_a_profile(self, key: str, expected: tuple[str, ...]) -> None:
        """A key looks at all fields of its kind; a name is one value, without the parts that are not set."""
        assert expected == values_for_key(key, lambda field: getattr(self.profile, field))

    @pytest.mark.parametrize("key", SearchKey)
    def test_of_an_empty_profile(self, key: SearchKey) -> None:
        """A profile without the fields has no value, and neither has one whose fields are empty."""
        assert () == values_for_key(key, lambda _: None) == values_for_key(key, lambda _: "")


class TestIndexed:
    """The service's own comparison, as its documentation has it."""

    @pytest.mark.parametrize(
        ("key", "text", "expected"),
        [
            (PHONE, "+1 (206) 345-7890", "2063457890"),
            (PHONE, "2063457890", "2063457890"),
            (PHONE, "+15551234567", "5551234567"),
            (PHONE, "(555)-123-4567", "5551234567"),
            (PHONE, "+49 30 555 0100", "49305550100"),
            (PHONE, "1-800-FLOWERS", "1800"),
            (PHONE, "FLOWERS", None),
            (PHONE, "", None),
            (EMAIL, "Ana@Mail.Example", "ana@mail.example"),
            (EMAIL, " ana@mail.example", " ana@mail.example"),
            (FULL_NAME, "John  SMITH", "john smith"),
            (FULL_NAME, "  ", None),
            (ACCOUNT, " c-1", " c-1"),
            (ACCOUNT, "C-1", "C-1"),
            ("own", "Any  Text", "Any  Text"),
        ],
    )
    def test_forms(self, key: str, text: str, expected: str | None) -> None:
        """Case counts not in addresses and names, repeated spaces not in names, formatting and +1 not in phones."""
        assert expected == indexed(key, text)

    @given(keys, key_values)
    def test_a_form_is_its_own_form(self, key: str, text: str) -> None:
        """The form of a form is the form itself."""
        form = indexed(key, text)

        assert form is None or form == indexed(key, form)
