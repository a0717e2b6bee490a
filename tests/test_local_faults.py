"""Faults on purpose: which settings are accepted, what they are spent on, and what taking them back does."""

import math
import time
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError

from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

ONE_ATTEMPT = Config(retries={"total_max_attempts": 1})
EXECUTED = [FaultType.LOST, FaultType.STALLED, FaultType.FAILED]


class TestSettings:
    """A setting that could never apply is rejected."""

    @pytest.mark.parametrize("operations", [["CreateProfil"], ["create_profile"], ["GetMatches"], ["CreateProfile", 7]])
    def test_unknown_operations(self, operations: Any) -> None:
        """An operation that the service does not offer is named, with those that it does."""
        with pytest.raises(ValueError, match=f"{operations[-1]}: no such operation; known are CreateDomain, "):
            Fault(FaultType.LOST, operations=operations)

    def test_operations_are_a_list(self) -> None:
        """A single text would be taken for a list of letters."""
        operations: Any = "CreateProfile"
        with pytest.raises(TypeError, match="operations is a list of names"):
            Fault(FaultType.LOST, operations=operations)

    @pytest.mark.parametrize("rate", [-0.1, 1.1, 5, math.nan, math.inf, True, "0.5"])
    def test_rates(self, rate: Any) -> None:
        """A rate is a share."""
        with pytest.raises(ValueError, match="rate is a number from 0 to 1"):
            Fault(FaultType.LOST, rate=rate)

    @pytest.mark.parametrize("times", [0, -1, 1.5, True])
    def test_times(self, times: Any) -> None:
        """A fault happens once at least."""
        with pytest.raises(ValueError, match="times is a whole number, 1 or more, or None"):
            Fault(FaultType.LOST, times=times)

    def test_types(self) -> None:
        """A type of fault and a rule are what they are, not their names."""
        name: Any = "LOST"
        with pytest.raises(TypeError, match="fault_type is a FaultType"):
            Fault(name)
        fault_type: Any = FaultType.LOST
        with pytest.raises(TypeError, match="the rules are Fault objects"):
            Faults(fault_type)

    @pytest.mark.parametrize("faults", [None, Fault(FaultType.LOST), [Fault(FaultType.LOST)]])
    def test_the_faults_of_a_service(self, service: LocalCustomerProfiles, faults: Any) -> None:
        """What is no ``Faults`` is rejected where it is set, and not by every request from then on."""
        with pytest.raises(TypeError, match=r"faults are a Faults object, as in Faults\(Fault\("):
            service.faults = faults

        assert service.boto3_client().create_profile(DomainName="acme")["ProfileId"]

    def test_the_faults_that_a_service_is_made_with(self) -> None:
        """A single rule is no ``Faults``."""
        fault: Any = Fault(FaultType.LOST)
        with pytest.raises(TypeError, match="faults are a Faults object"):
            LocalCustomerProfiles(faults=fault)

    @pytest.mark.parametrize("name", ["search_lag_seconds", "stall_seconds", "requests_per_second"])
    @pytest.mark.parametrize("value", [-1, math.nan, math.inf, "1", False])
    def test_numbers(self, name: str, value: Any) -> None:
        """Seconds and quotas are finite numbers, not below 0."""
        with pytest.raises(ValueError, match=f"{name} is a number "):
            Faults(**{name: value})

    def test_a_quota_of_nothing(self) -> None:
        """A quota of 0 would reject everything for ever."""
        with pytest.raises(ValueError, match="requests_per_second is above 0"):
            Faults(requests_per_second=0)


class TestWhatTheyAreSpentOn:
    """A fault that is injected into the response happens to a request that succeeds."""

    @pytest.mark.parametrize("fault_type", EXECUTED)
    @pytest.mark.parametrize("rejected", [{"FirstName": "x" * 256}, {"DomainName": "other"}])
    def test_a_request_that_fails_by_itself(
        self, service: LocalCustomerProfiles, fault_type: FaultType, rejected: dict[str, str]
    ) -> None:
        """A request that is rejected anyway gets its rejection, and the fault happens to the next one."""
        client = service.boto3_client(config=ONE_ATTEMPT.merge(Config(read_timeout=0.01)))
        service.faults = Faults(Fault(fault_type, times=1))
        for _ in range(2):
            with pytest.raises(ClientError) as caught:
                client.create_profile(**{"DomainName": "acme", **rejected})
            response: Any = caught.value.response
            assert response["Error"]["Code"] in {"BadRequestException", "ResourceNotFoundException"}

        with pytest.raises(Exception, match=r"InternalServer|closed|timeout"):
            client.create_profile(DomainName="acme")
        assert client.create_profile(DomainName="acme")["ProfileId"]

    def test_a_throttled_request(self, service: LocalCustomerProfiles) -> None:
        """Throttling comes before anybody looks at the request, as it does on AWS."""
        service.faults = Faults(Fault(FaultType.THROTTLED, times=1))
        client = service.boto3_client(config=ONE_ATTEMPT)
        with pytest.raises(client.exceptions.ThrottlingException):
            client.create_profile(DomainName="other")

    def test_which_rule_gets_it_back(self) -> None:
        """What is given back counts for a rule of the same type and operation that has happened, and for no other."""
        rules = Faults(
            Fault(FaultType.FAILED, operations=["CreateProfile"], times=1),
            Fault(FaultType.LOST, operations=["UpdateProfile"], times=1),
            Fault(FaultType.LOST, times=1),
        )
        taken = [rules.next_fault("CreateProfile") for _ in range(3)]
        rules.give_back("CreateProfile", FaultType.LOST)
        rules.give_back("CreateProfile", FaultType.LOST)

        assert [FaultType.FAILED, FaultType.LOST, None] == taken
        assert [FaultType.LOST, None] == [rules.next_fault("CreateProfile") for _ in range(2)]
        assert [FaultType.LOST, None] == [rules.next_fault("UpdateProfile") for _ in range(2)]


def test_a_quota_below_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quota below one request a second lets the first through, and one more after each interval."""
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    rules = Faults(requests_per_second=0.25)
    let_through = []
    for _ in range(9):
        let_through.append(rules.next_fault("ListDomains") is None)
        now += 1

    assert [True, False, False, False, True, False, False, False, True] == let_through


@pytest.mark.parametrize("fault_type", EXECUTED)
def test_a_client_without_a_read_timeout(service: LocalCustomerProfiles, fault_type: FaultType) -> None:
    """A client that waits without limit gets a stalled response in the end, and the other faults as any client."""
    client = service.boto3_client(config=ONE_ATTEMPT.merge(Config(read_timeout=None)))
    assert client.create_profile(DomainName="acme")["ProfileId"]
    service.faults = Faults(Fault(fault_type), stall_seconds=0.05)

    if fault_type is FaultType.STALLED:
        assert client.create_profile(DomainName="acme")["ProfileId"]
    else:
        with pytest.raises((ClientError, ConnectionClosedError)):
            client.create_profile(DomainName="acme")
