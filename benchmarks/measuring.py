"""What one process measures: everything, or what is asked for."""

from collections.abc import Iterator, Sequence

from benchmarks import calls, growth, stages, starts, steps
from benchmarks.budgets import BUDGETS
from benchmarks.fixed_reply import serving
from benchmarks.sampling import Group, Measured, measure


def groups(endpoint_url: str) -> Iterator[Group]:
    """Yield everything that is measured."""
    yield from calls.groups(endpoint_url)
    yield from stages.groups()
    yield from steps.groups(endpoint_url)
    yield from growth.groups()
    yield from starts.groups(endpoint_url)


def measured(names: Sequence[str], rounds: int, *, only_budgets: bool) -> list[Measured]:
    """Measure in this process.

    Args:
        names: what the groups' names begin with; all where there is none.
        rounds: how many samples of each way are taken.
        only_budgets: measure only what has a budget.
    """
    in_budgets = {budget.group for budget in BUDGETS}
    with serving() as endpoint_url:
        return [
            measure(group, rounds)
            for group in groups(endpoint_url)
            if group.name.startswith(tuple(names) or "") and (group.name in in_budgets or not only_budgets)
        ]
