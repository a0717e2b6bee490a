"""Errors without the frames that led to them, for those frames hold customers' data in their local variables."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from customer_profiles_sdk.errors import CustomerProfilesError

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def raises_without_frames(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Return the function such that its errors of ours show no frame below the caller's own.

    Tools that print the local variables of a traceback (loguru, pytest, Sentry, rich) then find no customer's data in
    it. Botocore's own errors, for missing credentials, show none either. Any other exception keeps its traceback, so
    that a fault in the caller's own code can be found.
    """

    @wraps(function)
    def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            if not isinstance(error, CustomerProfilesError) and not type(error).__module__.startswith("botocore."):
                raise
            failure = error.with_traceback(None)
        del args, kwargs
        raise failure

    return call


def raises_without_frames_async(
    function: Callable[_Arguments, Coroutine[Any, Any, _Result]],
) -> Callable[_Arguments, Coroutine[Any, Any, _Result]]:
    """Return the same for a coroutine function."""

    @wraps(function)
    async def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        try:
            return await function(*args, **kwargs)
        except CustomerProfilesError as error:
            failure = error.with_traceback(None)
        del args, kwargs
        raise failure

    return call
