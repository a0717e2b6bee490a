"""What the client raises when a call fails: an error named by its cause, with nothing of the customer in its text."""

import traceback
from collections.abc import Callable

import botocore.exceptions
import pytest
from botocore.awsrequest import AWSResponse

from customer_profiles_sdk import (
    AccessDeniedError,
    Address,
    BadRequestError,
    ConcurrentUpdateError,
    ConnectionFailedError,
    CustomerProfilesClient,
    CustomerProfilesError,
    DomainNotFoundError,
    InternalServerError,
    OutcomeUnknownError,
    Profile,
    ProfileNotFoundError,
    ResourceNotFoundError,
    SearchKeyNotFoundError,
    ServiceError,
    ThrottlingError,
)

pytestmark = pytest.mark.usefixtures("each_client")

ID = "0123456789abcdef0123456789abcdef"
ServiceResponds = Callable[..., CustomerProfilesClient]


class TestRejections:
    """Error responses of the service."""

    @pytest.mark.parametrize(
        ("code", "status", "message", "error_class"),
        [
            ("BadRequestException", 400, "bad", BadRequestError),
            ("BadRequestException", 400, "Failed due to concurrent update in-progress.", ConcurrentUpdateError),
            ("AccessDeniedException", 403, "denied", AccessDeniedError),
            ("ExpiredTokenException", 403, "expired", AccessDeniedError),
            ("UnheardOfException", 401, "who?", AccessDeniedError),
            ("ResourceNotFoundException", 404, "gone", ResourceNotFoundError),
            ("ResourceNotFoundException", 404, "DomainName acme is not found in account 1", DomainNotFoundError),
            ("ResourceNotFoundException", 404, "KeyName x is not defined in the domain", SearchKeyNotFoundError),
            ("ResourceNotFoundException", 404, f"ProfileId {ID} is not found", ProfileNotFoundError),
            ("ThrottlingException", 429, "slow", ThrottlingError),
            ("TooManyRequestsException", 400, "slow", ThrottlingError),
            ("UnheardOfException", 429, "slow", ThrottlingError),
            ("InternalServerException", 500, "oops", InternalServerError),
            ("ServiceUnavailable", 503, "oops", InternalServerError),
            ("UnheardOfException", 418, "tea", ServiceError),
            ("WidgetNotFoundFault", 404, "no widget", ServiceError),
        ],
    )
    def test_by_cause(
        self,
        code: str,
        status: int,
        message: str,
        error_class: type[ServiceError],
        service_responds: ServiceResponds,
    ) -> None:
        """Each cause, told by code, status or message, raises its own class, with the whole response on it."""
        client = service_responds(status, {"Message": message}, {"x-amzn-ErrorType": code})

        with pytest.raises(ServiceError) as caught:
            client.update_profile(ID, Profile(first_name="Ana"))

        error = caught.value
        assert error_class is type(error)
        assert ("update_profile", code, message, status, "r-1", 0) == (
            error.operation,
            error.code,
            error.message,
            error.http_status,
            error.request_id,
            error.retry_attempts,
        )
        assert code == error.response["Error"]["Code"]

    @pytest.mark.parametrize("code", ["ResourceNotFoundException", "ProfileNotFound", "NOT_FOUND", "404"])
    def test_a_profile_that_does_not_exist(self, code: str, service_responds: ServiceResponds) -> None:
        """get_profile raises ProfileNotFoundError where the batch holds an error of that kind for the id."""
        client = service_responds(200, {"Errors": [{"Code": code, "Message": "no such thing", "ProfileId": ID}]})

        with pytest.raises(ProfileNotFoundError, match="no such thing"):
            client.get_profile(ID)

    @pytest.mark.parametrize(
        ("code", "error_class"), [("ThrottlingException", ThrottlingError), ("Strange", ServiceError)]
    )
    def test_another_error_is_not_taken_for_absence(
        self, code: str, error_class: type[ServiceError], service_responds: ServiceResponds
    ) -> None:
        """A profile that could not be read for another reason is not reported as absent."""
        client = service_responds(200, {"Errors": [{"Code": code, "Message": "m", "ProfileId": ID}]})

        with pytest.raises(ServiceError) as caught:
            client.get_profile(ID)
        assert error_class is type(caught.value)

    def test_a_create_that_the_service_failed_on(self, service_responds: ServiceResponds) -> None:
        """After a 5xx it is unknown whether the profile was created."""
        client = service_responds(503, {"Message": "oops"}, {"x-amzn-ErrorType": "InternalServerException"})

        with pytest.raises(OutcomeUnknownError, match="InternalServerException"):
            client.create_profile(Profile())

    def test_a_page_of_a_proxy(self, service_responds: ServiceResponds) -> None:
        """The HTML page of a proxy or gateway never becomes the message of an error."""
        client = service_responds(403, b"<html>Blocked: Ana</html>", {"Content-Type": "text/html"})

        with pytest.raises(AccessDeniedError, match="a proxy or gateway may have sent it") as caught:
            client.update_profile(ID, Profile())
        assert "html" not in str(caught.value)


