"""A client with ``requests_per_second``: what waits for its pace, and what does not.

Times are only held against a lower bound: a busy machine makes everything slower, and nothing faster.
"""

import os
import pickle
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.config import Config

from customer_profiles_sdk import CustomerProfilesClient, InvalidRequestError, Profile, ServiceError, ThrottlingError
from customer_profiles_sdk._aws.pace import Pace
from customer_profiles_sdk._aws.sync_driver import SyncDriver
from customer_profiles_sdk._core.operations import create_profile
from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles, inprocess
from customer_profiles_sdk.local.wire import Request, Response

RATE = 10.0
INTERVAL_SECONDS = 0.098
"""The shortest time between two requests at that rate, a little less than a tenth of a second."""


def seconds_of(*calls: Callable[[], object]) -> float:
    """Return how long calls take, one after the other."""
    started = time.monotonic()
    for call in calls:
        call()
    return time.monotonic() - started


def paced(service: LocalCustomerProfiles, config: Config | None = None) -> CustomerProfilesClient:
    """Return a client with a pace, over a boto3 client that responds in process."""
    return CustomerProfilesClient("acme", boto3_client=service.boto3_client(config=config), requests_per_second=RATE)


def pace_of(client: CustomerProfilesClient) -> Pace:
    """Return a client's pace."""
    (pace,) = client._driver.paces
    return pace


@pytest.fixture
def _botocore_does_not_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore retry at once."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None))


class TestWhatWaits:
    """Every attempt of the SDK's own calls waits for its turn, on any client."""

    def test_calls(self, service: LocalCustomerProfiles) -> None:
        """The first call is sent at once, each further one of its operation in its turn."""
        client = paced(service)

        assert seconds_of(*[lambda: client.create_profile(Profile())] * 4) >= 3 * INTERVAL_SECONDS

    @pytest.mark.usefixtures("_botocore_does_not_pause")
    @pytest.mark.parametrize("mode", ["legacy", "standard", "adaptive"])
    def test_retries(self, service: LocalCustomerProfiles, mode: str) -> None:
        """Each retry waits and counts, in each of botocore's retry modes."""
        retries: Any = {"mode": mode, "total_max_attempts": 3}
        client = paced(service, Config(retries=retries))
        profile_id = service.client("acme").create_profile(Profile()).profile_id
        service.faults = Faults(Fault(FaultType.FAILED, times=2))

        assert seconds_of(lambda: client.get_profile(profile_id)) >= 2 * INTERVAL_SECONDS
        assert 3 == pace_of(client).requests

    def test_the_reads_of_an_upsert(self, service: LocalCustomerProfiles) -> None:
        """Its searches wait for their turn, its creates for theirs."""
        client = paced(service)
        upserts = [
            lambda number=number: client.upsert_profile(Profile(account_number=f"C-{number}")) for number in range(3)
        ]

        assert seconds_of(*upserts) >= 2 * INTERVAL_SECONDS
        assert 6 == pace_of(client).requests

    def test_threads_together(self, service: LocalCustomerProfiles) -> None:
        """A client has one pace, however many threads use it."""
        client = paced(service)
        with ThreadPoolExecutor(4) as pool:
            seconds = seconds_of(lambda: list(pool.map(lambda _: client.create_profile(Profile()), range(4))))

        assert seconds >= 3 * INTERVAL_SECONDS

    def test_a_client_built_from_settings(self, session: boto3.Session) -> None:
        """A client that the SDK builds has the pace too."""
        client = CustomerProfilesClient("acme", session=session, requests_per_second=RATE)
        inprocess.connect(client.boto3_client, lambda _: Response(200, {}, b'{"ProfileId": "%s"}' % (b"0" * 32)))

        assert seconds_of(*[lambda: client.create_profile(Profile())] * 3) >= 2 * INTERVAL_SECONDS

    def test_the_clients_of_other_domains(self, service: LocalCustomerProfiles) -> None:
        """``for_domain`` shares the pace, because a quota is for the whole account."""
        service.boto3_client().create_domain(DomainName="other", DefaultExpirationDays=30)
        client = paced(service)
        other = client.for_domain("other")

        assert seconds_of(*[lambda: client.create_profile(Profile()), lambda: other.create_profile(Profile())]) >= (
            INTERVAL_SECONDS
        )
        assert 2 == pace_of(other).requests

    def test_what_others_send_does_not(self, service: LocalCustomerProfiles) -> None:
        """Calls of others through the same boto3 client neither wait nor count."""
        client = CustomerProfilesClient("acme", boto3_client=service.boto3_client(), requests_per_second=0.001)
        client.create_profile(Profile())
        for _ in range(3):  # which would take an hour
            client.boto3_client.create_profile(DomainName="acme")

        assert 1 == pace_of(client).requests

    def test_a_client_without_a_pace_does_not(self, service: LocalCustomerProfiles) -> None:
        """Another client of the SDK over the same boto3 client has a pace of its own, or none."""
        boto3_client = service.boto3_client()
        slow = CustomerProfilesClient("acme", boto3_client=boto3_client, requests_per_second=0.001)
        slow.create_profile(Profile())
        for _ in range(3):
            CustomerProfilesClient("acme", boto3_client=boto3_client).create_profile(Profile())

        assert 1 == pace_of(slow).requests

    def test_a_flow_with_a_pace_waits_for_both(self, service: LocalCustomerProfiles) -> None:
        """The pace that a flow is given counts besides the driver's own; the slower one decides."""
        own, given = SyncDriver.with_client(service.boto3_client(), RATE), Pace(1000)
        seconds = seconds_of(*[lambda: own.run(create_profile("acme", Profile()), given)] * 2)
        none, slow = SyncDriver.with_client(service.boto3_client()), Pace(RATE)
        none.expect_pace()
        seconds_too = seconds_of(*[lambda: none.run(create_profile("acme", Profile()), slow)] * 2)

        assert min(seconds, seconds_too) >= INTERVAL_SECONDS
        assert (2, 2) == (given.requests, slow.requests)


