"""What ``docs/measured`` keeps: the results that the pages show."""

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import attrs

from benchmarks.budgets import SDK
from benchmarks.units import amount

ROOT: Final = Path(__file__).parents[1]
UNKNOWN: Final = "not measured"


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
    load: Mapping[str, Any]
    spark: Mapping[str, Any]
    asynchronous: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path = ROOT / "docs" / "measured") -> Self:
        """Read the results from a folder."""
        newest, lowest = (Calls.read(folder / f"{name}.json") for name in ("newest", "lowest"))
        names = ("faults", "proxies", "local_service", "load", "spark", "asynchronous")
        return cls(newest, lowest, *(json.loads((folder / f"{name}.json").read_text()) for name in names))
