"""A goal beside what was measured, for people and for the pages."""

import attrs

from benchmarks.units import places


@attrs.frozen(kw_only=True)
class Goal:
    """A figure that should not be above its limit.

    Attributes:
        figure: what was measured.
        measured: how much it is.
        limit: how much it may be.
        unit: what both are measured in.
        is_least: the limit is the least that is wanted, not the most.
        is_exact: no machine is too slow or too busy to reach it.
    """

    figure: str
    measured: float
    limit: float
    unit: str = ""
    is_least: bool = False
    is_exact: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.measured >= self.limit if self.is_least else self.measured <= self.limit

    @property
    def found(self) -> str:
        """What was measured, with its unit."""
        return self._with_unit(f"{self.measured:,}" if isinstance(self.measured, int) else places(self.measured))

    @property
    def wanted(self) -> str:
        """What was to be reached, with its unit."""
        return self._with_unit(f"{'at least' if self.is_least else 'at most'} {self.limit:,g}" if self.limit else "0")

    @property
    def outcome(self) -> str:
        """Whether it is reached, in words."""
        return "met" if self.is_met else "not met"

    def __str__(self) -> str:
        return f"{self.figure:<72}{self.found:>10}   {self.wanted:<17}{self.outcome}"

    def _with_unit(self, amount: str) -> str:
        return f"{amount} {self.unit}".rstrip()
