"""What is sent again and what is not: nothing doubled, nothing lost."""

import pickle
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest
from botocore.config import Config

from customer_profiles_sdk import (
    BadRequestError,
    ConcurrentUpdateError,
    ConnectionFailedError,
    CustomerProfilesClient,
    OutcomeUnknownError,
    Profile,
    ThrottlingError,
    transport,
)
from customer_profiles_sdk.local import Fault, Faults, LocalCustomerProfiles, Trouble, inprocess
from customer_profiles_sdk.local.wire import Response

MODES = ["legacy", "standard", "adaptive"]
each_mode = pytest.mark.parametrize("mode", MODES)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore's pauses between attempts be short."""
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    monkeypatch.setattr("botocore.retryhandler.delay_exponential", lambda **_: 0)
    monkeypatch.setattr(transport, "_CONCURRENT_PAUSE_SECONDS", 0.001)


def client_of(service: LocalCustomerProfiles, mode: str, attempts: int = 4) -> CustomerProfilesClient:
    """Return a client of a retry mode."""
    retries: Any = {"mode": mode, "total_max_attempts": attempts}
    config = Config(retries=retries, read_timeout=0.1)
    return service.client("acme", config=config)


def count(service: LocalCustomerProfiles, operation: str) -> int:
    """Return how often an operation arrived."""
    return [request.operation for request in service.requests].count(operation)


def stored(service: LocalCustomerProfiles) -> int:
    """Return how many profiles there are, past all trouble."""
    service.faults = Faults()
    profiles: int = service.boto3_client().get_domain(DomainName="acme")["Stats"]["ProfileCount"]
    return profiles


class TestCreates:
    """A create is sent again only when it is certain that it was not executed."""

    @each_mode
    @pytest.mark.parametrize(
        ("trouble", "cause"),
        [
            (Trouble.LOST, "ConnectionClosedError"),
            (Trouble.STALLED, "ReadTimeoutError"),
            (Trouble.FAILED, "InternalServerException"),
        ],
    )
    def test_an_unknown_outcome_ends_it(
        self, service: LocalCustomerProfiles, mode: str, trouble: Trouble, cause: str
    ) -> None:
        """After a lost answer, a timeout or a 5xx it is not sent again, in any retry mode."""
        service.faults = Faults(Fault(trouble, times=1), stall_seconds=0.2)

        with pytest.raises(OutcomeUnknownError) as caught:
            client_of(service, mode).create_profile(Profile())

        assert ("create_profile", cause) == (caught.value.operation, caught.value.cause_name)
        assert caught.value.__cause__ is caught.value.__context__ is None
        assert 1 == count(service, "CreateProfile")
        assert 1 == stored(service)

    @each_mode
    def test_throttling_is_left_to_botocore(self, service: LocalCustomerProfiles, mode: str) -> None:
        """A throttled create was not executed: botocore sends it again, and gives up when it does."""
        service.faults = Faults(Fault(Trouble.THROTTLED, times=2))
        result = client_of(service, mode).create_profile(Profile())
        service.faults = Faults(Fault(Trouble.THROTTLED))
        with pytest.raises(ThrottlingError):
            client_of(service, mode, attempts=2).create_profile(Profile())

        assert 2 == result.metadata.retry_attempts
        assert 1 == stored(service)

    @each_mode
    def test_what_was_never_sent_is_left_to_botocore(self, mode: str, session: Any) -> None:
        """A connection that could not be made is tried again as botocore's mode says, and is no unknown outcome."""
        retries: Any = {"mode": mode, "total_max_attempts": 3}
        config = Config(retries=retries)
        client = CustomerProfilesClient("acme", session=session, endpoint_url="http://127.0.0.1:9", config=config)
        attempts: list[object] = []
        client.boto3_client.meta.events.register(
            "before-send.customer-profiles", lambda request, **_: attempts.append(request)
        )

        with pytest.raises(ConnectionFailedError, match="EndpointConnectionError"):
            client.create_profile(Profile())
        assert 3 == len(attempts)

    @pytest.mark.parametrize(("status", "error"), [(400, BadRequestError), (408, OutcomeUnknownError)])
    def test_refusals_are_no_unknown_outcome(self, session: Any, status: int, error: type[Exception]) -> None:
        """A refusal is what it is; a request timeout is not certain."""
        client = CustomerProfilesClient("acme", session=session)
        headers = {"x-amzn-ErrorType": "BadRequestException"}
        inprocess.connect(client.boto3_client, lambda _: Response(status, headers, b'{"Message": "no"}'))

        with pytest.raises(error):
            client.create_profile(Profile())

    def test_the_callers_own_client_is_not_touched(self, service: LocalCustomerProfiles) -> None:
        """A boto3 client of the caller's keeps its own ways: it doubles, and that is why the SDK does not."""
        service.faults = Faults(Fault(Trouble.LOST, times=1))
        CustomerProfilesClient("acme", boto3_client=service.boto3_client()).create_profile(Profile())

        assert 2 == stored(service)

    @pytest.mark.parametrize("trouble", [Trouble.LOST, Trouble.FAILED])
    def test_the_callers_own_client_tells_the_truth(self, service: LocalCustomerProfiles, trouble: Trouble) -> None:
        """A create that failed on a boto3 client of the caller's is an unknown outcome too."""
        service.faults = Faults(Fault(trouble))
        boto3_client = service.boto3_client(config=Config(retries={"total_max_attempts": 1}))

        with pytest.raises(OutcomeUnknownError):
            CustomerProfilesClient("acme", boto3_client=boto3_client).create_profile(Profile())


