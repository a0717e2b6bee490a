"""A response counts only if it is what the operation promises: absence is not an answer. Over real sockets."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from each_client import called, client_over, connect, is_aiobotocore, new_client, plain_client

from benchmarks.network import Action, Drop, Handler, Last, Server, response
from customer_profiles_sdk import (
    ConnectionFailedError,
    CustomerProfilesClient,
    OutcomeUnknownError,
    Profile,
    ProfileNotFoundError,
    ServiceError,
    UnexpectedResponseError,
)
from customer_profiles_sdk.local.wire import Response

pytestmark = pytest.mark.usefixtures("each_client")

ID = "0123456789abcdef0123456789abcdef"
OTHER_ID = "f" * 32
LOGIN_PAGE = response(b"<html><body>Please sign in</body></html>", headers={"Content-Type": "text/html"})
FOUND = {"Items": [{"ProfileId": ID, "AccountNumber": "C-1"}], "NextToken": "next"}

# The oldest botocore that is supported lets urllib3 see that a body is cut short, which then is a lost response.
INCOMPLETE = (UnexpectedResponseError, ConnectionFailedError, OutcomeUnknownError)

Serve = Callable[[Handler], CustomerProfilesClient]


def as_json(content: object, status: int = 200) -> bytes:
    """Return a response with a JSON body."""
    return response(json.dumps(content).encode(), status)


def cut_short(content: object) -> Last:
    """Return a response that ends before its body is complete."""
    body = json.dumps(content).encode()
    return Last(response(body[:-5], content_length=len(body)))


def client_of(server: Server, *, is_own: bool, attempts: int = 4) -> CustomerProfilesClient:
    """Return a client of a server, with a boto3 client of the caller's own where it is wanted."""
    retries: Any = {"mode": "standard", "total_max_attempts": attempts}
    config = Config(read_timeout=10, connect_timeout=10, retries=retries)
    session = boto3.Session("access", "secret", region_name="eu-central-1")
    if is_own:
        plain = plain_client(session, endpoint_url=server.url, config=config)
        return client_over(plain)
    return new_client("acme", session=session, endpoint_url=server.url, config=config)


@pytest.fixture(params=[False, True], ids=["built by the SDK", "the caller's own"])
def serve(request: pytest.FixtureRequest) -> Iterator[Serve]:
    """Return a function that makes a client of a server with a handler."""
    servers: list[Server] = []

    def client(handler: Handler) -> CustomerProfilesClient:
        servers.append(Server(handler))
        return client_of(servers[-1], is_own=request.param)

    yield client
    for server in servers:
        server.stop()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore's pauses between attempts be short."""
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)


OPERATIONS: dict[str, Callable[[CustomerProfilesClient], object]] = {
    "create_profile": lambda client: client.create_profile(Profile(account_number="C-1")),
    "update_profile": lambda client: client.update_profile(ID, Profile(first_name="Ana")),
    "get_profile": lambda client: client.get_profile(ID),
    "get_profiles": lambda client: client.get_profiles([ID]),
    "search_profiles": lambda client: list(client.search_profiles({"_account": "C-1"})),
    "delete_profile": lambda client: client.delete_profile(ID),
    "add_profile_key": lambda client: client.add_profile_key(ID, "_account", "C-1"),
    "delete_profile_key": lambda client: client.delete_profile_key(ID, "_account", "C-1"),
    "merge_profiles": lambda client: client.merge_profiles(ID, [OTHER_ID]),
}
RESULTS: dict[str, object] = {
    "create_profile": {"ProfileId": ID},
    "update_profile": {"ProfileId": ID},
    "get_profile": {"Profiles": [{"ProfileId": ID}]},
    "get_profiles": {"Profiles": [{"ProfileId": ID}]},
    "search_profiles": {"Items": []},
    "delete_profile": {"Message": "OK"},
    "add_profile_key": {"KeyName": "_account", "Values": ["C-1"]},
    "delete_profile_key": {"Message": "OK"},
    "merge_profiles": {"Message": "OK"},
}
each_operation = pytest.mark.parametrize("operation", OPERATIONS)


