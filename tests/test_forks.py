"""A forked process makes connections of its own, so that no response reaches the wrong process."""

import json
import subprocess
import sys
import textwrap

import pytest

from benchmarks.network import HttpRequest, Server, response
from customer_profiles_sdk.local import Faults, LocalCustomerProfiles

SCRIPT = textwrap.dedent(
    """
    import os, sys
    import boto3
    from customer_profiles_sdk import CustomerProfilesClient, Profile

    url, kind = sys.argv[1:]
    session = boto3.Session("access", "secret", region_name="eu-central-1")
    if kind == "own":
        boto3_client = session.client("customer-profiles", endpoint_url=url)
        client = CustomerProfilesClient("acme", boto3_client=boto3_client)
    elif kind == "session":
        client = CustomerProfilesClient("acme", session=session, endpoint_url=url)
    else:
        os.environ.update(AWS_ACCESS_KEY_ID="access", AWS_SECRET_ACCESS_KEY="secret")
        client = CustomerProfilesClient("acme", region_name="eu-central-1", endpoint_url=url)
    client = client.for_domain("acme")
    client.get_profile("0" * 32)  # a connection is open and kept
    sys.stdout.flush()

    child = os.fork()
    digit = "a" if child else "b"
    wrong = 0
    for number in range(200):
        profile_id = f"{number:031x}{digit}"
        wrong += client.get_profile(profile_id).profile.first_name != profile_id
    if not child:
        os._exit(1 if wrong else 0)
    _, status = os.waitpid(child, 0)
    print("wrong" if wrong or status else "right")
    """
)


THREADS = textwrap.dedent(
    """
    import os, sys, threading
    from concurrent.futures import ThreadPoolExecutor
    from customer_profiles_sdk import CustomerProfilesClient, Profile
    from customer_profiles_sdk._aws.config import process_lock

    os.environ.update(AWS_ACCESS_KEY_ID="access", AWS_SECRET_ACCESS_KEY="secret")
    client = CustomerProfilesClient("acme", region_name="eu-central-1", endpoint_url=sys.argv[1])
    with process_lock():  # as while another thread of the parent builds a client
        child = os.fork()
        if not child:
            start = threading.Barrier(8)

            def upsert(_):
                start.wait()
                return client.upsert_profile(Profile(account_number="C-1")).action

            with ThreadPoolExecutor(8) as pool:
                actions = [each.value for each in pool.map(upsert, range(8))]
            print(sorted(set(actions)), actions.count("created"), flush=True)
            os._exit(0)
    os.waitpid(child, 0)
    """
)


def test_the_threads_of_a_child_share_its_state() -> None:
    """A child's threads share one client and its locks, and wait for no lock that the parent holds."""
    lagging = Faults(search_lag_seconds=30)
    with LocalCustomerProfiles(domains=["acme"], faults=lagging) as service, service.serve() as server:
        done = subprocess.run(
            [sys.executable, "-c", THREADS, server.url], capture_output=True, text=True, check=False, timeout=60
        )

    assert ("['created', 'unchanged'] 1\n", "") == (done.stdout, done.stderr)


@pytest.mark.parametrize("kind", ["settings", "session", "own"])
def test_parent_and_child_do_not_share_a_connection(kind: str) -> None:
    """Parent and child each read 200 profiles at the same time, and get what they asked for."""

    def handle(request: HttpRequest) -> bytes:
        (profile_id,) = json.loads(request.body)["ProfileIds"]
        profile = {"ProfileId": profile_id, "FirstName": profile_id}
        return response(json.dumps({"Profiles": [profile]}).encode())

    with Server(handle) as server:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, server.url, kind], capture_output=True, text=True, check=False, timeout=60
        )

    assert ("right\n", "") == (done.stdout, done.stderr)
    assert (2, 401) == (server.connections, len(server.requests))
