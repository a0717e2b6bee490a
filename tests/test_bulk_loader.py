"""Rows are sent many at a time, each customer's in their order, and each is accounted for."""

import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import NoCredentialsError

from benchmarks.network import closed_port
from customer_profiles_sdk import (
    AccessDeniedError,
    ConnectionFailedError,
    CustomerProfilesClient,
    DomainNotFoundError,
    InvalidRequestError,
    Profile,
    SearchKey,
)
from customer_profiles_sdk.bulk import JournalError, Row, RowAction, RowOutcome, load_rows
from customer_profiles_sdk.bulk.checking import numbered
from customer_profiles_sdk.bulk.journal import Journal
from customer_profiles_sdk.bulk.loader import _PAUSES, Loader, LoadSettings
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles, inprocess
from customer_profiles_sdk.local.wire import Request, Response

ONE_ATTEMPT = Config(retries={"total_max_attempts": 1})


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a row that is tried again not wait for seconds."""
    monkeypatch.setattr("customer_profiles_sdk.bulk.loader._PAUSES", (0.01,) * len(_PAUSES))


def customers(numbers: Iterable[int], **fields: Any) -> list[Profile]:
    """Return customers of these numbers."""
    return [Profile(account_number=f"C-{number}", **fields) for number in numbers]


def load(client: CustomerProfilesClient, rows: Iterable[Row | Profile], **options: object) -> list[RowOutcome]:
    """Load rows as fast as the service takes them, and return their outcomes in the order of the rows."""
    settings: dict[str, Any] = {"requests_per_second": 10_000, "settle_seconds": 0.2, **options}
    outcomes = load_rows(client, rows, **settings)
    return sorted(outcomes, key=lambda each: each.row)


def actions(outcomes: Iterable[RowOutcome]) -> Counter[str]:
    """Count what became of rows."""
    return Counter(each.action.value for each in outcomes)


def stored(service: LocalCustomerProfiles) -> Counter[str]:
    """Count the profiles that the service holds by their account numbers."""
    service.faults = Faults()
    return Counter(
        str(each.parameters["AccountNumber"]) for each in service.requests if each.operation == "CreateProfile"
    )


class TestOutcomes:
    """What becomes of a row."""

    def test_created_updated_unchanged(self, client: CustomerProfilesClient) -> None:
        """A row is an upsert: it creates, sends what differs, or finds that nothing does."""
        client.create_profile(Profile(account_number="C-2", first_name="Bob"))
        known = client.create_profile(Profile(account_number="C-3", first_name="Ana")).profile_id
        outcomes = load(client, customers([1, 2, 3], first_name="Ana"))
        assert [RowAction.CREATED, RowAction.UPDATED, RowAction.UNCHANGED] == [each.action for each in outcomes]
        assert known == outcomes[2].profile_id

    def test_a_row_that_breaks_a_rule_is_rejected(self, client: CustomerProfilesClient) -> None:
        """A rejected row does not keep the others from being sent."""
        outcomes = load(client, [Profile(account_number="C-1", first_name="A" * 300), *customers([2])])
        assert ("first_name: 300 characters, at most 255", RowAction.CREATED) == (
            str(outcomes[0].problems[0]),
            outcomes[1].action,
        )

    def test_a_row_whose_create_was_lost_for_good_is_unknown(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """Unknown is told from failed: the profile may have been created."""
        service.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"]), search_lag_seconds=60)
        outcome = load(client, customers([1]))[0]
        assert RowAction.UNKNOWN == outcome.action
        assert outcome.error is not None
        assert outcome.error.startswith("OutcomeUnknownError: upsert_profile: ")

    def test_a_row_that_the_service_fails_for_has_failed(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """A failed row says why, and does not keep the others from being sent."""
        service.faults = Faults(Fault(FaultType.FAILED, operations=["SearchProfiles"], times=3))
        outcomes = load(client, customers([1, 2]), concurrency=1)
        assert [RowAction.FAILED, RowAction.CREATED] == [each.action for each in outcomes]
        assert str(outcomes[0].error).startswith("InternalServerError: search_profiles: ")

    def test_a_row_that_is_throttled_is_tried_again(self, service: LocalCustomerProfiles) -> None:
        """What the service throttles was not executed: the row is tried again, more often than botocore does."""
        service.faults = Faults(Fault(FaultType.THROTTLED, times=4))
        outcomes = load(service.client("acme", config=ONE_ATTEMPT), customers([1]), concurrency=1)
        assert [RowAction.CREATED] == [each.action for each in outcomes]

    def test_a_row_that_is_throttled_without_end_has_failed(self, service: LocalCustomerProfiles) -> None:
        """A row is not tried for ever."""
        service.faults = Faults(Fault(FaultType.THROTTLED, times=5))
        outcomes = load(service.client("acme", config=ONE_ATTEMPT), customers([1, 2]), concurrency=1)
        assert [RowAction.FAILED, RowAction.CREATED] == [each.action for each in outcomes]

    def test_an_ambiguous_row_has_failed(self, client: CustomerProfilesClient) -> None:
        """Where two profiles match, neither is overwritten."""
        for _ in range(2):
            client.create_profile(Profile(account_number="C-1"))
        assert str(load(client, customers([1]))[0].error).startswith("AmbiguousMatchError: ")

    def test_a_profile_that_vanishes_in_between_has_failed(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """A profile that is deleted between the search and the update is a matter of its row alone."""
        found = client.create_profile(Profile(account_number="C-1")).profile_id
        handle = service._dispatcher.handle

        def handle_late(request: Request) -> Response:
            if b"Changed" in request.body:
                client.delete_profile(found)
            return handle(request)

        late = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="us-east-1").client(
            "customer-profiles"
        )
        inprocess.connect(late, handle_late)
        outcomes = load(
            CustomerProfilesClient("acme", boto3_client=late), [*customers([1], first_name="Changed"), *customers([2])]
        )
        assert [RowAction.FAILED, RowAction.CREATED] == [each.action for each in outcomes]
        assert str(outcomes[0].error).startswith("ProfileNotFoundError: ")

    def test_every_row_is_accounted_for(self, service: LocalCustomerProfiles, client: CustomerProfilesClient) -> None:
        """As many outcomes as rows, whatever goes wrong, and no customer twice."""
        service.faults = Faults(
            Fault(FaultType.THROTTLED, rate=0.05),
            Fault(FaultType.LOST, rate=0.05),
            Fault(FaultType.FAILED, rate=0.05, operations=["CreateProfile"]),
            seed=7,
        )
        rows = [*customers(range(60)), *[Profile()] * 5, *customers(range(60), first_name="Ana")]
        outcomes = load(client, rows)
        assert list(range(1, len(rows) + 1)) == [each.row for each in outcomes]
        service.faults = Faults()
        found = [len(list(client.search_profiles({"_account": f"C-{number}"}))) for number in range(60)]
        assert 1 == max(found)


class TestKeys:
    """Which key finds a customer."""

    def test_the_first_key_that_a_row_has_counts(self, client: CustomerProfilesClient) -> None:
        """With several keys each row is found by the first for which it has a value."""
        ana = client.create_profile(Profile(account_number="C-1", email_address="ana@mail.example")).profile_id
        bob = client.create_profile(Profile(email_address="bob@mail.example")).profile_id
        rows = [
            Profile(account_number="C-1", email_address="other@mail.example"),
            Profile(email_address="bob@mail.example"),
        ]
        outcomes = load(client, rows, match_on=[SearchKey.ACCOUNT, SearchKey.EMAIL])
        assert [ana, bob] == [each.profile_id for each in outcomes]

    def test_the_rows_of_one_customer_are_sent_in_their_order(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """The last row of a customer is what is stored in the end, and no row creates a second profile."""
        service.faults = Faults(search_lag_seconds=60)
        rows = [Profile(account_number=f"C-{number % 5}", first_name=f"{number}") for number in range(50)]
        outcomes = load(client, rows)
        assert Counter(created=5, updated=45) == actions(outcomes)
        assert [f"{number}" for number in range(45, 50)] == [
            client.get_profile(str(each.profile_id)).profile.first_name for each in outcomes[45:]
        ]

    @pytest.mark.parametrize("journal", ["journal", None])
    def test_a_value_that_moves_to_another_customer(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, tmp_path: Path, journal: str | None
    ) -> None:
        """Who has an e-mail address by now is known, though search does not show it yet."""
        service.faults = Faults(search_lag_seconds=60)
        rows = [
            Profile(account_number="C-1", email_address="a@mail.example"),
            Profile(account_number="C-2", email_address="b@mail.example"),
            Profile(account_number="C-1", email_address="b@mail.example"),
            Profile(account_number="C-2", email_address="a@mail.example"),
            Profile(email_address="a@mail.example", first_name="Ana"),
        ]
        keys = [SearchKey.ACCOUNT, SearchKey.EMAIL]
        outcomes = load(client, rows, match_on=keys, journal=journal and tmp_path / journal)
        assert Counter(created=2, updated=3) == actions(outcomes)
        assert outcomes[1].profile_id == outcomes[4].profile_id

    def test_a_known_profile_that_is_gone_is_searched_for(self, client: CustomerProfilesClient, tmp_path: Path) -> None:
        """A profile that the journal knows and the service does not is created again."""
        first = load(client, customers([1]), journal=tmp_path / "journal")[0]
        client.delete_profile(str(first.profile_id))
        second = load(client, customers([1], first_name="Ana"), journal=tmp_path / "journal")[0]
        assert RowAction.CREATED == second.action

    def test_a_known_profile_is_not_searched_for(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, tmp_path: Path
    ) -> None:
        """A row whose key the journal knows is updated by the profile's id."""
        load(client, customers([1]), journal=tmp_path / "journal")
        arrived = len(service.requests)
        load(client, customers([1], first_name="Ana"), journal=tmp_path / "journal")
        assert ["BatchGetProfile", "UpdateProfile"] == [each.operation for each in service.requests[arrived:]]