class TestWhenItWaits:
    """It waits before the request is signed, and sends in turn what could not be sent in time."""

    def test_before_it_is_signed(self, service: LocalCustomerProfiles) -> None:
        """However long it waits, the signature is new: AWS accepts one for five minutes."""
        client, signed = paced(service), []
        client.boto3_client.meta.events.register("before-sign", lambda **_: signed.append(time.monotonic()))
        started = time.monotonic()
        client.create_profile(Profile())
        client.create_profile(Profile())

        assert signed[1] - started >= INTERVAL_SECONDS

    def test_after_a_delay_of_all_threads(self) -> None:
        """Where signing keeps several requests, as while credentials are renewed, they are not sent all at once."""
        sent: list[float] = []

        def handle(_: Request) -> Response:
            sent.append(time.monotonic())
            return Response(200, {}, b'{"ProfileId": "%s"}' % (b"0" * 32))

        session = boto3.Session("access", "secret", region_name="eu-central-1")
        client = CustomerProfilesClient("acme", session=session, requests_per_second=RATE)
        inprocess.connect(client.boto3_client, handle)
        barrier, signing = threading.Barrier(4), list[float]()

        def sign_together(**_: object) -> None:
            signing.append(time.monotonic())
            barrier.wait(30)

        client.boto3_client.meta.events.register("before-sign", sign_together)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: client.create_profile(Profile()), range(4)))

        assert max(sent) - max(signing) >= 3 * INTERVAL_SECONDS - 0.01

    def test_it_can_be_interrupted(self, service: LocalCustomerProfiles, monkeypatch: pytest.MonkeyPatch) -> None:
        """What interrupts the wait comes out as it is, and nothing is sent."""

        def interrupt(_: float) -> None:
            raise KeyboardInterrupt

        client = paced(service)
        monkeypatch.setattr("customer_profiles_sdk._aws.cancellation.time", SimpleNamespace(sleep=interrupt))

        with pytest.raises(KeyboardInterrupt):
            client.create_profile(Profile())
        assert [] == service.requests


