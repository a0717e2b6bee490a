"""What becomes of calls behind proxies and gateways that fail: plain boto3 beside the SDK, in one run.

Every way gets an embedded service of its own behind a TLS server and a proxy with the same faults: tunnels that are not
made or break before or after the request, responses that are cut short, pages of HTML with 200 and 502, connections
that are closed or reset, and stalls. Each customer is created; then each is searched for and one in ten is deleted.
Counted in the store, whatever the client reported:

- duplicates: customers that are stored more than once;
- false "nothing found": searches that ended without an error and without a customer who is stored;
- wrong reports: creates and deletes that were reported as done and are not, or as rejected and are done.

Run as::

    python -m benchmarks.proxies
"""

import argparse
import os
import ssl
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Lock
from typing import Any, Final, Protocol

import attrs
import boto3
import trustme
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ProxyConnectionError,
)

from benchmarks.environment import as_text, environment, write
from benchmarks.network import Action, Drop, HttpRequest, Last, Proxy, Server, TunnelFault, response
from customer_profiles_sdk import (
    ConnectionFailedError,
    CustomerProfilesClient,
    CustomerProfilesError,
    Profile,
    ServiceError,
    UpsertAction,
)
from customer_profiles_sdk.local import LocalCustomerProfiles
from customer_profiles_sdk.local.wire import Request

PACKAGES: Final = ("boto3", "botocore", "urllib3")
REGION: Final = "eu-central-1"
TIMEOUT_SECONDS: Final = 0.5
KINDS: Final = (
    *("page before", "502 before", "closed", "reset", "stalled"),
    *("cut short", "page after", "502 after", "tunnel"),
)
"""What can happen to a request; "before" means that the service does not get it."""
HTML: Final = b"<html><body>Please sign in</body></html>"


class Way(Protocol):
    """A client of one kind. Each method returns ``done``, ``rejected`` or ``unknown``; ``find`` also ``nothing``."""

    def create(self, account_number: str) -> str:
        """Create a customer."""
        ...

    def find(self, account_number: str) -> str:
        """Search for a customer."""
        ...

    def delete(self, profile_id: str) -> str:
        """Delete a profile."""
        ...


class PlainBoto3:
    """boto3 with its own defaults, read as its documentation suggests."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        session = boto3.Session("access", "secret", region_name=REGION)
        self._client: Any = session.client("customer-profiles", **options)

    def create(self, account_number: str) -> str:
        """Create a customer."""
        return self._outcome(
            lambda: self._client.create_profile(DomainName="acme", AccountNumber=account_number)["ProfileId"]
        )

    def find(self, account_number: str) -> str:
        """Search for a customer."""
        found: list[object] = []

        def search() -> None:
            page = self._client.search_profiles(DomainName="acme", KeyName="_account", Values=[account_number])
            found.extend(page.get("Items", []))

        outcome = self._outcome(search)
        return "nothing" if outcome == "done" and not found else outcome

    def delete(self, profile_id: str) -> str:
        """Delete a profile."""
        return self._outcome(lambda: self._client.delete_profile(DomainName="acme", ProfileId=profile_id))

    def _outcome(self, call: Callable[[], object]) -> str:
        try:
            call()
        except ClientError as error:
            response_metadata: Any = error.response.get("ResponseMetadata", {})
            return "rejected" if response_metadata["HTTPStatusCode"] < 500 else "unknown"
        except (EndpointConnectionError, ConnectTimeoutError, ProxyConnectionError):
            return "rejected"  # by its text: "Could not connect", "Failed to connect"
        except (BotoCoreError, KeyError):
            return "unknown"
        return "done"


class Sdk:
    """The SDK's client."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        session = boto3.Session("access", "secret", region_name=REGION)
        self._client = CustomerProfilesClient("acme", session=session, **options)

    def create(self, account_number: str) -> str:
        """Create a customer."""
        outcome = self._outcome(lambda: self._create(self._client, account_number))
        return "rejected" if outcome == "not sent" else outcome

    def find(self, account_number: str) -> str:
        """Search for a customer."""
        found: list[object] = []
        outcome = self._outcome(lambda: found.extend(self._client.search_profiles({"_account": account_number})))
        return "nothing" if outcome == "done" and not found else outcome

    def delete(self, profile_id: str) -> str:
        """Delete a profile; a ``ConnectionFailedError`` only says that it can be repeated."""
        outcome = self._outcome(lambda: self._client.delete_profile(profile_id))
        return "unknown" if outcome == "not sent" else outcome

    def _create(self, client: CustomerProfilesClient, account_number: str) -> object:
        return client.create_profile(Profile(account_number=account_number))

    def _outcome(self, call: Callable[[], object]) -> str:
        try:
            call()
        except ServiceError as error:
            return "rejected" if (error.http_status or 500) < 500 else "unknown"
        except ConnectionFailedError:
            return "not sent"
        except CustomerProfilesError:
            return "unknown"
        return "done"


class SdkUpsert(Sdk):
    """The SDK's client, which creates by ``upsert_profile``."""

    def _create(self, client: CustomerProfilesClient, account_number: str) -> UpsertAction:
        return client.upsert_profile(Profile(account_number=account_number), settle_seconds=2).action


