"""The embedded service: a double of Amazon Connect Customer Profiles for tests, demos and work without an AWS account.

It is never used unless asked for. The room behind this door::

    inprocess -> wire -> contract     a request, read and checked as botocore's service model has it
                      -> service      what the operation does
                         -> store     where profiles are kept

It offers CreateProfile, UpdateProfile and BatchGetProfile so far.
"""

import os
from collections.abc import Iterable
from functools import cache
from threading import Lock
from types import TracebackType
from typing import Any, Self

import boto3
import botocore.session
from botocore.config import Config

from customer_profiles_sdk.client import CustomerProfilesClient
from customer_profiles_sdk.local import contract, inprocess, wire
from customer_profiles_sdk.local.service import Service
from customer_profiles_sdk.local.store import Store
from customer_profiles_sdk.transport import build_client

__all__ = ["LocalCustomerProfiles"]

# No host has a name under .invalid: should a request ever leave the process, it would find nobody.
_NOWHERE = "https://profile.invalid"

_building = Lock()


@cache
def _session() -> boto3.Session:
    """Return a session that knows nothing of the machine's AWS settings; making one is slow."""
    no_file = (None, None, os.devnull, None)
    settings = {"profile": (None, None, None, None), "config_file": no_file, "credentials_file": no_file}
    return boto3.Session(
        aws_access_key_id="local",
        aws_secret_access_key="local",  # noqa: S106 (no secret: it signs what nobody verifies)
        region_name="us-east-1",
        botocore_session=botocore.session.Session(session_vars=settings),
    )


class LocalCustomerProfiles:
    """An embedded service with domains of its own, in process; a context manager that closes it.

    Args:
        domains: the domains that are there from the start.
        path: a file that keeps what is stored, readable by its owner only; without it everything is in memory.
    """

    def __init__(self, domains: Iterable[str] = (), *, path: str | os.PathLike[str] | None = None) -> None:
        self._contract = contract.customer_profiles()
        self._store = Store(path)
        self._service = Service(self._contract, self._store)
        for domain in domains:
            self._store.add_domain(domain)

    def client(self, domain_name: str) -> CustomerProfilesClient:
        """Return the SDK's client for a domain of this service."""
        return CustomerProfilesClient(domain_name, boto3_client=self.boto3_client())

    def boto3_client(self) -> Any:
        """Return a boto3 client of this service. ``Any``: boto3 makes its methods at run time."""
        with _building:  # a session makes one client at a time
            client = build_client(_session(), endpoint_url=_NOWHERE, config=Config(retries={"mode": "standard"}))
        inprocess.connect(client, self._answer)
        return client

    def _answer(self, request: wire.Request) -> wire.Response:
        return wire.answer(self._contract, self._service, request)

    def close(self) -> None:
        """Close the service; what was in memory is gone."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
