"""The conformance suite itself: run as on AWS, on an embedded service over HTTP that behaves otherwise on purpose."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from conformance.aws import ABOUT_PROFILES, ABOUT_REQUESTS
from conformance.behaviours import all_behaviours
from conformance.page import PAGE, written

from customer_profiles_sdk.local import Fault, Faults, FaultType, contract
from customer_profiles_sdk.local.contract import ServiceException
from customer_profiles_sdk.local.dispatcher import Dispatcher
from customer_profiles_sdk.local.server import Server
from customer_profiles_sdk.local.service import Service
from customer_profiles_sdk.local.store import Store
from customer_profiles_sdk.local.wire import Request, Response, error_response

ROOT = Path(__file__).parents[1]
USAGE_ERROR = 4

Handle = Callable[[Request], Response]


@attrs.frozen
class Double:
    """The parts of an embedded service, so that a test can put something between them and the connections."""

    service: Service
    dispatcher: Dispatcher

    def profile_count(self) -> int:
        """Return how many profiles are left."""
        domain: Any = self.service.perform("GetDomain", {"DomainName": "acme"})
        count: int = domain["Stats"]["ProfileCount"]
        return count

    def operations(self) -> list[str]:
        """Return the operations of all requests."""
        return [each.operation for each in self.dispatcher.requests]


@pytest.fixture
def double() -> Iterator[Double]:
    """Return an embedded service with the domain ``acme``."""
    parts, store = contract.customer_profiles(), Store()
    with store.transaction():
        store.put_domain("acme", {"CreatedAt": 0, "LastUpdatedAt": 0})
    service = Service(parts, store)
    yield Double(service, Dispatcher(parts, service, keep_requests=10_000))
    store.close()


def run(handle: Handle, *arguments: str, domain: str = "acme") -> subprocess.CompletedProcess[str]:
    """Run the suite as on AWS, with the endpoint that the AWS settings name."""
    options = ("--customer-profiles-domain", domain, "--customer-profiles-region", "eu-central-1")
    with Server(handle) as server:
        environment = {
            **os.environ,
            "AWS_ENDPOINT_URL_CUSTOMER_PROFILES": server.url,
            "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "any",
        }
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-p",
                "no:cacheprovider",
                "--no-cov",  # or it would combine, and so take away, what the tests that run beside it have measured
                *(arguments or ("tests/conformance",)),
                *options,
            ],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


def agreements(printed: str) -> dict[str, str]:
    """Return what the table says of each behaviour."""
    rows = re.findall(
        r"^\| (.+?) +\| (?:known|likely|unknown) +\| .* \| (yes|no|not tried) +\|$", printed, re.MULTILINE
    )
    return dict(rows)


def disagreeing(printed: str) -> set[str]:
    """Return the behaviours that the table reports as not so."""
    return {text for text, agrees in agreements(printed).items() if agrees == "no"}


def test_the_page() -> None:
    """The table on the page is the one of the tests."""
    found = PAGE.read_text(encoding="utf-8")

    assert written(found, all_behaviours()) == found, "run `cd tests && python -m conformance.page`"


def test_each_behaviour_stands_once() -> None:
    """No two tests are about the same behaviour."""
    texts = [each.text for each in all_behaviours()]

    assert len(set(texts)) == len(texts)


def test_all_agree(double: Double, tmp_path: Path) -> None:
    """It says first what it will do, and where all is as expected, the table says so, and nothing is left."""
    file = tmp_path / "table.md"
    finished = run(double.dispatcher.handle, "tests/conformance", "--customer-profiles-markdown", str(file))
    sent = double.operations()

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert finished.stdout.index(f"about {ABOUT_REQUESTS} requests") < finished.stdout.index("test_")
    assert dict.fromkeys((each.text for each in all_behaviours()), "yes") == agreements(finished.stdout)
    assert file.read_text(encoding="utf-8").strip() in finished.stdout
    assert double.profile_count() == 0
    assert 0.8 * ABOUT_REQUESTS < len(sent) < 1.2 * ABOUT_REQUESTS
    assert 0.8 * ABOUT_PROFILES < sent.count("CreateProfile") < 1.2 * ABOUT_PROFILES


def test_behaviours_turned_round(double: Double) -> None:
    """Of a service that replaces attributes and has other texts, exactly that is reported, and nothing is left."""

    def handle(request: Request) -> Response:
        response = double.dispatcher.handle(replacing_attributes(double, request))
        body = response.body.replace(b"is not found in domain", b"cannot be found").replace(b'"OK"', b'"Done"')
        return attrs.evolve(response, body=body)

    finished = run(handle)

    assert {
        "attributes are merged by key",
        "an update with empty attributes changes nothing",
        "the code and text for an unknown profile",
        "the code and text of a missing id in BatchGetProfile",
        "the texts of `Message` in the responses to deletes and merges",
    } == disagreeing(finished.stdout), finished.stdout
    assert len(all_behaviours()) == len(agreements(finished.stdout))
    assert "ProfileId <id> cannot be found" in finished.stdout
    assert double.profile_count() == 0


def replacing_attributes(double: Double, request: Request) -> Request:
    """Return an update that also empties the attributes that it does not name; any other request as it is."""
    members = json.loads(request.body or b"{}")
    if request.method != "PUT" or "Attributes" not in members or "ProfileId" not in members:
        return request
    read: Any = double.service.perform("BatchGetProfile", {"DomainName": "acme", "ProfileIds": [members["ProfileId"]]})
    stored = read["Profiles"][0].get("Attributes", {})
    members["Attributes"] = {**dict.fromkeys(stored, ""), **members["Attributes"]}
    return attrs.evolve(request, body=json.dumps(members).encode())


def test_lag(double: Double) -> None:
    """Of a search that is behind, the seconds are reported; what was not run is not said to agree."""
    double.dispatcher.faults = Faults(search_lag_seconds=10.5)
    finished = run(double.dispatcher.handle, "tests/conformance/test_lag.py", "-k", "creating or merging")
    seen = agreements(finished.stdout)

    assert {"search sees a new profile within 10 s, the default of `settle_seconds`"} == disagreeing(finished.stdout)
    assert seen["a merge is done within 10 s"] == "yes"
    assert seen["an id is 32 lower-case hexadecimal digits"] == "not tried"
    assert re.search(r"after 1[0-4]\.\d s", finished.stdout)
    assert double.profile_count() == 0


@pytest.mark.parametrize("lost", [2, 3])
def test_creates_without_a_response(double: Double, lost: int) -> None:
    """What a create without a response left behind is found and deleted, whether a retry succeeded or none did."""
    double.dispatcher.faults = Faults(Fault(FaultType.LOST, operations=["CreateProfile"], times=lost))
    finished = run(double.dispatcher.handle, "tests/conformance/test_merge.py")

    assert (lost == 3) == bool(disagreeing(finished.stdout)), finished.stdout
    assert double.profile_count() == 0


def test_a_refused_permission(double: Double) -> None:
    """A permission that is refused is named in one line, and nothing is created."""

    def handle(request: Request) -> Response:
        if request.method == "PUT":
            return error_response(ServiceException("AccessDeniedException", 403, "User may not"))
        return double.dispatcher.handle(request)

    finished = run(handle)

    assert finished.returncode == USAGE_ERROR
    assert "profile:UpdateProfile is not permitted in acme (User may not); nothing was created" in finished.stderr
    assert "Traceback" not in finished.stdout + finished.stderr
    assert double.profile_count() == 0


def test_a_wrong_domain(double: Double) -> None:
    """A domain that does not exist is named in one line, and nothing is created."""
    finished = run(double.dispatcher.handle, domain="other")

    assert finished.returncode == USAGE_ERROR
    assert "the domain other in eu-central-1 cannot be used: ResourceNotFoundException" in finished.stderr
    assert "Traceback" not in finished.stdout + finished.stderr
    assert ["SearchProfiles"] == double.operations()