class TestLostCalls:
    """Calls without a response. What real sockets do is in ``test_network_failures``."""

    @pytest.mark.parametrize(
        ("error", "reason"),
        [
            (
                botocore.exceptions.ReadTimeoutError(endpoint_url="https://profile.example/x?ana"),
                "profile.example:443: no response within the read timeout",
            ),
            (
                botocore.exceptions.ConnectionClosedError(endpoint_url="http://[::1]:81/"),
                "[::1]:81: the connection was closed before the response was complete",
            ),
            (
                botocore.exceptions.ProxyConnectionError(proxy_url="http://ana:ana@proxy.example:3128"),
                "the proxy proxy.example:3128: the proxy closed the tunnel before the response",
            ),
            (
                botocore.exceptions.EndpointConnectionError(endpoint_url="https://profile.example"),
                "profile.example:443: the connection was closed before the response was complete",
            ),
            (
                botocore.exceptions.HTTPClientError(error=ValueError("ana")),
                "the connection was closed before the response was complete",
            ),
        ],
        ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
    )
    def test_without_evidence_the_outcome_is_open(
        self, error: Exception, reason: str, service_responds: ServiceResponds
    ) -> None:
        """The name of an exception proves nothing: a create is then unknown, and any other call may be repeated."""
        client = service_responds(200, {})

        def fail(**_: object) -> AWSResponse:
            raise error

        client.boto3_client.meta.events.register_first("before-send.customer-profiles", fail)

        with pytest.raises(OutcomeUnknownError) as created:
            client.create_profile(Profile())
        with pytest.raises(ConnectionFailedError) as updated:
            client.update_profile(ID, Profile())
        for operation, caught in (("create_profile", created.value), ("update_profile", updated.value)):
            assert (operation, type(error).__name__, reason) == (caught.operation, caught.cause_name, caught.reason)
            assert "ana" not in "".join(traceback.format_exception(caught))


class TestMasking:
    """The service's text may repeat what it was sent: every text of the request is masked in it."""

    @pytest.mark.parametrize(
        ("message", "masked"),
        [
            ("Value 'ana@mail.example' is invalid", "Value '***' is invalid"),
            ("ANA@MAIL.EXAMPLE; Cork; gold", "***; ***; ***"),
            ("Ana is no Anagram", "*** is no Anagram"),
            ('O"Brien or O\\"Brien', "*** or ***"),
            ("attributes.tier is short, ana@home.example is not; KeyName", "attributes.tier is short, *** is not; ***"),
            ("acme and 0123456789abcdef0123456789abcdef stay", "acme and 0123456789abcdef0123456789abcdef stay"),
        ],
    )
    def test_an_update(self, message: str, masked: str, service_responds: ServiceResponds) -> None:
        """What the request said is masked in the error's text; names and ids are not, and .response is untouched."""
        client = service_responds(400, {"Message": message}, {"x-amzn-ErrorType": "BadRequestException"})
        changes = Profile(
            first_name="Ana",
            email_address="ana@mail.example",
            address=Address(city="Cork"),
            last_name=' O"Brien ',
            attributes={"tier": "gold", "blank": " ", "ana@home.example": "KeyName"},
        )

        with pytest.raises(BadRequestError) as caught:
            client.update_profile(ID, changes)

        assert masked == caught.value.message
        assert masked in str(caught.value)
        assert message == caught.value.response["Error"]["Message"]

    def test_a_search(self, service_responds: ServiceResponds) -> None:
        """The names of search keys stay readable, the values searched for do not."""
        message = "KeyName Loyalty OR _email: 'ana@mail.example' or 4711"
        client = service_responds(400, {"Message": message}, {"x-amzn-ErrorType": "BadRequestException"})

        with pytest.raises(BadRequestError) as caught:
            list(client.search_profiles({"Loyalty": "4711", "_email": "Ana@mail.example"}))

        assert "KeyName Loyalty OR _email: '***' or ***" == caught.value.message

    def test_botocores_error_is_not_in_the_traceback(self, service_responds: ServiceResponds) -> None:
        """botocore's error, whose text is not masked, is neither the cause nor the context of ours."""
        client = service_responds(400, {"Message": "no: Ana"}, {"x-amzn-ErrorType": "BadRequestException"})

        with pytest.raises(CustomerProfilesError) as caught:
            client.update_profile(ID, Profile(first_name="Ana"))

        assert caught.value.__cause__ is caught.value.__context__ is None
        assert "no: Ana" not in "".join(traceback.format_exception(caught.value))