class TestStops:
    """What ends a load before its last row."""

    @pytest.mark.parametrize(
        ("status", "code", "error"),
        [(403, "AccessDeniedException", AccessDeniedError), (404, "ResourceNotFoundException", DomainNotFoundError)],
    )
    def test_a_cause_in_the_account_stops_the_load(
        self, session: boto3.Session, status: int, code: str, error: type[Exception]
    ) -> None:
        """What would be the same for every other row is raised."""
        boto3_client = session.client("customer-profiles")
        body = f'{{"Message": "DomainName acme is not found in account", "__type": "{code}"}}'.encode()
        inprocess.connect(boto3_client, lambda _: Response(status, {"x-amzn-ErrorType": code}, body))
        with pytest.raises(error):
            load(CustomerProfilesClient("acme", boto3_client=boto3_client), customers(range(100)))

    def test_missing_credentials_stop_the_load(self) -> None:
        """Without credentials no row can be sent; the error is botocore's own."""
        client = CustomerProfilesClient("acme", session=boto3.Session(region_name="eu-central-1"))
        with pytest.raises(NoCredentialsError):
            load(client, customers(range(10)))

    def test_a_service_out_of_reach_stops_the_load(self, session: boto3.Session) -> None:
        """Where no row reaches the service, the next will not either."""
        with closed_port() as port:
            address = f"http://127.0.0.1:{port}"
            client = CustomerProfilesClient("acme", session=session, endpoint_url=address, config=ONE_ATTEMPT)
            with pytest.raises(ConnectionFailedError, match="connection refused"):
                load(client, customers(range(100)), concurrency=4)

    @pytest.mark.parametrize("others", [Response(200, {}, b'{"Items": []}'), Response(429, {}, b"{}")])
    @pytest.mark.parametrize("concurrency", [1, 4])
    def test_one_row_out_of_reach_is_a_failed_row(
        self, session: boto3.Session, others: Response, concurrency: int
    ) -> None:
        """Where the service responds to anything else, a row that does not reach it is no reason to stop."""

        def lose_one(request: Request) -> Response:
            return Response(200, {}, b"", lost=True) if b"C-1" in request.body else others

        boto3_client = session.client("customer-profiles", config=ONE_ATTEMPT)
        inprocess.connect(boto3_client, lose_one)
        outcomes = load(
            CustomerProfilesClient("acme", boto3_client=boto3_client), customers([1, 2]), concurrency=concurrency
        )
        assert (2, RowAction.FAILED) == (len(outcomes), outcomes[0].action)
        assert str(outcomes[0].error).startswith("ConnectionFailedError: search_profiles: ")

    def test_rows_that_were_done_before_the_stop_are_told(self, client: CustomerProfilesClient) -> None:
        """The outcomes of the rows in work come before the error."""
        outcomes: list[RowOutcome] = []

        def rows() -> Iterator[Profile]:
            yield from customers(range(20))
            raise LookupError("the cursor is gone")

        with pytest.raises(LookupError, match="the cursor is gone"):
            outcomes.extend(load_rows(client, rows(), requests_per_second=10_000))
        assert Counter(created=20) == actions(outcomes)

    def test_abandoning_the_iterator_ends_the_load(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient
    ) -> None:
        """Rows that are in work are finished, and no thread is left behind."""
        before = threading.active_count()
        outcomes = load_rows(client, customers(range(1000)), requests_per_second=10_000, concurrency=4)
        next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]  # it is a generator
        assert before == threading.active_count()
        assert len(service.requests) < 100

    def test_rows_are_taken_as_they_are_needed(self, client: CustomerProfilesClient) -> None:
        """A window of rows is taken, not all of them."""
        taken = 0

        def rows() -> Iterator[Profile]:
            nonlocal taken
            for each in customers(range(1000)):
                taken += 1
                yield each

        outcomes = load_rows(client, rows(), requests_per_second=10_000, concurrency=4)
        next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]  # it is a generator
        assert taken <= 3 * 4

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"concurrency": 0}, "concurrency: expected a whole number from 1 to 1000"),
            ({"concurrency": 2.0}, "concurrency: expected a whole number from 1 to 1000"),
            ({"settle_seconds": -1}, "settle_seconds: expected a number of seconds, 0 or more"),
            ({"requests_per_second": 0}, "requests_per_second: expected a number above 0"),
            ({"match_on": SearchKey.FULL_NAME}, "match_on: expected one or more of _account, _email, _phone"),
            ({"match_on": None}, "match_on: expected one or more of _account, _email, _phone"),
        ],
    )
    def test_a_wrong_argument_is_an_error_at_once(
        self, client: CustomerProfilesClient, options: dict[str, object], message: str
    ) -> None:
        """What is wrong with an argument is found before the first row is taken."""
        with pytest.raises(InvalidRequestError, match=message):
            load_rows(client, iter(()), **options)  # type: ignore[arg-type]  # that is the point


