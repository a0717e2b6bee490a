"""An error response of the service -> one of our errors, without the caller's data in its text.

botocore's own exceptions are left to ``_aws.failures``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from customer_profiles_sdk._core.flow import Call, Repeat
from customer_profiles_sdk._core.rules import is_shown
from customer_profiles_sdk.errors import (
    AccessDeniedError,
    BadRequestError,
    ConcurrentUpdateError,
    CustomerProfilesError,
    DomainNotFoundError,
    InternalServerError,
    OutcomeUnknownError,
    Problem,
    ProfileNotFoundError,
    ResourceNotFoundError,
    SearchKeyNotFoundError,
    ServiceError,
    ThrottlingError,
    UnexpectedResponseError,
)

MODELLED_ERRORS: Final[Mapping[str, type[ServiceError]]] = {
    "BadRequestException": BadRequestError,
    "AccessDeniedException": AccessDeniedError,
    "ResourceNotFoundException": ResourceNotFoundError,
    "ThrottlingException": ThrottlingError,
    "InternalServerException": InternalServerError,
}

CONCURRENT_UPDATE: Final = "concurrent update in-progress"

_THROTTLING_CODES: Final = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "TooManyRequestsException",
    }
)
_ACCESS_CODES: Final = frozenset(
    {
        "AccessDenied",
        "AuthFailure",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "InvalidToken",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "NotAuthorized",
        "OptInRequired",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "TokenRefreshRequired",
        "UnauthorizedException",
        "UnrecognizedClientException",
    }
)
_SERVER_CODES: Final = frozenset(
    {"InternalError", "InternalFailure", "ServiceException", "ServiceUnavailable", "ServiceUnavailableException"}
)
_FAMILIES: Final = (
    (_THROTTLING_CODES, ThrottlingError),
    (_ACCESS_CODES, AccessDeniedError),
    (_SERVER_CODES, InternalServerError),
)
"""The codes that AWS's gateways and common runtime use in place of the modelled ones."""

_ERRORS_BY_MESSAGE: Final[Mapping[type[ServiceError], Mapping[str, type[ServiceError]]]] = {
    BadRequestError: {CONCURRENT_UPDATE: ConcurrentUpdateError},
    ResourceNotFoundError: {
        "DomainName.*is not found in account": DomainNotFoundError,
        "KeyName.*is not defined in the domain": SearchKeyNotFoundError,
        "ProfileId.*is not found": ProfileNotFoundError,
    },
}
"""The service has one code for several causes; its message tells them apart."""

_TIMEOUT_CODES: Final = frozenset({"PriorRequestNotComplete", "RequestTimeout", "RequestTimeoutException"})
# A text: it is compiled when it is first used, for only errors need it.
_NOT_FOUND_CODE: Final = "(?i)not_?found|404"
"""What codes for a missing profile in a batch may look like: they are not documented, and nobody could try."""

_UNAUTHORIZED: Final = frozenset({401, 403})
_TOO_MANY_REQUESTS: Final = 429
_REQUEST_TIMEOUT: Final = 408
_BAD_REQUEST: Final = 400
_SERVER_ERROR: Final = 500

_UNREADABLE_MESSAGE: Final = "the response is no JSON of the service; a proxy or gateway may have sent it"
_NOT_PERSONAL: Final = frozenset(
    {"DomainName", "KeyName", "LogicalOperator", "MainProfileId", "ProfileId", "ProfileIds", "ProfileIdsToBeMerged"}
)
_SHORT: Final = 4


def was_not_executed(code: str, http_status: int | None) -> bool:
    """Tell whether a request that got an error response was certainly not executed.

    The service rejects with 4xx. A timeout or a failure of the service, whatever its status, leaves it open.
    """
    if code in _TIMEOUT_CODES or http_status == _REQUEST_TIMEOUT:
        return False
    if _error_class(code, "", http_status) is InternalServerError:
        return False
    return http_status is None or _BAD_REQUEST <= http_status < _SERVER_ERROR


def error_of_response(
    call: Call[Any], response: Mapping[str, Any], *, is_json: bool = True, unknown: tuple[str, str] | None = None
) -> CustomerProfilesError | None:
    """Return our error for an error response, or ``None`` where it means that all is done.

    Args:
        call: the call that got the response.
        response: the response as botocore parsed it.
        is_json: whether its body was a JSON object.
        unknown: the name and the reason of a failed attempt of this call that may have been executed.
    """
    error = _service_error(call, response, is_json=is_json)
    if call.repeat is Repeat.CREATES_AGAIN:
        if unknown is None and not was_not_executed(error.code, error.http_status):
            unknown = error.code, f"the response has the HTTP status {error.http_status}"
        if unknown is not None:
            return OutcomeUnknownError(call.operation, *unknown)
    elif unknown is not None and type(error) in {ProfileNotFoundError, ResourceNotFoundError}:
        if call.repeat is Repeat.NOT_FOUND_IS_DONE:
            return None
        if call.repeat is Repeat.NOT_FOUND_IS_UNKNOWN:
            return OutcomeUnknownError(call.operation, *unknown)
    return error


