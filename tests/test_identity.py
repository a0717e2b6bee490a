"""Whether two values mean the same customer, as an upsert decides it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import FILLERS, key_values, keys

from customer_profiles_sdk import SearchKey
from customer_profiles_sdk._core.identity import Match, compare, normalized

ACCOUNT, EMAIL, PHONE, FULL_NAME = SearchKey.ACCOUNT, SearchKey.EMAIL, SearchKey.PHONE, SearchKey.FULL_NAME


def match(key: str, one: str, other: str) -> Match:
    """Return how sure it is that two key_values are the same."""
    return compare(key, [one], [other])


def has_no_digit(text: str) -> bool:
    """Tell whether a text has no digit, in any script and in compatibility characters either."""
    return not any(map(str.isdecimal, unicodedata.normalize("NFKC", text)))


class TestNormalized:
    """The form that only values have in common that are certainly the same."""

    @pytest.mark.parametrize(
        ("key", "text", "expected"),
        [
            (PHONE, "+1 (206) 345-7890", "2063457890"),
            (PHONE, "206.345.7890", "2063457890"),
            (PHONE, "(206) 345-7890", "2063457890"),
            (PHONE, "1 206 345 7890", "12063457890"),
            (PHONE, "+1 206 145 7890", "+12061457890"),
            (PHONE, "+65 6223 4567", "+6562234567"),
            (PHONE, "(656) 223-4567", "6562234567"),
            (PHONE, "1-800-FLOWERS", "1800FLOWERS"),
            (PHONE, "1-800-flowers", "1800FLOWERS"),
            (PHONE, "030 555 0100 x7", "0305550100X7"),
            (PHONE, "\u0660\u0663\u0660 555", "030555"),
            (PHONE, "\uff0b\uff11 206 345 7890", "2063457890"),
            (PHONE, "(+65) 6223 4567", "+6562234567"),
            (PHONE, "\u202a+65 6223 4567\u202c", "+6562234567"),
            (PHONE, "tel:+12063457890", "2063457890"),
            (PHONE, "2063457890, 2063457891", None),
            (PHONE, "2063457890 / 2063457891", None),
            (PHONE, "2063457890+12", None),
            (PHONE, "0", None),
            (PHONE, "000-000-0000", None),
            (PHONE, "(999) 999-9999", None),
            (PHONE, "101", None),
            (PHONE, "FLOWERS", None),
            (PHONE, "+", None),
            (EMAIL, " Ana@Mail.Example\t", "ana@mail.example"),
            (EMAIL, "ana", None),
            (EMAIL, "@", None),
            (EMAIL, "none@none.com", None),
            (EMAIL, "n/a@n/a", None),
            (EMAIL, "nan@", None),
            (ACCOUNT, " C-1 ", "C-1"),
            (ACCOUNT, "c-1", "c-1"),
            (ACCOUNT, "0", "0"),
            (ACCOUNT, "x\u00b2", "x\u00b2"),
        ],
    )
    def test_forms(self, key: str, text: str, expected: str | None) -> None:
        """Space around a value never counts; punctuation and a North American +1 do not in phones."""
        assert expected == normalized(key, text)

    @pytest.mark.parametrize("key", [ACCOUNT, EMAIL, PHONE])
    @pytest.mark.parametrize("text", FILLERS)
    def test_a_filler_is_no_value(self, key: SearchKey, text: str) -> None:
        """What people write where there is no value, and text without letter and digit, is no value."""
        assert None is normalized(key, text)


class TestCompare:
    """Whether a profile that was found is the one that was meant."""

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("+1 (206) 345-7890", "2063457890", Match.SAME),
            ("206-345-7890", "(206) 345 7890", Match.SAME),
            ("+49 30 5550100", "+49 (30) 555-0100", Match.SAME),
            ("1-800-FLOWERS", "1 800 flowers", Match.SAME),
            ("1-800-FLOWERS", "1-800-CONTACTS", Match.DIFFERENT),
            ("1-800-FLOWERS", "1800", Match.DIFFERENT),
            ("555 0100 x7", "555 0100 x8", Match.DIFFERENT),
            ("555 0100 x7", "555 0100 ext. 7", Match.ALIKE),
            ("+65 6223 4567", "(656) 223-4567", Match.ALIKE),
            ("13812345678", "3812345678", Match.ALIKE),
            ("1 206 345 7890", "206 345 7890", Match.ALIKE),
            ("+49 30 5550100", "030 5550100", Match.ALIKE),
            ("+49 30 5550100", "0049 30 5550100", Match.ALIKE),
            ("+49 30 5550100", "49 30 5550100", Match.ALIKE),
            ("5550100", "+49 30 5550100", Match.ALIKE),
            ("50100", "+49 30 5550100", Match.DIFFERENT),
            ("+49 30 5550100", "+49 30 5550101", Match.DIFFERENT),
            ("call me", "call me", Match.DIFFERENT),
            ("n/a", "n/a", Match.DIFFERENT),
            ("", "", Match.DIFFERENT),
        ],
    )
    def test_phones(self, one: str, other: str, expected: Match) -> None:
        """Two spellings of a number are the same; with and without a country code they may be, but not certainly."""
        assert expected is match(PHONE, one, other)

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("ana@mail.example", " ANA@Mail.Example ", Match.SAME),
            ("ana@mail.example", "ann@mail.example", Match.DIFFERENT),
            ("ana+1@mail.example", "ana@mail.example", Match.DIFFERENT),
            ("straße@mail.example", "strasse@mail.example", Match.ALIKE),
            ("ana", "ana", Match.DIFFERENT),
            ("none", "none", Match.DIFFERENT),
            ("@", "@", Match.DIFFERENT),
        ],
    )
    def test_emails(self, one: str, other: str, expected: Match) -> None:
        """Addresses are the same whatever their case; a text without an @ is no address."""
        assert expected is match(EMAIL, one, other)

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("C-1", "C-1", Match.SAME),
            ("C-1", "\tC-1 ", Match.SAME),
            ("C-1", "c-1", Match.ALIKE),
            ("C-1", "C1", Match.DIFFERENT),
            ("C-1", "C 1", Match.DIFFERENT),
            ("007", "7", Match.DIFFERENT),
            ("2063457890", "+12063457890", Match.DIFFERENT),
            ("unknown", "unknown", Match.DIFFERENT),
        ],
    )
    def test_account_numbers(self, one: str, other: str, expected: Match) -> None:
        """Account numbers are compared to the letter; another case is not certainly another account."""
        assert expected is match(ACCOUNT, one, other)

    def test_of_many_values_the_best_match_counts(self) -> None:
        """One value of a profile is enough; without any there is no match."""
        assert Match.SAME is compare(PHONE, ["5550100", "5550199"], ["+49 30 5550100", "555-0199"])
        assert Match.ALIKE is compare(PHONE, iter(["5550100", "1"]), iter(["+49 30 5550100", "n/a"]))
        assert Match.DIFFERENT is compare(PHONE, ["5550100"], [])
        assert Match.DIFFERENT is compare(PHONE, [], ["5550100"])

    @given(keys, key_values, key_values)
    def test_it_is_symmetric(self, key: str, one: str, other: str) -> None:
        """It does not matter which of two values was wanted and which was found."""
        assert match(key, one, other) is match(key, other, one)

    @given(keys, key_values, key_values)
    def test_the_same_has_one_form(self, key: str, one: str, other: str) -> None:
        """Two values are the same exactly where they have one normalized form."""
        forms = {normalized(key, one), normalized(key, other)}

        assert (len(forms) == 1 and None not in forms) is (match(key, one, other) is Match.SAME)

    @given(keys, key_values)
    def test_a_value_is_the_same_as_itself(self, key: str, text: str) -> None:
        """A value equals itself, and what is no value equals nothing."""
        expected = Match.DIFFERENT if normalized(key, text) is None else Match.SAME

        assert expected is match(key, text, text)

    @given(st.text().filter(has_no_digit), key_values)
    def test_a_text_without_a_digit_is_no_phone_number(self, text: str, other: str) -> None:
        """A text without a digit is never the same as any phone number, not even as itself."""
        assert Match.DIFFERENT is match(PHONE, text, text) is match(PHONE, text, other)

    @given(st.lists(st.tuples(st.sampled_from("12345678"), st.sampled_from(["", " ", "-", ") (", "."])), min_size=5))
    def test_punctuation_does_not_count_in_phones(self, spelling: list[tuple[str, str]]) -> None:
        """A number is the same as its digits alone."""
        digits, spelled = "".join(digit for digit, _ in spelling), "".join(map("".join, spelling))

        assert Match.SAME is match(PHONE, digits, spelled) is match(PHONE, f"+{digits}", f"+{spelled}")

    @given(st.from_regex(r"[2-8][0-9]{2}[2-9][0-9]{6}", fullmatch=True))
    def test_the_country_code_1(self, digits: str) -> None:
        """Before a valid North American number +1 says nothing; any other country code may be another number."""
        assert Match.SAME is match(PHONE, digits, f"+1{digits}")
        assert Match.ALIKE is match(PHONE, digits, f"+49{digits}")
