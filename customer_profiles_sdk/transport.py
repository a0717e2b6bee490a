"""The way to the service: the only module of the SDK proper that imports boto3 and botocore.

It builds the boto3 client, decides what may be sent again, sends a finished request, logs the call, and turns
botocore's errors into ours. What is in a request and what an answer means is left to ``serializer`` and ``validation``.
"""

import json
import logging
import os
import random
import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address
from time import perf_counter
from traceback import walk_tb
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ProxyConnectionError,
)
from botocore.exceptions import (
    ConnectionError as BotocoreConnectionError,
)
from botocore.utils import get_environ_proxies

from customer_profiles_sdk._version import __version__
from customer_profiles_sdk.errors import (
    AccessDeniedError,
    BadRequestError,
    ConcurrentUpdateError,
    ConnectionFailedError,
    CustomerProfilesError,
    DomainNotFoundError,
    InternalServerError,
    InvalidRequestError,
    OutcomeUnknownError,
    Problem,
    ProfileNotFoundError,
    ResourceNotFoundError,
    SearchKeyNotFoundError,
    ServiceError,
    ThrottlingError,
    UnexpectedResponseError,
)
from customer_profiles_sdk.serializer import NAME_LIKE

_Result = TypeVar("_Result")

_logger = logging.getLogger("customer_profiles_sdk")

_ERRORS: Final[Mapping[str, type[ServiceError]]] = {
    "BadRequestException": BadRequestError,
    "AccessDeniedException": AccessDeniedError,
    "ResourceNotFoundException": ResourceNotFoundError,
    "ThrottlingException": ThrottlingError,
    "InternalServerException": InternalServerError,
}

_CONCURRENT_UPDATE: Final = "concurrent update in-progress"
_CONCURRENT_ATTEMPTS: Final = 6
_CONCURRENT_PAUSE_SECONDS: Final = 0.08

_TOLD_APART: Final[Mapping[type[ServiceError], Mapping[str, type[ServiceError]]]] = {
    BadRequestError: {_CONCURRENT_UPDATE: ConcurrentUpdateError},
    ResourceNotFoundError: {
        "DomainName.*is not found in account": DomainNotFoundError,
        "KeyName.*is not defined in the domain": SearchKeyNotFoundError,
        "ProfileId.*is not found": ProfileNotFoundError,
    },
}
"""By what the service's message says, since it has one code for several causes."""

_NOT_FOUND_CODE: Final = re.compile("not_?found|404", re.IGNORECASE)
"""What codes for a missing profile in a batch may look like: they are not documented, and nobody could try."""

_LOST: Final = (HTTPClientError, BotocoreConnectionError)
_NEVER_SENT: Final = (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError)
_NOT_PERSONAL: Final = frozenset(
    {"DomainName", "KeyName", "LogicalOperator", "MainProfileId", "ProfileId", "ProfileIds", "ProfileIdsToBeMerged"}
)
_SHORT: Final = 4
_REQUEST_TIMEOUT: Final = 408
_SERVER_FAILED: Final = 500


def build_client(
    session: boto3.Session | None = None,
    region_name: str | None = None,
    endpoint_url: str | None = None,
    config: Config | None = None,
) -> BaseClient:
    """Return a boto3 client with the SDK's defaults, over which the caller's ``config`` is merged."""
    session = session or boto3.DEFAULT_SESSION or boto3.Session()
    merged = _merged(session, config)

    def build(config: Config) -> BaseClient:
        client: BaseClient = session.client(
            "customer-profiles", region_name=region_name, endpoint_url=endpoint_url, config=config
        )
        return client

    client = build(merged)
    # The address that counts may come from the argument, the environment or the AWS configuration file.
    address = client.meta.endpoint_url
    if address.startswith("https://"):
        return _with_resending_rules(client)
    if not _is_loopback(address):
        problem = Problem("endpoint_url", "http:// would carry customers' data in clear text; use https://")
        raise InvalidRequestError("CustomerProfilesClient", [problem])
    proxies = getattr(merged, "proxies", None)  # botocore gives a Config its attributes at run time
    if proxies or get_environ_proxies(address):  # they would carry the clear text away from this machine
        client = build(merged.merge(Config(proxies={})))
    return _with_resending_rules(client)