class Faulty:
    """An embedded service behind a network that fails at random, the same for the same seed.

    Args:
        service: the service.
        seed: the random seed.
        rate: how often each kind of fault happens.
    """

    def __init__(self, service: LocalCustomerProfiles, seed: int, rate: float) -> None:
        self.rate = rate
        self.break_tunnels: Callable[[], None] = lambda: None
        self.happened: Counter[str] = Counter()
        self._handle = service._dispatcher.handle  # noqa: SLF001 (the service without its own HTTP server)
        self._random = Random(seed)
        self._lock = Lock()

    def tunnel_fault(self) -> TunnelFault | None:
        """Return what happens to the next tunnel."""
        kinds = {f"tunnel {each.name.lower().replace('_', ' ')}": each for each in TunnelFault}
        return kinds.get(self._pick(tuple(kinds)))

    def __call__(self, request: HttpRequest) -> Action:
        """Return what is sent back for a request."""
        kind = self._pick(KINDS)
        if kind == "page before":
            return response(HTML, headers={"Content-Type": "text/html"})
        if kind == "502 before":
            return response(HTML, 502)
        result = self._handle(Request(request.method, request.target, request.body))
        if kind == "tunnel":
            self.break_tunnels()
        actions: dict[str, Action] = {
            "tunnel": Drop.CLOSE,
            "closed": Drop.CLOSE,
            "reset": Drop.RESET,
            "stalled": Drop.STALL,
            "cut short": Last(response(result.body[:-3], result.status, content_length=len(result.body))),
            "page after": response(HTML, headers={"Content-Type": "text/html"}),
            "502 after": response(HTML, 502),
        }
        return actions.get(kind) or response(result.body, result.status, result.headers)

    def _pick(self, kinds: Sequence[str]) -> str:
        with self._lock:
            number = self._random.random()
            position = int(number / self.rate)
            kind = kinds[position] if position < len(kinds) else ""
            if kind:
                self.happened[kind] += 1
            return kind


@attrs.frozen
class Tally:
    """What became of the calls of one way."""

    duplicates: int
    false_nothing_found: int
    wrong_reports: int
    done: int
    rejected: int
    unknown: int


@contextmanager
def network(faulty: Faulty) -> Iterator[dict[str, Any]]:
    """Serve through TLS and a proxy, and yield what a boto3 client is built with to get there."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(faulty, context) as server,
        Proxy(faulty.tunnel_fault) as proxy,
    ):
        faulty.break_tunnels = proxy.drop_connections
        trusted = Path(folder) / "authority.pem"
        authority.cert_pem.write_to_path(trusted)
        os.environ["AWS_CA_BUNDLE"] = str(trusted)
        config = Config(
            proxies={"https": proxy.url},
            connect_timeout=TIMEOUT_SECONDS,
            read_timeout=TIMEOUT_SECONDS,
            max_pool_connections=50,
        )
        yield {"endpoint_url": server.url, "config": config}
        del os.environ["AWS_CA_BUNDLE"]


def measure(way: Callable[[Mapping[str, Any]], Way], customers: int, threads: int, rate: float) -> Tally:
    """Create, search for and delete so many customers and compare what was reported with what is stored."""
    names = [f"C-{number}" for number in range(customers)]
    with LocalCustomerProfiles(domains=["acme"], keep_requests=False) as service:
        faulty = Faulty(service, seed=2026, rate=rate)
        reader = service.client("acme")

        def held(name: str) -> list[str]:
            return [each.profile_id for each in reader.search_profiles({"_account": name})]

        with network(faulty) as options, ThreadPoolExecutor(threads) as pool:
            client = way(options)
            created = list(pool.map(client.create, names))
            stored = {name: held(name) for name in names}
            found = list(pool.map(client.find, names))
            ids = [stored[name][0] for name in names[::10] if stored[name]]
            deleted = dict(zip(ids, pool.map(client.delete, ids), strict=True))
        left = {profile_id for name in names for profile_id in held(name)}
    wrong = sum(
        (outcome == "done" and not stored[name]) or (outcome == "rejected" and bool(stored[name]))
        for name, outcome in zip(names, created, strict=True)
    )
    wrong += sum(outcome == ("done" if each in left else "rejected") for each, outcome in deleted.items())
    counted = Counter([*created, *deleted.values()])
    return Tally(
        duplicates=sum(max(0, len(each) - 1) for each in stored.values()),
        false_nothing_found=sum(
            each == "nothing" and bool(stored[name]) for name, each in zip(names, found, strict=True)
        ),
        wrong_reports=wrong,
        done=counted["done"],
        rejected=counted["rejected"],
        unknown=counted["unknown"],
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Count duplicates and false reports behind a network that fails.")
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0.02, help="how often each kind of fault happens (0.02)")
    parser.add_argument("--json", type=Path, help="write the result to this file")
    options = parser.parse_args()
    print(as_text(environment(*PACKAGES)))
    print(f"{options.customers} customers from {options.threads} threads, each kind of fault {options.rate:.0%}\n")
    ways: dict[str, Callable[[Mapping[str, Any]], Way]] = {
        "boto3": PlainBoto3,
        "create_profile": Sdk,
        "upsert_profile": SdkUpsert,
    }
    print(f"{'way':<16}" + "".join(f"{field.name.replace('_', ' '):>21}" for field in attrs.fields(Tally)))
    tallies = {}
    for name, way in ways.items():
        tallies[name] = attrs.asdict(measure(way, options.customers, options.threads, options.rate))
        print(f"{name:<16}" + "".join(f"{value:>21}" for value in tallies[name].values()), flush=True)
    if options.json:
        settings = {"customers": options.customers, "threads": options.threads, "rate": options.rate}
        write(options.json, {"settings": settings, "ways": tallies}, *PACKAGES)


if __name__ == "__main__":
    main()
