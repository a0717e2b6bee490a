"""What is retried and what is not: creates are never duplicated by a retry, other operations are retried."""

import pickle
import random
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import boto3
import pytest
from botocore.config import Config
from each_client import called, client_over, connect, is_sync, new_client, plain_client_of, replace_botocores_pauses
from each_client import client_of as new_client_of

from customer_profiles_sdk import (
    BadRequestError,
    ConcurrentUpdateError,
    ConnectionFailedError,
    CustomerProfilesClient,
    OutcomeUnknownError,
    Profile,
    ThrottlingError,
)
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles
from customer_profiles_sdk.local.wire import Response

pytestmark = pytest.mark.usefixtures("each_client")

each_mode = pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])


@pytest.fixture(autouse=True)
def pauses(each_client: None, monkeypatch: pytest.MonkeyPatch) -> list[float]:  # noqa: ARG001 (it comes first)
    """Let botocore pause for no time between attempts, and return the pauses that it would have made."""
    pauses: list[float] = []
    replace_botocores_pauses(monkeypatch, pauses)
    return pauses


@pytest.fixture
def closed_port() -> Iterator[int]:
    """Return a port of the loopback address on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        yield port


def retries(mode: str, attempts: int | None) -> Any:
    """Return the retries of a config; the type stubs know less than botocore does."""
    return {"mode": mode} if attempts is None else {"mode": mode, "total_max_attempts": attempts}


def client_of(service: LocalCustomerProfiles, mode: str, attempts: int | None = 4) -> CustomerProfilesClient:
    """Return a client of a retry mode."""
    return new_client_of(service, Config(retries=retries(mode, attempts), read_timeout=0.1))


def count(service: LocalCustomerProfiles, operation: str) -> int:
    """Return how often an operation arrived."""
    return [request.operation for request in service.requests].count(operation)


def stored(service: LocalCustomerProfiles) -> int:
    """Return how many profiles there are, with no more faults."""
    service.faults = Faults()
    profiles: int = service.boto3_client().get_domain(DomainName="acme")["Stats"]["ProfileCount"]
    return profiles


class TestCreates:
    """A create is retried only when it is certain that it was not executed."""

    @each_mode
    @pytest.mark.parametrize(
        ("fault_type", "cause"),
        [
            (FaultType.LOST, "ConnectionClosedError"),
            (FaultType.STALLED, "ReadTimeoutError"),
            (FaultType.FAILED, "InternalServerException"),
        ],
    )
    def test_an_unknown_outcome_ends_it(
        self, service: LocalCustomerProfiles, mode: str, fault_type: FaultType, cause: str
    ) -> None:
        """After a lost response, a timeout or a 5xx it is not retried, in any retry mode."""
        service.faults = Faults(Fault(fault_type, times=1), stall_seconds=0.2)

        with pytest.raises(OutcomeUnknownError) as caught:
            client_of(service, mode).create_profile(Profile())

        assert ("create_profile", cause) == (caught.value.operation, caught.value.cause_name)
        assert caught.value.__cause__ is caught.value.__context__ is None
        assert 1 == count(service, "CreateProfile")
        assert 1 == stored(service)

    @each_mode
    def test_throttling_is_left_to_botocore(self, service: LocalCustomerProfiles, mode: str) -> None:
        """A throttled create was not executed: botocore retries it, up to its own limit."""
        service.faults = Faults(Fault(FaultType.THROTTLED, times=2))
        result = client_of(service, mode).create_profile(Profile())
        service.faults = Faults(Fault(FaultType.THROTTLED))
        with pytest.raises(ThrottlingError):
            client_of(service, mode, attempts=2).create_profile(Profile())

        assert 2 == result.metadata.retry_attempts
        assert 1 == stored(service)

    @each_mode
    def test_what_was_never_sent_is_left_to_botocore(self, mode: str, session: boto3.Session, closed_port: int) -> None:
        """A connection that could not be made is retried as botocore's mode says, and is no unknown outcome."""
        client = new_client(
            "acme",
            session=session,
            endpoint_url=f"http://127.0.0.1:{closed_port}",
            config=Config(retries=retries(mode, 3)),
        )
        attempts: list[object] = []
        client.boto3_client.meta.events.register(
            "before-send.customer-profiles", lambda request, **_: attempts.append(request)
        )

        with pytest.raises(ConnectionFailedError, match="EndpointConnectionError"):
            client.create_profile(Profile())
        assert 3 == len(attempts)

    @pytest.mark.parametrize(("status", "error"), [(400, BadRequestError), (408, OutcomeUnknownError)])
    def test_rejections_are_no_unknown_outcome(
        self, session: boto3.Session, status: int, error: type[Exception]
    ) -> None:
        """A create that the service rejected was not executed; of a request timeout that is not certain."""
        client = new_client("acme", session=session)
        headers = {"x-amzn-ErrorType": "BadRequestException"}
        connect(client, lambda _: Response(status, headers, b'{"Message": "no"}'))

        with pytest.raises(error):
            client.create_profile(Profile())

    def test_the_callers_own_client_is_not_changed(self, service: LocalCustomerProfiles) -> None:
        """A boto3 client of the caller's keeps its own retry behaviour, which can create a profile twice."""
        service.faults = Faults(Fault(FaultType.LOST, times=1))
        client_over(plain_client_of(service)).create_profile(Profile())

        assert 2 == stored(service)

    @pytest.mark.parametrize("fault_type", [FaultType.LOST, FaultType.FAILED])
    def test_the_callers_own_client_has_unknown_outcomes_too(
        self, service: LocalCustomerProfiles, fault_type: FaultType
    ) -> None:
        """A create that failed on a boto3 client of the caller's is an unknown outcome too."""
        service.faults = Faults(Fault(fault_type))
        plain = plain_client_of(service, Config(retries={"total_max_attempts": 1}))

        with pytest.raises(OutcomeUnknownError):
            client_over(plain).create_profile(Profile())

    def test_the_callers_own_calls_are_protected_too(self, service: LocalCustomerProfiles) -> None:
        """A create that the caller makes with the boto3 client that the SDK built is not retried either."""
        client = client_of(service, "standard")
        service.faults = Faults(Fault(FaultType.FAILED, times=1))

        with pytest.raises(OutcomeUnknownError):
            called(client.boto3_client.create_profile, DomainName="acme")
        assert 1 == count(service, "CreateProfile")


