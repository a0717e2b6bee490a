"""Which transport an asynchronous client gets: chosen by name, never by what happens to be installed."""

from importlib import import_module
from types import ModuleType
from typing import Final, cast

import boto3
import botocore
from botocore.client import BaseClient

from customer_profiles_sdk._aws.async_driver import Transport
from customer_profiles_sdk._aws.config import ClientSettings
from customer_profiles_sdk._aws.sync_driver import SyncDriver
from customer_profiles_sdk._aws.threads_transport import ThreadsTransport
from customer_profiles_sdk.errors import InvalidRequestError, Problem

_CLIENT: Final = "AsyncCustomerProfilesClient"
NEWEST_TRIED: Final = "aiobotocore 3.10.0 allows botocore 1.43.115 to 1.43.117"


def new_transport(
    name: str,
    settings: ClientSettings,
    session: boto3.Session | None,
    boto3_client: BaseClient | None,
    aiobotocore_client: BaseClient | None,
) -> Transport:
    """Return a transport by its name, or the one for the client that was given."""
    problems = []
    if name not in {"threads", "aiobotocore"}:
        problems.append(Problem("transport", 'expected "threads" or "aiobotocore"'))
    if boto3_client is not None and aiobotocore_client is not None:
        problems.append(Problem("boto3_client", "give this or aiobotocore_client, not both"))
    elif boto3_client is not None and name == "aiobotocore":
        problems.append(Problem("boto3_client", 'is used in threads; give aiobotocore_client, or transport="threads"'))
    if problems:
        raise InvalidRequestError(_CLIENT, problems)
    try:
        if boto3_client is not None:
            driver = SyncDriver.with_client(boto3_client, settings.requests_per_second)
            return ThreadsTransport(driver, owns_client=False)
        if name == "threads" and aiobotocore_client is None:
            return ThreadsTransport(SyncDriver.with_settings(settings, session), owns_client=True)
        return cast(
            "Transport",
            module_with_aiobotocore("customer_profiles_sdk._aws.aiobotocore_transport").new_transport(
                settings, session, aiobotocore_client
            ),
        )
    except InvalidRequestError as error:
        rejected = InvalidRequestError(_CLIENT, error.problems)
    raise rejected


def module_with_aiobotocore(name: str) -> ModuleType:
    """Return a module that needs aiobotocore, or say what to install."""
    try:
        return import_module(name)
    except ImportError as error:
        raise RuntimeError(
            "transport=\"aiobotocore\" needs an extra: pip install 'customer-profiles-sdk[aio]'. It brings "
            f"aiobotocore, which replaces botocore {botocore.__version__} by one that it allows: {NEWEST_TRIED}. "
            'transport="threads" works with every botocore'
        ) from error
