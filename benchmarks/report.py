"""Write the results that ``docs/measured`` keeps into the pages, so that no figure in them can grow old unseen.

A page has each figure between two comments, the first of which names it::

    <!-- measured: create -->
    ... a table or a paragraph ...
    <!-- end -->

In a line of text the comments stand around the words alone, and the first of them not where the line begins, because a
comment there would begin a block. Run as::

    python -m benchmarks.report               # writes the pages
    python -m benchmarks.report --check       # exits with 1 where a page is not as the results are
"""

import argparse
import json
import re
import statistics
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import attrs

from benchmarks.budgets import BUDGETS, SDK
from benchmarks.environment import as_text
from benchmarks.units import amount

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = ("README.md", "docs/local-service.md", "docs/performance.md", "docs/reliability.md")
COMMAND: Final = "python -m benchmarks.report"
MARKED: Final = re.compile(r"(<!-- measured: ([a-z ]+) -->)(.*?)(<!-- end -->)", re.DOTALL)

WIDTH: Final = 130
"""How long the lines of a paragraph are."""
CREATE: Final = "create_profile, full, CPU"
PAGE: Final = "search_profiles, page of 100, CPU"
UNKNOWN: Final = "not measured"
TYPES: Final = {
    "boto3": "dicts",
    SDK: "attrs classes, every value checked",
    "aws-resource-validator's models": "pydantic models",
    "boto3-dataclass, views": "dataclasses that read boto3's dicts when asked",
    "boto3-dataclass, every member read": "the same, with everything read once",
    "capo-customer-profiles": "dicts",
}
METHODS: Final = {"boto3": "plain boto3", "create_profile": "`create_profile`", "upsert_profile": "`upsert_profile`"}


@attrs.frozen
class Way:
    """What was measured of one way of a group."""

    values: Sequence[float]
    unit: str
    ratio: float

    @property
    def median(self) -> float:
        """The median of the samples."""
        return statistics.median(self.values)

    def __str__(self) -> str:
        return amount(self.median, self.unit)


@attrs.frozen
class Calls:
    """What ``python -m benchmarks`` measured on one version of botocore."""

    environment: Mapping[str, str | int]
    ways: Mapping[str, Mapping[str, Way]]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file in pyperf's format."""
        suite = json.loads(path.read_text())
        common = suite.get("metadata", {})
        ways: dict[str, dict[str, Way]] = {}
        for benchmark in suite["benchmarks"]:
            metadata = {**common, **benchmark.get("metadata", {}), **benchmark["runs"][0].get("metadata", {})}
            group, _, way = metadata["name"].partition(": ")
            values = benchmark["runs"][0]["values"]
            ways.setdefault(group, {})[way] = Way(values, metadata["unit"], metadata["ratio"])
        return cls(common, ways)

    @property
    def botocore(self) -> str:
        """The version of botocore."""
        return next(name for name in str(self.environment["packages"]).split(", ") if name.startswith("botocore "))

    def ratio(self, group: str, way: str = SDK) -> str:
        """Return a ratio, with two places, as far as it was measured."""
        return f"{self.ways[group][way].ratio:.2f}" if way in self.ways.get(group, {}) else UNKNOWN


@attrs.frozen
class Results:
    """What ``docs/measured`` keeps."""

    newest: Calls
    lowest: Calls
    faults: Mapping[str, Any]  # JSON
    proxies: Mapping[str, Any]
    local_service: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path = ROOT / "docs" / "measured") -> Self:
        """Read the results from a folder."""
        newest, lowest = (Calls.read(folder / f"{name}.json") for name in ("newest", "lowest"))
        others = [json.loads((folder / f"{name}.json").read_text()) for name in ("faults", "proxies", "local_service")]
        return cls(newest, lowest, *others)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("|" + "".join(f" {cell} |" if cell != "" else " |" for cell in line) for line in lines)


