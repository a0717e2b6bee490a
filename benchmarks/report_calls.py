"""The figures of ``python -m benchmarks``: what calls, their stages and the start take."""

import statistics
import textwrap
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final

from benchmarks.budgets import BUDGETS, SDK
from benchmarks.environment import as_text
from benchmarks.markdown import WIDTH, table
from benchmarks.results import Results
from benchmarks.units import amount

CREATE: Final = "create_profile, full, CPU"
STEPS: Final = "create_profile, full, step by step"
PAGE: Final = "search_profiles, page of 100, CPU"
TYPES: Final = {
    "boto3": "dicts",
    SDK: "attrs classes, every value checked",
    "aws-resource-validator's models": "pydantic models",
    "boto3-dataclass, views": "dataclasses that read boto3's dicts when asked",
    "boto3-dataclass, every member read": "the same, with everything read once",
    "capo-customer-profiles": "dicts",
}


def compared(results: Results) -> str:
    """Return the ratios of a create on both versions of botocore."""
    newest, lowest = results.newest, results.lowest
    return (
        f"{newest.ratio(CREATE)} of the CPU time of plain boto3 on {newest.botocore} and {lowest.ratio(CREATE)} on "
        f"{lowest.botocore}"
    )


def creates(results: Results) -> str:
    """Return the table of the ways to create a profile."""
    elapsed = results.newest.ways["create_profile, full, elapsed"]
    rows = [
        (
            f"**{way}**" if way == SDK else way,
            cpu,
            f"{cpu.ratio:.2f}",
            elapsed[way],
            f"{elapsed[way].ratio:.2f}",
            results.lowest.ratio(CREATE, way),
        )
        for way, cpu in results.newest.ways[CREATE].items()
    ]
    head = ["create, full", "CPU", "ratio", "elapsed", "ratio", f"CPU ratio, {results.lowest.botocore}"]
    return table(head, rows)


def beside_boto3(head: str, rows: Mapping[str, str]) -> Callable[[Results], str]:
    """Return what makes a table of boto3 and the SDK; ``rows`` has the group of each row."""

    def make(results: Results) -> str:
        newest, lowest = results.newest, results.lowest
        return table(
            [head, "boto3", "SDK", "ratio", f"ratio, {lowest.botocore}"],
            (
                [words, newest.ways[group]["boto3"], newest.ways[group][SDK], newest.ratio(group), lowest.ratio(group)]
                for words, group in rows.items()
            ),
        )

    return make


def page_of_objects(results: Results) -> str:
    """Return the table of the ways to read a page of search results."""
    rows = [
        (
            f"**{way}**" if way == SDK else way,
            TYPES[way],
            cpu,
            f"{cpu.ratio:.2f}",
            results.lowest.ratio(PAGE, way),
        )
        for way, cpu in results.newest.ways[PAGE].items()
    ]
    return table(["page of 100", "what it returns", "CPU", "ratio", f"ratio, {results.lowest.botocore}"], rows)


def own_work(results: Results) -> str:
    """Return the table of the stages of the SDK's own work."""
    stages = ["botocore's validation", "make", "convert and check", "parse", "all"]
    rows = []
    for operation in ("create", "update"):
        for size in ("full", "minimal"):
            group = f"{operation}_profile, {size}, own work"
            found = results.newest.ways[group]
            ratios = [each.ratio(group, "all") for each in (results.newest, results.lowest)]
            rows.append([f"{operation}, {size}", *(found[stage] for stage in stages), *ratios])
    return table(["", *stages[:-1], "all three", "ratio", f"ratio, {results.lowest.botocore}"], rows)


def step_by_step(results: Results) -> str:
    """Return the table of what each step of the SDK's own work takes within a call: its median over the rounds."""
    both = (results.newest, results.lowest)
    boto3, unvalidated, *steps = results.newest.ways[STEPS]

    def more(before: str, after: str) -> list[str]:
        found = [calls.ways[STEPS] for calls in both]
        pairs = [zip(ways[before].values, ways[after].values, strict=True) for ways in found]
        return [amount(statistics.median(more - less for less, more in each), "second") for each in pairs]

    rows = [[step, *more(before, step)] for before, step in pairwise([unvalidated, *steps])]
    rows.append(["**all of it**", *more(unvalidated, steps[-1])])
    rows.append(["botocore's validation, which is off", *more(unvalidated, boto3)])
    return table(["within a create, full", *(calls.botocore for calls in both)], rows)


def growing(group: str, head: str, row: str) -> Callable[[Results], str]:
    """Return what makes a table of how something grows."""

    def make(results: Results) -> str:
        found = results.newest.ways[group]
        return table([head, *(f"{int(size):,}" for size in found)], [[row, *found.values()]])

    return make


def growth(results: Results) -> str:
    """Return what one more attribute and one more profile take."""

    def slope(group: str) -> str:
        sizes = list(results.newest.ways[group].items())
        (first, low), (last, high) = sizes[0], sizes[-1]
        return amount((high.median - low.median) / (int(last) - int(first)), low.unit)

    attributes, profiles = slope("convert and check, by attributes"), slope("parse a page, by profiles")
    return f"{attributes} for each attribute and {profiles} for each full profile of a page"


def budgets(results: Results) -> str:
    """Return the table of the budgets, and whether they are kept."""
    both = (results.newest, results.lowest)
    rows = []
    for budget in BUDGETS:
        ratios = [calls.ways[budget.group][budget.way].ratio for calls in both]
        found = [f"{ratio:.2f} ({budget.outcome(ratio)})" for ratio in ratios]
        rows.append([budget.what, f"{budget.limit:.2f}", *found])
    return table(["", "budget", *(calls.botocore for calls in both)], rows)


def measurements(results: Results) -> str:
    """Return when and on what the calls were measured."""
    items = []
    for words, calls in {
        "the newest versions": results.newest,
        "the lowest supported versions": results.lowest,
    }.items():
        rounds = len(calls.ways[CREATE][SDK].values)
        found = calls.environment
        text = f"- {words}: {found['date']}, {rounds} rounds, {as_text(found)}"
        items.append(textwrap.fill(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False))
    return "\n".join(["Measured on", "", *items])


def comparison(results: Results) -> str:
    """Return the cells of the README's row about CPU time."""
    ratio = results.newest.ratio
    peers = [ratio(CREATE, way) for way in ("aws-resource-validator", "capo-customer-profiles", SDK)]
    return f" | 1 | 1 | {' | '.join(peers)} "


FIGURES: Final[Mapping[str, Callable[[Results], str]]] = {
    "compared": compared,
    "creates": creates,
    "calls": beside_boto3(
        "CPU",
        {
            "create, minimal": "create_profile, minimal, CPU",
            "update, full": "update_profile, full, CPU",
            "search, page of 100 full profiles": PAGE,
        },
    ),
    "page": page_of_objects,
    "own work": own_work,
    "step by step": step_by_step,
    "minimal": lambda results: results.newest.ratio("create_profile, minimal, CPU"),
    "start": beside_boto3(
        "",
        {
            "start to first response": "start to first response",
            "the same, CPU": "start to first response, CPU",
            "a process that only imports": "import",
            "a second client, CPU": "a second client in the same process, CPU",
            "peak memory after the first response": "peak memory after the first response",
        },
    ),
    "attributes": growing("convert and check, by attributes", "attributes", "convert and check"),
    "characters": growing("convert and check, by characters", "characters of a text", "convert and check"),
    "profiles": growing("parse a page, by profiles", "profiles of a page", "parse"),
    "growth": growth,
    "budgets": budgets,
    "measurements": measurements,
    "comparison": comparison,
}