class TestEveryOperation:
    """The same for all of them."""

    @each_operation
    def test_a_complete_response_counts(self, serve: Serve, operation: str) -> None:
        """What the operation promises is taken: the cases below fail for their own reason."""
        OPERATIONS[operation](serve(lambda _: as_json(RESULTS[operation])))

    @each_operation
    @pytest.mark.parametrize(
        "body",
        [b"", b"<html>Please sign in</html>", b"[]", b"null", b'"OK"', b'{"Message": "O'],
        ids=["empty", "HTML", "list", "null", "text", "half of JSON"],
    )
    def test_a_body_that_is_no_json_object(self, serve: Serve, operation: str, body: bytes) -> None:
        """A 200 whose body is no JSON object is neither "nothing found" nor "done"."""
        with pytest.raises(UnexpectedResponseError):
            OPERATIONS[operation](serve(lambda _: response(body)))

    @each_operation
    def test_a_body_that_is_cut_short(self, serve: Serve, operation: str) -> None:
        """A body shorter than its Content-Length is neither "nothing found" nor "done"."""
        with pytest.raises(INCOMPLETE):
            OPERATIONS[operation](serve(lambda _: cut_short(RESULTS[operation])))

    @each_operation
    def test_a_body_that_is_cut_where_it_reads_as_whole(self, serve: Serve, operation: str) -> None:
        """The length counts, also where what arrived happens to be a JSON object."""
        body = json.dumps(RESULTS[operation]).encode()
        with pytest.raises(INCOMPLETE):
            OPERATIONS[operation](serve(lambda _: Last(response(body, content_length=len(body) + 7))))

    @pytest.mark.parametrize("operation", [name for name, result in RESULTS.items() if result != {"Message": "OK"}][:5])
    def test_a_body_without_what_the_operation_promises(self, serve: Serve, operation: str) -> None:
        """A JSON object without the members that the operation always has is no response."""
        with pytest.raises(UnexpectedResponseError):
            OPERATIONS[operation](serve(lambda _: as_json({"message": "try again later"})))

    @pytest.mark.parametrize("operation", [name for name, result in RESULTS.items() if result == {"Message": "OK"}])
    @pytest.mark.parametrize("content", [{"error": "login required"}, {"__type": "ThrottlingException"}])
    def test_an_error_with_the_status_200(self, serve: Serve, operation: str, content: object) -> None:
        """A JSON object with other members than the operation's does not mean "done"."""
        with pytest.raises(UnexpectedResponseError):
            OPERATIONS[operation](serve(lambda _: as_json(content)))

    def test_a_length_that_is_announced_twice(self, serve: Serve) -> None:
        """A proxy that repeats the header does not hide that a body was cut short."""
        body = b'{"Items": []}'
        cut = Last(response(body, headers={"Content-Length": "90, 90"}))
        with pytest.raises(INCOMPLETE):
            list(serve(lambda _: cut).search_profiles({"_account": "C-1"}))

    @pytest.mark.parametrize("operation", ["update_profile", "get_profile", "get_profiles"])
    def test_a_response_about_another_profile(self, serve: Serve, operation: str) -> None:
        """A response about another profile than the one that was asked for is rejected."""
        other = json.loads(json.dumps(RESULTS[operation]).replace(ID, OTHER_ID))
        with pytest.raises(UnexpectedResponseError, match="not the profile that was asked for"):
            OPERATIONS[operation](serve(lambda _: as_json(other)))


def test_a_later_page_that_is_no_page(serve: Serve) -> None:
    """A proxy's page in place of the second page of a search is not the end of the results."""
    pages = iter([as_json(FOUND), LOGIN_PAGE])
    found = serve(lambda _: next(pages)).search_profiles({"_account": "C-1"})

    assert ID == next(found).profile_id
    with pytest.raises(UnexpectedResponseError):
        next(found)


@pytest.mark.parametrize("length", ["90", "90, 90", "13, 90"])
def test_how_much_is_missing(session: boto3.Session, length: str) -> None:
    """The error says how much of the response arrived."""
    client = new_client("acme", session=session)
    cut = Response(200, {"Content-Length": length}, b'{"Items": []}')
    connect(client, lambda _: cut)

    with pytest.raises(UnexpectedResponseError, match="response: 13 bytes where 90 were announced"):
        list(client.search_profiles({"_account": "C-1"}))


