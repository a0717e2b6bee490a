"""What each call sends and returns, and which responses count as one."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from botocore.stub import Stubber

from customer_profiles_sdk import (
    CLEAR,
    Address,
    CreateProfileResult,
    CustomerProfilesClient,
    Gender,
    InvalidRequestError,
    Profile,
    UnexpectedResponseError,
    UpdateProfileResult,
)

pytestmark = pytest.mark.usefixtures("each_client")

ID = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"
ServiceResponds = Callable[..., CustomerProfilesClient]


def paths(caught: pytest.ExceptionInfo[UnexpectedResponseError]) -> list[str]:
    """Return the places in a response that are wrong."""
    return [problem.path for problem in caught.value.problems]


class TestRequests:
    """What is sent and what comes back."""

    def test_create_profile(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """create_profile sends what is set and returns the new profile's id."""
        sent = {"DomainName": "acme", "FirstName": "Ana", "GenderString": "non-binary"}
        stubber.add_response("create_profile", {"ProfileId": ID}, sent)

        result = stubbed_client.create_profile(Profile(first_name="Ana", gender="non-binary", last_name=CLEAR))

        assert CreateProfileResult(profile_id=ID) == result

    def test_update_profile(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """update_profile sends what is set and what is to be removed."""
        sent = {"DomainName": "acme", "ProfileId": ID, "Gender": "FEMALE", "EmailAddress": "", "Address": {"City": ""}}
        stubber.add_response("update_profile", {"ProfileId": ID}, sent)

        changes = Profile(gender=Gender.FEMALE, email_address=CLEAR, address=Address(city=CLEAR))

        assert UpdateProfileResult(profile_id=ID) == stubbed_client.update_profile(ID, changes)

    def test_get_profile(self, stubber: Stubber, stubbed_client: CustomerProfilesClient) -> None:
        """get_profile asks for one id and returns the profile."""
        response = {"Profiles": [{"ProfileId": ID, "FirstName": "Ana", "Gender": "FEMALE", "GenderString": "FEMALE"}]}
        stubber.add_response("batch_get_profile", response, {"DomainName": "acme", "ProfileIds": [ID]})

        stored = stubbed_client.get_profile(ID)

        assert (ID, Profile(first_name="Ana", gender=Gender.FEMALE)) == (stored.profile_id, stored.profile)

    def test_a_request_with_problems_is_not_sent(self, stubbed_client: CustomerProfilesClient) -> None:
        """A request with problems raises before anything is sent: the stub expects no call."""
        with pytest.raises(InvalidRequestError):
            stubbed_client.create_profile(Profile(first_name="x" * 256))
        with pytest.raises(InvalidRequestError):
            stubbed_client.update_profile("x", Profile())
        with pytest.raises(InvalidRequestError):
            stubbed_client.get_profile("x")

    def test_what_comes_with_a_response(self, service_responds: ServiceResponds) -> None:
        """A result tells the request id, the HTTP status and the number of retries."""
        metadata = service_responds(200, {"ProfileId": ID}).create_profile(Profile()).metadata

        assert ("r-1", 200, 0) == (metadata.request_id, metadata.http_status, metadata.retry_attempts)

    def test_an_error_in_the_callers_hook_is_theirs(self, service_responds: ServiceResponds) -> None:
        """An exception of a hook that the caller registered comes out as it is."""
        client = service_responds(200, {"ProfileId": ID})

        def hook(**_: object) -> None:
            raise AttributeError("theirs")

        for event in ("before-call", "before-send"):
            client.boto3_client.meta.events.register_first(f"{event}.customer-profiles", hook)
            for call in (partial(client.update_profile, ID), client.create_profile):
                with pytest.raises(AttributeError, match="theirs"):
                    call(Profile())
            client.boto3_client.meta.events.unregister(f"{event}.customer-profiles", hook)


class TestResponsesThatAreNone:
    """A response counts only if it is what the operation promises."""

    @pytest.mark.parametrize("content", [{}, {"ProfileId": ""}, {"ProfileId": None}, b"", b"<html>"])
    def test_without_an_id(self, service_responds: ServiceResponds, content: Any) -> None:
        """A response to a create or an update that has no ProfileId cannot be read."""
        client = service_responds(200, content)
        for call in (client.create_profile, partial(client.update_profile, ID)):
            with pytest.raises(UnexpectedResponseError) as caught:
                call(Profile())
            assert ["profile_id"] == paths(caught)

    def test_an_id_of_another_type(self, service_responds: ServiceResponds) -> None:
        """A ProfileId that is no string cannot be read."""
        with pytest.raises(UnexpectedResponseError, match="profile_id: expected str, got list"):
            service_responds(200, {"ProfileId": [1]}).create_profile(Profile())

    def test_about_another_profile(self, service_responds: ServiceResponds) -> None:
        """A response about another profile than the one asked for cannot be read."""
        with pytest.raises(UnexpectedResponseError):
            service_responds(200, {"ProfileId": OTHER}).update_profile(ID, Profile())
        with pytest.raises(UnexpectedResponseError):
            service_responds(200, {"Profiles": [{"ProfileId": OTHER}]}).get_profile(ID)
        with pytest.raises(UnexpectedResponseError):
            service_responds(200, {"Profiles": [{"ProfileId": OTHER}]}).get_profiles([ID])

    @pytest.mark.parametrize("content", [{}, {"Items": None}, b"", b"<html>"])
    def test_a_search_without_items(self, service_responds: ServiceResponds, content: Any) -> None:
        """A response to a search that has no Items is not "nothing found"."""
        with pytest.raises(UnexpectedResponseError):
            list(service_responds(200, content).search_profiles({"_account": "1"}))

    @pytest.mark.parametrize("content", [{}, b"", b"<html>"])
    def test_a_batch_without_profiles_and_errors(self, service_responds: ServiceResponds, content: Any) -> None:
        """A response to a batch that has neither Profiles nor Errors cannot be read."""
        client = service_responds(200, content)
        for call in (client.get_profile, lambda profile_id: client.get_profiles([profile_id])):
            with pytest.raises(UnexpectedResponseError):
                call(ID)

    def test_neither_the_profile_nor_an_error(self, service_responds: ServiceResponds) -> None:
        """A response to get_profile that does not mention the profile cannot be read."""
        with pytest.raises(UnexpectedResponseError, match="neither the profile nor an error"):
            service_responds(200, {"Profiles": []}).get_profile(ID)

    @pytest.mark.parametrize("content", [b"", b"<html>"])
    def test_operations_without_a_result(self, service_responds: ServiceResponds, content: bytes) -> None:
        """Where an operation has no result, its response must still be a JSON object, as the service's is."""
        client = service_responds(200, content)
        for call in (
            partial(client.delete_profile, ID),
            partial(client.add_profile_key, ID, "own", "1"),
            partial(client.delete_profile_key, ID, "own", "1"),
            partial(client.merge_profiles, ID, [OTHER]),
        ):
            with pytest.raises(UnexpectedResponseError):
                call()

    def test_cut_short(self, service_responds: ServiceResponds) -> None:
        """A body shorter than its Content-Length cannot be read, whatever it holds."""
        client = service_responds(200, {"Items": [], "Profiles": []}, {"Content-Length": "1000"})
        for call in (
            lambda: client.delete_profile(ID),
            lambda: client.get_profiles([ID]),
            lambda: list(client.search_profiles({"_account": "1"})),
        ):
            with pytest.raises(UnexpectedResponseError, match="29 bytes where 1000 were announced"):
                call()

    @pytest.mark.parametrize("status", [200, 400, 500])
    @pytest.mark.parametrize("body", [b"[]", b"\xff", b"null", b"3", b"[" * 100_000], ids=lambda body: repr(body[:5]))
    def test_what_botocore_cannot_parse(self, body: bytes, status: int, service_responds: ServiceResponds) -> None:
        """What botocore's parser fails on raises UnexpectedResponseError, not the parser's AttributeError."""
        with pytest.raises(UnexpectedResponseError, match="response: is not the JSON that it must be"):
            service_responds(status, body).update_profile(ID, Profile())

    @pytest.mark.parametrize("body", [{"__type": {"a": 1}}, {"code": [1]}])
    def test_an_error_code_that_is_no_string(self, body: Any, service_responds: ServiceResponds) -> None:
        """An error whose code is no string raises UnexpectedResponseError."""
        with pytest.raises(UnexpectedResponseError):
            service_responds(400, body).create_profile(Profile())

    def test_places_in_lists(self, service_responds: ServiceResponds) -> None:
        """A problem of a response is told with its place, with the position in each list."""
        items = [{"ProfileId": ID}, {"ProfileId": OTHER, "FirstName": 7}]

        with pytest.raises(UnexpectedResponseError) as caught:
            list(service_responds(200, {"Items": items}).search_profiles({"_account": "1"}))

        assert ["items[1].profile.first_name"] == paths(caught)
