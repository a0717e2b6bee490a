"""Error responses: which of our errors each becomes, and what of the request is masked in its text."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_profiles_sdk import (
    AccessDeniedError,
    BadRequestError,
    ConcurrentUpdateError,
    DomainNotFoundError,
    InternalServerError,
    OutcomeUnknownError,
    ProfileNotFoundError,
    ResourceNotFoundError,
    SearchKeyNotFoundError,
    ServiceError,
    ThrottlingError,
    UnexpectedResponseError,
)
from customer_profiles_sdk._core.flow import Call, Repeat
from customer_profiles_sdk._core.service_errors import (
    error_of_response,
    error_of_single_item,
    masked,
    was_not_executed,
)

ID = "0123456789abcdef0123456789abcdef"
UNKNOWN = ("ReadTimeoutError", "no response within the read timeout")


def call(repeat: Repeat = Repeat.HARMLESS, **request: object) -> Call[Any]:
    """Return a call of update_profile, or of what else the repeating means."""
    operation = "create_profile" if repeat is Repeat.CREATES_AGAIN else "update_profile"
    return Call(operation=operation, method=operation, request=request, read=lambda _: None, repeat=repeat)


def response(code: str | None, status: int | None, message: str = "m") -> dict[str, Any]:
    """Return an error response as botocore parses it."""
    error = {"Message": message} if code is None else {"Message": message, "Code": code}
    metadata = {} if status is None else {"HTTPStatusCode": status}
    return {"Error": error, "ResponseMetadata": {"RequestId": "r-1", "RetryAttempts": 2, **metadata}}


class TestCauses:
    """Which class an error response becomes."""

    @pytest.mark.parametrize(
        ("code", "status", "expected"),
        [
            ("BadRequestException", 400, BadRequestError),
            ("AccessDeniedException", 403, AccessDeniedError),
            ("ResourceNotFoundException", 404, ResourceNotFoundError),
            ("ThrottlingException", 429, ThrottlingError),
            ("InternalServerException", 500, InternalServerError),
        ],
    )
    def test_by_the_modelled_code(self, code: str, status: int, expected: type[ServiceError]) -> None:
        """A code that the API defines has a class of its own, whatever the HTTP status is."""
        for http_status in (status, 418, 200, None):
            assert expected is type(error_of_response(call(), response(code, http_status)))

    @pytest.mark.parametrize(
        ("code", "status", "expected"),
        [
            ("TooManyRequestsException", 400, ThrottlingError),
            ("Throttling", 400, ThrottlingError),
            ("ThrottledException", 400, ThrottlingError),
            ("RequestLimitExceeded", 503, ThrottlingError),
            ("SlowDown", 503, ThrottlingError),
            ("ExpiredToken", 400, AccessDeniedError),
            ("ExpiredTokenException", 400, AccessDeniedError),
            ("UnrecognizedClientException", 400, AccessDeniedError),
            ("InvalidSignatureException", 400, AccessDeniedError),
            ("SignatureDoesNotMatch", 400, AccessDeniedError),
            ("MissingAuthenticationTokenException", 400, AccessDeniedError),
            ("RequestExpired", 400, AccessDeniedError),
            ("ServiceUnavailable", 400, InternalServerError),
            ("ServiceUnavailableException", 503, InternalServerError),
            ("InternalFailure", 400, InternalServerError),
        ],
    )
    def test_by_the_families_of_codes(self, code: str, status: int, expected: type[ServiceError]) -> None:
        """The codes of AWS's gateways count before the HTTP status."""
        assert expected is type(error_of_response(call(), response(code, status)))
        assert expected is type(error_of_response(call(), response(code, None)))

    @pytest.mark.parametrize("code", ["UnheardOfException", "", None])
    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            (429, ThrottlingError),
            (401, AccessDeniedError),
            (403, AccessDeniedError),
            (500, InternalServerError),
            (502, InternalServerError),
            (503, InternalServerError),
            (504, InternalServerError),
            (400, ServiceError),
            (404, ServiceError),
            (409, ServiceError),
            (418, ServiceError),
            (None, ServiceError),
        ],
    )
    def test_by_the_status(self, code: str | None, status: int | None, expected: type[ServiceError]) -> None:
        """Without a code that is known the HTTP status counts; a 404 alone does not say that a profile is gone."""
        assert expected is type(error_of_response(call(), response(code, status)))

    @pytest.mark.parametrize(
        ("code", "message", "expected"),
        [
            (
                "BadRequestException",
                "Failed to update profile due to concurrent update in-progress.",
                ConcurrentUpdateError,
            ),
            ("ResourceNotFoundException", "DomainName acme is not found in account 1", DomainNotFoundError),
            ("ResourceNotFoundException", "KeyName x is not defined in the domain", SearchKeyNotFoundError),
            ("ResourceNotFoundException", f"ProfileId {ID} is not found", ProfileNotFoundError),
            ("UnheardOfException", "concurrent update in-progress", ServiceError),
            ("BadRequestException", f"ProfileId {ID} is not found", BadRequestError),
        ],
    )
    def test_by_the_message(self, code: str, message: str, expected: type[ServiceError]) -> None:
        """Where the service has one code for several causes, its message distinguishes them."""
        assert expected is type(error_of_response(call(), response(code, 400, message)))

    @pytest.mark.parametrize("status", [502, 503, 504])
    def test_a_page_of_a_proxy(self, status: int) -> None:
        """A proxy's HTML page is a fault of the server, and never becomes the error's message."""
        page = "<html>ProfileId x is not found</html>"

        error = error_of_response(call(), response(str(status), status, page), is_json=False)

        assert isinstance(error, InternalServerError)
        assert "the response is no JSON of the service; a proxy or gateway may have sent it" == error.message
        assert "html" not in str(error)

    def test_a_page_does_not_distinguish_causes(self) -> None:
        """The text of a response that is no JSON is not searched for a cause."""
        page = response("ResourceNotFoundException", 404, "DomainName x is not found in account")

        assert ResourceNotFoundError is type(error_of_response(call(), page, is_json=False))

    def test_what_an_error_carries(self) -> None:
        """An error carries the operation, the code, the message, what support asks for and the whole response."""
        received = response("ThrottlingException", 429, "Rate exceeded")

        error = error_of_response(call(), received)

        assert isinstance(error, ThrottlingError)
        assert ("update_profile", "ThrottlingException", "Rate exceeded") == (
            error.operation,
            error.code,
            error.message,
        )
        assert (429, "r-1", 2) == (error.http_status, error.request_id, error.retry_attempts)
        assert received is error.response

    @pytest.mark.parametrize("received", [{}, {"Error": {}}, {"Error": {"Message": None}, "ResponseMetadata": {}}])
    def test_a_response_without_details(self, received: dict[str, Any]) -> None:
        """Without a code, a status and a message there is still an error."""
        error = error_of_response(call(), received)

        assert ServiceError is type(error)
        assert "update_profile: Unknown:  (HTTP None, request None, retries 0)" == str(error)


