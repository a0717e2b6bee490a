"""Samples taken in turns, the ratios of pairs, and how they are printed and written.

On a machine whose speed changes while one measures, means taken one after the other compare two moments. So the ways
of a group take turns, each round in the other order, and a ratio is the median over the rounds of the ratio within a
round. Each process has its objects elsewhere in memory, which makes a difference, so the samples come from several.
pyperf keeps the samples: ``python -m pyperf stats`` and ``compare_to`` read the file.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter, process_time

import attrs
import pyperf

from benchmarks.units import amount

Sample = Callable[[], float]


@attrs.frozen
class Group:
    """Ways to do the same, each a function that takes one sample; the first is what the others are held against."""

    name: str
    ways: Mapping[str, Sample]
    unit: str = "second"


@attrs.frozen
class Measured:
    """The samples of a group, by name; one of each way for each round."""

    name: str
    unit: str
    samples: Mapping[str, Sequence[float]]

    def median(self, way: str) -> float:
        """Return the median of a way's samples."""
        return statistics.median(self.samples[way])

    def ratios(self, way: str) -> list[float]:
        """Return for each round the way's sample over that of the group's first way."""
        first = next(iter(self.samples.values()))
        return [each / base for each, base in zip(self.samples[way], first, strict=True)]

    def ratio(self, way: str) -> float:
        """Return the median over the rounds of the ratio within a round."""
        return statistics.median(self.ratios(way))


def cpu_seconds(call: Callable[[], object], loops: int = 1) -> Sample:
    """Return what samples the CPU time of one call by this process, taken over so many calls."""
    return _sampling(call, loops, process_time)


def wall_seconds(call: Callable[[], object], loops: int = 1) -> Sample:
    """Return what samples the time that one call takes, taken over so many calls."""
    return _sampling(call, loops, perf_counter)


def _sampling(call: Callable[[], object], loops: int, clock: Callable[[], float]) -> Sample:
    def sample() -> float:
        call()  # does not count: it pays for what the way before has left in the processor's caches
        started = clock()
        for _ in range(loops):
            call()
        return (clock() - started) / loops

    return sample


def measure(group: Group, rounds: int) -> Measured:
    """Take a sample of each way in each round, after one that does not count."""
    samples: dict[str, list[float]] = {name: [] for name in group.ways}
    for sample in group.ways.values():
        sample()
    order = list(group.ways.items())
    for _ in range(rounds):
        for name, sample in order:
            samples[name].append(sample())
        order.reverse()
    return Measured(group.name, group.unit, samples)


def joined(parts: Sequence[Measured]) -> Measured:
    """Return what several processes measured of a group as one."""
    first = parts[0]
    ways = {way: [each for part in parts for each in part.samples[way]] for way in first.samples}
    return Measured(first.name, first.unit, ways)


def as_text(measured: Measured) -> str:
    """Return a table: median, ratio, and the quartiles of the ratio."""
    lines = [f"{measured.name:<44}{'median':>12}{'ratio':>9}{'quartiles':>16}"]
    for way in measured.samples:
        low, _, high = statistics.quantiles(measured.ratios(way), n=4)
        median = amount(measured.median(way), measured.unit)
        lines.append(f"  {way:<42}{median:>12}{measured.ratio(way):>9.3f}{f'{low:.3f} - {high:.3f}':>16}")
    return "\n".join(lines)


def write_json(path: Path, results: Sequence[Measured], environment: Mapping[str, str | int]) -> None:
    """Write every sample in pyperf's format. The metadata have the environment, and the median ratio of each way."""
    benchmarks = []
    for measured in results:
        baseline = next(iter(measured.samples))
        for way, values in measured.samples.items():
            metadata = {
                **environment,
                "name": f"{measured.name}: {way}",
                "unit": measured.unit,
                "ratio": measured.ratio(way),
                "ratio_to": baseline,
            }
            benchmarks.append(pyperf.Benchmark([pyperf.Run(list(values), metadata=metadata, collect_metadata=False)]))
    pyperf.BenchmarkSuite(benchmarks).dump(str(path), replace=True)
