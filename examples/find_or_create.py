"""An e-mail arrives: find the customer who wrote it, or create one.

Without ``--domain`` it runs on the embedded service, which needs no AWS account::

    python examples/find_or_create.py ana@mail.example Ana@Mail.Example zoe@mail.example
"""

import argparse
from collections.abc import Iterable, Sequence

from customer_profiles_sdk import AmbiguousMatchError, CustomerProfilesClient, Profile, SearchKey
from customer_profiles_sdk.local import LocalCustomerProfiles


def find_or_create(client: CustomerProfilesClient, address: str) -> str:
    """Return what was done for a message from an address.

    The upsert searches before it creates, checks what it finds, and can be repeated after any failure. It does not
    choose between customers with the same address: a person has to do that.
    """
    try:
        result = client.upsert_profile(Profile(email_address=address), match_on=SearchKey.EMAIL)
    except AmbiguousMatchError as error:
        return f"ambiguous: {', '.join(error.profile_ids)}"
    return f"{result.action}: {result.profile_id}"


def run(client: CustomerProfilesClient, addresses: Iterable[str]) -> None:
    """Process the messages one by one."""
    for number, address in enumerate(addresses, start=1):
        print(f"message {number}  {find_or_create(client, address)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the example."""
    parser = argparse.ArgumentParser(description="Find the customer of each e-mail address, or create one.")
    parser.add_argument("address", nargs="+")
    parser.add_argument("--domain", help="a domain in your AWS account; without it, the embedded service is used")
    options = parser.parse_args(arguments)
    if options.domain:
        run(CustomerProfilesClient(options.domain), options.address)
    else:
        with LocalCustomerProfiles(domains=["example"]) as service:
            run(service.client("example"), options.address)


if __name__ == "__main__":
    main()