def paragraph(text: str) -> str:
    """Return a paragraph in lines."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def measured_on(result: Mapping[str, Any]) -> str:
    """Return a sentence about the environment of a result."""
    found = result["environment"]
    return f"Measured on {found['date']} with {as_text(found)}."


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


def failure_rate(results: Results) -> float:
    """Return the share of the creates that fail after they were executed."""
    rates: dict[str, float] = results.faults["settings"]["rates"]
    return sum(rate for kind, rate in rates.items() if kind != "throttled")


def duplicates(results: Results) -> str:
    """Return what the README says of duplicates."""
    ways = results.faults["ways"]
    made = {name: f"{tally['duplicates']:,}" if tally["duplicates"] else "none" for name, tally in ways.items()}
    return (
        f"with {100 * failure_rate(results):.0f} % of such failures, plain boto3 created {made['boto3']} duplicates in "
        f"{results.faults['settings']['creates']:,} creates and the SDK {made['create_profile']}"
    )


def faults(results: Results) -> str:
    """Return how duplicates were counted, and the table of them."""
    settings, ways = results.faults["settings"], results.faults["ways"]
    rates = {kind: f"{100 * rate:.0f} %" for kind, rate in settings["rates"].items()}
    said = paragraph(
        f"The following was measured with `python -m benchmarks.faults` on the embedded service: "
        f"{settings['creates']:,} creates from {settings['threads']} threads. {rates['throttled']} of the requests "
        f"were throttled, {rates['lost']} of the responses were lost after the profile was stored, "
        f"{rates['stalled']} took longer than the client's timeout, and {rates['failed']} were a 500 after the "
        f"profile was stored."
    )
    columns = ["acknowledged", "unknown", "failed", "duplicates", "lost"]
    return f"{said}\n\n{tallies(ways, columns)}\n\n{paragraph(measured_on(results.faults))}"


def proxies(results: Results) -> str:
    """Return how calls behind proxies were counted, and the table of them."""
    settings, ways = results.proxies["settings"], results.proxies["ways"]
    said = paragraph(
        f"`python -m benchmarks.proxies` does the same behind a proxy and a gateway with TLS that fail: "
        f"{settings['customers']:,} customers are created from {settings['threads']} threads, each is searched for, "
        f"and one in ten is deleted. Each kind of fault happens to {100 * settings['rate']:.0f} % of the requests or "
        f"tunnels."
    )
    columns = ["duplicates", "false_nothing_found", "wrong_reports", "done", "rejected", "unknown"]
    return f"{said}\n\n{tallies(ways, columns)}\n\n{paragraph(measured_on(results.proxies))}"


def tallies(ways: Mapping[str, Mapping[str, float]], columns: Sequence[str]) -> str:
    """Return the table of what was counted for each way."""
    rows = ([METHODS[name], *(f"{tally[column]:,}" for column in columns)] for name, tally in ways.items())
    return table(["method", *(column.replace("_", " ") for column in columns)], rows)


def local_service(results: Results) -> str:
    """Return what the embedded service costs."""
    found = results.local_service
    settings = found["settings"]
    said = paragraph(
        f"Measured by `python -m benchmarks.local_service` in memory, on {found['environment']['date']}, with "
        f"{as_text(found['environment'])}, SQLite {settings['sqlite']}."
    )
    rate = [f"creates over HTTP keep-alive, {settings['connections']} connections, the server on one core"]
    rows = (
        [f"{each['profiles']:,}", *(f"{each[name]:.3f} ms" for name in ("one_ms", "page_ms"))]
        for each in found["searches"]
    )
    return "\n\n".join(
        (
            said,
            table(["", ""], [[*rate, f"{found['creates_per_second']:,.0f} a second"]]),
            "The next figures are for the service alone, without HTTP and botocore:",
            table(
                [
                    "stored profiles",
                    "search by `_account`, one hit (median)",
                    "first 20 of all by `_fullName` (median)",
                ],
                rows,
            ),
        )
    )


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
    "duplicates": duplicates,
    "failure rate": lambda results: f"{100 * failure_rate(results):.0f} %",
    "faults": faults,
    "proxies": proxies,
    "local service": local_service,
}
"""What stands under each name in the pages."""


def written(page: str, results: Results) -> str:
    """Return a page with the figures of the results; words in a line of text stay wrapped as they are."""

    def replaced(match: re.Match[str]) -> str:
        begin, name, found, end = match.groups()
        figure = FIGURES[name](results)
        if found.startswith("\n"):
            return f"{begin}\n{figure}\n{end}"
        if len(found.split()) == len(figure.split()):
            words = iter(figure.split())
            return begin + re.sub(r"\S+", lambda _: next(words), found) + end
        return f"{begin}{figure}{end}"

    return MARKED.sub(replaced, page)


def main() -> None:
    """Write the pages or check them."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Write the results of the benchmarks into the pages.")
    parser.add_argument("--check", action="store_true", help="only say whether the pages are as the results are")
    options = parser.parse_args()
    results = Results.read()
    changed = []
    for name in PAGES:
        path = ROOT / name
        page = path.read_text()
        if (new := written(page, results)) != page:
            changed.append(name)
            if not options.check:
                path.write_text(new)
    if options.check and changed:
        sys.exit(f"not as the results are: {', '.join(changed)}; run {COMMAND}")
    print(f"written: {', '.join(changed)}" if changed else "the pages are as the results are")


if __name__ == "__main__":
    main()
