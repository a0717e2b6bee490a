"""Errors are named by cause, carry their data on attributes, and survive pickling."""

import copy
import pickle
from typing import Any

import pytest

from customer_profiles_sdk import (
    AmbiguousMatchError,
    ConcurrentUpdateError,
    ConnectionFailedError,
    CustomerProfilesError,
    DomainNotFoundError,
    InvalidRequestError,
    OutcomeUnknownError,
    Problem,
    ServiceError,
    ThrottlingError,
    UnexpectedResponseError,
    errors,
)

SERVICE_ERROR: dict[str, Any] = {
    "operation": "update_profile",
    "code": "ThrottlingException",
    "message": "Rate exceeded",
    "http_status": 429,
    "request_id": "r-1",
    "retry_attempts": 2,
    "response": {"Error": {"Message": "about ana@mail.example"}},
}
ERRORS: tuple[CustomerProfilesError, ...] = (
    InvalidRequestError("create_profile", [Problem("first_name", "300 characters, at most 255")]),
    ThrottlingError(**SERVICE_ERROR),
    ConnectionFailedError("get_profile", "EndpointConnectionError", "profile.example:443: connection refused"),
    OutcomeUnknownError("create_profile", "ReadTimeoutError", "profile.example:443: no response"),
    AmbiguousMatchError("upsert_profile", ["0" * 32, "1" * 32], "a profile matches, but not certainly"),
    UnexpectedResponseError("create_profile", [Problem("profile_id", "missing")]),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickle_and_copy(error: CustomerProfilesError) -> None:
    """Pickled and copied errors have the same class, text and attributes."""
    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(error) is type(same)
        assert str(error) == str(same)
        assert vars(error) == vars(same)
        assert error.args == same.args


def test_every_error_class_can_be_pickled_and_is_drawn_in_the_tree() -> None:
    """Each class of the module stands in the tree of its docstring, and none is left out of the pickling above."""
    classes = {
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, CustomerProfilesError)
    }
    own_arguments = {each for each in classes if "__init__" in vars(each)}

    assert errors.__doc__
    assert [] == [each.__name__ for each in classes if each.__name__ not in errors.__doc__]
    assert own_arguments == {base for error in ERRORS for base in type(error).__mro__ if base in own_arguments}


def test_a_service_error_says_what_support_asks_for() -> None:
    """A service error's text holds operation, code, message, HTTP status, request id and retries."""
    assert ("update_profile: ThrottlingException: Rate exceeded (HTTP 429, request r-1, retries 2)") == str(
        ThrottlingError(**SERVICE_ERROR)
    )


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            InvalidRequestError("get_profile", [Problem("profile_id", "expected str, got int")]),
            "get_profile: 1 problem, nothing was sent\n  profile_id: expected str, got int",
        ),
        (
            InvalidRequestError("get_profiles", [Problem("profile_ids[0]", "a"), Problem("profile_ids[1]", "b")]),
            "get_profiles: 2 problems, nothing was sent\n  profile_ids[0]: a\n  profile_ids[1]: b",
        ),
        (
            UnexpectedResponseError("create_profile", [Problem("profile_id", "missing")]),
            "create_profile: the response cannot be read\n  profile_id: missing",
        ),
        (
            ConnectionFailedError("get_profile", "SSLError", "profile.example:443: certificate not trusted"),
            "get_profile: profile.example:443: certificate not trusted (SSLError); the call may be repeated",
        ),
        (
            OutcomeUnknownError("create_profile", "ReadTimeoutError"),
            (
                "create_profile: the response was lost (ReadTimeoutError); "
                "the profile may exist: search for it before you create it again"
            ),
        ),
        (
            OutcomeUnknownError("upsert_profile", "ReadTimeoutError"),
            (
                "upsert_profile: the response was lost (ReadTimeoutError); "
                "the profile may exist: repeat the same upsert later"
            ),
        ),
        (
            OutcomeUnknownError("merge_profiles", "ReadTimeoutError"),
            (
                "merge_profiles: the response was lost (ReadTimeoutError); "
                "the profiles may be merged: read them before you merge them again"
            ),
        ),
        (
            AmbiguousMatchError("upsert_profile", ["0" * 32]),
            (
                "upsert_profile: several profiles match, nothing was overwritten; look at .profile_ids, "
                "then merge them, update one by its id, or match on another key"
            ),
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_text_says_what_happened_and_what_to_do(error: CustomerProfilesError, text: str) -> None:
    """An error's text names the operation, what happened, and what the caller can do about it."""
    assert text == str(error)


def test_the_unchanged_response_is_on_response_alone() -> None:
    """The response may hold a customer's data: it is on .response, and neither in the text nor in args or repr."""
    error = ServiceError(**SERVICE_ERROR)

    assert SERVICE_ERROR["response"] is error.response
    assert "ana@mail.example" not in f"{error} {error!r} {error.args}"


def test_an_error_without_a_response() -> None:
    """An error that was made without a response has an empty one."""
    assert {} == ServiceError(operation="get_profile", code="c", message="m").response


@pytest.mark.parametrize(
    ("kind", "wider"),
    [
        (InvalidRequestError, ValueError),
        (errors.BadRequestError, ServiceError),
        (ConcurrentUpdateError, errors.BadRequestError),
        (errors.AccessDeniedError, ServiceError),
        (errors.ResourceNotFoundError, ServiceError),
        (DomainNotFoundError, errors.ResourceNotFoundError),
        (errors.SearchKeyNotFoundError, errors.ResourceNotFoundError),
        (errors.ProfileNotFoundError, errors.ResourceNotFoundError),
        (ThrottlingError, ServiceError),
        (errors.InternalServerError, ServiceError),
    ],
)
def test_a_cause_is_caught_by_its_kind(kind: type[Exception], wider: type[Exception]) -> None:
    """What is a kind of another error is caught with it, and everything with CustomerProfilesError."""
    assert issubclass(kind, wider)
    assert issubclass(kind, CustomerProfilesError)


@pytest.mark.parametrize(
    "kind", [ConnectionFailedError, OutcomeUnknownError, AmbiguousMatchError, UnexpectedResponseError]
)
def test_what_the_service_did_not_reject_is_no_service_error(kind: type[Exception]) -> None:
    """An error that is no rejection by the service stands beside ServiceError."""
    assert (CustomerProfilesError,) == kind.__bases__