class TestOtherOperations:
    """Everything else can be repeated, and is."""

    @each_mode
    def test_an_update_is_repeated(self, service: LocalCustomerProfiles, mode: str) -> None:
        """An update is repeated after lost answers as botocore's mode says."""
        client = client_of(service, mode)
        profile_id = client.create_profile(Profile()).profile_id
        service.faults = Faults(Fault(Trouble.LOST, times=2))

        assert 2 == client.update_profile(profile_id, Profile(first_name="Ana")).metadata.retry_attempts
        assert Profile(first_name="Ana") == client.get_profile(profile_id).profile

    @each_mode
    def test_another_update_in_progress(self, service: LocalCustomerProfiles, mode: str) -> None:
        """A refusal for another update in progress is repeated, up to 6 attempts, whatever the mode's limit."""
        client = client_of(service, mode, attempts=1)
        profile_id = client.create_profile(Profile()).profile_id
        service.faults = Faults(Fault(Trouble.CONCURRENT_UPDATE, times=5))
        assert 5 == client.update_profile(profile_id, Profile(first_name="Ana")).metadata.retry_attempts

        service.faults = Faults(Fault(Trouble.CONCURRENT_UPDATE))
        with pytest.raises(ConcurrentUpdateError) as caught:
            client.update_profile(profile_id, Profile(first_name="Ana"))
        assert 5 == caught.value.retry_attempts


class TestManyThreads:
    """One client under many threads."""

    def test_nothing_is_doubled_or_lost(self, service: LocalCustomerProfiles) -> None:
        """Under every kind of trouble each create is stored at most once, and once if it was acknowledged."""
        client = client_of(service, "standard", attempts=10)
        service.faults = Faults(
            Fault(Trouble.THROTTLED, rate=0.05),
            Fault(Trouble.LOST, rate=0.05),
            Fault(Trouble.STALLED, rate=0.02),
            Fault(Trouble.FAILED, rate=0.05),
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

    def test_upserts_under_trouble(self, service: LocalCustomerProfiles) -> None:
        """Under the same trouble every upsert ends with exactly one profile."""
        client = client_of(service, "standard", attempts=10)
        service.faults = Faults(
            Fault(Trouble.THROTTLED, rate=0.05), Fault(Trouble.LOST, rate=0.05), Fault(Trouble.FAILED, rate=0.05)
        )
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda number: client.upsert_profile(Profile(account_number=str(number))), range(100)))

        assert 100 == stored(service)

    def test_mixed_work(self, service: LocalCustomerProfiles) -> None:
        """Every acknowledged write of 32 threads is there, exactly once."""
        client = client_of(service, "standard")

        def work(worker: int) -> list[tuple[str, Profile]]:
            done = []
            for step in range(20):
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

        assert 32 * 16 == len(done) == stored(service)
        assert all({"step": "1"} == profile.attributes for _, profile in done)

    def test_an_interrupted_client_goes_on(self, service: LocalCustomerProfiles) -> None:
        """A client that was interrupted in the middle of a call can be used again."""
        client = client_of(service, "standard")
        interrupted = threading.Event()

        def interrupt(**_: object) -> None:
            if not interrupted.is_set():
                interrupted.set()
                raise KeyboardInterrupt

        client.boto3_client.meta.events.register_first("before-send.customer-profiles", interrupt)

        with pytest.raises(KeyboardInterrupt):
            client.create_profile(Profile())
        assert client.create_profile(Profile()).profile_id

    def test_a_pool_that_is_shut_down(self, service: LocalCustomerProfiles) -> None:
        """A client whose calls were waiting in a thread pool that is shut down can be used again."""
        client = client_of(service, "standard")
        service.faults = Faults(Fault(Trouble.STALLED), stall_seconds=0.02)
        pool = ThreadPoolExecutor(4)
        futures = [pool.submit(client.create_profile, Profile()) for _ in range(100)]
        pool.shutdown(cancel_futures=True)
        done = [future.result() for future in futures if not future.cancelled()]

        assert len(done) < 100
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
