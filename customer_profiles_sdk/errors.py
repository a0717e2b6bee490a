"""What can go wrong, named by cause.

::

    CustomerProfilesError
    |- InvalidRequestError (a ValueError)  nothing was sent
    |- ServiceError                        the service said no
    |  |- BadRequestError
    |  |  `- ConcurrentUpdateError         another update in progress; safe to repeat
    |  |- AccessDeniedError
    |  |- ResourceNotFoundError
    |  |  |- DomainNotFoundError
    |  |  |- SearchKeyNotFoundError
    |  |  `- ProfileNotFoundError
    |  |- ThrottlingError
    |  `- InternalServerError
    |- ConnectionFailedError               not reached, or repeating it is harmless
    |- OutcomeUnknownError                 the profile may have been created, or not
    |- AmbiguousMatchError                 several profiles match where one was asked for
    `- UnexpectedResponseError             the service's answer cannot be read

Missing credentials or a missing region are botocore's own exceptions. Which botocore error becomes which of these is
decided in ``transport``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

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
        # An exception is unpickled by calling its class with args, which keyword-only arguments refuse.
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
    """The service said no; this very class where its code is one that the SDK does not know.

    Attributes:
        operation: the method that was called.
        code: the service's error code, as in ``"BadRequestException"``.
        message: the service's text. The service may repeat what it was sent, so every text of the request is masked.
        http_status: the answer's HTTP status.
        request_id: the id that AWS support asks for.
        retry_attempts: how often botocore sent the request again before it gave up.
        response: the untouched answer, in whatever shape botocore parsed it to. It may hold customers' data: do not
            log it.
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
    """The service found the request wrong (API: ``BadRequestException``)."""


class ConcurrentUpdateError(BadRequestError):
    """Another update of the same profile was in progress; sending this one again is safe."""


class AccessDeniedError(ServiceError):
    """The caller may not do this (API: ``AccessDeniedException``)."""


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
    """The call did not reach the service, or its answer was lost and repeating it is harmless.

    Attributes:
        operation: the method that was called.
        cause_name: the name of botocore's exception, as in ``"EndpointConnectionError"``.
    """

    def __init__(self, operation: str, cause_name: str) -> None:
        self.operation = operation
        self.cause_name = cause_name
        super().__init__(f"{operation}: no answer from the service ({cause_name}); the call may be repeated")


class OutcomeUnknownError(CustomerProfilesError):
    """The request was on its way when the call failed: the profile may or may not have been created.

    Creating it again can make a duplicate; search for it first.

    Attributes:
        operation: the method that was called.
        cause_name: the name of the failure, as in ``"ReadTimeoutError"``.
    """

    def __init__(self, operation: str, cause_name: str) -> None:
        self.operation = operation
        self.cause_name = cause_name
        super().__init__(
            f"{operation}: the answer was lost ({cause_name}); the profile may exist: search before creating it again"
        )


class AmbiguousMatchError(CustomerProfilesError):
    """Several profiles match where one was asked for; none of them was changed.

    Attributes:
        operation: the method that was called.
        profile_ids: the ids of the profiles that match.
    """

    def __init__(self, operation: str, profile_ids: Sequence[str]) -> None:
        self.operation = operation
        self.profile_ids: tuple[str, ...] = tuple(profile_ids)
        super().__init__(
            f"{operation}: {len(self.profile_ids)} profiles match, nothing was changed; see .profile_ids, "
            "and merge them or match on another key"
        )


class UnexpectedResponseError(CustomerProfilesError):
    """The service answered with something that the SDK cannot read.

    The operation may have been carried out.

    Attributes:
        operation: the method that was called.
        problems: what is wrong with the answer, each with its place in the answer.
    """

    def __init__(self, operation: str, problems: Sequence[Problem]) -> None:
        self.operation = operation
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n  ".join([f"{operation}: the service's answer cannot be read", *map(str, self.problems)]))