class TestOutcomes:
    """What an error says of whether the request was executed."""

    @pytest.mark.parametrize(
        ("code", "status", "expected"),
        [
            ("BadRequestException", 400, True),
            ("ThrottlingException", 429, True),
            ("UnheardOfException", 404, True),
            ("InternalServerException", 500, False),
            ("ServiceUnavailable", 503, False),
            ("UnheardOfException", 502, False),
            ("RequestTimeout", 400, False),
            ("RequestTimeoutException", 400, False),
            ("UnheardOfException", 408, False),
            ("BadRequestException", None, True),
            ("InternalServerException", None, False),
            ("RequestTimeout", None, False),
        ],
    )
    def test_was_not_executed(self, code: str, status: int | None, expected: bool) -> None:  # noqa: FBT001
        """The service rejects with 4xx without executing; a fault or a timeout leaves it open."""
        assert expected is was_not_executed(code, status)
        error = error_of_response(call(Repeat.CREATES_AGAIN), response(code, status))
        assert expected is not isinstance(error, OutcomeUnknownError)

    def test_a_create_that_may_have_been_executed_before(self) -> None:
        """After an attempt of unknown outcome a create stays unknown, whatever a later attempt brings."""
        error = error_of_response(call(Repeat.CREATES_AGAIN), response("BadRequestException", 400), unknown=UNKNOWN)

        assert isinstance(error, OutcomeUnknownError)
        assert ("create_profile", *UNKNOWN) == (error.operation, error.cause_name, error.reason)

    @pytest.mark.parametrize("message", ["m", f"ProfileId {ID} is not found"])
    def test_not_found_after_an_unknown_attempt(self, message: str) -> None:
        """Then "not found" says that a delete is done, and leaves a merge open."""
        gone = response("ResourceNotFoundException", 404, message)

        assert None is error_of_response(call(Repeat.NOT_FOUND_IS_DONE), gone, unknown=UNKNOWN)
        assert OutcomeUnknownError is type(error_of_response(call(Repeat.NOT_FOUND_IS_UNKNOWN), gone, unknown=UNKNOWN))
        assert isinstance(error_of_response(call(Repeat.HARMLESS), gone, unknown=UNKNOWN), ResourceNotFoundError)

    @pytest.mark.parametrize("repeat", [Repeat.NOT_FOUND_IS_DONE, Repeat.NOT_FOUND_IS_UNKNOWN])
    def test_not_found_says_nothing_else(self, repeat: Repeat) -> None:
        """Without such an attempt, and for a domain or another error, "not found" is an error as ever."""
        gone = response("ResourceNotFoundException", 404, f"ProfileId {ID} is not found")
        no_domain = response("ResourceNotFoundException", 404, "DomainName x is not found in account 1")

        assert ProfileNotFoundError is type(error_of_response(call(repeat), gone))
        assert DomainNotFoundError is type(error_of_response(call(repeat), no_domain, unknown=UNKNOWN))
        assert ServiceError is type(error_of_response(call(repeat), response("New", 404), unknown=UNKNOWN))


