"""The figures of ``benchmarks.load``: the goals of a load, and what was measured."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from benchmarks.goals import Goal
from benchmarks.markdown import measured_on, paragraph, table
from benchmarks.results import Results
from benchmarks.units import amount


def pace(results: Results) -> str:
    """Return how the pace was measured, and its goals."""
    settings = results.load["settings"]
    said = paragraph(
        f"{settings['threads']} threads upsert new customers for {settings['pace_seconds']:g} seconds. The embedded "
        f"service takes {1000 * settings['latency_seconds']:g} ms for a request and throttles more than "
        f"{settings['quota']:g} of an operation in a second. The other application is plain boto3, which searches and "
        f"creates evenly. Beside a loader without a pace, ten times as many of its requests were throttled as the goal "
        f"allows."
    )
    return f"{said}\n\n{goals(results, 'pace')}"


def load(results: Results) -> str:
    """Return how a load was measured, and its goals."""
    settings = results.load["settings"]
    check, sent = (results.load[part]["measured"] for part in ("check", "load"))
    said = paragraph(
        f"The load that is killed has {settings['customers']:,} customers, each twice in the file, and an embedded "
        f"service whose search lags by {settings['lag_seconds']:g} s; what is stored is counted. The other files have "
        f"12 columns. The load of {sent['rows']:,} rows has no pace, and a double of the service answers it at once. A "
        f"row took {cpu(check)} of CPU to check and {cpu(sent)} to send, botocore's work included."
    )
    parts = ("kills", "check", "load", "journal", "help")
    return f"{said}\n\n{goals(results, *parts)}\n\n{paragraph(measured_on(results.load))}"


def goals(results: Results, *parts: str) -> str:
    """Return the table of the goals of some parts."""
    found = (Goal(**each) for part in parts for each in results.load[part]["goals"])
    return table(["", "measured", "goal", ""], ([goal.figure, goal.found, goal.wanted, goal.outcome] for goal in found))


def cpu(found: Mapping[str, Any]) -> str:
    """Return the CPU time of a row."""
    return amount(found["cpu_seconds"] / found["rows"], "second")


FIGURES: Final[Mapping[str, Callable[[Results], str]]] = {"load": load, "pace": pace}