def test_page_tokens_that_repeat(serve: Serve) -> None:
    """A service that leads in a circle does not keep the caller in it."""
    tokens = iter("abab")
    found = serve(lambda _: as_json({"Items": [], "NextToken": next(tokens)})).search_profiles({"_account": "C-1"})

    with pytest.raises(UnexpectedResponseError, match="next_token: is one that was used before"):
        next(found)


def test_an_interim_response(serve: Serve) -> None:
    """The final response that follows an interim one is not taken for the response to the next call."""
    early = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    stranger = {"Items": [{"ProfileId": OTHER_ID}]}
    client = serve(lambda request: early + as_json(stranger) if b"C-1" in request.body else as_json(FOUND))

    if is_aiobotocore():  # aiohttp waits for the final response
        assert OTHER_ID == next(client.search_profiles({"_account": "C-1"})).profile_id
    else:
        with pytest.raises(UnexpectedResponseError, match="interim"):
            next(client.search_profiles({"_account": "C-1"}))
    assert ID == next(client.search_profiles({"_account": "C-2"})).profile_id


@pytest.mark.parametrize("status", [403, 404, 502])
def test_a_proxys_page_is_no_message(serve: Serve, status: int) -> None:
    """A proxy's HTML page does not become the message, nor does its 404 mean that there is no such profile."""
    client = serve(lambda _: response(b"<html><b>Squid</b></html>", status))
    with pytest.raises(ServiceError) as caught:
        client.delete_profile(ID)

    assert "<" not in str(caught.value)
    assert "the response is no JSON of the service" in caught.value.message
    assert not isinstance(caught.value, ProfileNotFoundError)


class TestDeletes:
    """A delete that was executed is done, whatever became of its first response."""

    gone = as_json({"Message": f"ProfileId {ID} is not found in domain", "__type": "ResourceNotFoundException"}, 404)

    @pytest.mark.parametrize("lost", [Drop.CLOSE, Drop.RESET, as_json({}, 500), as_json({}, 503)])
    def test_not_found_after_a_lost_response(self, serve: Serve, lost: Any) -> None:
        """Where the first response was lost and the retry finds nothing, the profile is gone, as was asked."""
        actions = iter([lost, self.gone])
        serve(lambda _: next(actions)).delete_profile(ID)

        assert [] == list(actions)

    def test_not_found_at_once(self, serve: Serve) -> None:
        """Where the only attempt finds nothing, there was no such profile."""
        with pytest.raises(ProfileNotFoundError):
            serve(lambda _: self.gone).delete_profile(ID)

    def test_not_found_after_throttling(self, serve: Serve) -> None:
        """Where the first attempt was certainly not executed, there was no such profile."""
        actions = iter([as_json({"__type": "ThrottlingException"}, 429), self.gone])
        with pytest.raises(ProfileNotFoundError):
            serve(lambda _: next(actions)).delete_profile(ID)

    def test_a_merge_in_the_same_place(self, serve: Serve) -> None:
        """Where a merge's first response was lost and the retry finds nothing, its outcome is unknown."""
        actions: Iterator[Action] = iter([Drop.CLOSE, self.gone])
        with pytest.raises(OutcomeUnknownError) as caught:
            serve(lambda _: next(actions)).merge_profiles(ID, [OTHER_ID])

        assert "merge_profiles" == caught.value.operation


def test_the_callers_own_use_of_a_client_is_not_judged(session: boto3.Session) -> None:
    """What the caller does with a boto3 client that the SDK uses too is left to botocore."""
    with Server(lambda _: LOGIN_PAGE) as server:
        plain = plain_client(session, endpoint_url=server.url)
        client_over(plain)

        assert "Items" not in called(plain.search_profiles, DomainName="acme", KeyName="_account", Values=["C-1"])


def test_many_clients_watch_a_boto3_client_once(session: boto3.Session, caplog: pytest.LogCaptureFixture) -> None:
    """However many clients share a boto3 client, each attempt counts once."""
    caplog.set_level(logging.DEBUG, "customer_profiles_sdk")
    with Server(lambda _: as_json({"Items": []})) as server:
        plain = plain_client(session, endpoint_url=server.url)
        first, *_ = [client_over(plain) for _ in range(3)]
        list(first.search_profiles({"_account": "C-1"}))

    (line,) = [record.getMessage() for record in caplog.records if record.name == "customer_profiles_sdk"]
    assert ", attempts 1, " in line
