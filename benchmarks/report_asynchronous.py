"""The figures of ``benchmarks.asynchronous``."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from benchmarks.budgets import ASYNCHRONOUS_BUDGET, SDK
from benchmarks.markdown import measured_on, paragraph, table
from benchmarks.results import Results


def costs(results: Results) -> str:
    """Return what a create costs on an event loop, in three tables."""
    found = results.asynchronous
    cells = {(row["latency_ms"], row["at_a_time"], row["way"]): row for row in found["costs"]}
    ways = list(dict.fromkeys(way for _, _, way in cells))
    shown: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "CPU time of a create, and its ratio": lambda row: f"{row['cpu_us']:,.0f} us ({row['cpu_ratio']:.2f})",
        "Creates a second": lambda row: f"{row['calls_per_second']:,.0f}",
        "Longest standstill of the event loop": lambda row: f"{row['standstill_ms']:.0f} ms",
    }
    tables = []
    for name, text in shown.items():
        rows = [
            [f"{latency} ms", width, *(text(cells[latency, width, way]) for way in ways)]
            for latency, width in dict.fromkeys((latency, width) for latency, width, _ in cells)
        ]
        tables += [f"**{name}**", table(["latency", "at a time", *map(_short, ways)], rows)]
    return "\n\n".join([*tables, paragraph(f"{budget(found['costs'])} {measured_on(found)}")])


def _short(way: str) -> str:
    return way.replace(SDK, "SDK").replace("capo-customer-profiles", "capo")


def budget(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return in how many cases the budget is kept."""
    ratios = [row["cpu_ratio"] for row in rows if row["way"] == f"{SDK}, aiobotocore"]
    kept = sum(ratio <= ASYNCHRONOUS_BUDGET for ratio in ratios)
    return (
        f"The ratios are to the SDK in threads. The budget for the SDK with aiobotocore is {ASYNCHRONOUS_BUDGET} of "
        f"that: it is kept in {kept} of {len(ratios)} cases, with {min(ratios):.2f} to {max(ratios):.2f}."
    )


def resets(results: Results) -> str:
    """Return how creates on an event loop were counted where connections are reset, and the table of them."""
    settings, ways = results.asynchronous["settings"], results.asynchronous["resets"]
    said = paragraph(
        f"`python -m benchmarks.asynchronous` counts on an event loop, over HTTP, where "
        f"{100 * settings['share']:.0f} % of the connections are reset after the profile was stored: "
        f"{settings['creates']:,} creates from {settings['tasks']} tasks."
    )
    columns = ["acknowledged", "unknown", "failed", "duplicates"]
    rows = ([name, *(f"{tally[column]:,}" for column in columns)] for name, tally in ways.items())
    return f"{said}\n\n{table(['', *columns], rows)}\n\n{paragraph(measured_on(results.asynchronous))}"


FIGURES: Final[Mapping[str, Callable[[Results], str]]] = {"asynchronous": costs, "resets": resets}
