"""What can go wrong, named by cause.

::

    CustomerProfilesError
    |- InvalidRequestError (a ValueError)  nothing was sent
    |- ServiceError                        the service rejected it
    |  |- BadRequestError
    |  |  `- ConcurrentUpdateError         another update in progress; safe to repeat
    |  |- AccessDeniedError                no permission, or credentials that are wrong or expired
    |  |- ResourceNotFoundError
    |  |  |- DomainNotFoundError
    |  |  |- SearchKeyNotFoundError
    |  |  `- ProfileNotFoundError
    |  |- ThrottlingError
    |  `- InternalServerError
    |- ConnectionFailedError               not reached, or repeating it is harmless
    |- OutcomeUnknownError                 the profile may have been created, or not
    |- AmbiguousMatchError                 no single certain match; nothing was overwritten
    `- UnexpectedResponseError             the response cannot be read

Missing credentials or a missing region are botocore's own exceptions. Which response becomes which of these errors is
decided in ``_core.service_errors``, which botocore exception in ``_aws.failures``.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs


@attrs.frozen
class Problem:
    """One thing wrong with a request; it never holds the value that is wrong.

    Attributes:
        path: where, in the SDK's names: ``"address.city"``, ``"engagement_preferences.phone[0].key_name"``.
        message: what is wrong there and what would be right.
    """

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class CustomerProfilesError(Exception):
    """The root of every error that the SDK raises."""

    def __reduce__(self) -> tuple[object, ...]:
        # Unpickling calls the class with ``args``, which does not work with keyword-only arguments.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(
    kind: type[CustomerProfilesError], args: tuple[object, ...], state: dict[str, object]
) -> CustomerProfilesError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class InvalidRequestError(CustomerProfilesError, ValueError):
    """A request breaks the API's rules; nothing was sent.

    Attributes:
        operation: the method that was called, as in ``"create_profile"``.
        problems: everything that is wrong with the request, each with its place.
    """

    def __init__(self, operation: str, problems: Sequence[Problem]) -> None:
        self.operation = operation
        self.problems: tuple[Problem, ...] = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n  ".join([f"{operation}: {count}, nothing was sent", *map(str, self.problems)]))


class ServiceError(CustomerProfilesError):
    """The service rejected the request; this class itself where the SDK does not know the error code.

    Attributes:
        operation: the method that was called.
        code: the service's error code, as in ``"BadRequestException"``.
        message: the service's text. The service may repeat what it was sent, so every text of the request is masked.
        http_status: the response's HTTP status.
        request_id: the id that AWS support asks for.
        retry_attempts: how often botocore retried the request before it gave up.
        response: the unchanged response, as botocore parsed it. It may hold customers' data: do not log it.
    """

    def __init__(
        self,
        *,
        operation: str,
        code: str,
        message: str,
        http_status: int | None = None,
        request_id: str | None = None,
        retry_attempts: int = 0,
        response: Mapping[str, Any] | None = None,
    ) -> None:
        self.operation = operation
        self.code = code
        self.message = message
        self.http_status = http_status
        self.request_id = request_id
        self.retry_attempts = retry_attempts
        self.response: Mapping[str, Any] = response or {}
        super().__init__(
            f"{operation}: {code}: {message} (HTTP {http_status}, request {request_id}, retries {retry_attempts})"
        )


class BadRequestError(ServiceError):
    """The service found a fault in the request (API: ``BadRequestException``)."""


class ConcurrentUpdateError(BadRequestError):
    """Another update of the same profile was in progress; repeating this one is safe."""


class AccessDeniedError(ServiceError):
    """No permission, or credentials that are wrong or expired (API: ``AccessDeniedException``)."""


class ResourceNotFoundError(ServiceError):
    """What the request names does not exist, or the caller may not see it (API: ``ResourceNotFoundException``)."""


class DomainNotFoundError(ResourceNotFoundError):
    """There is no domain of this name in the account and region."""


class SearchKeyNotFoundError(ResourceNotFoundError):
    """There is no search key of this name in the domain. The predefined ones are in ``SearchKey``."""


class ProfileNotFoundError(ResourceNotFoundError):
    """There is no profile of this id in the domain."""


class ThrottlingError(ServiceError):
    """More requests than the account's quota allows (API: ``ThrottlingException``)."""


class InternalServerError(ServiceError):
    """The service failed (API: ``InternalServerException``)."""


class ConnectionFailedError(CustomerProfilesError):
    """The call did not reach the service, or its response was lost and repeating it is harmless.

    Attributes:
        operation: the method that was called.
        cause_name: the name of the cause, as in ``"EndpointConnectionError"``.
        reason: the host and the cause in words, as in ``"profile.example:443: connection refused"``.
    """

    def __init__(self, operation: str, cause_name: str, reason: str = "no response from the service") -> None:
        self.operation = operation
        self.cause_name = cause_name
        self.reason = reason
        super().__init__(f"{operation}: {reason} ({cause_name}); the call may be repeated")


class OutcomeUnknownError(CustomerProfilesError):
    """The call failed after the request may have been sent: it may have been executed, or not.

    Creating the profile again can make a duplicate; search for it first.

    Attributes:
        operation: the method that was called.
        cause_name: the name of the failure, as in ``"ReadTimeoutError"``.
        reason: the failure in words.
    """

    def __init__(self, operation: str, cause_name: str, reason: str = "the response was lost") -> None:
        self.operation = operation
        self.cause_name = cause_name
        self.reason = reason
        super().__init__(f"{operation}: {reason} ({cause_name}); {_ADVICE.get(operation, _CREATE_ADVICE)}")


_CREATE_ADVICE: Final = "the profile may exist: search for it before you create it again"
_ADVICE: Final = {
    "merge_profiles": "the profiles may be merged: read them before you merge them again",
    "upsert_profile": "the profile may exist: repeat the same upsert later",
}


class AmbiguousMatchError(CustomerProfilesError):
    """No profile is certainly the one that was meant; nothing was overwritten.

    Several profiles match, or one matches only nearly, or one that matches has another account number.

    Attributes:
        operation: the method that was called.
        profile_ids: the ids of the profiles that match or may match. There can be more of them.
        reason: why none of them was chosen.
    """

    def __init__(self, operation: str, profile_ids: Sequence[str], reason: str = "several profiles match") -> None:
        self.operation = operation
        self.profile_ids: tuple[str, ...] = tuple(profile_ids)
        self.reason = reason
        super().__init__(
            f"{operation}: {reason}, nothing was overwritten; look at .profile_ids, "
            "then merge them, update one by its id, or match on another key"
        )


class UnexpectedResponseError(CustomerProfilesError):
    """The service sent a response that the SDK cannot read.

    The operation may have been executed.

    Attributes:
        operation: the method that was called.
        problems: what is wrong with the response, each with its place in it.
    """

    def __init__(self, operation: str, problems: Sequence[Problem]) -> None:
        self.operation = operation
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n  ".join([f"{operation}: the response cannot be read", *map(str, self.problems)]))
