"""How a long result is fetched page by page."""

from itertools import chain
from typing import Any

from conformance.behaviours import known, likely, unknown
from conformance.observing import Observe
from conformance.target import Target

SIZE = 22


def many(target: Target) -> tuple[list[str], dict[str, Any]]:
    """Create profiles of one account number; return their ids, in order, and the search that finds them all."""
    number = target.unique()
    ids = [target.create(AccountNumber=number) for _ in range(SIZE)]
    target.found("_account", number, ids, MaxResults=100)
    return ids, {"KeyName": "_account", "Values": [number]}


def pages(target: Target, search: dict[str, Any], **parameters: Any) -> list[list[str]]:
    """Return the ids on every page of a search, but for those behind the tenth."""
    found: list[list[str]] = []
    token: dict[str, str] = {}
    while len(found) < 10:
        response = target.call("search_profiles", **search, **parameters, **token)
        found.append([item["ProfileId"] for item in response["Items"]])
        if "NextToken" not in response:
            break
        token = {"NextToken": response["NextToken"]}
    return found


@known("a page has 20 profiles by default, and every profile is on one page")
def test_pages(target: Target, observe: Observe) -> None:
    """All pages of a search with more than 20 hits."""
    ids, search = many(target)
    found = pages(target, search)

    every = sorted(chain.from_iterable(found)) == sorted(ids)

    observe(([20, SIZE - 20], True), ([len(page) for page in found], every))


@unknown("results are in the order of creation")
def test_order(target: Target, observe: Observe) -> None:
    """All hits of a search on one page."""
    ids, search = many(target)
    (found,) = pages(target, search, MaxResults=100)

    observe.that(ids == found, f"in order of creation: {ids == found}")


@likely("a page token is rejected if it was changed or belongs to another query (BadRequestException)")
def test_tokens(target: Target, observe: Observe) -> None:
    """A token that lost a character, and one that is used in another search."""
    _, search = many(target)
    token = target.call("search_profiles", **search, MaxResults=1)["NextToken"]
    other = {**search, "Values": [target.unique()]}

    observe(
        ["BadRequestException"] * 2,
        [
            target.rejection("search_profiles", **search, NextToken=token[:-1])[0],
            target.rejection("search_profiles", **other, NextToken=token)[0],
        ],
    )