def error_of_single_item(call: Call[Any], response: Mapping[str, Any]) -> CustomerProfilesError:
    """Return the error that a batch's response holds for its only item."""
    if not response.get("Errors"):
        return UnexpectedResponseError(
            call.operation, [Problem("response", "contains neither the profile nor an error")]
        )
    return _service_error(call, {**response, "Error": response["Errors"][0]}, is_json=True)


def _service_error(call: Call[Any], response: Mapping[str, Any], *, is_json: bool) -> ServiceError:
    described, metadata = response.get("Error", {}), response.get("ResponseMetadata", {})
    code, message = str(described.get("Code") or "Unknown"), str(described.get("Message") or "")
    http_status = metadata.get("HTTPStatusCode")
    if "ProfileId" in described and (code == "ResourceNotFoundException" or re.search(_NOT_FOUND_CODE, code)):
        error_class: type[ServiceError] = ProfileNotFoundError
    else:
        error_class = _error_class(code, message if is_json else "", http_status)
    return error_class(
        operation=call.operation,
        code=masked(code, call.request),
        message=masked(message, call.request) if is_json else _UNREADABLE_MESSAGE,
        http_status=http_status,
        request_id=metadata.get("RequestId"),
        retry_attempts=metadata.get("RetryAttempts", 0),
        response=response,
    )


def _error_class(code: str, message: str, http_status: int | None) -> type[ServiceError]:
    modelled = MODELLED_ERRORS.get(code)
    if modelled is not None:
        causes = _ERRORS_BY_MESSAGE.get(modelled, {})
        return next((narrower for text, narrower in causes.items() if re.search(text, message)), modelled)
    for codes, error_class in _FAMILIES:
        if code in codes:
            return error_class
    if http_status == _TOO_MANY_REQUESTS:
        return ThrottlingError
    if http_status in _UNAUTHORIZED:
        return AccessDeniedError
    return InternalServerError if http_status is not None and http_status >= _SERVER_ERROR else ServiceError


def masked(message: str, request: Mapping[str, object]) -> str:
    """Return the message with every text of the request replaced by ``***``, in every spelling that JSON allows.

    Names and ids stay readable. Case and white space around a text do not count. A very short text is masked as a word
    only: masking every "a" would leave no message.
    """
    attributes = cast("Mapping[str, str]", request.get("Attributes", {}))
    texts = {*attributes.values(), *(key for key in attributes if not is_shown(key))}
    texts |= {text for name, value in request.items() if name != "Attributes" for text in _texts(name, value)}
    patterns = [_pattern(text) for each in texts if (text := each.strip())]
    hidden = [False] * len(message)
    for readable, positions in _readings(message):
        for pattern in patterns:
            for match in pattern.finditer(readable):
                for start, end in positions[match.start() : match.end()]:
                    hidden[start:end] = [True] * (end - start)
    return _with_stars(message, hidden)


def _pattern(text: str) -> re.Pattern[str]:
    folded = "".join(map(_folded, text))
    exact = re.escape(folded)
    return re.compile(exact if len(folded) >= _SHORT else rf"(?<!\w){exact}(?!\w)")


def _folded(character: str) -> str:
    # In this order every spelling of a character in another case ends alike: "ß", "ẞ" and "SS" too.
    return character.lower().upper().lower()


_ESCAPE: Final = r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?)'


def _readings(message: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield the message as it is and as often as JSON's escapes can be taken out of it, in folded case.

    With each reading come the places in the message that its characters stand for.
    """
    characters = [(character, (place, place + 1)) for place, character in enumerate(message)]
    while True:
        folded = [(part, place) for character, place in characters for part in _folded(character)]
        yield "".join(part for part, _ in folded), [place for _, place in folded]
        unescaped = list(_unescaped(characters))
        if len(unescaped) == len(characters):
            return
        characters = unescaped


def _unescaped(characters: list[tuple[str, tuple[int, int]]]) -> Iterator[tuple[str, tuple[int, int]]]:
    text = "".join(character for character, _ in characters)
    position = 0
    for escape in re.finditer(_ESCAPE, text):
        yield from characters[position : escape.start()]
        position = escape.end()
        place = (characters[escape.start()][1][0], characters[position - 1][1][1])
        for character in json.loads(f'"{escape[0]}"'):
            yield character, place
    yield from characters[position:]


def _with_stars(message: str, hidden: list[bool]) -> str:
    parts = []
    for position, character in enumerate(message):
        if not hidden[position]:
            parts.append(character)
        elif not position or not hidden[position - 1]:
            parts.append("***")
    return "".join(parts)


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
