"""What a load would reject, found before anything is sent."""

from collections.abc import Iterator

import pytest

from customer_profiles_sdk import Address, InvalidRequestError, Problem, Profile, SearchKey
from customer_profiles_sdk.bulk import Row, RowAction, RowOutcome, check_rows

LONG = "A" * 300


def test_a_row_that_can_be_sent_has_no_outcome() -> None:
    """Nothing is sent, so nothing has become of a row that is fit to be."""
    assert [] == list(check_rows([Profile(account_number="C-1"), Row(number=2, profile=Profile(account_number="2"))]))


def test_every_problem_of_a_row_is_found() -> None:
    """All problems of a row come together, each with its place."""
    profile = Profile(account_number="C-1", first_name=LONG, address=Address(city=LONG))
    assert [
        RowOutcome(
            row=1,
            action=RowAction.REJECTED,
            problems=(
                Problem("first_name", "300 characters, at most 255"),
                Problem("address.city", "300 characters, at most 255"),
            ),
        )
    ] == list(check_rows([profile]))


def test_a_problem_of_a_file_names_the_column() -> None:
    """Where a field came from a column, the problem's path has both."""
    row = Row(number=7, profile=Profile(account_number="C-1", first_name=LONG), columns={"first_name": "Vorname"})
    assert ["Vorname (first_name)"] == [each.path for each in next(check_rows([row])).problems]


def test_problems_of_cells_and_of_values_come_together() -> None:
    """What is wrong with a cell does not hide what is wrong with another."""
    row = Row(number=7, profile=Profile(first_name=LONG), problems=(Problem("Tel. (phone_number)", "is spoiled"),))
    assert ["Tel. (phone_number)", "first_name"] == [each.path for each in next(check_rows([row])).problems]


def test_a_row_that_cannot_be_read_is_rejected() -> None:
    """A row without a profile is rejected for what is wrong with it."""
    row = Row(number=7, problems=(Problem("row", "9 cells, expected 11"),))
    assert ["row: 9 cells, expected 11"] == [str(each) for each in next(check_rows([row])).problems]


@pytest.mark.parametrize("value", [{"account_number": "C-1"}, None, "C-1", 7])
def test_what_is_no_profile_is_rejected(value: object) -> None:
    """An iterable may hold anything; what is no profile is a rejected row."""
    outcome = next(check_rows([value]))  # type: ignore[list-item]  # what a type checker would find
    assert [f"profile: expected Profile, got {type(value).__name__}"] == [str(each) for each in outcome.problems]


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        (Profile(first_name="Ana"), "the row has no value to find the customer by"),
        (Profile(account_number="n/a"), "what is there is a filler, or no such value to find the customer by"),
    ],
)
def test_a_row_without_a_key_is_rejected(profile: Profile, message: str) -> None:
    """A row by which no customer can be found is rejected, saying which column could give a value."""
    row = Row(number=1, profile=profile, columns={"account_number": "Kundennummer"})
    assert [f"Kundennummer (account_number): {message}"] == [str(each) for each in next(check_rows([row])).problems]


def test_a_row_without_a_key_names_the_columns_of_all_keys() -> None:
    """With several keys any of their columns could give a value."""
    outcome = next(check_rows([Profile()], match_on=[SearchKey.ACCOUNT, SearchKey.EMAIL]))
    assert (
        "account_number or email_address or personal_email_address or business_email_address"
        == outcome.problems[0].path
    )


def test_any_of_several_keys_is_enough() -> None:
    """With several keys a row needs a value for one of them."""
    rows = [Profile(account_number="C-1"), Profile(email_address="ana@mail.example")]
    assert [] == list(check_rows(rows, match_on=[SearchKey.ACCOUNT, SearchKey.EMAIL]))


@pytest.mark.parametrize("match_on", [SearchKey.FULL_NAME, "tier", [], [SearchKey.ACCOUNT, SearchKey.FULL_NAME]])
def test_a_name_identifies_nobody(match_on: SearchKey) -> None:
    """The keys to match on are those that tell one customer from another."""
    with pytest.raises(InvalidRequestError, match="match_on: expected one or more of _account, _email, _phone"):
        check_rows([], match_on=match_on)


def test_rows_are_taken_as_they_are_needed() -> None:
    """Any number of rows can be checked: none is taken before it is asked for."""
    taken = []

    def rows() -> Iterator[Profile]:
        for number in range(10):
            taken.append(number)
            yield Profile()

    outcomes = check_rows(rows())
    assert (1, 2, [0, 1]) == (next(outcomes).row, next(outcomes).row, taken)
