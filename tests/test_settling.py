"""After an unknown outcome of its create an upsert searches, and stays unknown unless it finds the profile."""

import json
from typing import Any

import boto3
import pytest
from botocore.config import Config
from each_client import client_of, new_client, replace_all_pauses

from benchmarks.network import Action, Drop, HttpRequest, Server, response
from customer_profiles_sdk import CustomerProfilesClient, OutcomeUnknownError, Profile, UpsertAction
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

pytestmark = pytest.mark.usefixtures("each_client")

ID = "0123456789abcdef0123456789abcdef"
CUSTOMER = Profile(account_number="C-1", first_name="Ana")
HELD = {"ProfileId": ID, "AccountNumber": "C-1", "FirstName": "Ana"}
ONE_ATTEMPT: Any = {"total_max_attempts": 1}


@pytest.fixture
def pauses(each_client: None, monkeypatch: pytest.MonkeyPatch) -> list[float]:  # noqa: ARG001 (it comes first)
    """Take the pauses out, and return what they were."""
    pauses: list[float] = []
    replace_all_pauses(monkeypatch, pauses)
    return pauses


@pytest.fixture
def client(service: LocalCustomerProfiles) -> CustomerProfilesClient:
    """Return a client that retries nothing."""
    return client_of(service, Config(retries=ONE_ATTEMPT))


def as_json(content: object, status: int = 200) -> bytes:
    """Return a response with a JSON body."""
    return response(json.dumps(content).encode(), status)


class Script:
    """A service that finds nothing at first, does something to a create, and something else to what follows.

    Attributes:
        creates: how many creates arrived.
    """

    def __init__(self, create: Action, *, search: Action, batch_get: Action) -> None:
        self.creates = 0
        self._actions = {"search": search, "batch-get-profiles": batch_get}
        self._create = create

    def __call__(self, request: HttpRequest) -> Action:
        """Return what is done with a request."""
        last = request.target.partition("?")[0].rpartition("/")[2]
        if last == "profiles":
            self.creates += 1
            return self._create
        return self._actions[last] if self.creates else as_json({"Items": []})


def upsert(script: Script, **options: Any) -> Any:
    """Upsert a customer at such a service and return the result."""
    session = boto3.Session("access", "secret", region_name="eu-central-1")
    config = Config(retries=ONE_ATTEMPT, read_timeout=10)
    with Server(script) as server:
        client = new_client("acme", session=session, endpoint_url=server.url, config=config)
        return client.upsert_profile(CUSTOMER, **options)


FOUND = as_json({"Items": [HELD]})
READ = as_json({"Profiles": [HELD]})


@pytest.mark.usefixtures("pauses")
class TestWhateverHappens:
    """The outcome of the create is what the caller must know."""

    failures = pytest.mark.parametrize(
        "failure",
        [
            response(b"<html>Bad Gateway</html>", 502),
            response(b"<html>Service Unavailable</html>", 503),
            response(b"", 429),
            as_json({"__type": "ThrottlingException"}, 429),
            as_json({"__type": "ExpiredTokenException"}, 400),
            as_json({"__type": "AccessDeniedException"}, 403),
            response(b"<html>Please sign in</html>"),
            Drop.CLOSE,
        ],
        ids=["502", "503", "429", "throttled", "expired", "denied", "a page", "closed"],
    )

    @failures
    def test_a_search_that_fails(self, failure: Action) -> None:
        """No failure of a later search replaces the unknown outcome."""
        script = Script(Drop.CLOSE, search=failure, batch_get=READ)
        with pytest.raises(OutcomeUnknownError) as caught:
            upsert(script)

        assert ("upsert_profile", "ConnectionClosedError", 1) == (
            caught.value.operation,
            caught.value.cause_name,
            script.creates,
        )

    @failures
    def test_a_read_that_fails(self, failure: Action) -> None:
        """Nor does a failure to read what the search found."""
        with pytest.raises(OutcomeUnknownError):
            upsert(Script(Drop.CLOSE, search=FOUND, batch_get=failure))

    def test_several_matches(self) -> None:
        """Several matches after a lost create do not say that nothing was changed."""
        both = [HELD, {**HELD, "ProfileId": "f" * 32}]
        script = Script(Drop.CLOSE, search=as_json({"Items": both}), batch_get=as_json({"Profiles": both}))
        with pytest.raises(OutcomeUnknownError):
            upsert(script)

    @pytest.mark.parametrize(
        "create",
        [Drop.CLOSE, Drop.RESET, response(b"<html>OK</html>"), response(b"[]"), as_json({}), as_json({}, 500)],
        ids=["closed", "reset", "a page", "a list", "no id", "500"],
    )
    def test_a_create_that_is_found(self, create: Action) -> None:
        """A create without a readable response is found, and not repeated."""
        script = Script(create, search=FOUND, batch_get=READ)
        result = upsert(script)

        assert (ID, UpsertAction.CREATED, 1) == (result.profile_id, result.action, script.creates)

    def test_a_create_with_an_unreadable_response_that_is_not_found(self) -> None:
        """It is an unknown outcome, not a response that cannot be read."""
        script = Script(response(b"<html>OK</html>"), search=as_json({"Items": []}), batch_get=READ)
        with pytest.raises(OutcomeUnknownError, match="the response to the create cannot be read"):
            upsert(script)


def requests(service: LocalCustomerProfiles, operation: str) -> int:
    """Return how often an operation was asked for."""
    return sum(request.operation == operation for request in service.requests)


@pytest.mark.parametrize(("settle_seconds", "searches"), [(0, 1), (10, 7), (3600, 16)])
def test_the_number_of_searches_is_bounded(
    service: LocalCustomerProfiles,
    client: CustomerProfilesClient,
    pauses: list[float],
    settle_seconds: float,
    searches: int,
) -> None:
    """The pauses add up to the seconds and their number stays small, also where sleeping takes no time."""
    service.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"]), search_lag_seconds=9999)
    with pytest.raises(OutcomeUnknownError):
        client.upsert_profile(Profile(account_number="C-1"), settle_seconds=settle_seconds)

    assert pytest.approx(settle_seconds) == sum(pauses)
    assert 1 + searches == requests(service, "SearchProfiles")


def test_a_frozen_clock(
    service: LocalCustomerProfiles, client: CustomerProfilesClient, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test that freezes the clock sees the upsert end."""
    service.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"]), search_lag_seconds=9999)
    monkeypatch.setattr("time.monotonic", lambda: 1.0)
    with pytest.raises(OutcomeUnknownError):
        client.upsert_profile(Profile(account_number="C-1"), settle_seconds=5)

    assert pytest.approx(5) == sum(pauses)
