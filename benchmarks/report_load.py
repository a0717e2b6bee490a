"""The figures of ``benchmarks.load`` and ``benchmarks.spark``: the goals of a load, and what was measured."""

from collections.abc import Callable, Iterable, Mapping
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
    return f"{said}\n\n{goals(results.load['pace']['goals'])}"


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
    reached = goals(goal for part in parts for goal in results.load[part]["goals"])
    return f"{said}\n\n{reached}\n\n{paragraph(measured_on(results.load))}"


def spark(results: Results) -> str:
    """Return how a load from Spark was measured, its goals, and what one process does beside it."""
    settings, runs = results.spark["settings"], results.spark["runs"]
    said = paragraph(
        f"{settings['rows']:,} new customers from {settings['tasks']} tasks of a local Spark, with a pace of "
        f"{settings['pace']:g} a second on an embedded service that throttles more than {settings['quota']:g} of an "
        f"operation in a second. A fourth of them were loaded once more into another service, each twice in the frame, "
        f"and half-way a worker process was killed."
    )
    alone, beside, free = (runs[name] for name in ("spark", "load_rows", "load_rows, no quota"))
    compared = paragraph(
        f"The whole of it took {alone['seconds']:.0f} s with Spark, and {beside['seconds']:.0f} s with `load_rows` in "
        f"one process, which kept to the same pace. Without a pace and a quota, `load_rows` loads "
        f"{free['rows_per_second']:,.0f} rows a second and takes {free['cpu_ms']:.2f} ms of CPU for each. "
        f"{measured_on(results.spark)}"
    )
    return f"{said}\n\n{goals(results.spark['goals'])}\n\n{compared}"


def goals(found: Iterable[Mapping[str, Any]]) -> str:
    """Return the table of some goals."""
    rows = ([goal.figure, goal.found, goal.wanted, goal.outcome] for goal in (Goal(**each) for each in found))
    return table(["", "measured", "goal", ""], rows)


def cpu(found: Mapping[str, Any]) -> str:
    """Return the CPU time of a row."""
    return amount(found["cpu_seconds"] / found["rows"], "second")


FIGURES: Final[Mapping[str, Callable[[Results], str]]] = {"load": load, "pace": pace, "spark": spark}
