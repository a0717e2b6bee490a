"""Measure everything, or check the budgets.

::

    python -m benchmarks                      # all of it, as text; --json FILE also writes it down
    python -m benchmarks --check              # what has a budget; exits with 1 where one is exceeded
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks import calls, growth, stages, starts
from benchmarks.fixed_reply import serving
from benchmarks.sampling import Budget, Group, Measured, as_text, measure, write_json

SDK = "customer_profiles_sdk"
BUDGETS = (
    Budget("create_profile, full, CPU", SDK, most=0.95),
    Budget("create_profile, full, own work", "make, convert and check, parse", most=0.35),
    Budget("search_profiles, page of 100, CPU", SDK, most=1.25),
    Budget("start to first answer", SDK, most=1.12, held_to=1.3),
    Budget("import", SDK, most=0.45),
)
"""What docs/design.md promises; every ratio is to boto3's or botocore's part of it."""

PACKAGES = ("boto3", "botocore", "attrs", "aws-resource-validator", "capo-customer-profiles", "urllib3")


def groups(endpoint_url: str) -> Iterator[Group]:
    """Yield everything that is measured."""
    yield from calls.groups(endpoint_url)
    yield from stages.groups()
    yield from growth.groups()
    yield from starts.groups(endpoint_url)


def broken(results: dict[str, Measured]) -> list[str]:
    """Print each budget beside what was measured, and return the groups that cost more than they may."""
    print(f"{'budgets':<44}{'ratio':>12}{'budget':>9}")
    beyond = []
    for budget in BUDGETS:
        if budget.group not in results:
            continue
        ratio = results[budget.group].ratio(budget.way)
        words = "kept" if ratio <= budget.most else "EXCEEDED"
        if ratio > budget.most and budget.held_to:
            words = f"not kept; held to {budget.held_to:.2f}, see docs/performance.md"
        print(f"  {budget.group:<42}{ratio:>12.3f}{budget.most:>9.3f}  {words}")
        if ratio > (budget.held_to or budget.most):
            beyond.append(budget.group)
    return beyond


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what a typed call costs.")
    parser.add_argument("groups", nargs="*", help='only groups whose name begins so, as in "create_profile, full"')
    parser.add_argument("--check", action="store_true", help="measure what has a budget; fail where it is exceeded")
    parser.add_argument("--rounds", type=int, default=60, help="how many pairs are taken (60)")
    parser.add_argument("--json", type=Path, help="write every sample to this file, as pyperf does")
    options = parser.parse_args()
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    print(f"Python {platform.python_version()}, {versions}\n{os.cpu_count()} cores, {platform.machine()}\n")
    results: dict[str, Measured] = {}
    with serving() as endpoint_url:
        for group in groups(endpoint_url):
            if not group.name.startswith(tuple(options.groups) or ""):
                continue
            if options.check and group.name not in {budget.group for budget in BUDGETS}:
                continue
            results[group.name] = measure(group, options.rounds)
            print(as_text(results[group.name]), end="\n\n", flush=True)
    if options.json:
        write_json(options.json, list(results.values()))
    beyond = broken(results)
    if options.check and beyond:
        sys.exit(f"more than the budget: {', '.join(beyond)}")


if __name__ == "__main__":
    main()
