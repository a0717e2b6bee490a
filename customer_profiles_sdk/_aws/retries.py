"""Which requests may be retried, and what happened to each attempt.

botocore retries by itself, and says of a call only how its last attempt ended. A handler of its event keeps the record
of every attempt, on any client, and rejects a response that botocore takes for an empty one; it changes nothing else.
On a client that the SDK builds, it has two rules more, in each of botocore's retry modes: a create whose outcome is
unknown is not retried, and an update that was rejected because of a concurrent one is.
"""

import json
import random
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from botocore.client import BaseClient
from botocore.model import OperationModel, StructureShape

from customer_profiles_sdk._aws.attempts import Attempts, current_attempts, register
from customer_profiles_sdk._aws.failures import CONNECTION_ERRORS, reason_of, was_never_sent
from customer_profiles_sdk._core.deserializer import no_result
from customer_profiles_sdk._core.service_errors import CONCURRENT_UPDATE, error_of_response, masked, was_not_executed
from customer_profiles_sdk.errors import OutcomeUnknownError, Problem, ThrottlingError, UnexpectedResponseError

_CONCURRENT_ATTEMPTS: Final = 6
_CONCURRENT_PAUSE_SECONDS: Final = 0.08
_FIRST_FINAL_STATUS: Final = 200
_FIRST_ERROR_STATUS: Final = 300

_Response = tuple[Any, dict[str, Any]]
"""An HTTP response, and what botocore has read of it."""


def observe_boto3(client: BaseClient, *, adds_rules: bool = False) -> None:
    """Record the attempts of the SDK's own calls through a client; nothing that others do with it changes.

    Args:
        client: a client of boto3's.
        adds_rules: add the SDK's rules too, as on a client that it built.
    """
    register(client, "needs-retry", after_attempt(client, client.close, adds_rules=adds_rules))


def after_attempt(
    client: BaseClient, drop_connections: Callable[[], object], *, adds_rules: bool
) -> Callable[..., float | None]:
    """Return the handler.

    A create whose outcome is unknown ends, because a retry could create a second profile. What was rejected because of
    a concurrent update is retried. Everything else is left to botocore.

    Args:
        client: a client of boto3's or of aiobotocore's.
        drop_connections: closes its connections.
        adds_rules: as ``observe_boto3`` takes it.
    """
    retries: Mapping[str, Any] = getattr(client.meta.config, "retries", None) or {}
    limit = min(_CONCURRENT_ATTEMPTS, retries.get("total_max_attempts") or _CONCURRENT_ATTEMPTS)

    def note(
        response: _Response | None,
        caught_exception: Exception | None,
        attempts: int,
        operation: OperationModel,
        **_: object,
    ) -> float | None:
        record = current_attempts()
        if record is not None:
            record.count = attempts
        if response is not None and response[0].status_code < _FIRST_ERROR_STATUS:
            if record is not None:
                record.is_answered = True
                _check_body(record, response, operation, drop_connections)
            return None
        if record is not None:
            _note_failure(record, response, caught_exception, operation)
        return _pause_before_retry(response, caught_exception, attempts, operation, limit) if adds_rules else None

    return note


def _pause_before_retry(
    response: _Response | None, caught_exception: Exception | None, attempts: int, operation: OperationModel, limit: int
) -> float | None:
    """Return the seconds after which a failed attempt is retried, where botocore would not."""
    if operation.name == "CreateProfile" and (unknown := _unknown_outcome(response, caught_exception)):
        raise OutcomeUnknownError("create_profile", *unknown)
    if response is None or attempts >= limit:
        return None
    if CONCURRENT_UPDATE not in str(response[1].get("Error", {}).get("Message")):
        return None
    return random.uniform(0, _CONCURRENT_PAUSE_SECONDS * 2 ** (attempts - 1))  # noqa: S311 (full jitter, no secret)


def _note_failure(
    record: Attempts, response: _Response | None, caught_exception: Exception | None, operation: OperationModel
) -> None:
    if response is not None:
        body: bytes = response[0].content
        record.is_json = not body or _json_object(body) is not None
        if record.paces and _is_throttled(record, response):
            for pace in record.paces:
                pace.throttled(operation.name)
    if record.unknown is None and (unknown := _unknown_outcome(response, caught_exception)):
        cause_name, reason = unknown
        record.unknown = masked(cause_name, record.call.request), reason


def _is_throttled(record: Attempts, response: _Response) -> bool:
    return isinstance(error_of_response(record.call, response[1], is_json=record.is_json), ThrottlingError)


def _unknown_outcome(response: _Response | None, caught_exception: Exception | None) -> tuple[str, str] | None:
    """Return the cause and the reason of a failed attempt that may have been executed."""
    if response is None:
        handled = sys.exception()  # the caller's: botocore handles none here
        # An exception that is none of botocore's own is no cause to retry, and comes out as it is.
        if isinstance(caught_exception, CONNECTION_ERRORS) and not was_never_sent(caught_exception, handled):
            return type(caught_exception).__name__, reason_of(caught_exception, handled)
        return None
    http_status = response[0].status_code
    code = str(response[1].get("Error", {}).get("Code") or http_status)
    if was_not_executed(code, http_status):
        return None
    return code, f"the response has the HTTP status {http_status}"


def _check_body(record: Attempts, response: _Response, operation: OperationModel, drop: Callable[[], object]) -> None:
    """Reject a body that botocore takes for an empty response: one cut short, or no JSON object at all."""
    http, parsed = response
    body: bytes = http.content
    announced = _announced_length(parsed["ResponseMetadata"]["HTTPHeaders"].get("content-length", ""))
    problem = None
    if http.status_code < _FIRST_FINAL_STATUS:
        drop()  # the final response is still to come, and must not be taken for the next call's
        problem = f"is the interim one with the HTTP status {http.status_code}"
    elif len(body) < announced:
        problem = f"{len(body)} bytes where {announced} were announced"
    # Where the operation has a result, a body without it is rejected when the result is read.
    elif record.call.read is no_result and not _is_output(operation, _json_object(body)):
        problem = f"is not what {operation.name} responds with"
    if problem:
        raise UnexpectedResponseError(record.call.operation, [Problem("response", problem)])


def _announced_length(content_length: str) -> int:
    if content_length.isdecimal():
        return int(content_length)
    # A proxy may repeat the header; its values then stand in one.
    lengths = [each.strip() for each in content_length.split(",")]
    return max((int(each) for each in lengths if each.isdecimal()), default=0)


def _is_output(operation_model: OperationModel, content: dict[str, object] | None) -> bool:
    """Tell whether a JSON object is an operation's output: empty, or with at least one of its members."""
    members = cast("StructureShape", operation_model.output_shape).members
    return content is not None and (not content or not content.keys().isdisjoint(members))


def _json_object(body: bytes) -> dict[str, object] | None:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
