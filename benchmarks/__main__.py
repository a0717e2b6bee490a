"""Measure everything, or check the budgets.

::

    python -m benchmarks                      # all of it, as text; --json FILE also writes it down
    python -m benchmarks --check              # what has a budget; exits with 1 where one is exceeded
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import calls, growth, stages, starts, steps
from benchmarks.budgets import BUDGETS, exceeded
from benchmarks.environment import as_text as environment_as_text
from benchmarks.environment import environment
from benchmarks.fixed_reply import serving
from benchmarks.sampling import Group, Measured, as_text, measure, write_json

PACKAGES = (
    "boto3",
    "botocore",
    "attrs",
    "urllib3",
    "aws-resource-validator",
    "pydantic",
    "boto3-dataclass-customer-profiles",
    "capo-customer-profiles",
)


def groups(endpoint_url: str) -> Iterator[Group]:
    """Yield everything that is measured."""
    yield from calls.groups(endpoint_url)
    yield from stages.groups()
    yield from steps.groups(endpoint_url)
    yield from growth.groups()
    yield from starts.groups(endpoint_url)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what a typed call costs.")
    parser.add_argument("groups", nargs="*", help='only groups whose name begins so, as in "create_profile, full"')
    parser.add_argument("--check", action="store_true", help="measure what has a budget; fail where it is exceeded")
    parser.add_argument("--rounds", type=int, default=60, help="how many pairs are taken (60)")
    parser.add_argument("--json", type=Path, help="write every sample to this file, in pyperf's format")
    options = parser.parse_args()
    found = environment(*PACKAGES)
    print(environment_as_text(found), end="\n\n")
    results: list[Measured] = []
    with serving() as endpoint_url:
        for group in groups(endpoint_url):
            if not group.name.startswith(tuple(options.groups) or ""):
                continue
            if options.check and group.name not in {budget.group for budget in BUDGETS}:
                continue
            results.append(measure(group, options.rounds))
            print(as_text(results[-1]), end="\n\n", flush=True)
    if options.json:
        write_json(options.json, results, found)
    beyond = exceeded({(each.group.name, way): each.ratio(way) for each in results for way in each.samples})
    if options.check and beyond:
        sys.exit(f"more than the budget: {', '.join(beyond)}")


if __name__ == "__main__":
    main()