class TestResuming:
    """A load with a journal goes on where it stopped."""

    def test_rows_that_are_in_are_not_sent_again(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, tmp_path: Path
    ) -> None:
        """What became of them is told again, without a call."""
        first = load(client, customers(range(20)), journal=tmp_path / "journal")
        arrived = len(service.requests)
        second = load(client, customers(range(20)), journal=tmp_path / "journal")
        assert (first, arrived) == (second, len(service.requests))

    def test_the_last_row_of_a_customer_counts_in_the_end(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, tmp_path: Path
    ) -> None:
        """Where an earlier row of a customer is resent, those after it are resent too."""
        rows = [Profile(account_number="C-1", first_name=name) for name in ("Old", "Older", "New")]
        rows += customers([2])
        service.faults = Faults(Fault(FaultType.FAILED, operations=["SearchProfiles"], times=3))
        first = load(client, rows, journal=tmp_path / "journal", concurrency=1)
        arrived = len(service.requests)
        second = load(client, rows, journal=tmp_path / "journal")
        assert Counter(failed=1, created=2, updated=1) == actions(first)
        assert Counter(updated=3, created=1) == actions(second)
        assert "New" == client.get_profile(str(second[0].profile_id)).profile.first_name
        assert "C-2" not in {each.parameters.get("AccountNumber") for each in service.requests[arrived:]}

    def test_a_journal_that_cannot_be_read_stops_the_load(self, client: CustomerProfilesClient, tmp_path: Path) -> None:
        """The error names the journal, and its frames hold no customer's value."""
        loader = Loader(client, LoadSettings(keys=(SearchKey.ACCOUNT,)))
        loader.journal = Journal(tmp_path / "journal", loader.identity())

        def rows() -> Iterator[Profile]:
            loader.close()
            yield from customers([1], first_name="s3cret")

        with pytest.raises(JournalError, match=r"journal: it cannot be used \(Cannot operate on a closed") as caught:
            list(loader.load(numbered(rows())))
        shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        assert "s3cret" not in "".join(shown.format())

    def test_rows_in_doubt_wait_for_search(
        self, service: LocalCustomerProfiles, client: CustomerProfilesClient, tmp_path: Path
    ) -> None:
        """A row whose create was lost is found by the next run, when search shows it, and not created twice."""
        service.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"]), search_lag_seconds=0.3)
        first = load(client, customers([1]), journal=tmp_path / "journal", settle_seconds=0)
        service.faults = Faults(search_lag_seconds=0.3)
        started = time.monotonic()
        second = load(client, customers([1]), journal=tmp_path / "journal", settle_seconds=0.5)
        assert (RowAction.UNKNOWN, RowAction.UNCHANGED) == (first[0].action, second[0].action)
        assert time.monotonic() - started > 0.45
        assert {"C-1": 1} == stored(service)

    def test_a_load_that_stops_for_the_account_leaves_no_doubt(self, session: boto3.Session, tmp_path: Path) -> None:
        """What was denied was not executed, so the next run need not wait for search."""
        boto3_client = session.client("customer-profiles")
        code = "AccessDeniedException"
        response = Response(403, {"x-amzn-ErrorType": code}, b'{"Message": "no"}')
        inprocess.connect(boto3_client, lambda _: response)
        denied = CustomerProfilesClient("acme", boto3_client=boto3_client)
        with pytest.raises(AccessDeniedError):
            load(denied, customers([1]), journal=tmp_path / "journal")
        started = time.monotonic()
        with pytest.raises(AccessDeniedError):
            load(denied, customers([1]), journal=tmp_path / "journal", settle_seconds=30)
        assert time.monotonic() - started < 20

    def test_another_domain_is_another_load(self, client: CustomerProfilesClient, tmp_path: Path) -> None:
        """A journal says which rows are in one domain, and nothing of another."""
        load(client, customers([1]), journal=tmp_path / "journal")
        with pytest.raises(JournalError, match="the domain differs"):
            load(client.for_domain("other"), customers([1]), journal=tmp_path / "journal")