def _merged(session: boto3.Session, config: Config | None) -> Config:
    botocore_session: Any = session._session  # noqa: SLF001 (boto3 has no other way to what was configured)
    chosen = (botocore_session.get_default_client_config() or Config()).merge(config or Config())
    retries: Any = getattr(chosen, "retries", None) or {}
    if not (
        "AWS_RETRY_MODE" in os.environ
        or "retry_mode" in botocore_session.get_scoped_config()
        or "retry_mode" in botocore_session.instance_variables()
    ):
        retries = dict({"mode": "standard"}, **retries)
    defaults = Config(
        user_agent=_user_agent(botocore_session, getattr(chosen, "user_agent_appid", None)),
        user_agent_extra=f"customer-profiles-sdk/{__version__}",
        parameter_validation=False,
    )
    return defaults.merge(chosen).merge(Config(retries=retries))


def _user_agent(botocore_session: Any, app_id: str | None) -> str:
    """Return the user agent, which botocore would else put together twice in each call: a tenth of its CPU time."""
    extra = f" {botocore_session.user_agent_extra}"  # which botocore appends once more
    user_agent: str = botocore_session.user_agent().removesuffix(extra)
    app_id = app_id or botocore_session.get_config_variable("user_agent_appid")
    return f"{user_agent} app/{app_id}" if app_id else user_agent


def _is_loopback(url: str) -> bool:
    parts = urlsplit(url)
    # "\\" and "@" are read differently by different parsers of addresses, so none of them is to be trusted.
    if parts.scheme != "http" or parts.hostname is None or {"\\", "@"} & set(url):
        return False
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def _with_resending_rules(client: BaseClient) -> BaseClient:
    """Let botocore ask us first whether a call is to be sent again, in whichever retry mode the client is."""
    events = client.meta.events
    events.register_first("needs-retry.customer-profiles.CreateProfile", cast("Any", _end_unless_not_executed))
    events.register_first("needs-retry.customer-profiles", cast("Any", _wait_for_the_other_update))
    return client


def _end_unless_not_executed(
    response: tuple[Any, dict[str, Any]] | None, caught_exception: Exception | None, **_: object
) -> None:
    """End a create whose outcome is unknown, since nothing but a second profile could come of sending it again.

    Whether one that was certainly not executed is sent again is left to botocore.
    """
    if response is None:
        # An exception that is none of botocore's own is no cause to send again, and comes out as it is.
        if isinstance(caught_exception, _LOST) and not isinstance(caught_exception, _NEVER_SENT):
            raise OutcomeUnknownError("create_profile", type(caught_exception).__name__)
    elif _leaves_it_open(response[0].status_code):
        code = response[1].get("Error", {}).get("Code", response[0].status_code)
        raise OutcomeUnknownError("create_profile", str(code))


def _leaves_it_open(http_status: int | None) -> bool:
    """Tell whether a request that was answered so may have been executed, although the answer is an error."""
    return http_status is not None and (http_status >= _SERVER_FAILED or http_status == _REQUEST_TIMEOUT)


def _wait_for_the_other_update(response: tuple[Any, dict[str, Any]] | None, attempts: int, **_: object) -> float | None:
    """Return how long to wait before a call is sent again that was refused for another update in progress."""
    message = str(response[1].get("Error", {}).get("Message")) if response else ""
    if attempts >= _CONCURRENT_ATTEMPTS or not re.search(_CONCURRENT_UPDATE, message):
        return None
    return random.uniform(0, _CONCURRENT_PAUSE_SECONDS * 2 ** (attempts - 1))  # noqa: S311 (full jitter, no secret)


class Transport:
    """One boto3 client, and what may come of a call through it."""

    def __init__(self, boto3_client: BaseClient) -> None:
        self.boto3_client = boto3_client

    def call(
        self,
        operation: str,
        request: Mapping[str, object],
        read: Callable[[dict[str, Any]], _Result],
        *,
        method: str | None = None,
    ) -> _Result:
        """Send a request, read the answer and log the call.

        What botocore says went wrong is raised as one of our errors, without botocore's in its context: its text can
        hold what was sent.

        Args:
            operation: the client's method, for errors and the log.
            request: what boto3's method takes.
            read: what makes a result of boto3's answer.
            method: boto3's method where it is not called like the operation.
        """
        started = perf_counter()
        answer: object = None
        try:
            answer = self._send(operation, request, method or operation)
            result = read(cast("dict[str, Any]", answer))
        except BaseException as error:
            _log(operation, perf_counter() - started, answer, error)
            raise
        _log(operation, perf_counter() - started, answer, None)
        return result

    def _send(self, operation: str, request: Mapping[str, object], method: str) -> object:
        failure: CustomerProfilesError
        try:
            return getattr(self.boto3_client, method)(**request)
        except ClientError as error:
            failure = _refusal(operation, request, cast("dict[str, Any]", error.response))
        except _LOST as error:
            failure = _lost(operation, error)
        except Exception as error:
            if not _arose_in_parsing(error):
                raise
            failure = UnexpectedResponseError(operation, [Problem("response", "is not the JSON that it must be")])
        raise failure  # out here, so that botocore's error is not its context

    def refusal_of_one(
        self, operation: str, request: Mapping[str, object], response: dict[str, Any]
    ) -> CustomerProfilesError:
        """Return the error that a batch's answer holds for its only item."""
        if not response.get("Errors"):
            return UnexpectedResponseError(operation, [Problem("response", "has neither the profile nor an error")])
        return _refusal(operation, request, {**response, "Error": response["Errors"][0]})


