"""Bring profiles up to date with a CSV file from a CRM: create new customers, and send only what differs for others.

A second run changes nothing. Without ``--domain`` it runs on the embedded service, which needs no AWS account.
``--path`` keeps the data from run to run::

    python examples/sync_from_crm.py --path profiles.sqlite
    python examples/sync_from_crm.py --path profiles.sqlite     # again: all unchanged
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from customer_profiles_sdk import CustomerProfilesClient
from customer_profiles_sdk.bulk import load_rows, read_rows
from customer_profiles_sdk.local import LocalCustomerProfiles

COLUMNS = {
    "account": "account_number",
    "email": "email_address",
    "phone": "phone_number",
    "city": "address.city",
    "tier": "attributes.tier",
}
"""The columns that are not named like the fields that they fill."""


def sync(client: CustomerProfilesClient, path: Path) -> Counter[str]:
    """Upsert each row and count what became of them. A blank cell removes the stored value."""
    done: Counter[str] = Counter()
    for outcome in load_rows(client, read_rows(path, mapping=COLUMNS, blank="clear")):
        done[outcome.action] += 1
        for reason in outcome.problems or filter(None, [outcome.error]):
            print(f"row {outcome.row}: {reason}")  # without a customer's data
    return done


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the example."""
    parser = argparse.ArgumentParser(description="Bring profiles up to date with a CSV file.")
    parser.add_argument("file", nargs="?", type=Path, default=Path(__file__).with_name("crm_changes.csv"))
    parser.add_argument("--path", help="a file in which the embedded service keeps its data")
    parser.add_argument("--domain", help="a domain in your AWS account; without it, the embedded service is used")
    options = parser.parse_args(arguments)
    if options.domain:
        done = sync(CustomerProfilesClient(options.domain), options.file)
    else:
        with LocalCustomerProfiles(domains=["example"], path=options.path) as service:
            done = sync(service.client("example"), options.file)
    print(", ".join(f"{count} {action}" for action, count in sorted(done.items())))


if __name__ == "__main__":
    main()
