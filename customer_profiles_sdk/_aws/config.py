"""How a boto3 client is built: the SDK's defaults, the session, and which endpoints are accepted."""

import os
from ipaddress import ip_address
from threading import RLock
from typing import Any, Final, NamedTuple, cast
from urllib.parse import urlsplit

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.session import get_session
from botocore.utils import get_environ_proxies

from customer_profiles_sdk._aws.retries import observe_boto3
from customer_profiles_sdk._version import __version__
from customer_profiles_sdk.errors import InvalidRequestError, Problem

_SDK_NAME: Final = f"customer-profiles-sdk/{__version__}"
_OPTIONS: Final = frozenset((*Config.OPTION_DEFAULTS, *Config.NON_LEGACY_OPTION_DEFAULTS))

_locks: Final[dict[int, RLock]] = {}


def process_lock() -> RLock:
    """Return the lock under which clients are built: a boto3 session builds one at a time.

    A process that is forked off has a lock of its own; nobody would release the parent's in it.
    """
    return _locks.setdefault(os.getpid(), RLock())


class ClientSettings(NamedTuple):
    """What a boto3 client is built from, besides a session, and how many requests a second it may be used for."""

    region_name: str | None = None
    endpoint_url: str | None = None
    config: Config | None = None
    allow_insecure_endpoint: bool = False
    requests_per_second: float | None = None

    def __repr__(self) -> str:  # an address may have a password in it
        return "ClientSettings(...)"


def new_session(profile_name: str | None, *, max_pool_connections: int) -> boto3.Session:
    """Return a session for a profile of the AWS configuration, whose clients have a connection pool of this width."""
    botocore_session = get_session()
    botocore_session.set_default_client_config(Config(max_pool_connections=max_pool_connections))
    return boto3.Session(profile_name=profile_name, botocore_session=botocore_session)


def build_client(settings: ClientSettings, session: boto3.Session | None = None) -> BaseClient:
    """Return a boto3 client with the SDK's defaults, over which the caller's ``config`` is merged.

    Without a session it is boto3's default session, which is set up where there is none, as ``boto3.client`` does.
    """
    with process_lock():
        client = _build(session or default_session(), settings)
        observe_boto3(client, adds_rules=True)
        return client


def default_session() -> boto3.Session:
    """Return boto3's default session, which is set up where there is none."""
    with process_lock():
        if boto3.DEFAULT_SESSION is None:
            boto3.setup_default_session()
        return cast("boto3.Session", boto3.DEFAULT_SESSION)


def settings_in_force(settings: ClientSettings, client: BaseClient) -> ClientSettings:
    """Return the settings that build the same client elsewhere, whatever the environment there says."""
    # The address has the FIPS or dual-stack host in it already, and botocore rejects an address with these switches.
    variants: Any = {"use_fips_endpoint": False, "use_dualstack_endpoint": False}
    config = without_aio_options(settings.config).merge(Config(**variants))
    return settings._replace(region_name=client.meta.region_name, endpoint_url=client.meta.endpoint_url, config=config)


def is_configuration_failure(error: BaseException) -> bool:
    """Tell whether botocore lacks something that it is configured with, such as credentials or a region."""
    return isinstance(error, BotoCoreError)


def _build(session: boto3.Session, settings: ClientSettings) -> BaseClient:
    config = with_defaults(session, settings.config)

    def build(config: Config) -> BaseClient:
        client: BaseClient = session.client(
            "customer-profiles", region_name=settings.region_name, endpoint_url=settings.endpoint_url, config=config
        )
        return client

    client = build(config)
    # The address in force may come from the argument, the environment or the AWS configuration file.
    address = client.meta.endpoint_url
    if urlsplit(address).scheme == "https":
        return client
    if _is_loopback(address):
        proxies = getattr(config, "proxies", None)  # botocore gives a Config its attributes at run time
        if proxies or get_environ_proxies(address):  # they would carry the clear text away from this machine
            client = build(config.merge(Config(proxies={})))
    elif not (settings.allow_insecure_endpoint and urlsplit(address).scheme == "http"):
        message = (
            "http:// would send customers' data in clear text; use https://, or allow_insecure_endpoint=True for an "
            "emulator in a network that you trust"
        )
        raise InvalidRequestError("CustomerProfilesClient", [Problem("endpoint_url", message)])
    return client


def with_defaults(session: boto3.Session, config: Config | None) -> Config:
    """Return the SDK's defaults, over which the session's own defaults and the caller's ``config`` are merged."""
    botocore_session: Any = session._session  # noqa: SLF001 (boto3 has no other way to what was configured)
    chosen = {**_options(botocore_session.get_default_client_config()), **_options(config)}
    retries: Any = chosen.get("retries") or {}
    if not (
        "AWS_RETRY_MODE" in os.environ
        or "retry_mode" in botocore_session.get_scoped_config()
        or "retry_mode" in botocore_session.instance_variables()
    ):
        retries = {"mode": "standard", **retries}
    extra = chosen.get("user_agent_extra")
    ours = {"user_agent_extra": f"{extra} {_SDK_NAME}" if extra else _SDK_NAME, "retries": retries}
    return Config(**{"parameter_validation": False, **chosen, **ours})


def without_aio_options(config: Config | None) -> Config:
    """Return a config without the options that aiobotocore's ``AioConfig`` has besides, which botocore rejects."""
    return Config(**_options(config))


def _options(config: Config | None) -> dict[str, Any]:
    given: dict[str, Any] = getattr(config, "_user_provided_options", {})
    return {name: value for name, value in given.items() if name in _OPTIONS}


def _is_loopback(url: str) -> bool:
    parts = urlsplit(url)
    # "\\" and "@" are read differently by different parsers of addresses, so none of them is to be trusted.
    if parts.scheme != "http" or parts.hostname is None or {"\\", "@"} & set(url):
        return False
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname).is_loopback
    except ValueError:
        return False