class TestGivingWay:
    """An attempt that the service throttled lowers the rate."""

    @pytest.mark.parametrize(
        ("http_status", "code"),
        [
            (429, "ThrottlingException"),
            (400, "ThrottlingException"),
            (400, "RequestLimitExceeded"),
            (429, "TooManyRequestsException"),
            (429, ""),
        ],
    )
    def test_throttled(self, session: boto3.Session, http_status: int, code: str) -> None:
        """It is known by its code, or by the HTTP status 429."""
        client = responding(session, Response(http_status, {"x-amzn-ErrorType": code} if code else {}, b"{}"))

        with pytest.raises(ThrottlingError):
            client.create_profile(Profile())
        assert (1, 1) == (pace_of(client).requests, pace_of(client).throttled_requests)

    @pytest.mark.parametrize(
        ("http_status", "code"),
        [(400, "BadRequestException"), (403, "AccessDeniedException"), (503, "InternalFailure")],
    )
    def test_other_errors(self, session: boto3.Session, http_status: int, code: str) -> None:
        """Any other error says nothing about the quota."""
        client = responding(session, Response(http_status, {"x-amzn-ErrorType": code}, b"{}"))

        with pytest.raises(ServiceError):
            client.get_profile("0" * 32)
        assert (1, 0) == (pace_of(client).requests, pace_of(client).throttled_requests)

    @pytest.mark.usefixtures("_botocore_does_not_pause")
    def test_every_attempt_counts(self, service: LocalCustomerProfiles) -> None:
        """An attempt that was throttled and retried with success counts."""
        client = paced(service)
        service.faults = Faults(Fault(FaultType.THROTTLED, times=2))
        client.create_profile(Profile())

        assert (3, 2) == (pace_of(client).requests, pace_of(client).throttled_requests)


class TestAnotherProcess:
    """Each process has a pace of its own, at the same rate."""

    def test_a_pickled_client_keeps_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The copy has the same rate."""
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "access")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        client = CustomerProfilesClient("acme", region_name="eu-central-1", requests_per_second=RATE)
        copy = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(client))))
        inprocess.connect(copy.boto3_client, lambda _: Response(200, {}, b'{"ProfileId": "%s"}' % (b"0" * 32)))

        assert seconds_of(*[lambda: copy.create_profile(Profile())] * 3) >= 2 * INTERVAL_SECONDS

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
    def test_a_forked_child_has_its_own(self) -> None:
        """Its pace waits for no lock that a thread of the parent held, and keeps the rate."""
        done = subprocess.run(
            [sys.executable, "-c", FORK], capture_output=True, text=True, check=False, timeout=60, cwd=Path.cwd()
        )

        assert ("1 True\n", "", 0) == (done.stdout, done.stderr, done.returncode)


FORK = textwrap.dedent(
    """
    import os, time
    import boto3
    from customer_profiles_sdk import CustomerProfilesClient, Profile
    from customer_profiles_sdk.local import inprocess
    from customer_profiles_sdk.local.wire import Response

    boto3_client = boto3.Session("access", "secret", region_name="eu-central-1").client("customer-profiles")
    inprocess.connect(boto3_client, lambda _: Response(200, {}, b'{"ProfileId": "%s"}' % (b"0" * 32)))
    client = CustomerProfilesClient("acme", boto3_client=boto3_client, requests_per_second=10)
    client.create_profile(Profile())
    with client._driver.paces[0]._lock:  # as while a thread of the parent uses it
        child = os.fork()
    if not child:
        started = time.monotonic()
        client.create_profile(Profile())
        first = client._driver.paces[0].requests
        client.create_profile(Profile())
        print(first, time.monotonic() - started > 0.09, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    """
)


class TestArgument:
    """``requests_per_second`` is checked before anything is built or sent."""

    @pytest.mark.parametrize("value", [0, -1, 0.0, float("nan"), float("inf"), 10**400, True, "98", b"98", [98]])
    def test_what_is_no_rate(self, service: LocalCustomerProfiles, value: Any) -> None:
        """What is no number above 0 is rejected, also with a client of the caller's."""
        ways: list[dict[str, Any]] = [{"boto3_client": service.boto3_client()}, {"region_name": "eu-central-1"}]
        for arguments in ways:
            with pytest.raises(InvalidRequestError) as caught:
                CustomerProfilesClient("acme", **arguments, requests_per_second=value)

            assert ["requests_per_second"] == [problem.path for problem in caught.value.problems]

    @pytest.mark.parametrize("value", [None, 1, 0.1, 98.5])
    def test_what_is_one(self, service: LocalCustomerProfiles, value: float | None) -> None:
        """Whole numbers and fractions are rates; ``None`` is no limit."""
        client = CustomerProfilesClient("acme", boto3_client=service.boto3_client(), requests_per_second=value)

        assert client.create_profile(Profile()).profile_id


def responding(session: boto3.Session, response: Response) -> CustomerProfilesClient:
    """Return a client with a pace whose every call gets the same response and is not retried."""
    config = Config(retries={"total_max_attempts": 1})
    client = CustomerProfilesClient("acme", session=session, config=config, requests_per_second=RATE)
    inprocess.connect(client.boto3_client, lambda _: response)
    return client
