"""The files of customers that loads are measured with; made up, and the same in each run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

COLUMNS: Final = (
    "AccountNumber",
    "FirstName",
    "LastName",
    "EmailAddress",
    "PhoneNumber",
    "BirthDate",
    "Address.Address1",
    "Address.City",
    "Address.PostalCode",
    "Address.Country",
    "Attributes.tier",
    "Attributes.source",
)
"""Twelve columns that map themselves."""

REVISION: Final = "revision"
"""The attribute that tells the rows of one customer apart."""


def write_customers(path: Path, rows: int) -> None:
    """Write so many customers, one a row, with all columns."""
    _write(path, COLUMNS, (_customer(number) for number in range(rows)))


def write_repeated_customers(path: Path, customers: int, times: int) -> None:
    """Write customers that each occur several times, in a mixed order; the last row of each has the last revision."""
    numbers = [number for number in range(customers) for _ in range(times)]
    Random(2026).shuffle(numbers)
    _write(path, ("AccountNumber", "FirstName", f"Attributes.{REVISION}"), _revisions(numbers))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _customer(number: int) -> Sequence[str]:
    return (
        account_number(number),
        "Ana",
        f"Example {number}",
        f"ana.{number}@mail.example",
        f"+1206{2000000 + number % 7000000}",
        "1984-05-17",
        f"{number} Main Street",
        "Seattle",
        "98101",
        "US",
        "gold",
        "web",
    )


def _revisions(numbers: Iterable[int]) -> Iterator[Sequence[str]]:
    seen: dict[int, int] = {}
    for number in numbers:
        seen[number] = seen.get(number, 0) + 1
        yield account_number(number), "Ana", str(seen[number])


def account_number(number: int) -> str:
    """Return the account number of a customer."""
    return f"C-{number:07}"