class TestOtherOperations:
    """Everything else can be repeated, and is retried."""

    @each_mode
    def test_an_update_is_retried(self, service: LocalCustomerProfiles, mode: str) -> None:
        """An update is retried after lost responses as botocore's mode says."""
        client = client_of(service, mode)
        profile_id = client.create_profile(Profile()).profile_id
        service.faults = Faults(Fault(FaultType.LOST, times=2))

        assert 2 == client.update_profile(profile_id, Profile(first_name="Ana")).metadata.retry_attempts
        assert Profile(first_name="Ana") == client.get_profile(profile_id).profile


class TestConcurrentUpdates:
    """An update that was rejected because of another one in progress is retried in every mode."""

    @each_mode
    @pytest.mark.parametrize(("limit", "attempts"), [(None, 6), (10, 6), (3, 3), (1, 1)])
    def test_the_number_of_attempts(
        self, service: LocalCustomerProfiles, mode: str, limit: int | None, attempts: int
    ) -> None:
        """It is attempted up to 6 times, and never more often than the limit that the caller set."""
        client = client_of(service, mode, attempts=limit)
        profile_id = client.create_profile(Profile()).profile_id
        service.faults = Faults(Fault(FaultType.CONCURRENT_UPDATE))

        with pytest.raises(ConcurrentUpdateError) as caught:
            client.update_profile(profile_id, Profile(first_name="Ana"))
        assert attempts - 1 == caught.value.retry_attempts
        assert attempts == count(service, "UpdateProfile")

    @each_mode
    def test_it_succeeds_in_the_end(self, service: LocalCustomerProfiles, mode: str) -> None:
        """The last of the attempts counts."""
        client = client_of(service, mode, attempts=6)
        profile_id = client.create_profile(Profile()).profile_id
        service.faults = Faults(Fault(FaultType.CONCURRENT_UPDATE, times=5))

        assert 5 == client.update_profile(profile_id, Profile(first_name="Ana")).metadata.retry_attempts
        assert Profile(first_name="Ana") == client.get_profile(profile_id).profile

    def test_the_pauses(
        self, service: LocalCustomerProfiles, pauses: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The pauses have full jitter: each is a random part of a time that begins with 80 ms and doubles."""
        ranges: list[tuple[float, float]] = []

        def uniform(low: float, high: float) -> float:
            ranges.append((low, high))
            return high

        monkeypatch.setattr(random, "uniform", uniform)
        client = client_of(service, "standard", attempts=None)
        service.faults = Faults(Fault(FaultType.CONCURRENT_UPDATE))
        with pytest.raises(ConcurrentUpdateError):
            client.update_profile("0" * 32, Profile(first_name="Ana"))

        assert [(0, 0.08), (0, 0.16), (0, 0.32), (0, 0.64), (0, 1.28)] == ranges
        assert [0.08, 0.16, 0.32, 0.64, 1.28] == pauses


class TestManyThreads:
    """One client under many threads."""

    def test_nothing_is_doubled_or_lost(self, service: LocalCustomerProfiles) -> None:
        """Under every kind of fault each create is stored at most once, and once if it was acknowledged."""
        client = client_of(service, "standard", attempts=10)
        service.faults = Faults(
            Fault(FaultType.THROTTLED, rate=0.05),
            Fault(FaultType.LOST, rate=0.05),
            Fault(FaultType.STALLED, rate=0.02),
            Fault(FaultType.FAILED, rate=0.05),
            stall_seconds=0.2,
        )
        outcomes: dict[str, str] = {}

        def create(number: int) -> None:
            try:
                outcomes[str(number)] = client.create_profile(Profile(account_number=str(number))).profile_id
            except OutcomeUnknownError:
                outcomes[str(number)] = "unknown"

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(create, range(200)))
        service.faults = Faults()
        found = {number: list(client.search_profiles({"_account": number})) for number in outcomes}

        assert 200 == len(outcomes)
        assert {1} == {len(hits) for hits in found.values()}
        assert all(outcomes[number] in {"unknown", hits[0].profile_id} for number, hits in found.items())
        assert 5 < list(outcomes.values()).count("unknown") < 60

    def test_upserts_under_faults(self, service: LocalCustomerProfiles) -> None:
        """Under the same faults every upsert ends with exactly one profile."""
        client = client_of(service, "standard", attempts=10)
        service.faults = Faults(
            Fault(FaultType.THROTTLED, rate=0.05),
            Fault(FaultType.LOST, rate=0.05),
            Fault(FaultType.FAILED, rate=0.05),
        )
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda number: client.upsert_profile(Profile(account_number=str(number))), range(100)))

        assert 100 == stored(service)

    def test_mixed_work(self, service: LocalCustomerProfiles) -> None:
        """Every acknowledged write of 32 threads is there, exactly once."""
        client = client_of(service, "standard")

        def work(worker: int) -> list[tuple[str, Profile]]:
            done = []
            for step in range(10):
                profile = Profile(account_number=f"{worker}-{step}", attributes={"step": "0"})
                profile_id = client.create_profile(profile).profile_id
                client.update_profile(profile_id, Profile(attributes={"step": "1"}))
                if step % 5:
                    done.append((profile_id, client.get_profile(profile_id).profile))
                else:
                    client.delete_profile(profile_id)
            return done

        with ThreadPoolExecutor(32) as pool:
            done = [pair for pairs in pool.map(work, range(32)) for pair in pairs]

        assert 32 * 8 == len(done) == stored(service)
        assert all({"step": "1"} == profile.attributes for _, profile in done)

    def test_an_interrupted_client_can_be_used_again(self, service: LocalCustomerProfiles) -> None:
        """A client that was interrupted in the middle of a call can be used again."""
        client = client_of(service, "standard")
        interrupted = threading.Event()
        # A KeyboardInterrupt in a task ends its event loop.
        interruption = KeyboardInterrupt if is_sync() else GeneratorExit

        def interrupt(**_: object) -> None:
            if not interrupted.is_set():
                interrupted.set()
                raise interruption

        client.boto3_client.meta.events.register_first("before-send.customer-profiles", interrupt)

        with pytest.raises(interruption):
            client.create_profile(Profile())
        assert client.create_profile(Profile()).profile_id

    def test_a_pool_that_is_shut_down(self, service: LocalCustomerProfiles) -> None:
        """A client whose calls were waiting in a thread pool that is shut down can be used again."""
        client = client_of(service, "standard")
        may_send = threading.Event()

        def wait(**_: object) -> None:
            may_send.wait(timeout=60)

        client.boto3_client.meta.events.register_first("before-send.customer-profiles", wait)
        pool = ThreadPoolExecutor(4)
        futures = [pool.submit(client.create_profile, Profile()) for _ in range(100)]
        pool.shutdown(wait=False, cancel_futures=True)
        may_send.set()
        pool.shutdown()
        done = [future.result() for future in futures if not future.cancelled()]

        assert len(done) <= 4
        assert client.create_profile(Profile()).profile_id
        assert len(done) + 1 == stored(service)


def _create(pickled: bytes) -> str:
    client: CustomerProfilesClient = pickle.loads(pickled)
    return client.create_profile(Profile(first_name="Ana")).profile_id


def test_a_pickled_client_works_in_another_process(
    service: LocalCustomerProfiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client built from settings is sent to another process and works there."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with service.serve() as server:
        client = CustomerProfilesClient("acme", region_name="eu-central-1", endpoint_url=server.url)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            profile_id = pool.submit(_create, pickle.dumps(client)).result(timeout=60)
        assert Profile(first_name="Ana") == client.get_profile(profile_id).profile
