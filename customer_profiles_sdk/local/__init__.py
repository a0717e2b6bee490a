"""The embedded service: a local emulator of Amazon Connect Customer Profiles, for work without an AWS account.

It is never used unless asked for: by ``LocalCustomerProfiles``, by ``python -m customer_profiles_sdk.local``, or by the
pytest fixtures. Its modules::

    inprocess, server -> dispatcher -> contract   a request, checked as botocore's service model has it
                                    -> faults     what may go wrong with it on purpose
                                    -> service    what the operation does
                                       -> store   where domains, profiles and keys are kept
"""

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, Self

import boto3
from botocore.client import BaseClient
from botocore.config import Config

from customer_profiles_sdk._aws.async_driver import AsyncDriver, Transport
from customer_profiles_sdk._aws.config import ClientSettings, build_client, process_lock, without_aio_options
from customer_profiles_sdk._aws.sync_driver import SyncDriver
from customer_profiles_sdk._aws.threads_transport import ThreadsTransport
from customer_profiles_sdk._aws.transports import module_with_aiobotocore
from customer_profiles_sdk.async_client import AsyncCustomerProfilesClient
from customer_profiles_sdk.client import CustomerProfilesClient
from customer_profiles_sdk.local import contract, inprocess
from customer_profiles_sdk.local.dispatcher import Dispatcher, ReceivedRequest
from customer_profiles_sdk.local.faults import Fault, Faults, FaultType
from customer_profiles_sdk.local.service import Service
from customer_profiles_sdk.local.store import Store

if TYPE_CHECKING:
    from customer_profiles_sdk.local.server import Server

__all__ = ["Fault", "FaultType", "Faults", "LocalCustomerProfiles", "ReceivedRequest"]

# No host has a name under .invalid: should a request ever leave the process, it would find nobody.
_NOWHERE = "https://profile.invalid"

# Not the machine's settings but these decide, unless the caller's config says otherwise.
_DEFAULTS = Config(retries={"mode": "standard"})

_KEPT_REQUESTS: Final = 10_000


@cache
def _session() -> boto3.Session:
    return boto3.Session(
        aws_access_key_id="local",
        aws_secret_access_key="local",  # noqa: S106 (no secret: it signs what nobody verifies)
        region_name="us-east-1",
        botocore_session=contract.own_session(),
    )


def _settings(config: Config | None) -> ClientSettings:
    return ClientSettings(endpoint_url=_NOWHERE, config=_DEFAULTS.merge(without_aio_options(config)))


