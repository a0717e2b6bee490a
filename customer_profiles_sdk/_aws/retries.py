"""Which requests may be retried, and what happened to each attempt of a call.

botocore retries by itself, and says of a call only how its last attempt ended. Handlers on its events keep a record of
every attempt (``Attempts``), on any client; they change nothing. On a client that the SDK builds, two rules are added,
in each of botocore's retry modes: a create whose outcome is unknown is not retried, and an update that was rejected
because of a concurrent one is.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, cast

import attrs
from botocore.client import BaseClient
from botocore.model import OperationModel

from customer_profiles_sdk._aws.failures import CONNECTION_ERRORS, reason_of, was_never_sent
from customer_profiles_sdk._core.deserializer import no_result
from customer_profiles_sdk._core.flow import Call
from customer_profiles_sdk._core.service_errors import CONCURRENT_UPDATE, masked, was_not_executed
from customer_profiles_sdk.errors import OutcomeUnknownError, Problem, UnexpectedResponseError

_CONCURRENT_ATTEMPTS: Final = 6
_CONCURRENT_PAUSE_SECONDS: Final = 0.08
_FIRST_ERROR_STATUS: Final = 300

_Response = tuple[Any, dict[str, Any]]


@attrs.define(eq=False)
class Attempts:
    """What happened to the attempts of one call.

    Attributes:
        call: the call.
        count: how many attempts were sent, or tried to be.
        unknown: the name and the reason of the first failure after which the request may have been executed.
        is_json: whether the last response was a JSON object.
    """

    call: Call[Any]
    count: int = 0
    unknown: tuple[str, str] | None = None
    is_json: bool = True


_current: Final[ContextVar[Attempts | None]] = ContextVar("customer_profiles_sdk_attempts", default=None)


@contextmanager
def attempts_of(call: Call[Any]) -> Iterator[Attempts]:
    """Keep the record of a call while it is made."""
    attempts = Attempts(call)
    token = _current.set(attempts)
    try:
        yield attempts
    finally:
        _current.reset(token)


def observe(client: BaseClient) -> None:
    """Record the attempts of the SDK's own calls through a client; what others do with the client is not changed."""
    _register(client, "before-send.customer-profiles", _note_begin)
    _register(client, "before-parse.customer-profiles", _check_body)
    _register(client, "needs-retry.customer-profiles", _note_end)


def apply_retry_rules(client: BaseClient) -> BaseClient:
    """Add the SDK's rules to a client that it built."""
    retries: Mapping[str, Any] = getattr(client.meta.config, "retries", None) or {}
    limit = min(_CONCURRENT_ATTEMPTS, retries.get("total_max_attempts") or _CONCURRENT_ATTEMPTS)

    def pause_for_other_update(response: _Response | None, attempts: int, **_: object) -> float | None:
        message = str(response[1].get("Error", {}).get("Message")) if response else ""
        if attempts >= limit or CONCURRENT_UPDATE not in message:
            return None
        return random.uniform(0, _CONCURRENT_PAUSE_SECONDS * 2 ** (attempts - 1))  # noqa: S311 (full jitter, no secret)

    observe(client)
    _register(client, "needs-retry.customer-profiles.CreateProfile", _end_unknown_create)
    _register(client, "needs-retry.customer-profiles", pause_for_other_update)
    return client


def _register(client: BaseClient, event: str, handler: Callable[..., object]) -> None:
    # First, so that no other handler's exception is mistaken for a failed attempt; once, however many clients share it.
    unique_id = f"customer-profiles-sdk {event} {handler.__name__}"
    client.meta.events.register_first(event, cast("Any", handler), unique_id=unique_id)


def _note_begin(**_: object) -> None:
    attempts = _current.get()
    if attempts is not None:
        attempts.count += 1


def _note_end(response: _Response | None, caught_exception: Exception | None, **_: object) -> None:
    attempts = _current.get()
    if attempts is not None and attempts.unknown is None and (unknown := _unknown_outcome(response, caught_exception)):
        cause_name, reason = unknown
        attempts.unknown = masked(cause_name, attempts.call.request), reason


def _end_unknown_create(response: _Response | None, caught_exception: Exception | None, **_: object) -> None:
    """End a create whose outcome is unknown: a retry could create a second profile.

    Whether one that was certainly not executed is retried is left to botocore.
    """
    unknown = _unknown_outcome(response, caught_exception)
    if unknown is not None:
        raise OutcomeUnknownError("create_profile", *unknown)


def _unknown_outcome(response: _Response | None, caught_exception: Exception | None) -> tuple[str, str] | None:
    """Return the cause and the reason of an attempt that failed and may have been executed."""
    if response is None:
        # An exception that is none of botocore's own is no cause to retry, and comes out as it is.
        if isinstance(caught_exception, CONNECTION_ERRORS) and not was_never_sent(caught_exception):
            return type(caught_exception).__name__, reason_of(caught_exception)
        return None
    http_status = response[0].status_code
    code = str(response[1].get("Error", {}).get("Code") or http_status)
    if http_status < _FIRST_ERROR_STATUS or was_not_executed(code, http_status):
        return None
    return code, f"the response has the HTTP status {http_status}"


def _check_body(operation_model: OperationModel, response_dict: Mapping[str, Any], **_: object) -> None:
    """Reject a body that botocore would take for an empty response: one cut short, or no JSON object at all."""
    attempts = _current.get()
    if attempts is None:
        return
    body: bytes = response_dict["body"]
    if response_dict["status_code"] >= _FIRST_ERROR_STATUS:
        attempts.is_json = not body or _is_json_object(body)
        return
    length = response_dict["headers"].get("Content-Length")
    problem = None
    if length is not None and length.isdecimal() and len(body) < int(length):
        problem = f"{len(body)} bytes where {length} were announced"
    # Where the operation has a result, a body without it is rejected when the result is read.
    elif attempts.call.read is no_result and not _is_json_object(body):
        problem = f"is no JSON object, as {operation_model.name} responds with"
    if problem:
        raise UnexpectedResponseError(attempts.call.operation, [Problem("response", problem)])


def _is_json_object(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False
