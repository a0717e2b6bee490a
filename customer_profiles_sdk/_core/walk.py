"""What one walk over a request carries: the problems that it has found, and the names of what it looks at.

Which values are right is left to ``rules``.
"""

from typing import Any, Protocol

from customer_profiles_sdk._core.problems import put_under
from customer_profiles_sdk.errors import Problem

Members = dict[str, object]
"""The members of a request, as boto3 takes them."""


class Walk(list[Problem]):
    """The problems that a walk has found so far; this walk leaves ``CLEAR`` out, as a create does."""

    __slots__ = ()
    sends_clear = False

    def problem(self, message: str) -> None:
        """List a problem of the value at hand."""
        self.append(Problem("", message))

    def wrong_type(self, expected: str, value: object) -> None:
        """List that the value at hand has the wrong type."""
        self.problem(f"expected {expected}, got {type(value).__name__}")


class UpdateWalk(Walk):
    """A walk that sends ``CLEAR``."""

    __slots__ = ()
    sends_clear = True


class Rule(Protocol):
    """What a value may be."""

    def add(self, members: Members, member: str, value: Any, walk: Walk) -> None:
        """Add to the members what is sent of the value, or to the walk what is wrong with it."""
        ...


class NamedRule:
    """A rule together with the caller's name for the value and the API's member.

    Attributes:
        name: the name, which stands in front of the path of each problem.
        member: the member that the value is sent as.
        rule: the rule.
    """

    __slots__ = ("member", "name", "rule")

    def __init__(self, name: str, member: str, rule: Rule) -> None:
        self.name = name
        self.member = member
        self.rule = rule

    def add(self, members: Members, value: Any, walk: Walk) -> None:
        """Let the rule add a value, and put the name in front of the problems that it lists."""
        start = len(walk)
        self.rule.add(members, self.member, value, walk)
        if len(walk) > start:
            put_under(self.name, walk, start)
