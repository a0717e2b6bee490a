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
    ConnectionFailedError("get_profile", "EndpointConnectionError"),
    OutcomeUnknownError("create_profile", "ReadTimeoutError"),
    AmbiguousMatchError("upsert_profile", ["0" * 32, "1" * 32]),
    UnexpectedResponseError("create_profile", [Problem("profile_id", "missing")]),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickle_and_copy(error: CustomerProfilesError) -> None:
    """Pickled and copied errors have the same class, text and attributes."""
    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(error) is type(same)
        assert str(error) == str(same)
        assert vars(error) == vars(same)


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


def test_the_untouched_answer_is_on_response_alone() -> None:
    """The answer may hold a customer's data: it is on .response, and neither in the text nor in args or repr."""
    error = ServiceError(**SERVICE_ERROR)

    assert SERVICE_ERROR["response"] == error.response
    assert "ana@mail.example" not in f"{error} {error!r} {error.args}"


def test_causes_are_caught_by_their_kind() -> None:
    """What is a kind of another error is caught with it."""
    assert issubclass(InvalidRequestError, ValueError)
    assert issubclass(ConcurrentUpdateError, errors.BadRequestError)
    assert issubclass(DomainNotFoundError, errors.ResourceNotFoundError)