def _arose_in_parsing(error: Exception) -> bool:
    # botocore lets AttributeError, TypeError and more out where an answer is not of the shape that it knows.
    frames = [(frame.f_globals.get("__name__"), frame.f_code.co_name) for frame, _ in walk_tb(error.__traceback__)]
    return any(
        module == "botocore.parsers" or (module, function) == ("botocore.endpoint", "_add_modeled_error_fields")
        for module, function in frames
    )


def _lost(operation: str, error: Exception) -> CustomerProfilesError:
    cause_name = type(error).__name__
    if operation == "create_profile" and not isinstance(error, _NEVER_SENT):
        return OutcomeUnknownError(operation, cause_name)
    return ConnectionFailedError(operation, cause_name)


def _refusal(operation: str, request: Mapping[str, object], response: dict[str, Any]) -> CustomerProfilesError:
    described, metadata = response.get("Error", {}), response.get("ResponseMetadata", {})
    code, message = str(described.get("Code", "Unknown")), str(described.get("Message", ""))
    http_status = metadata.get("HTTPStatusCode")
    if operation == "create_profile" and _leaves_it_open(http_status):
        return OutcomeUnknownError(operation, code)  # on a boto3 client of the caller's own
    return _error_class(code, message, about_profile="ProfileId" in described)(
        operation=operation,
        code=code,
        message=_masked(message, request),
        http_status=http_status,
        request_id=metadata.get("RequestId"),
        retry_attempts=metadata.get("RetryAttempts", 0),
        response=response,
    )


def _error_class(code: str, message: str, *, about_profile: bool) -> type[ServiceError]:
    if about_profile and (code == "ResourceNotFoundException" or _NOT_FOUND_CODE.search(code)):
        return ProfileNotFoundError
    kind = _ERRORS.get(code, ServiceError)
    causes = _TOLD_APART.get(kind, {})
    return next((narrower for text, narrower in causes.items() if re.search(text, message)), kind)


def _masked(message: str, request: Mapping[str, object]) -> str:
    attributes = cast("dict[str, str]", request.get("Attributes", {}))
    texts = {*attributes.values(), *(key for key in attributes if not NAME_LIKE.fullmatch(key))}
    texts |= {text for name, value in request.items() if name != "Attributes" for text in _texts(name, value)}
    # The service may trim and quote as JSON does. The longest go first, for one text may be a part of another. What is
    # very short is masked as a word only: masking every "a" would leave no message.
    texts |= {text.strip() for text in texts}
    spellings = texts | {json.dumps(text)[1:-1] for text in texts}
    patterns = [
        re.escape(text) if len(text) >= _SHORT else rf"(?<!\w){re.escape(text)}(?!\w)"
        for text in sorted(spellings, key=len, reverse=True)
        if text.strip()
    ]
    return re.sub("|".join(patterns), "***", message, flags=re.IGNORECASE) if patterns else message


def _texts(member: str, value: object) -> Iterator[str]:
    if member in _NOT_PERSONAL:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(member, item)
    elif isinstance(value, dict):
        for name, content in value.items():
            yield from _texts(name, content)


def _log(operation: str, seconds: float, answer: object, error: BaseException | None) -> None:
    if not _logger.isEnabledFor(logging.DEBUG):
        return
    metadata = answer.get("ResponseMetadata") if isinstance(answer, dict) else None
    known: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
    request_id = getattr(error, "request_id", known.get("RequestId"))
    retries = getattr(error, "retry_attempts", known.get("RetryAttempts"))
    outcome = type(error).__name__ if error else "ok"
    attempts = retries + 1 if isinstance(retries, int) else "?"
    _logger.debug("%s: %s, request %s, attempts %s, %.1f ms", operation, outcome, request_id, attempts, seconds * 1000)
