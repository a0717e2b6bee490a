"""Measure everything, or check the budgets.

::

    python -m benchmarks                      # all of it, as text; --json FILE also writes it down
    python -m benchmarks --check              # what has a budget; exits with 1 where one is exceeded
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.budgets import exceeded
from benchmarks.environment import as_text as environment_as_text
from benchmarks.environment import environment
from benchmarks.measuring import measured
from benchmarks.sampling import as_text, joined, write_json

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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what a typed call costs.")
    parser.add_argument("groups", nargs="*", help='only groups whose name begins so, as in "create_profile, full"')
    parser.add_argument("--check", action="store_true", help="measure what has a budget; fail where it is exceeded")
    parser.add_argument("--processes", type=int, default=6, help="how many processes measure, one after the other (6)")
    parser.add_argument("--rounds", type=int, default=10, help="how many pairs each of them takes (10)")
    parser.add_argument("--json", type=Path, help="write every sample to this file, in pyperf's format")
    options = parser.parse_args()
    found = environment(*PACKAGES)
    print(environment_as_text(found), end="\n\n", flush=True)
    work = partial(measured, options.groups, options.rounds, only_budgets=options.check)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        parts = []
        for number in range(1, options.processes + 1):
            print(f"process {number} of {options.processes}", file=sys.stderr)
            parts.append(pool.submit(work).result())
    results = [joined(same) for same in zip(*parts, strict=True)]
    print("\n\n".join(map(as_text, results)), end="\n\n")
    if options.json:
        write_json(options.json, results, found)
    beyond = exceeded({(each.name, way): each.ratio(way) for each in results for way in each.samples})
    if options.check and beyond:
        sys.exit(f"more than the budget: {', '.join(beyond)}")


if __name__ == "__main__":
    main()
