"""The way to the service: the only module of the SDK proper that imports boto3 and botocore.

It builds the boto3 client, sends a finished request through it, and turns botocore's errors into ours. What is in a
request is left to ``serializer`` and ``validation``; the dict that comes back is read by ``serializer``.
"""

import logging
import os
import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from time import perf_counter
from traceback import walk_tb
from typing import Any, Final, cast
from urllib.parse import urlsplit

import boto3
import botocore.parsers
import botocore.session
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
    ServiceError,
    ThrottlingError,
    UnexpectedResponseError,
)

_logger = logging.getLogger("customer_profiles_sdk")

_ERRORS: Final[Mapping[str, type[ServiceError]]] = {
    "BadRequestException": BadRequestError,
    "AccessDeniedException": AccessDeniedError,
    "ResourceNotFoundException": ResourceNotFoundError,
    "ThrottlingException": ThrottlingError,
    "InternalServerException": InternalServerError,
}

_TOLD_APART: Final[Mapping[type[ServiceError], Mapping[str, type[ServiceError]]]] = {
    BadRequestError: {"concurrent update in-progress": ConcurrentUpdateError},
    ResourceNotFoundError: {
        "DomainName.*is not found in account": DomainNotFoundError,
        "ProfileId.*is not found": ProfileNotFoundError,
    },
}
"""By what the service's message says, since it has one code for several causes."""

_NOT_FOUND_CODE: Final = re.compile("not_?found|404", re.IGNORECASE)
"""What codes for a missing profile in a batch may look like: they are not documented, and nobody could try."""

_NEVER_SENT: Final = (ConnectTimeoutError, EndpointConnectionError, ProxyConnectionError)
_NOT_PERSONAL: Final = frozenset({"DomainName", "ProfileId", "ProfileIds"})
_SHORT: Final = 4
_SERVER_FAILED: Final = 500


def build_client(
    session: boto3.Session | None = None,
    region_name: str | None = None,
    endpoint_url: str | None = None,
    config: Config | None = None,
) -> BaseClient:
    """Return a boto3 client with the SDK's defaults, over which the caller's ``config`` is merged."""
    session = session or boto3.DEFAULT_SESSION or boto3.Session()
    client: BaseClient = session.client(
        "customer-profiles", region_name=region_name, endpoint_url=endpoint_url, config=_merged(session, config)
    )
    # The address that counts may come from the argument, the environment or the AWS configuration file.
    if _is_clear_text(client.meta.endpoint_url):
        problem = Problem("endpoint_url", "http:// would carry customers' data in clear text; use https://")
        raise InvalidRequestError("CustomerProfilesClient", [problem])
    return client


def _merged(session: boto3.Session, config: Config | None) -> Config:
    config = config or Config()
    retries: Any = getattr(config, "retries", None) or {}
    if "mode" not in retries and not _retry_mode_is_configured(session):
        retries = {"mode": "standard", **retries}
    defaults = Config(user_agent_extra=f"customer-profiles-sdk/{__version__}", parameter_validation=False)
    return defaults.merge(config).merge(Config(retries=retries))


def _retry_mode_is_configured(session: boto3.Session) -> bool:
    if "AWS_RETRY_MODE" in os.environ:
        return True
    profiles = botocore.session.get_session().full_config.get("profiles", {})
    return "retry_mode" in profiles.get(session.profile_name, {})


