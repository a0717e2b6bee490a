"""What the SDK may cost, as a ratio to boto3 or botocore. The same holds on the newest and on the lowest botocore."""

from collections.abc import Mapping
from typing import Final

import attrs

SDK: Final = "customer_profiles_sdk"
ASYNCHRONOUS_BUDGET: Final = 0.75
"""The most CPU time that a create with aiobotocore may take, as a ratio to threads (``benchmarks.asynchronous``)."""


@attrs.frozen
class Budget:
    """The most that a way may cost, as a ratio to the group's first.

    Attributes:
        what: what it is about, in words.
        group: the name of the group.
        way: the way in the group.
        limit: the budget.
        held_to: what it is held to for now, where the budget is known not to be kept.
    """

    what: str
    group: str
    way: str
    limit: float
    held_to: float | None = None

    def outcome(self, ratio: float) -> str:
        """Return whether a ratio keeps the budget, in words."""
        if ratio <= self.limit:
            return "kept"
        if self.held_to is not None and ratio <= self.held_to:
            return f"not kept; held to {self.held_to:.2f}"
        return "not kept"

    def exceeded(self, ratio: float) -> bool:
        """Return whether a ratio is more than what is held to."""
        return ratio > (self.held_to or self.limit)


BUDGETS: Final = (
    Budget("CPU of a create, full, against boto3", "create_profile, full, CPU", SDK, limit=0.95, held_to=1.02),
    Budget("own work, full, against botocore's validation", "create_profile, full, own work", "all", limit=0.35),
    Budget("a page of 100 results, CPU, against boto3", "search_profiles, page of 100, CPU", SDK, limit=1.25),
    Budget("start to first response, against boto3", "start to first response", SDK, limit=1.12, held_to=1.2),
    Budget("import, against `import boto3`", "import", SDK, limit=0.45),
    Budget(
        "a second client, CPU, against `boto3.client`",
        "a second client in the same process, CPU",
        SDK,
        limit=1.0,
        held_to=1.1,
    ),
)


def exceeded(ratios: Mapping[tuple[str, str], float]) -> list[str]:
    """Print each budget beside the ratio that was measured, and return the groups that cost more than they may."""
    print(f"{'budgets':<44}{'ratio':>12}{'budget':>9}")
    measured = [(budget, ratios[key]) for budget in BUDGETS if (key := (budget.group, budget.way)) in ratios]
    for budget, ratio in measured:
        print(f"  {budget.group:<42}{ratio:>12.3f}{budget.limit:>9.3f}  {budget.outcome(ratio)}")
    return [budget.group for budget, ratio in measured if budget.exceeded(ratio)]
