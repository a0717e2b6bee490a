"""A whole call over HTTP: to create and to update, a full and a minimal profile, and a page of 100 search results."""

from collections.abc import Iterator, Mapping

from benchmarks import ways
from benchmarks.customers import full_profile, minimal_profile
from benchmarks.sampling import Group, cpu_seconds, wall_seconds


def groups(endpoint_url: str) -> Iterator[Group]:
    """Yield what is measured."""
    full = ways.creates(endpoint_url, full_profile)
    yield cpu("create_profile, full, CPU", full, loops=10)
    yield Group("create_profile, full, elapsed", {name: wall_seconds(call, 10) for name, call in full.items()})
    yield cpu("create_profile, minimal, CPU", ways.creates(endpoint_url, minimal_profile), loops=10)
    yield cpu("update_profile, full, CPU", ways.updates(endpoint_url, full_profile), loops=10)
    yield cpu("search_profiles, page of 100, CPU", ways.searches(endpoint_url), loops=2)


def cpu(name: str, calls: Mapping[str, ways.Call], loops: int) -> Group:
    """Return the group that measures the CPU time of calls."""
    return Group(name, {way: cpu_seconds(call, loops) for way, call in calls.items()})