def _is_clear_text(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "https":
        return False
    host = parts.hostname or ""
    if host == "localhost":
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True


class Transport:
    """One boto3 client, and what may come of a call through it."""

    def __init__(self, boto3_client: BaseClient) -> None:
        self.boto3_client = boto3_client

    def call(self, operation: str, request: Mapping[str, object], *, method: str | None = None) -> dict[str, object]:
        """Send a request through boto3's method of that name, the operation's own unless given, and return the answer.

        The call is logged, and what botocore says went wrong is raised as one of our errors, without botocore's in its
        context: its text can hold what was sent.
        """
        send = getattr(self.boto3_client, method or operation)
        started = perf_counter()
        response: dict[str, object] | None = None
        failure: CustomerProfilesError | None = None
        try:
            response = send(**request)
        except ClientError as error:
            failure = _refusal(operation, request, cast("dict[str, Any]", error.response))
        except (HTTPClientError, BotocoreConnectionError) as error:
            failure = _lost(operation, error)
        except Exception as error:
            if not _arose_in_parsing(error):
                raise
            failure = UnexpectedResponseError(operation, [Problem("response", "is not the JSON that it must be")])
        finally:
            _log(operation, perf_counter() - started, response, failure)
        if failure is not None:
            raise failure
        return cast("dict[str, object]", response)

    def refusal_of_one(
        self, operation: str, request: Mapping[str, object], response: Mapping[str, Any]
    ) -> CustomerProfilesError:
        """Return the error that a batch's answer holds for its only item."""
        if not response.get("Errors"):
            return UnexpectedResponseError(operation, [Problem("response", "has neither the profile nor an error")])
        return _refusal(operation, request, {**response, "Error": response["Errors"][0]})


def _arose_in_parsing(error: Exception) -> bool:
    # botocore's parser lets AttributeError, TypeError and more out where an answer is not of the shape it knows.
    frames = walk_tb(error.__traceback__)
    return any(frame.f_globals.get("__name__") == botocore.parsers.__name__ for frame, _ in frames)


def _lost(operation: str, error: Exception) -> CustomerProfilesError:
    cause_name = type(error).__name__
    if operation == "create_profile" and not isinstance(error, _NEVER_SENT):
        return OutcomeUnknownError(operation, cause_name)
    return ConnectionFailedError(operation, cause_name)


def _refusal(operation: str, request: Mapping[str, object], response: dict[str, Any]) -> CustomerProfilesError:
    described, metadata = response.get("Error", {}), response.get("ResponseMetadata", {})
    code, message = str(described.get("Code", "Unknown")), str(described.get("Message", ""))
    http_status = metadata.get("HTTPStatusCode")
    if operation == "create_profile" and (http_status or 0) >= _SERVER_FAILED:
        return OutcomeUnknownError(operation, code)
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
    kind = _ERRORS.get(code) or (ResourceNotFoundError if _NOT_FOUND_CODE.search(code) else ServiceError)
    if about_profile and kind is ResourceNotFoundError:
        return ProfileNotFoundError
    causes = _TOLD_APART.get(kind, {})
    return next((narrower for text, narrower in causes.items() if re.search(text, message)), kind)


def _masked(message: str, request: Mapping[str, object]) -> str:
    texts = {text for name, value in request.items() if name not in _NOT_PERSONAL for text in _texts(value)}
    # The longest first, for one text may be a part of another. What is very short is masked as a word only: masking
    # every "a" would leave no message.
    patterns = [
        re.escape(text) if len(text) >= _SHORT else rf"(?<!\w){re.escape(text)}(?!\w)"
        for text in sorted(texts, key=len, reverse=True)
    ]
    return re.sub("|".join(patterns), "***", message, flags=re.IGNORECASE) if patterns else message


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value
    else:
        for item in value.values() if isinstance(value, dict) else cast("list[object]", value):
            yield from _texts(item)


def _log(operation: str, seconds: float, response: Mapping[str, Any] | None, failure: Exception | None) -> None:
    if not _logger.isEnabledFor(logging.DEBUG):
        return
    if response is not None:
        metadata = response.get("ResponseMetadata", {})
        outcome, request_id, retries = "ok", metadata.get("RequestId"), metadata.get("RetryAttempts", 0)
    else:
        outcome = type(failure).__name__ if failure else "no answer"
        request_id, retries = getattr(failure, "request_id", None), getattr(failure, "retry_attempts", None)
    attempts = "?" if retries is None else retries + 1
    _logger.debug("%s: %s, request %s, attempts %s, %.1f ms", operation, outcome, request_id, attempts, seconds * 1000)