class TestSingleItems:
    """The error that a batch holds for its only id."""

    @pytest.mark.parametrize("code", ["ResourceNotFoundException", "ProfileNotFound", "NOT_FOUND", "404"])
    def test_a_profile_that_does_not_exist(self, code: str) -> None:
        """A code that reads as "not found" says that there is no such profile."""
        item = {"Code": code, "Message": "gone", "ProfileId": ID}

        error = error_of_single_item(call(), {"Errors": [item]})

        assert isinstance(error, ProfileNotFoundError)
        assert (code, "gone") == (error.code, error.message)

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("ThrottlingException", ThrottlingError),
            ("InternalServerException", InternalServerError),
            ("AccessDeniedException", AccessDeniedError),
            ("New", ServiceError),
        ],
    )
    def test_another_error(self, code: str, expected: type[ServiceError]) -> None:
        """Any other error is named by its code, and not taken for absence."""
        assert expected is type(error_of_single_item(call(), {"Errors": [{"Code": code, "ProfileId": ID}]}))

    @pytest.mark.parametrize("received", [{}, {"Profiles": []}, {"Errors": []}])
    def test_no_error_at_all(self, received: dict[str, Any]) -> None:
        """A response without the profile and without an error cannot be read."""
        assert UnexpectedResponseError is type(error_of_single_item(call(), received))


def _escape_all(text: str, *, upper: bool = False) -> str:
    units = text.encode("utf-16-be")
    digits = (units[place : place + 2].hex() for place in range(0, len(units), 2))
    return "".join(f"\\u{each.upper() if upper else each}" for each in digits)


def _json(text: str) -> str:
    return json.dumps(text)[1:-1]


SPELLINGS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "JSON": _json,
    "JSON with raw characters": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "JSON with escaped slashes": lambda text: _json(text).replace("/", "\\/"),
    "JSON with every character escaped": _escape_all,
    "JSON with every character escaped in upper case": lambda text: _escape_all(text, upper=True),
    "JSON quoted twice": lambda text: _json(_json(text)),
    "JSON quoted twice with raw characters": lambda text: _json(json.dumps(text, ensure_ascii=False)[1:-1]),
    "JSON with every character escaped, quoted again": lambda text: _json(_escape_all(text)),
    "JSON of upper case": lambda text: _json(text.upper()),
}
each_spelling = pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)


