"""The client that a load sends with: in an AWS account, or on an embedded service that is kept in a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from customer_profiles_sdk.bulk.load_file import beside
from customer_profiles_sdk.cli.options import LoadArguments
from customer_profiles_sdk.cli.texts import note
from customer_profiles_sdk.client import CustomerProfilesClient
from customer_profiles_sdk.errors import InvalidRequestError

LOCAL_FILE: Final = "customer-profiles.local.sqlite"
_LOCAL_DOMAIN: Final = "local"


@contextmanager
def client_of(arguments: LoadArguments) -> Iterator[CustomerProfilesClient]:
    """Yield the client that the options ask for.

    Raises:
        UsageError: it cannot be built with these options.
    """
    if arguments.local:
        with _local_client(arguments) as client:
            yield client
    elif arguments.domain is None:
        raise click.UsageError("Missing option '--domain'. To try a load without AWS, use --local.")
    else:
        yield _aws_client(arguments, arguments.domain)


def _aws_client(arguments: LoadArguments, domain: str) -> CustomerProfilesClient:
    from customer_profiles_sdk._aws.config import new_session  # noqa: PLC0415 (a mistake in the usage costs no import)

    try:
        return CustomerProfilesClient(
            domain,
            session=new_session(arguments.profile, max_pool_connections=arguments.concurrency),
            region_name=arguments.region,
            endpoint_url=arguments.endpoint_url,
        )
    except InvalidRequestError:
        raise
    except Exception as error:  # noqa: BLE001 (botocore's and boto3's errors of configuration have no common class)
        message = f"{error}"
    raise click.UsageError(message)


@contextmanager
def _local_client(arguments: LoadArguments) -> Iterator[CustomerProfilesClient]:
    from customer_profiles_sdk.local import LocalCustomerProfiles  # noqa: PLC0415

    # One file for all loads whose journals are in the same folder, so that a file of rejects goes where its file went.
    path = beside(Path(arguments.journal or arguments.file), "").with_name(LOCAL_FILE)
    domain = arguments.domain or _LOCAL_DOMAIN
    try:
        service = LocalCustomerProfiles([domain], path=path, keep_requests=False)
    except RuntimeError as error:  # the file cannot be used
        raise click.UsageError(str(error)) from None
    if not arguments.quiet:
        note(f"nothing is sent to AWS: the profiles are kept in {path}")
    with service:
        yield service.client(domain)
