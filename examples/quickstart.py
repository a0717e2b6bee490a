"""Create profiles from a CSV file of customers, update some of them, and print what the service has stored.

Without arguments it uses ``customers.csv`` in this folder and the embedded service, which needs no AWS account::

    python examples/quickstart.py
    python examples/quickstart.py my_customers.csv --domain my-domain     # the same against AWS
"""

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from customer_profiles_sdk import CLEAR, Address, CustomerProfilesClient, Profile
from customer_profiles_sdk.local import LocalCustomerProfiles

CHANGES = (
    Profile(gender="prefers not to say", attributes={"Segment": "key account"}),
    Profile(phone_number=CLEAR, address=Address(postal_code=CLEAR)),
    Profile(party_type="BUSINESS", attributes={"Fax": CLEAR}),
)
"""Updates for the first three customers: a value replaces, CLEAR removes, and what is not named is kept."""


def read_customers(path: Path) -> list[Profile]:
    """Return a profile for each line of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [to_profile(row) for row in csv.DictReader(file)]


def to_profile(row: dict[str, str]) -> Profile:
    """Describe a customer. Blank cells need no special case: a create does not send an empty text."""
    return Profile(
        account_number=row["CustomerID"],
        business_name=row["CompanyName"],
        first_name=row.get("FirstName"),
        last_name=row.get("LastName"),
        gender=row.get("Gender"),  # any text: what is not a value of the enum is sent as free text
        party_type=row.get("PartyType"),
        email_address=row.get("Email"),
        phone_number=row["Phone"],
        address=Address(
            address1=row["Address"],
            city=row["City"],
            state=row["Region"],
            postal_code=row["PostalCode"],
            country=row["Country"],
        ),
        attributes={heading: row.get(heading) for heading in ("ContactName", "ContactTitle", "Fax")},
    )


def create(client: CustomerProfilesClient, customers: Iterable[Profile]) -> list[str]:
    """Create every customer and return the new ids."""
    return [client.create_profile(customer).profile_id for customer in customers]


def update(client: CustomerProfilesClient, profile_ids: Iterable[str]) -> None:
    """Update as many customers as there are changes."""
    for profile_id, changes in zip(profile_ids, CHANGES, strict=False):
        client.update_profile(profile_id, changes)


def print_stored(client: CustomerProfilesClient, profile_ids: Iterable[str]) -> None:
    """Print what the service has stored for each profile."""
    for profile_id in profile_ids:
        stored = client.get_profile(profile_id).profile
        address = stored.address or Address()
        name = stored.business_name or " ".join(part for part in (stored.first_name, stored.last_name) if part)
        lines = {
            "party type, gender": (stored.party_type, stored.gender),
            "phone, e-mail": (stored.phone_number, stored.email_address),
            "address": (address.address1, address.postal_code, address.city, address.state, address.country),
            "attributes": [f"{key}={value}" for key, value in (stored.attributes or {}).items()],
        }
        print(f"{stored.account_number}  {name}")
        for label, values in lines.items():
            print(f"  {label:<20}{' | '.join(value or '-' for value in values) or '-'}")


def run(client: CustomerProfilesClient, file: Path) -> None:
    """Create, update, print."""
    profile_ids = create(client, read_customers(file))
    print(f"{len(profile_ids)} customers of {file.name} created.")
    update(client, profile_ids)
    print(f"The first {len(CHANGES)} updated. What is stored now:\n")
    print_stored(client, profile_ids)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the example."""
    parser = argparse.ArgumentParser(description="Create customers from a CSV, update three, print what is stored.")
    parser.add_argument("file", nargs="?", type=Path, default=Path(__file__).with_name("customers.csv"))
    parser.add_argument("--domain", help="a domain in your AWS account; without it, the embedded service is used")
    options = parser.parse_args(arguments)
    if options.domain:
        print(f"On AWS, in your account's domain {options.domain}: these profiles are real.")
        run(CustomerProfilesClient(options.domain), options.file)
    else:
        print("On the embedded service, in memory: no AWS account is used and nothing leaves this process.")
        with LocalCustomerProfiles(domains=["quickstart"]) as service:
            run(service.client("quickstart"), options.file)


if __name__ == "__main__":
    main()
