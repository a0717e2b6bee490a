"""The AWS SDK for JavaScript against the embedded service: calls in parallel, paging, and errors of its own classes."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from customer_profiles_sdk.local import Fault, Faults, FaultType, LocalCustomerProfiles

NODE = shutil.which("node")
FOLDER = Path(os.environ.get("JAVASCRIPT_SDK", "")) / "node_modules" / "@aws-sdk" / "client-customer-profiles"
SCRIPT = Path(__file__).parent / "javascript" / "session.mjs"
SECONDS = 60


def missing() -> str | None:
    """Return what these tests lack, if anything."""
    if NODE is None:
        return "no node on the PATH"
    if not os.environ.get("JAVASCRIPT_SDK"):
        return "JAVASCRIPT_SDK names no folder: `npm install --prefix FOLDER @aws-sdk/client-customer-profiles`"
    return None if FOLDER.is_dir() else "the folder JAVASCRIPT_SDK does not have @aws-sdk/client-customer-profiles"


REASON = missing()
pytestmark = pytest.mark.skipif(REASON is not None, reason=REASON or "")


@attrs.frozen
class Session:
    """What the script saw, and how many seconds it ran for its first part."""

    seen: Any  # JSON
    throttled: Any
    failed: Any
    seconds: float


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """Return what the script saw."""
    entry = (FOLDER / json.loads((FOLDER / "package.json").read_text())["main"]).resolve()
    with LocalCustomerProfiles(domains=["acme"]) as service, service.serve() as server:
        started = time.monotonic()
        with subprocess.Popen(
            [NODE or "node", str(SCRIPT), entry.as_uri()],
            env={"PATH": os.environ["PATH"], "ENDPOINT": server.url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin
            assert process.stdout
            seen = process.stdout.readline()
            seconds = time.monotonic() - started
            service.faults = Faults(
                Fault(FaultType.THROTTLED, operations=["CreateProfile"], times=1),
                Fault(FaultType.FAILED, operations=["CreateProfile"], times=1),
            )
            printed, _ = process.communicate("go on\n", timeout=SECONDS)
        assert process.returncode == 0
        throttled, failed = map(json.loads, printed.splitlines())
        yield Session(json.loads(seen), throttled, failed, seconds)


def test_calls_in_parallel(session: Session) -> None:
    """100 creates at once all succeed."""
    assert len(set(session.seen["ids"])) == 100
    assert session.seconds < SECONDS


def test_paging(session: Session) -> None:
    """Page by page, each profile is found once."""
    pages = session.seen["pages"]

    assert [30, 30, 30, 10] == [len(page) for page in pages]
    assert set(session.seen["ids"]) == {each for page in pages for each in page}


def test_an_update(session: Session) -> None:
    """An update removes the empty text and stores the other, whatever its characters."""
    assert {"ProfileId": session.seen["ids"][0], "AccountNumber": "C-1", "LastName": "Núñez 🙂"} == session.seen[
        "updated"
    ]


@pytest.mark.parametrize(
    ("where", "name", "status"),
    [
        ("unknownProfile", "ResourceNotFoundException", 404),
        ("wrongEnum", "BadRequestException", 400),
        ("throttled", "ThrottlingException", 429),
        ("failed", "InternalServerException", 500),
    ],
)
def test_errors(session: Session, where: str, name: str, status: int) -> None:
    """An error has the class that the SDK knows it by, its status and a text."""
    others = {"throttled": session.throttled, "failed": session.failed}
    error = others.get(where) or session.seen[where]

    assert name == error["name"]
    assert {name, "CustomerProfilesServiceException"} == set(error["classes"])
    assert status == error["status"]
    assert error["message"]