class TestMasking:
    """The service's text may repeat what it was sent."""

    @each_spelling
    @pytest.mark.parametrize(
        "text",
        [
            "Añá Müller",
            'O"Brien',
            "A/B Street",
            "a\\nb\\",
            "line one\nline two",
            "😀 Ana",
            "C:\\temp",
            "Straße",
            "GROẞE",
        ],
    )
    def test_every_spelling(self, text: str, spell: Callable[[str], str]) -> None:
        """A text of the request is masked in every spelling that JSON allows, in any case."""
        assert "Value '***' at 'FirstName' is too long" == masked(
            f"Value '{spell(text)}' at 'FirstName' is too long", {"FirstName": text}
        )

    @pytest.mark.parametrize(
        ("request_members", "message", "expected"),
        [
            ({"FirstName": " Ana Lee\n"}, "no: Ana Lee", "no: ***"),
            ({"FirstName": "Ana"}, "Ana is no Anagram; ANA, 'ana'", "*** is no Anagram; ***, '***'"),
            ({"FirstName": "a"}, "a name; first a", "*** name; first ***"),
            ({"FirstName": "  "}, "a  b", "a  b"),
            ({"FirstName": "Anna", "LastName": "Annabel"}, "Annabel, Anna", "***, ***"),
            ({"FirstName": "Ana L", "LastName": "a Lee"}, "Ana Lee", "***"),
            ({"Address": {"City": "Cork"}}, "no city cork", "no city ***"),
            ({"Attributes": {"tier": "gold"}}, "Attributes.tier: gold", "Attributes.tier: ***"),
            ({"Attributes": {"ana@mail.example": "gold"}}, "ana@mail.example", "***"),
            ({"Attributes": {"KeyName": "own key"}}, "KeyName: own key", "KeyName: ***"),
            ({"EngagementPreferences": {"Phone": [{"KeyValue": "4711x"}]}}, "x 4711x", "x ***"),
            ({"KeyName": "_email", "Values": ["ana@x.example"]}, "_email: ana@x.example", "_email: ***"),
            ({"AdditionalSearchKeys": [{"KeyName": "own1", "Values": ["4711"]}]}, "own1: 4711", "own1: ***"),
            ({"DomainName": "acme", "ProfileId": ID}, f"acme {ID}", f"acme {ID}"),
            ({"MainProfileId": ID, "ProfileIdsToBeMerged": [ID]}, f"{ID}", f"{ID}"),
            ({"MaxResults": 1000}, "1000", "1000"),
            ({}, "", ""),
        ],
    )
    def test_what_is_masked(self, request_members: dict[str, object], message: str, expected: str) -> None:
        """All texts are masked at any depth, the ends of their white space aside; names and ids stay readable."""
        assert expected == masked(message, request_members)

    def test_the_code_is_masked_too(self) -> None:
        """A code that repeats what was sent shows none of it."""
        error = error_of_response(call(FirstName="Ana Lee"), response("Invalid:Ana Lee", 400, "no Ana Lee, please"))

        assert isinstance(error, ServiceError)
        assert ("Invalid:***", "no ***, please") == (error.code, error.message)
        assert "Ana Lee" not in str(error)

    @given(
        st.lists(
            st.text(
                st.characters(exclude_characters="*", exclude_categories=["Cs"])
                | st.sampled_from(list("\\\"/\n\t'ßẞİıΣςŉ😀é")),
                min_size=4,
                max_size=12,
            ).filter(lambda text: len(text.strip()) >= 4),
            min_size=1,
            max_size=3,
        ),
        st.lists(st.sampled_from(list(SPELLINGS)), min_size=1, max_size=4, unique=True),
    )
    def test_no_text_is_left(self, texts: list[str], spellings: list[str]) -> None:
        """Whatever the texts of a request are, the masked message has none of them in any spelling."""
        spelled = [SPELLINGS[name](text.strip()) for text in texts for name in spellings]
        sent = {str(position): text for position, text in enumerate(texts)}

        left = masked("; ".join(spelled), sent)

        assert [] == [each for each in spelled if each in left]

    @given(st.text("aAn \\u041e", max_size=30), st.text("aAn", min_size=1, max_size=4))
    def test_the_rest_is_left_as_it_is(self, message: str, text: str) -> None:
        """What is left between the masks is the message's own text, in its order."""
        position = 0
        for part in masked(message, {"FirstName": text}).split("***"):
            position = message.index(part, position) + len(part)
