"""``python -m customer_profiles_sdk.local``: the embedded service over HTTP, until SIGTERM or SIGINT."""

import argparse
import signal
import sys
from collections.abc import Sequence
from threading import Event

from customer_profiles_sdk.local import LocalCustomerProfiles


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(
        prog="python -m customer_profiles_sdk.local",
        description="An embedded emulator of Amazon Connect Customer Profiles, over HTTP on this machine.",
    )
    parser.add_argument("--port", type=int, default=4599, help="the port to listen on (4599)")
    parser.add_argument(
        "--domain", action="append", default=[], help="a domain to create at the start; can be repeated"
    )
    parser.add_argument("--search-key", action="append", default=[], help="a search key to define; can be repeated")
    parser.add_argument("--path", help="a file that keeps what is stored; in memory without it")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument(
        "--allow-remote", action="store_true", help="listen on an address that others can reach, without encryption"
    )
    options = parser.parse_args(arguments)
    return serve(
        options.domain,
        path=options.path,
        search_keys=options.search_key,
        port=options.port,
        host=options.host,
        allow_remote=options.allow_remote,
    )


def serve(
    domains: Sequence[str],
    *,
    path: str | None = None,
    search_keys: Sequence[str] = (),
    port: int = 4599,
    host: str = "127.0.0.1",
    allow_remote: bool = False,
) -> int:
    """Serve in the main thread until SIGTERM or SIGINT and return the exit code: 1 if it could not start, else 0."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with (
            LocalCustomerProfiles(domains, path=path, search_keys=search_keys, keep_requests=0) as service,
            service.serve(port=port, host=host, allow_remote=allow_remote) as server,
        ):
            print(f"Customer profiles at {server.url}, domains: {', '.join(domains) or 'none'}.", flush=True)
            print(f"export AWS_ENDPOINT_URL_CUSTOMER_PROFILES={server.url}", flush=True)
            stop.wait()
    except (OSError, OverflowError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