class LocalCustomerProfiles:
    """An embedded service with domains of its own; a context manager that closes it.

    Args:
        domains: domains that are there from the start.
        path: a file that keeps what is stored, readable by its owner only; without it everything is in memory.
        search_keys: keys that are defined in every domain besides the predefined ones, as object types do on AWS.
        faults: what goes wrong on purpose, from the start.
        keep_requests: how many of the latest requests ``requests`` has, which takes memory for each; ``True`` is the
            default.

    Raises:
        TypeError: ``domains`` or ``search_keys`` is a single text, or ``faults`` is not a ``Faults``.
        ValueError: the path is empty, or ``keep_requests`` is below 0.
        RuntimeError: the file cannot be used: it is locked, damaged, read-only, in a folder that does not exist, or
            another application's.
    """

    def __init__(
        self,
        domains: Iterable[str] = (),
        *,
        path: str | os.PathLike[str] | None = None,
        search_keys: Iterable[str] = (),
        faults: Faults | None = None,
        keep_requests: int = _KEPT_REQUESTS,
    ) -> None:
        if isinstance(domains, str) or isinstance(search_keys, str):
            name = "domains" if isinstance(domains, str) else "search_keys"
            raise TypeError(f"{name} is a list of names")
        if keep_requests < 0:
            raise ValueError("keep_requests is a number of requests, 0 or more")
        kept = _KEPT_REQUESTS if keep_requests is True else keep_requests
        self._opened = ExitStack()
        parts = contract.customer_profiles()
        self._store = Store(path)
        self._dispatcher = Dispatcher(parts, Service(parts, self._store, search_keys), keep_requests=kept)
        try:
            self.faults = Faults() if faults is None else faults
            self._put_domains(domains)
        except BaseException:
            self.close()
            raise

    def _put_domains(self, domains: Iterable[str]) -> None:
        now = time.time()
        with self._store.transaction():
            for domain in domains:
                self._store.put_domain(domain, {"CreatedAt": now, "LastUpdatedAt": now})

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose; set it to ``Faults()`` for no more faults."""
        return self._dispatcher.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        if not isinstance(faults, Faults):
            raise TypeError("faults are a Faults object, as in Faults(Fault(FaultType.LOST))")
        self._dispatcher.faults = faults

    @property
    def requests(self) -> Sequence[ReceivedRequest]:
        """The latest requests that named an operation, in order; also those that were then rejected or lost.

        Of more than 10,000 the latest 10,000 are here, unless ``keep_requests`` says otherwise.
        """
        return self._dispatcher.requests

    def client(self, domain_name: str, *, config: Config | None = None) -> CustomerProfilesClient:
        """Return the SDK's client for a domain of this service, in process.

        Raises:
            RuntimeError: the service is closed; so does every call of the client from then on.
        """
        return CustomerProfilesClient(domain_name, boto3_client=self._build_client(config))

    def async_client(
        self,
        domain_name: str,
        *,
        transport: Literal["threads", "aiobotocore"] = "threads",
        config: Config | None = None,
    ) -> AsyncCustomerProfilesClient:
        """Return the SDK's asynchronous client for a domain of this service, in process.

        A stalled response does not block the event loop. The client's threads end with ``aclose``, or when this
        service is closed.

        Raises:
            RuntimeError: ``transport`` is ``"aiobotocore"`` and the extra ``aio`` is not installed; or the service is
                closed.
        """
        self._store.check_open()
        chosen: Transport
        if transport == "aiobotocore":
            chosen = module_with_aiobotocore("customer_profiles_sdk.local.inprocess_aio").new_transport(
                _settings(config), _session(), self._dispatcher.handle
            )
        else:
            chosen = threads = ThreadsTransport(SyncDriver.with_client(self._build_client(config)), owns_client=False)
            self._opened.callback(threads.close)
        return AsyncCustomerProfilesClient._with_driver(domain_name, AsyncDriver(chosen))  # noqa: SLF001 (its own way in)

    def _build_client(self, config: Config | None) -> BaseClient:
        self._store.check_open()
        client = build_client(_settings(config), _session())
        inprocess.connect(client, self._dispatcher.handle)
        return client

    def boto3_client(self, *, config: Config | None = None) -> Any:
        """Return a plain boto3 client of this service, in process. ``Any``: boto3 makes its methods at run time.

        Raises:
            RuntimeError: the service is closed; so does every call of the client from then on.
        """
        self._store.check_open()
        with process_lock():
            client = _session().client("customer-profiles", endpoint_url=_NOWHERE, config=config)
        inprocess.connect(client, self._dispatcher.handle)
        return client

    def serve(self, *, port: int = 0, host: str = "127.0.0.1", allow_remote: bool = False) -> "Server":
        """Serve this service over HTTP, in threads of its own, and return the server; a context manager that stops it.

        Args:
            port: the port; 0 for any free port, which the server's ``url`` then contains.
            host: the address to listen on.
            allow_remote: that ``host`` may be one that others can reach, although nothing is encrypted or checked.

        Raises:
            RuntimeError: the extra ``local`` is not installed, or the service is closed.
            ValueError: ``host`` can be reached by others.
        """
        from customer_profiles_sdk.local.server import Server  # noqa: PLC0415 (it needs the extra)

        self._store.check_open()

        return Server(self._dispatcher.handle, host=host, port=port, allow_remote=allow_remote)

    def close(self) -> None:
        """Close the service; what was in memory is gone."""
        self._opened.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
