"""Bring profiles up to date with a CSV file from a CRM: create new customers, and send only what differs for others.

A second run changes nothing. Without ``--domain`` it runs on the embedded service, which needs no AWS account.
``--path`` keeps the data from run to run::

    python examples/sync_from_crm.py --path profiles.sqlite
    python examples/sync_from_crm.py --path profiles.sqlite     # again: all unchanged
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from customer_profiles_sdk import Address, CustomerProfilesClient, CustomerProfilesError, Profile
from customer_profiles_sdk.local import LocalCustomerProfiles


def read_changes(path: Path) -> list[Profile]:
    """Return a profile for each line. A blank cell is ``CLEAR``: it removes the stored value."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Profile(
                account_number=row["account"],
                first_name=row["first_name"],
                last_name=row["last_name"],
                email_address=row["email"],
                phone_number=row["phone"],
                address=Address(city=row["city"]),
                attributes={"tier": row["tier"]},
            )
            for row in csv.DictReader(file)
        ]


def sync(client: CustomerProfilesClient, customers: Iterable[Profile]) -> Counter[str]:
    """Upsert each customer and count the results; a customer that fails does not stop the others."""
    done: Counter[str] = Counter()
    for line, customer in enumerate(customers, start=2):
        try:
            done[client.upsert_profile(customer).action] += 1
        except CustomerProfilesError as error:  # its text has no customer's data
            done["failed"] += 1
            print(f"line {line}: {error}")
    return done


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the example."""
    parser = argparse.ArgumentParser(description="Bring profiles up to date with a CSV file.")
    parser.add_argument("file", nargs="?", type=Path, default=Path(__file__).with_name("crm_changes.csv"))
    parser.add_argument("--path", help="a file in which the embedded service keeps its data")
    parser.add_argument("--domain", help="a domain in your AWS account; without it, the embedded service is used")
    options = parser.parse_args(arguments)
    customers = read_changes(options.file)
    if options.domain:
        done = sync(CustomerProfilesClient(options.domain), customers)
    else:
        with LocalCustomerProfiles(domains=["example"], path=options.path) as service:
            done = sync(service.client("example"), customers)
    print(", ".join(f"{count} {action}" for action, count in sorted(done.items())))


if __name__ == "__main__":
    main()
