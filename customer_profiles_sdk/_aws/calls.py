"""The result of one call, for each driver: one of our errors for what was raised, and a line in the log."""

import logging
from time import perf_counter
from typing import Any, Final, cast

from botocore.exceptions import ClientError

from customer_profiles_sdk._aws.attempts import Attempts
from customer_profiles_sdk._aws.failures import CONNECTION_ERRORS, is_parse_failure, reason_of
from customer_profiles_sdk._core.flow import Repeat
from customer_profiles_sdk._core.members import member_name
from customer_profiles_sdk._core.service_errors import error_of_response
from customer_profiles_sdk.errors import (
    ConnectionFailedError,
    CustomerProfilesError,
    OutcomeUnknownError,
    Problem,
    UnexpectedResponseError,
)

_logger: Final = logging.getLogger("customer_profiles_sdk")


def failure_of(error: BaseException, attempts: Attempts) -> BaseException | None:
    """Return what is raised in place of an exception of a call, or ``None`` where it means that all is done.

    What is none of botocore's exceptions comes out as it is, and so do botocore's own for missing credentials.
    """
    if isinstance(error, ClientError):
        return _of_client_error(error, attempts)
    if isinstance(error, CONNECTION_ERRORS):
        return _without_response(attempts, type(error).__name__, reason_of(error, attempts.handled))
    if not isinstance(error, Exception):
        return error
    if not isinstance(error, CustomerProfilesError) and is_parse_failure(error):
        attempts.count += 1  # botocore has no event for it
        problem = Problem("response", "is not the JSON that it must be")
        error = UnexpectedResponseError(attempts.call.operation, [problem])
    # An attempt that may have been executed matters more than what became of the next one.
    return _unknown(attempts) or error


def _of_client_error(error: ClientError, attempts: Attempts) -> CustomerProfilesError | None:
    if error.operation_name == member_name(attempts.call.method):
        response = cast("dict[str, Any]", error.response)
        return error_of_response(attempts.call, response, is_json=attempts.is_json, unknown=attempts.unknown)
    code = str(error.response.get("Error", {}).get("Code"))
    reason = f"{error.operation_name}, made to renew credentials, was rejected with {code}"
    return _without_response(attempts, code, reason)


def _without_response(attempts: Attempts, cause_name: str, reason: str) -> CustomerProfilesError:
    # Without an attempt that may have been executed nothing was sent: a create is then no unknown outcome.
    if attempts.is_answered and attempts.unknown is None:
        attempts.unknown = cause_name, "the call failed after the response had arrived"
    return _unknown(attempts) or ConnectionFailedError(attempts.call.operation, cause_name, reason)


def _unknown(attempts: Attempts) -> OutcomeUnknownError | None:
    if attempts.unknown is None or attempts.call.repeat is not Repeat.CREATES_AGAIN:
        return None
    return OutcomeUnknownError(attempts.call.operation, *attempts.unknown)


def log(attempts: Attempts, started: float, response: object, failure: BaseException | None) -> None:
    """Log one line for a call: its outcome, and nothing of what was sent.

    Args:
        attempts: the record of the call.
        started: when it began, by ``perf_counter``.
        response: boto3's response, where there was one.
        failure: what is raised.
    """
    if not _logger.isEnabledFor(logging.DEBUG):
        return
    metadata = response.get("ResponseMetadata") if isinstance(response, dict) else None
    request_id = getattr(failure, "request_id", metadata.get("RequestId") if isinstance(metadata, dict) else None)
    outcome = type(failure).__name__ if failure else "ok"
    _logger.debug(
        "%s: %s, request %s, attempts %s, %.1f ms",
        attempts.call.operation,
        outcome,
        request_id,
        attempts.count,
        (perf_counter() - started) * 1000,
    )
