"""The figures of ``benchmarks.faults`` and ``benchmarks.proxies``: what becomes of calls that fail."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from benchmarks.markdown import measured_on, paragraph, table
from benchmarks.results import Results

METHODS: Final = {"boto3": "plain boto3", "create_profile": "`create_profile`", "upsert_profile": "`upsert_profile`"}


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


FIGURES: Final[Mapping[str, Callable[[Results], str]]] = {
    "duplicates": duplicates,
    "failure rate": lambda results: f"{100 * failure_rate(results):.0f} %",
    "faults": faults,
    "proxies": proxies,
}
